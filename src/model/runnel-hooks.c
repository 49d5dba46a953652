/* runnel-hooks.c: the steps of a pipeline that run when a run begins and ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-hooks.h"
#include "model/runnel-json-read.h"

static const char *const names[] = { "on-start", "on-success", "on-failure", "on-finish" };

/**
 * runnel_hook_point_to_string:
 * @self: when a hook runs
 *
 * Returns: (transfer none): as it stands in a file
 */
const char *
runnel_hook_point_to_string (RunnelHookPoint self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (names), NULL);

  return names[self];
}

static JsonArray *
find_list (RunnelPipeline  *pipeline,
           RunnelHookPoint  point)
{
  JsonNode *hooks = runnel_pipeline_get_member (pipeline, "hooks");
  JsonNode *list = NULL;

  if (hooks != NULL && JSON_NODE_HOLDS_OBJECT (hooks))
    list = json_object_get_member (json_node_get_object (hooks), names[point]);

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

/* Links of a hook have no effect: the check of its shape says so. */
static RunnelStep *
read_hook (JsonObject *object)
{
  g_autoptr(RunnelStep) step = runnel_step_new (object, "", NULL);

  return step->n_needs > 0 ? runnel_step_with_member (step, "needs", NULL) : g_steal_pointer (&step);
}

/**
 * runnel_hooks_get:
 * @pipeline: a pipeline
 * @point: when they run
 *
 * Returns: (transfer full) (element-type RunnelStep): the hooks of that time
 *   in the order in which they run; entries of the file that are no objects are left out
 */
GPtrArray *
runnel_hooks_get (RunnelPipeline  *pipeline,
                  RunnelHookPoint  point)
{
  JsonArray *list;
  GPtrArray *hooks;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail ((guint) point < G_N_ELEMENTS (names), NULL);

  list = find_list (pipeline, point);
  hooks = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_unref);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *entry = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (entry))
        g_ptr_array_add (hooks, read_hook (json_node_get_object (entry)));
    }

  return hooks;
}

/**
 * runnel_hooks_get_path:
 * @point: when the hook runs
 * @index: its place among those of that time
 *
 * Returns: (transfer full): its JSON path
 */
char *
runnel_hooks_get_path (RunnelHookPoint point,
                       guint           index)
{
  g_autoptr(GString) path = g_string_new ("hooks");

  g_return_val_if_fail ((guint) point < G_N_ELEMENTS (names), NULL);

  runnel_json_path_append_key (path, names[point]);
  g_string_append_printf (path, "[%u]", index);

  return g_string_free (g_steal_pointer (&path), FALSE);
}
