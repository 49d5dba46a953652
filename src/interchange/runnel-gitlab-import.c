/* runnel-gitlab-import.c: a pipeline from a file for GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-private.h"

/* There is none while it is being resolved. */
static void
free_resolved (gpointer job)
{
  if (job != NULL)
    json_object_unref (job);
}

static void
import_init (RunnelGitlabImport *self,
             RunnelImport       *import,
             const char         *path)
{
  *self = (RunnelGitlabImport){ .import = import, .path = path };
  self->config = json_object_new ();
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->resolved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_resolved);
  self->references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->booleans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->guards =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->kept_includes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
}

static void
import_clear (RunnelGitlabImport *self)
{
  json_object_unref (self->config);
  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->resolved);
  g_hash_table_unref (self->references);
  g_hash_table_unref (self->booleans);
  g_hash_table_unref (self->jobs);
  g_hash_table_unref (self->guards);
  g_ptr_array_unref (self->kept_includes);
}

static JsonObject *
get_own (JsonObject *object,
         const char *key)
{
  if (!json_object_has_member (object, key))
    json_object_set_object_member (object, key, json_object_new ());

  return json_object_get_object_member (object, key);
}

/* --- Variables of the pipeline --- */

/* The parameter of ours whose variable this is, or NULL. */
static const char *
find_parameter (RunnelGitlabImport *self,
                const char         *variable)
{
  JsonObject *parameters = _runnel_gitlab_get_object (self->metadata, "parameters");
  JsonObjectIter iter;
  const char *name;

  if (parameters == NULL)
    return NULL;

  json_object_iter_init_ordered (&iter, parameters);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *own = runnel_parameters_get_variable ("RUNNEL_PARAM_", name);

      if (g_str_equal (own, variable))
        return name;
    }

  return NULL;
}

static JsonNode *
make_default (const char *text,
              const char *type)
{
  JsonNode *node = json_node_alloc ();
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (g_strcmp0 (type, "boolean") == 0
      && (g_str_equal (text, "true") || g_str_equal (text, "false")))
    return json_node_init_boolean (node, g_str_equal (text, "true"));
  if (g_strcmp0 (type, "number") == 0 && *text != '\0' && *end == '\0')
    return number == (gint64) number ? json_node_init_int (node, number)
                                     : json_node_init_double (node, number);

  return json_node_init_string (node, text);
}

/* A variable that is asked for when a pipeline is run by hand is a parameter. What we have written
 * of it tells more than GitLab does; what stands in GitLab's place wins. */
static void
read_parameter (RunnelGitlabImport *self,
                const char         *name,
                const char         *variable,
                JsonObject         *said)
{
  JsonObject *known =
    _runnel_gitlab_get_object (_runnel_gitlab_get_object (self->metadata, "parameters"), name);
  JsonObject *parameter = json_object_new ();
  const char *type = known != NULL ? _runnel_gitlab_get_text (known, "type") : NULL;
  const char *value = _runnel_gitlab_get_text (said, "value");
  JsonNode *options = json_object_get_member (said, "options");
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (known != NULL)
    {
      json_object_iter_init_ordered (&iter, known);
      while (json_object_iter_next_ordered (&iter, &key, &node))
        json_object_set_member (parameter, key, json_node_copy (node));
    }
  else if (options != NULL && JSON_NODE_HOLDS_ARRAY (options))
    {
      json_object_set_string_member (parameter, "type", "choice");
      json_object_set_member (parameter, "choices", json_node_copy (options));
    }
  if (value != NULL
      && (*value != '\0' || known == NULL || json_object_has_member (known, "default")))
    json_object_set_member (parameter, "default", make_default (value, type));
  if (known == NULL)
    runnel_import_set_string (parameter, "description",
                              _runnel_gitlab_get_text (said, "description"));

  json_object_set_object_member (get_own (self->root, "parameters"), name, parameter);
  g_hash_table_insert (self->references, g_strdup (variable), g_strconcat ("params.", name, NULL));
  if (g_strcmp0 (type, "boolean") == 0)
    g_hash_table_add (self->booleans, g_strdup (variable));
}

static void
keep_variable (RunnelGitlabImport *self,
               const char         *name,
               JsonNode           *value)
{
  JsonObject *foreign = get_own (get_own (self->root, "foreign"), RUNNEL_GITLAB);

  json_object_set_member (get_own (foreign, "variables"), name, json_node_copy (value));
}

/**
 * _runnel_gitlab_dup_scalar:
 * @value: a value
 *
 * Returns: (transfer full) (nullable): it as the text of a variable; %NULL when it is a list, an
 * object or null
 */
