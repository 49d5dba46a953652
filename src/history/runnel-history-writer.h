/* runnel-history-writer.h: the stream of events on its way into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* A sink that copies events and writes them from a thread of its own, many at once. It never
 * fails a run and holds it up only at its end, until everything is in the history. What could
 * not be written is in the run's journal, and runnel_history_reconcile() adds it later. */
typedef struct _RunnelHistoryWriter RunnelHistoryWriter;

RunnelHistoryWriter *runnel_history_writer_new      (RunnelHistory        *history); /* (transfer full) */
void                 runnel_history_writer_free     (RunnelHistoryWriter  *self);
RunnelEventSink     *runnel_history_writer_get_sink (RunnelHistoryWriter  *self);
gboolean             runnel_history_writer_flush    (RunnelHistoryWriter  *self,
                                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelHistoryWriter, runnel_history_writer_free)

G_END_DECLS
