/* runnel-cdevents.h: the events of a run as CDEvents over CloudEvents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "telemetry/runnel-parcel.h"
#include "telemetry/runnel-run-facts.h"

G_BEGIN_DECLS

/* Remembers which steps have started. Belongs to one thread. */
typedef struct _RunnelCdevents RunnelCdevents;

RunnelCdevents *runnel_cdevents_new  (RunnelRunFacts     *facts,
                                      gboolean            is_binary);
void            runnel_cdevents_free (RunnelCdevents     *self);
RunnelParcel   *runnel_cdevents_take (RunnelCdevents     *self,
                                      const RunnelEvent  *event);
RunnelParcel   *runnel_cdevents_make_test (gboolean       is_binary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCdevents, runnel_cdevents_free)

G_END_DECLS
