/* test-needs.c: the `needs` of a step as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/inspector/runnel-needs.h"

static void
assert_json (const RunnelNeed *needs,
             guint             n_needs,
             const char       *json)
{
  g_autoptr(JsonNode) node = runnel_needs_to_json (needs, n_needs);
  g_autoptr(JsonNode) expected = json_from_string (json, NULL);

  g_assert_true (json_node_equal (node, expected));
}

static void
test_to_json_is_short (void)
{
  RunnelNeed needs[] = {
    { (char *) "a", RUNNEL_ON_SUCCESS, FALSE },
    { (char *) "b", RUNNEL_ON_FAILURE, TRUE },
    { (char *) "c", RUNNEL_ON_FAILURE, FALSE },
    { (char *) "d", RUNNEL_ON_ALWAYS, TRUE },
  };

  g_assert_null (runnel_needs_to_json (needs, 0));
  assert_json (needs, 4,
               "[\"a\","
               " {\"step\": \"b\", \"on\": \"failure\"},"
               " {\"step\": \"c\", \"on\": \"failure\", \"handles\": false},"
               " {\"step\": \"d\", \"on\": \"always\", \"handles\": true}]");
}

static void
test_find_tells_outcomes_apart (void)
{
  RunnelNeed needs[] = {
    { (char *) "a", RUNNEL_ON_SUCCESS, FALSE },
    { (char *) "a", RUNNEL_ON_FAILURE, TRUE },
  };
  guint index = 9;

  g_assert_true (runnel_needs_find (needs, 2, "a", RUNNEL_ON_FAILURE, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (runnel_needs_find (needs, 2, "a", RUNNEL_ON_ALWAYS, &index));
  g_assert_false (runnel_needs_find (needs, 2, "b", RUNNEL_ON_SUCCESS, &index));
}

static void
test_descendants (void)
{
  const char *text = "{\"format\": 1, \"name\": \"x\", \"steps\": ["
                     "{\"id\": \"a\", \"kind\": \"wait\"},"
                     "{\"id\": \"b\", \"kind\": \"wait\", \"needs\": [\"a\"]},"
                     "{\"id\": \"c\", \"kind\": \"wait\", \"needs\": [\"b\", \"a\"]},"
                     "{\"id\": \"d\", \"kind\": \"wait\"}]}";
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline =
    runnel_pipeline_new_from_text (text, -1, diagnostics, &error);
  g_autoptr(GHashTable) found = NULL;

  g_assert_no_error (error);
  found = runnel_needs_find_descendants (pipeline, "b");
  g_assert_cmpuint (g_hash_table_size (found), ==, 2);
  g_assert_true (g_hash_table_contains (found, "b"));
  g_assert_true (g_hash_table_contains (found, "c"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/needs/to-json-is-short", test_to_json_is_short);
  g_test_add_func ("/designer/needs/find-tells-outcomes-apart", test_find_tells_outcomes_apart);
  g_test_add_func ("/designer/needs/descendants", test_descendants);
  return g_test_run ();
}
