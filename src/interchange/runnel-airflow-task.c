/* runnel-airflow-task.c: a step as an operator of Airflow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"
#include "model/runnel-json-write.h"

/* The exit code by which a task of BashOperator says that it is skipped. */
#define SKIP 99

static void
add_argument (GString *call, const char *name, const char *value)
{
  g_string_append_printf (call, "        %s=%s,\n", name, value);
}

static void
add_seconds (GString *call, const char *name, gint64 duration)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *value = NULL;

  g_ascii_formatd (number, sizeof number, "%.9g", (double) duration / G_TIME_SPAN_SECOND);
  value = g_strdup_printf ("timedelta(seconds=%s)", number);
  add_argument (call, name, value);
}

/* Whether Airflow's own retries mean the same: its delay is constant or doubles. */
gboolean
_runnel_airflow_retries_itself (const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;

  return retry != NULL && retry->n_exit_codes == 0 && step->retry_condition == NULL
         && retry->jitter == 0 && retry->delay >= 0 && retry->max_delay >= 0
         && (retry->backoff == 1 || retry->backoff == 2);
}

static void
add_retries (GString *call, const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;
  g_autofree char *max = NULL;

  if (retry == NULL || retry->max == 0 || !_runnel_airflow_retries_itself (step))
    return;

  max = g_strdup_printf ("%u", retry->max);
  add_argument (call, "retries", max);
  add_seconds (call, "retry_delay", retry->delay);
  if (retry->backoff == 2)
    add_argument (call, "retry_exponential_backoff", "True");
  if (retry->max_delay > 0)
    add_seconds (call, "max_retry_delay", retry->max_delay);
}

static RunnelShellParts
choose_parts (const RunnelFlowStep *step)
{
  RunnelShellParts parts = RUNNEL_SHELL_BODY;

  if (!g_str_equal (step->shell, "sh"))
    parts |= RUNNEL_SHELL_INTERPRETER;
  if (step->continues)
    parts |= RUNNEL_SHELL_CONTINUE;
  if (step->retry != NULL && step->retry->max > 0 && !_runnel_airflow_retries_itself (step))
    parts |= RUNNEL_SHELL_RETRY | (step->timeout > 0 ? RUNNEL_SHELL_TIMEOUT : 0);

  return parts;
}

/* Skips the task where the condition does not hold; what can't be said is lost, which the table of
 * losses tells. */
static void
add_condition (GString *command, const RunnelFlowStep *step)
{
  g_autofree char *said = NULL;

  if (step->enabled == RUNNEL_DISABLED)
    g_string_append_printf (command, "exit %d # disabled\n", SKIP);
  if (step->condition == NULL)
    return;

  said = runnel_dialect_say_condition (&_runnel_airflow_jinja, step->condition, NULL, NULL);
  if (said != NULL)
    g_string_append_printf (command, "{# runnel: if %s #}{%% if not %s %%}exit %d{%% endif %%}\n",
                            step->condition, said, SKIP);
}

static void
add_artifacts (GString *command, const RunnelFlowStep *step)
{
  if (step->artifacts->len == 0)
    return;

  g_string_append_printf (command, "mkdir -p \"$RUNNEL_ARTIFACTS/%s\"\ncp -R --parents --",
                          step->id);
  for (guint i = 0; i < step->artifacts->len; i++)
    g_string_append_printf (command, " %s", (const char *) g_ptr_array_index (step->artifacts, i));
  g_string_append_printf (command, " \"$RUNNEL_ARTIFACTS/%s\"\n", step->id);
}

/* The body runs in a shell of its own, so that an `exit` in it ends no more than the body. */
static char *
make_command (const RunnelFlowStep *step)
{
  g_autoptr(GString) command = g_string_new (NULL);
  g_autofree char *lines = runnel_shell_say_step (step, choose_parts (step));
  g_autofree char *escaped = _runnel_airflow_jinja.escape (lines, NULL);

  add_condition (command, step);
  g_string_append (command, "set -e\n");
  if (step->outputs->len == 0 && step->artifacts->len == 0)
    {
      g_string_append (command, escaped);
      return g_string_free (g_steal_pointer (&command), FALSE);
    }

  if (step->outputs->len > 0)
    g_string_append (command, "RUNNEL_OUTPUT=$(mktemp)\nexport RUNNEL_OUTPUT\n");
  g_string_append_printf (command, "(\n%s)\n", escaped);
  add_artifacts (command, step);

  return g_string_free (g_steal_pointer (&command), FALSE);
}

