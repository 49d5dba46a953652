/* test-artifact-writer.c: the artifacts of a step, all or none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-artifact-writer.h"
#include "files-fixture.h"

static RunnelArtifactWriter *
start (FilesFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  RunnelArtifactWriter *writer = runnel_artifact_writer_new (fixture->root, "build", &error);

  g_assert_no_error (error);
  return writer;
}

static gboolean
add (FilesFixture *fixture,
     RunnelArtifactWriter *writer,
     const char *path,
     const char *source,
     const RunnelArtifact *expected,
     GError **error)
{
  int fd = files_open (fixture, source);
  gboolean added = runnel_artifact_writer_add (writer, path, fd, expected, NULL, error);

  close (fd);
  return added;
}

static void
test_finish (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelArtifactWriter) writer = start (fixture);
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autoptr(GError) error = NULL;
  const RunnelArtifact *artifact;

  files_write (fixture, "source", "#!/bin/sh", 0755);
  files_write (fixture, "artifacts/build/old", "of an earlier attempt", 0400);
  g_assert_true (add (fixture, writer, "bin/tool", "source", NULL, &error));
  g_assert_false (files_exists (fixture, "artifacts/build/bin/tool"));
  artifacts = runnel_artifact_writer_finish (writer, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (artifacts->len, ==, 1);
  artifact = g_ptr_array_index (artifacts, 0);
  g_assert_cmpstr (artifact->path, ==, "bin/tool");
  g_assert_cmpint (artifact->size, ==, 9);
  files_assert_content (fixture, "artifacts/build/bin/tool", "#!/bin/sh");
  g_assert_cmphex (files_stat (fixture, "artifacts/build/bin/tool").st_mode & 07777, ==, 0500);
  g_assert_false (files_exists (fixture, "artifacts/build/old"));
  g_assert_cmpuint (files_count (fixture, "artifacts"), ==, 1);
}

static void
test_given_up (FilesFixture *fixture, gconstpointer user_data)
{
  RunnelArtifactWriter *writer = start (fixture);

  files_write (fixture, "source", "abc", 0644);
  g_assert_true (add (fixture, writer, "a", "source", NULL, NULL));
  runnel_artifact_writer_free (writer);
  g_assert_cmpuint (files_count (fixture, "artifacts"), ==, 0);
}

static void
test_damaged (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelArtifactWriter) writer = start (fixture);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "abc", 3);
  g_autoptr(RunnelArtifact) expected = runnel_artifact_new ("a", 3, sha256, 0400);
  g_autoptr(GError) error = NULL;

  files_write (fixture, "good", "abc", 0644);
  files_write (fixture, "bad", "abd", 0644);
  g_assert_true (add (fixture, writer, "a", "good", expected, &error));
  g_assert_no_error (error);
  g_assert_false (add (fixture, writer, "b", "bad", expected, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* What a process that was killed left behind does not come back. */
static void
test_remains (FilesFixture *fixture, gconstpointer user_data)
{
  g_autoptr(RunnelArtifactWriter) writer = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;

  files_write (fixture, "artifacts/.build/half", "x", 0400);
  files_write (fixture, "source", "abc", 0644);
  writer = start (fixture);
  g_assert_true (add (fixture, writer, "a", "source", NULL, NULL));
  artifacts = runnel_artifact_writer_finish (writer, NULL);
  g_assert_cmpuint (files_count (fixture, "artifacts/build"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  files_add ("/files/artifact-writer/finish", test_finish);
  files_add ("/files/artifact-writer/given-up", test_given_up);
  files_add ("/files/artifact-writer/damaged", test_damaged);
  files_add ("/files/artifact-writer/remains", test_remains);

  return g_test_run ();
}
