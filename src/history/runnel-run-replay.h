/* runnel-run-replay.h: how the steps of a run stood at any moment of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

typedef struct _RunnelRunReplay RunnelRunReplay;

/* How a step stands. */
typedef struct
{
  RunnelState state;
  guint attempt; /* the newest, 0 = none yet */
} RunnelMoment;

/* Called for each step that stands in another way than before. */
typedef void (*RunnelRunReplayFunc) (guint               step, /* position among the records */
                                  const RunnelMoment *moment,
                                  gpointer            user_data);

RunnelRunReplay *runnel_run_replay_new      (const RunnelRunRecord  *run,
                                      GPtrArray              *steps);  /* of RunnelStepRecord */
void          runnel_run_replay_free     (RunnelRunReplay           *self);
gint64        runnel_run_replay_get_start (const RunnelRunReplay    *self);
gint64        runnel_run_replay_get_end  (const RunnelRunReplay     *self);
void          runnel_run_replay_seek     (RunnelRunReplay           *self,
                                      gint64                  time,
                                      RunnelRunReplayFunc        changed,
                                      gpointer                user_data);
RunnelMoment  runnel_run_replay_get_step (const RunnelRunReplay     *self,
                                      guint                   step);
gint64        runnel_run_replay_find_next (const RunnelRunReplay    *self,
                                       gint64                 time,
                                       gboolean               backwards);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunReplay, runnel_run_replay_free)

G_END_DECLS
