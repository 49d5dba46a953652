/* test-digest.c: SHA-256 of a file's content
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "util/runnel-digest.h"

/* FIPS 180-4 and NIST's example of a million times "a". */
#define DIGEST_OF_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define DIGEST_OF_MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static int
open_with (const char *content,
           gsize       length)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("runnel-digest-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, content, length), ==, length);
  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  unlink (path);

  return fd;
}

static void
assert_digest (const char *content,
               gsize       length,
               const char *expected)
{
  int fd = open_with (content, length);
  g_autoptr(GError) error = NULL;
  g_autoptr(GChecksum) checksum = runnel_digest_fd (fd, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_checksum_get_string (checksum), ==, expected);
  close (fd);
}

static void
test_known (void)
{
  g_autofree char *million = g_strnfill (1000 * 1000, 'a');

  assert_digest ("abc", 3, DIGEST_OF_ABC);
  assert_digest (million, 1000 * 1000, DIGEST_OF_MILLION);
}

static void
test_errors (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  int fd = open ("/", O_RDONLY | O_CLOEXEC);

  g_assert_null (runnel_digest_fd (fd, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (runnel_digest_fd (fd, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/digest/known", test_known);
  g_test_add_func ("/util/digest/errors", test_errors);

  return g_test_run ();
}
