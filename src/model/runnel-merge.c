/* runnel-merge.c: two people's changes to a pipeline brought together
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A three-way merge of JSON values, as S. Khanna, K. Kunal and B. Pierce describe it for lines ("A
 * Formal Investigation of Diff3", 2007), with keys in place of lines: what one side left as it was
 * is taken from the other. Objects are merged member by member, lists of things that have an id by
 * id, the links of a step as a set. Where things stand is no matter to argue about: ours is taken.
 */
#include "config.h"

#include <string.h>

#include "model/runnel-merge.h"

struct _RunnelMerge
{
  JsonNode *base;
  JsonNode *ours;
  JsonNode *theirs;
  RunnelMergeSide side;     /* where nothing was chosen */
  GHashTable *choices;      /* path -> RunnelMergeSide */
  GPtrArray *conflicts;     /* of the last merge */
};

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

static JsonNode *merge_values (RunnelMerge *self,
                               const char  *path,
                               JsonNode    *base,
                               JsonNode    *ours,
                               JsonNode    *theirs);

static gboolean
equal (JsonNode *a,
       JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

static JsonNode *
ref (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : NULL;
}

static char *
join_path (const char *path,
           const char *key)
{
  return *path != '\0' ? g_strdup_printf ("%s.%s", path, key) : g_strdup (key);
}

/* "steps.build.with.argv" is about the step build; an id has no dots in it. */
static char *
get_step_of (const char *path)
{
  const char *id = g_str_has_prefix (path, "steps.") ? path + strlen ("steps.") : NULL;

  return id != NULL ? g_strndup (id, strcspn (id, ".")) : NULL;
}

/* Returns: (transfer full) (nullable): the value of the side that was chosen */
static JsonNode *
settle (RunnelMerge *self,
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

/* --- Objects --- */

static JsonNode *
get_member (JsonNode   *node,
            const char *key)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
           ? json_object_get_member (json_node_get_object (node), key) : NULL;
}

static JsonNode *
merge_objects (RunnelMerge *self,
               const char  *path,
               JsonNode    *base,
               JsonNode    *ours,
               JsonNode    *theirs)
{
  JsonObject *result = json_object_new ();
  JsonNode *sides[] = { ours, theirs };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      JsonObjectIter iter;
      const char *key;

      json_object_iter_init_ordered (&iter, json_node_get_object (sides[i]));
      while (json_object_iter_next_ordered (&iter, &key, NULL))
        {
          g_autofree char *below = join_path (path, key);
          JsonNode *value;

          if (i == 1 && json_object_has_member (json_node_get_object (ours), key))
            continue; /* was merged with ours */

          value = merge_values (self, below, get_member (base, key), get_member (ours, key),
                                get_member (theirs, key));
          if (value != NULL)
            json_object_set_member (result, key, value);
        }
    }

  return json_node_init_object (json_node_alloc (), result);
}

/* --- Lists of things that have a name --- */

/* What tells an item from the others: its id, or for a link where it comes from and when. */
static char *
get_key (JsonNode *item)
{
  JsonObject *object;

  if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
    return g_strdup_printf ("%s success", json_node_get_string (item));
  if (!JSON_NODE_HOLDS_OBJECT (item))
    return NULL;

  object = json_node_get_object (item);
  if (json_object_has_member (object, "step"))
    return g_strdup_printf ("%s %s",
                            json_object_get_string_member_with_default (object, "step", ""),
                            json_object_get_string_member_with_default (object, "on", "success"));

  return g_strdup (json_object_get_string_member_with_default (object, "id", NULL));
}

/* Key -> item; %NULL when an item has no key or the key of another. */
static GHashTable *
index_items (JsonNode *list)
{
  g_autoptr(GHashTable) items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = list != NULL ? json_node_get_array (list) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      char *key = get_key (item);

      if (key == NULL || !g_hash_table_insert (items, key, item))
        return NULL;
    }

  return g_steal_pointer (&items);
}

/* The lists whose items have names, wherever they are. */
static gboolean
is_named_list (const char *path)
{
  return g_str_equal (path, "steps") || g_str_equal (path, "groups") || g_str_equal (path, "notes")
         || (g_str_has_prefix (path, "steps.") && g_str_has_suffix (path, ".needs")
             && strchr (path + strlen ("steps."), '.') == strrchr (path, '.'));
}

static void
append_merged (RunnelMerge *self,
               const char  *path,
               const char  *key,
               GHashTable  *indices[3],
               JsonArray   *result)
{
  g_autofree char *below = join_path (path, key);
  JsonNode *value = merge_values (self, below, g_hash_table_lookup (indices[0], key),
                                  g_hash_table_lookup (indices[1], key),
                                  g_hash_table_lookup (indices[2], key));

  if (value != NULL)
    json_array_add_element (result, value);
}

