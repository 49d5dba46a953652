/* runnel-history-space.c: what the database takes on disk, and giving it back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "history/runnel-history-private.h"
#include "history/runnel-history-space.h"

/* About a megabyte: some milliseconds in which nobody else can write. */
#define PAGES_AT_ONCE 256

/* One who waits for the lock asks for it again every few milliseconds. */
#define MIN_PAUSE G_TIME_SPAN_MILLISECOND
#define MAX_PAUSE (50 * G_TIME_SPAN_MILLISECOND)

/* A database that can't shrink is written anew when that gives back at least so much of it. */
#define WORTH_BYTES (1024 * 1024)
#define WORTH_FRACTION 5

/* Waits about as long as the lock was held, since @began (monotonic). SQLite gives the lock to
 * whoever asks first; who has many things to write would keep out everybody else. */
void
_runnel_history_let_others (gint64 began)
{
  g_usleep (CLAMP (g_get_monotonic_time () - began, MIN_PAUSE, MAX_PAUSE));
}

static gint64
get_file_size (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_size : 0;
}

/**
 * runnel_history_get_database_size:
 * @self: a history
 * @ret_size: (out): bytes of the database on disk, with its log of writes
 * @ret_free: (out): how many of them are not used
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether it could be read
 */
gboolean
runnel_history_get_database_size (RunnelHistory *self,
                                  gint64        *ret_size,
                                  gint64        *ret_free,
                                  GError       **error)
{
  const char *path = runnel_sqlite_get_path (self->db);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  gint64 n_pages, n_free, page_size;

  if (!runnel_sqlite_read_int (self->db, "PRAGMA page_count", &n_pages, error) ||
      !runnel_sqlite_read_int (self->db, "PRAGMA freelist_count", &n_free, error) ||
      !runnel_sqlite_read_int (self->db, "PRAGMA page_size", &page_size, error))
    return FALSE;
  *ret_size = _runnel_history_is_in_memory (self) ? n_pages * page_size
                                                  : get_file_size (path) + get_file_size (wal);
  *ret_free = n_free * page_size;
  return TRUE;
}

/* Gives back some pages. Returns also in @ret_left how many are still free. */
static gboolean
vacuum_slice (RunnelHistory *self,
              gint64        *ret_left,
              GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA incremental_vacuum (%d)", PAGES_AT_ONCE);
  gint64 began = g_get_monotonic_time ();

  if (!runnel_sqlite_exec (self->db, sql, error) ||
      !runnel_sqlite_read_int (self->db, "PRAGMA freelist_count", ret_left, error))
    return FALSE;
  _runnel_history_let_others (began);
  return TRUE;
}

/**
 * runnel_history_return_space:
 * @self: a history that is not in a transaction
 * @cancellable: (nullable): to stop in between
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Gives what the database does not use back to the system, a megabyte at a
 * time so that others can write in between, and empties the log of writes if
 * nobody needs it at the moment.
 *
 * Returns: whether it is given back
 */
gboolean
runnel_history_return_space (RunnelHistory *self,
                             GCancellable  *cancellable,
                             GError       **error)
{
  gint64 n_free, n_left;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!runnel_sqlite_read_int (self->db, "PRAGMA freelist_count", &n_free, error))
    return FALSE;
  for (; n_free > 0; n_free = n_left)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !vacuum_slice (self, &n_left, error))
        return FALSE;
      if (n_left >= n_free) /* it can't shrink, or others free more than we give back */
        break;
    }
  return runnel_sqlite_checkpoint (self->db, error);
}

/* To be written anew it needs the room once more, and once more in the log of writes. */
static gboolean
has_room_for (RunnelHistory *self,
              gint64         bytes)
{
  g_autofree char *folder = g_path_get_dirname (runnel_sqlite_get_path (self->db));
  struct statvfs status;

  return statvfs (folder, &status) == 0 &&
         (gint64) status.f_bavail * (gint64) status.f_frsize > 2 * bytes + bytes / 4;
}

/**
 * runnel_history_make_shrinkable:
 * @self: a history that is not in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * A database that some other program made may be one that never shrinks. If so much of it is
 * free that it is worth it, there is room on the disk and no run is under way, it is written anew
 * as one that does; nobody can write to it meanwhile.
 *
 * Returns: whether nothing went wrong; a database that is better left alone is
 */
gboolean
runnel_history_make_shrinkable (RunnelHistory *self,
                                GError       **error)
{
  gint64 mode, n_live, size, n_free;

  if (!runnel_sqlite_read_int (self->db, "PRAGMA auto_vacuum", &mode, error) ||
      !runnel_sqlite_read_int (self->db, "SELECT EXISTS (SELECT 1 FROM run WHERE state < 4)",
                               &n_live, error) ||
      !runnel_history_get_database_size (self, &size, &n_free, error))
    return FALSE;
  if (mode != 0 || n_live > 0 || n_free < WORTH_BYTES || n_free < size / WORTH_FRACTION ||
      !has_room_for (self, size - n_free))
    return TRUE;
  return runnel_sqlite_exec (self->db, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", error);
}
