/* runnel-timing.h: where the time of a run went, as numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-family.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_SPAN_QUEUED,   /* could start, but there was no free place */
  RUNNEL_SPAN_WAITING,  /* for a person, a pool or a clock; the reason says which */
  RUNNEL_SPAN_ATTEMPT,  /* it ran */
  RUNNEL_SPAN_RETRY,    /* between a failed attempt and the next */
} RunnelSpanKind;

typedef struct
{
  RunnelSpanKind kind;
  RunnelState state;    /* of an attempt: how it ended */
  guint attempt;        /* from 1; 0 = before the first */
  gint64 start;         /* microseconds since 1970 */
  gint64 end;           /* the present while it is open */
  gboolean open;        /* still under way */
  const char *reason;   /* or NULL */
} RunnelSpan;

/* One step. */
typedef struct
{
  guint step;           /* position in the file; added steps behind */
  guint owner;          /* of a leg: the step that it is a leg of; else the step itself */
  gboolean has_legs;    /* it ran as legs, which have rows of their own, and has no spans */
  const char *id;
  const char *title;    /* its name, else its id; of an added step also what it is */
  RunnelRole role;
  guint depth;          /* of runs inside which the step ran; 0 = it is one of the run itself */
  const char *kind;
  RunnelState state;
  gboolean tolerated;
  gboolean handled;
  gint64 start;         /* of its first span; of its end when it has none; 0 = nothing yet */
  gint64 end;
  guint first_span;
  guint n_spans;
  gboolean critical;    /* an earlier end would have made the run shorter */
  gint64 slack;         /* by how much it could have ended later without the run ending later */
  const char *reason;   /* or NULL */
} RunnelTimingRow;

/* Sums over all steps, in microseconds. */
typedef struct
{
  gint64 wall;          /* of the whole run */
  gint64 work;          /* attempts that ran */
  gint64 queued;
  gint64 waiting;
  gint64 retries;       /* attempts that had to be repeated, and the delays after them */
  gint64 critical;      /* work on the critical path */
  double parallelism;   /* work / wall */
  guint n_attempts;
} RunnelTotals;

/* Rows in the order in which their steps began, those that have not begun last, and legs below
 * their step; behind all of them the undos, and then the hooks, are groups of their own. The
 * spans of a row lie next to each other, in order of time and without overlap. Read-only but for
 * the present. */
typedef struct _RunnelTiming
{
  gint64 run;
  char *title;              /* of the pipeline */
  RunnelState state;
  gint64 start;
  gint64 end;               /* the present while the run is under way */
  gboolean open;
  RunnelTimingRow *rows;
  guint n_rows;
  RunnelSpan *spans;
  guint n_spans;
  guint *critical_path;     /* rows, from the first to the last */
  guint n_critical;
  RunnelTotals totals;
  GStringChunk *strings;
} RunnelTiming;

RunnelTiming    *runnel_timing_new          (const RunnelRunRecord *run,
                                             GPtrArray             *steps,     /* of RunnelStepRecord */
                                             RunnelPipeline        *pipeline,  /* as it ran, or NULL */
                                             gint64                 now);
void             runnel_timing_free         (RunnelTiming          *self);
void             runnel_timing_set_now      (RunnelTiming          *self,
                                             gint64                 now);
void             runnel_timing_nest         (RunnelTiming          *self,
                                             guint                  row,
                                             const RunnelTiming    *child);
void             runnel_timing_nest_family  (RunnelTiming          *self,
                                             GPtrArray             *family,    /* of RunnelInnerRun */
                                             gint64                 now);
gboolean         runnel_timing_begins_group (const RunnelTiming    *self,
                                             guint                  row);
gboolean         runnel_timing_find_row     (const RunnelTiming    *self,
                                             const char            *id,
                                             guint                 *ret_row);
char            *runnel_timing_describe     (const RunnelTiming    *self,
                                             guint                  row,
                                             int                    span);     /* in the row, -1 = all */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTiming, runnel_timing_free)

G_END_DECLS
