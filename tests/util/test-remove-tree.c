/* test-remove-tree.c: removes a folder with everything in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "util/runnel-remove-tree.h"

static void
test_folder (void)
{
  g_autofree char *root = g_dir_make_tmp ("runnel-remove-XXXXXX", NULL);
  g_autofree char *kept = g_build_filename (root, "kept", NULL);
  g_autofree char *folder = g_build_filename (root, "a", NULL);
  g_autofree char *deep = g_build_filename (folder, "b", "c", NULL);
  g_autofree char *file = g_build_filename (deep, "file", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (g_chmod (file, 0400), ==, 0);
  g_assert_cmpint (symlink ("..", link), ==, 0);

  g_assert_true (runnel_remove_tree (folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (runnel_remove_tree (folder, &error));
  g_assert_true (runnel_remove_tree (root, &error));
}

static void
test_error (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (runnel_remove_tree ("/proc/self/comm", &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/remove-tree/folder", test_folder);
  g_test_add_func ("/util/remove-tree/error", test_error);

  return g_test_run ();
}
