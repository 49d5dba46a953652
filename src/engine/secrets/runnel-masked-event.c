/* runnel-masked-event.c: an event, and any JSON, without secrets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/secrets/runnel-masked-event.h"

static JsonNode   *hide_in_array  (RunnelSecretMask *self,
                                   JsonArray        *array,
                                   gboolean          keep_names);
static JsonObject *hide_in_object (RunnelSecretMask *self,
                                   JsonObject       *object,
                                   gboolean          keep_names);

/* By these a run, its steps and its files are found again. They come from the pipeline's text, not
 * from secrets; but when the user name “deploy” is a secret, a step “deploy” must stay one. */
static gboolean
is_name (const char *key)
{
  static const char *const keys[] = {
    "id", "step", "parent", "name", "kind", "role", "state", "handled", "file", "path", "sha256", NULL
  };

  return g_strv_contains (keys, key);
}

/* Under these, keys are whatever somebody called his values. */
static gboolean
has_values (const char *key)
{
  static const char *const keys[] = { "outputs", "parameters", "matrix", NULL };

  return g_strv_contains (keys, key);
}

static JsonNode *
hide_in_value (RunnelSecretMask *self,
               JsonNode         *node)
{
  gboolean is_text = json_node_get_value_type (node) == G_TYPE_STRING;
  g_autofree char *text = is_text ? json_node_dup_string (node) : json_to_string (node, FALSE);
  g_autofree char *hidden = runnel_secret_mask_hide (self, text);

  if (!hidden)
    return json_node_ref (node);
  return json_node_init_string (json_node_alloc (), hidden);
}

static JsonNode *
hide_in_node (RunnelSecretMask *self,
              JsonNode         *node,
              gboolean          keep_names)
{
  JsonNode *hidden;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return hide_in_array (self, json_node_get_array (node), keep_names);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return hide_in_value (self, node);
  hidden = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (hidden, hide_in_object (self, json_node_get_object (node), keep_names));
  return hidden;
}

static JsonNode *
hide_in_array (RunnelSecretMask *self,
               JsonArray        *array,
               gboolean          keep_names)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *hidden = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (hidden, hide_in_node (self, json_array_get_element (array, i),
                                                  keep_names));
  json_node_take_array (node, hidden);
  return node;
}

static JsonObject *
hide_in_object (RunnelSecretMask *self,
                JsonObject       *object,
                gboolean          keep_names)
{
  JsonObject *hidden = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      gboolean is_kept = keep_names && is_name (key);

      json_object_set_member (hidden, key,
                              is_kept ? json_node_ref (value)
                                      : hide_in_node (self, value, keep_names && !has_values (key)));
    }
  return hidden;
}

/**
 * runnel_secret_mask_hide_in_facts:
 * @facts: what Runnel tells of a run, such as the details of an event or a snapshot
 *
 * Returns: (transfer full): a copy without secrets in it, but with the names of steps, files and
 *   the like as they are
 */
JsonObject *
runnel_secret_mask_hide_in_facts (RunnelSecretMask *self,
                                  JsonObject       *facts)
{
  return hide_in_object (self, facts, TRUE);
}

/**
 * runnel_masked_event_init:
 * @event: an event
 * @mask: the secrets
 *
 * Makes @self->event the same event with *** in place of secrets in its reason, cause, outputs and
 * details. It borrows from @event what had none.
 */
void
runnel_masked_event_init (RunnelMaskedEvent *self,
                          const RunnelEvent *event,
                          RunnelSecretMask  *mask)
{
  *self = (RunnelMaskedEvent) { .event = *event };
  if (event->reason && (self->reason = runnel_secret_mask_hide (mask, event->reason)))
    self->event.reason = self->reason;
  if (event->cause && (self->cause = runnel_secret_mask_hide (mask, event->cause)))
    self->event.cause = self->cause;
  if (event->outputs)
    self->event.outputs = self->outputs = hide_in_object (mask, event->outputs, FALSE);
  if (event->details)
    self->event.details = self->details = hide_in_object (mask, event->details, TRUE);
}

void
runnel_masked_event_clear (RunnelMaskedEvent *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->cause, g_free);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->details, json_object_unref);
}
