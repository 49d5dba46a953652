/* runnel-history-trash.c: where the folders of runs are while they go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>

#include "history/runnel-history-private.h"
#include "util/runnel-remove-tree.h"

/* A folder that goes away waits here until its rows are gone for sure: found there after a
 * crash, it either belongs back or was on its way out. */
#define TRASH ".trash"

static char *
get_trash_dir (void)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();

  return g_build_filename (runs_dir, TRASH, NULL);
}

static char *
get_trash_path (gint64 run)
{
  g_autofree char *trash = get_trash_dir ();
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, run);

  return g_build_filename (trash, name, NULL);
}

static gboolean
remove_tree (const char *path,
             GError    **error)
{
  g_autoptr(GError) problem = NULL;

  if (runnel_remove_tree (path, &problem))
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_UNWRITABLE,
               "The run is deleted, but not its folder: %s. Make it writable; it is tried again "
               "later.", problem->message);
  return FALSE;
}

/* A run may have no folder: that is as good as moved. */
static gboolean
move_folder (const char *from,
             const char *to,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (to);

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (parent, 0700) == 0 && rename (from, to) == 0)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_UNWRITABLE,
               "Cannot delete the run's folder “%s”: %s. Make the folder above it writable.",
               from, g_strerror (errno));
  return FALSE;
}

/* Moves the folder of @run away, to be called in the transaction that takes out its rows. */
gboolean
_runnel_history_move_to_trash (gint64   run,
                               GError **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *trash = get_trash_path (run);

  return move_folder (folder, trash, error);
}

/* Puts it back, when that transaction came to nothing. */
gboolean
_runnel_history_move_from_trash (gint64   run,
                                 GError **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *trash = get_trash_path (run);

  return move_folder (trash, folder, error);
}

/* Removes it for good. The rows must be gone. */
gboolean
_runnel_history_empty_trash (gint64   run,
                             GError **error)
{
  g_autofree char *trash = get_trash_path (run);

  return remove_tree (trash, error);
}

/* Puts back what belongs to a run that is there, and lists what does not. */
static gboolean
sort_out (RunnelHistory *self,
          GDir          *dir,
          GArray        *gone,
          GError       **error)
{
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      gint64 run = g_ascii_strtoll (name, NULL, 10);
      gboolean found;

      if (!_runnel_history_has_run (self, run, &found, error) ||
          (found && !_runnel_history_move_from_trash (run, error)))
        return FALSE;
      if (!found)
        g_array_append_val (gone, run);
    }
  return TRUE;
}

/* Completes deletions that a crash cut short. The write lock keeps away those under way; it is
 * held while nothing but names is looked at. The number of a run that is gone is not given again,
 * so its folder can be removed afterwards. */
gboolean
_runnel_history_sweep_trash (RunnelHistory *self,
                             GError       **error)
{
  g_autofree char *trash = get_trash_dir ();
  g_autoptr(GDir) dir = g_dir_open (trash, 0, NULL);
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ok;

  if (dir == NULL || g_dir_read_name (dir) == NULL)
    return TRUE;
  g_dir_rewind (dir);
  if (!runnel_history_begin (self, error))
    return FALSE;
  ok = sort_out (self, dir, gone, error);
  runnel_history_rollback (self);
  for (guint i = 0; ok && i < gone->len; i++)
    ok = _runnel_history_empty_trash (g_array_index (gone, gint64, i), error);
  return ok;
}
