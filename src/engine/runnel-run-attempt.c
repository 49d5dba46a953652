/* runnel-run-attempt.c: evaluates what the executor gets for one attempt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-artifacts.h"
#include "engine/runnel-run-private.h"

static gboolean
has_expression (JsonNode *value)
{
  if (JSON_NODE_HOLDS_VALUE (value))
    return json_node_get_value_type (value) == G_TYPE_STRING
           && strstr (json_node_get_string (value), "${{") != NULL;
  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (has_expression (json_array_get_element (array, i)))
            return TRUE;
        }
    }
  if (JSON_NODE_HOLDS_OBJECT (value))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (value));
      while (json_object_iter_next (&iter, NULL, &member))
        {
          if (has_expression (member))
            return TRUE;
        }
    }
  return FALSE;
}

/* Environment. */

static gboolean
evaluate_variable (const char *name,
                   JsonNode *value,
                   const RunnelExprScope *scope,
                   RunnelEnvironment *environment,
                   JsonObject *values,
                   GError **error)
{
  g_autoptr(JsonNode) expanded = NULL;
  g_autofree char *text = NULL;

  if (!runnel_environment_is_name (name))
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
                   "no variable can be called \"%s\"", name);
      return FALSE;
    }
  expanded = has_expression (value) ? runnel_template_expand (value, scope, error)
                                    : json_node_ref (value);
  if (expanded == NULL)
    {
      g_prefix_error (error, "env.%s: ", name);
      return FALSE;
    }
  text = runnel_value_to_text (expanded);
  if (environment != NULL)
    runnel_environment_set (environment, name, text);
  json_object_set_string_member (values, name, text);
  return TRUE;
}

/*
 * _runnel_run_evaluate_env:
 * @env: (nullable): an `env` object
 * @scope: what its expressions see
 * @environment: (nullable): where the variables are set
 * @values: where their values are written down, as texts
 * @error: #RUNNEL_EXPR_ERROR, #RUNNEL_RUN_ERROR_INVALID
 */
gboolean
_runnel_run_evaluate_env (JsonNode *env,
                          const RunnelExprScope *scope,
                          RunnelEnvironment *environment,
                          JsonObject *values,
                          GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (env == NULL || !JSON_NODE_HOLDS_OBJECT (env))
    return TRUE;
  json_object_iter_init_ordered (&iter, json_node_get_object (env));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!evaluate_variable (name, value, scope, environment, values, error))
        return FALSE;
    }
  return TRUE;
}

/* Sets a variable for each member: "dry-run" is PREFIX_DRY_RUN. One without a value is not set. */
static void
set_prefixed (RunnelEnvironment *environment, const char *prefix, JsonNode *values)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (values));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *variable = runnel_parameters_get_variable (prefix, name);
      g_autofree char *text = runnel_value_to_text (value);

      if (JSON_NODE_HOLDS_NULL (value))
        runnel_environment_unset (environment, variable);
      else if (runnel_environment_is_name (variable))
        runnel_environment_set (environment, variable, text);
    }
}

/* Parameters of a run inside of which this one was started, and secrets meant for us. */
static void
unset_foreign_values (RunnelEnvironment *environment, const char *const *inherited)
{
  for (guint i = 0; inherited[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (inherited[i], strcspn (inherited[i], "="));

      if (g_str_has_prefix (name, "RUNNEL_PARAM_") || g_str_has_prefix (name, "RUNNEL_MATRIX_")
          || g_str_has_prefix (name, RUNNEL_SECRET_VARIABLE_PREFIX))
        runnel_environment_unset (environment, name);
    }
}

/* A secret reaches only the steps whose `env` asks for it. */
static void
unset_secrets (RunnelRun *self)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, json_node_get_object (self->secrets));
  while (json_object_iter_next (&iter, &name, NULL))
    runnel_environment_unset (self->environment, name);
}

static JsonObject *
copy_values (JsonNode *env)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, json_node_get_object (env));
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_ref (value));
  return copy;
}

static gboolean
is_empty (JsonNode *env)
{
  return env == NULL || !JSON_NODE_HOLDS_OBJECT (env)
         || json_object_get_size (json_node_get_object (env)) == 0;
}