/* A text in Jinja. What does not tell by itself what it was says so in a comment, which Jinja
 * leaves out: expressions, and values of a leg. (transfer full) */
static char *
say_value (const char *text, JsonObject *leg)
{
  g_autofree char *said = runnel_dialect_say_text (&_runnel_airflow_jinja, text, leg, NULL);
  gboolean is_plain =
    runnel_dialect_is_plain (text) && (leg == NULL || strstr (text, "${{") == NULL);

  if (said == NULL)
    return g_strdup ("");
  if (is_plain || strstr (text, "#}") != NULL)
    return g_steal_pointer (&said);

  return g_strdup_printf (RUNNEL_AIRFLOW_SAID "%s #}%s", text, said);
}

/* Adds `"NAME": "value", ` for each; of a leg, its values are put in. */
void
_runnel_airflow_add_variables (GString *dict, GArray *env, JsonObject *leg)
{
  for (guint i = 0; i < env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (env, RunnelFlowVariable, i);
      g_autofree char *said = say_value (variable->value, leg);
      g_autofree char *name = _runnel_airflow_quote (variable->name);
      g_autofree char *value = _runnel_airflow_quote (said);

      g_string_append_printf (dict, ", %s: %s", name, value);
    }
}

static char *
make_env (const RunnelFlowStep *step, JsonObject *leg)
{
  g_autoptr(GString) dict = g_string_new ("{**ENV");
  JsonObjectIter iter;
  const char *axis;
  JsonNode *value;

  if (leg != NULL)
    {
      json_object_iter_init (&iter, leg);
      while (json_object_iter_next (&iter, &axis, &value))
        {
          g_autofree char *name = runnel_parameters_get_variable ("RUNNEL_MATRIX_", axis);
          g_autofree char *text = runnel_value_to_text (value);
          g_autofree char *quoted = _runnel_airflow_quote (text);

          g_string_append_printf (dict, ", \"%s\": %s", name, quoted);
        }
    }
  _runnel_airflow_add_variables (dict, step->env, leg);
  g_string_append_c (dict, '}');

  return g_string_free (g_steal_pointer (&dict), FALSE);
}

/* The matrix as it is in the file, by which the legs become one again. */
static void
add_matrix (GString *call, const RunnelFlowStep *step)
{
  g_autoptr(GString) json = g_string_new (RUNNEL_AIRFLOW_MATRIX);
  g_autofree char *quoted = NULL;

  runnel_json_write_compact (json, step->matrix);
  quoted = _runnel_airflow_quote (json->str);
  add_argument (call, "doc_md", quoted);
}

static void
add_legs (GString *call, const RunnelFlowStep *step)
{
  g_string_append (call, "    ).expand(\n        env=[\n");
  for (guint i = 0; i < step->legs->combinations->len; i++)
    {
      g_autofree char *env = make_env (step, g_ptr_array_index (step->legs->combinations, i));

      g_string_append_printf (call, "            %s,\n", env);
    }
  g_string_append (call, "        ],\n");
}

static void
add_folder (GString *call, const RunnelFlowStep *step)
{
  g_autofree char *said = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *value = NULL;

  if (step->folder == NULL)
    return;

  said = runnel_dialect_say_text (&_runnel_airflow_jinja, step->folder, NULL, NULL);
  if (said == NULL)
    return;
  quoted = _runnel_airflow_quote (said);
  value = g_strdup_printf ("FOLDER + \"/\" + %s", quoted);
  add_argument (call, "cwd", value);
}