char *
_runnel_gitlab_dup_scalar (JsonNode *value)
{
  if (!JSON_NODE_HOLDS_VALUE (value))
    return NULL;
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);

  return json_to_string (value, FALSE);
}

static void
read_variable (RunnelGitlabImport *self,
               const char         *name,
               JsonNode           *value)
{
  g_autofree char *scalar = _runnel_gitlab_dup_scalar (value);
  g_autofree char *text =
    scalar != NULL ? _runnel_gitlab_read_text (self->references, scalar) : NULL;
  const char *parameter = find_parameter (self, name);

  if (JSON_NODE_HOLDS_OBJECT (value) && parameter != NULL)
    read_parameter (self, parameter, name, json_node_get_object (value));
  else if (text != NULL)
    json_object_set_string_member (get_own (self->root, "env"), name, text);
  else
    keep_variable (self, name, value);
}

static void
read_variables (RunnelGitlabImport *self)
{
  JsonObject *variables = _runnel_gitlab_get_object (self->config, "variables");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (variables == NULL)
    return;

  json_object_iter_init_ordered (&iter, variables);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    read_variable (self, name, value);
}

static void
read_secrets (RunnelGitlabImport *self)
{
  JsonNode *secrets =
    self->metadata != NULL ? json_object_get_member (self->metadata, "secrets") : NULL;
  JsonArray *list;

  if (secrets == NULL || !JSON_NODE_HOLDS_ARRAY (secrets))
    return;

  list = json_node_get_array (secrets);
  json_object_set_member (self->root, "secrets", json_node_copy (secrets));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *secret = json_node_get_string (json_array_get_element (list, i));

      if (secret != NULL)
        g_hash_table_insert (self->references, _runnel_gitlab_get_secret (secret),
                             g_strconcat ("secrets.", secret, NULL));
    }
}

/* --- Other keys --- */

static void
keep_includes (RunnelGitlabImport *self)
{
  JsonNode *node;
  JsonArray *list;

  if (self->kept_includes->len == 0)
    return;

  node = json_node_new (JSON_NODE_ARRAY);
  list = json_array_new ();
  for (guint i = 0; i < self->kept_includes->len; i++)
    json_array_add_element (list, json_node_copy (g_ptr_array_index (self->kept_includes, i)));
  json_node_take_array (node, list);
  runnel_import_keep (self->root, RUNNEL_GITLAB, "include", node);
  runnel_import_note (self->import, GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, "include")),
                      1, NULL, "%u included file%s not read; what jobs take from there is missing",
                      self->kept_includes->len, self->kept_includes->len == 1 ? " is" : "s are");
}

/* What jobs get when they don't say otherwise, as far as it is no part of the steps. */
static void
keep_default (RunnelGitlabImport *self,
              JsonNode           *value)
{
  static const char *const taken[] = { "before_script", "retry", "timeout", NULL };
  g_autoptr (JsonNode) kept = NULL;
  JsonObject *object;
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return;

  kept = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  json_node_take_object (kept, object);
  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    if (!g_strv_contains (taken, key))
      json_object_set_member (object, key, json_node_copy (member));
  if (json_object_get_size (object) > 0)
    runnel_import_keep (self->root, RUNNEL_GITLAB, "default", g_steal_pointer (&kept));
}

static void
keep_keys (RunnelGitlabImport *self)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->config);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      if (_runnel_gitlab_is_job (key, value) || g_str_equal (key, RUNNEL_GITLAB_METADATA)
          || g_str_equal (key, "variables") || g_str_equal (key, "include")
          || g_str_equal (key, "before_script"))
        continue;
      if (g_str_equal (key, "default"))
        keep_default (self, value);
      else
        runnel_import_keep (self->root, RUNNEL_GITLAB, key, json_node_copy (value));
    }
  keep_includes (self);
}

/* --- Stages --- */

static int
get_stage (GHashTable *stages,
           JsonObject *job)
{
  const char *stage = _runnel_gitlab_get_text (job, "stage");
  gpointer position;

  if (g_hash_table_lookup_extended (stages, stage != NULL ? stage : "test", NULL, &position))
    return GPOINTER_TO_INT (position);

  return -1;
}

static void
add_stage (GHashTable *stages,
           const char *name)
{
  if (name != NULL && !g_hash_table_contains (stages, name))
    g_hash_table_insert (stages, g_strdup (name),
                         GINT_TO_POINTER ((int) g_hash_table_size (stages)));
}

