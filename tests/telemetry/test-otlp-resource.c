/* test-otlp-resource.c: who it is that tells
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-otlp-resource.h"

static JsonNode *
parse_list (GString *list)
{
  g_autofree char *text = g_strdup_printf ("[%s]", list->str);
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
test_machine (void)
{
  g_autoptr(GString) list = runnel_otlp_describe_machine (NULL);
  g_autoptr(JsonNode) node = parse_list (list);

  g_assert_cmpstr (find_attribute (node, "service.name"), ==, "runnel");
  g_assert_cmpstr (find_attribute (node, "service.version"), ==, RUNNEL_VERSION);
  g_assert_cmpstr (find_attribute (node, "host.name"), ==, g_get_host_name ());
  g_assert_null (find_attribute (node, "cicd.pipeline.run.id"));
}

static void
test_run (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelRunFacts) facts = make_facts (history, NULL);
  g_autoptr(GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GString) list = NULL;
  g_autoptr(JsonNode) node = NULL;

  g_hash_table_insert (attributes, "service.name", "mine");
  g_hash_table_insert (attributes, "team", "é \"x\"");
  list = runnel_otlp_describe_run (facts, attributes);
  node = parse_list (list);
  g_assert_cmpstr (find_attribute (node, "service.name"), ==, "mine");
  g_assert_cmpstr (find_attribute (node, "team"), ==, "é \"x\"");
  g_assert_cmpstr (find_attribute (node, "cicd.pipeline.name"), ==, "Build");
  g_assert_cmpstr (find_attribute (node, "cicd.pipeline.run.id"), ==, facts->uuid);
  g_assert_null (strstr (strstr (list->str, "service.name") + 1, "service.name"));
}

static void
test_results (void)
{
  g_assert_cmpstr (runnel_otlp_get_result (RUNNEL_STATE_SUCCEEDED), ==, "success");
  g_assert_cmpstr (runnel_otlp_get_result (RUNNEL_STATE_TIMED_OUT), ==, "timeout");
  g_assert_cmpstr (runnel_otlp_get_result (RUNNEL_STATE_INTERRUPTED), ==, "error");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/otlp-resource/machine", test_machine);
  g_test_add_func ("/telemetry/otlp-resource/run", test_run);
  g_test_add_func ("/telemetry/otlp-resource/results", test_results);
  return g_test_run ();
}
