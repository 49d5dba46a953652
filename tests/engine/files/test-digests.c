/* test-digests.c: digests that are remembered while the files stay as they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-digests.h"
#include "files-fixture.h"

static char *
get (RunnelDigests *self, int fd)
{
  g_autoptr(GError) error = NULL;
  char *digest;

  g_assert_cmpint (lseek (fd, 0, SEEK_SET), ==, 0);
  digest = runnel_digests_get (self, fd, NULL, &error);
  g_assert_no_error (error);
  return digest;
}

/* A file of the system, which nobody changed in the last seconds. */
static int
open_old_file (void)
{
  int fd = open ("/bin/sh", O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static void
test_remembers (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "digests");
  g_autoptr(RunnelDigests) self = runnel_digests_new (path);
  g_autoptr(RunnelDigests) next = NULL;
  g_autoptr(GError) error = NULL;
  int fd = open_old_file ();
  g_autofree char *read = get (self, fd);
  g_autofree char *known = get (self, fd);
  g_autofree char *loaded = NULL;

  g_assert_cmpstr (read, ==, known);
  g_assert_cmpuint (runnel_digests_get_n_read (self), ==, 1);
  runnel_digests_save (self, &error);
  g_assert_no_error (error);

  next = runnel_digests_new (path);
  loaded = get (next, fd);
  g_assert_cmpstr (loaded, ==, read);
  g_assert_cmpuint (runnel_digests_get_n_read (next), ==, 0);
  close (fd);
}

/* Within one tick of the clock, and with the old times put back. */
static void
test_fresh_change (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelDigests) self = runnel_digests_new (NULL);
  g_autofree char *path = files_path (fixture, "a");
  struct timespec times[2];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  struct stat status;
  int fd;

  files_write (fixture, "a", "one", 0600);
  fd = open (path, O_RDWR | O_CLOEXEC);
  status = files_stat (fixture, "a");
  times[0] = status.st_atim;
  times[1] = status.st_mtim;
  before = get (self, fd);
  g_assert_cmpint (pwrite (fd, "two", 3, 0), ==, 3);
  g_assert_cmpint (futimens (fd, times), ==, 0);
  after = get (self, fd);
  g_assert_cmpstr (before, !=, after);
  close (fd);
}

static void
test_damaged_file (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "digests");
  g_autoptr(RunnelDigests) self = NULL;
  g_autofree char *digest = NULL;
  int fd = open_old_file ();

  files_write (fixture, "digests", "nonsense\n1 2 3 4 5 6\n", 0600);
  self = runnel_digests_new (path);
  digest = get (self, fd);
  g_assert_cmpuint (runnel_digests_get_n_read (self), ==, 1);
  g_assert_true (runnel_digests_save (self, NULL));
  close (fd);
}

static void
test_nothing_to_save (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "no/where");
  g_autoptr(RunnelDigests) self = runnel_digests_new (path);

  g_assert_true (runnel_digests_save (self, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/digests/remembers", test_remembers);
  files_add ("/files/digests/fresh-change", test_fresh_change);
  files_add ("/files/digests/damaged-file", test_damaged_file);
  files_add ("/files/digests/nothing-to-save", test_nothing_to_save);

  return g_test_run ();
}
