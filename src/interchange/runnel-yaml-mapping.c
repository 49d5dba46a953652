/* runnel-yaml-mapping.c: reads the pairs of a mapping, and what is merged into it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `<<` is that of YAML 1.1, https://yaml.org/type/merge.html.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-private.h"

#define FEW_KEYS 8 /* up to here comparing each with each beats hashing */

/* A mapping that is being read: its own pairs, and what `<<` gives, which own pairs win over. */
typedef struct
{
  GPtrArray *pairs;  /* of RunnelYamlNode: key, value, ...; NULL, mapping where pairs are merged in */
  GHashTable *keys;  /* text of the keys so far -> RunnelYamlNode of the key */
} Pairs;

static gboolean
is_merge_key (const RunnelYamlNode *key)
{
  return key->yaml.plain && key->yaml.tag == NULL && strcmp (key->yaml.text, "<<") == 0;
}

/* Takes in what `<<` names: a mapping, or a sequence of them, of which the first wins. */
static gboolean
add_merged (RunnelYamlComposer *self,
            Pairs              *pairs,
            RunnelYamlNode     *key,
            RunnelYamlNode     *value)
{
  gboolean valid = value->yaml.type != RUNNEL_YAML_SCALAR;

  if (value->yaml.type == RUNNEL_YAML_MAPPING)
    {
      g_ptr_array_add (pairs->pairs, NULL);
      g_ptr_array_add (pairs->pairs, value);
    }
  else if (value->yaml.type == RUNNEL_YAML_SEQUENCE)
    for (guint i = 0; i < value->yaml.items->len && valid; i++)
      {
        RunnelYamlNode *item = g_ptr_array_index (value->yaml.items, i);

        valid = item->yaml.type == RUNNEL_YAML_MAPPING && add_merged (self, pairs, key, item);
      }

  if (!valid)
    _runnel_yaml_fail (self, RUNNEL_YAML_ERROR_SYNTAX, key->yaml.line, key->yaml.column,
                       "“<<” takes a mapping, or a list of mappings");

  return valid;
}

static gboolean
add_pair (RunnelYamlComposer *self,
          Pairs              *pairs,
          RunnelYamlNode     *key,
          RunnelYamlNode     *value)
{
  RunnelYamlNode *first;

  if (is_merge_key (key))
    return add_merged (self, pairs, key, value);

  first = g_hash_table_lookup (pairs->keys, key->yaml.text);
  if (first != NULL)
    {
      _runnel_yaml_fail (self, RUNNEL_YAML_ERROR_SYNTAX, key->yaml.line, key->yaml.column,
                         "the key “%s” is here for the second time, the first one is in line %u",
                         key->yaml.text, first->yaml.line);
      return FALSE;
    }
  g_hash_table_insert (pairs->keys, (gpointer) key->yaml.text, key);
  g_ptr_array_add (pairs->pairs, key);
  g_ptr_array_add (pairs->pairs, value);

  return TRUE;
}

static void
merge (RunnelYamlNode *node,
       Pairs          *pairs,
       RunnelYamlNode *merged)
{
  for (guint i = 0; i + 1 < merged->yaml.items->len; i += 2)
    {
      RunnelYamlNode *key = g_ptr_array_index (merged->yaml.items, i);

      if (!g_hash_table_insert (pairs->keys, (gpointer) key->yaml.text, key))
        continue;
      _runnel_yaml_add_item (node, key);
      _runnel_yaml_add_item (node, g_ptr_array_index (merged->yaml.items, i + 1));
    }
}

static void
fill_mapping (RunnelYamlNode *node,
              Pairs          *pairs)
{
  for (guint i = 0; i < pairs->pairs->len; i += 2)
    {
      RunnelYamlNode *key = g_ptr_array_index (pairs->pairs, i);
      RunnelYamlNode *value = g_ptr_array_index (pairs->pairs, i + 1);

      if (key == NULL)
        {
          merge (node, pairs, value);
          continue;
        }
      _runnel_yaml_add_item (node, key);
      _runnel_yaml_add_item (node, value);
    }
}

static void
index_mapping (RunnelYamlNode *node)
{
  if (node->yaml.items->len <= 2 * FEW_KEYS)
    return;

  node->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i + 1 < node->yaml.items->len; i += 2)
    {
      RunnelYaml *key = g_ptr_array_index (node->yaml.items, i);

      g_hash_table_insert (node->index, (gpointer) key->text,
                           g_ptr_array_index (node->yaml.items, i + 1));
    }
}

static RunnelYamlNode *
compose_key (RunnelYamlComposer *self)
{
  RunnelYamlNode *key = _runnel_yaml_compose (self);

  if (key == NULL || key->yaml.type == RUNNEL_YAML_SCALAR)
    return key;

  return _runnel_yaml_fail (self, RUNNEL_YAML_ERROR_SYNTAX, key->yaml.line, key->yaml.column,
                            "a key can't be a list or a mapping; a text that begins with “{” or “[” "
                            "needs quotes");
}

static gboolean
compose_pairs (RunnelYamlComposer *self,
               Pairs              *pairs)
{
  while (_runnel_yaml_next_event (self))
    {
      RunnelYamlNode *key;
      RunnelYamlNode *value;

      if (self->event.type == YAML_MAPPING_END_EVENT)
        return TRUE;
      key = compose_key (self);
      if (key == NULL || !_runnel_yaml_next_event (self))
        return FALSE;
      value = _runnel_yaml_compose (self);
      if (value == NULL || !add_pair (self, pairs, key, value))
        return FALSE;
    }

  return FALSE;
}

/* Reads the pairs of `node` up to its end. Where a key is given both by the mapping itself and by `<<`, its own
 * pair stands. */
gboolean
_runnel_yaml_compose_pairs (RunnelYamlComposer *self,
                            RunnelYamlNode     *node)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  g_autoptr(GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  Pairs pairs = { list, keys };

  if (!compose_pairs (self, &pairs))
    return FALSE;
  fill_mapping (node, &pairs);
  index_mapping (node);

  return TRUE;
}
