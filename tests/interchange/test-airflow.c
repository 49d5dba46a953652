/* test-airflow.c: pipelines as DAG files; that Airflow runs them as Runnel does, test_airflow.py
 * shows SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"

static RunnelFlow *
read_flow (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, \"name\": \"Test\", %s}", members);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, "test.runnel.json", &error);
  g_assert_no_error (error);

  return flow;
}

static const RunnelExportOptions options = { .default_image = "debian:12", .command = "runnel" };

static char *
export_dag (const char *members)
{
  g_autoptr(RunnelFlow) flow = read_flow (members);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files =
    runnel_target_export (&runnel_target_airflow, flow, &options, TRUE, &error);
  const RunnelExportFile *file;

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->path, ==, "dags/test.py");

  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

#define STEP(id, more)                                                                             \
  "{\"id\": \"" id "\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}" more "}"

static void
test_links (void)
{
  g_autofree char *dag =
    export_dag ("\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "," STEP (
      "c", ", \"needs\": [{\"step\": \"b\", \"on\": \"failure\"}]") "]");

  assert_has (dag, "    a >> b\n");
  assert_has (dag, "b_started = EmptyOperator(task_id=\"b.started\", trigger_rule=\"all_success\"");
  assert_has (dag, "    a >> b_started\n");
  assert_has (dag, "EmptyOperator(task_id=\"b.failed-itself\", trigger_rule=\"all_failed\"");
  assert_has (dag, "    b_failed >> c\n");
  assert_has (dag, "op_args=[[\"a\", \"c\"]]"); /* c handles the failure of b */
}

/* Success only: the last tasks tell how the run ended, and nothing has to look. */
static void
test_plain (void)
{
  g_autofree char *dag =
    export_dag ("\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "]");

  g_assert_null (strstr (dag, "EmptyOperator"));
  g_assert_null (strstr (dag, "check_outcome"));
}

/* What Jinja or Python would take for its own is said so that it stays what it is. */
static void
test_escapes (void)
{
  g_autofree char *dag =
    export_dag ("\"steps\": [{\"id\": \"for\", \"kind\": \"script\","
                " \"with\": {\"run\": \"echo {{ x }} {% y \\\\ \\\"\\\"\\\"\"},"
                " \"env\": {\"V\": \"{{ z }} ${{ params.p }}\"}}],"
                "\"parameters\": {\"p\": {\"default\": \"a\\\"b\"}}");

  assert_has (dag, "for_2 = BashOperator(");
  assert_has (dag, "echo {{ '{{' }} x }} {{ '{%' }} y \\\\ \\\"\\\"\"");
  assert_has (dag, "\"V\": \"{{ '{{' }} z }} {{ params['p'] }}\"");
  assert_has (dag, "\"p\": Param(\"a\\\"b\", type=\"string\")");
}

static void
test_retries (void)
{
  g_autofree char *dag = export_dag ("\"steps\": [" STEP (
    "a", ", \"retry\": {\"max\": 3, \"delay\": \"2s\", \"backoff\": 2, \"max-delay\": \"1m\"},"
         " \"timeout\": \"90s\"") "," STEP ("b", ", \"retry\": {\"max\": 3, \"exit-codes\": [75]}, "
                                                 "\"timeout\": \"90s\"") "]");

  assert_has (dag, "retries=3,\n        retry_delay=timedelta(seconds=2),\n");
  assert_has (dag,
              "retry_exponential_backoff=True,\n        max_retry_delay=timedelta(seconds=60),\n"
              "        execution_timeout=timedelta(seconds=90)");
  assert_has (dag, "\n# runnel: {");
}

/* Only lines of shell can repeat themselves in a way that Airflow does not know. */
static void
test_approval (void)
{
  g_autofree char *dag =
    export_dag ("\"steps\": [{\"id\": \"a\", \"kind\": \"approval\", \"timeout\": \"2h\","
                " \"with\": {\"prompt\": \"?\", \"timeout\": \"1h\"}},"
                "{\"id\": \"b\", \"kind\": \"approval\", \"timeout\": \"2h\","
                " \"with\": {\"prompt\": \"?\"}, \"retry\": {\"max\": 1, \"exit-codes\": [3]}}]");
  const char *second = strstr (dag, "    b = ");

  assert_has (dag, "execution_timeout=timedelta(seconds=3600)");
  g_assert_null (g_strstr_len (dag, second - dag, "seconds=7200"));
  assert_has (second, "execution_timeout=timedelta(seconds=7200)");
  assert_has (dag, "# runnel: lost: retry: it is tried once");
}

