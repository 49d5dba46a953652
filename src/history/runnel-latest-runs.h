/* runnel-latest-runs.h: how the latest runs of a pipeline went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* A pipeline, with when it ran last by itself: not as a step of another, nor to undo a run,
 * nor on another machine. */
typedef struct
{
  gint64 id;
  char *name;
  char *file;
  gint64 run;      /* 0 = none that is still there */
  gint64 started;  /* that run; microseconds since 1970 */
} RunnelLatestPipeline;

/* A run that came to an end, or what a step did in it. Not one that was cancelled, for that says
 * nothing about the pipeline. */
typedef struct
{
  gint64 run;
  RunnelState state;
  gint64 started;  /* microseconds since 1970 */
  gint64 finished;
} RunnelLatestRun;

/* A step that failed and then succeeded within a run. */
typedef struct
{
  char *step;      /* id */
  guint n_runs;    /* in how many */
  gint64 run;      /* the latest of them */
} RunnelFlakyStep;

void       runnel_latest_pipeline_free         (RunnelLatestPipeline  *self);
void       runnel_flaky_step_free              (RunnelFlakyStep       *self);

GPtrArray *runnel_history_list_latest          (RunnelHistory         *self, /* of RunnelLatestPipeline */
                                                GError               **error);
GArray    *runnel_history_get_latest_runs      (RunnelHistory         *self, /* of RunnelLatestRun */
                                                gint64                 pipeline,
                                                const char            *step,
                                                guint                  limit,
                                                GError               **error);
GPtrArray *runnel_history_get_flaky_steps      (RunnelHistory         *self, /* of RunnelFlakyStep */
                                                gint64                 pipeline,
                                                guint                  limit,
                                                GError               **error);

G_END_DECLS
