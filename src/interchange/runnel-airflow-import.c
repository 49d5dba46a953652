/* runnel-airflow-import.c: a DAG file of Apache Airflow as a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Python reads the syntax tree of the file (readers/airflow.py); nothing of the file is executed.
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

#include "interchange/runnel-readers.h"

#define READER "/org/runnel/interchange/airflow.py"

static JsonObject *
get_object (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Running the reader. */

static char *
run_reader (const char *text, gsize length, GError **error)
{
  g_autoptr(GBytes) script = g_resource_lookup_data (runnel_readers_get_resource (), READER,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(GSubprocess) python = NULL;
  g_autoptr(GBytes) input = g_bytes_new (text, length);
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GError) problem = NULL;

  /* -I: neither the folder it runs in nor the environment of the user brings modules of their own.
   */
  python =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                      &problem, "python3", "-I", "-c", g_bytes_get_data (script, NULL), NULL);
  if (python == NULL || !g_subprocess_communicate (python, input, NULL, &output, NULL, &problem))
    {
      g_set_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_UNKNOWN,
                   "Files of Airflow are read with python3, which can't be started: %s",
                   problem->message);
      return NULL;
    }
  if (!g_subprocess_get_successful (python))
    {
      g_set_error_literal (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX,
                           "python3 could not read the file");
      return NULL;
    }

  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static JsonNode *
read_tree (const char *text, gsize length, GError **error)
{
  g_autofree char *output = run_reader (text, length, error);
  g_autoptr(JsonNode) tree = NULL;
  const char *problem;

  if (output == NULL)
    return NULL;
  tree = json_from_string (output, error);
  if (tree == NULL)
    return NULL;

  problem = _runnel_airflow_get_string (json_node_get_object (tree), "error");
  if (problem != NULL)
    {
      g_set_error (
        error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX,
        "line %" G_GINT64_FORMAT ", column %" G_GINT64_FORMAT ": %s",
        json_object_get_int_member_with_default (json_node_get_object (tree), "line", 0),
        json_object_get_int_member_with_default (json_node_get_object (tree), "column", 0),
        problem);
      return NULL;
    }

  return g_steal_pointer (&tree);
}

/* The DAG. */

static gboolean
are_texts (JsonArray *values)
{
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonNode *value = json_array_get_element (values, i);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        return FALSE;
    }

  return TRUE;
}

static void
add_parameter (JsonObject *parameters, const char *name, JsonNode *value)
{
  JsonObject *parameter = json_object_new ();
  JsonObject *param =
    JSON_NODE_HOLDS_OBJECT (value) ? get_object (json_node_get_object (value), "$param") : NULL;
  JsonNode *initial = param != NULL ? json_object_get_member (param, "default") : value;
  JsonNode *choices = param != NULL ? json_object_get_member (param, "enum") : NULL;
  const char *type = _runnel_airflow_get_string (param, "type");

  if (choices != NULL && JSON_NODE_HOLDS_ARRAY (choices)
      && are_texts (json_node_get_array (choices)))
    {
      json_object_set_string_member (parameter, "type", "choice");
      json_object_set_member (parameter, "choices", json_node_copy (choices));
    }
  else if (g_strcmp0 (type, "boolean") == 0 || g_strcmp0 (type, "number") == 0)
    json_object_set_string_member (parameter, "type", type);
  else if (g_strcmp0 (type, "integer") == 0)
    json_object_set_string_member (parameter, "type", "number");
  if (initial != NULL && JSON_NODE_HOLDS_VALUE (initial))
    json_object_set_member (parameter, "default", json_node_copy (initial));
  else if (param != NULL && initial == NULL)
    json_object_set_boolean_member (parameter, "required", TRUE);
  runnel_import_set_string (parameter, "description",
                            _runnel_airflow_get_string (param, "description"));
  json_object_set_object_member (parameters, name, parameter);
}

static void
read_parameters (JsonObject *pipeline, JsonObject *arguments)
{
  JsonObject *params = get_object (arguments, "params");
  JsonObject *parameters;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (params == NULL || json_object_get_size (params) == 0)
    return;

  parameters = json_object_new ();
  json_object_iter_init (&iter, params);
  while (json_object_iter_next (&iter, &name, &value))
    add_parameter (parameters, name, value);
  json_object_set_object_member (pipeline, "parameters", parameters);
}

static void
read_limits (JsonObject *pipeline, JsonObject *arguments)
{
  gint64 jobs = json_object_get_int_member_with_default (arguments, "max_active_tasks", 0);
  gint64 runs = json_object_get_int_member_with_default (arguments, "max_active_runs", 0);
  JsonObject *concurrency;

  if (jobs <= 0 && runs <= 0)
    return;

  concurrency = json_object_new ();
  if (jobs > 0)
    json_object_set_int_member (concurrency, "jobs", jobs);
  if (runs > 0)
    json_object_set_string_member (concurrency, "policy", "queue");
  if (runs > 1)
    json_object_set_int_member (concurrency, "max", runs);
  json_object_set_object_member (pipeline, "concurrency", concurrency);
}