static void
test_losses (void)
{
  g_autoptr(RunnelFlow) flow = read_flow ("\"steps\": [" STEP (
    "a", ", \"if\": \"steps.*.state == 'x'\"") "],"
                                               "\"hooks\": {\"on-finish\": [" STEP (
                                                 "h",
                                                 ", \"env\": {\"S\": \"${{ run.state }}\"}") "]}");
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files =
    runnel_target_export (&runnel_target_airflow, flow, &options, FALSE, &error);

  g_assert_null (files);
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS);
  assert_has (error->message, "a: lost: condition: ");
  assert_has (error->message, "h: lost: expression: ");
}

static void
test_mode (void)
{
  g_autoptr(RunnelFlow) flow = read_flow ("\"steps\": [" STEP ("a", "") "]");
  RunnelExportOptions with_mode = options;
  g_autoptr(GError) error = NULL;

  with_mode.mode = "levels";
  g_assert_null (runnel_target_export (&runnel_target_airflow, flow, &with_mode, FALSE, &error));
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_OPTION);
}

/* Reads a DAG file back; NULL with @error set when it can't be. */
static char *
import_dag (const char *dag, GPtrArray **ret_notes, GError **error)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(RunnelPipeline) pipeline = NULL;

  if (!runnel_target_airflow.import (import, "dags/test.py", dag, strlen (dag), error))
    return NULL;
  pipeline = runnel_import_make_pipeline (import, 0, error);
  if (ret_notes != NULL)
    *ret_notes = g_ptr_array_ref (runnel_import_get_notes (import));

  return pipeline != NULL ? runnel_pipeline_to_text (pipeline, NULL) : NULL;
}

static const char everything[] =
  "\"parameters\": {\"who\": {\"default\": \"World\", \"description\": \"Whom\"}},"
  "\"env\": {\"A\": \"1 ${{ params.who }}\"},"
  "\"concurrency\": {\"jobs\": 4},"
  "\"triggers\": [{\"kind\": \"schedule\", \"cron\": \"0 3 * * *\"}],"
  "\"hooks\": {\"on-finish\": [{\"id\": \"h\", \"kind\": \"script\", \"with\": {\"run\": \"h\"}}]},"
  "\"steps\": ["
  "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"a\"}, \"artifacts\": [\"out/*.txt\"]},"
  "{\"id\": \"b\", \"name\": \"The b\", \"kind\": \"script\", \"needs\": [\"a\"],"
  " \"with\": {\"run\": \"echo {{ x }}\\ntrue\\n\", \"shell\": \"python3\"},"
  " \"if\": \"params.who == 'x'\", \"env\": {\"V\": \"${{ steps.a.outputs.v }}\"},"
  " \"working-directory\": \"src\", \"timeout\": \"90s\","
  " \"retry\": {\"max\": 3, \"exit-codes\": [75]}},"
  "{\"id\": \"c\", \"kind\": \"script\", \"with\": {\"run\": \"c\"}, \"join\": \"any\","
  " \"needs\": [{\"step\": \"b\", \"on\": \"failure\"}, \"a\"],"
  " \"pool\": {\"name\": \"gpu\", \"slots\": 2},"
  " \"env\": {\"E\": \"e${{ matrix.cc-x }} ${{ params.who || 'z' }}\"},"
  " \"matrix\": {\"cc-x\": [\"x\", \"y\"], \"max-parallel\": 1, \"fail-fast\": false}},"
  "{\"id\": \"p\", \"kind\": \"approval\", \"with\": {\"prompt\": \"Go to ${{ params.who }}?\","
  " \"timeout\": \"1h\", \"on-timeout\": \"reject\"}},"
  "{\"id\": \"s\", \"kind\": \"pipeline\", \"with\": {\"file\": \"sub.runnel.json\","
  " \"parameters\": {\"v\": \"${{ params.who }}\"}}}]";