static void
add_bash (RunnelAirflow *self, GString *call, const RunnelFlowStep *step)
{
  g_autofree char *command = make_command (step);
  g_autofree char *lines = _runnel_airflow_quote_lines (command);
  g_autofree char *with_outputs = g_strconcat (lines, " + OUTPUTS", NULL);
  g_autofree char *env = NULL;

  add_argument (call, "bash_command", step->outputs->len > 0 ? with_outputs : lines);
  if (step->outputs->len > 0)
    add_argument (call, "output_processor", "json.loads");
  add_argument (call, "do_xcom_push", step->outputs->len > 0 ? "True" : "False");
  self->has_outputs |= step->outputs->len > 0;
  add_folder (call, step);
  if (step->legs != NULL)
    {
      if (step->legs->max_parallel > 0)
        g_string_append_printf (call, "        max_active_tis_per_dagrun=%u,\n",
                                step->legs->max_parallel);
      return;
    }
  env = make_env (step, NULL);
  add_argument (call, "env", env);
}

static void
add_approval (RunnelAirflow *self, GString *call, const RunnelFlowStep *step)
{
  const char *prompt = json_object_get_string_member_with_default (step->with, "prompt", "");
  const char *timeout = json_object_get_string_member_with_default (step->with, "timeout", NULL);
  const char *answer = json_object_get_string_member_with_default (step->with, "on-timeout", NULL);
  g_autofree char *said = runnel_dialect_say_text (&_runnel_airflow_jinja, prompt, NULL, NULL);
  g_autofree char *quoted = _runnel_airflow_quote (said != NULL ? said : prompt);
  gint64 duration;

  self->has_approval = TRUE;
  add_argument (call, "subject", quoted);
  add_argument (call, "fail_on_reject", "True");
  if (timeout != NULL && runnel_duration_parse (timeout, &duration, NULL))
    add_seconds (call, "execution_timeout", duration);
  if (timeout != NULL && g_strcmp0 (answer, "approve") == 0)
    add_argument (call, "defaults", "[\"Approve\"]");
  else if (timeout != NULL && g_strcmp0 (answer, "reject") == 0)
    add_argument (call, "defaults", "[\"Reject\"]");
}

/* The other pipeline as a DAG of its own, named after its file. */
static void
add_trigger (RunnelAirflow *self, GString *call, const RunnelFlowStep *step)
{
  const char *file = json_object_get_string_member_with_default (step->with, "file", "");
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *quoted = NULL;
  JsonNode *parameters = json_object_get_member (step->with, "parameters");

  self->has_trigger = TRUE;
  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  quoted = _runnel_airflow_quote (base);
  add_argument (call, "trigger_dag_id", quoted);
  add_argument (call, "wait_for_completion", "True");
  if (parameters != NULL && JSON_NODE_HOLDS_OBJECT (parameters))
    {
      g_autoptr(GArray) env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
      g_autoptr(GString) dict = g_string_new (NULL);
      g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (parameters));
      while (json_object_iter_next (&iter, &name, &value))
        {
          RunnelFlowVariable variable = { name, runnel_value_to_text (value) };

          g_ptr_array_add (texts, (gpointer) variable.value);
          g_array_append_val (env, variable);
        }
      _runnel_airflow_add_variables (dict, env, NULL);
      g_string_append_printf (call, "        conf={%s},\n", dict->len > 2 ? dict->str + 2 : "");
    }
}

static const char *
get_operator (const RunnelFlowStep *step)
{
  if (step->enabled == RUNNEL_BYPASSED)
    return "EmptyOperator";
  switch (step->body)
    {
    case RUNNEL_FLOW_SHELL:
      return "BashOperator";
    case RUNNEL_FLOW_APPROVAL:
      return "ApprovalOperator";
    case RUNNEL_FLOW_PIPELINE:
      return "TriggerDagRunOperator";
    default:
      return "EmptyOperator";
    }
}

