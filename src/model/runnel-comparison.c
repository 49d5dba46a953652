/* runnel-comparison.c: two versions of a pipeline beside each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-comparison.h"

struct _RunnelComparison
{
  RunnelPipeline *from;
  RunnelPipeline *to;
  RunnelPipeline *both;     /* made when it is first asked for */
  RunnelPipeline *part;     /* of both, likewise */
  GPtrArray *differences;   /* RunnelDifference: what the pipelines do, then the layout */
  guint n_work;             /* of the first kind */
  GHashTable *changes;      /* id -> RunnelChange */
};

/* --- Renamed steps --- */

/* What a step is, whatever it is called. */
static char *
make_essence (RunnelStep *step)
{
  g_autoptr(JsonObject) json = runnel_step_to_json (step);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), json);
  g_autoptr(JsonNode) copy = json_from_string ("{}", NULL);
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_str_equal (key, "id"))
      json_object_set_member (json_node_get_object (copy), key, json_node_ref (value));

  return json_to_string (copy, FALSE);
}

static RunnelStep *
get_step (RunnelPipeline *pipeline,
          const char     *id)
{
  guint index;

  if (!runnel_pipeline_find_step (pipeline, id, &index))
    return NULL;

  return runnel_pipeline_get_step (pipeline, index);
}

static gboolean
is_whole_step (const RunnelDifference *difference,
               RunnelDifferenceType    type)
{
  return difference->type == type && difference->step != NULL && *difference->key == '\0';
}

/* A step that is gone and one like it that is new are the same step with another id. */
static void
join_renamed (RunnelComparison *self,
              GHashTable       *renamed)
{
  g_autoptr(GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->differences->len; i++)
    {
      RunnelDifference *difference = self->differences->pdata[i];

      if (is_whole_step (difference, RUNNEL_DIFFERENCE_REMOVED))
        g_hash_table_insert (gone, make_essence (get_step (self->from, difference->step)),
                             difference);
    }

  for (guint i = 0; g_hash_table_size (gone) > 0 && i < self->differences->len; i++)
    {
      RunnelDifference *added = self->differences->pdata[i], *removed;
      g_autofree char *essence = NULL;

      if (!is_whole_step (added, RUNNEL_DIFFERENCE_ADDED))
        continue;
      essence = make_essence (get_step (self->to, added->step));
      removed = g_hash_table_lookup (gone, essence);
      if (removed == NULL)
        continue;

      g_hash_table_remove (gone, essence);
      g_hash_table_insert (renamed, g_strdup (removed->step), g_strdup (added->step));
      added->type = RUNNEL_DIFFERENCE_CHANGED;
      g_free (added->key);
      added->key = g_strdup ("id");
      json_node_unref (added->to);
      added->from = json_node_init_string (json_node_alloc (), removed->step);
      added->to = json_node_init_string (json_node_alloc (), added->step);
      g_clear_pointer (&removed->step, g_free); /* told already */
    }
}

static const char *
get_source (JsonNode *link)
{
  if (JSON_NODE_HOLDS_OBJECT (link))
    return json_object_get_string_member_with_default (json_node_get_object (link), "step", "");

  return json_node_get_string (link);
}

/* Follows from the rename and needs no word: a link that comes from the step with its new id, or
 * that step itself as one that is gone. */
static gboolean
is_told (const RunnelDifference *difference,
         GHashTable             *renamed)
{
  const char *now;

  if (difference->step == NULL)
    return *difference->key == '\0';
  if (difference->type != RUNNEL_DIFFERENCE_MOVED || !g_str_equal (difference->key, "needs"))
    return FALSE;

  now = g_hash_table_lookup (renamed, get_source (difference->from));
  return now != NULL && g_strcmp0 (now, get_source (difference->to)) == 0;
}

static void
take_renames (RunnelComparison *self)
{
  g_autoptr(GHashTable) renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  join_renamed (self, renamed);
  for (guint i = self->differences->len; i > 0; i--)
    if (is_told (self->differences->pdata[i - 1], renamed))
      g_ptr_array_remove_index (self->differences, i - 1);
}

/* --- What became of each step --- */

static RunnelChange
get_change (const RunnelDifference *difference)
{
  if (is_whole_step (difference, RUNNEL_DIFFERENCE_ADDED))
    return RUNNEL_CHANGE_ADDED;
  if (is_whole_step (difference, RUNNEL_DIFFERENCE_REMOVED))
    return RUNNEL_CHANGE_REMOVED;
  if (g_str_equal (difference->key, "layout"))
    return RUNNEL_CHANGE_MOVED;

  return RUNNEL_CHANGE_CHANGED;
}

