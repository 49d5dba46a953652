/* runnel-event-log.h: events.jsonl, the durable facts of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "engine/runnel-run-dir.h"

G_BEGIN_DECLS

/* A sink that writes every event as one line. What was flushed survives the death of the
 * engine; facts that can't be written (a full disk) are kept and tried again. */
typedef struct _RunnelEventLog RunnelEventLog;

/* Facts could not be written. Called once, from the main context: cancel the run. */
typedef void (*RunnelEventLogFailedFunc) (RunnelEventLog *self,
                                          const GError   *error,
                                          gpointer        user_data);
/* Called for each event in order; FALSE stops reading. The event is valid during the call. */
typedef gboolean (*RunnelEventLogFunc)   (const RunnelEvent *event,
                                          gpointer           user_data);

RunnelEventLog  *runnel_event_log_new      (RunnelRunDir              *dir,
                                            RunnelEventLogFailedFunc   failed,
                                            gpointer                   user_data,
                                            GError                   **error);
/* Writes what is left. */
void             runnel_event_log_free     (RunnelEventLog            *self);
RunnelEventSink *runnel_event_log_get_sink (RunnelEventLog            *self);

/* Reads a run's events back. A torn last line (the engine died while writing) is passed over,
 * and so is any line that is not an event. */
gboolean         runnel_event_log_read     (const char                *run_dir,
                                            RunnelEventLogFunc         func,
                                            gpointer                   user_data,
                                            GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelEventLog, runnel_event_log_free)

G_END_DECLS