static void
read_schedule (JsonObject *pipeline, JsonObject *arguments)
{
  const char *schedule = _runnel_airflow_get_string (arguments, "schedule");
  JsonArray *triggers;
  JsonObject *trigger;

  if (schedule == NULL)
    return;

  triggers = json_array_new ();
  trigger = json_object_new ();
  json_object_set_string_member (trigger, "kind", "schedule");
  json_object_set_string_member (trigger, "cron", schedule);
  json_array_add_object_element (triggers, trigger);
  json_object_set_array_member (pipeline, "triggers", triggers);
}

/* Of the environment that exported files call ENV, what is the pipeline's own. */
static void
read_environment (JsonObject *pipeline, JsonObject *names)
{
  JsonObject *variables = get_object (names, "ENV");
  JsonObject *env = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (variables != NULL)
    {
      json_object_iter_init (&iter, variables);
      while (json_object_iter_next (&iter, &name, &value))
        if (!g_str_has_prefix (name, "RUNNEL_"))
          json_object_set_member (env, name, _runnel_airflow_read_value (value));
    }
  if (json_object_get_size (env) > 0)
    json_object_set_object_member (pipeline, "env", json_object_ref (env));
  json_object_unref (env);
}

/* Arguments of the DAG that the format has no word for. */
static void
keep_arguments (JsonObject *pipeline, JsonObject *arguments)
{
  static const char *const known[] = {
    "dag_id",  "dag_display_name", "description", "schedule",     "start_date",
    "catchup", "max_active_tasks", "params",      "default_args", "max_active_runs",
    NULL,
  };
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, arguments);
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_strv_contains (known, name))
      runnel_import_keep (pipeline, runnel_target_airflow.name, name, json_node_copy (value));
}

static void
note_skipped (RunnelImport *import, JsonObject *dag)
{
  JsonNode *node = json_object_get_member (dag, "skipped");

  for (guint i = 0; node != NULL && i < json_array_get_length (json_node_get_array (node)); i++)
    runnel_import_note (import, json_array_get_int_element (json_node_get_array (node), i), 1, NULL,
                        "a loop or condition of Python is not read: what it makes is known only "
                        "when the file runs");
}

static void
read_dag (RunnelImport *import, JsonObject *tree, JsonObject *dag, const char *path)
{
  JsonObject *arguments = json_object_get_object_member (dag, "arguments");
  const char *id = _runnel_airflow_get_string (arguments, "dag_id");
  const char *title = _runnel_airflow_get_string (arguments, "dag_display_name");
  g_autofree char *base = g_path_get_basename (path);
  JsonObject *pipeline;

  if (g_str_has_suffix (base, ".py"))
    base[strlen (base) - strlen (".py")] = '\0';
  pipeline = runnel_import_add_pipeline (import, id != NULL ? id : base,
                                         title != NULL ? title
                                         : id != NULL  ? id
                                                       : base);
  runnel_import_set_string (pipeline, "description",
                            _runnel_airflow_get_string (arguments, "description"));
  read_parameters (pipeline, arguments);
  read_environment (pipeline, get_object (tree, "names"));
  read_limits (pipeline, arguments);
  read_schedule (pipeline, arguments);
  keep_arguments (pipeline, arguments);
  runnel_import_keep (pipeline, runnel_target_airflow.name, "imports",
                      json_node_copy (json_object_get_member (tree, "imports")));
  note_skipped (import, dag);
  _runnel_airflow_read_tasks (import, tree, dag);
}

/* Implements `import` of RunnelTarget. */
gboolean
_runnel_airflow_import (RunnelImport *import,
                        const char *path,
                        const char *text,
                        gsize length,
                        GError **error)
{
  g_autoptr(JsonNode) tree = read_tree (text, length, error);
  JsonArray *dags;

  if (tree == NULL)
    return FALSE;

  dags = json_object_get_array_member (json_node_get_object (tree), "dags");
  if (json_array_get_length (dags) == 0)
    {
      g_set_error_literal (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID,
                           "line 1, column 1: there is no DAG with tasks that can be known without "
                           "running the file");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (dags); i++)
    read_dag (import, json_node_get_object (tree), json_array_get_object_element (dags, i), path);

  return TRUE;
}

/* Implements `detect` of RunnelTarget. */
guint
_runnel_airflow_detect (const char *path, const char *text, gsize length)
{
  if (!g_str_has_suffix (path, ".py"))
    return 0;
  if (g_strstr_len (text, length, "from airflow") != NULL
      || g_strstr_len (text, length, "import airflow") != NULL)
    return 90;

  return 0;
}
