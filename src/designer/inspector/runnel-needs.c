/* runnel-needs.c: the `needs` of a step as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-needs.h"
#include "designer/inspector/runnel-field-value.h"

/**
 * runnel_needs_handles_by_default:
 *
 * Returns: whether a link on @on makes good the failure it comes from when it does not say
 */
gboolean
runnel_needs_handles_by_default (RunnelOn on)
{
  return on == RUNNEL_ON_FAILURE;
}

static JsonNode *
need_to_json (const RunnelNeed *need)
{
  g_autoptr(JsonObject) object = NULL;
  gboolean says_handles = need->handles != runnel_needs_handles_by_default (need->on);

  if (need->on == RUNNEL_ON_SUCCESS && !says_handles)
    return runnel_field_value_new_string (need->step);
  object = json_object_new ();
  json_object_set_string_member (object, "step", need->step);
  json_object_set_string_member (object, "on", runnel_on_to_string (need->on));
  if (says_handles)
    json_object_set_boolean_member (object, "handles", need->handles);
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * runnel_needs_to_json:
 *
 * Returns: (transfer full) (nullable): the links as short as the format allows; %NULL for none
 */
JsonNode *
runnel_needs_to_json (const RunnelNeed *needs,
                      guint             n_needs)
{
  g_autoptr(JsonArray) array = json_array_new ();

  if (n_needs == 0)
    return NULL;
  for (guint i = 0; i < n_needs; i++)
    json_array_add_element (array, need_to_json (&needs[i]));
  return json_node_init_array (json_node_alloc (), array);
}

/**
 * runnel_needs_find:
 * @ret_index: (out): where the link from @step on @on is
 *
 * Returns: %TRUE if there is one
 */
gboolean
runnel_needs_find (const RunnelNeed *needs,
                   guint             n_needs,
                   const char       *step,
                   RunnelOn          on,
                   guint            *ret_index)
{
  for (guint i = 0; i < n_needs; i++)
    if (needs[i].on == on && g_strcmp0 (needs[i].step, step) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  return FALSE;
}

/* id -> ids of the steps that need it, all borrowed from @pipeline */
static GHashTable *
list_dependents (RunnelPipeline *pipeline)
{
  GHashTable *dependents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                  (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      for (guint j = 0; j < step->n_needs; j++)
        {
          GPtrArray *ids = g_hash_table_lookup (dependents, step->needs[j].step);

          if (!ids)
            g_hash_table_insert (dependents, (gpointer) step->needs[j].step, ids = g_ptr_array_new ());
          g_ptr_array_add (ids, (char *) step->id);
        }
    }
  return dependents;
}

/**
 * runnel_needs_find_descendants:
 * @pipeline: a pipeline
 * @id: a step of it
 *
 * Returns: (transfer full): the set of ids of @id and of all steps that come after it, valid until
 *   @pipeline changes
 */
GHashTable *
runnel_needs_find_descendants (RunnelPipeline *pipeline,
                               const char     *id)
{
  g_autoptr(GHashTable) dependents = list_dependents (pipeline);
  g_autoptr(GPtrArray) todo = g_ptr_array_new ();
  GHashTable *found = g_hash_table_new (g_str_hash, g_str_equal);

  g_ptr_array_add (todo, (char *) id);
  while (todo->len > 0)
    {
      const char *next = g_ptr_array_steal_index_fast (todo, todo->len - 1);
      GPtrArray *ids = g_hash_table_lookup (dependents, next);

      if (g_hash_table_add (found, (char *) next) && ids)
        g_ptr_array_extend (todo, ids, NULL, NULL);
    }
  return found;
}

/**
 * runnel_needs_describe_on:
 *
 * Returns: (transfer none): the outcome in a few words of the person's language
 */
const char *
runnel_needs_describe_on (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_SUCCESS:
      return _("On success");
    case RUNNEL_ON_FAILURE:
      return _("On failure");
    case RUNNEL_ON_FINISHED:
      return _("When finished");
    case RUNNEL_ON_ALWAYS:
    default:
      return _("Always");
    }
}
