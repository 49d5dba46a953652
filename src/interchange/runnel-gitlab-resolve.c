/* runnel-gitlab-resolve.c: a file of GitLab CI with all that it includes, extends and refers to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As https://docs.gitlab.com/ci/yaml/ has it: what is included comes first and is overridden key by key; so is what
 * a job extends. Only files below the folder of the file are read; all other includes are kept as they are.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "interchange/runnel-gitlab-private.h"

#define MOST_INCLUDES 100 /* GitLab allows 150 */
#define MOST_EXTENDS  11  /* GitLab's own limit of levels */
#define MOST_LOOKUPS  10  /* its limit of levels of !reference */
#define MOST_EXPANDED 1000000 /* values of all jobs together */

static gboolean
fail_at (GError          **error,
         const RunnelYaml *node,
         const char       *job,
         const char       *message)
{
  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID, "line %u, column %u: job “%s”: %s",
               node->line, node->column, job, message);

  return FALSE;
}

/* --- Form --- */

/* Whether a key has the type that GitLab takes; null stands for nothing. */
static gboolean
check_type (const RunnelYaml *job,
            const char       *name,
            const char       *key,
            gboolean          scalar,
            gboolean          list,
            gboolean          mapping,
            GError          **error)
{
  RunnelYaml *value = runnel_yaml_get (job, key);
  gboolean allowed[] = {
    [RUNNEL_YAML_SCALAR] = scalar,
    [RUNNEL_YAML_SEQUENCE] = list,
    [RUNNEL_YAML_MAPPING] = mapping,
  };
  g_autofree char *message = NULL;

  if (value == NULL || runnel_yaml_is_null (value) || value->tag != NULL || allowed[value->type])
    return TRUE;

  message = g_strdup_printf ("“%s” has the wrong type, %s expected", key,
                             mapping && !list ? "a mapping" : scalar ? "a text or a list" : "a list");
  return fail_at (error, value, name, message);
}

static gboolean
check_job (const RunnelYaml *key,
           const RunnelYaml *job,
           GError          **error)
{
  if (*key->text == '.' || _runnel_gitlab_is_reserved (key->text) || runnel_yaml_is_null (job))
    return TRUE;
  if (job->type != RUNNEL_YAML_MAPPING)
    return fail_at (error, job, key->text, "a mapping with “script”, “trigger” or “extends” is expected");

  return check_type (job, key->text, "variables", FALSE, FALSE, TRUE, error)
         && check_type (job, key->text, "script", TRUE, TRUE, FALSE, error)
         && check_type (job, key->text, "before_script", TRUE, TRUE, FALSE, error)
         && check_type (job, key->text, "needs", FALSE, TRUE, TRUE, error)
         && check_type (job, key->text, "rules", FALSE, TRUE, FALSE, error)
         && check_type (job, key->text, "artifacts", FALSE, FALSE, TRUE, error)
         && check_type (job, key->text, "image", TRUE, FALSE, TRUE, error);
}

static gboolean
check_root (const RunnelYaml *root,
            GError          **error)
{
  if (root->type != RUNNEL_YAML_MAPPING)
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                   "line %u, column %u: a mapping with jobs is expected", root->line, root->column);
      return FALSE;
    }

  for (guint i = 0; i < runnel_yaml_get_size (root); i++)
    if (!check_job (runnel_yaml_get_key (root, i), runnel_yaml_get_value (root, i), error))
      return FALSE;

  return TRUE;
}

/* --- Files --- */

static RunnelYamlStream *
read_yaml (const char *text,
           gsize       length,
           GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  RunnelYamlStream *stream = runnel_yaml_read (text, length, &local_error);

  if (stream == NULL)
    g_set_error_literal (error, RUNNEL_IMPORT_ERROR,
                         g_error_matches (local_error, RUNNEL_YAML_ERROR, RUNNEL_YAML_ERROR_TOO_LARGE)
                           ? RUNNEL_IMPORT_ERROR_TOO_LARGE
                           : RUNNEL_IMPORT_ERROR_SYNTAX,
                         local_error->message);

  return stream;
}

static RunnelYaml *
get_document (RunnelYamlStream *stream,
              guint             index)
{
  return g_ptr_array_index (stream->documents, index);
}