static void
add_limits (GString *call, const RunnelFlowStep *step)
{
  g_autofree char *pool = step->pool != NULL ? _runnel_airflow_quote (step->pool) : NULL;
  gboolean is_looped = step->body == RUNNEL_FLOW_SHELL && step->retry != NULL
                       && step->retry->max > 0 && !_runnel_airflow_retries_itself (step);
  gboolean answers_in_time =
    step->body == RUNNEL_FLOW_APPROVAL && json_object_has_member (step->with, "timeout");

  add_retries (call, step);
  if (step->timeout > 0 && !is_looped && !answers_in_time)
    add_seconds (call, "execution_timeout", step->timeout);
  if (pool != NULL)
    add_argument (call, "pool", pool);
  if (pool != NULL && step->slots > 1)
    g_string_append_printf (call, "        pool_slots=%" G_GINT64_FORMAT ",\n", step->slots);
  if (step->priority != 0)
    g_string_append_printf (call, "        priority_weight=%d,\n", step->priority);
}

static void
add_losses (RunnelAirflow *self, const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_airflow, self->flow, step, self->options);

  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (self->text, "    # runnel: %s\n",
                            (const char *) g_ptr_array_index (losses, i));
}

/* The construct of Airflow that the step is, as it was written; NULL for any other step. */
static const char *
get_kept (const RunnelFlowStep *step)
{
  const char *system = json_object_get_string_member_with_default (step->with, "system", NULL);
  JsonNode *definition = json_object_get_member (step->with, "definition");

  if (step->body != RUNNEL_FLOW_FOREIGN || g_strcmp0 (system, runnel_target_airflow.name) != 0
      || definition == NULL || !JSON_NODE_HOLDS_VALUE (definition))
    return NULL;

  return json_node_get_string (definition);
}

/* The name of the function that a text defines; (transfer full) (nullable). */
static char *
find_function (const char *text)
{
  g_autoptr(GRegex) regex = g_regex_new ("^\\s*(?:async )?def (\\w+)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* A call becomes the value of the task's name; a function is defined before the DAG, and called. */
static void
add_kept (RunnelAirflow *self, const RunnelFlowStep *step, const char *kept)
{
  g_autofree char *function = g_str_has_prefix (kept, "@") || g_str_has_prefix (kept, "def ")
                                  || g_str_has_prefix (kept, "async ")
                                ? find_function (kept)
                                : NULL;

  if (function == NULL)
    {
      g_string_append_printf (self->text, "    %s = %s\n",
                              _runnel_airflow_get_variable (self, step->id), kept);
      return;
    }

  g_hash_table_add (self->taken, g_string_chunk_insert (self->strings, function));
  g_string_append_printf (self->functions, "\n%s\n\n", kept);
  g_string_append_printf (self->text, "    %s = %s()\n",
                          _runnel_airflow_get_variable (self, step->id), function);
}

/* Writes the task of a step. */
void
_runnel_airflow_add_task (RunnelAirflow *self,
                          const RunnelFlowStep *step,
                          const char *trigger_rule,
                          const char *hook)
{
  const char *operator= get_operator (step);
  g_autofree char *id = _runnel_airflow_quote (step->id);
  g_autofree char *title = _runnel_airflow_quote (step->title);
  gboolean is_bash = g_str_equal (operator, "BashOperator");

  add_losses (self, step);
  if (get_kept (step) != NULL)
    {
      add_kept (self, step, get_kept (step));
      return;
    }
  g_string_append_printf (self->text, "    %s = %s%s(\n",
                          _runnel_airflow_get_variable (self, step->id), operator,
                          is_bash && step->legs != NULL ? ".partial" : "");
  add_argument (self->text, "task_id", id);
  if (!g_str_equal (step->title, step->id))
    add_argument (self->text, "task_display_name", title);
  if (is_bash)
    add_bash (self, self->text, step);
  else if (g_str_equal (operator, "ApprovalOperator"))
    add_approval (self, self->text, step);
  else if (g_str_equal (operator, "TriggerDagRunOperator"))
    add_trigger (self, self->text, step);
  else
    self->has_empty = TRUE;
  add_limits (self->text, step);
  if (trigger_rule != NULL)
    g_string_append_printf (self->text, "        trigger_rule=\"%s\",\n", trigger_rule);
  if (hook != NULL)
    g_string_append_printf (self->text, "        doc_md=\"runnel: hook %s\",\n", hook);
  if (is_bash && step->legs != NULL)
    {
      add_matrix (self->text, step);
      add_legs (self->text, step);
    }
  g_string_append (self->text, "    )\n");
}
