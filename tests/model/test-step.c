/* test-step.c: one step of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-step.h"

static RunnelStep *
read_step (const char *text)
{
  g_assert_true (runnel_json_check (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, NULL));

  return runnel_step_new_from_slice (runnel_json_slice_new (text, strlen (text)));
}

static void
assert_member (RunnelStep *step,
               const char *key,
               const char *expected)
{
  g_autoptr(JsonNode) member = runnel_step_dup_member (step, key);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_cmpint (runnel_step_has_member (step, key), ==, expected != NULL);
  if (member != NULL)
    runnel_json_write_compact (text, member);
  g_assert_cmpstr (member != NULL ? text->str : NULL, ==, expected);
}

static void
test_fields (void)
{
  g_autoptr(RunnelStep) step = read_step (
    "{ \"id\": \"a\", \"name\": \"Bau\\u00e9 \\\"it\\\"\", \"kind\": \"command\", \"if\": true,\n"
    "  \"needs\": [ \"x\", 7, {\"step\": \"y\", \"on\": \"failure\"}, {\"on\": \"always\"},\n"
    "             {\"step\": \"z\", \"on\": \"failure\", \"handles\": false} ],\n"
    "  \"join\": \"any\", \"priority\": 2000000, \"timeout\": \"5m\", \"retry\": 3,\n"
    "  \"disabled\": \"bypass\" }");

  g_assert_cmpstr (step->id, ==, "a");
  g_assert_cmpstr (step->name, ==, "Baué \"it\"");
  g_assert_cmpstr (step->kind, ==, "command");
  g_assert_cmpstr (step->condition, ==, "true");
  g_assert_cmpint (step->join, ==, RUNNEL_JOIN_ANY);
  g_assert_cmpint (step->priority, ==, 1000000);
  g_assert_cmpint (step->timeout, ==, 5 * G_TIME_SPAN_MINUTE);
  g_assert_cmpuint (step->retry->max, ==, 3);
  g_assert_cmpint (step->enabled, ==, RUNNEL_BYPASSED);

  g_assert_cmpuint (step->n_needs, ==, 3);
  g_assert_cmpstr (step->needs[0].step, ==, "x");
  g_assert_false (step->needs[0].handles);
  g_assert_cmpstr (step->needs[1].step, ==, "y");
  g_assert_cmpint (step->needs[1].on, ==, RUNNEL_ON_FAILURE);
  g_assert_true (step->needs[1].handles);
  g_assert_cmpuint (step->needs[1].position, ==, 2);
  g_assert_cmpuint (step->needs[2].position, ==, 4);
  g_assert_false (step->needs[2].handles);
}

/* What has another type than it should counts as not given, and is kept. */
static void
test_misshapen (void)
{
  g_autoptr(RunnelStep) step = read_step (
    "{\"id\": 1, \"name\": [], \"kind\": null, \"if\": 2, \"needs\": \"x\", \"join\": \"some\","
    " \"priority\": \"7\","
    " \"timeout\": 5, \"retry\": \"3\", \"disabled\": \"yes\"}");

  g_assert_cmpstr (step->id, ==, "");
  g_assert_null (step->name);
  g_assert_cmpstr (step->kind, ==, "");
  g_assert_null (step->condition);
  g_assert_cmpuint (step->n_needs, ==, 0);
  g_assert_cmpint (step->join, ==, RUNNEL_JOIN_ALL);
  g_assert_cmpint (step->priority, ==, 0);
  g_assert_cmpint (step->timeout, ==, 0);
  g_assert_null (step->retry);
  g_assert_cmpint (step->enabled, ==, RUNNEL_ENABLED);
  assert_member (step, "name", "[]");
  assert_member (step, "timeout", "5");
}

static void
test_members (void)
{
  g_autoptr(RunnelStep) step = read_step (
    "{\"id\": \"a\", \"with\": { \"argv\": [\"a b\", 1.50] }, \"n\\u006fte\": null, \"\": 1,"
    " \"x\": {\"undo\": 2}}");
  g_autoptr(JsonObject) with = runnel_step_dup_with (step);
  g_autoptr(RunnelStep) empty = read_step ("{}");

  assert_member (step, "id", "\"a\"");
  assert_member (step, "with", "{\"argv\": [\"a b\", 1.5]}");
  assert_member (step, "note", "null");
  assert_member (step, "", "1");
  assert_member (step, "undo", NULL);
  assert_member (step, "argv", NULL);
  assert_member (empty, "id", NULL);
  g_assert_cmpuint (json_object_get_size (with), ==, 1);
  g_assert_null (runnel_step_dup_with (empty));
}

