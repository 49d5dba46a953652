/* runnel-timing-diff.h: what took longer in one run than in another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

/* The two runs that are compared. */
enum
{
  RUNNEL_BEFORE,
  RUNNEL_AFTER,
  RUNNEL_N_SIDES
};

typedef enum
{
  RUNNEL_PAIR_SAME,     /* it is the same step in both */
  RUNNEL_PAIR_CHANGED,  /* its definition is another */
  RUNNEL_PAIR_ADDED,    /* there was none before */
  RUNNEL_PAIR_REMOVED,
} RunnelPairChange;

/* A step of both runs, or of one of them. Times in microseconds. */
typedef struct
{
  const char *id;
  const char *title;
  RunnelPairChange change;
  int rows[RUNNEL_N_SIDES];       /* in each timing; -1 = there is none */
  gint64 took[RUNNEL_N_SIDES];    /* waiting and running; of a step that ran as legs, from the first
                                   * beginning to the last end */
  gint64 by_kind[RUNNEL_N_SIDES][RUNNEL_N_SPAN_KINDS];
  gint64 delta;                   /* how much longer it took after */
} RunnelTimingPair;

/* What got slower comes first. Read-only. */
typedef struct
{
  gatomicrefcount ref_count;
  RunnelTiming *timings[RUNNEL_N_SIDES];
  RunnelTimingPair *pairs;
  guint n_pairs;
  guint *pair_of_row[RUNNEL_N_SIDES]; /* the pair that each row of a timing is in */
  gint64 longest;                 /* that any of them took */
} RunnelTimingDiff;

/* A part of the bar of a pair. */
typedef struct
{
  gint64 start;                   /* since the step began */
  gint64 end;
  guint look;
} RunnelPairPart;

RunnelTimingDiff *runnel_timing_diff_new             (RunnelTiming           *before,
                                                      RunnelPipeline         *before_pipeline,
                                                      RunnelTiming           *after,
                                                      RunnelPipeline         *after_pipeline);
RunnelTimingDiff *runnel_timing_diff_ref             (RunnelTimingDiff       *self);
void              runnel_timing_diff_unref           (RunnelTimingDiff       *self);
guint             runnel_timing_diff_list_looks      (const RunnelTimingDiff *self);
gboolean          runnel_timing_diff_is_critical     (const RunnelTimingDiff *self,
                                                      guint                   pair,
                                                      guint                   side);
GArray           *runnel_timing_diff_list_parts      (const RunnelTimingDiff *self,
                                                      guint                   pair,
                                                      guint                   side);
char             *runnel_timing_diff_describe        (const RunnelTimingDiff *self);
char             *runnel_timing_diff_describe_path   (const RunnelTimingDiff *self);
char             *runnel_timing_diff_describe_pair   (const RunnelTimingDiff *self,
                                                      guint                   pair);
char             *runnel_timing_diff_format_change   (const RunnelTimingDiff *self,
                                                      guint                   pair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTimingDiff, runnel_timing_diff_unref)

G_END_DECLS
