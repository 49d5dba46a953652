/* test-replace-file.c: a file that is there as a whole, at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "util/runnel-replace-file.h"

static void
assert_only_file (const char *folder,
                  const char *name)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_replaces (void)
{
  const char *folder = g_get_user_data_dir ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *content = NULL;
  GStatBuf before, after;
  gsize length;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (runnel_replace_file (path, "one", 3, 0600, NULL));
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  g_assert_true (runnel_replace_file (path, "t\0o", 3, 0644, NULL));
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, !=, after.st_ino);
  g_assert_cmpint (before.st_mode & 0777, ==, 0600);
  g_assert_cmpint (after.st_mode & 0777, ==, 0644);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, length, "t\0o", 3);
  assert_only_file (folder, "file");
}

/* What can't be replaced is as it was, and nothing is left beside it. */
static void
test_fails (void)
{
  const char *folder = g_get_user_data_dir ();
  g_autofree char *path = g_build_filename (folder, "folder", NULL);
  g_autofree char *missing = g_build_filename (folder, "no", "file", NULL);
  g_autoptr(GError) error = NULL;

  g_mkdir_with_parents (path, 0700);
  g_assert_false (runnel_replace_file (path, "x", 1, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_false (runnel_replace_file (missing, "x", 1, 0600, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  assert_only_file (folder, "folder");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/util/replace-file/replaces", test_replaces);
  g_test_add_func ("/util/replace-file/fails", test_fails);
  return g_test_run ();
}
