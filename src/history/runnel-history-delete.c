/* runnel-history-delete.c: a run goes with all that belongs to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

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

/* Reads what the run refers to, and refuses a run that is not there or not over. */
static gboolean
look_up_references (RunnelHistory *self,
                    gint64         run,
                    gint64        *ret_definition,
                    gint64        *ret_pipeline,
                    GError       **error)
{
  static const char sql[] = "SELECT state, definition, pipeline FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gint64 state;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      _runnel_history_set_not_found (run, error);
      return FALSE;
    }
  state = runnel_statement_get_int (statement, 0);
  *ret_definition = runnel_statement_get_int (statement, 1);
  *ret_pipeline = runnel_statement_get_int (statement, 2);
  runnel_statement_reset (statement);
  if (state >= FIRST_TERMINAL_STATE)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
               "Run %" G_GINT64_FORMAT " is still under way. Cancel it first, with `runnel cancel %"
               G_GINT64_FORMAT "`.", run, run);
  return FALSE;
}

/* Steps, attempts and waits go with the run, by their foreign keys. */
static gboolean
delete_rows (RunnelHistory *self,
             gint64         run,
             GError       **error)
{
  static const char delete_run[] = "DELETE FROM run WHERE id = ?";
  static const char delete_pipeline[] =
    "DELETE FROM pipeline WHERE id = ?1"
    " AND NOT EXISTS (SELECT 1 FROM run WHERE run.pipeline = ?1)";
  gint64 definition, pipeline;

  return look_up_references (self, run, &definition, &pipeline, error) &&
         _runnel_history_discount_run (self, run, error) &&
         _runnel_history_drop_reasons (self, run, error) &&
         _runnel_history_run_with_id (self, delete_run, run, error) &&
         _runnel_history_run_with_id (self, delete_pipeline, pipeline, error) &&
         _runnel_history_drop_definition (self, definition, error);
}

/* Rows and folder leave together: the folder is moved inside the transaction, and moved back
 * when that can't be committed. */
static gboolean
take_out (RunnelHistory *self,
          gint64         run,
          const char    *folder,
          const char    *trash,
          GError       **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (!delete_rows (self, run, error) || !move_folder (folder, trash, error))
    {
      runnel_history_rollback (self);
      return FALSE;
    }
  if (runnel_history_commit (self, error))
    return TRUE;
  move_folder (trash, folder, NULL);
  return FALSE;
}

static gboolean
delete_alone (RunnelHistory *self,
              gint64         run,
              GError       **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *trash = get_trash_path (run);

  return take_out (self, run, folder, trash, error) &&
         runnel_sqlite_exec (self->db, "PRAGMA incremental_vacuum", error) &&
         remove_tree (trash, error);
}

/* Adds the runs that steps of the run started, and those that steps of these started. */
static gboolean
add_descendants (RunnelHistory *self,
                 gint64         run,
                 GArray        *runs,
                 GError       **error)
{
  g_autoptr(GPtrArray) children = runnel_history_list_children (self, run, error);

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const RunnelRunRecord *child = g_ptr_array_index (children, i);

      g_array_append_val (runs, child->id);
      if (!add_descendants (self, child->id, runs, error))
        return FALSE;
    }
  return children != NULL;
}

/**
 * runnel_history_delete_run:
 * @self: a history that is not in a transaction
 * @run: number of a run that is over
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND,
 *   %RUNNEL_HISTORY_ERROR_LIVE and others of its domain
 *
 * Deletes all facts of the run and its folder with logs and outputs, those of
 * the runs that were its subpipelines, too, and gives the space back to the
 * system. After a crash in the middle either all of a run is there or it goes
 * at the next runnel_history_reconcile().
 *
 * Returns: whether the run and its folder are gone
 */
gboolean
runnel_history_delete_run (RunnelHistory *self,
                           gint64         run,
                           GError       **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (self != NULL, FALSE);

  g_array_append_val (runs, run);
  if (!add_descendants (self, run, runs, error))
    return FALSE;

  /* The inner ones first, so that none is ever left without the run it belongs to. */
  for (guint i = runs->len; i-- > 0;)
    if (!delete_alone (self, g_array_index (runs, gint64, i), error))
      return FALSE;
  return TRUE;
}

/**
 * runnel_history_delete_runs:
 * @self: a history that is not in a transaction
 * @runs: (array length=n_runs): numbers of runs; those that are gone already don't matter
 * @n_runs: how many they are
 * @cancellable: (nullable): to stop between two runs
 * @ret_deleted: (out): how many are gone now, also on failure
 * @ret_live: (out): how many are still under way and therefore stay
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Deletes each like runnel_history_delete_run().
 *
 * Returns: whether all are gone but those that are under way
 */
gboolean
runnel_history_delete_runs (RunnelHistory *self,
                            const gint64  *runs,
                            guint          n_runs,
                            GCancellable  *cancellable,
                            guint         *ret_deleted,
                            guint         *ret_live,
                            GError       **error)
{
  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), FALSE);

  *ret_deleted = 0;
  *ret_live = 0;
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr(GError) problem = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (runnel_history_delete_run (self, runs[i], &problem))
        (*ret_deleted)++;
      else if (g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE))
        (*ret_live)++;
      else if (!g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_run (RunnelHistory *self,
         gint64         run,
         gboolean      *ret_found,
         GError       **error)
{
  static const char sql[] = "SELECT 1 FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, ret_found, error))
    return FALSE;
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
sweep_run (RunnelHistory *self,
           gint64         run,
           GError       **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *trash = get_trash_path (run);
  gboolean found;

  if (!has_run (self, run, &found, error))
    return FALSE;
  return found ? move_folder (trash, folder, error) : remove_tree (trash, error);
}

/* Completes deletions that a crash cut short. The write lock keeps away those under way. */
gboolean
_runnel_history_sweep_trash (RunnelHistory *self,
                             GError       **error)
{
  g_autofree char *trash = get_trash_dir ();
  g_autoptr(GDir) dir = g_dir_open (trash, 0, NULL);
  const char *name = dir ? g_dir_read_name (dir) : NULL;
  gboolean ok = TRUE;

  if (name == NULL)
    return TRUE;
  if (!runnel_history_begin (self, error))
    return FALSE;
  for (; ok && name != NULL; name = g_dir_read_name (dir))
    ok = sweep_run (self, g_ascii_strtoll (name, NULL, 10), error);
  runnel_history_rollback (self);
  return ok;
}
