/* runnel-airflow-read-task.c: tasks of Airflow as steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"

#define SYSTEM (runnel_target_airflow.name)

/* A member that is a text, or NULL. */
const char *
_runnel_airflow_get_string (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* Values. */

/* Jinja that has a counterpart in our language: what it is, and what of ours it becomes. What one
 * of them has made, with a `$` before it, is nothing for the next. */
static const struct
{
  const char *pattern;
  const char *expression;
} templates[] = {
  { "\\{\\{ '(\\{[{%#])' \\}\\}", "\\1" },
  { "(?<!\\$)\\{\\{\\s*params\\['([A-Za-z_][\\w-]*)'\\](?:\\s*\\|\\s*tojson)?\\s*\\}\\}",
    "${{ params.\\1 }}" },
  { "(?<!\\$)\\{\\{\\s*params\\.([A-Za-z_]\\w*)\\s*\\}\\}", "${{ params.\\1 }}" },
  { "(?<!\\$)\\{\\{\\s*var\\.value\\.get\\('([A-Za-z_][\\w-]*)'\\)\\s*\\}\\}",
    "${{ secrets.\\1 }}" },
  { "(?<!\\$)\\{\\{\\s*\\(ti\\.xcom_pull\\(task_ids='([\\w.-]+)'\\) or "
    "\\{\\}\\)\\.get\\('([\\w-]+)', "
    "''\\)\\s*\\}\\}",
    "${{ steps.\\1.outputs.\\2 }}" },
};

/* Says the Jinja of a text in our language; what has no counterpart stays. */
static char *
read_jinja (const char *text)
{
  char *said = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      g_autoptr(GRegex) regex = g_regex_new (templates[i].pattern, 0, 0, NULL);
      g_autofree char *before = said;

      said = g_regex_replace (regex, before, -1, 0, templates[i].expression, 0, NULL);
    }

  return said;
}

/* A value of the file as one of the document. */
JsonNode *
_runnel_airflow_read_value (JsonNode *value)
{
  g_autofree char *text = runnel_value_to_text (value);
  const char *end = strstr (text, " #}");
  g_autofree char *said = NULL;

  if (g_str_has_prefix (text, RUNNEL_AIRFLOW_SAID) && end != NULL)
    said =
      g_strndup (text + strlen (RUNNEL_AIRFLOW_SAID), end - text - strlen (RUNNEL_AIRFLOW_SAID));
  else
    said = read_jinja (text);

  return json_node_init_string (json_node_alloc (), said);
}

static gboolean
has_jinja (const char *text)
{
  return strstr (text, "{{") != NULL || strstr (text, "{%") != NULL || strstr (text, "{#") != NULL;
}

/* An argument of the task, or else of the DAG's default_args. */
JsonNode *
_runnel_airflow_get_argument (RunnelAirflowReading *self, JsonObject *arguments, const char *name)
{
  JsonNode *own = json_object_get_member (arguments, name);

  if (own != NULL)
    return own;

  return self->defaults != NULL ? json_object_get_member (self->defaults, name) : NULL;
}

/* A timedelta, or a number of seconds, as the format says it; (transfer full) (nullable). */
static char *
read_span (JsonNode *node)
{
  double seconds = 0;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node)
      && json_object_has_member (json_node_get_object (node), "$seconds"))
    seconds = json_object_get_double_member (json_node_get_object (node), "$seconds");
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING)
    seconds = json_node_get_double (node);

  return seconds > 0 ? runnel_duration_to_string ((gint64) (seconds * G_TIME_SPAN_SECOND + 0.5))
                     : NULL;
}

/* What a task does. */

/* Takes `prefix` off the start of `*text`. */
static gboolean
skip (const char **text, const char *prefix)
{
  if (!g_str_has_prefix (*text, prefix))
    return FALSE;
  *text += strlen (prefix);

  return TRUE;
}

static void
read_artifacts (JsonObject *step, const char *line)
{
  g_auto(GStrv) words = g_strsplit (line, " ", -1);
  JsonArray *artifacts = json_array_new ();
  guint n_words = g_strv_length (words);

  for (guint i = 0; i + 1 < n_words; i++) /* the last is the folder they go to */
    json_array_add_string_element (artifacts, words[i]);
  json_object_set_array_member (step, "artifacts", artifacts);
}

