/* runnel-kube.c: what the systems on Kubernetes have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-kube.h"

#include <string.h>

/* A label of RFC 1123, and room for what the systems append to it. */
#define LONGEST_NAME 52

struct _RunnelKubeNames
{
  GHashTable *by_id; /* id: name */
  GHashTable *used;  /* set of names, in lower case */
  gboolean keep_case;
};

/**
 * runnel_kube_names_new:
 * @keep_case: whether names may have capitals
 *
 * Returns: (transfer full): names for nothing yet
 */
RunnelKubeNames *
runnel_kube_names_new (gboolean keep_case)
{
  RunnelKubeNames *self = g_new0 (RunnelKubeNames, 1);

  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->keep_case = keep_case;
  return self;
}

void
runnel_kube_names_free (RunnelKubeNames *self)
{
  g_hash_table_unref (self->used);
  g_hash_table_unref (self->by_id);
  g_free (self);
}

static char *
make_name (const char *text,
           gboolean    keep_case)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *c = text; *c != '\0' && name->len < LONGEST_NAME; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (name, keep_case ? *c : g_ascii_tolower (*c));
      else if (name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
    }
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append_c (name, 'x');
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * runnel_kube_names_get:
 * @self: names
 * @id: the id of a step
 *
 * Returns: (transfer none): a label of RFC 1123 for it, but for its case, which no other id has
 */
const char *
runnel_kube_names_get (RunnelKubeNames *self,
                       const char      *id)
{
  const char *known = g_hash_table_lookup (self->by_id, id);
  g_autofree char *stem = NULL;
  g_autofree char *lower = NULL;
  char *name;

  if (known != NULL)
    return known;
  stem = make_name (id, self->keep_case);
  name = g_strdup (stem);
  lower = g_ascii_strdown (name, -1);
  for (guint i = 2; g_hash_table_contains (self->used, lower); i++)
    {
      g_free (name);
      g_free (lower);
      name = g_strdup_printf ("%s-%u", stem, i);
      lower = g_ascii_strdown (name, -1);
    }
  g_hash_table_insert (self->by_id, g_strdup (id), name);
  g_hash_table_add (self->used, g_steal_pointer (&lower));
  return name;
}

/**
 * runnel_kube_get_title:
 * @flow: a pipeline
 *
 * Returns: (transfer none): what its objects are named after
 */
const char *
runnel_kube_get_title (const RunnelFlow *flow)
{
  return flow->name != NULL ? flow->name : "pipeline";
}

/**
 * runnel_kube_make_name:
 * @text: any text
 *
 * Returns: (transfer full): a label of RFC 1123 that reminds of it: lower case letters and digits
 * with single dashes between; "x" when there is none in it
 */
char *
runnel_kube_make_name (const char *text)
{
  return make_name (text, FALSE);
}

/**
 * runnel_kube_escape:
 * @text: the value of an environment variable
 *
 * Kubernetes replaces $(NAME) in it and makes one dollar of two.
 *
 * Returns: (transfer full): the same so that the container gets @text
 */
char *
runnel_kube_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '$' && (c[1] == '$' || c[1] == '('))
        g_string_append_c (escaped, '$');
      g_string_append_c (escaped, *c);
    }
  return g_string_free (escaped, FALSE);
}

/**
 * runnel_kube_unescape:
 * @text: the value of an environment variable, as the file has it
 *
 * Returns: (transfer full) (nullable): what the container gets, or %NULL when that depends on other
 * variables
 */
char *
runnel_kube_unescape (const char *text)
{
  g_autoptr(GString) plain = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (c[0] == '$' && c[1] == '(' && (g_ascii_isalpha (c[2]) || c[2] == '_'))
        return NULL;
      if (c[0] == '$' && c[1] == '$')
        c++;
      g_string_append_c (plain, *c);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
make_key (const char *there)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, there, -1);

  return g_strndup (digest, 16);
}

/**
 * runnel_kube_remember:
 * @said: what was remembered so far
 * @there: text in the other language
 * @here: (transfer full): what it was made from
 *
 * As long as nobody edits @there, an import gives @here back; else it reads what stands there.
 */
void
runnel_kube_remember (JsonObject *said,
                      const char *there,
                      JsonNode   *here)
{
  g_autofree char *key = make_key (there);

  json_object_set_member (said, key, here);
}

/**
 * runnel_kube_recall:
 * @said: (nullable): what was remembered
 * @there: text in the other language
 *
 * Returns: (transfer none) (nullable): what it was made from
 */
JsonNode *
runnel_kube_recall (JsonObject *said,
                    const char *there)
{
  g_autofree char *key = NULL;

  if (said == NULL || there == NULL)
    return NULL;
  key = make_key (there);
  return json_object_get_member (said, key);
}

