/* runnel-file.c: reads and replaces a document's file without losing anybody's work
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "model/runnel-file.h"
#include "model/runnel-json-read.h"
#include "model/runnel-pipeline.h"

#define MAX_LINKS 40 /* of symbolic links to symbolic links, as the kernel has it */

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError    **error,
      const char *format,
      ...)
{
  int code = errno;
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", message, g_strerror (code));

  return FALSE;
}

/* Follows symbolic links of the last part of a path, so that what they point to is replaced, not they. */
static char *
follow_links (const char *path)
{
  char *followed = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (followed, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL)
        break;
      folder = g_path_get_dirname (followed);
      g_free (followed);
      followed = g_path_is_absolute (target) ? g_strdup (target) : g_build_filename (folder, target, NULL);
    }

  return followed;
}

static void
remember (RunnelFile        *self,
          const struct stat *status,
          GBytes            *content)
{
  g_free (self->hash);
  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  self->mtime_ns = status->st_mtim.tv_sec * (gint64) 1000000000 + status->st_mtim.tv_nsec;
  self->size = status->st_size;
  self->inode = status->st_ino;
}

static gboolean
is_as_remembered (RunnelFile        *self,
                  const struct stat *status)
{
  return self->size == status->st_size && self->inode == status->st_ino &&
         self->mtime_ns == status->st_mtim.tv_sec * (gint64) 1000000000 + status->st_mtim.tv_nsec;
}

static GBytes *
read_content (int                fd,
              const char        *path,
              const struct stat *status,
              GError           **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  gssize n;

  if (!S_ISREG (status->st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "“%s” is not a file", path);
      return NULL;
    }
  if (status->st_size > RUNNEL_JSON_MAX_LENGTH)
    {
      g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_TOO_LARGE,
                   "“%s” is larger than %d MB", path, RUNNEL_JSON_MAX_LENGTH / (1024 * 1024));
      return NULL;
    }

  text = g_malloc (status->st_size + 1);
  while ((n = read (fd, text + length, status->st_size - length)) > 0)
    length += n;
  if (n < 0)
    {
      fail (error, "“%s” can't be read", path);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&text), length);
}

static GBytes *
open_and_read (const char   *path,
               struct stat  *ret_status,
               GError      **error)
{
  GBytes *content = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0 || fstat (fd, ret_status) != 0)
    fail (error, "“%s” can't be opened", path);
  else
    content = read_content (fd, path, ret_status, error);
  if (fd >= 0)
    close (fd);

  return content;
}

/* --- Writing --- */

static gboolean
check_unchanged (RunnelFile        *self,
                 const struct stat *status,
                 GError           **error)
{
  g_autoptr(GBytes) content = NULL;
  g_autofree char *hash = NULL;
  struct stat now;

  if (self->hash == NULL)
    {
      g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_CHANGED,
                   "“%s” exists already; choose another name, or replace it", self->path);
      return FALSE;
    }
  if (is_as_remembered (self, status))
    return TRUE;

  content = open_and_read (self->path, &now, NULL);
  hash = content != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content) : NULL;
  if (g_strcmp0 (hash, self->hash) == 0)
    return TRUE;

  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_CHANGED,
               "“%s” was changed by somebody else since it was opened; "
               "save under another name, replace it, or open it again", self->path);
  return FALSE;
}

