/* runnel-run-dir.c: the folder of one run and its lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-run-dir.h"

/* The lock is one of flock(2): it goes with the process that holds it, however that dies, and is
 * on a descriptor that no child inherits. */

struct _RunnelRunDir
{
  char *path;
  int fd;
  int lock_fd;
};

static gboolean
set_error (GError     **error,
           int          error_number,
           const char  *what,
           const char  *path)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number), "%s “%s”: %s", what, path,
               g_strerror (error_number));
  return FALSE;
}

static gboolean
open_and_lock (RunnelRunDir  *self,
               GError       **error)
{
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0)
    return set_error (error, errno, "Can't open the folder of the run", self->path);

  self->lock_fd = openat (self->fd, RUNNEL_RUN_DIR_LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    return set_error (error, errno, "Can't make the lock in the folder of the run", self->path);

  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return set_error (error, errno, "Can't lock the folder of the run", self->path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "The run in “%s” is alive", self->path);
  return FALSE;
}

static RunnelRunDir *
run_dir_new (const char  *path,
             GError     **error)
{
  g_autoptr(RunnelRunDir) self = g_new0 (RunnelRunDir, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  self->lock_fd = -1;
  return open_and_lock (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_run_dir_move_aside:
 * @path: (type filename): a folder that is in the way
 * @error: return location for a #GIOErrorEnum
 *
 * A history that was removed counts from 1 again while the folders of its runs
 * are still there. They are nothing of ours to delete.
 *
 * Returns: whether there is nothing at @path any more
 */
gboolean
runnel_run_dir_move_aside (const char  *path,
                           GError     **error)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *aside = g_strdup_printf ("%s.old-%u", path, i);

      if (g_file_test (aside, G_FILE_TEST_EXISTS))
        continue;
      if (g_rename (path, aside) == 0)
        return TRUE;
      return set_error (error, errno, "Can't move an earlier run’s folder out of the way", path);
    }
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *above = g_path_get_dirname (path);

  if (g_mkdir_with_parents (above, 0700) < 0)
    return set_error (error, errno, "Can't make the folder of all runs", above);
  if (g_mkdir (path, 0700) == 0)
    return TRUE;
  if (errno != EEXIST)
    return set_error (error, errno, "Can't make the folder of the run", path);

  if (runnel_run_dir_is_alive (path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Another run lives in “%s”", path);
      return FALSE;
    }
  if (!runnel_run_dir_move_aside (path, error))
    return FALSE;
  return g_mkdir (path, 0700) == 0
         || set_error (error, errno, "Can't make the folder of the run", path);
}

/**
 * runnel_run_dir_create:
 * @runs_dir: the folder of all runs, absolute
 * @run: the run's number
 *
 * Makes the folder of a new run, for this user only, and holds its lock until it is freed. A
 * folder of the same number that is left from another history is moved aside.
 *
 * Returns: (transfer full) (nullable): errors are of #G_IO_ERROR
 */
RunnelRunDir *
runnel_run_dir_create (const char  *runs_dir,
                       gint64       run,
                       GError     **error)
{
  g_autofree char *path = runnel_run_dir_make_path (runs_dir, run);

  return make_folder (path, error) ? run_dir_new (path, error) : NULL;
}

/**
 * runnel_run_dir_adopt:
 * @path: the folder of a run
 *
 * Takes the lock of a run whose engine is gone, so that nobody else closes it at the same time.
 *
 * Returns: (transfer full) (nullable): %G_IO_ERROR_BUSY while the run lives or somebody else has
 *   adopted it, %G_IO_ERROR_NOT_FOUND when there is no such folder
 */
RunnelRunDir *
runnel_run_dir_adopt (const char  *path,
                      GError     **error)
{
  return run_dir_new (path, error);
}

void
runnel_run_dir_free (RunnelRunDir *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

const char *
runnel_run_dir_get_path (RunnelRunDir *self)
{
  return self->path;
}

/**
 * runnel_run_dir_get_fd:
 *
 * Returns: a descriptor of the folder, valid as long as @self is
 */
int
runnel_run_dir_get_fd (RunnelRunDir *self)
{
  return self->fd;
}

/**
 * runnel_run_dir_write_pipeline:
 *
 * Keeps the pipeline as it runs; its file may change meanwhile.
 */
gboolean
runnel_run_dir_write_pipeline (RunnelRunDir  *self,
                               const char    *text,
                               gsize          length,
                               GError       **error)
{
  g_autofree char *path = g_build_filename (self->path, RUNNEL_RUN_DIR_PIPELINE, NULL);
  g_autoptr(GError) local_error = NULL;

  if (g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_NONE, 0600, &local_error))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The pipeline can't be kept with its run: %s",
               local_error->message);
  return FALSE;
}

/**
 * runnel_run_dir_is_alive:
 * @path: the folder of a run
 *
 * Returns: whether its engine lives; %FALSE also when there is no such folder
 */
gboolean
runnel_run_dir_is_alive (const char *path)
{
  g_autofree char *lock = g_build_filename (path, RUNNEL_RUN_DIR_LOCK, NULL);
  int fd = open (lock, O_RDONLY | O_CLOEXEC);
  gboolean alive;

  if (fd < 0)
    return FALSE;
  alive = flock (fd, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK;
  close (fd);
  return alive;
}

char *
runnel_run_dir_make_path (const char *runs_dir,
                          gint64      run)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, runs_dir, run);
}

/**
 * runnel_run_dir_log_name:
 *
 * Returns: (transfer full): the name, inside the folder of the run, of an attempt's log
 */
char *
runnel_run_dir_log_name (const char *step,
                         guint       attempt)
{
  return g_strdup_printf ("%s.%u.log", step, attempt);
}

char *
runnel_run_dir_output_name (const char *step,
                            guint       attempt)
{
  return g_strdup_printf ("%s.%u.out", step, attempt);
}
