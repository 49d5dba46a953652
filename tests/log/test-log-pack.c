/* test-log-pack.c: a log that nobody writes to any more, compressed in its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <glib/gstdio.h>

#include "log/runnel-log-pack.h"
#include "util/runnel-remove-tree.h"
#include "util/runnel-zstd.h"

typedef struct
{
  char *folder;
  char *path;
  char *packed;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("runnel-pack-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "build.1.log", NULL);
  self->packed = g_strconcat (self->path, RUNNEL_ZSTD_SUFFIX, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_chmod (self->folder, 0700);
  g_assert_true (runnel_remove_tree (self->folder, NULL));
  g_free (self->folder);
  g_free (self->path);
  g_free (self->packed);
}

static void
write_log (Fixture *self,
           gsize    length)
{
  g_autoptr(GString) text = g_string_new (NULL);

  while (text->len < length)
    g_string_append (text, "compiling something\n");
  g_assert_true (g_file_set_contents (self->path, text->str, text->len, NULL));
}

static guint
count_files (Fixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_replaces (Fixture       *self,
               gconstpointer  data)
{
  const struct utimbuf times = { 1000000000, 1000000000 };
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelZstdReader) reader = NULL;
  GStatBuf status;
  gint64 saved;

  write_log (self, 100000);
  g_assert_cmpint (utime (self->path, &times), ==, 0);
  g_assert_cmpint (g_chmod (self->path, 0600), ==, 0);
  g_assert_true (runnel_log_pack (self->path, &saved, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpint (g_stat (self->packed, &status), ==, 0);
  g_assert_cmpint (saved, ==, 100000 - status.st_size);
  g_assert_cmpint (status.st_mtime, ==, 1000000000);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  reader = runnel_zstd_reader_open (self->packed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (runnel_zstd_reader_get_size (reader), ==, 100000);
}

/* What a process that was killed left behind does not matter. */
static void
test_again (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *part = g_strconcat (self->packed, ".part", NULL);
  g_autoptr(GError) error = NULL;
  gint64 saved;

  g_assert_true (g_file_set_contents (part, "half", 4, NULL));
  g_assert_true (g_file_set_contents (self->packed, "old", 3, NULL));
  write_log (self, 5000);
  g_assert_true (runnel_log_pack (self->path, &saved, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (saved, >, 0);
  g_assert_cmpuint (count_files (self), ==, 1);

  g_assert_true (runnel_log_pack (self->path, &saved, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (saved, ==, 0);
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  gint64 saved;

  write_log (self, 5000);
  g_cancellable_cancel (cancellable);
  g_assert_false (runnel_log_pack (self->path, &saved, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (self), ==, 1);
}

/* A step may make anything of its log. */
static void
test_not_a_file (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 saved;

  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  g_assert_true (runnel_log_pack (self->path, &saved, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (self->path), ==, 0);

  g_assert_cmpint (symlink ("/etc/passwd", self->path), ==, 0);
  g_assert_false (runnel_log_pack (self->path, &saved, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, self->path));
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/log/pack/replaces", test_replaces);
  add ("/log/pack/again", test_again);
  add ("/log/pack/cancelled", test_cancelled);
  add ("/log/pack/not-a-file", test_not_a_file);

  return g_test_run ();
}