static void
assert_pool (const char *text,
             const char *expected,
             gint64      expected_slots)
{
  g_autoptr(RunnelStep) step = read_step (text);
  gint64 slots;
  g_autofree char *pool = runnel_step_dup_pool (step, &slots);

  g_assert_cmpstr (pool, ==, expected);
  g_assert_cmpint (slots, ==, expected_slots);
}

static void
test_pool (void)
{
  assert_pool ("{}", NULL, 1);
  assert_pool ("{\"pool\": \"gpu\"}", "gpu", 1);
  assert_pool ("{\"pool\": {\"name\": \"gpu\", \"slots\": 3}}", "gpu", 3);
  assert_pool ("{\"pool\": {\"name\": \"gpu\"}}", "gpu", 1);
  assert_pool ("{\"pool\": {\"slots\": 3}}", NULL, 3);
  assert_pool ("{\"pool\": [\"gpu\"]}", NULL, 1);
  assert_pool ("{\"pool\": 5}", NULL, 1);
}

/* Every key is found among many, whatever others are there. */
static void
test_many_members (void)
{
  g_autoptr(GString) text = g_string_new ("{\"key0\": 0");
  g_autoptr(RunnelStep) step = NULL;

  for (guint i = 2; i < 400; i += 2)
    g_string_append_printf (text, ", \"key%u\": %u", i, i);
  g_string_append_c (text, '}');
  step = read_step (text->str);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *key = g_strdup_printf ("key%u", i);
      g_autofree char *value = g_strdup_printf ("%u", i);

      assert_member (step, key, i % 2 == 0 ? value : NULL);
    }
}

/* A step is the same whether it is read from a file or made from a tree, and keeps every number as
 * it was. */
static void
test_equal (void)
{
  static const char text[] = "{ \"id\": \"a\", \"x\": [1, 1.0, -0.0, 1e300, \"\\u001f\\\\\"] }";
  g_autoptr(RunnelStep) step = read_step (text);
  g_autoptr(JsonObject) json = runnel_step_to_json (step);
  g_autoptr(RunnelStep) again = runnel_step_new (json, "", NULL);
  g_autoptr(RunnelStep) reordered = read_step (
    "{\"x\": [1, 1.0, -0.0, 1e+300, \"\\u001f\\u005c\"], \"id\": \"a\"}");
  g_autoptr(RunnelStep) other = read_step (
    "{\"id\": \"a\", \"x\": [1, 1.5, -0.0, 1e300, \"\\u001f\\\\\"]}");

  g_assert_true (runnel_step_equal (step, step));
  g_assert_true (runnel_step_equal (step, again));
  g_assert_true (runnel_step_equal (step, reordered));
  g_assert_false (runnel_step_equal (step, other));
  g_assert_cmpmem (step->source.at, step->source.length,
                   "{\"id\":\"a\",\"x\":[1,1.0,-0.0,1e300,\"\\u001f\\\\\"]}", step->source.length);
}

static void
test_with_member (void)
{
  g_autoptr(RunnelStep) step = read_step ("{\"id\": \"a\", \"kind\": \"command\"}");
  g_autoptr(JsonNode) name = json_node_init_string (json_node_alloc (), "\"A\"\n");
  g_autoptr(RunnelStep) named = runnel_step_with_member (step, "name", name);
  g_autoptr(RunnelStep) without = runnel_step_with_member (named, "kind", NULL);

  g_assert_cmpstr (named->name, ==, "\"A\"\n");
  g_assert_cmpstr (named->kind, ==, "command");
  g_assert_cmpstr (without->kind, ==, "");
  g_assert_cmpstr (without->name, ==, "\"A\"\n");
  g_assert_null (step->name);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/step/fields", test_fields);
  g_test_add_func ("/model/step/misshapen", test_misshapen);
  g_test_add_func ("/model/step/members", test_members);
  g_test_add_func ("/model/step/pool", test_pool);
  g_test_add_func ("/model/step/many-members", test_many_members);
  g_test_add_func ("/model/step/equal", test_equal);
  g_test_add_func ("/model/step/with-member", test_with_member);

  return g_test_run ();
}
