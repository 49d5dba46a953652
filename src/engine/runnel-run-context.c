/* runnel-run-context.c: what the expressions of a run see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-log-tail.h"
#include "engine/runnel-run-dir.h"
#include "engine/runnel-run-private.h"

static JsonNode *
make_object_node (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  return node;
}

/* Outcomes are named as in GitHub Actions; `state` has Runnel's own name. */
static const char *
name_outcome (RunnelState state)
{
  if (state == RUNNEL_STATE_SUCCEEDED)
    return "success";
  if (runnel_state_is_failure (state))
    return "failure";
  return runnel_state_is_terminal (state) ? runnel_state_to_string (state) : "";
}

static JsonObject *describe_step (RunnelRunStep *step);

static JsonArray *
describe_legs (GPtrArray *legs)
{
  JsonArray *array = json_array_sized_new (legs->len);

  for (guint i = 0; i < legs->len; i++)
    json_array_add_object_element (array, describe_step (g_ptr_array_index (legs, i)));
  return array;
}

static JsonObject *
describe_step (RunnelRunStep *step)
{
  GPtrArray *legs = step->added == NULL ? _runnel_run_step_get_legs (step) : NULL;
  JsonNode *matrix = _runnel_run_step_get_matrix (step);
  JsonObject *object = json_object_new ();
  JsonObject *outputs = step->outputs ? json_object_ref (step->outputs) : json_object_new ();
  const char *outcome = name_outcome (step->state);

  json_object_set_object_member (object, "outputs", outputs);
  json_object_set_string_member (object, "outcome", outcome);
  json_object_set_string_member (object, "conclusion", step->tolerated ? "success" : outcome);
  json_object_set_string_member (object, "state", runnel_state_to_string (step->state));
  json_object_set_int_member (object, "attempts", step->attempt);
  if (step->exit_code >= 0)
    json_object_set_int_member (object, "exit_code", step->exit_code);
  else
    json_object_set_null_member (object, "exit_code");
  if (step->files != NULL && step->files->artifacts != NULL)
    json_object_set_array_member (object, "artifacts", json_array_ref (step->files->artifacts));
  if (matrix != NULL)
    json_object_set_member (object, "matrix", json_node_ref (matrix));
  if (legs != NULL)
    json_object_set_array_member (object, "legs", describe_legs (legs));
  return object;
}

/* Made when the first expression asks; from then on steps are added as they end, so that the
 * context is never built again for each of thousands of steps. */
static JsonNode *
ensure_steps_context (RunnelRun *self)
{
  if (self->steps_context == NULL)
    {
      self->steps_context = make_object_node (json_object_new ());
      for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
        {
          RunnelRunStep *step = _runnel_run_get_step (self, i);

          if (runnel_state_is_terminal (step->state))
            _runnel_run_add_to_context (step);
        }
    }
  return self->steps_context;
}

static JsonNode *
lookup (gpointer user_data, const char *name)
{
  RunnelRunScope *self = user_data;

  if (g_str_equal (name, "steps"))
    return ensure_steps_context (self->run);
  if (g_str_equal (name, "params"))
    return self->run->params;
  if (g_str_equal (name, "env"))
    return self->env != NULL ? self->env : self->run->env;
  if (g_str_equal (name, "secrets"))
    return self->secrets != NULL ? self->secrets : self->run->secrets;
  if (g_str_equal (name, "run"))
    return self->run->about;
  if (g_str_equal (name, "trigger"))
    return self->run->trigger;
  if (g_str_equal (name, "matrix") && self->step != NULL)
    return _runnel_run_step_get_matrix (self->step);
  return NULL;
}

/* Undos and hooks need no steps: for them the status functions are about the run. */
static gboolean
get_run_status (RunnelRun *self, const char *function)
{
  if (g_str_equal (function, "failure"))
    return self->outcome == RUNNEL_STATE_FAILED;
  if (g_str_equal (function, "cancelled"))
    return self->cancelling;
  return self->outcome == RUNNEL_STATE_SUCCEEDED || self->outcome == RUNNEL_STATE_PENDING;
}

