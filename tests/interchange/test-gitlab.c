/* test-gitlab.c: pipelines for GitLab CI, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "flow-facts.h"
#include "interchange/runnel-targets.h"
#include "random-pipeline.h"
#include "util/runnel-remove-tree.h"

#define N_PIPELINES 500

/* What can't be told apart, or is told of in the comments of the file, from what has to come back.
 */
#define FEATURES (RANDOM_ALL & ~RANDOM_FEATURE (SUBPIPELINE))

static const RunnelExportOptions options = { "debian:12", NULL, NULL, "runnel" };

static char *
export_flow (const RunnelFlow *flow)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files =
    runnel_target_export (&runnel_target_gitlab, flow, &options, TRUE, &error);
  RunnelExportFile *file;

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->path, ==, ".gitlab-ci.yml");

  return g_strndup (g_bytes_get_data (file->content, NULL), g_bytes_get_size (file->content));
}

static RunnelFlow *
import_flow (RunnelImport *import, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelPipeline) pipeline = NULL;
  RunnelFlow *flow;

  runnel_target_gitlab.import (import, ".gitlab-ci.yml", text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runnel_import_get_n_pipelines (import), ==, 1);
  pipeline = runnel_import_make_pipeline (import, 0, &error);
  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);

  return flow;
}

static RunnelFlow *
read_flow (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  RunnelFlow *flow;

  g_assert_no_error (error);
  flow = runnel_flow_new (pipeline, NULL, &error);
  g_assert_no_error (error);

  return flow;
}

static void
assert_comes_back (const RunnelFlow *flow, guint seed)
{
  g_autofree char *text = export_flow (flow);
  g_autoptr (RunnelImport) import = runnel_import_new (NULL);
  g_autoptr (RunnelFlow) back = import_flow (import, text);
  FlowLosses losses = { &runnel_target_gitlab, flow, &options };
  g_autofree char *before = flow_to_facts (flow, &losses);
  g_autofree char *after = flow_to_facts (back, &losses);

  if (!g_str_equal (before, after))
    g_error ("seed %u: went out as\n%s\nand came back as\n%s\nfrom\n%s", seed, before, after, text);
}

static void
assert_round_trip (guint seed)
{
  g_autoptr (RunnelPipeline) pipeline = random_pipeline_new (seed, FEATURES);
  g_autoptr (GError) error = NULL;
  g_autoptr (RunnelFlow) flow = runnel_flow_new (pipeline, NULL, &error);

  g_assert_no_error (error);
  assert_comes_back (flow, seed);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < N_PIPELINES; i++)
    assert_round_trip (i);
  g_test_message ("%u pipelines", N_PIPELINES);
}

/* A job gets the variables of those that it needs, so it needs one more; which comes back as no
 * link. */
static void
test_sources (void)
{
  g_autoptr (RunnelFlow) flow = read_flow (
    "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": "
    "\"a\\n\"}, \"outputs\": {\"v\": \"What\"}}, {\"id\": \"b\", \"kind\": \"script\", \"with\": "
    "{\"run\": \"b\\n\"}, \"needs\": [\"a\"]}, {\"id\": \"c\", \"kind\": \"script\", \"with\": "
    "{\"run\": \"c\\n\"}, \"needs\": [\"b\"], \"env\": {\"V\": \"${{ steps.a.outputs.v }}\"}},"
    "{\"id\": \"d\", \"kind\": \"script\", \"with\": {\"run\": \"d\\n\"}, \"needs\": "
    "[{\"step\": \"b\", \"on\": \"failure\"}], \"env\": {\"V\": \"${{ steps.a.outputs.v }}\"}}]}");
  g_autofree char *text = export_flow (flow);

  g_assert_nonnull (
    strstr (text, "c:\n  needs:\n    - b\n    - a\n  before_script:\n    - export V=\"${v}\"\n"));
  g_assert_nonnull (strstr (text, "# runnel: lost: env: "));
  g_assert_nonnull (strstr (text, "d:\n  needs:\n    - b\n  when: on_failure\n  script:"));
  assert_comes_back (flow, 0);
}

