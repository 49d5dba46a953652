/* test-json-path.c: where in a document a value is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-json-path.h"

static void
assert_split (const char *path,
              const char *joined)
{
  g_auto(GStrv) names = runnel_json_path_split (path);
  g_autofree char *found = names ? g_strjoinv ("|", names) : NULL;

  g_assert_cmpstr (found, ==, joined);
}

static void
test_split (void)
{
  assert_split ("pools", "pools");
  assert_split ("pools.gpu", "pools|gpu");
  assert_split ("pools.two words", "pools|two words");
  assert_split ("a[\"b.c\"].d", "a|b.c|d");
  assert_split ("a[\"b\"][\"c\"]", "a|b|c");
  assert_split ("[\"a\"].b", "a|b");
  assert_split ("a[\"say \\\"x\\\", \\\\\"]", "a|say \"x\", \\");
}

static void
test_nonsense (void)
{
  assert_split ("", NULL);
  assert_split (".", NULL);
  assert_split ("a.", NULL);
  assert_split (".a", NULL);
  assert_split ("a..b", NULL);
  assert_split ("a[0]", NULL);
  assert_split ("a[\"b", NULL);
  assert_split ("a[\"b\"", NULL);
  assert_split ("a[\"b\\", NULL);
  assert_split ("a[\"b\"]c", NULL);
}

/* What is put together comes apart again, whatever the keys are. */
static void
test_append (void)
{
  static const char *const keys[] = { "a", "b-c", "d.e", "", "f\"g", "h\\", "]", "ä ö", "*" };
  g_autoptr(GString) path = g_string_new (NULL);
  g_auto(GStrv) names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    runnel_json_path_append_key (path, keys[i]);
  names = runnel_json_path_split (path->str);
  g_assert_cmpuint (g_strv_length (names), ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_cmpstr (names[i], ==, keys[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/json-path/split", test_split);
  g_test_add_func ("/model/json-path/nonsense", test_nonsense);
  g_test_add_func ("/model/json-path/append", test_append);

  return g_test_run ();
}
