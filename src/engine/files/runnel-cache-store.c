/* runnel-cache-store.c: keeps a result of a step for later
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-artifacts.h"
#include "engine/files/runnel-cache-private.h"
#include "engine/files/runnel-copy.h"
#include "engine/files/runnel-sealed-file.h"
#include "util/runnel-glob.h"

/* The contents are made here, and not in their folder, which is known only when they are read. */
static char *
get_staging (RunnelCache *self)
{
  return g_build_filename (self->folder, "blobs", NULL);
}

static gboolean
place_blob (RunnelCache *self, RunnelCopy *copy, const char *sha256, GError **error)
{
  g_autofree char *path = _runnel_cache_get_blob_path (self, sha256);
  g_autofree char *above = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!_runnel_cache_make_folder (above, error) || !runnel_copy_place (copy, path, error))
    return FALSE;
  _runnel_cache_note_added (self, runnel_copy_get_size (copy));
  return TRUE;
}

/* Adds the content of a file, and the file to the list of those of the result. */
static gboolean
add_file (RunnelCache *self,
          int fd,
          const char *path,
          GPtrArray *files,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *staging = get_staging (self);
  g_autoptr(RunnelCopy) copy = NULL;
  g_autofree char *sha256 = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0 || (guint64) status.st_size > self->max_size)
    {
      g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_TOO_LARGE,
                   "“%s” alone is larger than the cache may be", path);
      return FALSE;
    }
  copy = runnel_copy_new (fd, staging, RUNNEL_ARTIFACT_MODE (status.st_mode),
                          /* may_link= */ TRUE, cancellable, error);
  if (copy != NULL)
    sha256 = runnel_copy_digest (copy, cancellable, error);
  if (sha256 == NULL || !place_blob (self, copy, sha256, error))
    return FALSE;
  g_ptr_array_add (files, runnel_artifact_new (path, runnel_copy_get_size (copy), sha256,
                                               status.st_mode & 0777));
  return TRUE;
}

static GPtrArray *
find_outputs (const char *base_dir,
              const char *const *patterns,
              GCancellable *cancellable,
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
  if (files != NULL && runnel_glob_get_unmatched (glob) != NULL)
    {
      g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_UNMATCHED,
                   "no file matches the output “%s”", runnel_glob_get_unmatched (glob));
      return NULL;
    }
  return g_steal_pointer (&files);
}

static gboolean
add_files (RunnelCache *self,
           const char *folder,
           GPtrArray *paths,
           GPtrArray *files,
           GCancellable *cancellable,
           GError **error)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      int fd = runnel_glob_open (folder, path, error);
      gboolean added = fd >= 0 && add_file (self, fd, path, files, cancellable, error);

      if (fd >= 0)
        close (fd);
      if (!added)
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_texts (GPtrArray *paths, GError **error)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *name = NULL;

      if (g_utf8_validate (path, -1, NULL))
        continue;
      name = g_filename_display_name (path);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                   "the name “%s” is not UTF-8 text", name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_outputs (RunnelCache *self,
             RunnelCacheEntry *entry,
             const RunnelCachePlace *place,
             const char *const *patterns,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr(GPtrArray) paths = find_outputs (place->base_dir, patterns, cancellable, error);

  return paths != NULL && are_texts (paths, error)
         && add_files (self, place->base_dir, paths, entry->outputs, cancellable, error);
}

/* It was read when the run gathered it, and nobody can have written to it since. */
static gboolean
add_artifact (RunnelCache *self,
              const char *folder,
              const RunnelArtifact *artifact,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree char *staging = get_staging (self);
  g_autoptr(RunnelCopy) copy = NULL;
  int fd = runnel_glob_open (folder, artifact->path, error);

  if (fd < 0)
    return FALSE;
  copy = runnel_copy_new (fd, staging, RUNNEL_ARTIFACT_MODE (artifact->mode), /* may_link= */ TRUE,
                          cancellable, error);
  close (fd);
  return copy != NULL && place_blob (self, copy, artifact->sha256, error);
}

static gboolean
add_artifacts (RunnelCache *self,
               const RunnelCacheEntry *entry,
               const RunnelCachePlace *place,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *folder = runnel_artifacts_get_path (place->run_dir, place->step);

  for (guint i = 0; i < entry->artifacts->len; i++)
    {
      if (!add_artifact (self, folder, g_ptr_array_index (entry->artifacts, i), cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Before anything is copied that can't stay. */
static gboolean
check_size (RunnelCache *self, const RunnelCacheEntry *entry, GError **error)
{
  g_autofree char *size = NULL;
  g_autofree char *limit = NULL;

  if (runnel_cache_entry_get_size (entry) <= self->max_size)
    return TRUE;
  size = g_format_size (runnel_cache_entry_get_size (entry));
  limit = g_format_size (self->max_size);
  g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_TOO_LARGE,
               "it has %s, and the whole cache may have %s", size, limit);
  return FALSE;
}

static gboolean
write_entry (RunnelCache *self, const char *key, const RunnelCacheEntry *entry, GError **error)
{
  g_autofree char *path = _runnel_cache_get_entry_path (self, key);
  g_autofree char *above = g_path_get_dirname (path);
  g_autofree char *text = runnel_cache_entry_to_text (entry);

  return _runnel_cache_make_folder (above, error) && runnel_sealed_file_write (path, text, error);
}

static gboolean
store (RunnelCache *self,
       const char *key,
       RunnelCacheEntry *entry,
       const RunnelCachePlace *place,
       const char *const *outputs,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *staging = get_staging (self);

  return check_size (self, entry, error) && _runnel_cache_make_folder (staging, error)
         && add_outputs (self, entry, place, outputs, cancellable, error)
         && check_size (self, entry, error)
         && add_artifacts (self, entry, place, cancellable, error)
         && write_entry (self, key, entry, error);
}

/**
 * runnel_cache_store:
 * @self: a cache
 * @key: the name of the result
 * @entry: the result with its artifacts; its output files are added to it
 * @place: where its files are
 * @outputs: patterns of the output files, relative to the folder of @place
 * @cancellable: (nullable): stops it
 * @error: return location for a #RunnelCacheError, a #RunnelGlobError or a #GIOErrorEnum
 *
 * Keeps a result, in the place of an earlier one of the same name, and then takes away the
 * results that were not used for the longest time if there is too much.
 *
 * Returns: whether it is kept
 */
gboolean
runnel_cache_store (RunnelCache *self,
                    const char *key,
                    RunnelCacheEntry *entry,
                    const RunnelCachePlace *place,
                    const char *const *outputs,
                    GCancellable *cancellable,
                    GError **error)
{
  int lock = _runnel_cache_lock (self, RUNNEL_CACHE_LOCK_SHARED, error);
  gboolean stored;

  if (lock < 0)
    return FALSE;
  stored = store (self, key, entry, place, outputs, cancellable, error);
  close (lock);
  if (_runnel_cache_is_full (self))
    runnel_cache_collect (self, /* wait= */ TRUE, NULL, NULL, NULL);
  return stored;
}
