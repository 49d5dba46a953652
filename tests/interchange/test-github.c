/* test-github.c: pipelines as workflows of GitHub Actions, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-expr.h"
#include "interchange/runnel-github-gate.h"
#include "interchange/runnel-targets.h"

static const RunnelExportOptions usual = { "debian:12", NULL, NULL, "runnel" };

static RunnelPipeline *
read_pipeline (const char *text)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, diagnostics, &error);

  g_assert_no_error (error);

  return pipeline;
}

/* The workflow of a pipeline whose steps are given. */
static char *
export_document (const char *document, const RunnelExportOptions *options)
{
  g_autoptr(RunnelPipeline) pipeline = read_pipeline (document);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, "p.runnel.json", &error);
  g_autoptr(GPtrArray) files = NULL;
  RunnelExportFile *file;

  g_assert_no_error (error);
  files = runnel_target_export (&runnel_target_github, flow, options, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->path, ==, ".github/workflows/p.yml");

  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

static char *
export_steps (const char *steps)
{
  g_autofree char *document = g_strdup_printf ("{\"format\": 1, \"steps\": [%s]}", steps);

  return export_document (document, &usual);
}

static RunnelPipeline *
import_workflow (const char *text, GPtrArray **ret_notes)
{
  RunnelImport *import = runnel_import_new (NULL);
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline;

  g_assert_true (runnel_target_github.import (import, "x.yml", text, strlen (text), &error));
  g_assert_no_error (error);
  pipeline = runnel_import_make_pipeline (import, 0, &error);
  g_assert_no_error (error);
  if (ret_notes != NULL)
    *ret_notes = g_ptr_array_ref (runnel_import_get_notes (import));
  runnel_import_free (import);

  return pipeline;
}

static JsonObject *
import_step (const char *text, guint index)
{
  g_autoptr(RunnelPipeline) pipeline = import_workflow (text, NULL);

  return runnel_step_to_json (runnel_pipeline_get_step (pipeline, index));
}

