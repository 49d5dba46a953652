/* test-text-diff.c: how two texts differ, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "util/runnel-text-diff.h"

static void
test_cases (void)
{
  static const struct
  {
    const char *from, *to, *diff;
  } cases[] = {
    { "a\nb\n", "a\nb\n", "" },
    { "", "", "" },
    { "", "a\n", "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n" },
    { "a\n", "", "--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n" },
    { "a\nb\nc\n", "a\nB\nc\n", "--- old\n+++ new\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n" },
    { "a", "a\n", "--- old\n+++ new\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n" },
    { "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n",
      "--- old\n+++ new\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+nine\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *diff = runnel_text_diff ("old", "new", cases[i].from, cases[i].to);

      g_assert_cmpstr (diff, ==, cases[i].diff);
    }
}

/* What is far from each other is told apart, and the lines of the new text are counted on. */
static void
test_groups (void)
{
  g_autoptr(GString) from = g_string_new (NULL), to = g_string_new (NULL);
  g_autofree char *diff = NULL;

  for (guint i = 1; i <= 40; i++)
    {
      g_string_append_printf (from, "%u\n", i);
      if (i == 5)
        g_string_append (to, "more\n");
      g_string_append_printf (to, i == 30 ? "%u!\n" : "%u\n", i);
    }
  diff = runnel_text_diff ("old", "new", from->str, to->str);
  g_assert_nonnull (strstr (diff, "@@ -2,6 +2,7 @@\n 2\n"));
  g_assert_nonnull (strstr (diff, "@@ -27,7 +28,7 @@\n 27\n"));
}

static char *
make_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  guint n = g_rand_int_range (rand, 0, 30);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%d%s", g_rand_int_range (rand, 0, 12),
                            i + 1 < n || g_rand_boolean (rand) ? "\n" : "");

  return g_string_free (text, FALSE);
}

/* patch(1) makes the new text of the old one. */
static void
test_patch (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *patch = g_find_program_in_path ("patch");
  g_autofree char *folder = g_dir_make_tmp ("runnel-diff-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "text", NULL);
  g_autofree char *changes = g_build_filename (folder, "changes", NULL);

  if (!patch)
    {
      g_rmdir (folder);
      g_test_skip ("there is no patch(1)");
      return;
    }
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *from = make_text (rand), *to = make_text (rand), *result = NULL;
      g_autofree char *diff = runnel_text_diff ("text", "text", from, to);
      const char *argv[] = { patch, "-s", "-f", "--posix", file, changes, NULL };
      int status;

      g_assert_true (g_file_set_contents (file, from, -1, NULL));
      g_assert_true (g_file_set_contents (changes, diff, -1, NULL));
      if (*diff != '\0' && *to != '\0')
        {
          g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                                       NULL, &status, NULL));
          g_assert_cmpint (status, ==, 0);
          g_assert_true (g_file_get_contents (file, &result, NULL, NULL));
          g_assert_cmpstr (result, ==, to);
        }
    }
  g_remove (file);
  g_remove (changes);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/text-diff/cases", test_cases);
  g_test_add_func ("/util/text-diff/groups", test_groups);
  g_test_add_func ("/util/text-diff/patch", test_patch);

  return g_test_run ();
}