/* The lines between the parentheses that exported files put around a body, and what follows them.
 */
static char *
unwrap_body (JsonObject *step, const char *text)
{
  const char *copy = "mkdir -p \"$RUNNEL_ARTIFACTS/";
  const char *end;

  skip (&text, "RUNNEL_OUTPUT=$(mktemp)\nexport RUNNEL_OUTPUT\n");
  if (!skip (&text, "(\n"))
    return g_strdup (text);

  end = g_strrstr (text, "\n)\n");
  if (end == NULL)
    return NULL;
  if (g_str_has_prefix (end + 3, copy))
    {
      const char *files = strstr (end, "cp -R --parents -- ");
      g_autofree char *line =
        files != NULL ? g_strndup (files + 19, strcspn (files + 19, "\n")) : NULL;

      if (line != NULL)
        read_artifacts (step, line);
    }

  return g_strndup (text, end + 1 - text);
}

/* Takes the line with the condition off an exported command. */
static void
read_condition (JsonObject *step, const char **text)
{
  const char *end;

  if (skip (text, "exit 99 # disabled\n"))
    json_object_set_boolean_member (step, "disabled", TRUE);
  if (!g_str_has_prefix (*text, "{# runnel: if "))
    return;

  end = strstr (*text, " #}");
  if (end == NULL)
    return;
  {
    const char *start = *text + strlen ("{# runnel: if ");
    g_autofree char *condition = g_strndup (start, end - start);

    json_object_set_string_member (step, "if", condition);
  }
  *text = strchr (end, '\n') != NULL ? strchr (end, '\n') + 1 : end + strlen (end);
}

/* A command that Runnel wrote. */
static gboolean
read_own_command (RunnelAirflowReading *self, JsonObject *step, const char *command)
{
  g_autofree char *without_outputs = NULL;
  g_autofree char *body = NULL;
  g_autofree char *lines = NULL;
  const char *text;

  if (self->outputs != NULL && g_str_has_suffix (command, self->outputs))
    without_outputs = g_strndup (command, strlen (command) - strlen (self->outputs));
  text = without_outputs != NULL ? without_outputs : command;
  read_condition (step, &text);
  if (!skip (&text, "set -e\n"))
    return FALSE;

  body = unwrap_body (step, text);
  if (body == NULL)
    return FALSE;
  lines = read_jinja (body);
  if (has_jinja (body) && g_str_equal (lines, body))
    return FALSE;
  runnel_shell_read_step (lines, NULL, step);

  return TRUE;
}

/* A command of somebody else: Airflow gives it to bash, which goes on after a line that fails. */
static void
set_script (JsonObject *step, const char *command)
{
  JsonObject *with = json_object_new ();

  json_object_set_string_member (with, "run", command);
  json_object_set_string_member (with, "shell", "bash --norc");
  json_object_set_object_member (step, "with", with);
}

static void
set_foreign (JsonObject *step, JsonObject *task)
{
  JsonObject *with = json_object_new ();
  const char *function = _runnel_airflow_get_string (task, "function");

  json_object_set_string_member (step, "kind", "foreign");
  json_object_set_string_member (with, "system", SYSTEM);
  json_object_set_string_member (
    with, "definition", function != NULL ? function : _runnel_airflow_get_string (task, "source"));
  json_object_set_object_member (step, "with", with);
}

/* How long an approval waits, and what counts as the answer then. */
static void
read_answer (RunnelAirflowReading *self, JsonObject *with, JsonObject *arguments)
{
  g_autofree char *timeout =
    read_span (_runnel_airflow_get_argument (self, arguments, "execution_timeout"));
  JsonNode *defaults = json_object_get_member (arguments, "defaults");
  g_autofree char *answer = NULL;

  if (timeout == NULL)
    return;

  json_object_set_string_member (with, "timeout", timeout);
  if (defaults != NULL && JSON_NODE_HOLDS_ARRAY (defaults)
      && json_array_get_length (json_node_get_array (defaults)) == 1)
    answer = runnel_value_to_text (json_array_get_element (json_node_get_array (defaults), 0));
  if (g_strcmp0 (answer, "Approve") == 0)
    json_object_set_string_member (with, "on-timeout", "approve");
  else if (g_strcmp0 (answer, "Reject") == 0)
    json_object_set_string_member (with, "on-timeout", "reject");
}