static void
assert_json (JsonObject *object, const char *key, const char *expected)
{
  JsonNode *node = json_object_get_member (object, key);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("null");

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
assert_has_not (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” is in:\n%s", part, text);
}

/* Expressions. */

static void
test_expressions (void)
{
  static const struct
  {
    const char *github;
    const char *runnel; /* NULL: there is none */
  } cases[] = {
    { "inputs.version", "params.version" },
    { "inputs['a b'] == 'needs.x.result'", "params['a b'] == 'needs.x.result'" },
    { "needs.build.outputs.v != ''", "steps.build.outputs.v != ''" },
    { "needs.build.result == 'success'", "steps.build.conclusion == 'success'" },
    { "fromJSON(needs.a.outputs.list)[0].name", "fromJSON(steps.a.outputs.list)[0].name" },
    { "format('{0}', secrets.TOKEN)", "format('{0}', secrets.TOKEN)" },
    { "github.run_id", "run.id" },
    { "github.event.inputs.x", "params.x" },
    { "github.ref", NULL },
    { "secrets.GITHUB_TOKEN", NULL },
    { "contains(needs.*.result, 'x')", NULL },
    { "vars.X || 'y'", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *read = runnel_github_read_expression (cases[i].github, NULL, &error);

      g_assert_cmpstr (read, ==, cases[i].runnel);
      if (cases[i].runnel == NULL)
        g_assert_error (error, RUNNEL_GITHUB_ERROR, RUNNEL_GITHUB_ERROR_UNKNOWN);
    }
}

static void
test_escape (void)
{
  g_autofree char *escaped = runnel_github_escape ("echo '${{ x }}' $HOME");
  g_autofree char *back = runnel_github_unescape (escaped);
  g_autofree char *none = runnel_github_unescape ("echo ${{ github.ref }}");

  g_assert_cmpstr (escaped, ==, "echo '${{ '${{' }} x }}' $HOME");
  g_assert_cmpstr (back, ==, "echo '${{ x }}' $HOME");
  g_assert_null (none);
}

/* Links and conditions. */

/* Each `if` of a job that needs a and b, and what the step makes of it. */
static void
test_read_gates (void)
{
  static const struct
  {
    const char *condition;
    const char *needs;
    const char *join;
    const char *left;
  } cases[] = {
    { "${{ inputs.x == 'y' }}", "[\"a\",\"b\"]", "null", "\"params.x == 'y'\"" },
    { "always()", "[{\"step\":\"a\",\"on\":\"always\"},{\"step\":\"b\",\"on\":\"always\"}]", "null",
      "null" },
    { "${{ !cancelled() && needs.a.result == 'success' }}",
      "[\"a\",{\"step\":\"b\",\"on\":\"always\"}]", "null", "null" },
    { "always() && (needs.a.result == 'success' || needs.a.result == 'failure') && needs.b.result "
      "== 'failure'",
      "[{\"step\":\"a\",\"on\":\"finished\"},{\"step\":\"b\",\"on\":\"failure\",\"handles\":false}"
      "]",
      "null", "null" },
    { "${{ !cancelled() && (needs.a.result == 'success' || needs.b.result == 'success') }}",
      "[\"a\",\"b\"]", "\"any\"", "null" },
    { "${{ !cancelled() && needs.a.result != 'failure' && needs.a.result != 'cancelled' && "
      "needs.b.result != "
      "'failure' && needs.b.result != 'cancelled' && (needs.a.result == 'success' || "
      "needs.b.result == 'success') }}",
      "[\"a\",\"b\"]", "\"none-failed\"", "null" },
    { "failure()", "[{\"step\":\"a\",\"on\":\"always\"},{\"step\":\"b\",\"on\":\"always\"}]",
      "null", "\"failure()\"" },
    { "always() && needs.a.result != 'skipped'",
      "[{\"step\":\"a\",\"on\":\"always\"},{\"step\":\"b\",\"on\":\"always\"}]", "null",
      "\"steps.a.conclusion != 'skipped'\"" },
    { "github.ref == 'x' && inputs.y", "[\"a\",\"b\"]", "null", "\"params.y\"" },
    { "success() || inputs.y",
      "[{\"step\":\"a\",\"on\":\"always\"},{\"step\":\"b\",\"on\":\"always\"}]", "null",
      "\"(success() || params.y)\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "on: push\njobs:\n  a: &job\n    runs-on: x\n    steps: [run: 'true']\n  b: *job\n"
        "  c:\n    needs: [a, b]\n    if: \"%s\"\n    runs-on: x\n    steps: [run: 'true']\n",
        cases[i].condition);
      g_autoptr(JsonObject) step = import_step (text, 2);
      g_autofree char *again = NULL;
      g_autoptr(RunnelPipeline) pipeline = import_workflow (text, NULL);
      g_autofree char *document = runnel_pipeline_to_text (pipeline, NULL);

      g_test_message ("%s", cases[i].condition);
      assert_json (step, "needs", cases[i].needs);
      assert_json (step, "join", cases[i].join);
      assert_json (step, "if", cases[i].left);
      /* Whatever was made of it, it is written back as it was. */
      again = export_document (document, &usual);
      assert_has (again, cases[i].condition);
    }
}

/* The condition that was kept is not written when the step was changed since. */
static void
test_stale_condition (void)
{
  g_autoptr(RunnelPipeline) pipeline = import_workflow (
    "on: push\njobs:\n  a:\n    if: always() && github.ref == 'x'\n    runs-on: y\n"
    "    steps: [run: 'true']\n",
    NULL);
  g_autofree char *document = runnel_pipeline_to_text (pipeline, NULL);
  g_autoptr(GString) changed = g_string_new (document);
  g_autofree char *before = export_document (document, &usual);
  g_autofree char *after = NULL;

  g_string_replace (changed, "\"kind\": \"script\",", "\"kind\": \"script\", \"if\": \"params.z\",",
                    1);
  after = export_document (changed->str, &usual);

  assert_has (before, "if: always() && github.ref == 'x'");
  assert_has_not (after, "github.ref");
  assert_has (after, "if: ${{ inputs.z }}");
}

static void
test_plain_links (void)
{
  g_autofree char *yaml =
    export_steps ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}},"
                  "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"y\"},"
                  " \"needs\": [\"a\"], \"if\": \"params.q\"}");

  assert_has (yaml, "needs: a\n    if: ${{ inputs.q }}\n");
  assert_has_not (yaml, "cancelled()");
}