static gboolean
get_status (gpointer user_data, const char *function)
{
  RunnelRunScope *self = user_data;

  if (_runnel_run_step_is_in_lane (self->step))
    return get_run_status (self->run, function);
  return runnel_plan_get_status (self->run->plan, _runnel_run_step_get_item (self->step).step,
                                 function);
}

/* A declared secret without a value is null; `runnel run` starts no run with one. */
static JsonNode *
read_secrets (RunnelRun *self)
{
  JsonObject *secrets = json_object_new ();
  g_auto(GStrv) names = runnel_secrets_list_declared (self->pipeline);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = NULL;

      if (self->secret_values != NULL)
        value = runnel_secrets_lookup (self->secret_values, names[i]);
      if (value != NULL)
        json_object_set_string_member (secrets, names[i], value);
      else
        json_object_set_null_member (secrets, names[i]);
    }
  return make_object_node (secrets);
}

static JsonNode *
describe_run (RunnelRun *self)
{
  JsonObject *about = json_object_new ();

  json_object_set_int_member (about, "id", self->id);
  json_object_set_string_member (about, "pipeline", self->name);
  json_object_set_string_member (about, "file", self->file);
  json_object_set_string_member (about, "dir", self->run_dir);
  json_object_set_string_member (about, "state", runnel_state_to_string (RUNNEL_STATE_RUNNING));
  json_object_set_array_member (about, "failed", json_array_new ());
  return make_object_node (about);
}

/*
 * _runnel_run_show_self:
 * @step: a step
 *
 * Puts it where expressions find it as `steps.self`, unless a step has that id.
 *
 * Returns: whether it is there, until _runnel_run_hide_self()
 */
gboolean
_runnel_run_show_self (RunnelRunStep *step)
{
  JsonObject *steps = json_node_get_object (ensure_steps_context (step->run));

  if (json_object_has_member (steps, "self"))
    return FALSE;
  json_object_set_object_member (steps, "self", describe_step (step));
  return TRUE;
}

/*
 * _runnel_run_hide_self:
 * @self: a run with a step that was shown
 */
void
_runnel_run_hide_self (RunnelRun *self)
{
  json_object_remove_member (json_node_get_object (self->steps_context), "self");
}

/*
 * _runnel_run_show_outcome:
 * @self: a run whose steps are over
 *
 * From now on expressions find as `run.state` how the run ends, and as `run.failed` which steps
 * made it fail.
 */
void
_runnel_run_show_outcome (RunnelRun *self)
{
  JsonObject *about = json_node_get_object (self->about);
  JsonArray *failed = json_array_new ();

  for (guint i = 0; i < self->n_steps; i++)
    {
      RunnelRunStep *step = &self->steps[i];

      if (runnel_state_is_failure (step->state) && !step->tolerated
          && !runnel_plan_is_handled (self->plan, i))
        json_array_add_string_element (failed, _runnel_run_step_get_id (step));
    }
  json_object_set_string_member (about, "state", runnel_state_to_string (self->outcome));
  json_object_set_array_member (about, "failed", failed);
}

/*
 * _runnel_run_scope_init:
 * @self: (out): the scope; valid as long as it stays in its place
 * @run: a run
 * @step: (nullable): the step whose expressions are evaluated, or %NULL for those of the pipeline
 */
void
_runnel_run_scope_init (RunnelRunScope *self, RunnelRun *run, RunnelRunStep *step)
{
  *self = (RunnelRunScope){
    .scope = {
      .lookup = lookup,
      .status = step != NULL ? get_status : NULL,
      .base_dir = run->base_dir,
      .user_data = self,
    },
    .run = run,
    .step = step,
  };
}

/*
 * _runnel_run_init_contexts:
 * @self: a run whose parameters are known
 * @trigger: (nullable): what started it
 *
 * Makes all contexts but `env`, which itself is made of expressions.
 */
void
_runnel_run_init_contexts (RunnelRun *self, JsonObject *trigger)
{
  self->trigger = make_object_node (trigger ? json_object_ref (trigger) : json_object_new ());
  self->secrets = read_secrets (self);
  self->about = describe_run (self);
}

