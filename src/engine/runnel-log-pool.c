/* runnel-log-pool.c: the files that processes write their output to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/runnel-log-clock.h"
#include "engine/runnel-log-pool.h"

/* To make a file costs more than anything else that is done for a short step, and much more, by
 * milliseconds, where thousands of files were just deleted: ext4 then looks for an inode that was
 * not. But most short steps print nothing. So a log begins without a name (O_TMPFILE) and gets it
 * when the step has run for a moment, or at its end if there is something in it. One that stayed
 * empty serves the next step; as it had no name, no reader can have it open.
 *
 * From when a log has its name on, its growth is written down: of what was over before, the history
 * knows the time well enough. */

#define NAME_DELAY (50 * G_TIME_SPAN_MILLISECOND)
#define MAX_IDLE 64
#define FLAGS (O_WRONLY | O_APPEND | O_CLOEXEC)
#define MODE 0600

struct _RunnelLogPool
{
  char *dir;        /* where the idle files are */
  GArray *idle;     /* descriptors of files without name and content */
  GQueue young;     /* logs without a name, in the order in which they are due for one */
  GSource *timer;
  RunnelLogClock *clock;
  gboolean no_tmpfile;
};

struct _RunnelLog
{
  char *path;
  int fd;           /* -1 once it has its name */
  gint64 due;       /* monotonic */
  GList *link;      /* in `young` */
};

/* The child has a description of its own, so that the kernel can tell whether somebody else has
 * the file open. */
static char *
make_fd_path (int fd)
{
  return g_strdup_printf ("/proc/self/fd/%d", fd);
}

static gboolean
set_error (GError     **error,
           int          error_number,
           const char  *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
               "The log “%s” can't be written: %s", path, g_strerror (error_number));
  return FALSE;
}

static void
clear_idle (RunnelLogPool *self)
{
  for (guint i = 0; i < self->idle->len; i++)
    close (g_array_index (self->idle, int, i));
  g_array_set_size (self->idle, 0);
}

static int
take_idle (RunnelLogPool *self,
           const char    *dir)
{
  int fd;

  if (g_strcmp0 (self->dir, dir) != 0)
    {
      clear_idle (self);
      g_free (self->dir);
      self->dir = g_strdup (dir);
    }
  if (self->idle->len == 0)
    return -1;
  fd = g_array_index (self->idle, int, self->idle->len - 1);
  g_array_set_size (self->idle, self->idle->len - 1);
  return fd;
}

/* Returns: -1 where the file system has no files without names */
static int
take_nameless (RunnelLogPool *self,
               const char    *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  int fd = self->no_tmpfile ? -1 : take_idle (self, dir);

  if (fd >= 0 || self->no_tmpfile)
    return fd;
  fd = open (dir, O_TMPFILE | FLAGS, MODE);
  self->no_tmpfile = fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL);
  return fd;
}

/* Gives the log its name, by which readers find it. */
static gboolean
give_name (RunnelLogPool  *self,
           RunnelLog      *log,
           GError        **error)
{
  g_autofree char *fd_path = NULL;

  if (log->fd < 0)
    return TRUE;
  fd_path = make_fd_path (log->fd);
  if (linkat (AT_FDCWD, fd_path, AT_FDCWD, log->path, AT_SYMLINK_FOLLOW) < 0)
    return set_error (error, errno, log->path);
  close (log->fd);
  log->fd = -1;
  return TRUE;
}

static void
forget_young (RunnelLogPool *self,
              RunnelLog     *log)
{
  if (log->link)
    g_queue_delete_link (&self->young, log->link);
  log->link = NULL;
}

/* A name that can't be given now is tried again at the end. */
static gboolean
name_due_cb (gpointer user_data)
{
  RunnelLogPool *self = user_data;
  gint64 now = g_get_monotonic_time ();
  RunnelLog *log;

  while ((log = g_queue_peek_head (&self->young)) && log->due <= now)
    {
      if (give_name (self, log, NULL))
        runnel_log_clock_start (self->clock, log->path);
      forget_young (self, log);
    }
  g_source_set_ready_time (self->timer, log ? log->due : -1);
  return G_SOURCE_CONTINUE;
}

/* The timer is not stopped when a log is closed: it rings in vain now and then, which costs less
 * than to set it for every step. */
static void
add_young (RunnelLogPool *self,
           RunnelLog     *log)
{
  log->due = g_get_monotonic_time () + NAME_DELAY;
  g_queue_push_tail (&self->young, log);
  log->link = g_queue_peek_tail_link (&self->young);
  if (g_source_get_ready_time (self->timer) < 0)
    g_source_set_ready_time (self->timer, log->due);
}

static gboolean
is_empty (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 && st.st_size == 0;
}

/* A process that has left its group may still have it, and print something later. The kernel
 * gives a lease for writing only to one who is alone with a file, see fcntl(2). */