/* In the order of ours, then what is only in theirs. */
static JsonNode *
merge_lists (RunnelMerge *self,
             const char  *path,
             GHashTable  *indices[3],
             JsonNode    *ours,
             JsonNode    *theirs)
{
  JsonArray *result = json_array_new ();
  JsonNode *sides[] = { ours, theirs };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      JsonArray *items = json_node_get_array (sides[i]);

      for (guint j = 0; j < json_array_get_length (items); j++)
        {
          g_autofree char *key = get_key (json_array_get_element (items, j));

          if (i == 0 || !g_hash_table_contains (indices[1], key))
            append_merged (self, path, key, indices, result);
        }
    }

  return json_node_init_array (json_node_alloc (), result);
}

/* A list that is absent is one without items. */
static JsonNode *
or_empty (JsonNode *list)
{
  return list != NULL ? json_node_ref (list)
                      : json_node_init_array (json_node_alloc (), json_array_new ());
}

/* Returns: (nullable): %NULL when these are no lists of things with names */
static JsonNode *
try_lists (RunnelMerge *self,
           const char  *path,
           JsonNode    *base,
           JsonNode    *ours,
           JsonNode    *theirs)
{
  JsonNode *sides[] = { base, ours, theirs };
  GHashTable *indices[3] = { NULL, };
  JsonNode *result = NULL;
  gboolean fit = is_named_list (path);

  for (guint i = 0; fit && i < 3; i++)
    {
      fit = sides[i] == NULL || JSON_NODE_HOLDS_ARRAY (sides[i]);
      indices[i] = fit ? index_items (sides[i]) : NULL;
      fit = indices[i] != NULL;
    }

  if (fit)
    {
      g_autoptr(JsonNode) left = or_empty (ours);
      g_autoptr(JsonNode) right = or_empty (theirs);

      result = merge_lists (self, path, indices, left, right);
    }

  for (guint i = 0; i < 3; i++)
    g_clear_pointer (&indices[i], g_hash_table_unref);
  return result;
}

/* --- Any value --- */

static gboolean
holds_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node);
}

static JsonNode *
merge_values (RunnelMerge *self,
              const char  *path,
              JsonNode    *base,
              JsonNode    *ours,
              JsonNode    *theirs)
{
  JsonNode *list;

  if (equal (ours, theirs) || equal (base, theirs))
    return ref (ours);
  if (equal (base, ours))
    return ref (theirs);
  if (holds_object (ours) && holds_object (theirs) && (base == NULL || holds_object (base)))
    return merge_objects (self, path, base, ours, theirs);

  list = try_lists (self, path, base, ours, theirs);
  return list != NULL ? list : settle (self, path, base, ours, theirs);
}

/* --- Links to steps that the other side took away --- */

static JsonArray *
get_array (JsonNode   *node,
           const char *key)
{
  JsonNode *list = get_member (node, key);

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

static gboolean
has_step (JsonArray  *steps,
          const char *id)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      g_autofree char *key = get_key (json_array_get_element (steps, i));

      if (g_strcmp0 (key, id) == 0)
        return TRUE;
    }

  return FALSE;
}

static JsonNode *
find_step (JsonNode   *root,
           const char *id)
{
  JsonArray *steps = get_array (root, "steps");

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      g_autofree char *key = get_key (json_array_get_element (steps, i));

      if (g_strcmp0 (key, id) == 0)
        return json_array_get_element (steps, i);
    }

  return NULL;
}

static gboolean
is_conflict (RunnelMerge *self,
             const char  *path)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    if (g_str_equal (((RunnelMergeConflict *) self->conflicts->pdata[i])->path, path))
      return TRUE;

  return FALSE;
}

/* One side took a step away and the other one began to need it, which neither sees in its own
 * version. The conflict is about the step that is gone; the side that has it can bring it back. */
static void
check_link (RunnelMerge *self,
            JsonArray   *steps,
            const char  *id)
{
  g_autofree char *path = g_strdup_printf ("steps.%s", id);
  JsonNode *base = find_step (self->base, id), *chosen;

  if (base == NULL || has_step (steps, id) || is_conflict (self, path))
    return;

  chosen = settle (self, path, base, find_step (self->ours, id), find_step (self->theirs, id));
  if (chosen != NULL)
    json_array_add_element (steps, chosen);
}

static void
check_links (RunnelMerge *self,
             JsonNode    *root)
{
  JsonArray *steps = get_array (root, "steps");

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      JsonArray *needs = get_array (json_array_get_element (steps, i), "needs");

      for (guint n = 0; needs != NULL && n < json_array_get_length (needs); n++)
        {
          g_autofree char *key = get_key (json_array_get_element (needs, n));
          char *end = key != NULL ? strrchr (key, ' ') : NULL;

          if (end == NULL)
            continue;
          *end = '\0';
          check_link (self, steps, key);
        }
    }
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
  root = merge_values (self, "", self->base, self->ours, self->theirs);
  check_links (self, root);
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
