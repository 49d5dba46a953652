/* runnel-history-delete.c: runs go with all that belongs to them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-history-space.h"

/* Runs that are to go are written down first, and go one after the other. Who dies meanwhile leaves
 * the list: what was begun is brought to its end by the next look at the history, the rest by the
 * next cleaning. */

/* So many runs are written down at once: each time waits for the disk. */
#define RUNS_AT_ONCE 100

typedef struct
{
  gint64 run;
  gboolean is_wanted; /* somebody asked for it; else it is a subpipeline of another */
} Doomed;

/* --- The list --- */

/* Refuses a run that is not there or not over. */
static gboolean
add_to_list (RunnelHistory *self,
             gint64         run,
             GError       **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO doomed (run) VALUES (?)";
  gint64 definition, pipeline;

  return _runnel_history_check_over (self, run, &definition, &pipeline, error) &&
         _runnel_history_audit_deletion (self, run, error) &&
         _runnel_history_run_with_id (self, sql, run, error);
}

/* All or none. It has reached the disk before anything is deleted, or after a power cut there could
 * be runs without their folders that nobody remembers to delete. */
static gboolean
write_list (RunnelHistory *self,
            GArray        *runs,
            GError       **error)
{
  gboolean ok = TRUE;

  if (!runnel_history_begin (self, error))
    return FALSE;
  for (guint i = 0; ok && i < runs->len; i++)
    ok = add_to_list (self, g_array_index (runs, Doomed, i).run, error);
  if (ok)
    return runnel_history_commit (self, error) && runnel_sqlite_sync (self->db, error);
  runnel_history_rollback (self);
  return FALSE;
}

/* The first of the list. */
static gboolean
find_doomed (RunnelHistory *self,
             gboolean       only_begun,
             gint64        *ret_run,
             GError       **error)
{
  return runnel_sqlite_read_int (self->db, only_begun
                                   ? "SELECT run FROM doomed WHERE begun = 1 LIMIT 1"
                                   : "SELECT run FROM doomed ORDER BY run DESC LIMIT 1",
                                 ret_run, error);
}

/* A run that vanished with its database, or that somebody else deleted, leaves its entry. */
static gboolean
strike_out (RunnelHistory *self,
            gint64         run,
            GError       **error)
{
  return _runnel_history_run_with_id (self, "DELETE FROM doomed WHERE run = ?", run, error);
}

/**
 * _runnel_history_finish_deletions:
 * @self: a history that is not in a transaction
 * @only_begun: whether to look only for runs of which a part is gone already
 * @cancellable: (nullable): to stop between two runs
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Deletes what is in the list: later runs first, which the inner ones are.
 *
 * Returns: whether the list is empty
 */
gboolean
_runnel_history_finish_deletions (RunnelHistory *self,
                                  gboolean       only_begun,
                                  GCancellable  *cancellable,
                                  GError       **error)
{
  gint64 run;

  for (;;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !find_doomed (self, only_begun, &run, error))
        return FALSE;
      if (run == 0)
        return TRUE;
      if (!_runnel_history_delete_one (self, run, error) || !strike_out (self, run, error))
        return FALSE;
    }
}

/* --- From outside --- */

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
      const Doomed doomed = { child->id, FALSE };

      g_array_append_val (runs, doomed);
      if (!add_descendants (self, child->id, runs, error))
        return FALSE;
    }
  return children != NULL;
}

/* Adds the run and all in it, if it is over. */
static gboolean
add_family (RunnelHistory *self,
            gint64         run,
            GArray        *runs,
            GError       **error)
{
  const Doomed doomed = { run, TRUE };
  gint64 definition, pipeline;

  if (!_runnel_history_check_over (self, run, &definition, &pipeline, error))
    return FALSE;
  g_array_append_val (runs, doomed);
  return add_descendants (self, run, runs, error);
}

/* Takes out of the list what nothing was deleted of. */
static void
forget (RunnelHistory *self,
        GArray        *runs)
{
  for (guint i = 0; i < runs->len; i++)
    _runnel_history_run_with_id (self, "DELETE FROM doomed WHERE run = ? AND begun = 0",
                                 g_array_index (runs, Doomed, i).run, NULL);
}

/* Families: the inner runs go before those that they belong to. Counts those that were asked for. */
static gboolean
delete_listed (RunnelHistory *self,
               GArray        *runs,
               GCancellable  *cancellable,
               guint         *n_wanted,
               GError       **error)
{
  if (!write_list (self, runs, error))
    return FALSE;
  while (runs->len > 0)
    {
      const Doomed *doomed = &g_array_index (runs, Doomed, runs->len - 1);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !_runnel_history_delete_one (self, doomed->run, error))
        {
          forget (self, runs);
          return FALSE;
        }
      *n_wanted += doomed->is_wanted;
      g_array_set_size (runs, runs->len - 1);
    }
  return TRUE;
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
 * at the next runnel_history_reconcile(); at the next cleaning, what was still
 * to go goes, too.
 *
 * Returns: whether the run and its folder are gone
 */
gboolean
runnel_history_delete_run (RunnelHistory *self,
                           gint64         run,
                           GError       **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (Doomed));
  guint n_deleted = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  return add_family (self, run, runs, error) &&
         delete_listed (self, runs, NULL, &n_deleted, error) &&
         runnel_history_return_space (self, NULL, error);
}

/* Adds families to what is deleted at once. */
static gboolean
collect_families (RunnelHistory *self,
                  const gint64  *runs,
                  guint          n_runs,
                  GArray        *families,
                  guint         *ret_live,
                  GError       **error)
{
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr(GError) problem = NULL;

      if (add_family (self, runs[i], families, &problem))
        continue;
      if (g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE))
        (*ret_live)++;
      else if (!g_error_matches (problem, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
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
  for (guint i = 0; i < n_runs; i += RUNS_AT_ONCE)
    {
      g_autoptr(GArray) families = g_array_new (FALSE, FALSE, sizeof (Doomed));

      if (!collect_families (self, runs + i, MIN (RUNS_AT_ONCE, n_runs - i), families, ret_live,
                             error) ||
          !delete_listed (self, families, cancellable, ret_deleted, error))
        return FALSE;
    }
  return runnel_history_return_space (self, cancellable, error);
}
