/* runnel-replay.h: the events of a run that is over, made of what the history knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

typedef void (*RunnelReplayFunc) (const RunnelEvent *event,
                                  gpointer           user_data);

void runnel_replay (const RunnelRunRecord *run,
                    GPtrArray             *steps,
                    RunnelReplayFunc       func,
                    gpointer               user_data);

G_END_DECLS
