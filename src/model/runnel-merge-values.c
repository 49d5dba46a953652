/* runnel-merge-values.c: a three-way merge of JSON values
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A three-way merge of JSON values, as S. Khanna, K. Kunal and B. Pierce describe it for lines ("A
 * Formal Investigation of Diff3", 2007), with keys in place of lines: what one side left as it was
 * is taken from the other. Objects are merged member by member, lists of things that have an id by
 * id, the links of a step as a set. Where things stand is no matter to argue about: ours is taken.
 */
#include "config.h"

#include <string.h>

#include "model/runnel-merge-private.h"

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

/* --- Objects --- */

JsonNode *
_runnel_merge_get_member (JsonNode   *node,
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

          value = _runnel_merge_values (self, below, _runnel_merge_get_member (base, key), _runnel_merge_get_member (ours, key),
                                _runnel_merge_get_member (theirs, key));
          if (value != NULL)
            json_object_set_member (result, key, value);
        }
    }

  return json_node_init_object (json_node_alloc (), result);
}

/* --- Lists of things that have a name --- */

/* What tells an item from the others: its id, or for a link where it comes from and when. */
char *
_runnel_merge_get_key (JsonNode *item)
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
      char *key = _runnel_merge_get_key (item);

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
  JsonNode *value = _runnel_merge_values (self, below, g_hash_table_lookup (indices[0], key),
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
          g_autofree char *key = _runnel_merge_get_key (json_array_get_element (items, j));

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

JsonNode *
_runnel_merge_values (RunnelMerge *self,
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
  return list != NULL ? list : _runnel_merge_settle (self, path, base, ours, theirs);
}
