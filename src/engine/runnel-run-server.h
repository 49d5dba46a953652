/* runnel-run-server.h: the socket on which a run answers questions and tells its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-run-dir.h"
#include "engine/runnel-run.h"

G_BEGIN_DECLS

/* Listens on `socket` in the run's folder for processes of the same user. One JSON object per
 * line in both directions:
 *
 *   {"request": "snapshot"}                              -> {"ok": true, "snapshot": {...}}
 *   {"request": "subscribe"}                             -> the same, and from then on every event
 *   {"request": "cancel", "comment": "..."}              -> {"ok": true}
 *   {"request": "approve"|"reject", "step": "ID", "comment": "..."}
 *   {"request": "pause"|"resume"}                        nothing starts until it is resumed
 *   {"request": "freeze"|"thaw", "step": "ID"}           an attempt stands still
 *   anything that does not work                          -> {"ok": false, "error": "..."} */
typedef struct _RunnelRunServer RunnelRunServer;

RunnelRunServer *runnel_run_server_new      (RunnelRunDir     *dir,  /* (transfer none) */
                                             RunnelRun        *run,  /* (transfer none) */
                                             GError          **error);
void             runnel_run_server_free     (RunnelRunServer  *self);
RunnelEventSink *runnel_run_server_get_sink (RunnelRunServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunServer, runnel_run_server_free)

G_END_DECLS