/**
 * runnel_kube_to_text:
 * @value: (nullable): a value
 *
 * Returns: (transfer full): a text as it is, nothing as "", any other value as JSON
 */
char *
runnel_kube_to_text (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  return json_to_string (value, FALSE);
}

/**
 * runnel_kube_copy:
 * @node: a value
 *
 * Returns: (transfer full): a copy that shares nothing with it, as those of json_node_copy() do
 */
JsonNode *
runnel_kube_copy (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

JsonNode *
runnel_kube_string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/**
 * runnel_kube_to_annotation:
 * @object: what an annotation is to hold
 *
 * Returns: (transfer full): it as JSON in which no system finds anything to replace
 */
char *
runnel_kube_to_annotation (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  GString *inert = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if ((c[0] == '{' && c[1] == '{') || (c[0] == '$' && c[1] == '('))
      g_string_append_printf (inert, "\\u%04x", *c);
    else
      g_string_append_c (inert, *c);
  return g_string_free (inert, FALSE);
}

/**
 * runnel_kube_parse_object:
 * @text: (nullable): JSON
 *
 * Returns: (transfer full) (nullable): the object that it is, or %NULL if it is something else
 */
JsonObject *
runnel_kube_parse_object (const char *text)
{
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* The getters take NULL and wrong types, for what they read was written by others. */
JsonObject *
runnel_kube_get_object (JsonObject *self,
                        const char *key)
{
  JsonNode *node = self != NULL ? json_object_get_member (self, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
runnel_kube_get_array (JsonObject *self,
                       const char *key)
{
  JsonNode *node = self != NULL ? json_object_get_member (self, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
runnel_kube_get_string (JsonObject *self,
                        const char *key)
{
  JsonNode *node = self != NULL ? json_object_get_member (self, key) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* These find what is there, or add it. */
JsonObject *
runnel_kube_add_object (JsonObject *self,
                        const char *key)
{
  JsonObject *child = runnel_kube_get_object (self, key);

  if (child == NULL)
    {
      child = json_object_new ();
      json_object_set_object_member (self, key, child);
    }
  return child;
}

JsonArray *
runnel_kube_add_array (JsonObject *self,
                       const char *key)
{
  JsonArray *child = runnel_kube_get_array (self, key);

  if (child == NULL)
    {
      child = json_array_new ();
      json_object_set_array_member (self, key, child);
    }
  return child;
}

/**
 * runnel_kube_add_pair:
 * @list: a list of Kubernetes' kind
 * @name: the name of an entry
 * @value: (nullable): its value
 */
void
runnel_kube_add_pair (JsonArray  *list,
                      const char *name,
                      const char *value)
{
  JsonObject *pair = json_object_new ();

  json_object_set_string_member (pair, "name", name);
  if (value != NULL)
    json_object_set_string_member (pair, "value", value);
  json_array_add_object_element (list, pair);
}

static gboolean
has_entry (JsonArray  *list,
           const char *name)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *entry = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && g_strcmp0 (runnel_kube_get_string (json_node_get_object (entry), "name"), name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
merge_list (JsonArray *list,
            JsonArray *kept)
{
  for (guint i = 0; i < json_array_get_length (kept); i++)
    {
      JsonNode *entry = json_array_get_element (kept, i);
      const char *name = JSON_NODE_HOLDS_OBJECT (entry)
                           ? runnel_kube_get_string (json_node_get_object (entry), "name")
                           : NULL;

      if (name == NULL || !has_entry (list, name))
        json_array_add_element (list, runnel_kube_copy (entry));
    }
}

/**
 * runnel_kube_merge:
 * @self: what is written
 * @kept: (nullable): what was kept of a file of the same system
 *
 * Adds to @self what it does not say itself: members, and entries of lists by their names.
 */
void
runnel_kube_merge (JsonObject *self,
                   JsonObject *kept)
{
  g_autoptr(GList) keys = kept != NULL ? json_object_get_members (kept) : NULL;

  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonNode *there = json_object_get_member (kept, l->data);
      JsonNode *here = json_object_get_member (self, l->data);

      if (here == NULL)
        json_object_set_member (self, l->data, runnel_kube_copy (there));
      else if (JSON_NODE_HOLDS_OBJECT (here) && JSON_NODE_HOLDS_OBJECT (there))
        runnel_kube_merge (json_node_get_object (here), json_node_get_object (there));
      else if (JSON_NODE_HOLDS_ARRAY (here) && JSON_NODE_HOLDS_ARRAY (there))
        merge_list (json_node_get_array (here), json_node_get_array (there));
    }
}
