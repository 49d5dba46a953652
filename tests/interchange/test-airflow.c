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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/airflow/links", test_links);
  g_test_add_func ("/interchange/airflow/plain", test_plain);
  g_test_add_func ("/interchange/airflow/escapes", test_escapes);
  g_test_add_func ("/interchange/airflow/retries", test_retries);
  g_test_add_func ("/interchange/airflow/losses", test_losses);
  g_test_add_func ("/interchange/airflow/mode", test_mode);
  return g_test_run ();
}
