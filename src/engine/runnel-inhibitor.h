/* runnel-inhibitor.h: keeps the machine awake while a run works
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-clock.h"
#include "engine/runnel-event.h"

G_BEGIN_DECLS

/* Work has to go on for this long before the machine is kept awake, and to rest for this long
 * before it may sleep again: a short run pays nothing. Microseconds. */
#define RUNNEL_INHIBITOR_DELAY (5 * G_USEC_PER_SEC)

typedef struct _RunnelInhibitor RunnelInhibitor;

RunnelInhibitor *runnel_inhibitor_new      (RunnelClock     *clock,  /* (transfer none) */
                                            const char      *why);
void             runnel_inhibitor_free     (RunnelInhibitor *self);
RunnelEventSink *runnel_inhibitor_get_sink (RunnelInhibitor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelInhibitor, runnel_inhibitor_free)

G_END_DECLS
