/* runnel-history-totals.h: what all runs on this machine came to, also those that are deleted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* What is counted, for each pipeline. Stored as numbers in the history: append only. */
typedef enum
{
  RUNNEL_TOTAL_BEGAN,          /* when the counting began: `sum` is a time */
  RUNNEL_TOTAL_RUNS,           /* label: state */
  RUNNEL_TOTAL_RUN_DURATIONS,  /* label: state; from the start to the end */
  RUNNEL_TOTAL_RUN_WAITS,      /* behind others of its group, before it started */
  RUNNEL_TOTAL_STEPS,          /* label: state */
  RUNNEL_TOTAL_STEP_DURATIONS, /* label: kind; from the first attempt to the end */
  RUNNEL_TOTAL_STEP_WAITS,     /* from when a step could start until its first attempt did */
  RUNNEL_TOTAL_RETRIES,        /* attempts after the first */
  RUNNEL_TOTAL_FLAKY,          /* steps that failed and then succeeded */
  RUNNEL_TOTAL_LAST_RUN,       /* `sum` is when the latest run ended */
  RUNNEL_TOTAL_LAST_SUCCESS,   /* `sum` is when the latest run that succeeded ended */
} RunnelTotalType;

/* Durations are sorted into buckets by their upper bounds, in seconds; behind the last one there
 * is a bucket without a bound. */
#define RUNNEL_TOTAL_N_BOUNDS 14
extern const double runnel_total_bounds[RUNNEL_TOTAL_N_BOUNDS];

/* When so many are counted already, any other pipeline is counted under this name. */
#define RUNNEL_TOTAL_MAX_PIPELINES 200
#define RUNNEL_TOTAL_OTHER "(other)"

typedef struct
{
  RunnelTotalType type;
  char *pipeline;  /* its name, or that of its file, at most 100 characters; "" = of none */
  char *label;     /* "" = none */
  guint bucket;    /* of a duration, else 0 */
  gint64 n;        /* how many */
  gint64 sum;      /* of their durations, microseconds */
} RunnelTotal;

void       runnel_total_free           (RunnelTotal    *self);
/* Of RunnelTotal, by type, pipeline, label and bucket; those of nothing are not there. */
GPtrArray *runnel_history_list_totals  (RunnelHistory  *self,
                                        GError        **error);

G_END_DECLS
