/* runnel-artifacts.c: the files that the steps of a run left to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-artifact-writer.h"
#include "engine/files/runnel-artifacts.h"
#include "engine/files/runnel-copy.h"
#include "util/runnel-glob.h"

static GPtrArray *
find_files (const char *base_dir,
            const char *const *patterns,
            GCancellable *cancellable,
            char **ret_unmatched,
            GError **error)
{
  g_autoptr(RunnelGlob) glob = runnel_glob_new (base_dir);
  g_autoptr(GPtrArray) files = NULL;

  for (guint i = 0; patterns[i] != NULL; i++)
    {
      if (!runnel_glob_add (glob, patterns[i], error))
        return NULL;
    }
  files = runnel_glob_find (glob, cancellable, error);
  if (files != NULL && files->len > RUNNEL_ARTIFACTS_MAX_FILES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%u files match, and a step can keep %d: "
                   "choose fewer, or pack them into an archive",
                   files->len, RUNNEL_ARTIFACTS_MAX_FILES);
      return NULL;
    }
  if (files != NULL)
    *ret_unmatched = g_strdup (runnel_glob_get_unmatched (glob));
  return g_steal_pointer (&files);
}

static gboolean
is_text (const char *path, GError **error)
{
  g_autofree char *name = NULL;

  if (g_utf8_validate (path, -1, NULL))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME, "The name “%s” is not UTF-8 text",
               name);
  return FALSE;
}

static gboolean
add_file (RunnelArtifactWriter *writer,
          const char *folder,
          const char *path,
          GCancellable *cancellable,
          GError **error)
{
  gboolean added;
  int fd;

  if (!is_text (path, error))
    return FALSE;
  fd = runnel_glob_open (folder, path, error);
  if (fd < 0)
    return FALSE;
  added = runnel_artifact_writer_add (writer, path, fd, NULL, cancellable, error);
  close (fd);
  return added;
}

static GPtrArray *
add_files (const char *run_dir,
           const char *step,
           const char *folder,
           GPtrArray *files,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr(RunnelArtifactWriter) writer = runnel_artifact_writer_new (run_dir, step, error);

  if (writer == NULL)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      if (!add_file (writer, folder, g_ptr_array_index (files, i), cancellable, error))
        return NULL;
    }
  return runnel_artifact_writer_finish (writer, error);
}

/**
 * runnel_artifacts_get_path:
 * @run_dir: (type filename): the folder of a run
 * @step: (nullable): a step's id
 *
 * Returns: (transfer full) (type filename): the folder of the step's artifacts, or of those of all
 *   steps, the one of $RUNNEL_ARTIFACTS
 */
char *
runnel_artifacts_get_path (const char *run_dir, const char *step)
{
  return g_build_filename (run_dir, "artifacts", step, NULL);
}

/**
 * runnel_artifacts_collect:
 * @run_dir: (type filename): the folder of the run
 * @step: the step's id
 * @base_dir: (type filename): the folder that @patterns are relative to
 * @patterns: as runnel_glob_add() takes them
 * @cancellable: (nullable): stops it
 * @ret_unmatched: (out) (transfer full) (nullable): a pattern that names no file
 * @error: return location for a #RunnelGlobError or a #GIOErrorEnum
 *
 * Keeps the files that a step made. It blocks as long as copying and reading take. After an error
 * nothing is kept.
 *
 * Returns: (transfer full) (element-type RunnelArtifact): what is kept, or %NULL with @error set
 */
GPtrArray *
runnel_artifacts_collect (const char *run_dir,
                          const char *step,
                          const char *base_dir,
                          const char *const *patterns,
                          GCancellable *cancellable,
                          char **ret_unmatched,
                          GError **error)
{
  g_autofree char *unmatched = NULL;
  g_autoptr(GPtrArray) files = find_files (base_dir, patterns, cancellable, &unmatched, error);
  GPtrArray *artifacts;

  if (files == NULL)
    return NULL;
  artifacts = files->len > 0 ? add_files (run_dir, step, base_dir, files, cancellable, error)
                             : g_ptr_array_new ();
  if (artifacts != NULL)
    *ret_unmatched = g_steal_pointer (&unmatched);
  return artifacts;
}