/* What was exported comes back, gates and loops and all. */
static void
test_round_trip (void)
{
  static const char *const parts[] = {
    "\"name\": \"Test\"",
    "\"who\": {\"default\": \"World\", \"description\": \"Whom\"}",
    "\"cron\": \"0 3 * * *\"",
    "\"concurrency\": {\"jobs\": 4}",
    "\"A\": \"1 ${{ params.who }}\"",
    "\"id\": \"b\"",
    "\"name\": \"The b\"",
    "{\"run\": \"echo {{ x }}\\ntrue\\n\", \"shell\": \"python3\"}",
    "\"needs\": [\"a\"]",
    "\"if\": \"params.who == 'x'\"",
    "\"V\": \"${{ steps.a.outputs.v }}\"",
    "\"working-directory\": \"src\"",
    "\"timeout\": \"1m30s\"",
    "\"exit-codes\": [75]\n",
    "{\"step\": \"b\", \"on\": \"failure\"},\n        \"a\"\n",
    "\"join\": \"any\"",
    "\"cc-x\": [\"x\", \"y\"]",
    "\"E\": \"e${{ matrix.cc-x }} ${{ params.who || 'z' }}\"",
    "\"kind\": \"pipeline\"",
    "\"file\": \"sub.runnel.json\"",
    "\"v\": \"${{ params.who }}\"",
    "\"max-parallel\": 1,\n",
    "\"fail-fast\": false,\n",
    "\"pool\": {\"name\": \"gpu\", \"slots\": 2}",
    "\"artifacts\": [\"out/*.txt\"]",
    "{\"prompt\": \"Go to ${{ params.who }}?\", \"timeout\": \"1h\", \"on-timeout\": \"reject\"}",
  };
  g_autofree char *dag = export_dag (everything);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = import_dag (dag, NULL, &error);
  g_autoptr(RunnelPipeline) pipeline = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    assert_has (text, parts[i]);
  pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 5); /* no gates, and no hook */
  assert_has (text, "\"on-finish\"");
}

/* A file of somebody else: what it says is read, what only running it would tell is kept. */
static void
test_import (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) notes = NULL;
  g_autofree char *text = import_dag (
    "import os\n"
    "from airflow.sdk import DAG, TaskGroup, task, chain\n"
    "os.system('touch /tmp/runnel-test-airflow-ran')\n"
    "with DAG('etl', default_args={'retries': 2, 'retry_delay': timedelta(minutes=5)}):\n"
    "    with TaskGroup('load') as load:\n"
    "        one = BashOperator(task_id='one', bash_command='echo 1', "
    "trigger_rule=TriggerRule.ALL_DONE)\n"
    "    two = PythonOperator(task_id='two', python_callable=f)\n"
    "    @task.bash\n"
    "    def three():\n"
    "        return 'echo 3'\n"
    "    chain(two, load, three())\n",
    &notes, &error);

  g_assert_no_error (error);
  assert_has (text, "\"name\": \"etl\"");
  assert_has (text, "{\"run\": \"echo 1\", \"shell\": \"bash --norc\"}");
  assert_has (text, "\"needs\": [\n        {\"step\": \"two\", \"on\": \"always\"}\n      ]");
  assert_has (text, "\"retry\": {\"max\": 2, \"delay\": \"5m\"}");
  assert_has (text, "PythonOperator(task_id='two', python_callable=f)");
  assert_has (text, "\"run\": \"echo 3\"");
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_false (g_file_test ("/tmp/runnel-test-airflow-ran", G_FILE_TEST_EXISTS));
}

/* What was kept goes back as it was, with what it needs to be imported. */
static void
test_foreign (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = import_dag ("from airflow.sdk import DAG, task\n"
                                      "from somewhere import f\n"
                                      "with DAG('etl'):\n"
                                      "    two = PythonOperator(task_id='two',\n"
                                      "                         python_callable=f)\n"
                                      "    @task\n"
                                      "    def three():\n"
                                      "        return 3\n"
                                      "    two >> three()\n",
                                      NULL, &error);
  const char *members;
  g_autofree char *inside = NULL;
  g_autofree char *dag = NULL;

  g_assert_no_error (error);
  members = strchr (strstr (text, "\"name\""), '\n') + 1;
  inside = g_strndup (members, strrchr (members, '}') - members);
  dag = export_dag (inside);
  assert_has (dag, "from somewhere import f\n");
  assert_has (dag, "    two = PythonOperator(task_id='two',\n");
  assert_has (dag, "\n@task\ndef three():\n    return 3\n\n");
  assert_has (dag, "    three_2 = three()\n");
  assert_has (dag, "    two >> three_2\n");
}

static void
test_invalid (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (import_dag ("from airflow import DAG\nwith DAG(:\n", NULL, &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX);
  assert_has (error->message, "line 2, column ");
  g_clear_error (&error);
  g_assert_null (import_dag ("import airflow\n", NULL, &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/airflow/links", test_links);
  g_test_add_func ("/interchange/airflow/plain", test_plain);
  g_test_add_func ("/interchange/airflow/escapes", test_escapes);
  g_test_add_func ("/interchange/airflow/retries", test_retries);
  g_test_add_func ("/interchange/airflow/approval", test_approval);
  g_test_add_func ("/interchange/airflow/losses", test_losses);
  g_test_add_func ("/interchange/airflow/mode", test_mode);
  g_test_add_func ("/interchange/airflow/round-trip", test_round_trip);
  g_test_add_func ("/interchange/airflow/import", test_import);
  g_test_add_func ("/interchange/airflow/foreign", test_foreign);
  g_test_add_func ("/interchange/airflow/invalid", test_invalid);
  return g_test_run ();
}