/* A failure that is made good: the job succeeds, tells, and someone looks at the end. */
static void
test_handled (void)
{
  g_autofree char *yaml = export_steps (
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"y\"}, \"if\": \"params.q\","
    " \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]},"
    "{\"id\": \"c\", \"kind\": \"script\", \"with\": {\"run\": \"y\"}, \"needs\": [\"a\"]}");

  assert_has (yaml, "runnel-result: ${{ steps.run.outcome }}");
  assert_has (yaml, "continue-on-error: true");
  assert_has (yaml,
              "if: ${{ !cancelled() && needs.a.outputs.runnel-result == 'failure' && inputs.q }}");
  assert_has (yaml, "if: ${{ !cancelled() && needs.a.outputs.runnel-result == 'success' }}");
  assert_has (yaml, "runnel-verdict:");
  assert_has (yaml, "(needs.b.result == 'skipped' || needs.b.result == 'cancelled')");
}

static void
test_certain_handler (void)
{
  g_autofree char *yaml =
    export_steps ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}},"
                  "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"y\"},"
                  " \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]}");

  assert_has (yaml, "runnel-result");
  assert_has_not (yaml, "runnel-verdict");
}

/* Steps. */

static void
test_limits (void)
{
  g_autofree char *yaml = export_steps (
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"timeout\": \"5m\"},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"timeout\": \"90s\"},"
    "{\"id\": \"c\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"continue-on-error\": "
    "true},"
    "{\"id\": \"d\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"disabled\": \"bypass\"},"
    "{\"id\": \"e\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"disabled\": true}");

  assert_has (yaml, "timeout-minutes: 5\n");
  assert_has (yaml, "timeout -k 10 90");
  assert_has (yaml, "continue-on-error: true");
  assert_has (yaml, "id: run\n        if: ${{ !always() }}\n");
  assert_has (yaml, "  e:\n    if: ${{ !always() }}\n");
}

static void
test_shells (void)
{
  g_autofree char *yaml = export_steps (
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\", \"shell\": \"bash\"}},"
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"x\", \"shell\": \"python3\"}},"
    "{\"id\": \"c\", \"kind\": \"command\", \"with\": {\"argv\": [\"echo\", \"${{ params.x "
    "}}\"]}}");

  assert_has (yaml, "shell: bash --noprofile --norc -euo pipefail {0}");
  assert_has (yaml, "shell: python3 -u {0}");
  assert_has (yaml, "RUNNEL_ARGUMENT_1: ${{ inputs.x }}");
}

static void
test_matrix (void)
{
  g_autofree char *yaml = export_steps (
    "{\"id\": \"l\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}},"
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"needs\": [\"l\"],"
    " \"artifacts\": [\"out\"],"
    " \"matrix\": {\"os\": \"${{ fromJSON(steps.l.outputs.os) }}\", \"max-parallel\": 2,"
    " \"fail-fast\": false}}");

  assert_has (yaml, "if: ${{ needs.l.outputs.os != '[]' }}");
  assert_has (yaml, "      fail-fast: false\n      max-parallel: 2\n      matrix:\n"
                    "        os: ${{ fromJSON(needs.l.outputs.os) }}\n");
  assert_has (yaml, "RUNNEL_MATRIX_OS: ${{ matrix.os }}");
  assert_has (yaml, "name: a.${{ steps.number.outputs.leg }}");
}

static void
test_losses (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_pipeline (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"priority\": 3,"
    " \"with\": {\"run\": \"x\"}, \"env\": {\"X\": \"${{ trigger.kind }}\"}}]}");
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *yaml = export_document (text, &usual);

  g_assert_null (runnel_target_export (&runnel_target_github, flow, &usual, FALSE, &error));
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS);
  assert_has (yaml, "  # runnel: lost: env: trigger.kind is not known there\n");
  assert_has (yaml, "  # runnel: lost: priority:");
}

