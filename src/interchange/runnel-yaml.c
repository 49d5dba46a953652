/* runnel-yaml.c: looks into YAML that was read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-private.h"

/* By YAML 1.2, section 10.3.2. */
static const char *const nulls[] = { "", "~", "null", "Null", "NULL", NULL };
static const char *const truths[] = { "true", "True", "TRUE", NULL };
static const char *const lies[] = { "false", "False", "FALSE", NULL };

/**
 * runnel_yaml_stream_free:
 * @self: (transfer full) (nullable): what was read
 *
 * Frees it with all its nodes.
 */
void
runnel_yaml_stream_free (RunnelYamlStream *self)
{
  RunnelYamlStore *store = (RunnelYamlStore *) self;

  if (store == NULL)
    return;

  g_ptr_array_unref (store->stream.documents);
  g_ptr_array_unref (store->nodes);
  g_string_chunk_free (store->texts);
  g_free (store);
}

/**
 * runnel_yaml_get:
 * @self: (nullable): a node of any type
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value of @key in a mapping; NULL when there is none
 */
RunnelYaml *
runnel_yaml_get (const RunnelYaml *self,
                 const char       *key)
{
  const RunnelYamlNode *node = (const RunnelYamlNode *) self;

  g_return_val_if_fail (key != NULL, NULL);

  if (self == NULL || self->type != RUNNEL_YAML_MAPPING)
    return NULL;
  if (node->index != NULL)
    return g_hash_table_lookup (node->index, key);

  for (guint i = 0; i < runnel_yaml_get_size (self); i++)
    if (strcmp (runnel_yaml_get_key (self, i)->text, key) == 0)
      return runnel_yaml_get_value (self, i);

  return NULL;
}

/**
 * runnel_yaml_get_size:
 * @self: (nullable): a node of any type
 *
 * Returns: how many items a list or how many pairs a mapping has; 0 of what is neither
 */
guint
runnel_yaml_get_size (const RunnelYaml *self)
{
  if (self == NULL || self->type == RUNNEL_YAML_SCALAR)
    return 0;

  return self->type == RUNNEL_YAML_MAPPING ? self->items->len / 2 : self->items->len;
}

/**
 * runnel_yaml_get_item:
 * @self: a list
 * @index: below its size
 *
 * Returns: (transfer none): the item
 */
RunnelYaml *
runnel_yaml_get_item (const RunnelYaml *self,
                      guint             index)
{
  g_return_val_if_fail (self != NULL && self->type == RUNNEL_YAML_SEQUENCE, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}

/**
 * runnel_yaml_get_key:
 * @self: a mapping
 * @index: below its size
 *
 * Returns: (transfer none): the key of the pair, a scalar
 */
RunnelYaml *
runnel_yaml_get_key (const RunnelYaml *self,
                     guint             index)
{
  g_return_val_if_fail (self != NULL && self->type == RUNNEL_YAML_MAPPING, NULL);
  g_return_val_if_fail (index < self->items->len / 2, NULL);

  return g_ptr_array_index (self->items, 2 * index);
}

/**
 * runnel_yaml_get_value:
 * @self: a mapping
 * @index: below its size
 *
 * Returns: (transfer none): the value of the pair
 */
RunnelYaml *
runnel_yaml_get_value (const RunnelYaml *self,
                       guint             index)
{
  g_return_val_if_fail (self != NULL && self->type == RUNNEL_YAML_MAPPING, NULL);
  g_return_val_if_fail (index < self->items->len / 2, NULL);

  return g_ptr_array_index (self->items, 2 * index + 1);
}

/**
 * runnel_yaml_get_text:
 * @self: (nullable): a node of any type
 *
 * Returns: (transfer none) (nullable): what a scalar says, as it stands in the file but without quotes; NULL for what
 *   is no scalar
 */
const char *
runnel_yaml_get_text (const RunnelYaml *self)
{
  return self != NULL && self->type == RUNNEL_YAML_SCALAR ? self->text : NULL;
}

static gboolean
is_plain (const RunnelYaml *self)
{
  return self != NULL && self->type == RUNNEL_YAML_SCALAR && self->plain && self->tag == NULL;
}

/**
 * runnel_yaml_is_null:
 * @self: (nullable): a node of any type
 *
 * Returns: whether it is null by YAML 1.2, or NULL
 */
gboolean
runnel_yaml_is_null (const RunnelYaml *self)
{
  return self == NULL || (is_plain (self) && g_strv_contains (nulls, self->text));
}

/**
 * runnel_yaml_get_boolean:
 * @self: (nullable): a node of any type
 * @ret_value: (out): its value, when it is one
 *
 * Returns: whether it is a boolean by YAML 1.2, where `yes` and `on` are none
 */
gboolean
runnel_yaml_get_boolean (const RunnelYaml *self,
                         gboolean         *ret_value)
{
  g_return_val_if_fail (ret_value != NULL, FALSE);

  if (!is_plain (self))
    return FALSE;

  *ret_value = g_strv_contains (truths, self->text);

  return *ret_value || g_strv_contains (lies, self->text);
}
