/* files-fixture.h: a folder to make and look at files in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/runnel-remove-tree.h"

typedef struct
{
  char *root;
} FilesFixture;

static inline void
files_set_up (FilesFixture *self, gconstpointer user_data)
{
  self->root = g_dir_make_tmp ("runnel-files-XXXXXX", NULL);
  g_assert_nonnull (self->root);
}

static inline void
files_tear_down (FilesFixture *self, gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;

  runnel_remove_tree (self->root, &error);
  g_assert_no_error (error);
  g_free (self->root);
}

static inline char *
files_path (FilesFixture *self, const char *name)
{
  return g_build_filename (self->root, name, NULL);
}

static inline void
files_write (FilesFixture *self, const char *name, const char *content, guint mode)
{
  g_autofree char *path = files_path (self, name);
  g_autofree char *above = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_cmpint (chmod (path, mode), ==, 0);
}

static inline int
files_open (FilesFixture *self, const char *name)
{
  g_autofree char *path = files_path (self, name);
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static inline void
files_assert_content (FilesFixture *self, const char *name, const char *expected)
{
  g_autofree char *path = files_path (self, name);
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static inline gboolean
files_exists (FilesFixture *self, const char *name)
{
  g_autofree char *path = files_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static inline struct stat
files_stat (FilesFixture *self, const char *name)
{
  g_autofree char *path = files_path (self, name);
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status;
}

/* How many entries a folder has, hidden ones too. */
static inline guint
files_count (FilesFixture *self, const char *name)
{
  g_autofree char *path = files_path (self, name);
  GDir *dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_dir_close (dir);
  return n;
}

#define files_add(path, func) \
  g_test_add (path, FilesFixture, NULL, files_set_up, func, files_tear_down)
