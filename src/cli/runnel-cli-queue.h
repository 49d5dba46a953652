/* runnel-cli-queue.h: lets a run begin when others of its group are over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli-run.h"

G_BEGIN_DECLS

/* The way of one run to its beginning, and its place among the others until it is freed. */
typedef struct _RunnelCliQueue RunnelCliQueue;

RunnelCliQueue *runnel_cli_queue_new  (RunnelCliOrder        *order,
                                       RunnelRun             *run,
                                       gint64                 id);
void            runnel_cli_queue_free (RunnelCliQueue        *self);
void            runnel_cli_queue_start (RunnelCliQueue       *self,
                                        RunnelRunFinishedFunc finished,
                                        gpointer              user_data);

G_END_DECLS