/* A DAG that is waited for is a pipeline of its own, in a file of that name. */
static gboolean
read_pipeline (JsonObject *step, JsonObject *arguments)
{
  const char *id = _runnel_airflow_get_string (arguments, "trigger_dag_id");
  JsonNode *conf = json_object_get_member (arguments, "conf");
  g_autofree char *file = id != NULL ? g_strconcat (id, RUNNEL_FILE_SUFFIX, NULL) : NULL;
  JsonObject *with;

  if (id == NULL
      || !json_object_get_boolean_member_with_default (arguments, "wait_for_completion", FALSE)
      || (conf != NULL
          && (!JSON_NODE_HOLDS_OBJECT (conf)
              || json_object_has_member (json_node_get_object (conf), "$source"))))
    return FALSE;

  with = json_object_new ();
  json_object_set_string_member (step, "kind", "pipeline");
  json_object_set_string_member (with, "file", file);
  if (conf != NULL)
    {
      JsonObject *parameters = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (conf));
      while (json_object_iter_next (&iter, &name, &value))
        json_object_set_member (parameters, name, _runnel_airflow_read_value (value));
      json_object_set_object_member (with, "parameters", parameters);
    }
  json_object_set_object_member (step, "with", with);

  return TRUE;
}

static void
read_deed (RunnelAirflowReading *self, JsonObject *step, JsonObject *task, JsonObject *arguments)
{
  const char *operator= _runnel_airflow_get_string (task, "operator");
  const char *command = _runnel_airflow_get_string (arguments, "bash_command");
  const char *prompt = _runnel_airflow_get_string (arguments, "subject");

  if (g_str_equal (operator, "BashOperator") && command != NULL
      && read_own_command (self, step, command))
    return;
  if (g_str_equal (operator, "BashOperator") && command != NULL && !has_jinja (command))
    {
      set_script (step, command);
      return;
    }
  if (g_str_equal (operator, "ApprovalOperator") && prompt != NULL)
    {
      g_autofree char *said = read_jinja (prompt);
      JsonObject *with = json_object_new ();

      json_object_set_string_member (step, "kind", "approval");
      json_object_set_string_member (with, "prompt", said);
      read_answer (self, with, arguments);
      json_object_set_object_member (step, "with", with);
      return;
    }
  if (g_str_equal (operator, "TriggerDagRunOperator") && read_pipeline (step, arguments))
    return;
  set_foreign (step, task);
  runnel_import_note (self->import, json_object_get_int_member (task, "line"),
                      json_object_get_int_member (task, "column"),
                      _runnel_airflow_get_string (step, "id"),
                      "a %s is kept as it is written", operator);
}

static void
read_env (RunnelAirflowReading *self, JsonObject *step, JsonObject *arguments)
{
  JsonNode *node = json_object_get_member (arguments, "env");
  JsonObject *env = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)
      && !json_object_has_member (json_node_get_object (node), "$source"))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &value))
        {
          JsonNode *common =
            self->common != NULL ? json_object_get_member (self->common, name) : NULL;

          if (common == NULL || !json_node_equal (common, value))
            json_object_set_member (env, name, _runnel_airflow_read_value (value));
        }
    }
  if (json_object_get_size (env) > 0)
    json_object_set_object_member (step, "env", json_object_ref (env));
  json_object_unref (env);
}

static void
read_retry (RunnelAirflowReading *self, JsonObject *step, JsonObject *arguments)
{
  JsonNode *retries = _runnel_airflow_get_argument (self, arguments, "retries");
  JsonNode *exponential =
    _runnel_airflow_get_argument (self, arguments, "retry_exponential_backoff");
  g_autofree char *delay =
    read_span (_runnel_airflow_get_argument (self, arguments, "retry_delay"));
  g_autofree char *most =
    read_span (_runnel_airflow_get_argument (self, arguments, "max_retry_delay"));
  JsonObject *retry;

  if (retries == NULL || !JSON_NODE_HOLDS_VALUE (retries) || json_node_get_int (retries) <= 0)
    return;

  retry = json_object_new ();
  json_object_set_int_member (retry, "max", json_node_get_int (retries));
  runnel_import_set_string (retry, "delay", delay);
  if (exponential != NULL && JSON_NODE_HOLDS_VALUE (exponential)
      && runnel_value_is_true (exponential))
    json_object_set_int_member (retry, "backoff", 2);
  runnel_import_set_string (retry, "max-delay", most);
  json_object_set_object_member (step, "retry", retry);
}

