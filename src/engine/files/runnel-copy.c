/* runnel-copy.c: a copy of a file that takes its place in one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-copy.h"
#include "util/runnel-digest.h"

#define CHUNK_SIZE (8 * 1024 * 1024) /* between two looks at the cancellable */
#define BUFFER_SIZE (256 * 1024)

struct _RunnelCopy
{
  char *path; /* until it is in its place, then NULL */
  gint64 size;
  RunnelCopyMethod method;
};

static gboolean
set_error (GError **error, int error_number, const char *what, const char *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s “%s”: %s", what, path,
               g_strerror (error_number));
  return FALSE;
}

/* Names of one process differ by number, those of several by process. What a process left that
 * died may have the name of ours: the next number is free. */
static char *
make_name (const char *folder)
{
  static int counter;

  return g_strdup_printf ("%s/.runnel-%d-%d", folder, (int) getpid (),
                          g_atomic_int_add (&counter, 1));
}

/* Only a file that nobody can write to: a later change in place would be one of its copy, too. */
static gboolean
can_link (const struct stat *status, guint mode)
{
  return (status->st_mode & 0222) == 0 && (status->st_mode & 07777) == mode
         && status->st_uid == geteuid ();
}

static gboolean
try_link (RunnelCopy *self, int fd, const char *folder)
{
  g_autofree char *source = g_strdup_printf ("/proc/self/fd/%d", fd);

  do
    {
      g_free (self->path);
      self->path = make_name (folder);
      if (linkat (AT_FDCWD, source, AT_FDCWD, self->path, AT_SYMLINK_FOLLOW) == 0)
        return TRUE;
    }
  while (errno == EEXIST);
  g_clear_pointer (&self->path, g_free);
  return FALSE;
}

static int
create_file (RunnelCopy *self, const char *folder, GError **error)
{
  int fd;

  do
    {
      g_free (self->path);
      self->path = make_name (folder);
      fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
  while (fd < 0 && errno == EEXIST);
  if (fd >= 0)
    return fd;
  set_error (error, errno, "Can't make a file in", folder);
  g_clear_pointer (&self->path, g_free);
  return -1;
}

static gssize
copy_by_buffer (int from, int to)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gssize n_read = read (from, buffer, BUFFER_SIZE);
  gssize written = 0;

  while (written < n_read)
    {
      gssize n = write (to, buffer + written, n_read - written);

      if (n < 0 && errno != EINTR)
        return -1;
      written += MAX (n, 0);
    }
  return n_read;
}

/* Not every pair of file systems can copy among themselves. */
static gssize
copy_some (int from, int to, gboolean *by_buffer)
{
  gssize n = *by_buffer ? -1 : copy_file_range (from, NULL, to, NULL, CHUNK_SIZE, 0);

  if (!*by_buffer && n < 0 && errno != EINTR && errno != ENOSPC && errno != EDQUOT && errno != EIO)
    *by_buffer = TRUE;
  return *by_buffer ? copy_by_buffer (from, to) : n;
}

static gboolean
copy_bytes (RunnelCopy *self, int from, int to, GCancellable *cancellable, GError **error)
{
  gboolean by_buffer = FALSE;
  gssize n;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = copy_some (from, to, &by_buffer);
    }
  while (n > 0 || (n < 0 && errno == EINTR));
  self->method = RUNNEL_COPY_BYTES;
  return n == 0 || set_error (error, errno, "Can't copy a file to", self->path);
}

static gboolean
fill (RunnelCopy *self, int from, int to, guint mode, GCancellable *cancellable, GError **error)
{
  struct stat status;

  if (ioctl (to, FICLONE, from) == 0)
    self->method = RUNNEL_COPY_REFLINK;
  else if (!copy_bytes (self, from, to, cancellable, error))
    return FALSE;
  if (fchmod (to, mode) != 0 || fstat (to, &status) != 0)
    return set_error (error, errno, "Can't finish the file", self->path);
  self->size = status.st_size;
  return TRUE;
}

static gboolean
make_copy (RunnelCopy *self,
           int from,
           const char *folder,
           guint mode,
           GCancellable *cancellable,
           GError **error)
{
  int to = create_file (self, folder, error);
  gboolean done = to >= 0 && fill (self, from, to, mode, cancellable, error);

  /* A file server may tell only now that it has no space left. */
  if (to >= 0 && close (to) != 0 && done)
    done = set_error (error, errno, "Can't finish the file", self->path);
  return done;
}

/**
 * runnel_copy_new:
 * @fd: a regular file, open for reading at its beginning
 * @folder: (type filename): where the copy is made; on the file system where it is to be placed
 * @mode: its permissions
 * @may_link: whether it may be the same file, when that has the same permissions and nobody may
 *   write to it
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * Copies a file in the cheapest way there is. The copy has a hidden name until it is placed, and
 * is removed if that does not happen.
 *
 * Returns: (transfer full): the copy, or %NULL with @error set
 */
RunnelCopy *
runnel_copy_new (int fd,
                 const char *folder,
                 guint mode,
                 gboolean may_link,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr(RunnelCopy) self = g_new0 (RunnelCopy, 1);
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                           "Only regular files can be copied");
      return NULL;
    }
  self->size = status.st_size;
  if (may_link && can_link (&status, mode) && try_link (self, fd, folder))
    self->method = RUNNEL_COPY_HARD_LINK;
  else if (!make_copy (self, fd, folder, mode, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * runnel_copy_free:
 * @self: (transfer full): a copy; removed unless it is in its place
 */
void
runnel_copy_free (RunnelCopy *self)
{
  if (self->path != NULL)
    unlink (self->path);
  g_free (self->path);
  g_free (self);
}

RunnelCopyMethod
runnel_copy_get_method (RunnelCopy *self)
{
  return self->method;
}

/**
 * runnel_copy_get_size:
 *
 * Returns: its length in bytes
 */
gint64
runnel_copy_get_size (RunnelCopy *self)
{
  return self->size;
}

/**
 * runnel_copy_digest:
 * @self: a copy that is not in its place yet
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * Reads the copy, not what it was made of, which may have changed meanwhile.
 *
 * Returns: (transfer full): its SHA-256 in hexadecimal, or %NULL with @error set
 */
char *
runnel_copy_digest (RunnelCopy *self, GCancellable *cancellable, GError **error)
{
  g_autoptr(GChecksum) checksum = NULL;
  int fd;

  g_assert (self->path != NULL);

  fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    {
      set_error (error, errno, "Can't read", self->path);
      return NULL;
    }
  checksum = runnel_digest_fd (fd, cancellable, error);
  close (fd);
  return checksum != NULL ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

/**
 * runnel_copy_place:
 * @self: a copy that is not in its place yet
 * @path: (type filename): its place; a file that is there is replaced
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it is in its place
 */
gboolean
runnel_copy_place (RunnelCopy *self, const char *path, GError **error)
{
  g_assert (self->path != NULL);

  if (rename (self->path, path) != 0)
    return set_error (error, errno, "Can't write", path);

  /* Renaming a file to another name of the same file does nothing. */
  if (self->method == RUNNEL_COPY_HARD_LINK)
    unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  return TRUE;
}