static gboolean
prepare_environment (RunnelRun *self,
                     RunnelRunAttempt *attempt,
                     RunnelRunScope *scope,
                     GError **error)
{
  g_autoptr(JsonNode) env =
    runnel_step_dup_member (_runnel_run_step_get_definition (scope->step), "env");
  JsonNode *matrix = _runnel_run_step_get_matrix (scope->step);
  g_autoptr(JsonObject) values = NULL;

  if (is_empty (env) && matrix == NULL)
    return TRUE;
  values = copy_values (self->env);
  attempt->environment = runnel_environment_copy (self->environment);
  if (matrix != NULL)
    set_prefixed (attempt->environment, "RUNNEL_MATRIX_", matrix);
  if (!_runnel_run_evaluate_env (env, &scope->scope, attempt->environment, values, error))
    return FALSE;
  attempt->env = json_node_init_object (json_node_alloc (), values);
  scope->env = attempt->env;
  return TRUE;
}

/* Whatever a step starts goes on with the trace of the run. */
static void
set_trace (RunnelRun *self, RunnelRunAttempt *attempt, RunnelEnvironment *environment)
{
  g_autofree char *trace = NULL;

  if (self->trace == NULL)
    return;
  trace = runnel_trace_context_hand_on (self->trace, attempt->attempt.step,
                                        attempt->attempt.attempt);
  runnel_environment_set (environment, RUNNEL_TRACE_VARIABLE, trace);
}

/* These change with every attempt. Where a step has no variables of its own they are set
 * in the run's environment, which is good until the next attempt. */
static void
set_attempt_variables (RunnelRun *self, RunnelRunAttempt *attempt)
{
  RunnelEnvironment *environment = attempt->environment ? attempt->environment : self->environment;
  char number[16];
  g_autofree char *output = NULL;

  g_snprintf (number, sizeof number, "%u", attempt->attempt.attempt);
  output = g_strconcat (self->run_dir, "/", attempt->output_name, NULL);
  runnel_environment_set (environment, "RUNNEL_STEP", attempt->attempt.step);
  runnel_environment_set (environment, "RUNNEL_ATTEMPT", number);
  runnel_environment_set (environment, "RUNNEL_OUTPUT", output);
  set_trace (self, attempt, environment);
  attempt->attempt.env = runnel_environment_get_block (environment);
}

/* The fields of the kind. */

static JsonNode *
evaluate_field (const RunnelField *field,
                const char *name,
                JsonNode *value,
                const RunnelExprScope *scope,
                GError **error)
{
  JsonNode *expanded;

  if (!has_expression (value) || (field != NULL && (field->flags & RUNNEL_FIELD_DEFERRED)))
    return json_node_ref (value);
  if (field != NULL && (field->flags & RUNNEL_FIELD_NO_EXPRESSIONS))
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
                   "with.%s is handed to a shell, so ${{ }} is not replaced in it: "
                   "put the value into `env` and use the variable",
                   name);
      return NULL;
    }
  expanded = runnel_template_expand (value, scope, error);
  if (expanded == NULL)
    g_prefix_error (error, "with.%s: ", name);
  return expanded;
}

/* Every user of the machine can see the arguments of a process. Where an expression names a secret,
 * runnel_check_pipeline() finds it; what comes by another way, such as an output, only this does. */
static gboolean
check_shown_field (RunnelRun *self,
                   const char *name,
                   JsonNode *value,
                   JsonNode *evaluated,
                   GError **error)
{
  g_autofree char *before = json_to_string (value, FALSE);
  g_autofree char *after = json_to_string (evaluated, FALSE);

  if (runnel_secret_mask_finds (self->mask, before, strlen (before))
      || !runnel_secret_mask_finds (self->mask, after, strlen (after)))
    return TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
               "with.%s would have a secret in it, and others can see it there: put it into `env`, "
               "and let the program read the variable",
               name);
  return FALSE;
}

static JsonObject *
evaluate_fields (RunnelRun *self,
                 const RunnelKind *kind,
                 JsonObject *with,
                 const RunnelExprScope *scope,
                 GError **error)
{
  g_autoptr(JsonObject) result = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, with);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const RunnelField *field = kind != NULL ? runnel_kind_find_field (kind, name) : NULL;
      g_autoptr(JsonNode) evaluated = evaluate_field (field, name, value, scope, error);
      gboolean is_shown = field == NULL || !(field->flags & RUNNEL_FIELD_SECRETS);

      if (evaluated == NULL)
        return NULL;
      if (is_shown && self->mask != NULL
          && !check_shown_field (self, name, value, evaluated, error))
        return NULL;
      json_object_set_member (result, name, g_steal_pointer (&evaluated));
    }
  return g_steal_pointer (&result);
}