/* The jobs stand in the last document; before it there may be a header with `spec`. */
static RunnelYaml *
get_root (RunnelYamlStream *stream)
{
  gboolean has_header = stream->documents->len > 1 && runnel_yaml_get (get_document (stream, 0), "spec") != NULL;

  return get_document (stream, has_header ? 1 : 0);
}

static void merge (JsonObject *under,
                   JsonObject *over);

/* Merging changes objects, so no two jobs may share one. */
static JsonNode *
dup_value (JsonNode *value)
{
  JsonNode *copy;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return json_node_copy (value);

  object = json_object_new ();
  merge (object, json_node_get_object (value));
  copy = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (copy, object);

  return copy;
}

/* Members of `over` replace those of `under`; objects are merged member by member. */
static void
merge (JsonObject *under,
       JsonObject *over)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, over);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonObject *old = _runnel_gitlab_get_object (under, key);

      if (old != NULL && JSON_NODE_HOLDS_OBJECT (value))
        merge (old, json_node_get_object (value));
      else
        json_object_set_member (under, key, dup_value (value));
    }
}

static JsonObject *
dup_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  merge (copy, object);

  return copy;
}

static void load_includes (RunnelGitlabImport *self,
                           JsonObject         *config,
                           guint              *n_left);

/* A file that can't be used is as one that is not there: it is kept, and a note tells of it. */
static gboolean
load_file (RunnelGitlabImport *self,
           const char         *path,
           guint              *n_left)
{
  g_autoptr(RunnelYamlStream) stream = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (*n_left == 0 || !g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  (*n_left)--;
  stream = read_yaml (text, length, NULL);
  if (stream == NULL || !check_root (get_root (stream), NULL))
    return FALSE;

  node = runnel_yaml_to_json (get_root (stream));
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  load_includes (self, json_node_get_object (node), n_left);
  json_object_remove_member (json_node_get_object (node), "include");
  merge (self->config, json_node_get_object (node));

  return TRUE;
}

/* Where a path leads in the end, when that is below the folder; else NULL. */
static char *
resolve_below (const char *folder,
               const char *path)
{
  g_autofree char *root = realpath (folder, NULL);
  g_autofree char *real = realpath (path, NULL);
  gsize length;

  if (root == NULL || real == NULL)
    return NULL;

  length = strlen (root);

  return strncmp (real, root, length) == 0 && real[length] == G_DIR_SEPARATOR ? g_steal_pointer (&real) : NULL;
}

/* The path of a local include, when it stays below the folder of the file and says nothing but that. */
static char *
get_local_path (RunnelGitlabImport *self,
                JsonNode           *include)
{
  const char *folder = runnel_import_get_folder (self->import);
  const char *local = NULL;
  g_autofree char *path = NULL;

  if (JSON_NODE_HOLDS_VALUE (include))
    local = json_node_get_string (include);
  else if (JSON_NODE_HOLDS_OBJECT (include) && json_object_get_size (json_node_get_object (include)) == 1)
    local = _runnel_gitlab_get_text (json_node_get_object (include), "local");
  if (local == NULL || folder == NULL || strpbrk (local, "*$") != NULL || strstr (local, "://") != NULL)
    return NULL;

  path = g_build_filename (folder, local, NULL);

  return resolve_below (folder, path);
}

static void
load_include (RunnelGitlabImport *self,
              JsonNode           *include,
              guint              *n_left)
{
  g_autofree char *path = get_local_path (self, include);

  if (path != NULL && load_file (self, path, n_left))
    return;

  g_ptr_array_add (self->kept_includes, json_node_copy (include));
}

static void
load_includes (RunnelGitlabImport *self,
               JsonObject         *config,
               guint              *n_left)
{
  JsonNode *include = json_object_get_member (config, "include");

  if (include == NULL || JSON_NODE_HOLDS_NULL (include))
    return;
  if (!JSON_NODE_HOLDS_ARRAY (include))
    load_include (self, include, n_left);
  else
    for (guint i = 0; i < json_array_get_length (json_node_get_array (include)); i++)
      load_include (self, json_array_get_element (json_node_get_array (include), i), n_left);
}

static void
note_lines (RunnelGitlabImport *self,
            const RunnelYaml   *root)
{
  for (guint i = 0; i < runnel_yaml_get_size (root); i++)
    {
      RunnelYaml *key = runnel_yaml_get_key (root, i);

      g_hash_table_insert (self->lines, g_strdup (key->text), GUINT_TO_POINTER (key->line));
    }
}

/**
 * _runnel_gitlab_load:
 * @self: an import with an empty config
 * @text: (array length=length): the file
 * @length: how many bytes that is
 * @error: %RUNNEL_IMPORT_ERROR
 *
 * Reads the file, and what it includes.
 *
 * Returns: whether it could be read
 */
gboolean
_runnel_gitlab_load (RunnelGitlabImport *self,
                     const char         *text,
                     gsize               length,
                     GError            **error)
{
  g_autoptr(RunnelYamlStream) stream = read_yaml (text, length, error);
  g_autoptr(JsonNode) node = NULL;
  guint n_left = MOST_INCLUDES;
  RunnelYaml *root;

  if (stream == NULL)
    return FALSE;
  root = get_root (stream);
  if (!check_root (root, error))
    return FALSE;

  note_lines (self, root);
  node = runnel_yaml_to_json (root);
  if (json_object_has_member (json_node_get_object (node), "include"))
    {
      load_includes (self, json_node_get_object (node), &n_left);
      merge (self->config, json_node_get_object (node));
    }
  else
    {
      json_object_unref (self->config);
      self->config = json_node_dup_object (node);
    }
  if (root != get_document (stream, 0))
    json_object_set_member (self->config, "spec",
                            runnel_yaml_to_json (runnel_yaml_get (get_document (stream, 0), "spec")));

  return TRUE;
}

/* --- References --- */

static JsonNode *expand (RunnelGitlabImport *self,
                         JsonNode           *value,
                         guint               depth);

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
      object = found != NULL && JSON_NODE_HOLDS_OBJECT (found) ? json_node_get_object (found) : NULL;
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
  g_autoptr(JsonNode) expanded = expand (self, element, depth);

  if (get_reference (element) == NULL || !JSON_NODE_HOLDS_ARRAY (expanded))
    {
      json_array_add_element (array, g_steal_pointer (&expanded));
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (expanded)); i++)
    json_array_add_element (array,
                            json_node_copy (json_array_get_element (json_node_get_array (expanded), i)));
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