/*
 * _runnel_run_clear_contexts:
 * @self: a run that goes away
 */
void
_runnel_run_clear_contexts (RunnelRun *self)
{
  g_clear_pointer (&self->params, json_node_unref);
  g_clear_pointer (&self->trigger, json_node_unref);
  g_clear_pointer (&self->labels, json_node_unref);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->fingerprint, json_object_unref);
  g_clear_pointer (&self->secrets, json_node_unref);
  g_clear_pointer (&self->env, json_node_unref);
  g_clear_pointer (&self->about, json_node_unref);
  g_clear_pointer (&self->steps_context, json_node_unref);
}

/*
 * _runnel_run_add_to_context:
 * @step: a step that is over
 *
 * Expressions know the steps of the file and the hooks; a matrix step tells of its legs.
 */
void
_runnel_run_add_to_context (RunnelRunStep *step)
{
  JsonNode *context = step->run->steps_context;

  if (context != NULL
      && (step->added == NULL || _runnel_run_step_get_role (step) == RUNNEL_ROLE_HOOK))
    json_object_set_object_member (json_node_get_object (context), _runnel_run_step_get_id (step),
                                   describe_step (step));
}

/* The condition and what its operands are: "params.a == 'x' (params.a is 'y')". */
static char *
make_account (const char *condition, const char *trace)
{
  g_autofree char *text = g_strstrip (g_strdup (condition));

  return *trace != '\0' ? g_strdup_printf ("%s (%s)", text, trace) : g_steal_pointer (&text);
}

/* The end of what the attempt has written, for a condition that may ask for it. */
static void
show_log (RunnelRunStep *step)
{
  JsonObject *steps = json_node_get_object (step->run->steps_context);
  g_autofree char *name = runnel_run_dir_log_name (_runnel_run_step_get_id (step), step->attempt);
  g_autofree char *path = g_build_filename (step->run->run_dir, name, NULL);
  g_autofree char *tail = runnel_log_tail_read (path, RUNNEL_LOG_TAIL_SIZE);

  json_object_set_string_member (json_object_get_object_member (steps, "self"), "log", tail);
}

/*
 * _runnel_run_step_test:
 * @step: the step whose condition it is
 * @condition: an expression; `${{ }}` may be left out
 * @ret_value: (out): whether it is true
 * @ret_account: (out) (optional): the condition with the operands that decided, for people
 * @error: #RUNNEL_EXPR_ERROR
 */
gboolean
_runnel_run_step_test (RunnelRunStep *step,
                       const char *condition,
                       gboolean *ret_value,
                       char **ret_account,
                       GError **error)
{
  g_autoptr(RunnelTemplate) template = runnel_template_new_condition (condition, error);
  g_autoptr(JsonNode) value = NULL;
  g_autofree char *trace = NULL;
  RunnelRunScope scope;

  if (template == NULL)
    return FALSE;
  _runnel_run_scope_init (&scope, step->run, step);
  value = runnel_template_evaluate_traced (template, &scope.scope, &trace, error);
  if (value == NULL)
    return FALSE;
  *ret_value = runnel_value_is_true (value);
  if (ret_account != NULL)
    *ret_account = make_account (condition, trace);
  return TRUE;
}

/*
 * _runnel_run_step_test_attempt:
 *
 * Like _runnel_run_step_test(), for a condition on an attempt that just ended: it is
 * `steps.self`, unless a step has that id, and what it has written is `steps.self.log`.
 */
gboolean
_runnel_run_step_test_attempt (RunnelRunStep *step,
                               const char *condition,
                               gboolean *ret_value,
                               char **ret_account,
                               GError **error)
{
  gboolean shown = _runnel_run_show_self (step);
  gboolean ok;

  /* Whoever asks has to say so; most do not, and then no file is read. */
  if (shown && strstr (condition, "log") != NULL)
    show_log (step);
  ok = _runnel_run_step_test (step, condition, ret_value, ret_account, error);
  if (shown)
    _runnel_run_hide_self (step->run);
  return ok;
}