static gboolean
take_files (RunnelArtifactWriter *writer, const char *folder, GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      int fd = runnel_glob_open (folder, path, error);
      gboolean taken = fd >= 0 && runnel_artifact_writer_take (writer, path, fd, error);

      if (fd >= 0)
        close (fd);
      if (!taken)
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_artifacts_link:
 * @from_run_dir: (type filename): the folder of an earlier run
 * @from_step: the step's id in it
 * @to_run_dir: (type filename): that of a run which goes on from its results
 * @to_step: its id there; a leg may have another number
 * @error: return location for a #GIOErrorEnum
 *
 * Gives a run the artifacts of a step that it does not carry out again. They take no more space.
 *
 * Returns: whether the run has them; %TRUE also when the step has none
 */
gboolean
runnel_artifacts_link (const char *from_run_dir,
                       const char *from_step,
                       const char *to_run_dir,
                       const char *to_step,
                       GError **error)
{
  g_autofree char *folder = runnel_artifacts_get_path (from_run_dir, from_step);
  g_autoptr(RunnelGlob) glob = runnel_glob_new (folder);
  g_autoptr(GPtrArray) files = NULL;
  g_autoptr(RunnelArtifactWriter) writer = NULL;
  g_autoptr(GPtrArray) finished = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (runnel_glob_add (glob, "**", error))
    files = runnel_glob_find (glob, NULL, error);
  if (files != NULL)
    writer = runnel_artifact_writer_new (to_run_dir, to_step, error);
  if (writer != NULL && take_files (writer, folder, files, error))
    finished = runnel_artifact_writer_finish (writer, error);
  return finished != NULL;
}

/* As the person's own files are, with the right to execute if the artifact has it. */
static guint
choose_mode (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && (status.st_mode & 0100) != 0 ? 0755 : 0644;
}

static gboolean
is_unchanged (RunnelCopy *copy, const RunnelArtifact *artifact, GError **error)
{
  g_autofree char *sha256 = runnel_copy_digest (copy, NULL, error);

  if (sha256 == NULL)
    return FALSE;
  if (g_str_equal (sha256, artifact->sha256))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The artifact “%s” is not what the step made: its SHA-256 is %s instead of %s",
               artifact->path, sha256, artifact->sha256);
  return FALSE;
}

/**
 * runnel_artifacts_copy_out:
 * @run_dir: (type filename): the folder of a run
 * @step: the id of a step
 * @artifact: one of its artifacts
 * @folder: (type filename): below which the file gets its path; made if it is not there
 * @error: return location for a #RunnelGlobError or a #GIOErrorEnum; INVALID_DATA if the content
 *   is not any more what the step made
 *
 * Returns: whether the file is there, and is one that may be written to
 */
gboolean
runnel_artifacts_copy_out (const char *run_dir,
                           const char *step,
                           const RunnelArtifact *artifact,
                           const char *folder,
                           GError **error)
{
  g_autofree char *source = runnel_artifacts_get_path (run_dir, step);
  g_autofree char *target = g_build_filename (folder, artifact->path, NULL);
  g_autofree char *above = g_path_get_dirname (target);
  g_autoptr(RunnelCopy) copy = NULL;
  int fd = runnel_glob_open (source, artifact->path, error);

  if (fd < 0)
    return FALSE;
  if (g_mkdir_with_parents (above, 0777) != 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "Can't make the folder “%s”: %s", above, g_strerror (errno));
  else
    copy = runnel_copy_new (fd, above, choose_mode (fd), /* may_link= */ FALSE, NULL, error);
  close (fd);
  return copy != NULL && is_unchanged (copy, artifact, error)
         && runnel_copy_place (copy, target, error);
}