static JsonObject *resolve (RunnelGitlabImport *self,
                            const char         *name,
                            guint               depth);

static void
extend (RunnelGitlabImport *self,
        JsonObject         *job,
        JsonArray          *unknown,
        const char         *parent,
        guint               depth)
{
  JsonObject *resolved = parent != NULL && depth > 0 ? resolve (self, parent, depth - 1) : NULL;

  if (resolved != NULL)
    merge (job, resolved);
  else if (parent != NULL)
    json_array_add_string_element (unknown, parent);
}

static void
extend_all (RunnelGitlabImport *self,
            JsonObject         *job,
            JsonNode           *extends,
            guint               depth)
{
  g_autoptr(JsonArray) unknown = json_array_new ();

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
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonNode) expanded = NULL;
  g_autoptr(JsonObject) rest = dup_object (own);
  JsonObject *job = json_object_new ();

  json_node_take_object (node, job);
  if (json_object_has_member (own, "extends"))
    extend_all (self, job, json_object_get_member (own, "extends"), depth);
  json_object_remove_member (rest, "extends");
  merge (job, rest);
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
 * Returns: (transfer none) (nullable): the job with all that it extends and refers to; what is not there is left in it
 *   as it stands
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
 * Returns: (transfer none) (nullable): the job that is meant; %NULL when it is one of another pipeline
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
 * Returns: (transfer none) (nullable): the job among those it needs that gives the output, by our metadata
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
      const char *name = _runnel_gitlab_get_need (json_array_get_element (json_node_get_array (needs), i));
      JsonObject *said = name != NULL ? _runnel_gitlab_get_object (steps, name) : NULL;
      JsonObject *outputs = _runnel_gitlab_get_object (said, "outputs");

      if (outputs != NULL && json_object_has_member (outputs, output))
        return name;
    }

  return NULL;
}
