/* runnel-pins.c: steps that stay where they are on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `layout.pinned` has their ids in the order of the steps. What it holds that is no step stays in
 * the file and means nothing.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-pins.h"
#include "model/runnel-pipeline-private.h"

#define KEY "layout.pinned"

static JsonArray *
get_pinned (RunnelPipeline *pipeline)
{
  return _runnel_areas_get_array (pipeline->layout_rest, "pinned");
}

static const char *
get_id (JsonArray *pinned,
        guint      index)
{
  JsonNode *element = json_array_get_element (pinned, index);

  return JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
}

/**
 * runnel_pipeline_list_pinned:
 * @self: a pipeline
 *
 * Returns: (transfer full) (element-type utf8): the set of the ids of pinned steps
 */
GHashTable *
runnel_pipeline_list_pinned (RunnelPipeline *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *pinned;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), ids);

  pinned = get_pinned (self);
  for (guint i = 0; pinned != NULL && i < json_array_get_length (pinned); i++)
    if (get_id (pinned, i) != NULL)
      g_hash_table_add (ids, g_strdup (get_id (pinned, i)));

  return ids;
}

static RunnelEdit *
new_set_pinned (JsonArray *pinned)
{
  g_autoptr(JsonNode) value = NULL;

  if (json_array_get_length (pinned) > 0)
    value = json_node_init_array (json_node_alloc (), pinned);

  return runnel_edit_new_set_member (KEY, value);
}

static char *
make_label (gboolean pinned,
            guint    n_ids)
{
  if (pinned)
    return g_strdup_printf (ngettext ("Pin %u step", "Pin %u steps", n_ids), n_ids);

  return g_strdup_printf (ngettext ("Unpin %u step", "Unpin %u steps", n_ids), n_ids);
}

/**
 * runnel_edit_new_pin_steps:
 * @pipeline: a pipeline
 * @ids: (array zero-terminated=1): ids of steps
 * @pinned: whether they are to stay where they are
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_pin_steps (RunnelPipeline    *pipeline,
                           const char *const *ids,
                           gboolean           pinned)
{
  g_autoptr(GHashTable) set = NULL;
  g_autoptr(JsonArray) array = NULL;
  g_autofree char *label = NULL;
  RunnelEdit *edit;
  guint n_ids;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  set = runnel_pipeline_list_pinned (pipeline);
  for (n_ids = 0; ids[n_ids] != NULL; n_ids++)
    if (pinned)
      g_hash_table_add (set, g_strdup (ids[n_ids]));
    else
      g_hash_table_remove (set, ids[n_ids]);

  array = json_array_new ();
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      const char *id = runnel_pipeline_get_step (pipeline, i)->id;

      if (g_hash_table_remove (set, id))
        json_array_add_string_element (array, id);
    }

  edit = new_set_pinned (array);
  label = make_label (pinned, n_ids);
  _runnel_edit_set_label (edit, label);

  return edit;
}

/* Adds the edit that follows a change of ids, if any pinned step has one of them. */
void
_runnel_edit_map_pinned (GPtrArray      *edits,
                         RunnelPipeline *pipeline,
                         RunnelMapFunc   map,
                         gconstpointer   data)
{
  JsonArray *pinned = get_pinned (pipeline);
  g_autoptr(JsonArray) mapped = json_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; pinned != NULL && i < json_array_get_length (pinned); i++)
    {
      const char *id = get_id (pinned, i);
      const char *new_id = id != NULL ? map (id, data) : NULL;

      if (id == NULL || new_id == id)
        json_array_add_element (mapped, json_node_ref (json_array_get_element (pinned, i)));
      else
        changed = TRUE;
      if (new_id != NULL && new_id != id)
        json_array_add_string_element (mapped, new_id);
    }

  if (changed)
    g_ptr_array_add (edits, new_set_pinned (mapped));
}
