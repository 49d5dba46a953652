/* runnel-outbox.h: has parcels delivered, and never makes anybody wait for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-delivery-record.h"
#include "telemetry/runnel-parcel.h"
#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

/* What waits in memory is bounded: what is put in when there are more than these is lost. */
#define RUNNEL_OUTBOX_MAX_PARCELS 1000
#define RUNNEL_OUTBOX_MAX_SIZE (32 * 1024 * 1024)

/* A queue and a thread for one receiver. What can't be delivered before it closes is put into the
 * receiver's spool, for the next one who has an outbox; what is there is delivered, too. */
typedef struct _RunnelOutbox RunnelOutbox;

RunnelOutbox *runnel_outbox_new        (const RunnelReceiver  *receiver,
                                        gint64                 patience);
void          runnel_outbox_put        (RunnelOutbox          *self,
                                        RunnelParcel          *parcel);
void          runnel_outbox_lose       (RunnelOutbox          *self,
                                        guint                  n_facts);
void          runnel_outbox_begin_end  (RunnelOutbox          *self,
                                        gint64                 patience);
void          runnel_outbox_close      (RunnelOutbox          *self);

G_END_DECLS
