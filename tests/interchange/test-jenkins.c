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

/* Only lines of shell can repeat themselves; a timeout is that of an attempt. */
static void
test_approval (void)
{
  g_autofree char *text = export_file (
    "\"steps\": [{\"id\": \"a\", \"kind\": \"approval\", \"timeout\": \"5m\","
    " \"with\": {\"prompt\": \"?\"}, \"retry\": {\"max\": 2, \"delay\": \"1s\"}}]",
    NULL, TRUE);
  const char *const parts[] = {
    "// runnel: lost: retry-delay: ", "retry(3)", "timeout(time: 300000", "input message: '?'", NULL,
  };

  assert_order (text, parts);
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

/* Reads a Jenkinsfile; NULL with @error set when it can't be. */
static char *
import_text (const char *text, gsize length, GPtrArray **ret_notes, GError **error)
{
  g_autoptr(RunnelImport) import = runnel_import_new (NULL);
  g_autoptr(RunnelPipeline) pipeline = NULL;

  if (!runnel_target_jenkins.import (import, "Jenkinsfile", text, length, error))
    return NULL;
  pipeline = runnel_import_make_pipeline (import, 0, error);
  if (ret_notes != NULL)
    *ret_notes = g_ptr_array_ref (runnel_import_get_notes (import));

  return pipeline != NULL ? runnel_pipeline_to_text (pipeline, NULL) : NULL;
}

static char *
import_file (const char *text, GPtrArray **ret_notes)
{
  g_autoptr(GError) error = NULL;
  char *document = import_text (text, strlen (text), ret_notes, &error);

  g_assert_no_error (error);

  return document;
}

static const char jenkinsfile[] =
  "#!/usr/bin/env groovy\n"
  "@Library('lib@1') _\n"
  "def greet(x) { return \"hi ${x} }\" }\n"
  "pipeline {\n"
  "  agent { label 'linux' } // not { closed\n"
  "  options { timestamps(); disableConcurrentBuilds(abortPrevious: true) }\n"
  "  triggers { cron('0 3 * * *'); pollSCM('H/5 * * * *') }\n"
  "  parameters {\n"
  "    string(name: 'WHO', defaultValue: 'World', description: 'whom')\n"
  "    booleanParam(name: 'DEEP', defaultValue: true)\n"
  "    choice(name: 'KIND', choices: ['a', 'b'])\n"
  "  }\n"
  "  environment {\n"
  "    CC = 'gcc'\n"
  "    X = \"${params.WHO}-${CC}\"\n"
  "    T = credentials('token')\n"
  "    B = \"${env.BUILD_NUMBER}\"\n"
  "  }\n"
  "  stages {\n"
  "    stage('Build') {\n"
  "      steps {\n"
  "        checkout scm\n"
  "        timeout(time: 5) { retry(3) { dir('src') { sh '''make\nmake check''' } } }\n"
  "      }\n"
  "    }\n"
  "    stage('Tests') {\n"
  "      parallel {\n"
  "        stage('Unit') {\n"
  "          when { expression { params.DEEP && env.CC == 'gcc' } }\n"
  "          steps { sh 'make unit'; sh 'cd x && y' }\n"
  "        }\n"
  "        stage('Cells') {\n"
  "          matrix {\n"
  "            axes {\n"
  "              axis { name 'OS'; values 'linux', 'mac' }\n"
  "              axis { name 'CPU'\n values 'x',\n 'y' }\n"
  "            }\n"
  "            excludes { exclude { axis { name 'OS'; values 'mac' }; axis { name 'CPU'; notValues "
  "'x' } } }\n"
  "            stages { stage('Cell') { steps { sh 'echo $OS' } } }\n"
  "          }\n"
  "        }\n"
  "      }\n"
  "    }\n"
  "    stage('Deploy') {\n"
  "      when { branch 'main' }\n"
  "      input { message 'Really?' }\n"
  "      agent { docker { image 'debian:12' } }\n"
  "      steps { script { if (x) { sh \"echo ${x}\" } } }\n"
  "      post { always { junit '*.xml' } }\n"
  "    }\n"
  "  }\n"
  "  post { always { echo 'bye' }; unstable { echo 'u' } }\n"
  "}\n";

static void
test_import (void)
{
  g_autoptr(GPtrArray) notes = NULL;
  g_autofree char *text = import_file (jenkinsfile, &notes);
  const char *const parts[] = {
    "\"WHO\": {\"default\": \"World\", \"description\": \"whom\"}",
    "\"DEEP\": {\"type\": \"boolean\", \"default\": true}",
    "\"choices\": [\"a\", \"b\"]",
    "\"X\": \"${{ params.WHO }}-${{ env.CC }}\"",
    "\"T\": \"${{ secrets.token }}\"",
    "\"concurrency\": {\"policy\": \"cancel-running\"}",
    "\"cron\": \"0 3 * * *\"",
    "printf '%s\\\\n' 'bye'",
    "@Library('lib@1') _",
    "\"environment\": \"B = \\\"${env.BUILD_NUMBER}\\\"\"",
    "\"agent\": \"agent { label 'linux' }\"",
    "\"options\": \"timestamps()\"",
    "\"triggers\": \"pollSCM('H/5 * * * *')\"",
    "\"post\": \"unstable { echo 'u' }\"",
    "\"id\": \"Build\"",
    "{\"run\": \"make\\nmake check\\n\"}",
    "\"working-directory\": \"src\"",
    "\"timeout\": \"5m\"",
    "\"retry\": 2",
    "{\"run\": \"make unit\\n(\\ncd x && y\\n)\\n\"}",
    "\"needs\": [\"Build\"]",
    "\"if\": \"params.DEEP && env.CC == 'gcc'\"",
    "\"OS\": \"${{ matrix.OS }}\"",
    "{\"OS\": \"mac\", \"CPU\": \"y\"}",
    "\"prompt\": \"Really?\"",
    "\"needs\": [\"Build\", \"Unit\", \"Cell\"]",
    "\"join\": \"none-failed\"",
    "\"definition\": \"script { if (x) { sh \\\"echo ${x}\\\" } }\"",
    "\"needs\": [\"Deploy-input\"]",
    "\"image\": \"debian:12\"",
    "\"when\": \"when { branch 'main' }\"",
    "\"post\": \"post { always { junit '*.xml' } }\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (text, parts[i]) == NULL)
      g_error ("“%s” is missing in:\n%s", parts[i], text);
  g_assert_cmpuint (notes->len, ==, 2); /* the condition, and what follows the stage */
}

/* What was exported comes back: as stages, as levels, as a graph. */
static void
assert_returns (const char *members, const char *mode)
{
  g_autofree char *document = g_strdup_printf ("{\"format\": 1, \"name\": \"Test\", %s}", members);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (document, -1, NULL, &error);
  g_autofree char *before = NULL;
  g_autofree char *file = export_file (members, mode, FALSE);
  g_autofree char *after = import_file (file, NULL);

  g_assert_no_error (error);
  before = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (after, ==, before);
}

#define HEAD                                                                                       \
  "\"description\": \"Two\\nlines\","                                                              \
  "\"parameters\": {\"who\": {\"default\": \"it's\", \"description\": \"Whom\"},"                  \
  " \"deep\": {\"type\": \"boolean\", \"default\": true},"                                         \
  " \"count\": {\"type\": \"number\", \"default\": 3}},"                                           \
  "\"env\": {\"A\": \"1 ${{ params.who }}\"}, \"secrets\": [\"token\"],"                           \
  "\"concurrency\": {\"policy\": \"queue\"},"                                                      \
  "\"triggers\": [{\"kind\": \"schedule\", \"cron\": \"0 3 * * *\"}],"                             \
  "\"hooks\": {\"on-start\": [" STEP ("begin", "") "], \"on-finish\": [" STEP (                    \
    "tidy", ", \"name\": \"Tidy up\"") "," STEP ("bye", "") "]},"

#define FIRST                                                                                      \
  "{\"id\": \"a\", \"name\": \"The a\", \"kind\": \"script\","                                     \
  " \"with\": {\"run\": \"echo ''''$A'''' \\\\ \\\"x\\\"\", \"shell\": \"bash\"},"                 \
  " \"env\": {\"V\": \"${{ params.who == 'x' && 'b' || 's' }}-${{ params.who }}!\", \"T\": \"${{ " \
  "secrets.token }}\"},"                                                                           \
  " \"working-directory\": \"src\", \"timeout\": \"1m30s\", \"artifacts\": [\"out/*.txt\"],"       \
  " \"outputs\": {\"v\": \"\"}},"

static const char stages[] =
  HEAD "\"steps\": [" FIRST
       "{\"id\": \"x\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"a\"]},"
       "{\"id\": \"y\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"x\"]},"
       "{\"id\": \"z\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"x\"]},"
       "{\"id\": \"w\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"y\", "
       "\"z\"]}]";

static const char outcomes[] = HEAD
  "\"steps\": [" FIRST "{\"id\": \"x\", \"kind\": \"script\", \"with\": {\"run\": \"true\"},"
  " \"if\": \"params.who == 'y' && params.deep\"},"
  "{\"id\": \"m\", \"kind\": \"script\", \"with\": {\"run\": \"true\"},"
  " \"env\": {\"O\": \"${{ matrix.os }}\"}, \"matrix\": {\"os\": [\"p\", \"q\"]}},"
  "{\"id\": \"y\", \"kind\": \"script\", \"with\": {\"run\": \"true\"},"
  " \"needs\": [{\"step\": \"x\", \"on\": \"failure\"}, {\"step\": \"m\", \"on\": \"finished\"}],"
  " \"join\": \"any\", \"retry\": 2, \"continue-on-error\": true},"
  "{\"id\": \"ask\", \"kind\": \"approval\", \"with\": {\"prompt\": \"Go?\", \"timeout\": \"1h\"},"
  " \"needs\": [\"y\"]},"
  "{\"id\": \"off\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"disabled\": true}]";

static void
test_round_trip (void)
{
  assert_returns (stages, NULL);
  assert_returns (stages, "graph");
  assert_returns (outcomes, NULL);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *place;
  } cases[] = {
    { "pipeline {\n  stages {\n", "Line 2, column 10" },
    { "pipeline {\n  x 'a\n}\n", "Line 2, column 5" },
    { "pipeline {\n )\n}", "Line 2, column 2" },
    { "pipeline { }\n", "Line 1, column 1" },
    { "node { sh 'x' }\n", "Line 1, column 1" },
    { "pipeline {\n stages {\n  stage('ü') { }\n }\n}", "Line 3, column 3" },
    { "pipeline {\n stages {\n  sh 'x'\n }\n}", "Line 3, column 3" },
    { "pipeline {\n stages { stage(x + 1) { } } }", "Line 2, column 11" },
    { "/* x", "Line 1, column 1" },
    { "\n\"${a", "Line 2, column 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = import_text (cases[i].text, strlen (cases[i].text), NULL, &error);

      g_assert_null (text);
      g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX);
      if (!g_str_has_prefix (error->message, cases[i].place))
        g_error ("“%s” gives: %s", cases[i].text, error->message);
    }
}

/* Brackets inside of brackets are an error before they are a problem of the stack. */
static void
test_depth (void)
{
  g_autoptr(GString) text = g_string_new ("pipeline ");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{ a ([");
  g_assert_null (import_text (text->str, text->len, NULL, &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "nested too deeply"));
}

/* Whatever the bytes are, they are a pipeline or an error. */
static void
test_mutations (void)
{
  static const char pieces[] = "{}()[]'\"/\\$,;:\n=.#\0\xff!&|+";
  g_autoptr(GRand) rand = g_rand_new_with_seed (4711);
  g_autofree char *graph = export_file (
    "\"steps\": [" STEP ("a", ", \"matrix\": {\"os\": [\"p\", \"q\"]}") "]", NULL, FALSE);

  for (guint i = 0; i < 2000; i++)
    {
      const char *seed = i % 4 == 0 ? graph : jenkinsfile;
      gsize length = strlen (seed);
      g_autofree char *bytes = g_memdup2 (seed, length + 1);
      g_autoptr(GError) error = NULL;
      g_autofree char *document = NULL;
      guint n_changes = (guint) g_rand_int_range (rand, 1, 6);

      for (guint j = 0; j < n_changes; j++)
        bytes[g_rand_int_range (rand, 0, (gint32) length)] =
          pieces[g_rand_int_range (rand, 0, sizeof pieces - 1)];
      if (g_rand_int_range (rand, 0, 8) == 0)
        length = (gsize) g_rand_int_range (rand, 0, (gint32) length);
      document = import_text (bytes, length, NULL, &error);
      g_assert_true ((document == NULL) == (error != NULL));
    }
}

static void
test_detect (void)
{
  const char *yaml = "pipeline:\n  steps: []\n";

  g_assert_cmpuint (runnel_target_jenkins.detect ("x/Jenkinsfile", "", 0), >, 90);
  g_assert_cmpuint (runnel_target_jenkins.detect ("x.groovy", jenkinsfile, strlen (jenkinsfile)), >,
                    80);
  g_assert_cmpuint (runnel_target_jenkins.detect ("x.yml", yaml, strlen (yaml)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  g_test_add_func ("/interchange/jenkins/stages", test_stages);
  g_test_add_func ("/interchange/jenkins/graph", test_graph);
  g_test_add_func ("/interchange/jenkins/outcomes", test_outcomes);
  g_test_add_func ("/interchange/jenkins/approval", test_approval);
  g_test_add_func ("/interchange/jenkins/matrix", test_matrix);
  g_test_add_func ("/interchange/jenkins/escapes", test_escapes);
  g_test_add_func ("/interchange/jenkins/secrets", test_secrets);
  g_test_add_func ("/interchange/jenkins/import", test_import);
  g_test_add_func ("/interchange/jenkins/round-trip", test_round_trip);
  g_test_add_func ("/interchange/jenkins/errors", test_errors);
  g_test_add_func ("/interchange/jenkins/depth", test_depth);
  g_test_add_func ("/interchange/jenkins/mutations", test_mutations);
  g_test_add_func ("/interchange/jenkins/detect", test_detect);
  return g_test_run ();
}