static gboolean
any_member_has_expression (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode *value;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &value))
    {
      if (has_expression (value))
        return TRUE;
    }
  return FALSE;
}

/* Returns the shell of `defaults`, for a step whose kind has a shell and that names none. */
static JsonNode *
dup_default_shell (RunnelRun *self, const RunnelKind *kind, JsonObject *with)
{
  if (kind == NULL || (with != NULL && json_object_has_member (with, "shell"))
      || runnel_kind_find_field (kind, "shell") == NULL)
    return NULL;
  return runnel_step_dup_member (self->defaults, "shell");
}

/*
 * _runnel_run_step_evaluate_with:
 * @step: a step
 * @scope: what its expressions see
 * @error: #RUNNEL_EXPR_ERROR, #RUNNEL_RUN_ERROR_INVALID
 *
 * Most steps have nothing to evaluate.
 *
 * Returns: (transfer full) (nullable): the fields of its kind
 */
JsonObject *
_runnel_run_step_evaluate_with (RunnelRunStep *step, const RunnelExprScope *scope, GError **error)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  g_autoptr(JsonObject) with = runnel_step_dup_with (definition);
  const RunnelKind *kind = runnel_kind_lookup (definition->kind);
  g_autoptr(JsonNode) shell = dup_default_shell (step->run, kind, with);
  JsonObject *result;

  if (with == NULL)
    with = json_object_new ();
  if (shell == NULL && !any_member_has_expression (with))
    return g_steal_pointer (&with);
  result = evaluate_fields (step->run, kind, with, scope, error);
  if (result != NULL && shell != NULL)
    json_object_set_member (result, "shell", json_node_ref (shell));
  return result;
}

/* The working directory. */

/*
 * _runnel_run_step_evaluate_working_directory:
 * @step: a step
 * @scope: what its expressions see
 * @error: #RUNNEL_EXPR_ERROR
 *
 * Returns: (transfer full) (nullable): the absolute path, whether it is there or not
 */
char *
_runnel_run_step_evaluate_working_directory (RunnelRunStep *step,
                                             const RunnelExprScope *scope,
                                             GError **error)
{
  g_autoptr(JsonNode) member = _runnel_run_step_dup_member (step, "working-directory");
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *text = NULL;

  if (member == NULL)
    return g_strdup (step->run->base_dir);
  value = runnel_template_expand (member, scope, error);
  if (value == NULL)
    {
      g_prefix_error (error, "working-directory: ");
      return NULL;
    }
  text = runnel_value_to_text (value);
  return g_canonicalize_filename (text, step->run->base_dir);
}

/* The folder of the file was there when the run began; should it vanish, each start tells. In a
 * rehearsal no step has made any. */
static gboolean
check_working_directory (RunnelRun *self, const char *path, GError **error)
{
  if (self->is_rehearsal || g_str_equal (path, self->base_dir)
      || g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
               "the working directory %s is %s", path,
               g_file_test (path, G_FILE_TEST_EXISTS) ? "not a folder" : "not there");
  return FALSE;
}

/* The image. */

/*
 * _runnel_run_step_evaluate_image:
 * @step: a step
 * @scope: what its expressions see
 * @ret_image: (out) (transfer full) (nullable): the image of its container; %NULL when it runs in none
 * @error: #RUNNEL_EXPR_ERROR
 */
gboolean
_runnel_run_step_evaluate_image (RunnelRunStep *step,
                                 const RunnelExprScope *scope,
                                 char **ret_image,
                                 GError **error)
{
  g_autoptr(JsonNode) member = NULL;
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *text = NULL;

  *ret_image = NULL;
  if (step->run->container == NULL)
    return TRUE;
  member = _runnel_run_step_dup_member (step, "image");
  if (member == NULL)
    return TRUE;
  value = runnel_template_expand (member, scope, error);
  if (value == NULL)
    {
      g_prefix_error (error, "image: ");
      return FALSE;
    }
  text = runnel_value_to_text (value);
  if (*text != '\0')
    *ret_image = g_steal_pointer (&text);
  return TRUE;
}

