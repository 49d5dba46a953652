/* test-artifacts.c: what the steps of a run left to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-artifacts.h"
#include "files-fixture.h"
#include "util/runnel-glob.h"

static GPtrArray *
collect (FilesFixture *fixture, const char *patterns, char **ret_unmatched, GError **error)
{
  g_auto(GStrv) words = g_strsplit (patterns, " ", -1);
  g_autofree char *run = files_path (fixture, "run");
  g_autofree char *work = files_path (fixture, "work");

  return runnel_artifacts_collect (run, "build", work, (const char *const *) words, NULL,
                                   ret_unmatched, error);
}

static void
test_collect (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *unmatched = NULL;
  const RunnelArtifact *second;

  files_write (fixture, "work/out/b.o", "bb", 0644);
  files_write (fixture, "work/out/a.o", "a", 0644);
  files_write (fixture, "work/notes", "n", 0644);
  artifacts = collect (fixture, "out", &unmatched, &error);
  g_assert_no_error (error);
  g_assert_null (unmatched);
  g_assert_cmpuint (artifacts->len, ==, 2);
  second = g_ptr_array_index (artifacts, 1);
  g_assert_cmpstr (second->path, ==, "out/b.o");
  g_assert_cmpint (second->size, ==, 2);
  files_assert_content (fixture, "run/artifacts/build/out/a.o", "a");
  g_assert_false (files_exists (fixture, "run/artifacts/build/notes"));
}

static void
test_nothing (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autofree char *unmatched = NULL;

  files_write (fixture, "work/notes", "n", 0644);
  artifacts = collect (fixture, "*.tar.gz *.zip", &unmatched, NULL);
  g_assert_cmpuint (artifacts->len, ==, 0);
  g_assert_cmpstr (unmatched, ==, "*.tar.gz");
  g_assert_false (files_exists (fixture, "run/artifacts/build"));
}

static void
test_hostile (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *link = files_path (fixture, "work/passwd");
  g_autofree char *up = files_path (fixture, "work/up");
  g_autofree char *unmatched = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autoptr(GError) error = NULL;

  files_write (fixture, "secret", "s", 0600);
  files_write (fixture, "work/a", "a", 0644);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (symlink ("..", up), ==, 0);
  g_assert_null (collect (fixture, "../../etc/passwd", &unmatched, &error));
  g_assert_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE);
  artifacts = collect (fixture, "** up/secret passwd", &unmatched, NULL);
  g_assert_cmpuint (artifacts->len, ==, 1);
  g_assert_cmpuint (files_count (fixture, "run/artifacts/build"), ==, 1);
}

static void
test_bad_name (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *unmatched = NULL;
  g_autoptr(GError) error = NULL;

  files_write (fixture, "work/a", "a", 0644);
  files_write (fixture, "work/\xff", "b", 0644);
  g_assert_null (collect (fixture, "*", &unmatched, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
  g_assert_false (files_exists (fixture, "run/artifacts/build"));
}

static void
test_too_many (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *work = files_path (fixture, "work");
  g_autofree char *unmatched = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (work, 0700), ==, 0);
  for (guint i = 0; i <= RUNNEL_ARTIFACTS_MAX_FILES; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", work, i);
      int fd = open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }
  g_assert_null (collect (fixture, "*", &unmatched, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_link (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *run = files_path (fixture, "run");
  g_autofree char *next = files_path (fixture, "next");
  g_autofree char *unmatched = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autoptr(GError) error = NULL;

  files_write (fixture, "work/bin/tool", "x", 0755);
  artifacts = collect (fixture, "bin", &unmatched, NULL);
  runnel_artifacts_link (run, "build", next, "build", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files_stat (fixture, "run/artifacts/build/bin/tool").st_ino, ==,
                    files_stat (fixture, "next/artifacts/build/bin/tool").st_ino);

  g_assert_true (runnel_artifacts_link (run, "without", next, "without", &error));
  g_assert_false (files_exists (fixture, "next/artifacts/without"));
}

static void
test_copy_out (FilesFixture *fixture, gconstpointer user_data)
{
  g_autofree char *run = files_path (fixture, "run");
  g_autofree char *out = files_path (fixture, "copies");
  g_autofree char *kept = files_path (fixture, "run/artifacts/build/bin/tool");
  g_autofree char *unmatched = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autoptr(GError) error = NULL;

  files_write (fixture, "work/bin/tool", "x", 0755);
  artifacts = collect (fixture, "bin", &unmatched, NULL);
  runnel_artifacts_copy_out (run, "build", artifacts->pdata[0], out, &error);
  g_assert_no_error (error);
  files_assert_content (fixture, "copies/bin/tool", "x");
  g_assert_cmphex (files_stat (fixture, "copies/bin/tool").st_mode & 0777, ==, 0755);

  g_assert_cmpint (chmod (kept, 0700), ==, 0);
  g_assert_true (g_file_set_contents (kept, "y", 1, NULL));
  g_assert_false (runnel_artifacts_copy_out (run, "build", artifacts->pdata[0], out, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  files_assert_content (fixture, "copies/bin/tool", "x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/artifacts/collect", test_collect);
  files_add ("/files/artifacts/nothing", test_nothing);
  files_add ("/files/artifacts/hostile", test_hostile);
  files_add ("/files/artifacts/bad-name", test_bad_name);
  files_add ("/files/artifacts/too-many", test_too_many);
  files_add ("/files/artifacts/link", test_link);
  files_add ("/files/artifacts/copy-out", test_copy_out);

  return g_test_run ();
}
