/* runnel-cache.c: results of steps that may be used again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/files/runnel-cache-private.h"
#include "engine/files/runnel-sealed-file.h"

G_DEFINE_QUARK (runnel-cache-error-quark, runnel_cache_error)

static gboolean
set_error (GError **error, const char *what, const char *path)
{
  int error_number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s “%s”: %s", what, path,
               g_strerror (error_number));
  return FALSE;
}

gboolean
_runnel_cache_make_folder (const char *path, GError **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || set_error (error, "Can't make the folder", path);
}

/*
 * _runnel_cache_lock:
 *
 * Returns: a descriptor whose close gives the lock back, or -1 with @error set
 */
int
_runnel_cache_lock (RunnelCache *self, RunnelCacheLockMode mode, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "lock", NULL);
  int operation = mode == RUNNEL_CACHE_LOCK_SHARED ? LOCK_SH : LOCK_EX;
  int fd;

  if (!_runnel_cache_make_folder (self->folder, error))
    return -1;
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (mode == RUNNEL_CACHE_LOCK_TRY_EXCLUSIVE)
    operation |= LOCK_NB;
  if (fd >= 0 && flock (fd, operation) == 0)
    return fd;
  set_error (error, "Can't lock the cache by", path);
  if (fd >= 0)
    close (fd);
  return -1;
}

char *
_runnel_cache_get_blob_path (RunnelCache *self, const char *sha256)
{
  return g_strdup_printf ("%s/blobs/%.2s/%s", self->folder, sha256, sha256 + 2);
}

char *
_runnel_cache_get_entry_path (RunnelCache *self, const char *key)
{
  return g_build_filename (self->folder, "entries", key, NULL);
}

char *
_runnel_cache_get_parts_path (RunnelCache *self, const char *file, const char *step)
{
  g_autofree char *name = g_strconcat (file, "\n", step, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);

  return g_build_filename (self->folder, "parts", digest, NULL);
}

/*
 * _runnel_cache_open_blob:
 * @sha256: of the content
 *
 * Returns: a descriptor open for reading, or -1 with @error set: #RUNNEL_CACHE_ERROR_DAMAGED if
 *   the content is not there
 */
int
_runnel_cache_open_blob (RunnelCache *self, const char *sha256, GError **error)
{
  g_autofree char *path = _runnel_cache_get_blob_path (self, sha256);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd < 0 && errno == ENOENT)
    g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED,
                 "The content “%s” is missing", path);
  else if (fd < 0)
    set_error (error, "Can't read", path);
  return fd;
}

/**
 * runnel_cache_get_default_folder:
 *
 * Returns: (transfer full) (type filename): the folder of this user's cache
 */
char *
runnel_cache_get_default_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "runnel", "cache", NULL);
}

/**
 * runnel_cache_new:
 * @folder: (type filename): its folder; made when something is stored
 * @max_size: bytes that its contents may take
 *
 * Returns: (transfer full): the cache
 */
RunnelCache *
runnel_cache_new (const char *folder, guint64 max_size)
{
  RunnelCache *self = g_new0 (RunnelCache, 1);
  g_autofree char *digests = g_build_filename (folder, "digests", NULL);

  self->folder = g_strdup (folder);
  self->max_size = max_size;
  self->known_size = -1;
  self->digests = runnel_digests_new (digests);
  g_mutex_init (&self->mutex);
  return self;
}

void
runnel_cache_free (RunnelCache *self)
{
  runnel_digests_free (self->digests);
  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_free (self);
}

/**
 * runnel_cache_get_digests:
 *
 * Returns: (transfer none): the digests of files that are looked at again and again
 */
RunnelDigests *
runnel_cache_get_digests (RunnelCache *self)
{
  return self->digests;
}

guint64
runnel_cache_get_max_size (RunnelCache *self)
{
  return self->max_size;
}

/**
 * runnel_cache_remember_parts:
 * @self: a cache
 * @file: the pipeline's file, absolute
 * @step: the step's id
 * @parts: what its last result depends on
 * @error: return location for a #GFileError or a #GIOErrorEnum
 *
 * Returns: whether it is written down
 */
gboolean
runnel_cache_remember_parts (RunnelCache *self,
                             const char *file,
                             const char *step,
                             JsonObject *parts,
                             GError **error)
{
  g_autofree char *path = _runnel_cache_get_parts_path (self, file, step);
  g_autofree char *above = g_path_get_dirname (path);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), parts);
  g_autofree char *text = json_to_string (node, FALSE);

  return _runnel_cache_make_folder (above, error) && runnel_sealed_file_write (path, text, error);
}

/**
 * runnel_cache_recall_parts:
 * @self: a cache
 * @file: the pipeline's file, absolute
 * @step: the step's id
 *
 * Returns: (transfer full) (nullable): what its last result depended on, if that is known
 */
JsonObject *
runnel_cache_recall_parts (RunnelCache *self, const char *file, const char *step)
{
  g_autofree char *path = _runnel_cache_get_parts_path (self, file, step);
  g_autofree char *text = runnel_sealed_file_read (path, NULL);
  g_autoptr(JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}
