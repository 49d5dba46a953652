/* runnel-step-needs.c: steps with other links into them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-copy.h"
#include "model/runnel-step-needs.h"

/* Returns the needs as they stand in the file, an empty array when there are none. */
static JsonArray *
dup_needs (RunnelStep *self)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (self, "needs");

  return needs != NULL && JSON_NODE_HOLDS_ARRAY (needs) ? json_node_dup_array (needs)
                                                        : json_array_new ();
}

static RunnelStep *
with_needs (RunnelStep *self,
            JsonArray  *needs)
{
  g_autoptr(JsonNode) value = NULL;

  if (json_array_get_length (needs) > 0)
    value = json_node_init_array (json_node_alloc (), needs);

  return runnel_step_with_member (self, "needs", value);
}

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/**
 * runnel_need_to_entry:
 * @from: the step that comes first
 * @on: its outcome on which the link fires
 * @like: (nullable): an entry of `needs`, the other members of which are taken over
 *
 * Returns: (transfer full): an entry of `needs`: the bare id when there is nothing else to say
 */
JsonNode *
runnel_need_to_entry (const char *from,
                      RunnelOn    on,
                      JsonNode   *like)
{
  g_autoptr(JsonNode) step = new_string (from);
  g_autoptr(JsonNode) outcome = on != RUNNEL_ON_SUCCESS ? new_string (runnel_on_to_string (on))
                                                        : NULL;
  g_autoptr(JsonObject) empty = json_object_new ();
  g_autoptr(JsonObject) named = NULL;
  g_autoptr(JsonObject) object = NULL;
  JsonObject *before = empty;

  if (like != NULL && JSON_NODE_HOLDS_OBJECT (like))
    before = json_node_get_object (like);

  named = runnel_json_object_with_member (before, "step", step, NULL);
  object = runnel_json_object_with_member (named, "on", outcome, NULL);
  if (json_object_get_size (object) == 1)
    return g_steal_pointer (&step);

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * runnel_step_with_need:
 * @self: a step
 * @from: id of the step that it is to follow
 * @on: the outcome of @from on which the link fires
 *
 * Returns: (transfer full): the step with one more link into it
 */
RunnelStep *
runnel_step_with_need (RunnelStep *self,
                       const char *from,
                       RunnelOn    on)
{
  g_autoptr(JsonArray) before = NULL;
  g_autoptr(JsonArray) needs = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (from != NULL, NULL);

  before = dup_needs (self);
  needs = json_array_new ();
  for (guint i = 0; i < json_array_get_length (before); i++)
    json_array_add_element (needs, json_node_ref (json_array_get_element (before, i)));
  json_array_add_element (needs, runnel_need_to_entry (from, on, NULL));

  return with_needs (self, needs);
}

/**
 * runnel_step_map_needs:
 * @self: a step
 * @func: (scope call): says what stands in place of each link; what is no link stays in any case
 *
 * Returns: (transfer full) (nullable): the step with other links into it, or %NULL when all stay
 */
RunnelStep *
runnel_step_map_needs (RunnelStep     *self,
                       RunnelNeedFunc  func,
                       gpointer        user_data)
{
  g_autoptr(JsonArray) before = NULL;
  g_autoptr(JsonArray) after = NULL;
  gboolean changed = FALSE;
  guint next = 0;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_needs == 0)
    return NULL;

  before = dup_needs (self);
  after = json_array_new ();
  for (guint i = 0; i < json_array_get_length (before); i++)
    {
      JsonNode *entry = json_array_get_element (before, i);

      if (next < self->n_needs && self->needs[next].position == i)
        changed |= func (&self->needs[next++], entry, after, user_data);
      else
        json_array_add_element (after, json_node_ref (entry));
    }

  return changed ? with_needs (self, after) : NULL;
}

/**
 * runnel_step_has_need:
 *
 * Returns: whether the step is linked to @from on this outcome
 */
gboolean
runnel_step_has_need (RunnelStep *self,
                      const char *from,
                      RunnelOn    on)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL, FALSE);

  for (guint i = 0; i < self->n_needs; i++)
    if (self->needs[i].on == on && strcmp (self->needs[i].step, from) == 0)
      return TRUE;

  return FALSE;
}
