/* runnel-airflow-export.c: a pipeline as a DAG file for Apache Airflow 3
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include "engine/runnel-run.h"

/* Lines after a body that has outputs: the last line on standard output is what Airflow keeps. */
#define OUTPUTS                                                                                    \
  "OUTPUTS = r\"\"\"\n"                                                                            \
  "python3 -c '\n"                                                                                 \
  "import json, sys\n"                                                                             \
  "values, lines = {}, iter(open(sys.argv[1]).read().splitlines())\n"                              \
  "for line in lines:\n"                                                                           \
  "    name, equals, value = line.partition(\"=\")\n"                                              \
  "    if not equals or \"<<\" in name:\n"                                                         \
  "        name, _, end = line.partition(\"<<\")\n"                                                \
  "        value = \"\\n\".join(iter(lambda: next(lines, end), end))\n"                            \
  "    values[name] = value\n"                                                                     \
  "print(json.dumps(values))\n"                                                                    \
  "' \"$RUNNEL_OUTPUT\"\n"                                                                         \
  "\"\"\"\n"

#define CHECK_OUTCOME                                                                              \
  "def check_outcome(steps, ti):\n"                                                                \
  "    \"\"\"Fails when one of these steps failed; others have somebody who handles that.\"\"\"\n" \
  "    states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id]\n"            \
  "    failed = [step for step in steps for task, state in states.items()\n"                       \
  "              if state == \"failed\" and (task == step or task.rpartition(\"_\")[0] == "        \
  "step)]\n"                                                                                       \
  "    if failed:\n"                                                                               \
  "        raise AirflowException(\"failed: \" + \", \".join(failed))\n"

/* What steps that were kept as they are may need. */
static void
add_kept_imports (RunnelAirflow *self, GString *text)
{
  JsonObject *kept = runnel_flow_get_foreign (self->flow->foreign, runnel_target_airflow.name);
  JsonNode *imports = kept != NULL ? json_object_get_member (kept, "imports") : NULL;

  if (imports == NULL || !JSON_NODE_HOLDS_ARRAY (imports)
      || !runnel_flow_asks (self->flow, RUNNEL_FEATURE_FOREIGN))
    return;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (imports)); i++)
    g_string_append_printf (text, "%s\n",
                            json_array_get_string_element (json_node_get_array (imports), i));
}

static void
add_imports (RunnelAirflow *self, GString *text)
{
  g_string_append (text, "import json\nimport os\nfrom datetime import datetime, timedelta\n"
                         "from pathlib import Path\n\n");
  if (self->has_outcome)
    g_string_append (text, "from airflow.exceptions import AirflowException\n");
  g_string_append (text, "from airflow.providers.standard.operators.bash import BashOperator\n");
  if (self->has_empty)
    g_string_append (text,
                     "from airflow.providers.standard.operators.empty import EmptyOperator\n");
  if (self->has_approval)
    g_string_append (text,
                     "from airflow.providers.standard.operators.hitl import ApprovalOperator\n");
  if (self->has_outcome)
    g_string_append (text,
                     "from airflow.providers.standard.operators.python import PythonOperator\n");
  if (self->has_trigger)
    g_string_append (text, "from airflow.providers.standard.operators.trigger_dagrun import "
                           "TriggerDagRunOperator\n");
  g_string_append (text, "from airflow.sdk import DAG, Param\n");
  add_kept_imports (self, text);
  g_string_append_c (text, '\n');
}

/* The environment of all tasks: the pipeline's, and its parameters. */
static void
add_environment (RunnelAirflow *self, GString *text)
{
  g_autoptr(GString) dict = g_string_new (NULL);

  _runnel_airflow_add_variables (dict, self->flow->env, NULL);
  for (guint i = 0; i < self->flow->n_parameters; i++)
    {
      const RunnelParameter *parameter = &self->flow->parameters[i];
      g_autofree char *name = runnel_parameters_get_variable ("RUNNEL_PARAM_", parameter->name);
      gboolean is_text =
        parameter->type == RUNNEL_PARAMETER_STRING || parameter->type == RUNNEL_PARAMETER_CHOICE;

      g_string_append_printf (dict, ", \"%s\": \"{{ params['%s']%s }}\"", name, parameter->name,
                              is_text ? "" : " | tojson");
    }
  if (runnel_flow_asks (self->flow, RUNNEL_FEATURE_ARTIFACTS))
    g_string_append (dict, ", \"RUNNEL_ARTIFACTS\": FOLDER + \"/.runnel/{{ run_id }}\"");
  g_string_append_printf (text, "ENV = {%s}\n", dict->len > 2 ? dict->str + 2 : "");
}

static const char *
get_type (RunnelParameterType type)
{
  switch (type)
    {
    case RUNNEL_PARAMETER_NUMBER:
      return "number";
    case RUNNEL_PARAMETER_BOOLEAN:
      return "boolean";
    default:
      return "string";
    }
}

/* A JSON value as one of Python. */
static char *
say_value (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("None");
  if (!JSON_NODE_HOLDS_VALUE (value))
    return json_to_string (value, FALSE);
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return _runnel_airflow_quote (json_node_get_string (value));
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? "True" : "False");

  return runnel_value_to_text (value);
}