static void
collect_changes (RunnelComparison *self)
{
  for (guint i = 0; i < self->differences->len; i++)
    {
      const RunnelDifference *difference = self->differences->pdata[i];

      if (difference->step != NULL && !g_hash_table_contains (self->changes, difference->step))
        g_hash_table_insert (self->changes, difference->step,
                             GINT_TO_POINTER (get_change (difference)));
    }
}

/**
 * runnel_comparison_new:
 * @from: a pipeline
 * @to: the pipeline it became
 *
 * Compares them. Neither may be changed as long as the comparison is used.
 *
 * Returns: (transfer full): the comparison
 */
RunnelComparison *
runnel_comparison_new (RunnelPipeline *from,
                       RunnelPipeline *to)
{
  RunnelComparison *self;
  GPtrArray *layout;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (from) && RUNNEL_IS_PIPELINE (to), NULL);

  self = g_new0 (RunnelComparison, 1);
  self->from = g_object_ref (from);
  self->to = g_object_ref (to);
  self->changes = g_hash_table_new (g_str_hash, g_str_equal);
  self->differences = runnel_pipeline_diff (from, to);
  take_renames (self);
  self->n_work = self->differences->len;
  layout = runnel_pipeline_diff_layout (from, to);
  g_ptr_array_extend_and_steal (self->differences, layout);
  collect_changes (self);
  return self;
}

void
runnel_comparison_free (RunnelComparison *self)
{
  g_hash_table_unref (self->changes);
  g_ptr_array_unref (self->differences);
  g_clear_object (&self->both);
  g_clear_object (&self->part);
  g_object_unref (self->from);
  g_object_unref (self->to);
  g_free (self);
}

/**
 * runnel_comparison_get_differences:
 *
 * Returns: (transfer none) (element-type RunnelDifference): first those in what the pipelines do,
 *   then those in how they are drawn
 */
GPtrArray *
runnel_comparison_get_differences (RunnelComparison *self)
{
  return self->differences;
}

/**
 * runnel_comparison_count_work:
 *
 * Returns: how many of the differences are in what the pipelines do
 */
guint
runnel_comparison_count_work (RunnelComparison *self)
{
  return self->n_work;
}

RunnelChange
runnel_comparison_get_step_change (RunnelComparison *self,
                                   const char       *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->changes, id));
}

static gboolean
has_link (RunnelPipeline *pipeline,
          const char     *from,
          const char     *to,
          RunnelOn        on)
{
  RunnelStep *step = get_step (pipeline, to);

  for (guint i = 0; step != NULL && i < step->n_needs; i++)
    if (step->needs[i].on == on && g_str_equal (step->needs[i].step, from))
      return TRUE;

  return FALSE;
}

RunnelChange
runnel_comparison_get_link_change (RunnelComparison *self,
                                   const char       *from,
                                   const char       *to,
                                   RunnelOn          on)
{
  const gboolean before = has_link (self->from, from, to, on);
  const gboolean after = has_link (self->to, from, to, on);

  return before == after ? RUNNEL_CHANGE_NONE
         : after         ? RUNNEL_CHANGE_ADDED
                         : RUNNEL_CHANGE_REMOVED;
}

/* --- Both at once --- */

static JsonArray *
get_needs (JsonObject *step)
{
  if (!json_object_has_member (step, "needs"))
    json_object_set_array_member (step, "needs", json_array_new ());

  return json_object_get_array_member (step, "needs");
}

/* Gives a step of the union the links that it had before. */
static void
add_old_links (RunnelComparison *self,
               JsonObject       *json,
               RunnelStep       *before)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (before, "needs");

  for (guint i = 0; i < before->n_needs; i++)
    if (!has_link (self->to, before->needs[i].step, before->id, before->needs[i].on))
      json_array_add_element (get_needs (json),
                              json_array_dup_element (json_node_get_array (needs),
                                                      before->needs[i].position));
}

static void
add_old_steps (RunnelComparison *self,
               JsonArray        *steps)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *json = json_array_get_object_element (steps, i);
      RunnelStep *before =
        get_step (self->from, json_object_get_string_member_with_default (json, "id", ""));

      if (before != NULL)
        add_old_links (self, json, before);
    }

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->from); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->from, i);

      if (runnel_comparison_get_step_change (self, step->id) == RUNNEL_CHANGE_REMOVED)
        json_array_add_object_element (steps, runnel_step_to_json (step));
    }
}