static gboolean
is_alone (int fd)
{
  return fcntl (fd, F_SETLEASE, F_WRLCK) == 0 && fcntl (fd, F_SETLEASE, F_UNLCK) == 0;
}

static gboolean
dispatch_timer (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

/**
 * runnel_log_pool_new:
 *
 * Makes a pool on the thread's default main context.
 */
RunnelLogPool *
runnel_log_pool_new (void)
{
  static GSourceFuncs timer_funcs = { .dispatch = dispatch_timer };
  RunnelLogPool *self = g_new0 (RunnelLogPool, 1);

  self->idle = g_array_new (FALSE, FALSE, sizeof (int));
  self->clock = runnel_log_clock_new ();
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, name_due_cb, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

/**
 * runnel_log_pool_free:
 * @self: a pool whose logs have all been closed
 */
void
runnel_log_pool_free (RunnelLogPool *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  runnel_log_clock_free (self->clock);
  clear_idle (self);
  g_array_unref (self->idle);
  g_free (self->dir);
  g_free (self);
}

/**
 * runnel_log_pool_open:
 * @path: where the log will be, absolute; nothing may be there yet
 * @ret_fd: (transfer full): what the process writes to
 *
 * Opens the log of an attempt. Readers find it at @path after a moment, or when it is closed;
 * until then, and for an attempt that has printed nothing, there need not be a file.
 *
 * Returns: (transfer full) (nullable): to be given to runnel_log_pool_close(); errors are of
 *   #G_IO_ERROR
 */
RunnelLog *
runnel_log_pool_open (RunnelLogPool  *self,
                      const char     *path,
                      int            *ret_fd,
                      GError        **error)
{
  int nameless = take_nameless (self, path);
  g_autofree char *fd_path = nameless >= 0 ? make_fd_path (nameless) : NULL;
  int fd = fd_path ? open (fd_path, FLAGS) : open (path, FLAGS | O_CREAT, MODE);
  RunnelLog *log;

  if (fd < 0)
    {
      set_error (error, errno, path);
      if (nameless >= 0)
        close (nameless);
      return NULL;
    }
  log = g_new0 (RunnelLog, 1);
  log->path = g_strdup (path);
  log->fd = nameless;
  add_young (self, log);
  *ret_fd = fd;
  return log;
}

/* Our own descriptor of a log, or one opened for the moment; to be given to leave_log(). */
static int
enter_log (RunnelLog *log)
{
  return log->fd >= 0 ? log->fd : open (log->path, FLAGS);
}

static void
leave_log (RunnelLog *log,
           int        fd)
{
  if (fd >= 0 && fd != log->fd)
    close (fd);
}

/**
 * runnel_log_pool_add:
 * @line: with its end
 *
 * Adds a line of our own to a log.
 */
void
runnel_log_pool_add (RunnelLogPool *self,
                     RunnelLog     *log,
                     const char    *line)
{
  int fd = enter_log (log);

  if (fd < 0 || write (fd, line, strlen (line)) < 0)
    g_debug ("Nothing can be added to %s: %s", log->path, g_strerror (errno));
  leave_log (log, fd);
}

/**
 * runnel_log_pool_has_room:
 * @log: the log of an attempt
 *
 * Finds out whether the attempt may have failed because it could not print: only the kernel knows
 * of full disks, quotas and reserves, so it is asked for a place behind the end.
 *
 * Returns: %FALSE with an error of #G_IO_ERROR when the log can't grow any more
 */
gboolean
runnel_log_pool_has_room (RunnelLogPool  *self,
                          RunnelLog      *log,
                          GError        **error)
{
  int fd = enter_log (log);
  struct stat st;
  int error_number = 0;

  if (fd >= 0 && fstat (fd, &st) == 0 && fallocate (fd, FALLOC_FL_KEEP_SIZE, st.st_size, 1) < 0)
    error_number = errno;
  leave_log (log, fd);
  if (error_number == ENOSPC || error_number == EDQUOT)
    return set_error (error, error_number, log->path);
  return TRUE;
}

/**
 * runnel_log_pool_close:
 * @log: (transfer full): the log of an attempt that is over
 *
 * Returns: %FALSE with an error of #G_IO_ERROR when there was output that could not be kept
 */
gboolean
runnel_log_pool_close (RunnelLogPool  *self,
                       RunnelLog      *log,
                       GError        **error)
{
  gboolean ok = TRUE;

  forget_young (self, log);
  runnel_log_clock_stop (self->clock, log->path);
  if (log->fd >= 0)
    {
      if (self->idle->len < MAX_IDLE && is_empty (log->fd) && is_alone (log->fd))
        g_array_append_val (self->idle, log->fd);
      else if (!give_name (self, log, error))
        {
          close (log->fd);
          ok = FALSE;
        }
    }
  g_free (log->path);
  g_free (log);
  return ok;
}
