/* runnel-json-copy.c: JSON values that differ from another in one place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-copy.h"

/**
 * runnel_json_object_with_member:
 * @object: an object
 * @key: a key
 * @value: (nullable) (transfer none): its value; %NULL takes the member out
 * @before: (nullable): the key before which a member that @object has not stands; %NULL = at the end
 *
 * Returns: (transfer full): a copy of @object in which @key has @value; a
 *   member that was there keeps its place
 */
JsonObject *
runnel_json_object_with_member (JsonObject *object,
                                const char *key,
                                JsonNode   *value,
                                const char *before)
{
  JsonObject *copy = json_object_new ();
  gboolean is_new = !json_object_has_member (object, key);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (value != NULL && is_new && before != NULL && strcmp (name, before) == 0)
        json_object_set_member (copy, key, json_node_ref (value));
      if (strcmp (name, key) != 0)
        json_object_set_member (copy, name, json_node_ref (member));
      else if (value != NULL)
        json_object_set_member (copy, key, json_node_ref (value));
    }

  if (value != NULL && !json_object_has_member (copy, key))
    json_object_set_member (copy, key, json_node_ref (value));

  return copy;
}

/**
 * runnel_json_object_get_next:
 * @object: an object
 * @key: a key of it
 *
 * Returns: (transfer none) (nullable): the key after @key, or %NULL when it is the last
 */
const char *
runnel_json_object_get_next (JsonObject *object,
                             const char *key)
{
  gboolean found = FALSE;
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (found)
        return name;
      found = strcmp (name, key) == 0;
    }

  return NULL;
}
