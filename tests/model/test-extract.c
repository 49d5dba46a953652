/* test-extract.c: pipelines made of some steps of others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-extract.h"

static const RunnelField no_fields[] = { { NULL } };
static const RunnelKind command = { "command", "Command", "Runs a program.", NULL, no_fields, "{}" };

static const RunnelField pipeline_fields[] = {
  { "file", RUNNEL_FIELD_FILE, RUNNEL_FIELD_REQUIRED, "File", "another pipeline" },
  { "parameters", RUNNEL_FIELD_ANY, 0, "Parameters", "what it is given" },
  { "outputs", RUNNEL_FIELD_MAP, RUNNEL_FIELD_DEFERRED, "Outputs", "what it gives out" },
  { NULL }
};
static const RunnelKind pipeline_kind = { "pipeline", "Pipeline", "Runs a pipeline.", NULL, pipeline_fields, "{}" };

#define STEP(id, more) "{\"id\": \"" id "\", \"kind\": \"command\"" more "}"

/*  a -- b -- c -- d
 *   \-- x ------/      */
static const char graph[] =
  "{\"format\": 1, \"parameters\": {\"channel\": {\"type\": \"string\", \"default\": \"beta\"}, \"unused\": {}},"
  " \"secrets\": [\"TOKEN\", \"OTHER\"], \"env\": {\"CC\": \"gcc\"}, \"steps\": ["
  STEP ("a", ", \"outputs\": {\"v\": \"\"}") ","
  STEP ("b", ", \"needs\": [\"a\"], \"env\": {\"V\": \"${{ steps.a.outputs.v }}\", \"C\": \"${{ params.channel }}\"}") ","
  STEP ("c", ", \"needs\": [\"b\"], \"env\": {\"B\": \"${{ steps.b.outputs.w }}\", \"S\": \"${{ secrets.TOKEN }}\"}") ","
  STEP ("x", ", \"needs\": [\"a\"]") ","
  STEP ("d", ", \"needs\": [\"c\", \"x\"], \"if\": \"steps.c.outputs.url != '' && steps.b.outcome == 'success'\"")
  "], \"groups\": [{\"id\": \"g\", \"steps\": [\"b\", \"d\"]}],"
  " \"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [200, 50], \"c\": [400, 40], \"d\": [600, 0]}}}";

static RunnelPipeline *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);

  return pipeline;
}

static RunnelExtraction *
extract (RunnelPipeline *pipeline,
         const char     *ids)
{
  g_auto(GStrv) list = g_strsplit (ids, " ", -1);
  g_autoptr(GError) error = NULL;
  RunnelExtraction *extraction =
    runnel_extraction_new (pipeline, (const char *const *) list, "Deploy", "deploy.runnel.json", &error);

  g_assert_no_error (error);

  return extraction;
}

static RunnelStep *
get_step (RunnelPipeline *pipeline,
          const char     *id)
{
  guint index;

  g_assert_true (runnel_pipeline_find_step (pipeline, id, &index));

  return runnel_pipeline_get_step (pipeline, index);
}

static void
assert_json (RunnelStep *step,
             const char *key,
             const char *expected)
{
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, key);
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_member (RunnelPipeline *pipeline,
               const char     *key,
               const char     *expected)
{
  JsonNode *value = runnel_pipeline_get_member (pipeline, key);
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_valid (RunnelPipeline *pipeline)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();

  runnel_pipeline_validate (pipeline, diagnostics);
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    g_test_message ("%s", runnel_diagnostics_get (diagnostics, i)->message);
  g_assert_false (runnel_diagnostics_has_error (diagnostics));
}

