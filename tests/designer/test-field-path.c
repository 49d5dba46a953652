/* test-field-path.c: reading and changing what is below a member
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>

#include "designer/inspector/runnel-field-path.h"
#include "designer/inspector/runnel-field-value.h"

static void
assert_get (const char *root,
            const char *path,
            const char *expected)
{
  g_autoptr(JsonNode) value = json_from_string (root, NULL);
  g_autofree char *found = runnel_field_value_to_json (runnel_field_path_get (path, value));

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_change (const char *root,
               const char *path,
               const char *json,
               const char *expected)
{
  g_autoptr(JsonNode) before = root ? json_from_string (root, NULL) : NULL;
  g_autoptr(JsonNode) value = json ? json_from_string (json, NULL) : NULL;
  g_autoptr(JsonNode) after = runnel_field_path_change (path, before, value);
  g_autoptr(JsonNode) wanted = *expected ? json_from_string (expected, NULL) : NULL;

  g_assert_true (runnel_field_value_equal (after, wanted));
}

static void
test_root (void)
{
  g_autofree char *root = runnel_field_path_get_root ("undo.with.run");

  g_assert_cmpstr (root, ==, "undo");
}

static void
test_get (void)
{
  assert_get ("\"10s\"", "timeout", "\"10s\"");
  assert_get ("{\"retry\": {\"max\": 3}}", "undo.retry.max", "3");
  assert_get ("{\"retry\": 3}", "undo.retry.max", "3");
  assert_get ("{\"retry\": 3}", "undo.retry.delay", "");
  assert_get ("{\"retry\": 3}", "undo.with.run", "");
  assert_get ("\"gpu\"", "pool.name", "\"gpu\"");
}

static void
test_change (void)
{
  assert_change (NULL, "timeout", "\"5s\"", "\"5s\"");
  assert_change (NULL, "undo.with.run", "\"make\"", "{\"with\": {\"run\": \"make\"}}");
  assert_change ("{\"retry\": 3}", "undo.retry.delay", "\"5s\"",
                 "{\"retry\": {\"max\": 3, \"delay\": \"5s\"}}");
  assert_change ("{\"kind\": \"script\", \"with\": {\"run\": \"make\"}}", "undo.with.run", NULL,
                 "{\"kind\": \"script\"}");
  assert_change ("\"gpu\"", "pool.slots", "2", "{\"name\": \"gpu\", \"slots\": 2}");
  assert_change ("{\"name\": \"gpu\", \"slots\": 2}", "pool.slots", NULL, "\"gpu\"");
  assert_change ("{\"jobs\": 2}", "concurrency.jobs", NULL, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/field-path/root", test_root);
  g_test_add_func ("/designer/field-path/get", test_get);
  g_test_add_func ("/designer/field-path/change", test_change);
  return g_test_run ();
}
