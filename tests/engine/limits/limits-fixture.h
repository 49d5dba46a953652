/* limits-fixture.h: folders of their own for tests of what runs share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

static inline char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("runnel-limits-XXXXXX", NULL);

  g_assert_nonnull (folder);

  return folder;
}

/* How many files are in a folder, at any depth. */
static inline guint
count_files (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      n += g_file_test (inner, G_FILE_TEST_IS_DIR) ? count_files (inner) : 1;
    }

  return n;
}

static inline void
remove_folder (char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        {
          g_remove (inner);
          g_free (inner);
        }
    }
  g_rmdir (path);
  g_free (path);
}
