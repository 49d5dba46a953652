/* test-sealed-file.c: small text files that know whether they are whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/files/runnel-sealed-file.h"
#include "files-fixture.h"

static void
assert_text (const char *path, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *read = NULL;

  runnel_sealed_file_write (path, text, &error);
  g_assert_no_error (error);
  read = runnel_sealed_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, text);
}

static void
test_text (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "sealed");

  assert_text (path, "one\ntwo\n");
  assert_text (path, "");
  g_assert_cmphex (files_stat (fixture, "sealed").st_mode & 0777, ==, 0600);
}

/* Every way to cut it, and every byte changed. */
static void
test_damage (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "sealed");
  g_autofree char *whole = NULL;
  gsize length;

  g_assert_true (runnel_sealed_file_write (path, "hello", NULL));
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) cut_error = NULL;
      char byte = whole[i];

      whole[i] ^= 1;
      g_assert_true (g_file_set_contents (path, whole, length, NULL));
      g_assert_null (runnel_sealed_file_read (path, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      whole[i] = byte;
      g_assert_true (g_file_set_contents (path, whole, i, NULL));
      g_assert_null (runnel_sealed_file_read (path, &cut_error));
      g_assert_error (cut_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_missing (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "no/where");
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_sealed_file_read (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_false (runnel_sealed_file_write (path, "x", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/sealed-file/text", test_text);
  files_add ("/files/sealed-file/damage", test_damage);
  files_add ("/files/sealed-file/missing", test_missing);

  return g_test_run ();
}