static void
test_inner (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (graph);
  g_autoptr(RunnelExtraction) extraction = extract (pipeline, "c b");
  RunnelPoint point;

  g_assert_cmpuint (runnel_pipeline_get_n_steps (extraction->inner), ==, 2);
  g_assert_cmpstr (runnel_pipeline_get_name (extraction->inner), ==, "Deploy");
  assert_json (get_step (extraction->inner, "b"), "needs", NULL);
  assert_json (get_step (extraction->inner, "b"), "env",
               "{\"V\":\"${{ params.a_v }}\",\"C\":\"${{ params.channel }}\"}");
  assert_json (get_step (extraction->inner, "c"), "needs", "[\"b\"]");
  assert_json (get_step (extraction->inner, "c"), "env",
               "{\"B\":\"${{ steps.b.outputs.w }}\",\"S\":\"${{ secrets.TOKEN }}\"}");
  assert_member (extraction->inner, "parameters",
                 "{\"a_v\":{\"type\":\"string\"},\"channel\":{\"type\":\"string\",\"default\":\"beta\"}}");
  assert_member (extraction->inner, "secrets", "[\"TOKEN\"]");
  assert_member (extraction->inner, "env", "{\"CC\":\"gcc\"}");
  g_assert_true (runnel_pipeline_get_position (extraction->inner, "b", &point));
  g_assert_cmpfloat (point.x, ==, 0);
  g_assert_cmpfloat (point.y, ==, 10);
  assert_valid (extraction->inner);
}

