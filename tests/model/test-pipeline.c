/* test-pipeline.c: reading and writing pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-pipeline-private.h"

/* Every key of the format, in canonical form. */
static const char full[] =
  "{\n"
  "  \"$schema\": \"runnel-1.schema.json\",\n"
  "  \"format\": 1,\n"
  "  \"name\": \"Build — Ünïcode ✓\",\n"
  "  \"description\": \"Builds\\nand tests\",\n"
  "  \"parameters\": {\n"
  "    \"version\": {\"type\": \"string\", \"default\": \"1.0\", \"description\": \"What to call it\"},\n"
  "    \"count\": {\"type\": \"number\", \"required\": true},\n"
  "    \"mode\": {\n"
  "      \"type\": \"choice\",\n"
  "      \"default\": \"debug\",\n"
  "      \"choices\": [\"debug\", \"release\"]\n"
  "    }\n"
  "  },\n"
  "  \"env\": {\"CC\": \"gcc\"},\n"
  "  \"secrets\": [\"token\"],\n"
  "  \"defaults\": {\"shell\": \"bash\", \"working-directory\": \"src\", \"timeout\": \"1h\", \"retry\": 1},\n"
  "  \"concurrency\": {\"jobs\": 4, \"group\": \"main\", \"policy\": \"queue\", \"max\": 1},\n"
  "  \"pools\": {\"gpu\": 2},\n"
  "  \"triggers\": [\n"
  "    {\"kind\": \"schedule\", \"cron\": \"0 3 * * *\"}\n"
  "  ],\n"
  "  \"steps\": [\n"
  "    {\n"
  "      \"id\": \"build\",\n"
  "      \"name\": \"Build it\",\n"
  "      \"kind\": \"command\",\n"
  "      \"with\": {\n"
  "        \"argv\": [\"make\", \"-j4\"]\n"
  "      },\n"
  "      \"env\": {\"V\": \"1\"},\n"
  "      \"working-directory\": \"lib\",\n"
  "      \"timeout\": \"1h30m\",\n"
  "      \"retry\": {\n"
  "        \"max\": 3,\n"
  "        \"delay\": \"1s\",\n"
  "        \"backoff\": 2.0,\n"
  "        \"max-delay\": \"1m\",\n"
  "        \"jitter\": 0.1,\n"
  "        \"exit-codes\": [1, 2],\n"
  "        \"if\": \"steps.self.exit_code != 3\"\n"
  "      },\n"
  "      \"matrix\": {\n"
  "        \"fail-fast\": false,\n"
  "        \"os\": [\"a\", \"b\"]\n"
  "      },\n"
  "      \"pool\": {\"name\": \"gpu\", \"slots\": 2},\n"
  "      \"priority\": 7,\n"
  "      \"cache\": {\n"
  "        \"key\": \"k\",\n"
  "        \"inputs\": [\"*.c\"],\n"
  "        \"outputs\": [\"out\"]\n"
  "      },\n"
  "      \"artifacts\": [\"*.tar\"],\n"
  "      \"outputs\": {\"version\": \"The version\"},\n"
  "      \"breaker\": {\"failures\": 3, \"cool-down\": \"1d\"},\n"
  "      \"x-note\": {\n"
  "        \"z\": [\n"
  "          {\"b\": null, \"a\": 1e+300}\n"
  "        ]\n"
  "      }\n"
  "    },\n"
  "    {\n"
  "      \"id\": \"test\",\n"
  "      \"kind\": \"command\",\n"
  "      \"with\": {\n"
  "        \"argv\": [\"make\", \"check\"]\n"
  "      },\n"
  "      \"needs\": [\n"
  "        \"build\",\n"
  "        {\"step\": \"lint\", \"on\": \"failure\", \"handles\": false}\n"
  "      ],\n"
  "      \"join\": \"any\",\n"
  "      \"if\": \"params.count > 1\",\n"
  "      \"continue-on-error\": true,\n"
  "      \"undo\": {\n"
  "        \"kind\": \"command\",\n"
  "        \"with\": {\n"
  "          \"argv\": [\"true\"]\n"
  "        }\n"
  "      },\n"
  "      \"disabled\": \"bypass\"\n"
  "    }\n"
  "  ],\n"
  "  \"groups\": [\n"
  "    {\n"
  "      \"id\": \"g\",\n"
  "      \"name\": \"Group\",\n"
  "      \"steps\": [\"build\", \"test\"],\n"
  "      \"color\": \"blue\"\n"
  "    }\n"
  "  ],\n"
  "  \"notes\": [\n"
  "    {\"id\": \"n\", \"text\": \"Hello\"}\n"
  "  ],\n"
  "  \"x-team\": \"core\",\n"
  "  \"layout\": {\n"
  "    \"steps\": {\n"
  "      \"build\": [0, 0],\n"
  "      \"test\": [240, -12.5],\n"
  "      \"gone\": [1, 2]\n"
  "    },\n"
  "    \"notes\": {\n"
  "      \"n\": [0, 200, 160, 80]\n"
  "    }\n"
  "  }\n"
  "}\n";

