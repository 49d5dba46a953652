/* runnel-receiver-status.h: what became of what a receiver was to be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-delivery-record.h"
#include "telemetry/runnel-spool.h"

G_BEGIN_DECLS

/* The names of all kinds of receivers, NULL-terminated. */
extern const char *const runnel_receiver_names[];

typedef struct
{
  RunnelDeliveryRecord record;
  RunnelSpoolContent waiting;
} RunnelReceiverStatus;

/* Reads files. */
void     runnel_receiver_status_load  (const char           *receiver,
                                       RunnelReceiverStatus *ret_self);
void     runnel_receiver_status_clear (RunnelReceiverStatus *self);
gboolean     runnel_receiver_is_known   (const char *receiver);
RunnelSpool *runnel_receiver_open_spool (const char *receiver);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelReceiverStatus, runnel_receiver_status_clear)

G_END_DECLS
