/* runnel-folder-lock.c: one process at a time in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-folder-lock.h"

/* A lock is held for some microseconds at a time. Who is stopped meanwhile must not stop us, so we
 * give up rather than wait for ever. */
#define PAUSE 200 /* microseconds */

static int
fail (GError    **error,
      const char *what,
      const char *folder)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s “%s”: %s", what, folder,
               g_strerror (code));

  return -1;
}

static gboolean
try_lock (int    fd,
          gint64 patience)
{
  gint64 end = g_get_monotonic_time () + patience;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK || g_get_monotonic_time () >= end)
        return FALSE;
      g_usleep (PAUSE);
    }

  return TRUE;
}

/**
 * runnel_folder_lock:
 * @folder: absolute; is made, for this user only, if it is not there
 * @patience: how long to wait at most, in microseconds; hardly ever is it more than a millisecond
 * @error: %G_IO_ERROR_WOULD_BLOCK when somebody else has it for too long: ask again later
 *
 * The lock goes with the process, and programs that it executes do not inherit it.
 *
 * Returns: a descriptor of the folder, for runnel_folder_unlock(), or -1
 */
int
runnel_folder_lock (const char  *folder,
                    gint64       patience,
                    GError     **error)
{
  int fd;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    return fail (error, "Can't make the folder", folder);
  fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (fd < 0)
    return fail (error, "Can't open the folder", folder);
  if (try_lock (fd, patience))
    return fd;

  fail (error, "Can't lock the folder", folder);
  close (fd);

  return -1;
}

/**
 * runnel_folder_unlock:
 * @lock: (transfer full): what runnel_folder_lock() returned
 *
 * A child that is about to execute its program has the descriptor for a moment, too, so it is not
 * enough to close it.
 */
void
runnel_folder_unlock (int lock)
{
  flock (lock, LOCK_UN);
  close (lock);
}
