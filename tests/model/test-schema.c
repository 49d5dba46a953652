/* test-schema.c: the file format as a JSON Schema
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-schema.h"
#include "model/runnel-shape.h"
#include "test-kinds.h"

static JsonNode *
read_schema (void)
{
  g_autofree char *text = runnel_schema_to_text ();
  g_autoptr(GError) error = NULL;
  JsonNode *schema = runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, &error);

  g_assert_no_error (error);

  return schema;
}

static JsonObject *
get (JsonObject *object,
     const char *key)
{
  g_assert_true (json_object_has_member (object, key));

  return json_object_get_object_member (object, key);
}

static void
assert_keys (JsonObject        *schema,
             const RunnelShape *shape)
{
  JsonObject *properties = get (schema, "properties");

  for (const RunnelKey *key = shape->keys; key->name != NULL; key++)
    {
      g_test_message ("%s", key->name);
      g_assert_nonnull (json_object_get_string_member (get (properties, key->name), "description"));
    }
}

static void
test_keys (void)
{
  g_autoptr(JsonNode) node = read_schema ();
  JsonObject *schema = json_node_get_object (node);
  JsonObject *definitions = get (schema, "$defs");

  assert_keys (schema, &runnel_pipeline_shape);
  assert_keys (get (definitions, "step"), &runnel_step_shape);
  assert_keys (get (definitions, "undo"), &runnel_undo_shape);
  assert_keys (get (get (schema, "properties"), "layout"), &runnel_layout_shape);
}

static void
test_kinds (void)
{
  g_autoptr(JsonNode) node = read_schema ();
  JsonObject *definitions = get (json_node_get_object (node), "$defs");
  JsonArray *names = json_object_get_array_member (get (get (get (definitions, "step"), "properties"), "kind"), "enum");
  JsonObject *with = get (definitions, "with-script");

  g_assert_cmpuint (json_array_get_length (names), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (names, 1), ==, "script");
  for (const RunnelField *field = test_script_fields; field->name != NULL; field++)
    get (get (with, "properties"), field->name);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (with, "required"), 0), ==, "run");
  get (get (get (with, "properties"), "run"), "not");
}

static void
assert_documented (const char        *text,
                   const RunnelShape *shape)
{
  for (const RunnelKey *key = shape->keys; key->name != NULL; key++)
    {
      g_autofree char *row = g_strdup_printf ("| `%s` |", key->name);

      if (strstr (text, row) == NULL)
        g_assert_cmpstr (key->name, ==, "a key of docs/format.md");
    }
}

static void
test_documented (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "docs", "format.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  assert_documented (text, &runnel_pipeline_shape);
  assert_documented (text, &runnel_step_shape);
}

/* An independent implementation accepts what is right and refuses what is wrong; skipped where there is none. */
static void
test_validator (void)
{
  static const char *const argv[] = { "python3", "-c",
    "import json, sys\n"
    "try:\n"
    "    import jsonschema\n"
    "    validator_class = jsonschema.Draft202012Validator\n"
    "except (ImportError, AttributeError):\n"
    "    sys.exit(77)\n"
    "schema = json.loads(sys.argv[1])\n"
    "validator_class.check_schema(schema)\n"
    "v = validator_class(schema)\n"
    "step = {'id': 'a', 'kind': 'command', 'with': {'argv': ['true']}}\n"
    "good = [{}, {'timeout': '1h30m', 'retry': 3}, {'retry': {'max': 1, 'delay': '250ms'}}, {'timeout': '${{ x }}'},\n"
    "        {'needs': ['b', {'step': 'c', 'on': 'failure', 'handles': False}], 'join': 'any', 'disabled': 'bypass'},\n"
    "        {'kind': 'script', 'with': {'run': 'x', 'strict': True}}, {'matrix': {'os': ['a'], 'fail-fast': True}},\n"
    "        {'undo': {'kind': 'script', 'with': {'run': 'x'}}}, {'pool': {'name': 'p', 'slots': 2}}]\n"
    "bad = [{'timeout': 90}, {'timeout': '90'}, {'timeout': ''}, {'id': '1'}, {'kind': 'x'}, {'needs': 'a'}, {'x': 1},\n"
    "       {'retry': -1}, {'with': {}}, {'with': {'argv': 'x'}}, {'kind': 'script', 'with': {'run': 'a ${{ x }}'}},\n"
    "       {'undo': {'kind': 'script', 'with': {'rum': 'x'}}}, {'disabled': 'maybe'}]\n"
    "for want, changes in ((True, good), (False, bad)):\n"
    "    for change in changes:\n"
    "        found = v.is_valid({'format': 1, 'steps': [{**step, **change}], 'layout': {'steps': {'a': [0, 1.5]}}})\n"
    "        assert found == want, (want, change)\n"
    "assert not v.is_valid({'format': 2, 'steps': []})\n"
    "assert not v.is_valid({'steps': []})\n", NULL, NULL };
  g_autofree char *schema = runnel_schema_to_text ();
  g_autofree char *errors = NULL;
  g_autofree const char **command = g_memdup2 (argv, sizeof argv);
  int status;

  command[3] = schema;
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors, &status, NULL) ||
      g_spawn_check_wait_status (status, NULL) == FALSE)
    {
      if (errors == NULL || *errors == '\0')
        g_test_skip ("python3-jsonschema is not installed");
      else
        g_assert_cmpstr (errors, ==, "");
    }
}

int
main (int    argc,
      char **argv)
{
  register_test_kinds ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/schema/keys", test_keys);
  g_test_add_func ("/model/schema/kinds", test_kinds);
  g_test_add_func ("/model/schema/documented", test_documented);
  g_test_add_func ("/model/schema/validator", test_validator);

  return g_test_run ();
}
