/* runnel-cli-progress.h: how far a run is, as told by its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;   /* interned or the pipeline's, like the kind */
  const char *kind;
  RunnelRole role;
  RunnelState state;
  guint attempt;
  gboolean is_attempted; /* an attempt is under way */
  gint64 started;   /* of the first attempt, microseconds since 1970 */
  gint64 pid;       /* of the attempt's process, which leads a group; 0 = none */
} RunnelCliStep;

/* What the views of a run share. A view embeds it as its first member, takes every event into
 * it, and then shows what it likes. */
typedef struct
{
  RunnelEventSink sink;
  RunnelPipeline *pipeline;
  char *run_dir;
  gint64 run;
  RunnelCliStep *steps;       /* those of the file, then those that were added */
  guint n_steps;
  guint n_by_state[RUNNEL_N_STATES];
  guint id_width;             /* columns that the ids take, at most 24 */
  gint64 started;             /* 0 = it has not begun */
  char *place;                /* among the runs that it waits for, in words, or NULL */
  gboolean is_cancelling;
  gboolean is_paused;
  char *failure;              /* id of the first step that failed, or NULL */
  guint failure_weight;
} RunnelCliProgress;

void  runnel_cli_progress_init     (RunnelCliProgress *self,
                                    RunnelPipeline    *pipeline,
                                    gint64             run,
                                    const char        *run_dir);
void  runnel_cli_progress_clear    (RunnelCliProgress *self);
void  runnel_cli_progress_take     (RunnelCliProgress *self,
                                    const RunnelEvent *event);
char *runnel_cli_progress_describe (RunnelCliProgress *self,
                                    const RunnelEvent *event);
char *runnel_cli_progress_tail     (RunnelCliProgress *self,
                                    const RunnelEvent *event);
char *runnel_cli_progress_count    (RunnelCliProgress *self);
char *runnel_cli_progress_sum_up   (RunnelCliProgress *self,
                                    const RunnelEvent *event);

/* The views: lines off a terminal, a block redrawn in place on one, and the bare events. */
typedef struct _RunnelCliView RunnelCliView;
struct _RunnelCliView
{
  RunnelCliProgress progress;
  /* A shell has had the terminal: what stands there is not ours any more. May be NULL. */
  void (*leave) (RunnelCliView *self);
  void (*free) (RunnelCliView *self);
};

RunnelCliView *runnel_cli_lines_new  (void);
RunnelCliView *runnel_cli_block_new  (void);
RunnelCliView *runnel_cli_events_new (void);
RunnelCliView *runnel_cli_silent_new (void);

G_END_DECLS