static void
test_looks (void)
{
  g_autoptr (RunnelFlow) flow =
    read_flow ("{\"format\": 1, \"name\": \"Build\", \"parameters\": {\"dry-run\": {\"type\": "
               "\"boolean\", \"default\": false}},"
               " \"steps\": [{\"id\": \"build\", \"kind\": \"script\", \"with\": {\"run\": "
               "\"make\\nmake check\\n\"},"
               " \"retry\": 2, \"timeout\": \"5m\", \"outputs\": {\"version\": \"\"}, "
               "\"artifacts\": [\"out\"]},"
               "{\"id\": \"ship\", \"kind\": \"script\", \"with\": {\"run\": \"./ship\\n\"}, "
               "\"if\": \"!params.dry-run\","
               " \"needs\": [\"build\"], \"priority\": 3, \"env\": {\"V\": \"${{ "
               "steps.build.outputs.version }}\","
               " \"D\": \"$x ${{ params.dry-run }}\"}}, {\"id\": \"tell\", \"kind\": \"script\", "
               "\"with\": {\"run\": \"./tell\"},"
               " \"needs\": [{\"step\": \"ship\", \"on\": \"failure\"}]}]}");
  g_autofree char *text = export_flow (flow);

  g_assert_cmpstr (text, ==,
                   "# Made by “runnel export”.\n"
                   "variables:\n"
                   "  RUNNEL_PARAM_DRY_RUN:\n"
                   "    value: 'false'\n"
                   "    description: dry-run\n"
                   "    options:\n"
                   "      - 'true'\n"
                   "      - 'false'\n"
                   "build:\n"
                   "  variables:\n"
                   "    RUNNEL_OUTPUT: $CI_PROJECT_DIR/.runnel-build.env\n"
                   "  script:\n"
                   "    - |\n"
                   "      make\n"
                   "      make check\n"
                   "  artifacts:\n"
                   "    paths:\n"
                   "      - out\n"
                   "    reports:\n"
                   "      dotenv: .runnel-build.env\n"
                   "  retry: 2\n"
                   "  timeout: 5m\n"
                   "# runnel: lost: priority: jobs start in the order in which runners are free\n"
                   "ship:\n"
                   "  needs:\n"
                   "    - build\n"
                   "  rules:\n"
                   "    - if: $RUNNEL_PARAM_DRY_RUN != \"true\"\n"
                   "  variables:\n"
                   "    D: $$x ${RUNNEL_PARAM_DRY_RUN}\n"
                   "  before_script:\n"
                   "    - export V=\"${version}\"\n"
                   "  script:\n"
                   "    - |\n"
                   "      ./ship\n"
                   "tell:\n"
                   "  needs:\n"
                   "    - ship\n"
                   "  rules:\n"
                   "    - if: $RUNNEL_PARAM_DRY_RUN != \"true\"\n"
                   "      when: on_failure\n"
                   "  script:\n"
                   "    - |\n"
                   "      ./tell\n"
                   ".runnel:\n"
                   "  name: Build\n"
                   "  parameters:\n"
                   "    dry-run:\n"
                   "      type: boolean\n"
                   "      default: false\n"
                   "  steps:\n"
                   "    build:\n"
                   "      outputs:\n"
                   "        version: ''\n");
}

static void
assert_imports_as (const char *text, const char *expected)
{
  g_autoptr (RunnelImport) import = runnel_import_new (NULL);
  g_autoptr (RunnelFlow) flow = import_flow (import, text);
  FlowLosses losses = { &runnel_target_gitlab, flow, &options };
  g_autofree char *facts = flow_to_facts (flow, &losses);

  for (guint i = 0; i < runnel_import_get_notes (import)->len; i++)
    g_test_message (
      "%s",
      ((RunnelImportNote *) g_ptr_array_index (runnel_import_get_notes (import), i))->message);
  if (strstr (facts, expected) == NULL)
    g_assert_cmpstr (facts, ==, expected);
}

static void
test_stages (void)
{
  const char *text = "stages: [one, two, three]\n"
                     "a: {stage: one, script: a}\n"
                     "b: {stage: two, needs: [], script: b}\n"
                     "c: {stage: three, script: c, when: on_failure}\n"
                     "d: {stage: .post, script: d}\n"
                     "e: {stage: one, script: e}\n";

  /* Nobody of the second stage waits, so the third waits for the first as well. */
  assert_imports_as (
    text,
    "step c “c”: script\n  sh: c\n  needs b on 1\n  needs a on 1\n  needs e on 1\n  join 1\n");
  assert_imports_as (text, "step d “d”: script\n  sh: d\n  needs c on 0\n  enabled");
  assert_imports_as (text, "step b “b”: script\n  sh: b\n  enabled");
}

static void
test_extends (void)
{
  assert_imports_as (".a: {image: x, variables: {A: '1', B: '2'}, script: [one]}\n"
                     ".b: {extends: .a, variables: {B: 3}}\n"
                     "c: {extends: [.b], script: [two, !reference [.a, script]]}\n",
                     "step c “c”: script\n  sh: two\none\n  env A=1\n  env B=3\n  enabled 0\n  "
                     "timeout 0\n  continues 0\n  image x\n");
  assert_imports_as ("a: {extends: b, script: a}\nb: {extends: a, variables: {X: y}}\n",
                     "step a “a”: script\n  sh: a\n  env X=y\n");
  assert_imports_as (
    "default: {before_script: [first], timeout: 1 hour 30 minutes, retry: 1}\na: {script: "
    "[second]}\n",
    "step a “a”: script\n  sh: first\nsecond\n  enabled 0\n  timeout 5400000000\n  retry 1");
}