/* A step without the condition that it was to have must not run. */
static void
test_lost_condition (void)
{
  g_autofree char *yaml =
    export_steps ("{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"},"
                  " \"if\": \"secrets.T != ''\"}");

  assert_has (yaml, "# runnel: lost: condition: secrets.T is not known in a condition");
  assert_has (yaml, "!always()");
}

static void
test_one_job (void)
{
  const RunnelExportOptions options = { "debian:12", "big", "one-job", "runnel" };
  g_autofree char *yaml = export_document (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"y\"}, \"needs\": [\"a\"]},"
    "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}},"
    "{\"id\": \"c\", \"kind\": \"script\", \"with\": {\"run\": \"z\"},"
    " \"needs\": [{\"step\": \"b\", \"on\": \"failure\", \"handles\": false}]}]}",
    &options);
  const char *a = strstr (yaml, "id: a\n");
  const char *b = strstr (yaml, "id: b\n");

  g_assert_true (a != NULL && b != NULL && a < b);
  assert_has (yaml, "runs-on: big");
  assert_has (yaml, "if: ${{ !cancelled() && steps.a.conclusion == 'success' }}");
  assert_has (yaml, "if: ${{ !cancelled() && steps.b.conclusion == 'failure' }}");
}

/* An undo reads outputs of the step that it undoes, which is a job before it. */
static void
test_undo (void)
{
  g_autofree char *yaml = export_document (
    "{\"format\": 1, \"on-failure\": \"rollback\", \"steps\": [{\"id\": \"a\", \"kind\": "
    "\"script\","
    " \"with\": {\"run\": \"x\"}, \"undo\": {\"kind\": \"script\", \"with\": {\"run\": \"y\"},"
    " \"env\": {\"P\": \"${{ steps.self.outputs.place }}\"}}}]}",
    &usual);

  assert_has (yaml, "place: ${{ steps.run.outputs.place }}");
  assert_has (yaml, "  a-undo:\n    needs: a\n"
                    "    if: ${{ failure() && needs.a.result != 'skipped' }}\n");
  assert_has (yaml, "P: ${{ needs.a.outputs.place }}");
  assert_has_not (yaml, "lost");
}

static void
test_too_large (void)
{
  g_autofree char *run = g_strnfill (600 * 1000, 'x');
  g_autofree char *document =
    g_strdup_printf ("{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": "
                     "{\"run\": \"%s\"}}]}",
                     run);
  g_autoptr(RunnelPipeline) pipeline = read_pipeline (document);
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_target_export (&runnel_target_github, flow, &usual, TRUE, &error));
  g_assert_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS);
  assert_has (error->message, "and GitHub takes 512000 at most");
}

/* Import. */

static void
test_jobs (void)
{
  static const char text[] =
    "on: push\n"
    "defaults: {run: {shell: bash}}\n"
    "jobs:\n"
    "  one:\n    runs-on: ubuntu-latest\n    timeout-minutes: 7\n    env: {A: '${{ github.sha }}', "
    "B: '${{ inputs.b }}'}\n"
    "    steps: [{uses: actions/checkout@v4}, {name: Go, run: make}, {run: make check}]\n"
    "  two:\n    needs: one\n    runs-on: [self-hosted, gpu]\n    steps: [{uses: a/b@v1}]\n"
    "  three:\n    uses: ./.github/workflows/deploy.yml\n    with: {v: '${{ inputs.b }}'}\n    "
    "secrets: inherit\n";
  g_autoptr(JsonObject) one = import_step (text, 0);
  g_autoptr(JsonObject) two = import_step (text, 1);
  g_autoptr(JsonObject) three = import_step (text, 2);

  assert_json (one, "kind", "\"script\"");
  assert_json (one, "timeout", "\"7m\"");
  assert_json (one, "env", "{\"B\":\"${{ params.b }}\"}");
  assert_json (json_object_get_object_member (one, "with"), "run",
               "\"# Go\\n(\\nmake\\n)\\n(\\nmake check\\n)\\n\"");
  assert_json (json_object_get_object_member (one, "with"), "shell",
               "\"bash --noprofile --norc -eo pipefail\"");
  assert_json (two, "kind", "\"foreign\"");
  assert_json (two, "needs", "[\"one\"]");
  assert_json (json_object_get_object_member (two, "with"), "system", "\"github-actions\"");
  assert_json (three, "kind", "\"pipeline\"");
  assert_json (three, "with",
               "{\"file\":\"deploy.runnel.json\",\"parameters\":{\"v\":\"${{ params.b }}\"}}");
}