static RunnelPipeline *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pipeline);

  return pipeline;
}

static void
assert_canonical (const char *text,
                  const char *expected)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (text);
  gsize length;
  g_autofree char *written = runnel_pipeline_to_text (pipeline, &length);

  g_assert_cmpstr (written, ==, expected);
  g_assert_cmpuint (length, ==, strlen (written));
}

static void
test_full (void)
{
  assert_canonical (full, full);
}

static void
test_members (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (full);
  const RunnelParameter *parameters;
  RunnelPoint point;
  RunnelStep *step;
  guint index, n;

  g_assert_cmpstr (runnel_pipeline_get_name (pipeline), ==, "Build — Ünïcode ✓");
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 2);
  g_assert_true (runnel_pipeline_find_step (pipeline, "test", &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (runnel_pipeline_find_step (pipeline, "lint", NULL));

  step = runnel_pipeline_get_step (pipeline, 0);
  g_assert_cmpint (step->timeout, ==, 90 * G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (step->retry->max, ==, 3);
  g_assert_cmpfloat (step->retry->backoff, ==, 2.0);
  g_assert_cmpuint (step->retry->n_exit_codes, ==, 2);
  g_assert_cmpint (step->priority, ==, 7);
  g_assert_cmpstr (runnel_step_get_title (step), ==, "Build it");

  step = runnel_pipeline_get_step (pipeline, 1);
  g_assert_cmpuint (step->n_needs, ==, 2);
  g_assert_cmpstr (step->needs[1].step, ==, "lint");
  g_assert_cmpint (step->needs[1].on, ==, RUNNEL_ON_FAILURE);
  g_assert_false (step->needs[1].handles);
  g_assert_cmpint (step->join, ==, RUNNEL_JOIN_ANY);
  g_assert_cmpint (step->enabled, ==, RUNNEL_BYPASSED);
  g_assert_cmpstr (step->condition, ==, "params.count > 1");
  g_assert_cmpstr (runnel_step_get_title (step), ==, "test");

  g_assert_true (runnel_pipeline_get_position (pipeline, "test", &point));
  g_assert_cmpfloat (point.x, ==, 240);
  g_assert_cmpfloat (point.y, ==, -12.5);

  parameters = runnel_pipeline_get_parameters (pipeline, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (parameters[0].name, ==, "version");
  g_assert_cmpstr (json_node_get_string (parameters[0].default_value), ==, "1.0");
  g_assert_true (parameters[1].required);
  g_assert_cmpint (parameters[2].type, ==, RUNNEL_PARAMETER_CHOICE);
  g_assert_cmpstr (parameters[2].choices[1], ==, "release");
  g_assert_null (parameters[2].choices[2]);
}

/* Keys in the order of the format, numbers and texts in one form, unknown keys behind; and then it stays so. */
static void
test_canonical (void)
{
  static const char text[] =
    "{\"layout\":{\"notes\":{},\"steps\":{\"b\":[1.0,2e1],\"zz\":[1,1],\"a\":[0.1,-0]}},\"u\":1,"
    "\"steps\":[{\"u2\":{},\"needs\":[{\"on\":\"failure\",\"step\":\"b\"}],\"kind\":\"k\",\"id\":\"a\"},"
    "{\"id\":\"b\"}],\"format\":1}";
  static const char expected[] =
    "{\n  \"format\": 1,\n  \"steps\": [\n"
    "    {\n      \"id\": \"a\",\n      \"kind\": \"k\",\n      \"needs\": [\n"
    "        {\"step\": \"b\", \"on\": \"failure\"}\n      ],\n      \"u2\": {}\n    },\n"
    "    {\n      \"id\": \"b\"\n    }\n  ],\n  \"u\": 1,\n"
    "  \"layout\": {\n    \"steps\": {\n      \"a\": [0.1, 0],\n      \"b\": [1, 20],\n      \"zz\": [1, 1]\n    },\n"
    "    \"notes\": {}\n  }\n}\n";

  assert_canonical (text, expected);
  assert_canonical (expected, expected);
}

/* What is misshapen is reported, counts as not given, and is written as it was. */
static void
test_misshapen (void)
{
  static const char *const texts[] = {
    "{\n  \"format\": 1,\n  \"steps\": 5,\n  \"layout\": [1]\n}\n",
    "{\n  \"format\": 1,\n  \"steps\": [\n    5,\n    {\n      \"id\": 7,\n      \"needs\": [null, \"a\"]\n    },\n"
    "    null\n  ],\n  \"layout\": {\n    \"steps\": 3\n  }\n}\n",
    "{\n  \"format\": 1,\n  \"name\": {},\n  \"parameters\": [],\n  \"steps\": [\n    {\n      \"id\": \"a\",\n"
    "      \"timeout\": 5,\n      \"retry\": \"x\",\n      \"disabled\": []\n    }\n  ],\n  \"layout\": {\n"
    "    \"steps\": {\n      \"a\": [1, 2, 3]\n    }\n  }\n}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
      g_autoptr(RunnelPipeline) pipeline = NULL;
      guint n_errors;

      assert_canonical (texts[i], texts[i]);
      pipeline = runnel_pipeline_new_from_text (texts[i], -1, diagnostics, NULL);
      g_assert_true (runnel_diagnostics_has_error (diagnostics));

      /* Looking again finds the same, and the list has it once. */
      n_errors = runnel_diagnostics_get_size (diagnostics);
      _runnel_pipeline_check_shape (pipeline, diagnostics);
      g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, n_errors);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "[]", RUNNEL_PIPELINE_ERROR_FORMAT },
    { "7", RUNNEL_PIPELINE_ERROR_FORMAT },
    { "{\"format\": 2}", RUNNEL_PIPELINE_ERROR_FORMAT },
    { "{\"format\": 1", RUNNEL_PIPELINE_ERROR_SYNTAX },
    { "{\"steps\": [], \"steps\": []}", RUNNEL_PIPELINE_ERROR_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (runnel_pipeline_new_from_text (cases[i].text, -1, NULL, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, cases[i].code);
    }
}

/* No beginning of a file crashes, and none but the whole is read. */
static void
test_truncated (void)
{
  for (gsize i = 0; i < strlen (full) - 2; i++)
    g_assert_null (runnel_pipeline_new_from_text (full, i, NULL, NULL));
}

static void
test_make_step_id (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (full);
  static const char *const cases[][2] = {
    { "deploy", "deploy" }, { "build", "build-2" }, { "Run tests!", "Run-tests" }, { "", "step" },
    { "---", "step" }, { "3 little pigs", "step-3-little-pigs" }, { "äöü", "step" }, { "_x", "_x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = runnel_pipeline_make_step_id (pipeline, cases[i][0]);

      g_assert_cmpstr (id, ==, cases[i][1]);
    }
}

static void
assert_path (RunnelPipeline *pipeline,
             const char     *first,
             const char     *last,
             const char     *expected)
{
  g_auto(GStrv) path = runnel_pipeline_find_path (pipeline, first, last);
  g_autofree char *text = path != NULL ? g_strjoinv (" ", path) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_find_path (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (full);

  assert_path (pipeline, "build", "test", "build test");
  assert_path (pipeline, "test", "test", "test");
  assert_path (pipeline, "test", "build", NULL);
  assert_path (pipeline, "build", "lint", NULL);
  assert_path (pipeline, "build", "nowhere", NULL);
}

/* 10,000 steps; the times are told, not judged. */
static void
test_large (void)
{
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"steps\": [");
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autofree char *written = NULL;
  double load, save;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "%s{\"id\": \"step-%u\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"%u\"]}}",
                            i > 0 ? ", " : "", i, i);
  g_string_append (text, "]}");

  g_test_timer_start ();
  pipeline = read_text (text->str);
  load = g_test_timer_elapsed ();
  g_test_timer_start ();
  written = runnel_pipeline_to_text (pipeline, NULL);
  save = g_test_timer_elapsed ();

  g_test_message ("10,000 steps: read in %.0f ms, written in %.0f ms", 1000 * load, 1000 * save);
  g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, 10000);
  assert_canonical (written, written);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pipeline/full", test_full);
  g_test_add_func ("/model/pipeline/members", test_members);
  g_test_add_func ("/model/pipeline/canonical", test_canonical);
  g_test_add_func ("/model/pipeline/misshapen", test_misshapen);
  g_test_add_func ("/model/pipeline/refused", test_refused);
  g_test_add_func ("/model/pipeline/truncated", test_truncated);
  g_test_add_func ("/model/pipeline/make-step-id", test_make_step_id);
  g_test_add_func ("/model/pipeline/find-path", test_find_path);
  g_test_add_func ("/model/pipeline/large", test_large);

  return g_test_run ();
}
