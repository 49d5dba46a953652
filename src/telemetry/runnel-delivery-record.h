/* runnel-delivery-record.h: how deliveries to a receiver went, over all runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 n_sent;    /* facts that were taken */
  guint64 n_dropped; /* facts that nobody will get */
  gint64 delivered;  /* when something was taken last, microseconds since 1970; 0 = never */
  gint64 failed;     /* when something failed last, 0 = never */
  gint64 unreached;  /* when the receiver gave no answer, or asked to try later; 0 = never */
  char *problem;     /* why that was, or NULL; without secrets */
} RunnelDeliveryRecord;

/* These read and write files, and several processes may. */
void      runnel_delivery_record_load  (const char                  *receiver,
                                        RunnelDeliveryRecord        *ret_self);
gboolean  runnel_delivery_record_add   (const char                  *receiver,
                                        const RunnelDeliveryRecord  *more,
                                        GError                     **error);
void      runnel_delivery_record_clear (RunnelDeliveryRecord        *self);
gboolean  runnel_delivery_record_is_ok (const RunnelDeliveryRecord  *self);
gboolean  runnel_delivery_record_is_unreached (const RunnelDeliveryRecord *self,
                                               gint64               since);
char     *runnel_delivery_get_folder   (const char                  *receiver);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelDeliveryRecord, runnel_delivery_record_clear)

G_END_DECLS
