/* runnel-trace-context.h: where a run stands in a trace, so that others can go on with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNNEL_TRACE_VARIABLE "TRACEPARENT"

/* Ids are hexadecimal, of 32 and 16 digits. They follow from the uuid of the run: whoever tells of
 * it again, tells of the same trace. Does not change, so that threads may share it. */
typedef struct _RunnelTraceContext RunnelTraceContext;

RunnelTraceContext *runnel_trace_context_new         (const char          *uuid,
                                                      const char          *parent);
RunnelTraceContext *runnel_trace_context_ref         (RunnelTraceContext  *self);
void                runnel_trace_context_unref       (RunnelTraceContext  *self);
const char         *runnel_trace_context_get_trace   (RunnelTraceContext  *self);
const char         *runnel_trace_context_get_parent  (RunnelTraceContext  *self);
const char         *runnel_trace_context_get_span    (RunnelTraceContext  *self);
gboolean            runnel_trace_context_is_sampled  (RunnelTraceContext  *self);
char               *runnel_trace_context_make_span   (RunnelTraceContext  *self,
                                                      const char          *step,
                                                      guint                attempt);
char               *runnel_trace_context_hand_on     (RunnelTraceContext  *self,
                                                      const char          *step,
                                                      guint                attempt);
const char         *runnel_trace_context_get_origin  (RunnelTraceContext  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTraceContext, runnel_trace_context_unref)

G_END_DECLS