static void
add_parameter (GString *text, const RunnelParameter *parameter)
{
  g_autofree char *name = _runnel_airflow_quote (parameter->name);
  g_autofree char *value = say_value (parameter->default_value);
  gboolean is_open = parameter->default_value == NULL && !parameter->required;

  g_string_append_printf (text, "        %s: Param(", name);
  if (parameter->default_value != NULL || !parameter->required)
    g_string_append_printf (text, "%s, ", value);
  g_string_append_printf (text, is_open ? "type=[\"null\", \"%s\"]" : "type=\"%s\"",
                          get_type (parameter->type));
  if (parameter->choices != NULL)
    {
      g_string_append (text, ", enum=[");
      for (guint i = 0; parameter->choices[i] != NULL; i++)
        {
          g_autofree char *choice = _runnel_airflow_quote (parameter->choices[i]);

          g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", choice);
        }
      g_string_append (text, is_open ? ", None]" : "]");
    }
  if (parameter->description != NULL)
    {
      g_autofree char *description = _runnel_airflow_quote (parameter->description);

      g_string_append_printf (text, ", description=%s", description);
    }
  g_string_append (text, "),\n");
}

/* The cron line of the first trigger that is a schedule, or NULL. */
static const char *
find_schedule (const RunnelFlow *flow)
{
  guint n_triggers = flow->triggers != NULL ? json_array_get_length (flow->triggers) : 0;

  for (guint i = 0; i < n_triggers; i++)
    {
      JsonNode *node = json_array_get_element (flow->triggers, i);
      JsonObject *trigger = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (trigger != NULL
          && g_strcmp0 (json_object_get_string_member_with_default (trigger, "kind", NULL),
                        "schedule")
               == 0)
        return json_object_get_string_member_with_default (trigger, "cron", NULL);
    }

  return NULL;
}

static void
add_dag (RunnelAirflow *self, GString *text, const char *stem)
{
  const RunnelFlow *flow = self->flow;
  const char *schedule = find_schedule (flow);
  g_autofree char *quoted_schedule = schedule != NULL ? _runnel_airflow_quote (schedule) : NULL;
  g_autofree char *title = flow->name != NULL ? _runnel_airflow_quote (flow->name) : NULL;

  g_string_append_printf (text, "with DAG(\n    dag_id=\"%s\",\n", stem);
  if (title != NULL && *flow->name != '\0')
    g_string_append_printf (text, "    dag_display_name=%s,\n", title);
  if (flow->description != NULL)
    {
      g_autofree char *description = _runnel_airflow_quote (flow->description);

      g_string_append_printf (text, "    description=%s,\n", description);
    }
  g_string_append_printf (text,
                          "    schedule=%s,\n    start_date=datetime(2025, 1, 1),\n"
                          "    catchup=False,\n",
                          quoted_schedule != NULL ? quoted_schedule : "None");
  if (flow->jobs > 0)
    g_string_append_printf (text, "    max_active_tasks=%u,\n", flow->jobs);
  if (runnel_flow_asks (flow, RUNNEL_FEATURE_GROUP))
    g_string_append_printf (text, "    max_active_runs=%u,\n", MAX (flow->max, 1));
  if (flow->n_parameters > 0)
    {
      g_string_append (text, "    params={\n");
      for (guint i = 0; i < flow->n_parameters; i++)
        add_parameter (text, &flow->parameters[i]);
      g_string_append (text, "    },\n");
    }
  g_string_append (text, "    default_args={\"append_env\": True, \"cwd\": FOLDER},\n) as dag:\n");
}

/* The file from its parts: what the tasks turned out to need stands before them. */
static char *
compose (RunnelAirflow *self, const char *stem)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_airflow, self->flow, NULL, self->options);
  g_autofree char *origin =
    g_strdup_printf ("Made by Runnel from %s; edit that and export it again.",
                     self->flow->file != NULL ? self->flow->file : "a pipeline");

  _runnel_airflow_add_comment (text, "", origin);
  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (text, "# runnel: %s\n", (const char *) g_ptr_array_index (losses, i));
  add_imports (self, text);
  g_string_append (
    text, "# Where the tasks work: set RUNNEL_FOLDER to the project's folder on the workers.\n"
          "FOLDER = os.environ.get(\"RUNNEL_FOLDER\", str(Path(__file__).parent))\n");
  add_environment (self, text);
  if (self->has_outputs)
    g_string_append (text, OUTPUTS);
  g_string_append (text, "\n");
  if (self->has_outcome)
    g_string_append (text, "\n" CHECK_OUTCOME "\n\n");
  g_string_append_len (text, self->functions->str, self->functions->len);
  add_dag (self, text, stem);
  g_string_append_len (text, self->text->str, self->text->len);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Implements `export` of RunnelTarget. */
gboolean
_runnel_airflow_export (const RunnelFlow *flow,
                        const RunnelExportOptions *options,
                        GPtrArray *files,
                        GError **error)
{
  RunnelAirflow self = { .flow = flow, .options = options, .text = g_string_new (NULL) };
  g_autofree char *stem = runnel_target_get_stem (flow);
  g_autofree char *path = runnel_target_get_path (&runnel_target_airflow, flow);

  self.variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.taken = g_hash_table_new (g_str_hash, g_str_equal);
  self.strings = g_string_chunk_new (256);
  self.functions = g_string_new (NULL);
  for (guint i = 0; i < flow->order->len; i++)
    {
      const RunnelFlowStep *step =
        runnel_flow_get_step (flow, g_array_index (flow->order, guint, i));

      _runnel_airflow_add_task (&self, step, _runnel_airflow_get_rule (step), NULL);
    }
  g_string_append (self.text, "\n");
  _runnel_airflow_add_links (&self);
  _runnel_airflow_add_ends (&self);
  runnel_export_add_file (files, path, compose (&self, stem), 0644);
  g_string_free (self.text, TRUE);
  g_hash_table_unref (self.taken);
  g_string_chunk_free (self.strings);
  g_string_free (self.functions, TRUE);
  g_hash_table_unref (self.variables);

  return TRUE;
}