static gboolean
write_all (int     fd,
           GBytes *content)
{
  gsize length;
  const char *p = g_bytes_get_data (content, &length);

  while (length > 0)
    {
      gssize n = write (fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      p += n;
      length -= n;
    }

  return TRUE;
}

/* Gives the new file the owner and permissions of the old one. Only root may give a file away. */
static gboolean
copy_mode (int                fd,
           const struct stat *old)
{
  if (old == NULL)
    return TRUE;
  if (fchown (fd, old->st_uid, old->st_gid) != 0 && errno != EPERM)
    return FALSE;

  return fchmod (fd, old->st_mode & 07777) == 0;
}

/* The new name is on disk only when the folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Writes a file beside the old one, has it on disk, and only then lets it take the old one's name. */
static gboolean
replace (RunnelFile        *self,
         GBytes            *content,
         const struct stat *old,
         GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *temporary = g_strdup_printf ("%s/.%s.XXXXXX", folder, name);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  struct stat status;

  if (fd < 0)
    return fail (error, "“%s” can't be saved, because its folder can't be written to", self->path);

  if (!copy_mode (fd, old) || !write_all (fd, content) || fsync (fd) != 0 || fstat (fd, &status) != 0 ||
      g_rename (temporary, self->path) != 0)
    {
      fail (error, "“%s” can't be saved", self->path);
      close (fd);
      g_unlink (temporary);
      return FALSE;
    }
  close (fd);
  sync_folder (self->path);
  remember (self, &status, content);

  return TRUE;
}

/* --- Public; all but the first three read or write files and are not for the application's thread --- */

/**
 * runnel_file_new:
 * @file: a local file, which need not exist
 * @error: %G_IO_ERROR_NOT_SUPPORTED when it is not local
 *
 * Returns: (transfer full) (nullable): the file, nothing known of it yet
 */
RunnelFile *
runnel_file_new (GFile   *file,
                 GError **error)
{
  g_autofree char *uri = NULL;
  RunnelFile *self;

  if (g_file_peek_path (file) == NULL)
    {
      uri = g_file_get_uri (file);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "“%s” is not on this machine; copy it to a local folder first", uri);
      return NULL;
    }

  self = g_new0 (RunnelFile, 1);
  self->path = g_file_get_path (file);

  return self;
}

/**
 * runnel_file_copy:
 * @self: a file
 *
 * Returns: (transfer full): a copy, for another thread
 */
RunnelFile *
runnel_file_copy (RunnelFile *self)
{
  RunnelFile *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->hash = g_strdup (self->hash);

  return copy;
}

/**
 * runnel_file_free:
 * @self: (transfer full) (nullable): a file
 */
void
runnel_file_free (RunnelFile *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->hash);
  g_free (self);
}

/**
 * runnel_file_read:
 * @self: a file
 * @error: a #GIOErrorEnum, or %RUNNEL_PIPELINE_ERROR_TOO_LARGE
 *
 * Reads the file and remembers what it is like.
 *
 * Returns: (transfer full) (nullable): its content
 */
GBytes *
runnel_file_read (RunnelFile  *self,
                  GError     **error)
{
  char *path = follow_links (self->path);
  struct stat status;
  GBytes *content;

  g_free (self->path);
  self->path = path;
  content = open_and_read (path, &status, error);
  if (content != NULL)
    remember (self, &status, content);

  return content;
}

/**
 * runnel_file_write:
 * @self: a file
 * @content: what is to be in it
 * @overwrite: whether to replace it even if it is not as it was when it was read or written last
 * @error: %RUNNEL_PIPELINE_ERROR_CHANGED when it is not, else a #GIOErrorEnum
 *
 * Replaces the file in one step, keeping its permissions; when anything goes
 * wrong the old one stays. A symbolic link stays, its target is replaced.
 *
 * Returns: whether @content is on disk
 */
gboolean
runnel_file_write (RunnelFile  *self,
                   GBytes      *content,
                   gboolean     overwrite,
                   GError     **error)
{
  char *path = follow_links (self->path);
  gboolean exists;
  struct stat old;

  g_free (self->path);
  self->path = path;
  exists = g_stat (path, &old) == 0;
  if (exists && !overwrite && !check_unchanged (self, &old, error))
    return FALSE;
  if (exists && !S_ISREG (old.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "“%s” is not a file", path);
      return FALSE;
    }

  if (exists && g_access (path, W_OK) != 0)
    return fail (error, "“%s” can't be saved, because the file is write-protected", path);

  return replace (self, content, exists ? &old : NULL, error);
}
