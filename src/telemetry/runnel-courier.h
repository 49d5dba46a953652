/* runnel-courier.h: takes parcels to a receiver, one after the other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-parcel.h"
#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

#define RUNNEL_COURIER_PATIENCE (10 * G_TIME_SPAN_SECOND)

/* How it went. */
typedef struct
{
  guint status;        /* of HTTP; 0 = there was no answer */
  gint64 retry_after;  /* microseconds that the receiver asks to be left alone, -1 = it does not say */
  guint n_rejected;    /* facts of a parcel that was taken which the receiver threw away */
  char *message;       /* what it said to that, or NULL */
} RunnelReceipt;

void           runnel_receipt_clear (RunnelReceipt         *self);

/* Belongs to one thread, which it blocks; has a context of its own. */
typedef struct _RunnelCourier RunnelCourier;

RunnelCourier *runnel_courier_new   (const RunnelReceiver  *receiver,
                                     gint64                 patience);
void           runnel_courier_free  (RunnelCourier         *self);
gboolean       runnel_courier_carry (RunnelCourier         *self,
                                     RunnelParcel          *parcel,
                                     GCancellable          *cancellable,
                                     RunnelReceipt         *ret_receipt,
                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCourier, runnel_courier_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelReceipt, runnel_receipt_clear)

G_END_DECLS
