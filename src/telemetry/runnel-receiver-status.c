/* runnel-receiver-status.c: what became of what a receiver was to be told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-receiver-status.h"

const char *const runnel_receiver_names[] = { "otlp", "webhook", NULL };

/**
 * runnel_receiver_open_spool:
 *
 * Returns: (transfer full): where parcels for the receiver wait
 */
RunnelSpool *
runnel_receiver_open_spool (const char *receiver)
{
  g_autofree char *folder = runnel_delivery_get_folder (receiver);
  g_autofree char *spool = g_build_filename (folder, "spool", NULL);

  return runnel_spool_new (spool);
}

void
runnel_receiver_status_load (const char           *receiver,
                             RunnelReceiverStatus *ret_self)
{
  g_autoptr(RunnelSpool) spool = runnel_receiver_open_spool (receiver);

  runnel_delivery_record_load (receiver, &ret_self->record);
  runnel_spool_measure (spool, &ret_self->waiting);
}

void
runnel_receiver_status_clear (RunnelReceiverStatus *self)
{
  runnel_delivery_record_clear (&self->record);
}

/**
 * runnel_receiver_is_known:
 *
 * Returns: whether there ever was anything to tell such a receiver
 */
gboolean
runnel_receiver_is_known (const char *receiver)
{
  g_autofree char *folder = runnel_delivery_get_folder (receiver);

  return g_file_test (folder, G_FILE_TEST_IS_DIR);
}
