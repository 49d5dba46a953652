/* runnel-layout-diff.c: how the drawings of two pipelines differ
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-pipeline-diff.h"

static void
add (GPtrArray            *differences,
     RunnelDifferenceType  type,
     const char           *step,
     const char           *key,
     JsonNode             *from,
     JsonNode             *to)
{
  RunnelDifference *difference = g_new0 (RunnelDifference, 1);

  difference->type = type;
  difference->step = g_strdup (step);
  difference->key = g_strdup (key);
  difference->from = from != NULL ? json_node_ref (from) : NULL;
  difference->to = to != NULL ? json_node_ref (to) : NULL;
  g_ptr_array_add (differences, difference);
}

static JsonNode *
point_to_json (const RunnelPoint *point)
{
  JsonArray *array = json_array_new ();

  json_array_add_double_element (array, point->x);
  json_array_add_double_element (array, point->y);
  return json_node_init_array (json_node_alloc (), array);
}

/* A place that only one of the versions has is no move that anybody made. */
static void
diff_places (GPtrArray      *differences,
             RunnelPipeline *from,
             RunnelPipeline *to)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (from); i++)
    {
      const char *id = runnel_pipeline_get_step (from, i)->id;
      g_autoptr(JsonNode) old = NULL;
      g_autoptr(JsonNode) new = NULL;
      RunnelPoint before, after;

      if (!runnel_pipeline_get_position (from, id, &before)
          || !runnel_pipeline_get_position (to, id, &after)
          || !runnel_pipeline_find_step (to, id, NULL)
          || (before.x == after.x && before.y == after.y))
        continue;

      old = point_to_json (&before);
      new = point_to_json (&after);
      add (differences, RUNNEL_DIFFERENCE_MOVED, id, "layout", old, new);
    }
}

static JsonObject *
get_note_places (RunnelPipeline *pipeline)
{
  JsonNode *layout = runnel_pipeline_get_member (pipeline, "layout");
  JsonNode *notes = NULL;

  if (layout != NULL && JSON_NODE_HOLDS_OBJECT (layout))
    notes = json_object_get_member (json_node_get_object (layout), "notes");

  return notes != NULL && JSON_NODE_HOLDS_OBJECT (notes) ? json_node_get_object (notes) : NULL;
}

static void
diff_note_places (GPtrArray      *differences,
                  RunnelPipeline *from,
                  RunnelPipeline *to)
{
  JsonObject *before = get_note_places (from), *after = get_note_places (to);
  JsonObjectIter iter;
  const char *id;
  JsonNode *place;

  if (before == NULL || after == NULL)
    return;

  json_object_iter_init_ordered (&iter, before);
  while (json_object_iter_next_ordered (&iter, &id, &place))
    {
      JsonNode *other = json_object_get_member (after, id);
      g_autofree char *key = g_strdup_printf ("layout.notes.%s", id);

      if (other != NULL && !json_node_equal (place, other))
        add (differences, RUNNEL_DIFFERENCE_MOVED, NULL, key, place, other);
    }
}

static JsonNode *
find_by_id (JsonNode   *items,
            const char *id)
{
  JsonArray *array = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_node_get_array (items)
                                                                    : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (item)
          && g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (item),
                                                                    "id", NULL), id) == 0)
        return item;
    }

  return NULL;
}

/* Tells of the items of `here` that are not, or not the same, in `there`. */
static void
diff_items (GPtrArray      *differences,
            RunnelPipeline *here,
            RunnelPipeline *there,
            const char     *kind,
            gboolean        forward)
{
  JsonNode *items = runnel_pipeline_get_member (here, kind);
  JsonNode *others = runnel_pipeline_get_member (there, kind);
  JsonArray *array = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_node_get_array (items)
                                                                    : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (item)
                         ? json_object_get_string_member_with_default (json_node_get_object (item),
                                                                       "id", NULL)
                         : NULL;
      JsonNode *other = id != NULL ? find_by_id (others, id) : NULL;
      g_autofree char *key = g_strdup_printf ("%s.%s", kind, id);

      if (id == NULL)
        continue;
      if (!forward && other == NULL)
        add (differences, RUNNEL_DIFFERENCE_ADDED, NULL, key, NULL, item);
      else if (forward && other == NULL)
        add (differences, RUNNEL_DIFFERENCE_REMOVED, NULL, key, item, NULL);
      else if (forward && !json_node_equal (item, other))
        add (differences, RUNNEL_DIFFERENCE_CHANGED, NULL, key, item, other);
    }
}

/**
 * runnel_pipeline_diff_layout:
 * @from: a pipeline
 * @to: the pipeline it became
 *
 * Compares what runnel_pipeline_diff() leaves out: where steps and notes stand, the notes and the
 * groups. None of it changes what the pipeline does.
 *
 * Returns: (transfer full) (element-type RunnelDifference): the differences; a step that moved has
 *   the key "layout"
 */
GPtrArray *
runnel_pipeline_diff_layout (RunnelPipeline *from,
                             RunnelPipeline *to)
{
  GPtrArray *differences =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_difference_free);

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (from) && RUNNEL_IS_PIPELINE (to), differences);

  diff_places (differences, from, to);
  diff_items (differences, from, to, "groups", TRUE);
  diff_items (differences, to, from, "groups", FALSE);
  diff_items (differences, from, to, "notes", TRUE);
  diff_items (differences, to, from, "notes", FALSE);
  diff_note_places (differences, from, to);
  return differences;
}
