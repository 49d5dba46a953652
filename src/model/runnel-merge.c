/* runnel-merge.c: two people's changes to a pipeline brought together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-merge-private.h"

static void
conflict_free (RunnelMergeConflict *conflict)
{
  g_free (conflict->path);
  g_free (conflict->step);
  g_clear_pointer (&conflict->base, json_node_unref);
  g_clear_pointer (&conflict->ours, json_node_unref);
  g_clear_pointer (&conflict->theirs, json_node_unref);
  g_free (conflict);
}

static JsonNode *
ref (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : NULL;
}

/* "steps.build.with.argv" is about the step build; an id has no dots in it. */
static char *
get_step_of (const char *path)
{
  const char *id = g_str_has_prefix (path, "steps.") ? path + strlen ("steps.") : NULL;

  return id != NULL ? g_strndup (id, strcspn (id, ".")) : NULL;
}

JsonNode *
_runnel_merge_settle (RunnelMerge *self,
        const char  *path,
        JsonNode    *base,
        JsonNode    *ours,
        JsonNode    *theirs)
{
  RunnelMergeConflict *conflict;
  gpointer choice;

  if (g_str_has_prefix (path, "layout"))
    return ref (ours);

  conflict = g_new0 (RunnelMergeConflict, 1);
  conflict->path = g_strdup (path);
  conflict->step = get_step_of (path);
  conflict->base = ref (base);
  conflict->ours = ref (ours);
  conflict->theirs = ref (theirs);
  conflict->side = g_hash_table_lookup_extended (self->choices, path, NULL, &choice)
                     ? (RunnelMergeSide) GPOINTER_TO_INT (choice) : self->side;
  g_ptr_array_add (self->conflicts, conflict);
  return ref (conflict->side == RUNNEL_MERGE_OURS ? ours : theirs);
}

/* --- The whole --- */

static JsonNode *
read_root (RunnelPipeline *pipeline)
{
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);

  return json_from_string (text, NULL);
}

/**
 * runnel_merge_make_result:
 * @error: return location for a #RunnelPipelineError
 *
 * Merges with what was chosen so far; the conflicts are then those of this merge.
 *
 * Returns: (transfer full): the pipeline that comes out, or %NULL with @error set
 */
RunnelPipeline *
runnel_merge_make_result (RunnelMerge  *self,
                          GError      **error)
{
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_set_size (self->conflicts, 0);
  root = _runnel_merge_values (self, "", self->base, self->ours, self->theirs);
  _runnel_merge_check_links (self, root);
  text = json_to_string (root, FALSE);
  return runnel_pipeline_new_from_text (text, -1, NULL, error);
}

/**
 * runnel_merge_new:
 * @base: the pipeline that both sides began with
 * @ours: what it is on one side
 * @theirs: what it is on the other side
 * @side: the one whose value is taken where both changed the same
 *
 * Returns: (transfer full): the merge, its conflicts known
 */
RunnelMerge *
runnel_merge_new (RunnelPipeline  *base,
                  RunnelPipeline  *ours,
                  RunnelPipeline  *theirs,
                  RunnelMergeSide  side)
{
  RunnelMerge *self = g_new0 (RunnelMerge, 1);
  RunnelPipeline *result;

  self->base = read_root (base);
  self->ours = read_root (ours);
  self->theirs = read_root (theirs);
  self->side = side;
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) conflict_free);
  result = runnel_merge_make_result (self, NULL);
  g_clear_object (&result);
  return self;
}

void
runnel_merge_free (RunnelMerge *self)
{
  json_node_unref (self->base);
  json_node_unref (self->ours);
  json_node_unref (self->theirs);
  g_hash_table_unref (self->choices);
  g_ptr_array_unref (self->conflicts);
  g_free (self);
}

/**
 * runnel_merge_get_conflicts:
 *
 * Returns: (transfer none) (element-type RunnelMergeConflict): valid until the next result is made
 */
GPtrArray *
runnel_merge_get_conflicts (RunnelMerge *self)
{
  return self->conflicts;
}

/**
 * runnel_merge_choose:
 * @path: of a conflict
 * @side: whose value is to be taken from now on
 */
void
runnel_merge_choose (RunnelMerge     *self,
                     const char      *path,
                     RunnelMergeSide  side)
{
  g_hash_table_replace (self->choices, g_strdup (path), GINT_TO_POINTER (side));
}

static void
set_value (JsonObject *object,
           const char *key,
           JsonNode   *value)
{
  if (value != NULL)
    json_object_set_member (object, key, json_node_ref (value));
}

/**
 * runnel_merge_to_json:
 *
 * Returns: (transfer full): an array of the conflicts, documented in docs/cli.md
 */
JsonNode *
runnel_merge_to_json (RunnelMerge *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const RunnelMergeConflict *conflict = self->conflicts->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "path", conflict->path);
      set_value (object, "base", conflict->base);
      set_value (object, "ours", conflict->ours);
      set_value (object, "theirs", conflict->theirs);
      json_array_add_object_element (array, object);
    }

  return json_node_init_array (json_node_alloc (), array);
}
