/* runnel-gitlab-load.c: a file of GitLab CI with all that it includes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As https://docs.gitlab.com/ci/yaml/ has it, what is included comes first and is overridden key by
 * key. Only files below the folder of the file are read; all other includes are kept as they are.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "interchange/runnel-gitlab-private.h"

#define MOST_INCLUDES 100 /* GitLab allows 150 */

static gboolean
fail_at (GError          **error,
         const RunnelYaml *node,
         const char       *job,
         const char       *message)
{
  g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
               "line %u, column %u: job “%s”: %s", node->line, node->column, job, message);

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
                             mapping && !list ? "a mapping"
                             : scalar         ? "a text or a list"
                                              : "a list");
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
    return fail_at (error, job, key->text,
                    "a mapping with “script”, “trigger” or “extends” is expected");

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
  g_autoptr (GError) local_error = NULL;
  RunnelYamlStream *stream = runnel_yaml_read (text, length, &local_error);

  if (stream == NULL)
    g_set_error_literal (
      error, RUNNEL_IMPORT_ERROR,
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
  gboolean has_header =
    stream->documents->len > 1 && runnel_yaml_get (get_document (stream, 0), "spec") != NULL;

  return get_document (stream, has_header ? 1 : 0);
}

/* Merging changes objects, so no two jobs may share one. */
static JsonNode *
dup_value (JsonNode *value)
{
  JsonNode *copy;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return json_node_copy (value);

  object = json_object_new ();
  _runnel_gitlab_merge (object, json_node_get_object (value));
  copy = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (copy, object);

  return copy;
}

/* Members of `over` replace those of `under`; objects are merged member by member. */
void
_runnel_gitlab_merge (JsonObject *under,
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
        _runnel_gitlab_merge (old, json_node_get_object (value));
      else
        json_object_set_member (under, key, dup_value (value));
    }
}

JsonObject *
_runnel_gitlab_dup_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  _runnel_gitlab_merge (copy, object);

  return copy;
}

static void load_includes (RunnelGitlabImport *self, JsonObject *config, guint *n_left);

/* A file that can't be used is as one that is not there: it is kept, and a note tells of it. */
static gboolean
load_file (RunnelGitlabImport *self,
           const char         *path,
           guint              *n_left)
{
  g_autoptr (RunnelYamlStream) stream = NULL;
  g_autoptr (JsonNode) node = NULL;
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
  _runnel_gitlab_merge (self->config, json_node_get_object (node));

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

  return strncmp (real, root, length) == 0 && real[length] == G_DIR_SEPARATOR
           ? g_steal_pointer (&real)
           : NULL;
}

/* The path of a local include, when it stays below the folder of the file and says nothing but
 * that. */
static char *
get_local_path (RunnelGitlabImport *self,
                JsonNode           *include)
{
  const char *folder = runnel_import_get_folder (self->import);
  const char *local = NULL;
  g_autofree char *path = NULL;

  if (JSON_NODE_HOLDS_VALUE (include))
    local = json_node_get_string (include);
  else if (JSON_NODE_HOLDS_OBJECT (include)
           && json_object_get_size (json_node_get_object (include)) == 1)
    local = _runnel_gitlab_get_text (json_node_get_object (include), "local");
  if (local == NULL || folder == NULL || strpbrk (local, "*$") != NULL
      || strstr (local, "://") != NULL)
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
  g_autoptr (RunnelYamlStream) stream = read_yaml (text, length, error);
  g_autoptr (JsonNode) node = NULL;
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
      _runnel_gitlab_merge (self->config, json_node_get_object (node));
    }
  else
    {
      json_object_unref (self->config);
      self->config = json_node_dup_object (node);
    }
  if (root != get_document (stream, 0))
    json_object_set_member (
      self->config, "spec",
      runnel_yaml_to_json (runnel_yaml_get (get_document (stream, 0), "spec")));

  return TRUE;
}
