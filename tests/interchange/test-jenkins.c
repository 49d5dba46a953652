/* test-jenkins.c: pipelines as Jenkinsfiles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"

#define STEP(id, more)                                                                             \
  "{\"id\": \"" id "\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}" more "}"
#define NEEDS(list) ", \"needs\": [" list "]"

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

static char *
export_file (const char *members, const char *mode, gboolean allow_loss)
{
  const RunnelExportOptions options = { "debian:12", NULL, mode, "runnel" };
  g_autoptr(RunnelFlow) flow = read_flow (members);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files =
    runnel_target_export (&runnel_target_jenkins, flow, &options, allow_loss, &error);
  const RunnelExportFile *file;

  g_assert_no_error (error);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->path, ==, "Jenkinsfile");

  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

/* Each part stands in the text behind the one before. */
static void
assert_order (const char *text, const char *const *parts)
{
  const char *at = text;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *found = strstr (at, parts[i]);

      if (found == NULL)
        g_error ("“%s” is missing, or stands too early, in:\n%s", parts[i], text);
      at = found + strlen (parts[i]);
    }
}

/* a, then b1 - b2 beside c, then d; that d needs a, too, is implied. */
#define DIAMOND                                                                                    \
  "\"steps\": [" STEP ("a", "") "," STEP ("b1", NEEDS ("\"a\"")) "," STEP (                        \
    "b2",                                                                                          \
    NEEDS ("\"b1\"")) "," STEP ("c",                                                               \
                                NEEDS ("\"a\"")) "," STEP ("d",                                    \
                                                           NEEDS ("\"b2\", \"c\", \"a\"")) "]"

static void
test_stages (void)
{
  g_autofree char *text = export_file (DIAMOND, NULL, FALSE);
  const char *const parts[] = {
    "stage('a')",  "stage('Side by side 1')",
    "parallel {",  "stage('b1 … b2')",
    "stages {",    "stage('b1')",
    "stage('b2')", "stage('c')",
    "stage('d')",  NULL,
  };

  assert_order (text, parts);
  g_assert_null (strstr (text, "runGraph"));
}

/* e needs b1, but not what runs beside it: no stages can say that without another wait. */
static void
test_graph (void)
{
  const char *members = "\"steps\": [" STEP ("a", "") "," STEP ("b", "") "," STEP (
    "c", NEEDS ("\"a\"")) "," STEP ("d", NEEDS ("\"a\", \"b\"")) "]";
  g_autofree char *text = export_file (members, NULL, FALSE);
  g_autofree char *levels = export_file (members, "levels", FALSE);
  const char *const parts[] = {
    "runGraph([",
    "[id: 'd'",
    "needs: [[step: 'a', on: 'success', handles: false], "
    "[step: 'b', on: 'success', handles: false]], join: 'all',",
    NULL,
  };
  const char *const level_parts[] = {
    "stage('Side by side 1')",
    "stage('a')",
    "stage('b')",
    "stage('Side by side 2')",
    "stage('c')",
    "stage('d')",
    NULL,
  };

  assert_order (text, parts);
  assert_order (levels, level_parts);
}

static void
test_outcomes (void)
{
  g_autofree char *text = export_file (
    "\"steps\": [" STEP ("a", ", \"continue-on-error\": true") "," STEP (
      "b",
      ", \"if\": \"params.p == 'x'\"" NEEDS (
        "{\"step\": \"a\", \"on\": \"failure\"}")) "],"
                                                   "\"parameters\": {\"p\": {\"default\": \"y\"}}",
    "levels", FALSE);
  const char *const parts[] = {
    "string(name: 'p', defaultValue: 'y'",
    "RUNNEL_PARAM_P = param('p')",
    "continues: true",
    "on: 'failure', handles: true",
    "condition: { same(param('p'), 'x') }",
    NULL,
  };

  assert_order (text, parts); /* levels can't say outcomes, so it is a graph all the same */
}

static void
test_matrix (void)
{
  g_autofree char *text = export_file (
    "\"steps\": [" STEP ("a", ", \"matrix\": {\"os\": [\"x\", \"y\"], \"max-parallel\": 1},"
                              " \"env\": {\"V\": \"v-${{ matrix.os }}\"}") "]",
    NULL, FALSE);
  const char *const parts[] = {
    "runLegs([", "'RUNNEL_MATRIX_OS=x', 'V=' + 'v-' + 'x'", "'RUNNEL_MATRIX_OS=y'", "], 1, true)",
    NULL,
  };

  assert_order (text, parts);
}

/* Neither `$` nor quotes nor backslashes of the lines mean anything to Groovy. */
static void
test_escapes (void)
{
  g_autofree char *text = export_file ("\"steps\": [{\"id\": \"a\", \"kind\": \"script\","
                                       " \"with\": {\"run\": \"echo '$A' \\\\ '''x'''\"}}]",
                                       NULL, FALSE);
  const char *const parts[] = { "#!/bin/sh -e\necho '$A' \\\\ \\'\\''x\\'\\''", NULL };

  assert_order (text, parts);
}

static void
test_secrets (void)
{
  g_autofree char *text = export_file ("\"secrets\": [\"TOKEN\"], \"steps\": [" STEP (
                                         "a", ", \"env\": {\"T\": \"${{ secrets.TOKEN }}\"}") "]",
                                       NULL, FALSE);
  g_autofree char *lossy =
    export_file ("\"secrets\": [\"TOKEN\"], \"steps\": [" STEP (
                   "a", ", \"env\": {\"T\": \"Bearer ${{ secrets.TOKEN }}\"}") "]",
                 NULL, TRUE);
  const char *const parts[] = {
    "withCredentials([string(credentialsId: 'TOKEN', variable: 'T')])",
    NULL,
  };
  const char *const lossy_parts[] = { "// runnel: lost: secrets: ", NULL };

  assert_order (text, parts);
  assert_order (lossy, lossy_parts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/jenkins/stages", test_stages);
  g_test_add_func ("/interchange/jenkins/graph", test_graph);
  g_test_add_func ("/interchange/jenkins/outcomes", test_outcomes);
  g_test_add_func ("/interchange/jenkins/matrix", test_matrix);
  g_test_add_func ("/interchange/jenkins/escapes", test_escapes);
  g_test_add_func ("/interchange/jenkins/secrets", test_secrets);
  return g_test_run ();
}
