/* runnel-run-parts.c: what the result of a step depends on, besides its input files
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Secrets are left out: expressions find none, so that no trace of them is kept, and a result
 * stays good when a token is renewed.
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-cache-parts.h"
#include "engine/runnel-run-private.h"

static void
add_member (JsonObject *parts, const char *what, const char *name, JsonNode *value)
{
  g_autofree char *part = g_strconcat (what, name, NULL);
  g_autofree char *text = json_to_string (value, FALSE);

  runnel_cache_parts_add_digest (parts, part, text);
}

static void
add_members (JsonObject *parts, const char *what, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    add_member (parts, what, name, value);
}

/* What is run has a name that people use. */
static void
add_with (JsonObject *parts, JsonObject *with)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, with);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      gboolean is_command = g_str_equal (name, "argv") || g_str_equal (name, "run");

      add_member (parts, is_command ? "its command" : "its with.", is_command ? "" : name, value);
    }
}

static void
add_matrix (JsonObject *parts, RunnelRunStep *step)
{
  JsonNode *matrix = _runnel_run_step_get_matrix (step);

  if (matrix != NULL && JSON_NODE_HOLDS_OBJECT (matrix))
    add_members (parts, "its matrix.", json_node_get_object (matrix));
}

static void
add_working_directory (JsonObject *parts, RunnelRun *self, const char *path)
{
  gsize length = strlen (self->base_dir);
  const char *relative = path;

  if (strncmp (path, self->base_dir, length) == 0 && (path[length] == '/' || path[length] == '\0'))
    relative = path[length] == '/' ? path + length + 1 : ".";
  runnel_cache_parts_add (parts, "its working directory", relative);
}

/* Parameters that are used by expressions count by what they make of these; others count when the
 * step names their variables. */
static void
add_parameters (JsonObject *parts, RunnelRunStep *step)
{
  JsonObject *definition = runnel_step_to_json (_runnel_run_step_get_definition (step));
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_node_take_object (node, definition);
  text = json_to_string (node, FALSE);
  json_object_iter_init_ordered (&iter, json_node_get_object (step->run->params));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", name);

      if (strstr (text, variable) != NULL)
        add_member (parts, "parameter ", name, value);
    }
}

/* The artifacts of the steps it needs are inputs, too. */

static void
add_artifacts_of (JsonObject *parts, RunnelRunStep *step)
{
  JsonArray *artifacts = step->files != NULL ? step->files->artifacts : NULL;

  for (guint i = 0; artifacts != NULL && i < json_array_get_length (artifacts); i++)
    {
      JsonObject *artifact = json_array_get_object_element (artifacts, i);
      g_autofree char *name =
        g_strdup_printf ("artifact %s of %s", json_object_get_string_member (artifact, "path"),
                         _runnel_run_step_get_id (step));

      runnel_cache_parts_add (parts, name, json_object_get_string_member (artifact, "sha256"));
    }
}

static void
add_artifacts_of_legs (JsonObject *parts, RunnelRunStep *matrix)
{
  RunnelRun *self = matrix->run;

  for (guint i = 0; i < self->added->len; i++)
    {
      RunnelRunAdded *added = g_ptr_array_index (self->added, i);

      if (added->role == RUNNEL_ROLE_LEG && added->parent == matrix)
        add_artifacts_of (parts, &added->step);
    }
}

static void
add_artifacts (JsonObject *parts, RunnelRunStep *step)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);

  for (guint i = 0; i < definition->n_needs; i++)
    {
      RunnelRunStep *needed = _runnel_run_find_step (step->run, definition->needs[i].step);

      if (needed == NULL)
        continue;
      add_artifacts_of (parts, needed);
      add_artifacts_of_legs (parts, needed);
    }
}

/* `cache` and `artifacts` themselves. */

static void
add_patterns (JsonObject *parts, const char *name, JsonNode *value)
{
  if (value != NULL)
    add_member (parts, name, "", value);
}

static gboolean
add_key (JsonObject *parts, JsonObject *cache, const RunnelExprScope *scope, GError **error)
{
  JsonNode *member = json_object_get_member (cache, "key");
  g_autoptr(JsonNode) value = member != NULL ? runnel_template_expand (member, scope, error) : NULL;
  g_autofree char *text = NULL;

  if (member == NULL)
    return TRUE;
  if (value == NULL)
    {
      g_prefix_error (error, "cache.key: ");
      return FALSE;
    }
  text = runnel_value_to_text (value);
  runnel_cache_parts_add (parts, "its key", text);
  return TRUE;
}

