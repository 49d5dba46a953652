/* test-copy.c: copies of files that take their place in one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/files/runnel-copy.h"
#include "files-fixture.h"

static RunnelCopy *
copy (FilesFixture *fixture, const char *name, guint mode, gboolean may_link)
{
  g_autoptr(GError) error = NULL;
  int fd = files_open (fixture, name);
  RunnelCopy *result = runnel_copy_new (fd, fixture->root, mode, may_link, NULL, &error);

  g_assert_no_error (error);
  close (fd);
  return result;
}

static void
place (FilesFixture *fixture, RunnelCopy *self, const char *name)
{
  g_autofree char *path = files_path (fixture, name);
  g_autoptr(GError) error = NULL;

  runnel_copy_place (self, path, &error);
  g_assert_no_error (error);
}

static void
test_content (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelCopy) self = NULL;
  g_autofree char *digest = NULL;

  files_write (fixture, "a", "abc", 0644);
  files_write (fixture, "b", "old", 0600);
  self = copy (fixture, "a", 0500, FALSE);
  digest = runnel_copy_digest (self, NULL, NULL);
  g_assert_cmpstr (digest, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpint (runnel_copy_get_size (self), ==, 3);
  files_assert_content (fixture, "b", "old");
  place (fixture, self, "b");
  files_assert_content (fixture, "b", "abc");
  g_assert_cmphex (files_stat (fixture, "b").st_mode & 07777, ==, 0500);
  g_assert_cmpuint (files_count (fixture, "."), ==, 2);
}

/* Whatever a later writer does to one of both, the other stays as it is. */
static void
test_is_independent (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = files_path (fixture, "a");
  g_autoptr(RunnelCopy) self = NULL;
  int fd;

  files_write (fixture, "a", "before", 0644);
  self = copy (fixture, "a", 0644, TRUE);
  g_assert_cmpint (runnel_copy_get_method (self), !=, RUNNEL_COPY_HARD_LINK);
  place (fixture, self, "b");
  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (write (fd, "after!", 6), ==, 6);
  close (fd);
  files_assert_content (fixture, "b", "before");
}

static void
test_hard_link (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelCopy) link = NULL;
  g_autoptr(RunnelCopy) other_mode = NULL;
  g_autoptr(RunnelCopy) not_wanted = NULL;

  files_write (fixture, "a", "abc", 0400);
  link = copy (fixture, "a", 0400, TRUE);
  other_mode = copy (fixture, "a", 0500, TRUE);
  not_wanted = copy (fixture, "a", 0400, FALSE);
  g_assert_cmpint (runnel_copy_get_method (link), ==, RUNNEL_COPY_HARD_LINK);
  g_assert_cmpint (runnel_copy_get_method (other_mode), !=, RUNNEL_COPY_HARD_LINK);
  g_assert_cmpint (runnel_copy_get_method (not_wanted), !=, RUNNEL_COPY_HARD_LINK);
  place (fixture, link, "b");
  g_assert_cmpuint (files_stat (fixture, "a").st_ino, ==, files_stat (fixture, "b").st_ino);
}

/* Renaming one name of a file to another of the same does nothing, and must leave no name behind. */
static void
test_link_over_itself (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelCopy) self = NULL;

  files_write (fixture, "a", "abc", 0400);
  self = copy (fixture, "a", 0400, TRUE);
  place (fixture, self, "a");
  g_assert_cmpuint (files_count (fixture, "."), ==, 1);
  g_assert_cmpuint (files_stat (fixture, "a").st_nlink, ==, 1);
}

static void
test_large (FilesFixture *fixture, gconstpointer user_data)
{
  gsize size = 20 * 1024 * 1024 + 7;
  g_autofree char *content = g_strnfill (size, 'x');
  g_autoptr(RunnelCopy) self = NULL;

  memcpy (content + size / 2, "needle", 6);
  files_write (fixture, "a", content, 0644);
  self = copy (fixture, "a", 0600, TRUE);
  g_assert_cmpint (runnel_copy_get_size (self), ==, size);
  place (fixture, self, "b");
  files_assert_content (fixture, "b", content);
}

static void
test_given_up (FilesFixture *fixture, gconstpointer user_data)
{
  files_write (fixture, "a", "abc", 0644);
  runnel_copy_free (copy (fixture, "a", 0600, FALSE));
  g_assert_cmpuint (files_count (fixture, "."), ==, 1);
}

static void
test_errors (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *nowhere = files_path (fixture, "no/where");
  g_autoptr(GError) error = NULL;
  int folder = files_open (fixture, ".");
  int fd;

  g_assert_null (runnel_copy_new (folder, fixture->root, 0600, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  files_write (fixture, "a", "abc", 0644);
  fd = files_open (fixture, "a");
  g_assert_null (runnel_copy_new (fd, nowhere, 0600, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (runnel_copy_new (fd, fixture->root, 0600, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (files_count (fixture, "."), ==, 1);
  close (fd);
  close (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/copy/content", test_content);
  files_add ("/files/copy/is-independent", test_is_independent);
  files_add ("/files/copy/hard-link", test_hard_link);
  files_add ("/files/copy/link-over-itself", test_link_over_itself);
  files_add ("/files/copy/large", test_large);
  files_add ("/files/copy/given-up", test_given_up);
  files_add ("/files/copy/errors", test_errors);

  return g_test_run ();
}
