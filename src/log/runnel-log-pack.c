/* runnel-log-pack.c: a log that nobody writes to any more, compressed in its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log/runnel-log-pack.h"
#include "util/runnel-zstd.h"

/* What is being written; the next one that packs the log begins again. */
#define PART_SUFFIX ".part"

static gboolean
fail (const char *path,
      GError    **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               "Can't compress the log “%s”: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
is_unchanged (int                fd,
              const struct stat *before)
{
  struct stat now;

  return fstat (fd, &now) == 0 && now.st_size == before->st_size &&
         now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

/* The packed log is as old as the log. It has reached the disk before the log goes. */
static gboolean
finish (int                fd,
        const char        *path,
        const struct stat *status,
        GError           **error)
{
  const struct timespec times[2] = { status->st_atim, status->st_mtim };

  if (futimens (fd, times) == 0 && fchmod (fd, status->st_mode & 0777) == 0 && fsync (fd) == 0)
    return TRUE;
  return fail (path, error);
}

/* Whoever opens the log at any moment finds one of both. */
static gboolean
take_place (const char *part,
            const char *packed,
            const char *path,
            GError    **error)
{
  if (rename (part, packed) == 0 && unlink (path) == 0)
    return TRUE;
  return fail (path, error);
}

static gboolean
pack_to (int                from_fd,
         const char        *path,
         const struct stat *status,
         gint64            *ret_saved,
         GCancellable      *cancellable,
         GError           **error)
{
  g_autofree char *packed = g_strconcat (path, RUNNEL_ZSTD_SUFFIX, NULL);
  g_autofree char *part = g_strconcat (packed, PART_SUFFIX, NULL);
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean is_done, is_packed = FALSE;
  struct stat after;

  if (fd < 0)
    return fail (path, error);

  is_done = runnel_zstd_compress (from_fd, fd, cancellable, error)
            && finish (fd, path, status, error);
  if (is_done && is_unchanged (from_fd, status))
    {
      is_packed = fstat (fd, &after) == 0;
      is_done = take_place (part, packed, path, error);
    }
  close (fd);
  if (!is_packed)
    unlink (part);
  if (is_done && is_packed)
    *ret_saved = status->st_size - after.st_size;

  return is_done;
}

/**
 * runnel_log_pack:
 * @path: (type filename): a log; a file that is not there is done already
 * @ret_saved: (out): how many bytes less it takes; 0 when it was written to meanwhile and stays
 *   as it is
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * Replaces `path` by `path.zst`, which runnel_log_file_open() opens in its place. When this
 * process dies meanwhile, the log is still there.
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_log_pack (const char    *path,
                 gint64        *ret_saved,
                 GCancellable  *cancellable,
                 GError       **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  gboolean is_done;

  *ret_saved = 0;
  if (fd < 0)
    return errno == ENOENT || fail (path, error);

  is_done = fstat (fd, &status) == 0;
  if (!is_done)
    fail (path, error);
  else if (S_ISREG (status.st_mode))
    is_done = pack_to (fd, path, &status, ret_saved, cancellable, error);
  close (fd);

  return is_done;
}
