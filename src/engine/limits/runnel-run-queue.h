/* runnel-run-queue.h: a run among the others of its group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/limits/runnel-concurrency.h"
#include "engine/runnel-clock.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_PLACE_IN,      /* it may begin; its place is kept as long as the queue lives */
  RUNNEL_PLACE_WAITING, /* it has to wait; the reason says which place it has, and behind whom */
  RUNNEL_PLACE_SKIPPED, /* it is not to be carried out; the reason says why */
  RUNNEL_PLACE_FAILED,  /* it can't be known; the reason says why */
} RunnelPlace;

typedef struct
{
  /* Its place has changed while it was waiting. May free the queue. */
  void (*moved)  (RunnelPlace place, const char *reason, gpointer user_data);
  /* Another run is to be cancelled; asked again until it is over. */
  void (*cancel) (gint64 run, const char *reason, gpointer user_data);
} RunnelRunQueueCallbacks;

/* Never blocks. Belongs to the thread whose main context calls back. */
typedef struct _RunnelRunQueue RunnelRunQueue;

RunnelRunQueue *runnel_run_queue_new   (const char                     *folder, /* "$XDG_STATE_HOME/runnel/groups" */
                                        const RunnelConcurrency        *concurrency,
                                        gint64                          run,
                                        const char                     *ancestry,
                                        RunnelClock                    *clock); /* (transfer none) */
void            runnel_run_queue_free  (RunnelRunQueue                 *self);
RunnelPlace     runnel_run_queue_enter (RunnelRunQueue                 *self,
                                        const RunnelRunQueueCallbacks  *callbacks,
                                        gpointer                        user_data,
                                        char                          **ret_reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunQueue, runnel_run_queue_free)

G_END_DECLS