static void
test_outer (void)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (graph);
  g_autofree char *before = runnel_pipeline_to_text (pipeline, NULL);
  g_autofree char *after = NULL;
  g_autoptr(RunnelExtraction) extraction = extract (pipeline, "b c");
  g_autoptr(RunnelEdit) inverse = NULL, again = NULL;
  g_autoptr(GError) error = NULL;
  RunnelPoint point;
  RunnelStep *step;

  inverse = runnel_edit_apply (extraction->edit, pipeline, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (extraction->id, ==, "deploy");
  g_assert_cmpstr (runnel_edit_get_label (extraction->edit), ==, "Extract Deploy");
  step = get_step (pipeline, "deploy");
  assert_json (step, "needs", "[\"a\"]");
  assert_json (step, "with",
               "{\"file\":\"deploy.runnel.json\",\"parameters\":{\"a_v\":\"${{ steps.a.outputs.v }}\","
               "\"channel\":\"${{ params.channel }}\"},\"outputs\":{\"url\":\"${{ steps.c.outputs.url }}\","
               "\"b_outcome\":\"${{ steps.b.outcome }}\"}}");
  assert_json (get_step (pipeline, "d"), "needs", "[\"deploy\",\"x\"]");
  g_assert_cmpstr (get_step (pipeline, "d")->condition, ==,
                   "steps.deploy.outputs.url != '' && steps.deploy.outputs.b_outcome == 'success'");
  assert_member (pipeline, "groups", "[{\"id\":\"g\",\"steps\":[\"deploy\",\"d\"]}]");
  g_assert_true (runnel_pipeline_get_position (pipeline, "deploy", &point));
  g_assert_cmpfloat (point.x, ==, 200);
  g_assert_cmpfloat (point.y, ==, 40);
  g_assert_cmpuint (g_strv_length (extraction->warnings), ==, 0);
  assert_valid (pipeline);
  again = runnel_edit_apply (inverse, pipeline, &error);
  g_assert_no_error (error);
  after = runnel_pipeline_to_text (pipeline, NULL);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_refused (const char *text,
                const char *ids,
                const char *part)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (text);
  g_auto(GStrv) list = g_strsplit (ids, " ", -1);
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_extraction_new (pipeline, (const char *const *) list, "N", "n.runnel.json", &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_refused (void)
{
  assert_refused (graph, "a d", "a → x → d");
  assert_refused (graph, "b c a d", "Select “x” too");
  assert_refused (graph, "nobody", "no step “nobody”");
  assert_refused ("{\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") ","
                  STEP ("c", ", \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]") "]}", "a b", "“c” runs when “a” fails");
  assert_refused ("{\"steps\": [" STEP ("a", "") "," STEP ("b", "") ","
                  STEP ("c", ", \"needs\": [{\"step\": \"a\", \"on\": \"failure\"}]") "]}", "b c", "“c” starts on another");
  assert_refused ("{\"steps\": [" STEP ("a", "") ","
                  STEP ("b", ", \"needs\": [\"a\"], \"env\": {\"A\": \"${{ toJSON(steps.a.artifacts) }}\"}") "]}",
                  "b", "steps.a.artifacts");
  assert_refused ("{\"steps\": [" STEP ("a", "") ","
                  STEP ("b", ", \"needs\": [{\"step\": \"a\", \"on\": \"always\"}], \"if\": \"failure()\"") "]}",
                  "b", "condition of “b”");
}

static void
assert_warned (const char *text,
               const char *ids,
               const char *part)
{
  g_autoptr(RunnelPipeline) pipeline = read_text (text);
  g_autoptr(RunnelExtraction) extraction = extract (pipeline, ids);
  g_autofree char *warnings = g_strjoinv ("\n", extraction->warnings);

  g_test_message ("%s", warnings);
  g_assert_nonnull (strstr (warnings, part));
}

static void
test_warned (void)
{
  assert_warned (graph, "b x c", "“d” now waits for all extracted steps, not only for “c”");
  assert_warned ("{\"steps\": [" STEP ("a", "") "," STEP ("b", ", \"needs\": [\"a\"]") "," STEP ("c", "") "]}", "b c",
                 "“c” now waits for everything");
  assert_warned ("{\"steps\": [" STEP ("a", ", \"env\": {\"R\": \"${{ run.id }}\"}") "]}", "a", "“a” reads about its run");
  assert_warned ("{\"steps\": [" STEP ("a", ", \"if\": \"params.x\"") "," STEP ("b", ", \"needs\": [\"a\"]") "]}", "a",
                 "“b” now runs all the same");
  assert_warned ("{\"pools\": {\"gpu\": 1}, \"steps\": [" STEP ("a", ", \"pool\": \"gpu\"") "]}", "a", "pool “gpu”");
}

/* One bundle of links keeps its join and outcomes. */
static void
test_uniform_links (void)
{
  g_autoptr(RunnelPipeline) pipeline =
    read_text ("{\"steps\": [" STEP ("a", "") "," STEP ("b", "") ","
               STEP ("c", ", \"needs\": [\"a\", {\"step\": \"b\", \"on\": \"failure\"}], \"join\": \"any\"") ","
               STEP ("d", ", \"needs\": [\"c\"]") "]}");
  g_autoptr(RunnelExtraction) extraction = extract (pipeline, "c d");
  g_autoptr(RunnelEdit) inverse = runnel_edit_apply (extraction->edit, pipeline, NULL);

  assert_json (get_step (pipeline, "deploy"), "needs", "[\"a\",{\"step\":\"b\",\"on\":\"failure\"}]");
  assert_json (get_step (pipeline, "deploy"), "join", "\"any\"");
  assert_json (get_step (extraction->inner, "c"), "join", NULL);
}

/* What a step of kind `pipeline` gives out is told in terms of that pipeline. */
static void
test_nested (void)
{
  g_autoptr(RunnelPipeline) pipeline =
    read_text ("{\"steps\": [" STEP ("a", "") ", {\"id\": \"p\", \"kind\": \"pipeline\", \"needs\": [\"a\"], \"with\": "
               "{\"file\": \"x\", \"outputs\": {\"o\": \"${{ steps.a.outputs.v }}\"}}}]}");
  g_autoptr(RunnelExtraction) extraction = extract (pipeline, "p");

  assert_json (get_step (extraction->inner, "p"), "with",
               "{\"file\":\"x\",\"outputs\":{\"o\":\"${{ steps.a.outputs.v }}\"}}");
}

static void
test_file (void)
{
  g_autofree char *file = runnel_extraction_suggest_file ("Ship / It");
  g_autofree char *none = runnel_extraction_suggest_file ("");

  g_assert_cmpstr (file, ==, "ship---it.runnel.json");
  g_assert_cmpstr (none, ==, "part.runnel.json");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kind_register (&command);
  runnel_kind_register (&pipeline_kind);

  g_test_add_func ("/model/extract/inner", test_inner);
  g_test_add_func ("/model/extract/outer", test_outer);
  g_test_add_func ("/model/extract/refused", test_refused);
  g_test_add_func ("/model/extract/warned", test_warned);
  g_test_add_func ("/model/extract/uniform-links", test_uniform_links);
  g_test_add_func ("/model/extract/nested", test_nested);
  g_test_add_func ("/model/extract/file", test_file);

  return g_test_run ();
}
