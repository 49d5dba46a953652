/* runnel-cache-reuse.c: puts an earlier result of a step into its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-artifact-writer.h"
#include "engine/files/runnel-cache-private.h"
#include "engine/files/runnel-copy.h"
#include "engine/files/runnel-sealed-file.h"
#include "util/runnel-digest.h"
#include "util/runnel-glob.h"

static RunnelCacheEntry *
read_entry (RunnelCache *self, const char *key, GError **error)
{
  g_autofree char *path = _runnel_cache_get_entry_path (self, key);
  g_autoptr(GError) problem = NULL;
  g_autofree char *text = runnel_sealed_file_read (path, &problem);
  RunnelCacheEntry *entry = text != NULL ? runnel_cache_entry_from_text (text, &problem) : NULL;

  if (entry != NULL)
    return entry;
  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)
      || g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    g_set_error_literal (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_NONE,
                         "There is no such result");
  else
    g_set_error_literal (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED, problem->message);
  return NULL;
}

/* Whether the file is there and just as it was. */
static gboolean
is_in_place (RunnelCache *self,
             const RunnelCachePlace *place,
             const RunnelArtifact *output,
             GCancellable *cancellable)
{
  int fd = runnel_glob_open (place->base_dir, output->path, NULL);
  g_autofree char *sha256 = NULL;
  struct stat status;

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && status.st_size == output->size
      && (status.st_mode & 0777) == output->mode)
    sha256 = runnel_digests_get (self->digests, fd, cancellable, NULL);
  close (fd);
  return g_strcmp0 (sha256, output->sha256) == 0;
}

static GPtrArray *
list_missing (RunnelCache *self,
              const RunnelCachePlace *place,
              const RunnelCacheEntry *entry,
              GCancellable *cancellable)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < entry->outputs->len; i++)
    {
      RunnelArtifact *output = g_ptr_array_index (entry->outputs, i);

      if (!is_in_place (self, place, output, cancellable))
        g_ptr_array_add (missing, output);
    }
  return missing;
}

/* Reads the content: what was true when it was stored may not be any more. */
static gboolean
check_blob (RunnelCache *self,
            const RunnelArtifact *file,
            GCancellable *cancellable,
            GError **error)
{
  int fd = _runnel_cache_open_blob (self, file->sha256, error);
  g_autoptr(GChecksum) checksum = NULL;

  if (fd < 0)
    return FALSE;
  checksum = runnel_digest_fd (fd, cancellable, error);
  close (fd);
  if (checksum == NULL)
    return FALSE;
  if (g_str_equal (g_checksum_get_string (checksum), file->sha256))
    return TRUE;
  g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED,
               "The content of “%s” is damaged", file->path);
  return FALSE;
}

