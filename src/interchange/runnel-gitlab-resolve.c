/* runnel-gitlab-resolve.c: a job of GitLab CI with all that it extends and refers to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As https://docs.gitlab.com/ci/yaml/ has it: what a job extends is overridden by it key by key;
 * `!reference` stands for the value that it names.
 */
#include "config.h"

#include "interchange/runnel-gitlab-private.h"

#define MOST_EXTENDS 11       /* GitLab's own limit of levels */
#define MOST_LOOKUPS 10       /* its limit of levels of !reference */
#define MOST_EXPANDED 1000000 /* values of all jobs together */

/* --- References --- */

static JsonNode *expand (RunnelGitlabImport *self, JsonNode *value, guint depth);

/* What `!reference [job, key, ...]` names, or NULL. */
static JsonNode *
look_up (RunnelGitlabImport *self,
         JsonNode           *path,
         guint               depth)
{
  JsonObject *object = self->config;
  JsonNode *found = NULL;

  if (depth == 0 || !JSON_NODE_HOLDS_ARRAY (path))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (path)); i++)
    {
      JsonNode *part = json_array_get_element (json_node_get_array (path), i);

      if (object == NULL || !JSON_NODE_HOLDS_VALUE (part) || json_node_get_string (part) == NULL)
        return NULL;
      found = json_object_get_member (object, json_node_get_string (part));
      object =
        found != NULL && JSON_NODE_HOLDS_OBJECT (found) ? json_node_get_object (found) : NULL;
    }

  return found != NULL ? expand (self, found, depth - 1) : NULL;
}

static JsonNode *
get_reference (JsonNode *value)
{
  if (!JSON_NODE_HOLDS_OBJECT (value) || json_object_get_size (json_node_get_object (value)) != 1)
    return NULL;

  return json_object_get_member (json_node_get_object (value), "!reference");
}

/* A list that stands in a list becomes part of it. */
static void
add_expanded (RunnelGitlabImport *self,
              JsonArray          *array,
              JsonNode           *element,
              guint               depth)
{
  g_autoptr (JsonNode) expanded = expand (self, element, depth);

  if (get_reference (element) == NULL || !JSON_NODE_HOLDS_ARRAY (expanded))
    {
      json_array_add_element (array, g_steal_pointer (&expanded));
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (expanded)); i++)
    json_array_add_element (
      array, json_node_copy (json_array_get_element (json_node_get_array (expanded), i)));
}

static JsonNode *
expand_members (RunnelGitlabImport *self,
                JsonObject         *object,
                guint               depth)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *expanded = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    json_object_set_member (expanded, key, expand (self, value, depth));
  json_node_take_object (node, expanded);

  return node;
}

/* A copy with all references replaced that lead somewhere. */
static JsonNode *
expand (RunnelGitlabImport *self,
        JsonNode           *value,
        guint               depth)
{
  JsonNode *reference = get_reference (value);
  JsonNode *found = NULL;

  if (self->n_expanded++ > MOST_EXPANDED)
    return json_node_copy (value);
  if (reference != NULL)
    found = look_up (self, reference, depth);
  if (found != NULL)
    return found;
  if (reference == NULL && JSON_NODE_HOLDS_OBJECT (value))
    return expand_members (self, json_node_get_object (value), depth);
  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonNode *node = json_node_new (JSON_NODE_ARRAY);
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
        add_expanded (self, array, json_array_get_element (json_node_get_array (value), i), depth);
      json_node_take_array (node, array);
      return node;
    }

  return json_node_copy (value);
}

/* --- Jobs --- */

static JsonObject *resolve (RunnelGitlabImport *self, const char *name, guint depth);

static void
extend (RunnelGitlabImport *self,
        JsonObject         *job,
        JsonArray          *unknown,
        const char         *parent,
        guint               depth)
{
  JsonObject *resolved = parent != NULL && depth > 0 ? resolve (self, parent, depth - 1) : NULL;

  if (resolved != NULL)
    _runnel_gitlab_merge (job, resolved);
  else if (parent != NULL)
    json_array_add_string_element (unknown, parent);
}

static void
extend_all (RunnelGitlabImport *self,
            JsonObject         *job,
            JsonNode           *extends,
            guint               depth)
{
  g_autoptr (JsonArray) unknown = json_array_new ();

  if (JSON_NODE_HOLDS_VALUE (extends))
    extend (self, job, unknown, json_node_get_string (extends), depth);
  else if (JSON_NODE_HOLDS_ARRAY (extends))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (extends)); i++)
      {
        JsonNode *parent = json_array_get_element (json_node_get_array (extends), i);

        if (JSON_NODE_HOLDS_VALUE (parent))
          extend (self, job, unknown, json_node_get_string (parent), depth);
      }
  if (json_array_get_length (unknown) > 0)
    json_object_set_array_member (job, "extends", g_steal_pointer (&unknown));
}

