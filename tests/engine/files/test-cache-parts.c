/* test-cache-parts.c: what the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/files/runnel-cache-parts.h"

static JsonObject *
parse (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return json_node_dup_object (node);
}

static void
assert_explained (const char *parts, const char *last, const char *expected)
{
  g_autoptr(JsonObject) now = parse (parts);
  g_autoptr(JsonObject) before = parse (last);
  g_autofree char *reason = runnel_cache_parts_explain (now, before);

  g_assert_cmpstr (reason, ==, expected);
}

static void
test_explain (void)
{
  g_autofree char *digest = g_strnfill (64, 'a');
  g_autofree char *with_digest = g_strdup_printf ("{\"its command\": \"%s\"}", digest);
  g_autofree char *executable = g_strdup_printf ("{\"input a\": \"%s x\"}", digest);
  g_autofree char *plain = g_strdup_printf ("{\"input a\": \"%s\"}", digest);

  assert_explained ("{\"its key\": \"1\"}", "{\"its key\": \"1\"}", NULL);
  assert_explained ("{\"its key\": \"2\"}", "{\"its key\": \"1\"}",
                    "its key changed from “1” to “2”");
  assert_explained ("{\"its key\": \"a\\nb\"}", "{\"its key\": \"1\"}", "its key changed");
  assert_explained (with_digest, "{\"its command\": \"x\"}", "its command changed");
  assert_explained (executable, plain, "input a changed");
  assert_explained ("{\"a\": \"1\", \"input b\": \"1\"}", "{\"a\": \"1\"}", "input b is new");
  assert_explained ("{\"a\": \"1\"}", "{\"a\": \"1\", \"input b\": \"1\"}", "input b is gone");
}

/* The first difference, in the order of the parts. */
static void
test_explain_first (void)
{
  assert_explained ("{\"a\": \"1\", \"b\": \"2\", \"c\": \"3\"}",
                    "{\"a\": \"1\", \"b\": \"-\", \"c\": \"-\", \"d\": \"4\"}",
                    "b changed from “-” to “2”");
}

static char *
make_key (const char *text)
{
  g_autoptr(JsonObject) parts = parse (text);

  return runnel_cache_parts_make_key (parts);
}

static void
test_key (void)
{
  g_autofree char *key = make_key ("{\"a\": \"1\", \"b\": \"2\"}");
  g_autofree char *same = make_key ("{\"a\":\"1\",\"b\":\"2\"}");
  g_autofree char *value = make_key ("{\"a\": \"1\", \"b\": \"3\"}");
  g_autofree char *name = make_key ("{\"a\": \"1\", \"c\": \"2\"}");
  g_autofree char *moved = make_key ("{\"a\": \"1\\\", \\\"b\\\": \\\"2\"}");

  g_assert_cmpuint (strlen (key), ==, 64);
  g_assert_cmpstr (key, ==, same);
  g_assert_cmpstr (key, !=, value);
  g_assert_cmpstr (key, !=, name);
  g_assert_cmpstr (key, !=, moved);
}

static void
test_digest (void)
{
  g_autoptr(JsonObject) parts = json_object_new ();

  runnel_cache_parts_add (parts, "its key", "abc");
  runnel_cache_parts_add_digest (parts, "its variable TOKEN", "abc");
  g_assert_cmpstr (json_object_get_string_member (parts, "its key"), ==, "abc");
  g_assert_cmpstr (json_object_get_string_member (parts, "its variable TOKEN"), ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/cache-parts/explain", test_explain);
  g_test_add_func ("/files/cache-parts/explain-first", test_explain_first);
  g_test_add_func ("/files/cache-parts/key", test_key);
  g_test_add_func ("/files/cache-parts/digest", test_digest);

  return g_test_run ();
}
