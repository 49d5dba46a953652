/* runnel-trace.h: the events of a run as spans of a trace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "telemetry/runnel-run-facts.h"

G_BEGIN_DECLS

/* Holds spans that are over until they are taken, and what it has to remember of steps that are
 * not. Belongs to one thread. */
typedef struct _RunnelTrace RunnelTrace;

RunnelTrace *runnel_trace_new         (RunnelRunFacts     *facts,
                                       GHashTable         *attributes);
void         runnel_trace_free        (RunnelTrace        *self);
void         runnel_trace_add         (RunnelTrace        *self,
                                       const RunnelEvent  *event);
guint        runnel_trace_get_n_spans (RunnelTrace        *self);
GBytes      *runnel_trace_take        (RunnelTrace        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTrace, runnel_trace_free)

G_END_DECLS