static gboolean
check_blobs (RunnelCache *self, GPtrArray *files, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      if (!check_blob (self, g_ptr_array_index (files, i), cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Somebody may have put a link in the place of a folder. */
static gboolean
is_below (const char *folder, const char *path)
{
  char *real_folder = realpath (folder, NULL);
  char *real_path = realpath (path, NULL);
  gsize length = real_folder != NULL ? strlen (real_folder) : 0;
  gboolean below = real_folder != NULL && real_path != NULL
                   && strncmp (real_path, real_folder, length) == 0
                   && (real_path[length] == '/' || real_path[length] == '\0' || length == 1);

  free (real_folder);
  free (real_path);
  return below;
}

static gboolean
make_folder_below (const char *base_dir, const char *path, GError **error)
{
  g_autofree char *above = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      if (is_below (base_dir, path))
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” leads out of the folder %s", path,
                   base_dir);
      return FALSE;
    }
  above = g_path_get_dirname (path);
  if (!make_folder_below (base_dir, above, error))
    return FALSE;
  if (g_mkdir (path, 0777) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't make the folder “%s”: %s",
               path, g_strerror (errno));
  return FALSE;
}

/* A file in somebody's working folder is theirs to write to: never the content itself. */
static gboolean
put_output (RunnelCache *self,
            const RunnelCachePlace *place,
            const RunnelArtifact *output,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *target = g_build_filename (place->base_dir, output->path, NULL);
  g_autofree char *above = g_path_get_dirname (target);
  g_autoptr(RunnelCopy) copy = NULL;
  int fd = _runnel_cache_open_blob (self, output->sha256, error);

  if (fd < 0)
    return FALSE;
  if (make_folder_below (place->base_dir, above, error))
    copy = runnel_copy_new (fd, above, output->mode, /* may_link= */ FALSE, cancellable, error);
  close (fd);
  return copy != NULL && runnel_copy_place (copy, target, error);
}

static gboolean
put_outputs (RunnelCache *self,
             const RunnelCachePlace *place,
             const RunnelCacheEntry *entry,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr(GPtrArray) missing = list_missing (self, place, entry, cancellable);

  if (!check_blobs (self, missing, cancellable, error))
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    {
      if (!put_output (self, place, g_ptr_array_index (missing, i), cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_artifact (RunnelCache *self,
              RunnelArtifactWriter *writer,
              const RunnelArtifact *artifact,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr(GError) problem = NULL;
  int fd = _runnel_cache_open_blob (self, artifact->sha256, error);

  if (fd < 0)
    return FALSE;
  runnel_artifact_writer_add (writer, artifact->path, fd, artifact, cancellable, &problem);
  close (fd);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error_literal (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED, problem->message);
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    return TRUE;
  return FALSE;
}

static RunnelArtifactWriter *
gather_artifacts (RunnelCache *self,
                  const RunnelCachePlace *place,
                  const RunnelCacheEntry *entry,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr(RunnelArtifactWriter) writer =
    runnel_artifact_writer_new (place->run_dir, place->step, error);

  for (guint i = 0; writer != NULL && i < entry->artifacts->len; i++)
    {
      if (!put_artifact (self, writer, g_ptr_array_index (entry->artifacts, i), cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&writer);
}

/* The artifacts are put in their place last: until then nothing of the run has changed. */
static gboolean
put_result (RunnelCache *self,
            const RunnelCachePlace *place,
            const RunnelCacheEntry *entry,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr(RunnelArtifactWriter) writer = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;

  if (entry->artifacts->len == 0)
    return put_outputs (self, place, entry, cancellable, error);
  writer = gather_artifacts (self, place, entry, cancellable, error);
  if (writer != NULL && put_outputs (self, place, entry, cancellable, error))
    artifacts = runnel_artifact_writer_finish (writer, error);
  return artifacts != NULL;
}

/* Contents that are not what their name says would be found again and again. */
static void
remove_damaged (RunnelCache *self, const RunnelCacheEntry *entry)
{
  GPtrArray *lists[] = { entry->outputs, entry->artifacts };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    {
      for (guint i = 0; i < lists[list]->len; i++)
        {
          const RunnelArtifact *file = g_ptr_array_index (lists[list], i);
          g_autofree char *path = _runnel_cache_get_blob_path (self, file->sha256);
          g_autoptr(GError) error = NULL;

          if (!check_blob (self, file, NULL, &error)
              && g_error_matches (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED))
            unlink (path);
        }
    }
}

static RunnelCacheEntry *
reuse (RunnelCache *self,
       const char *key,
       const RunnelCachePlace *place,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *path = _runnel_cache_get_entry_path (self, key);
  g_autoptr(GError) problem = NULL;
  g_autoptr(RunnelCacheEntry) entry = read_entry (self, key, &problem);

  if (entry != NULL && put_result (self, place, entry, cancellable, &problem))
    {
      utimensat (AT_FDCWD, path, NULL, 0); /* used just now */
      return g_steal_pointer (&entry);
    }
  if (g_error_matches (problem, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED))
    {
      if (entry != NULL)
        remove_damaged (self, entry);
      unlink (path);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * runnel_cache_reuse:
 * @self: a cache
 * @key: the name of a result
 * @place: where its files belong
 * @cancellable: (nullable): stops it
 * @error: return location for a #RunnelCacheError, a #RunnelGlobError or a #GIOErrorEnum
 *
 * Puts an earlier result into its place: output files that are missing or different are written,
 * each in one step, and the artifacts are added to the run. Nothing else is touched. Every
 * content is checked before the first output is written.
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
RunnelCacheEntry *
runnel_cache_reuse (RunnelCache *self,
                    const char *key,
                    const RunnelCachePlace *place,
                    GCancellable *cancellable,
                    GError **error)
{
  int lock = _runnel_cache_lock (self, RUNNEL_CACHE_LOCK_SHARED, error);
  RunnelCacheEntry *entry;

  if (lock < 0)
    return NULL;
  entry = reuse (self, key, place, cancellable, error);
  close (lock);
  return entry;
}