static void
test_notes (void)
{
  g_autoptr(GPtrArray) notes = NULL;
  g_autoptr(RunnelPipeline) pipeline = import_workflow (
    "on: push\njobs:\n  a:\n    if: github.ref == 'x'\n    runs-on: y\n    steps: [run: 'true']\n",
    &notes);
  const RunnelImportNote *note = g_ptr_array_index (notes, 0);

  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_cmpstr (note->step, ==, "a");
  g_assert_cmpuint (note->line, ==, 4);
  g_assert_cmpstr (note->message, ==,
                   "the condition “github.ref == 'x'” is kept for GitHub, but not asked here");
}

static void
test_invalid (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "on: push\njobs: {}\n", "line 2, column 7: “jobs” is a mapping with at least one job" },
    { "on: push\njobs:\n  a:\n    steps: []\n",
      "line 4, column 5: the job has no “runs-on”: where it runs" },
    { "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: y\n",
      "line 6, column 9: the step has neither “run” nor “uses”" },
    { "on: push\njobs:\n  a:\n    needs: [b]\n    runs-on: x\n    steps: []\n",
      "line 4, column 13: job “a” needs “b”, which is not there" },
    { "on: push\njobs:\n  a:\n    runs-on: x\n    if: a = 'b'\n    steps: []\n",
      "line 5, column 9:" },
    { "jobs:\n  a: b\n", "line 1, column 1: the workflow has no “on”: what starts it" },
    { "- a\n", "line 1, column 1: a workflow is a mapping with “on” and “jobs”" },
    { "on: [push\n", "line 2, column 1:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RunnelImport) import = runnel_import_new (NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (runnel_target_github.import (import, "x.yml", cases[i].text,
                                                   strlen (cases[i].text), &error));
      g_assert_nonnull (error);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_error ("“%s” is not “%s”", error->message, cases[i].message);
    }
}

static void
test_detect (void)
{
  static const char workflow[] = "on: push\njobs:\n  a:\n    runs-on: x\n";

  g_assert_true (runnel_target_detect (".github/workflows/a.yml", workflow, strlen (workflow))
                 == &runnel_target_github);
  g_assert_true (runnel_target_github.detect ("a.yml", "build:\n  script: x\n", 19) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/Runnel/GitHub/expressions", test_expressions);
  g_test_add_func ("/Runnel/GitHub/escape", test_escape);
  g_test_add_func ("/Runnel/GitHub/read-gates", test_read_gates);
  g_test_add_func ("/Runnel/GitHub/stale-condition", test_stale_condition);
  g_test_add_func ("/Runnel/GitHub/plain-links", test_plain_links);
  g_test_add_func ("/Runnel/GitHub/handled", test_handled);
  g_test_add_func ("/Runnel/GitHub/certain-handler", test_certain_handler);
  g_test_add_func ("/Runnel/GitHub/limits", test_limits);
  g_test_add_func ("/Runnel/GitHub/shells", test_shells);
  g_test_add_func ("/Runnel/GitHub/matrix", test_matrix);
  g_test_add_func ("/Runnel/GitHub/losses", test_losses);
  g_test_add_func ("/Runnel/GitHub/lost-condition", test_lost_condition);
  g_test_add_func ("/Runnel/GitHub/one-job", test_one_job);
  g_test_add_func ("/Runnel/GitHub/undo", test_undo);
  g_test_add_func ("/Runnel/GitHub/too-large", test_too_large);
  g_test_add_func ("/Runnel/GitHub/jobs", test_jobs);
  g_test_add_func ("/Runnel/GitHub/notes", test_notes);
  g_test_add_func ("/Runnel/GitHub/invalid", test_invalid);
  g_test_add_func ("/Runnel/GitHub/detect", test_detect);

  return g_test_run ();
}