static void
test_matrix (void)
{
  assert_imports_as ("a: {script: x, parallel: {matrix: [{P: aws, S: [m, n]}, {P: gcp}]}}\n",
                     "  env P=${{ matrix.P }}\n  env S=${{ matrix.S }}\n");
  assert_imports_as ("a: {script: x, parallel: 2}\n",
                     "  leg CI_NODE_INDEX=1\n  leg CI_NODE_INDEX=2\n");
}

static void
test_foreign (void)
{
  assert_imports_as (
    "a: {trigger: {include: x.yml}}\n",
    "step a “a”: foreign\n  "
    "{\"system\":\"gitlab\",\"definition\":{\"trigger\":{\"include\":\"x.yml\"}}}\n");
}

static void
assert_refused (const char *text, int code, const char *message)
{
  g_autoptr (RunnelImport) import = runnel_import_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (runnel_target_gitlab.import (import, "x.yml", text, strlen (text), &error));
  g_assert_error (error, RUNNEL_IMPORT_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("a:\n  variables:\n    true\n", RUNNEL_IMPORT_ERROR_INVALID,
                  "line 3, column 5: job “a”: “variables” has the wrong type, a mapping expected");
  assert_refused (
    "a: [1]\n", RUNNEL_IMPORT_ERROR_INVALID,
    "line 1, column 4: job “a”: a mapping with “script”, “trigger” or “extends” is expected");
  assert_refused ("- a\n", RUNNEL_IMPORT_ERROR_INVALID,
                  "line 1, column 1: a mapping with jobs is expected");
  assert_refused ("a: {script: x\n", RUNNEL_IMPORT_ERROR_SYNTAX,
                  "line 2, column 1: did not find expected ',' or '}', while parsing a flow "
                  "mapping that begins in line 1");
}

/* Values that grow out of all bounds by referring to each other. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (".r0: {script: [x, x, x, x, x, x, x, x, x, x]}\n");

  for (guint i = 1; i < 10; i++)
    {
      g_string_append_printf (text, ".r%u:\n  script:\n", i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (text, "    - !reference [.r%u, script]\n", i - 1);
    }
  g_string_append (text, "a: {script: !reference [.r9, script]}\n");
  assert_imports_as (text->str, "step a “a”: ");
}

static void
test_includes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-gitlab-XXXXXX", NULL);
  g_autofree char *sub = g_build_filename (folder, "sub", NULL);
  g_autofree char *other = g_build_filename (sub, "other.yml", NULL);
  g_autofree char *outside = g_build_filename (folder, "outside.yml", NULL);
  g_autoptr (RunnelImport) import = NULL;
  g_autoptr (RunnelFlow) flow = NULL;

  g_mkdir (sub, 0700);
  g_file_set_contents (other, ".a: {image: x}\nb: {script: b}\n", -1, NULL);
  g_file_set_contents (outside, "c: {script: c}\n", -1, NULL);
  import = runnel_import_new (sub);
  flow = import_flow (
    import,
    "include: [/other.yml, {local: ../outside.yml}, {remote: 'https://example.org/x.yml'}]\n"
    "d: {extends: .a, script: d}\n");
  g_assert_nonnull (runnel_flow_find_step (flow, "b"));
  g_assert_null (runnel_flow_find_step (flow, "c"));
  g_assert_cmpstr (runnel_flow_find_step (flow, "d")->image, ==, "x");
  g_assert_cmpuint (runnel_import_get_notes (import)->len, ==, 1);
  runnel_remove_tree (folder, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/gitlab/looks", test_looks);
  g_test_add_func ("/interchange/gitlab/sources", test_sources);
  g_test_add_func ("/interchange/gitlab/round-trip", test_round_trip);
  g_test_add_func ("/interchange/gitlab/stages", test_stages);
  g_test_add_func ("/interchange/gitlab/extends", test_extends);
  g_test_add_func ("/interchange/gitlab/matrix", test_matrix);
  g_test_add_func ("/interchange/gitlab/foreign", test_foreign);
  g_test_add_func ("/interchange/gitlab/refused", test_refused);
  g_test_add_func ("/interchange/gitlab/bounds", test_bounds);
  g_test_add_func ("/interchange/gitlab/includes", test_includes);

  return g_test_run ();
}
