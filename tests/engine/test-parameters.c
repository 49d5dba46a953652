/* test-parameters.c: values of parameters, checked and completed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-run-private.h"
#include "pipeline-text.h"

#define PARAMETERS                                                                                 \
  "{`format`: 1, `steps`: [], `parameters`: {"                                                     \
  " `version`: {`type`: `string`, `required`: true},"                                              \
  " `count`: {`type`: `number`, `default`: 4},"                                                    \
  " `dry-run`: {`type`: `boolean`, `default`: false},"                                             \
  " `target`: {`type`: `choice`, `choices`: [`debian`, `fedora`]}}}"

static char *
to_text (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

/* What the assignments become, as JSON, or the error's message. */
static char *
read_assignments (const char *text)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_text (PARAMETERS);
  g_auto(GStrv) assignments = g_strsplit (text, ";", -1);
  g_autoptr(JsonObject) values = NULL;
  g_autoptr(GError) error = NULL;

  values = runnel_parameters_from_strings (pipeline, (const char *const *) assignments, &error);
  if (values == NULL)
    g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS);
  return values != NULL ? to_text (values) : g_strdup (error->message);
}

static void
assert_read (const char *assignments, const char *expected)
{
  g_autofree char *result = read_assignments (assignments);

  g_assert_cmpstr (result, ==, expected);
}

static void
test_from_strings (void)
{
  assert_read ("version=1.0", "{\"version\":\"1.0\"}");
  assert_read ("version=", "{\"version\":\"\"}");
  assert_read ("version=a=b", "{\"version\":\"a=b\"}");
  assert_read ("count=12", "{\"count\":12}");
  assert_read ("count=-1.5", "{\"count\":-1.5}");
  assert_read ("dry-run=yes", "{\"dry-run\":true}");
  assert_read ("dry-run=OFF", "{\"dry-run\":false}");
  assert_read ("target=fedora", "{\"target\":\"fedora\"}");
  assert_read ("count=1;count=2", "{\"count\":2}");
}

static void
test_from_strings_refused (void)
{
  assert_read ("version", "\"version\" gives no parameter a value: write NAME=VALUE");
  assert_read ("=x", "\"=x\" gives no parameter a value: write NAME=VALUE");
  assert_read ("versoin=1", "The pipeline has no parameter \"versoin\"; did you mean \"version\"?");
  assert_read (
    "zzzzzzzz=1",
    "The pipeline has no parameter \"zzzzzzzz\"; it has: version, count, dry-run, target");
  assert_read ("count=many", "Parameter \"count\" is \"many\", but must be a number");
  assert_read ("count=", "Parameter \"count\" is \"\", but must be a number");
  assert_read ("count=1e999", "Parameter \"count\" is \"1e999\", but must be a number");
  assert_read ("dry-run=maybe", "Parameter \"dry-run\" is \"maybe\", but must be true or false");
  assert_read ("target=arch",
               "Parameter \"target\" is \"arch\", but must be one of: debian, fedora");
  assert_read ("version=\xff", "Parameter \"version\" is not UTF-8 text");
}

/* What the given values, a JSON object, are completed to. */
static void
assert_completed (const char *given_text, const char *expected)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_text (PARAMETERS);
  g_autofree char *json = g_strdelimit (g_strdup (given_text), "`", '"');
  g_autoptr(JsonNode) given = json_from_string (json, NULL);
  g_autoptr(JsonObject) values = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *result = NULL;

  values = _runnel_parameters_complete (pipeline, json_node_get_object (given), &error);
  result = values != NULL ? to_text (values) : g_strdup (error->message);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_complete (void)
{
  assert_completed ("{`version`: `1`}",
                    "{\"version\":\"1\",\"count\":4,\"dry-run\":false,\"target\":null}");
  assert_completed ("{`version`: 2, `count`: `7`, `dry-run`: `true`, `target`: `debian`}",
                    "{\"version\":\"2\",\"count\":7,\"dry-run\":true,\"target\":\"debian\"}");
  assert_completed ("{`version`: `1`, `count`: null}",
                    "{\"version\":\"1\",\"count\":4,\"dry-run\":false,\"target\":null}");
}

static void
test_complete_refused (void)
{
  assert_completed ("{}", "Parameter \"version\" is required: give it as version=VALUE");
  assert_completed (
    "{`version`: `1`, `other`: 1}",
    "The pipeline has no parameter \"other\"; it has: version, count, dry-run, target");
  assert_completed ("{`version`: `1`, `count`: true}",
                    "Parameter \"count\" is \"true\", but must be a number");
  assert_completed ("{`version`: []}",
                    "Parameter \"version\" is \"Array\", but must be a single value");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/parameters/from-strings", test_from_strings);
  g_test_add_func ("/engine/parameters/from-strings-refused", test_from_strings_refused);
  g_test_add_func ("/engine/parameters/complete", test_complete);
  g_test_add_func ("/engine/parameters/complete-refused", test_complete_refused);
  return g_test_run ();
}