static gboolean
has_reference (JsonNode *value)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (get_reference (value) != NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
      if (has_reference (json_array_get_element (json_node_get_array (value), i)))
        return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (value));
      while (json_object_iter_next_ordered (&iter, &key, &member))
        if (has_reference (member))
          return TRUE;
    }

  return FALSE;
}

/* What a job extends, overridden by what it says itself, with all references replaced. */
static JsonObject *
build_job (RunnelGitlabImport *self,
           JsonObject         *own,
           guint               depth)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) expanded = NULL;
  g_autoptr (JsonObject) rest = _runnel_gitlab_dup_object (own);
  JsonObject *job = json_object_new ();

  json_node_take_object (node, job);
  if (json_object_has_member (own, "extends"))
    extend_all (self, job, json_object_get_member (own, "extends"), depth);
  json_object_remove_member (rest, "extends");
  _runnel_gitlab_merge (job, rest);
  expanded = expand (self, node, MOST_LOOKUPS);

  return json_node_dup_object (expanded);
}

static JsonObject *
resolve (RunnelGitlabImport *self,
         const char         *name,
         guint               depth)
{
  JsonNode *own = json_object_get_member (self->config, name);
  JsonObject *job = g_hash_table_lookup (self->resolved, name);

  if (own == NULL || !JSON_NODE_HOLDS_OBJECT (own) || self->n_expanded > MOST_EXPANDED
      || g_hash_table_contains (self->resolved, name))
    return job;

  /* While there is none, a job that extends itself in the end finds none. */
  g_hash_table_insert (self->resolved, g_strdup (name), NULL);
  if (json_object_has_member (json_node_get_object (own), "extends") || has_reference (own))
    job = build_job (self, json_node_get_object (own), depth);
  else
    job = json_node_dup_object (own);
  g_hash_table_insert (self->resolved, g_strdup (name), job);

  return job;
}

/**
 * _runnel_gitlab_resolve_job:
 * @self: a file that was read
 * @name: a job of it, or a hidden one
 *
 * Returns: (transfer none) (nullable): the job with all that it extends and refers to; what is not
 * there is left in it as it stands
 */
JsonObject *
_runnel_gitlab_resolve_job (RunnelGitlabImport *self,
                            const char         *name)
{
  return resolve (self, name, MOST_EXTENDS);
}

/**
 * _runnel_gitlab_is_job:
 * @key: a key of a file
 * @value: what it holds
 *
 * Returns: whether that is a job which may run
 */
gboolean
_runnel_gitlab_is_job (const char *key,
                       JsonNode   *value)
{
  return *key != '.' && !_runnel_gitlab_is_reserved (key) && JSON_NODE_HOLDS_OBJECT (value);
}

/**
 * _runnel_gitlab_get_need:
 * @need: an entry of `needs`
 *
 * Returns: (transfer none) (nullable): the job that is meant; %NULL when it is one of another
 * pipeline
 */
const char *
_runnel_gitlab_get_need (JsonNode *need)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (need) ? json_node_get_object (need) : NULL;

  if (object == NULL)
    return JSON_NODE_HOLDS_VALUE (need) ? json_node_get_string (need) : NULL;
  if (json_object_has_member (object, "pipeline") || json_object_has_member (object, "project"))
    return NULL;

  return _runnel_gitlab_get_text (object, "job");
}

/**
 * _runnel_gitlab_find_output:
 * @self: a file that was read
 * @job: a job of it, resolved
 * @output: the name of an output
 *
 * Returns: (transfer none) (nullable): the job among those it needs that gives the output, by our
 * metadata
 */
const char *
_runnel_gitlab_find_output (RunnelGitlabImport *self,
                            JsonObject         *job,
                            const char         *output)
{
  JsonObject *steps = _runnel_gitlab_get_object (self->metadata, "steps");
  JsonNode *needs = json_object_get_member (job, "needs");

  if (needs == NULL || !JSON_NODE_HOLDS_ARRAY (needs))
    return NULL;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (needs)); i++)
    {
      const char *name =
        _runnel_gitlab_get_need (json_array_get_element (json_node_get_array (needs), i));
      JsonObject *said = name != NULL ? _runnel_gitlab_get_object (steps, name) : NULL;
      JsonObject *outputs = _runnel_gitlab_get_object (said, "outputs");

      if (outputs != NULL && json_object_has_member (outputs, output))
        return name;
    }

  return NULL;
}
