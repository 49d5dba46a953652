/* test-find-folder.c: where in the files of a folder something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "find/runnel-find-folder.h"
#include "util/runnel-remove-tree.h"

#define PIPELINE "{\"format\": 1, \"name\": \"Nightly\", \"steps\": []}"

typedef struct
{
  char *folder;
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *path,
            const char *text)
{
  g_autofree char *full = g_build_filename (fixture->folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *link = NULL;

  fixture->folder = g_dir_make_tmp ("runnel-find-XXXXXX", NULL);
  write_file (fixture, "b.runnel.json", PIPELINE);
  write_file (fixture, "a/deep/er/c.runnel.json", PIPELINE);
  write_file (fixture, "a/other.json", PIPELINE);
  write_file (fixture, ".git/hidden.runnel.json", PIPELINE);
  write_file (fixture, "a/.hidden.runnel.json", PIPELINE);
  link = g_build_filename (fixture->folder, "a", "loop", NULL);
  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_true (runnel_remove_tree (fixture->folder, NULL));
  g_free (fixture->folder);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean is_cut;
  g_autoptr(GPtrArray) paths = runnel_find_list_files (fixture->folder, NULL, &is_cut);

  g_assert_false (is_cut);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (paths, 0), "/a/deep/er/c.runnel.json"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (paths, 1), "/b.runnel.json"));
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GPtrArray) paths = NULL;

  g_cancellable_cancel (cancellable);
  paths = runnel_find_list_files (fixture->folder, cancellable, NULL);
  g_assert_cmpuint (paths->len, ==, 0);
}

static gboolean
count_cb (const RunnelFound *found,
          gpointer           user_data)
{
  (*(guint *) user_data)++;
  return TRUE;
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new ("night", 0, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "b.runnel.json", NULL);
  g_autofree char *broken = g_build_filename (fixture->folder, "broken.runnel.json", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.runnel.json", NULL);
  g_autoptr(GError) error = NULL;
  guint n_found = 0;

  g_assert_true (runnel_find_in_file (pattern, path, count_cb, &n_found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_found, ==, 1);

  write_file (fixture, "broken.runnel.json", "{\"format\": 1,");
  g_assert_false (runnel_find_in_file (pattern, broken, count_cb, &n_found, &error));
  g_assert_nonnull (strstr (error->message, "broken.runnel.json"));
  g_clear_error (&error);
  g_assert_false (runnel_find_in_file (pattern, missing, count_cb, &n_found, &error));
  g_assert_nonnull (error);
}

#define ADD(name, function) \
  g_test_add ("/find/folder/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("list", test_list);
  ADD ("cancel", test_cancel);
  ADD ("file", test_file);
  return g_test_run ();
}