/*
 * _runnel_run_init_environment:
 * @self: a run with contexts
 * @error: #RUNNEL_EXPR_ERROR, #RUNNEL_RUN_ERROR_INVALID
 *
 * Makes what all steps have in common: the environment of this process without the secrets, the
 * parameters, and the pipeline's `env`.
 */
gboolean
_runnel_run_init_environment (RunnelRun *self, GError **error)
{
  g_auto(GStrv) inherited = g_get_environ ();
  g_autoptr(JsonObject) values = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  g_autofree char *artifacts = runnel_artifacts_get_path (self->run_dir, NULL);
  RunnelRunScope scope;

  self->environment = runnel_environment_new ((const char *const *) inherited);
  unset_foreign_values (self->environment, (const char *const *) inherited);
  unset_secrets (self);
  _runnel_run_scope_init (&scope, self, NULL);
  if (!_runnel_run_evaluate_env (runnel_pipeline_get_member (self->pipeline, "env"), &scope.scope,
                                 self->environment, values, error))
    return FALSE;
  set_prefixed (self->environment, "RUNNEL_PARAM_", self->params);
  runnel_environment_set (self->environment, "RUNNEL_RUN_ID", id);
  runnel_environment_set (self->environment, "RUNNEL_RUN_DIR", self->run_dir);
  runnel_environment_set (self->environment, "RUNNEL_ARTIFACTS", artifacts);
  if (self->file != NULL)
    runnel_environment_set (self->environment, "RUNNEL_FILE", self->file);
  self->env = json_node_init_object (json_node_alloc (), values);
  return TRUE;
}

/*
 * _runnel_run_prepare_attempt:
 * @step: a step
 * @ret: (out): the attempt; clear with _runnel_run_attempt_clear(), also after an error
 * @error: #RUNNEL_EXPR_ERROR, #RUNNEL_RUN_ERROR_INVALID
 */
gboolean
_runnel_run_prepare_attempt (RunnelRunStep *step, RunnelRunAttempt *ret, GError **error)
{
  RunnelRun *self = step->run;
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  const char *id = _runnel_run_step_get_id (step);
  RunnelRunScope scope;

  memset (ret, 0, sizeof *ret);
  _runnel_run_scope_init (&scope, self, step);
  if (!prepare_environment (self, ret, &scope, error))
    return FALSE;
  ret->with = _runnel_run_step_evaluate_with (step, &scope.scope, error);
  if (ret->with == NULL)
    return FALSE;
  ret->working_directory =
    _runnel_run_step_evaluate_working_directory (step, &scope.scope, error);
  if (ret->working_directory == NULL
      || !check_working_directory (self, ret->working_directory, error))
    return FALSE;
  if (!_runnel_run_step_evaluate_image (step, &scope.scope, &ret->image, error))
    return FALSE;

  g_snprintf (ret->log_name, sizeof ret->log_name, "%s.%u.log", id, step->attempt);
  g_snprintf (ret->output_name, sizeof ret->output_name, "%s.%u.out", id, step->attempt);
  ret->attempt = (RunnelAttempt){
    .step_index = _runnel_run_step_get_index (step),
    .step = id,
    .kind = definition->kind,
    .attempt = step->attempt,
    .with = ret->with,
    .working_directory = ret->working_directory,
    .base_dir = self->base_dir,
    .run_dir = self->run_dir,
    .log_name = ret->log_name,
    .output_name = ret->output_name,
    .grace = self->grace,
    .no_cache = !self->may_reuse,
    .resumes = ret->resumes = _runnel_run_step_describe_resumed (step),
    .undoes = ret->undoes = _runnel_run_step_describe_undone (step),
    .mask = self->mask,
    .secrets = self->mask != NULL ? self->secret_values : NULL,
    .container = self->container,
    .image = ret->image,
    .variables = json_node_get_object (ret->env != NULL ? ret->env : self->env),
  };
  set_attempt_variables (self, ret);
  return TRUE;
}

/*
 * _runnel_run_attempt_clear:
 * @self: an attempt
 */
void
_runnel_run_attempt_clear (RunnelRunAttempt *self)
{
  g_clear_pointer (&self->with, json_object_unref);
  g_clear_pointer (&self->environment, runnel_environment_free);
  g_clear_pointer (&self->env, json_node_unref);
  g_clear_pointer (&self->working_directory, g_free);
  g_clear_pointer (&self->image, g_free);
  g_clear_pointer (&self->resumes, g_free);
  g_clear_pointer (&self->undoes, g_free);
}