/* Name -> position. `.pre` and `.post` are always there. */
static GHashTable *
list_stages (RunnelGitlabImport *self)
{
  static const char *const usual[] = { "build", "test", "deploy" };
  GHashTable *stages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonNode *said = json_object_get_member (self->config, "stages");

  add_stage (stages, ".pre");
  if (said != NULL && JSON_NODE_HOLDS_ARRAY (said))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (said)); i++)
      {
        JsonNode *name = json_array_get_element (json_node_get_array (said), i);

        add_stage (stages, JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL);
      }
  else
    for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
      add_stage (stages, usual[i]);
  add_stage (stages, ".post");

  return stages;
}

/* The jobs of one stage, and whether one of them waits for the stages before. */
typedef struct
{
  GPtrArray *jobs; /* of const char * */
  gboolean waits;
  GPtrArray
    *before; /* of const char *: what a job of the stage waits for when it says nothing else */
} Stage;

static void
stage_clear (gpointer data)
{
  g_ptr_array_unref (((Stage *) data)->jobs);
  g_ptr_array_unref (((Stage *) data)->before);
}

static void
append_all (GPtrArray *list,
            GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (more, i));
}

/* A stage waits for the nearest one before it, and where no job of that waits itself, for what is
 * before that. */
static void
fill_before (GArray *stages)
{
  for (guint i = 1; i < stages->len; i++)
    {
      Stage *last = &g_array_index (stages, Stage, i - 1);
      Stage *stage = &g_array_index (stages, Stage, i);

      append_all (stage->before, last->jobs);
      if (!last->waits)
        append_all (stage->before, last->before);
    }
}

static GArray *
sort_jobs (RunnelGitlabImport *self,
           GHashTable         *positions)
{
  GArray *stages = g_array_new (FALSE, TRUE, sizeof (Stage));
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_array_set_clear_func (stages, stage_clear);
  for (guint i = 0; i < g_hash_table_size (positions); i++)
    {
      Stage stage = { g_ptr_array_new (), FALSE, g_ptr_array_new () };

      g_array_append_val (stages, stage);
    }

  json_object_iter_init_ordered (&iter, self->config);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonObject *job =
        _runnel_gitlab_is_job (name, value) ? _runnel_gitlab_resolve_job (self, name) : NULL;
      int position = job != NULL ? get_stage (positions, job) : -1;

      if (job != NULL)
        g_hash_table_add (self->jobs, g_strdup (name));
      if (position < 0)
        continue;
      g_ptr_array_add (g_array_index (stages, Stage, position).jobs, (gpointer) name);
      g_array_index (stages, Stage, position).waits |= !json_object_has_member (job, "needs");
    }
  fill_before (stages);

  return stages;
}

static void
read_jobs (RunnelGitlabImport *self)
{
  g_autoptr (GHashTable) positions = list_stages (self);
  g_autoptr (GArray) stages = sort_jobs (self, positions);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->config);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonObject *job;
      int position;

      if (!g_hash_table_contains (self->jobs, name))
        continue;
      job = _runnel_gitlab_resolve_job (self, name);
      position = get_stage (positions, job);
      _runnel_gitlab_read_job (
        self, name, job, position >= 0 ? g_array_index (stages, Stage, position).before : none);
    }
}

static char *
get_stem (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *stem = NULL;
  char *dot;

  if (g_str_has_prefix (name, ".gitlab-ci."))
    return g_strdup ("gitlab-ci");

  dot = strchr (name + 1, '.');
  stem = g_strndup (name, dot != NULL ? (gsize) (dot - name) : strlen (name));

  return g_strdup (*stem == '.' ? stem + 1 : stem);
}

static void
set_image (RunnelGitlabImport *self)
{
  JsonObject *defaults = _runnel_gitlab_get_object (self->config, "default");
  const char *image = _runnel_gitlab_get_text (defaults, "image");

  if (image == NULL)
    image = _runnel_gitlab_get_text (self->config, "image");
  if (image != NULL && strchr (image, '$') == NULL)
    runnel_import_set_string (get_own (self->root, "defaults"), "image", image);
}

gboolean
_runnel_gitlab_import (RunnelImport *import,
                       const char   *path,
                       const char   *text,
                       gsize         length,
                       GError      **error)
{
  RunnelGitlabImport self;
  g_autofree char *stem = get_stem (path);
  gboolean done;

  import_init (&self, import, path);
  done = _runnel_gitlab_load (&self, text, length, error);
  if (done)
    {
      self.metadata = _runnel_gitlab_get_object (self.config, RUNNEL_GITLAB_METADATA);
      self.root =
        runnel_import_add_pipeline (import, stem, _runnel_gitlab_get_text (self.metadata, "name"));
      runnel_import_set_string (self.root, "description",
                                _runnel_gitlab_get_text (self.metadata, "description"));
      read_secrets (&self);
      read_variables (&self);
      set_image (&self);
      keep_keys (&self);
      read_jobs (&self);
    }
  import_clear (&self);

  return done;
}
