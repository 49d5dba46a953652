/* runnel-run-client.h: the other end of a run's socket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "engine/runnel-event.h"

G_BEGIN_DECLS

/* Sends one request and waits for the answer, for at most ten seconds: for the command line.
 * Returns (transfer full): the answer, whose "ok" is true. Errors: G_IO_ERROR_NOT_FOUND when the
 * run is not there or over, G_IO_ERROR_FAILED with the run's own words when it refused. */
JsonObject *runnel_run_client_request (const char  *run_dir,
                                       JsonObject  *request,
                                       GError     **error);
/* {"request": ..., "step": ..., "comment": ..., "origin": ...}; step and comment may be NULL. */
JsonObject *runnel_run_client_make_request (const char *request,
                                            const char *step,
                                            const char *comment);

/* A subscription that never blocks: for the application. Signals, all in the thread's main context:
 *   "snapshot" (JsonObject)        once, first
 *   "event" (const RunnelEvent *, const char *line)   each; valid during the call
 *   "closed" (const char *error)   once, last; NULL when the run ended in order */
#define RUNNEL_TYPE_RUN_CLIENT (runnel_run_client_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunClient, runnel_run_client, RUNNEL, RUN_CLIENT, GObject)

RunnelRunClient *runnel_run_client_new   (const char       *run_dir,
                                          GError          **error);
/* Sends a request without waiting; what the run refuses comes as the signal "refused"
 * (const char *error). */
void             runnel_run_client_send  (RunnelRunClient  *self,
                                          JsonObject       *request);
void             runnel_run_client_close (RunnelRunClient  *self);

G_END_DECLS
