/* runnel-log-file.c: a log that is a file, and may grow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "log/runnel-log-file.h"

/* The file is read and not mapped. A page of a mapping that the file has lost meanwhile, or that the
 * disk can't deliver, kills the process (SIGBUS), and one that is not in memory makes the window
 * wait. A read does neither: it comes back short, or says that it would have to wait (RWF_NOWAIT).
 * And mapped pages count as memory of the process. What that costs: memchr() over 1 GB in the page
 * cache took 0.15 s in pieces of 64 KB against 0.06 s mapped, both far under the time that is
 * needed to do anything with what is found. */

typedef struct
{
  RunnelLogSource parent;

  char *path;
  GMutex mutex;       /* guards what follows */
  int fd;             /* -1 = there is no file yet */
  struct stat status; /* of fd, at the last refresh */
} RunnelLogFile;

static void
runnel_log_file_free (RunnelLogSource *source)
{
  RunnelLogFile *self = (RunnelLogFile *) source;

  if (self->fd >= 0)
    close (self->fd);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

static guint64
runnel_log_file_get_size (RunnelLogSource *source)
{
  RunnelLogFile *self = (RunnelLogFile *) source;
  guint64 size;

  g_mutex_lock (&self->mutex);
  size = self->fd >= 0 ? (guint64) self->status.st_size : 0;
  g_mutex_unlock (&self->mutex);
  return size;
}

/* One read; the file system may not know how to read without waiting, which is as good as having to
 * wait. */
static gssize
read_some (int      fd,
           guint64  offset,
           char    *buffer,
           gsize    length,
           gboolean wait)
{
  struct iovec vector = { buffer, length };
  gssize n_read;

  do
    n_read = wait ? pread (fd, buffer, length, (off_t) offset)
                  : preadv2 (fd, &vector, 1, (off_t) offset, RWF_NOWAIT);
  while (n_read < 0 && errno == EINTR);
  return n_read;
}

/* A read without waiting that comes back short may have met the end or a page that is not in
 * memory: only another one tells. */
static gssize
read_all (int      fd,
          guint64  offset,
          char    *buffer,
          gsize    length,
          gboolean wait)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n_read = read_some (fd, offset + done, buffer + done, length - done, wait);

      if (n_read < 0 && !wait)
        return -1;
      if (n_read <= 0) /* a disk that can't read has nothing more for us */
        break;
      done += (gsize) n_read;
    }
  return (gssize) done;
}

/* Nobody closes the descriptor while it is read from: a refresh that finds another file puts that
 * in its place, see replace_file(). */
static gssize
runnel_log_file_read (RunnelLogSource *source,
                      guint64          offset,
                      char            *buffer,
                      gsize            length,
                      gboolean         wait)
{
  RunnelLogFile *self = (RunnelLogFile *) source;
  int fd = g_atomic_int_get (&self->fd);

  return fd >= 0 ? read_all (fd, offset, buffer, length, wait) : 0;
}

/* dup3() keeps the number, so that a read in another thread has the one file or the other. */
static void
replace_file (RunnelLogFile *self,
              int            fd)
{
  if (self->fd < 0)
    {
      g_atomic_int_set (&self->fd, fd);
      return;
    }
  if (dup3 (fd, self->fd, O_CLOEXEC) < 0)
    g_debug ("%s stays the file that it was: %s", self->path, g_strerror (errno));
  close (fd);
}

/* To open a pipe would wait for one who writes to it. */
static int
open_regular (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;

  if (fd >= 0 && (fstat (fd, &status) < 0 || !S_ISREG (status.st_mode)))
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Opens what is at the path now if that is another file than ours. */
static gboolean
follow_path (RunnelLogFile *self)
{
  struct stat status;
  int fd;

  if (self->fd >= 0 &&
      (stat (self->path, &status) < 0 || /* a log that was removed can still be read */
       (status.st_dev == self->status.st_dev && status.st_ino == self->status.st_ino)))
    return FALSE;
  fd = open_regular (self->path);
  if (fd < 0)
    return FALSE;
  replace_file (self, fd);
  return TRUE;
}

static guint64
runnel_log_file_refresh (RunnelLogSource *source)
{
  RunnelLogFile *self = (RunnelLogFile *) source;
  guint64 unchanged;
  off_t before;

  g_mutex_lock (&self->mutex);
  before = self->status.st_size;
  if (follow_path (self))
    before = 0;
  if (self->fd >= 0 && fstat (self->fd, &self->status) < 0)
    self->status.st_size = 0;
  unchanged = self->status.st_size < before ? 0 : (guint64) before;
  g_mutex_unlock (&self->mutex);
  return unchanged;
}

/**
 * runnel_log_file_open:
 * @path: (type filename): a log, which need not be there yet
 *
 * Opens a log, which may have to wait for a disk. What is there may grow, be cut, be replaced by
 * another file or be removed while it is read.
 *
 * Returns: (transfer full): the log; empty while there is none
 */
RunnelLogSource *
runnel_log_file_open (const char *path)
{
  static const RunnelLogSourceClass klass = {
    runnel_log_file_free, runnel_log_file_get_size, runnel_log_file_read, runnel_log_file_refresh
  };
  RunnelLogFile *self;

  g_return_val_if_fail (path, NULL);

  self = g_new0 (RunnelLogFile, 1);
  runnel_log_source_init (&self->parent, &klass);
  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->fd = -1;
  runnel_log_file_refresh (&self->parent);
  return &self->parent;
}
