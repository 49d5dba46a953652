/* runnel-history-live.h: what is under way now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* Of one pipeline: how many runs and steps are in a state that is not the last one. */
typedef struct
{
  char *pipeline;  /* as in RunnelTotal */
  guint n_runs[RUNNEL_N_STATES];
  guint n_steps[RUNNEL_N_STATES];
} RunnelLiveCount;

void       runnel_live_count_free    (RunnelLiveCount  *self);
GPtrArray *runnel_history_count_live (RunnelHistory    *self, /* of RunnelLiveCount */
                                      GError          **error);

G_END_DECLS
