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
  RUNNEL_SPAN_POOL,     /* could start, but others had the slots of its pool */
  RUNNEL_SPAN_APPROVAL, /* asked a person */
  RUNNEL_SPAN_WAITING,  /* for a clock, or frozen by a person; the reason says which */
  RUNNEL_SPAN_ATTEMPT,  /* it ran */
  RUNNEL_SPAN_RETRY,    /* between a failed attempt and the next */
  RUNNEL_N_SPAN_KINDS
} RunnelSpanKind;

typedef struct
{
  RunnelSpanKind kind;
  RunnelState state;    /* of an attempt: how it ended */
  guint attempt;        /* from 1; 0 = before the first */
  gint64 start;         /* microseconds since 1970 */
  gint64 end;           /* the present while it is open */
  gboolean open;        /* still under way */
  float cores;          /* processors that the attempt used on average; 0 = not known, or none */
  gint64 memory;        /* bytes that its largest process had at most; 0 = not known, or none */
  const char *reason;   /* or NULL */
} RunnelSpan;

/* What held up the beginning of a step to the last. */
typedef enum
{
  RUNNEL_RELEASE_NONE,     /* nothing of its run: it came first */
  RUNNEL_RELEASE_NEED,     /* what it needs was not over */
  RUNNEL_RELEASE_POOL,     /* another step had the slots of its pool */
  RUNNEL_RELEASE_PLACE,    /* as many steps as may run at once did */
} RunnelRelease;

/* One step. */
typedef struct
{
  guint step;           /* position in the file; added steps behind */
  int parent;           /* row of the step that it is a leg of, or in whose run it ran; -1 = none */
  int group;            /* of the pipeline that it is in; -1 = none */
  guint rank;           /* no step comes before those it needs */
  gboolean has_legs;    /* it ran as legs, which have rows of their own, and has no spans */
  const char *id;       /* "deploy/build" in the run of a subpipeline */
  const char *title;    /* its name, else its id; of an added step also what it is */
  const char *short_title; /* the same where it stands inside of what it is a part of */
  RunnelRole role;
  guint depth;          /* of runs inside which the step ran; 0 = it is one of the run itself */
  const char *kind;
  const char *pool;     /* whose slots it takes, or NULL */
  RunnelState state;
  gboolean tolerated;
  gboolean handled;
  gint64 start;         /* of its first span; of its end when it has none; 0 = nothing yet */
  gint64 end;
  guint first_span;
  guint n_spans;
  gboolean critical;    /* an earlier end would have made the run shorter */
  gint64 slack;         /* by how much it could have ended later without the run ending later */
  RunnelRelease release;
  int holder;           /* the row that held it up; -1 = none */
  const char *reason;   /* or NULL */
} RunnelTimingRow;

/* What one step needs of another; rows. */
typedef struct
{
  guint from;
  guint to;
  RunnelOn on;
} RunnelTimingLink;

/* A group of the pipeline. */
typedef struct
{
  const char *id;
  const char *title;
} RunnelTimingGroup;

/* Sums over all steps, in microseconds. */
typedef struct
{
  gint64 wall;          /* of the whole run */
  gint64 by_kind[RUNNEL_N_SPAN_KINDS];
  gint64 retries;       /* attempts that had to be repeated, and the delays after them */
  gint64 rollback;      /* work that took back what other steps did */
  gint64 critical;      /* work on the critical path */
  double parallelism;   /* work / wall */
  guint n_attempts;
} RunnelTotals;

/* Rows in the order of the file, added steps behind, and behind all of them the rows of the runs
 * inside; RunnelGanttTree has them in an order to look at. The spans of a row lie next to each
 * other, in order of time and without overlap. Read-only but for the present. */
typedef struct _RunnelTiming
{
  gatomicrefcount ref_count;
  gint64 run;
  char *title;              /* of the pipeline */
  RunnelState state;
  gint64 start;
  gint64 end;               /* the present while the run is under way */
  gboolean open;
  guint jobs;               /* steps that may run at once; 0 = not known */
  RunnelTimingRow *rows;
  guint n_rows;
  RunnelSpan *spans;
  guint n_spans;
  RunnelTimingGroup *groups;
  guint n_groups;
  RunnelTimingLink *links;  /* by `to` */
  guint n_links;
  guint *critical_path;     /* rows, from the first to the last */
  guint n_critical;
  RunnelTotals totals;
  struct _RunnelResourceCurves *curves; /* made when they are asked for; or NULL */
  GArray *open_rows;        /* of guint: those whose last span is open */
  GHashTable *by_id;        /* rows + 1 */
  GStringChunk *strings;    /* NULL = they are those of the owner */
  struct _RunnelTiming *owner; /* (nullable): that this is a copy of */
} RunnelTiming;

RunnelTiming    *runnel_timing_new          (const RunnelRunRecord *run,
                                             GPtrArray             *steps,     /* of RunnelStepRecord */
                                             RunnelPipeline        *pipeline,  /* as it ran, or NULL */
                                             gint64                 now);
RunnelTiming    *runnel_timing_copy         (RunnelTiming          *self);
RunnelTiming    *runnel_timing_ref          (RunnelTiming          *self);
void             runnel_timing_unref        (RunnelTiming          *self);
void             runnel_timing_set_now      (RunnelTiming          *self,
                                             gint64                 now);
void             runnel_timing_nest         (RunnelTiming          *self,
                                             guint                  row,
                                             const RunnelTiming    *child);
void             runnel_timing_nest_family  (RunnelTiming          *self,
                                             GPtrArray             *family,    /* of RunnelInnerRun */
                                             gint64                 now);
gboolean         runnel_timing_find_row     (const RunnelTiming    *self,
                                             const char            *id,
                                             guint                 *ret_row);
guint           *runnel_timing_sort_by_start (const RunnelTiming   *self);
gint64           runnel_timing_sum_spans    (const RunnelTiming    *self,
                                             guint                  row,
                                             RunnelSpanKind         kind);
char            *runnel_timing_describe     (const RunnelTiming    *self,
                                             guint                  row,
                                             int                    span);     /* in the row, -1 = all */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTiming, runnel_timing_unref)

G_END_DECLS
