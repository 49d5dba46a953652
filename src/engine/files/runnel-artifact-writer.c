/* runnel-artifact-writer.c: gathers the artifacts of one step, all or none
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files are put into a hidden folder that gets its name when it is complete. Nobody may write
 * to them: they are what happened, and a step that is given them must not change it.
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "engine/files/runnel-artifact-writer.h"
#include "engine/files/runnel-artifacts.h"
#include "engine/files/runnel-copy.h"
#include "util/runnel-remove-tree.h"

struct _RunnelArtifactWriter
{
  char *folder;  /* of the step's artifacts when they are complete */
  char *staging; /* until then; NULL when they are */
  GPtrArray *artifacts;
};

static gboolean
make_folder (const char *path, GError **error)
{
  int error_number;

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  error_number = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
               "Can't make the folder “%s”: %s", path, g_strerror (error_number));
  return FALSE;
}

static guint
get_mode (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 ? status.st_mode & 0777 : 0400;
}

static gboolean
is_as_expected (const RunnelArtifact *expected, const char *sha256, GError **error)
{
  if (expected == NULL || g_str_equal (expected->sha256, sha256))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The kept copy of “%s” is damaged",
               expected->path);
  return FALSE;
}

/**
 * runnel_artifact_writer_new:
 * @run_dir: (type filename): the folder of the run
 * @step: the step's id
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full): artifacts of the step; none yet
 */
RunnelArtifactWriter *
runnel_artifact_writer_new (const char *run_dir, const char *step, GError **error)
{
  g_autoptr(RunnelArtifactWriter) self = g_new0 (RunnelArtifactWriter, 1);
  g_autofree char *hidden = g_strconcat (".", step, NULL);

  self->folder = runnel_artifacts_get_path (run_dir, step);
  self->staging = runnel_artifacts_get_path (run_dir, hidden);
  self->artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_artifact_free);
  runnel_remove_tree (self->staging, NULL);
  return make_folder (self->staging, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_artifact_writer_free:
 * @self: (transfer full): a writer; what it has gathered is removed unless it was finished
 */
void
runnel_artifact_writer_free (RunnelArtifactWriter *self)
{
  if (self->staging != NULL)
    runnel_remove_tree (self->staging, NULL);
  g_free (self->staging);
  g_free (self->folder);
  g_ptr_array_unref (self->artifacts);
  g_free (self);
}

static RunnelCopy *
copy_file (const char *target, int fd, guint mode, GCancellable *cancellable, GError **error)
{
  g_autofree char *above = g_path_get_dirname (target);

  if (!make_folder (above, error))
    return NULL;
  return runnel_copy_new (fd, above, RUNNEL_ARTIFACT_MODE (mode), /* may_link= */ TRUE, cancellable,
                          error);
}

/**
 * runnel_artifact_writer_add:
 * @self: a writer
 * @path: relative to the step's artifacts, UTF-8, without `..`
 * @fd: the file, open for reading at its beginning
 * @expected: (nullable): what it was when it was kept
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum; INVALID_DATA if it is not @expected any more
 *
 * Returns: whether the file is among the artifacts
 */
gboolean
runnel_artifact_writer_add (RunnelArtifactWriter *self,
                            const char *path,
                            int fd,
                            const RunnelArtifact *expected,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *target = g_build_filename (self->staging, path, NULL);
  g_autoptr(RunnelCopy) copy = NULL;
  g_autofree char *sha256 = NULL;
  guint mode;

  g_return_val_if_fail (runnel_artifact_path_is_safe (path), FALSE);

  mode = expected != NULL ? expected->mode : get_mode (fd);
  copy = copy_file (target, fd, mode, cancellable, error);
  if (copy != NULL)
    sha256 = runnel_copy_digest (copy, cancellable, error);
  if (sha256 == NULL || !is_as_expected (expected, sha256, error)
      || !runnel_copy_place (copy, target, error))
    return FALSE;
  g_ptr_array_add (self->artifacts,
                   runnel_artifact_new (path, runnel_copy_get_size (copy), sha256, mode));
  return TRUE;
}

/**
 * runnel_artifact_writer_take:
 * @self: a writer
 * @path: relative to the step's artifacts, UTF-8, without `..`
 * @fd: an artifact of another run, open for reading at its beginning
 * @error: return location for a #GIOErrorEnum
 *
 * Adds a file that is known already: it is not read, and not among what
 * runnel_artifact_writer_finish() returns.
 *
 * Returns: whether the file is there
 */
gboolean
runnel_artifact_writer_take (RunnelArtifactWriter *self, const char *path, int fd, GError **error)
{
  g_autofree char *target = g_build_filename (self->staging, path, NULL);
  g_autoptr(RunnelCopy) copy = copy_file (target, fd, get_mode (fd), NULL, error);

  return copy != NULL && runnel_copy_place (copy, target, error);
}

/**
 * runnel_artifact_writer_finish:
 * @self: a writer
 * @error: return location for a #GIOErrorEnum
 *
 * Puts the artifacts into their place, instead of earlier ones of the step.
 *
 * Returns: (transfer full) (element-type RunnelArtifact): what was added
 */
GPtrArray *
runnel_artifact_writer_finish (RunnelArtifactWriter *self, GError **error)
{
  if (!runnel_remove_tree (self->folder, error))
    return NULL;
  if (g_rename (self->staging, self->folder) != 0)
    {
      int error_number = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "Can't put artifacts into “%s”: %s", self->folder, g_strerror (error_number));
      return NULL;
    }
  g_clear_pointer (&self->staging, g_free);
  return g_ptr_array_ref (self->artifacts);
}