static void
read_pool (JsonObject *step, JsonObject *arguments)
{
  const char *name = _runnel_airflow_get_string (arguments, "pool");
  gint64 slots = json_object_get_int_member_with_default (arguments, "pool_slots", 1);
  gint64 weight = json_object_get_int_member_with_default (arguments, "priority_weight", 0);
  JsonObject *pool;

  if (weight != 0)
    json_object_set_int_member (step, "priority", weight);
  if (name == NULL)
    return;
  if (slots <= 1)
    {
      json_object_set_string_member (step, "pool", name);
      return;
    }
  pool = json_object_new ();
  json_object_set_string_member (pool, "name", name);
  json_object_set_int_member (pool, "slots", slots);
  json_object_set_object_member (step, "pool", pool);
}

static void
read_folder (JsonObject *step, JsonObject *arguments)
{
  const char *folder = _runnel_airflow_get_string (arguments, "cwd");
  g_autofree char *said = NULL;

  if (folder == NULL || g_str_equal (folder, "$FOLDER"))
    return;
  if (g_str_has_prefix (folder, "$FOLDER/"))
    folder += strlen ("$FOLDER/");
  said = read_jinja (folder);
  json_object_set_string_member (step, "working-directory", said);
}

static void
read_task (RunnelAirflowReading *self, JsonObject *task)
{
  JsonObject *arguments = json_object_get_object_member (task, "arguments");
  const char *id = _runnel_airflow_get_string (task, "id");
  const char *title = _runnel_airflow_get_string (arguments, "task_display_name");
  g_autofree char *timeout =
    read_span (_runnel_airflow_get_argument (self, arguments, "execution_timeout"));
  const char *mark = _runnel_airflow_get_string (arguments, "doc_md");
  const char *point = mark != NULL && skip (&mark, RUNNEL_AIRFLOW_HOOK) ? mark : NULL;
  JsonObject *step = point != NULL ? runnel_import_add_hook (self->import, point, id, "script")
                                   : runnel_import_add_step (self->import, id, "script");

  runnel_import_set_string (step, "name", title);
  read_env (self, step, arguments);
  read_folder (step, arguments);
  read_retry (self, step, arguments);
  if (!g_str_equal (_runnel_airflow_get_string (task, "operator"), "ApprovalOperator"))
    runnel_import_set_string (step, "timeout", timeout);
  read_pool (step, arguments);
  read_deed (self, step, task, arguments);
  if (json_object_has_member (arguments, "$expand"))
    _runnel_airflow_read_legs (self->import, step, task, self->common);
  if (point == NULL)
    g_hash_table_insert (self->steps, (gpointer) id, step);
}

/* Adds a step for each task of a DAG but for the gates of exported files, and their links. */
void
_runnel_airflow_read_tasks (RunnelImport *import, JsonObject *tree, JsonObject *dag)
{
  JsonObject *names = json_object_get_object_member (tree, "names");
  JsonObject *arguments = json_object_get_object_member (dag, "arguments");
  JsonNode *defaults = json_object_get_member (arguments, "default_args");
  JsonNode *common = json_object_get_member (names, "ENV");
  JsonArray *tasks = json_object_get_array_member (dag, "tasks");
  RunnelAirflowReading self = { .import = import,
                                .outputs = _runnel_airflow_get_string (names, "OUTPUTS") };

  if (defaults != NULL && JSON_NODE_HOLDS_OBJECT (defaults))
    self.defaults = json_node_get_object (defaults);
  if (common != NULL && JSON_NODE_HOLDS_OBJECT (common))
    self.common = json_node_get_object (common);
  self.tasks = g_hash_table_new (g_str_hash, g_str_equal);
  self.steps = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);

      g_hash_table_insert (self.tasks, (gpointer) _runnel_airflow_get_string (task, "id"), task);
      if (!_runnel_airflow_is_gate (task))
        read_task (&self, task);
    }
  _runnel_airflow_read_edges (&self, json_object_get_array_member (dag, "edges"));
  g_hash_table_unref (self.tasks);
  g_hash_table_unref (self.steps);
}