static void
add_old_places (RunnelComparison *self,
                JsonObject       *root)
{
  JsonNode *layout = json_object_get_member (root, "layout");
  JsonNode *places = layout != NULL && JSON_NODE_HOLDS_OBJECT (layout)
                       ? json_object_get_member (json_node_get_object (layout), "steps") : NULL;

  if (places == NULL || !JSON_NODE_HOLDS_OBJECT (places))
    return;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->from); i++)
    {
      const char *id = runnel_pipeline_get_step (self->from, i)->id;
      JsonArray *place;
      RunnelPoint point;

      if (runnel_comparison_get_step_change (self, id) != RUNNEL_CHANGE_REMOVED
          || !runnel_pipeline_get_position (self->from, id, &point))
        continue;

      place = json_array_new ();
      json_array_add_double_element (place, point.x);
      json_array_add_double_element (place, point.y);
      json_object_set_array_member (json_node_get_object (places), id, place);
    }
}

static void
take_out_unchanged (RunnelComparison *self,
                    JsonArray        *steps)
{
  for (guint i = json_array_get_length (steps); i > 0; i--)
    {
      JsonObject *step = json_array_get_object_element (steps, i - 1);
      const char *id = json_object_get_string_member_with_default (step, "id", "");

      if (runnel_comparison_get_step_change (self, id) == RUNNEL_CHANGE_NONE)
        json_array_remove_element (steps, i - 1);
    }
}

static RunnelPipeline *
make_union (RunnelComparison *self,
            gboolean          only_changes)
{
  g_autofree char *text = runnel_pipeline_to_text (self->to, NULL);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  g_autofree char *both = NULL;
  JsonObject *root = json_node_get_object (node);

  if (!json_object_has_member (root, "steps"))
    json_object_set_array_member (root, "steps", json_array_new ());
  add_old_steps (self, json_object_get_array_member (root, "steps"));
  add_old_places (self, root);
  if (only_changes)
    take_out_unchanged (self, json_object_get_array_member (root, "steps"));
  both = json_to_string (node, FALSE);
  return runnel_pipeline_new_from_text (both, -1, NULL, NULL);
}

/**
 * runnel_comparison_get_union:
 *
 * Returns: (transfer none): a pipeline to look at, with the steps and links of both: those of the
 *   second one, and what only the first one has where it stood
 */
RunnelPipeline *
runnel_comparison_get_union (RunnelComparison *self)
{
  if (self->both == NULL)
    self->both = make_union (self, FALSE);

  return self->both;
}

/**
 * runnel_comparison_get_changed_part:
 *
 * Returns: (transfer none): the union without the steps in which nothing changed
 */
RunnelPipeline *
runnel_comparison_get_changed_part (RunnelComparison *self)
{
  if (self->part == NULL)
    self->part = make_union (self, TRUE);

  return self->part;
}

/* --- For programs --- */

const char *
runnel_change_to_string (RunnelChange self)
{
  static const char *const names[RUNNEL_N_CHANGES] = {
    [RUNNEL_CHANGE_NONE] = "none",       [RUNNEL_CHANGE_ADDED] = "added",
    [RUNNEL_CHANGE_REMOVED] = "removed", [RUNNEL_CHANGE_CHANGED] = "changed",
    [RUNNEL_CHANGE_MOVED] = "moved",
  };

  g_return_val_if_fail (self < RUNNEL_N_CHANGES, NULL);

  return names[self];
}

static JsonNode *
difference_to_json (const RunnelDifference *difference,
                    gboolean                layout)
{
  static const char *const types[] = { "added", "removed", "changed", "moved" };
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", types[difference->type]);
  json_object_set_boolean_member (object, "layout", layout);
  if (difference->step != NULL)
    json_object_set_string_member (object, "step", difference->step);
  if (*difference->key != '\0')
    json_object_set_string_member (object, "key", difference->key);
  if (difference->from != NULL)
    json_object_set_member (object, "from", json_node_ref (difference->from));
  if (difference->to != NULL)
    json_object_set_member (object, "to", json_node_ref (difference->to));

  return json_node_init_object (json_node_alloc (), object);
}

/**
 * runnel_comparison_to_json:
 *
 * Returns: (transfer full): an array of the differences, documented in docs/cli.md
 */
JsonNode *
runnel_comparison_to_json (RunnelComparison *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->differences->len; i++)
    json_array_add_element (array, difference_to_json (self->differences->pdata[i],
                                                       i >= self->n_work));

  return json_node_init_array (json_node_alloc (), array);
}
