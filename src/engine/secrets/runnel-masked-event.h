/* runnel-masked-event.h: an event, and any JSON, without secrets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "engine/secrets/runnel-secret-mask.h"

G_BEGIN_DECLS

/* The event together with what it borrows. */
typedef struct
{
  RunnelEvent event;
  char *reason;
  char *cause;
  JsonObject *outputs;
  JsonObject *details;
} RunnelMaskedEvent;

void        runnel_masked_event_init         (RunnelMaskedEvent *self,
                                              const RunnelEvent *event,
                                              RunnelSecretMask  *mask);
void        runnel_masked_event_clear        (RunnelMaskedEvent *self);
/* For objects that Runnel writes about a run. */
JsonObject *runnel_secret_mask_hide_in_facts (RunnelSecretMask  *self,
                                              JsonObject        *facts);

G_END_DECLS
