/* runnel-delivery-record.c: how deliveries to a receiver went, over all runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>

#include "engine/limits/runnel-folder-lock.h"
#include "engine/limits/runnel-state-dir.h"
#include "telemetry/runnel-delivery-record.h"
#include "util/runnel-replace-file.h"

#define FILE_NAME "deliveries.json"
#define PATIENCE (200 * G_TIME_SPAN_MILLISECOND) /* for the lock; it is held for a moment */

/**
 * runnel_delivery_get_folder:
 * @receiver: "otlp" or "webhook"
 *
 * Returns: (transfer full): where what is known of the receiver is, and what waits for it
 */
char *
runnel_delivery_get_folder (const char *receiver)
{
  g_autofree char *folder = runnel_state_dir_get ("telemetry");

  return g_build_filename (folder, receiver, NULL);
}

static gint64
get_int (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* A file that is not as it should be counts as none. */
static void
read_file (const char           *folder,
           RunnelDeliveryRecord *self)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *object;

  *self = (RunnelDeliveryRecord) { 0, };
  if (g_file_get_contents (path, &text, NULL, NULL))
    root = json_from_string (text, NULL);
  if (!root || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  object = json_node_get_object (root);
  self->n_sent = get_int (object, "sent");
  self->n_dropped = get_int (object, "dropped");
  self->delivered = get_int (object, "delivered");
  self->failed = get_int (object, "failed");
  self->unreached = get_int (object, "unreached");
  self->problem = g_strdup (json_object_get_string_member_with_default (object, "problem", NULL));
}

static gboolean
write_file (const char                 *folder,
            const RunnelDeliveryRecord *self,
            GError                    **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "sent", self->n_sent);
  json_object_set_int_member (object, "dropped", self->n_dropped);
  json_object_set_int_member (object, "delivered", self->delivered);
  json_object_set_int_member (object, "failed", self->failed);
  json_object_set_int_member (object, "unreached", self->unreached);
  if (self->problem)
    json_object_set_string_member (object, "problem", self->problem);
  text = json_to_string (node, TRUE);
  return runnel_replace_file (path, text, strlen (text), 0600, error);
}

static void
sum_up (RunnelDeliveryRecord       *self,
        const RunnelDeliveryRecord *more)
{
  self->n_sent += more->n_sent;
  self->n_dropped += more->n_dropped;
  self->delivered = MAX (self->delivered, more->delivered);
  self->unreached = MAX (self->unreached, more->unreached);
  if (more->failed < self->failed || !more->problem)
    return;
  self->failed = more->failed;
  g_free (self->problem);
  self->problem = g_strdup (more->problem);
}

/**
 * runnel_delivery_record_load:
 * @ret_self: (out): all zero when nothing was ever sent
 */
void
runnel_delivery_record_load (const char           *receiver,
                             RunnelDeliveryRecord *ret_self)
{
  g_autofree char *folder = runnel_delivery_get_folder (receiver);

  read_file (folder, ret_self);
}

/**
 * runnel_delivery_record_add:
 * @more: what there was since the last time
 * @error: return location for a #GFileError or #GIOError
 *
 * Returns: whether it is added
 */
gboolean
runnel_delivery_record_add (const char                  *receiver,
                            const RunnelDeliveryRecord  *more,
                            GError                     **error)
{
  g_autofree char *folder = runnel_delivery_get_folder (receiver);
  g_auto(RunnelDeliveryRecord) record = { 0, };
  int lock = runnel_folder_lock (folder, PATIENCE, error);
  gboolean ok;

  if (lock < 0)
    return FALSE;
  read_file (folder, &record);
  sum_up (&record, more);
  ok = write_file (folder, &record, error);
  runnel_folder_unlock (lock);
  return ok;
}

void
runnel_delivery_record_clear (RunnelDeliveryRecord *self)
{
  g_clear_pointer (&self->problem, g_free);
}

/**
 * runnel_delivery_record_is_ok:
 *
 * Returns: whether the latest delivery did not fail
 */
gboolean
runnel_delivery_record_is_ok (const RunnelDeliveryRecord *self)
{
  return self->failed == 0 || self->delivered > self->failed;
}

/**
 * runnel_delivery_record_is_unreached:
 * @since: microseconds since 1970
 *
 * Returns: whether the receiver could not be reached at the latest try, and that was not before
 *   @since
 */
gboolean
runnel_delivery_record_is_unreached (const RunnelDeliveryRecord *self,
                                     gint64                      since)
{
  return self->unreached > self->delivered && self->unreached >= since;
}