static gboolean
add_keeping (JsonObject *parts, RunnelStep *step, const RunnelExprScope *scope, GError **error)
{
  g_autoptr(JsonNode) cache = runnel_step_dup_member (step, "cache");
  g_autoptr(JsonNode) artifacts = runnel_step_dup_member (step, "artifacts");

  if (JSON_NODE_HOLDS_OBJECT (cache))
    {
      JsonObject *object = json_node_get_object (cache);

      if (!add_key (parts, object, scope, error))
        return FALSE;
      add_patterns (parts, "its list of outputs", json_object_get_member (object, "outputs"));
    }
  add_patterns (parts, "its list of artifacts", artifacts);
  return TRUE;
}

/* Makes `env` what expressions see, and returns it. */
static JsonObject *
evaluate_env (RunnelRunStep *step, RunnelRunScope *scope, GError **error)
{
  JsonNode *of_pipeline = runnel_pipeline_get_member (step->run->pipeline, "env");
  g_autoptr(JsonNode) of_step =
    runnel_step_dup_member (_runnel_run_step_get_definition (step), "env");
  g_autoptr(JsonObject) values = json_object_new ();

  scope->env = json_node_init_object (json_node_alloc (), values);
  if (!_runnel_run_evaluate_env (of_pipeline, &scope->scope, NULL, values, error)
      || !_runnel_run_evaluate_env (of_step, &scope->scope, NULL, values, error))
    return NULL;
  return g_steal_pointer (&values);
}

/* What comes out in one image need not come out in another, or in none. */
static gboolean
add_image (JsonObject *parts, RunnelRunStep *step, const RunnelExprScope *scope, GError **error)
{
  g_autofree char *image = NULL;

  if (!_runnel_run_step_evaluate_image (step, scope, &image, error))
    return FALSE;
  if (image != NULL)
    runnel_cache_parts_add (parts, "its image", image);
  return TRUE;
}

static gboolean
add_evaluated (JsonObject *parts, RunnelRunStep *step, RunnelRunScope *scope, GError **error)
{
  g_autoptr(JsonObject) env = evaluate_env (step, scope, error);
  g_autoptr(JsonObject) with = NULL;
  g_autofree char *folder = NULL;

  if (env == NULL)
    return FALSE;
  if (!add_keeping (parts, _runnel_run_step_get_definition (step), &scope->scope, error))
    return FALSE;
  with = _runnel_run_step_evaluate_with (step, &scope->scope, error);
  if (with == NULL)
    return FALSE;
  folder = _runnel_run_step_evaluate_working_directory (step, &scope->scope, error);
  if (folder == NULL)
    return FALSE;
  if (!add_image (parts, step, &scope->scope, error))
    return FALSE;
  add_with (parts, with);
  add_members (parts, "its variable ", env);
  add_working_directory (parts, step->run, folder);
  return TRUE;
}

/*
 * _runnel_run_step_list_parts:
 * @step: a step with a `cache`, about to start
 * @error: #RUNNEL_EXPR_ERROR, #RUNNEL_RUN_ERROR_INVALID
 *
 * A result is good only for the pipeline's own file: two projects may have the same step.
 *
 * Returns: (transfer full) (nullable): see runnel-cache-parts.h
 */
JsonObject *
_runnel_run_step_list_parts (RunnelRunStep *step, GError **error)
{
  g_autoptr(JsonObject) parts = json_object_new ();
  g_autoptr(JsonObject) no_secrets = json_object_new ();
  RunnelRunScope scope;
  gboolean added;

  _runnel_run_scope_init (&scope, step->run, step);
  scope.secrets = json_node_init_object (json_node_alloc (), no_secrets);
  runnel_cache_parts_add (parts, "its pipeline", step->run->file);
  runnel_cache_parts_add (parts, "its kind", _runnel_run_step_get_definition (step)->kind);
  added = add_evaluated (parts, step, &scope, error);
  g_clear_pointer (&scope.env, json_node_unref);
  json_node_unref (scope.secrets);
  if (!added)
    return NULL;
  add_matrix (parts, step);
  add_parameters (parts, step);
  add_artifacts (parts, step);
  return g_steal_pointer (&parts);
}
