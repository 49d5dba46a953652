/* test-zstd.c: files compressed with zstd that can be read from anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "util/runnel-remove-tree.h"
#include "util/runnel-zstd.h"

typedef struct
{
  char *folder;
  char *plain;
  char *packed;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("runnel-zstd-XXXXXX", NULL);
  self->plain = g_build_filename (self->folder, "log", NULL);
  self->packed = g_strconcat (self->plain, RUNNEL_ZSTD_SUFFIX, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_assert_true (runnel_remove_tree (self->folder, NULL));
  g_free (self->folder);
  g_free (self->plain);
  g_free (self->packed);
}

/* Lines that differ, so that a wrong place is seen. */
static GString *
make_text (gsize length)
{
  GString *text = g_string_sized_new (length + 40);

  for (guint i = 0; text->len < length; i++)
    g_string_append_printf (text, "line %u says %x\n", i, i * 2654435761u);
  return g_string_truncate (text, length);
}

static void
compress (Fixture    *self,
          const char *text,
          gsize       length)
{
  g_autoptr(GError) error = NULL;
  int from, to;

  g_assert_true (g_file_set_contents (self->plain, text, length, NULL));
  from = open (self->plain, O_RDONLY | O_CLOEXEC);
  to = open (self->packed, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_true (runnel_zstd_compress (from, to, NULL, &error));
  g_assert_no_error (error);
  close (from);
  close (to);
}

static RunnelZstdReader *
open_packed (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  RunnelZstdReader *reader = runnel_zstd_reader_open (self->packed, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_read (RunnelZstdReader *reader,
             const GString    *text,
             guint64           offset,
             gsize             length)
{
  g_autofree char *buffer = g_malloc (length + 1);
  g_autoptr(GError) error = NULL;
  gsize rest = offset < text->len ? text->len - offset : 0;
  gssize n_read = runnel_zstd_reader_read (reader, offset, buffer, length, &error);

  g_assert_no_error (error);
  g_assert_cmpint (n_read, ==, MIN (rest, length));
  if (n_read > 0)
    g_assert_cmpmem (buffer, n_read, text->str + offset, n_read);
}

static void
test_round_trip (Fixture       *self,
                 gconstpointer  data)
{
  static const gsize lengths[] = { 0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3000000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr(GString) text = make_text (lengths[i]);
      g_autoptr(RunnelZstdReader) reader = NULL;

      compress (self, text->str, text->len);
      reader = open_packed (self);
      g_assert_cmpuint (runnel_zstd_reader_get_size (reader), ==, text->len);
      assert_read (reader, text, 0, text->len + 10);
    }
}

static void
test_places (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GString) text = make_text (5 * 1024 * 1024 + 123);
  g_autoptr(RunnelZstdReader) reader = NULL;

  compress (self, text->str, text->len);
  reader = open_packed (self);
  for (guint i = 0; i < 200; i++)
    assert_read (reader, text, g_test_rand_int_range (0, text->len + 100),
                 g_test_rand_int_range (0, 1500000));
  assert_read (reader, text, G_MAXUINT64 - 1, 10);
}

static void
test_now (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr(GString) text = make_text (9 * 1024 * 1024);
  g_autoptr(RunnelZstdReader) reader = NULL;
  char buffer[100];

  compress (self, text->str, text->len);
  reader = open_packed (self);
  g_assert_cmpint (runnel_zstd_reader_read_now (reader, 50, buffer, 100), ==, -1);
  assert_read (reader, text, 0, 1);
  g_assert_cmpint (runnel_zstd_reader_read_now (reader, 50, buffer, 100), ==, 100);
  g_assert_cmpmem (buffer, 100, text->str + 50, 100);
  g_assert_cmpint (runnel_zstd_reader_read_now (reader, text->len, buffer, 100), ==, 0);

  assert_read (reader, text, 2 * 1024 * 1024 - 50, 100);
  g_assert_cmpint (runnel_zstd_reader_read_now (reader, 2 * 1024 * 1024 - 50, buffer, 100), ==, 100);
  assert_read (reader, text, 4 * 1024 * 1024, text->len);
  g_assert_cmpint (runnel_zstd_reader_read_now (reader, 50, buffer, 100), ==, -1);
}

static void
test_is_smaller (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GString) text = make_text (2000000);
  GStatBuf status;

  compress (self, text->str, text->len);
  g_assert_cmpint (g_stat (self->packed, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 2000000 / 2);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  int from = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  g_cancellable_cancel (cancellable);
  g_assert_false (runnel_zstd_compress (from, from, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (from);
}

/* A full disk, for one. */
static void
test_unwritable (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  int from = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  int to = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_false (runnel_zstd_compress (from, to, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  close (from);
  close (to);
}

static void
assert_damaged (Fixture       *self,
                gconstpointer  data,
                gsize          length)
{
  g_autoptr(RunnelZstdReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  char buffer[64];

  g_assert_true (g_file_set_contents (self->packed, data, length, NULL));
  reader = runnel_zstd_reader_open (self->packed, &error);
  if (reader != NULL)
    g_assert_cmpint (runnel_zstd_reader_read (reader, 0, buffer, sizeof buffer, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, self->packed));
}

/* Whatever stands in a file: an error or the right text, never a crash, never much memory. */
static void
test_damaged (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GString) text = make_text (100000);
  g_autofree char *bytes = NULL;
  gsize length;

  assert_damaged (self, "", 0);
  assert_damaged (self, "this is a log like any other, not compressed\n", 45);

  compress (self, text->str, text->len);
  g_assert_true (g_file_get_contents (self->packed, &bytes, &length, NULL));
  assert_damaged (self, bytes, length - 1);
  assert_damaged (self, bytes + 1, length - 1);

  memset (bytes + length - 9 - 4, 0xff, 4); /* the size of the frame */
  assert_damaged (self, bytes, length);
  memset (bytes + length - 9, 0xff, 4);     /* the number of frames */
  assert_damaged (self, bytes, length);
}

static void
test_damaged_frame (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr(GString) text = make_text (100000);
  g_autofree char *bytes = NULL;
  gsize length;

  compress (self, text->str, text->len);
  g_assert_true (g_file_get_contents (self->packed, &bytes, &length, NULL));
  bytes[length / 2] ^= 1;
  assert_damaged (self, bytes, length);
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_zstd_reader_open (self->packed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
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

  add ("/util/zstd/round-trip", test_round_trip);
  add ("/util/zstd/places", test_places);
  add ("/util/zstd/now", test_now);
  add ("/util/zstd/is-smaller", test_is_smaller);
  add ("/util/zstd/cancelled", test_cancelled);
  add ("/util/zstd/unwritable", test_unwritable);
  add ("/util/zstd/damaged", test_damaged);
  add ("/util/zstd/damaged-frame", test_damaged_frame);
  add ("/util/zstd/missing", test_missing);

  return g_test_run ();
}
