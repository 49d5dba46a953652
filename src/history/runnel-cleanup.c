/* runnel-cleanup.c: cleans the history by its policy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/files/runnel-cache.h"
#include "engine/limits/runnel-folder-lock.h"
#include "history/runnel-cleanup.h"
#include "history/runnel-history-pack.h"
#include "history/runnel-history-private.h"
#include "history/runnel-history-space.h"
#include "util/runnel-remove-tree.h"

/* Between two looks whether to stop, and two calls of the progress function. */
#define RUNS_AT_ONCE 50

/* A person can wait a little for a cleaning that is about to end; a run that ends needs not. */
#define PATIENCE (5 * G_TIME_SPAN_SECOND)

typedef struct
{
  RunnelHistory *history;
  const RunnelCleanupOptions *options;
  RunnelCleanupStatus *status;
  GCancellable *cancellable;
} Cleanup;

static gint64
sum_size (const RunnelHistorySize *size)
{
  return size->database + size->logs + size->artifacts;
}

/* Somebody may have pinned a run since the plan was made. */
static gboolean
is_still_free (Cleanup                   *self,
               const RunnelRetentionRun  *run,
               gboolean                  *ret_free,
               GError                   **error)
{
  static const char sql[] = "SELECT 1 FROM run WHERE id = ? AND pinned = 0 AND state >= 4";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run->id);
  if (!runnel_statement_step (statement, ret_free, error))
    return FALSE;
  runnel_statement_reset (statement);
  return TRUE;
}

/* Deletes @runs, and tells how far that is. */
static gboolean
delete_some (Cleanup  *self,
             GArray   *runs,
             GError  **error)
{
  guint n_deleted, n_live;
  gboolean ok = runnel_history_delete_runs (self->history, (const gint64 *) runs->data, runs->len,
                                            self->cancellable, &n_deleted, &n_live, error);

  self->status->n_runs += n_deleted;
  g_array_set_size (runs, 0);
  return ok;
}

/* The oldest first: should it be stopped, the later ones are there. */
static gboolean
delete_runs (Cleanup            *self,
             RunnelCleanupPlan  *plan,
             gboolean            also_for_size,
             GError            **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_done = 0;

  for (guint i = plan->runs->len; i-- > 0;)
    {
      const RunnelRetentionRun *run = &g_array_index (plan->runs, RunnelRetentionRun, i);
      gboolean is_free;

      if (run->reason == RUNNEL_RETENTION_KEEP ||
          (run->reason == RUNNEL_RETENTION_SIZE && !also_for_size))
        continue;
      if (!is_still_free (self, run, &is_free, error))
        return FALSE;
      if (is_free)
        g_array_append_val (runs, run->id);
      n_done++;
      if (runs->len < RUNS_AT_ONCE)
        continue;
      if (!delete_some (self, runs, error))
        return FALSE;
      if (self->options->progress)
        self->options->progress (n_done, plan->n_going, self->options->user_data);
    }
  return delete_some (self, runs, error);
}

static gboolean
pack_logs (Cleanup  *self,
           GError  **error)
{
  RunnelPackResult packed;
  gboolean ok = runnel_history_pack_logs (self->history, self->options->policy, g_get_real_time (),
                                          &packed, self->cancellable, error);

  self->status->n_packed = packed.n_logs;
  self->status->packed = packed.saved;
  return ok;
}

/* Who uses it at the moment cleans it up when they end. */
static guint64
collect_cache (RunnelCleanupPlan *plan)
{
  g_autofree char *folder = runnel_cache_get_default_folder ();
  g_autoptr(RunnelCache) cache = NULL;
  guint64 left;

  if (plan->cache <= plan->cache_max)
    return 0;
  cache = runnel_cache_new (folder, plan->cache_max);
  return runnel_cache_collect (cache, /* wait= */ FALSE, NULL, &left, NULL) && left < plan->cache
           ? plan->cache - left : 0;
}

static gboolean
remove_orphans (Cleanup            *self,
                RunnelCleanupPlan  *plan,
                GError            **error)
{
  for (guint i = 0; self->options->orphans && i < plan->orphans->len; i++)
    {
      const RunnelOrphan *orphan = g_ptr_array_index (plan->orphans, i);

      if (!runnel_remove_tree (orphan->path, error))
        return FALSE;
      self->status->freed += orphan->size;
    }
  return TRUE;
}

static RunnelCleanupPlan *
make_plan (Cleanup  *self,
           GError  **error)
{
  return runnel_cleanup_plan_new (self->history, self->options->policy, self->options->pipeline,
                                  self->cancellable, error);
}

/* What is too old goes at once. What would be too much may not be when the rest is compressed. */
static gboolean
delete_and_pack (Cleanup            *self,
                 RunnelCleanupPlan **plan,
                 GError            **error)
{
  if (!delete_runs (self, *plan, /* also_for_size= */ FALSE, error) || !pack_logs (self, error))
    return FALSE;
  g_clear_pointer (plan, runnel_cleanup_plan_free);
  *plan = make_plan (self, error);
  return *plan != NULL && delete_runs (self, *plan, /* also_for_size= */ TRUE, error);
}

static gboolean
give_back (Cleanup            *self,
           RunnelCleanupPlan  *plan,
           GError            **error)
{
  gint64 n_unused;

  return remove_orphans (self, plan, error) &&
         runnel_history_drop_unused (self->history, &n_unused, error) &&
         runnel_history_make_shrinkable (self->history, error) &&
         runnel_history_return_space (self->history, self->cancellable, error);
}

static gboolean
clean (Cleanup  *self,
       GError  **error)
{
  g_autoptr(RunnelCleanupPlan) plan = NULL;
  RunnelHistorySize before, after;

  if (!_runnel_history_finish_deletions (self->history, /* only_begun= */ FALSE,
                                         self->cancellable, error))
    return FALSE;
  plan = make_plan (self, error);
  if (plan == NULL)
    return FALSE;
  before = plan->size;
  if (!delete_and_pack (self, &plan, error) || !give_back (self, plan, error) ||
      !runnel_history_get_size (self->history, &after, error))
    return FALSE;
  self->status->freed += collect_cache (plan) + sum_size (&before) - sum_size (&after);
  return TRUE;
}

/* What went wrong is told by the status as well: of an automatic cleaning nobody sees more. */
static gboolean
clean_and_note (Cleanup  *self,
                GError  **error)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GError) problem = NULL;
  gboolean ok = clean (self, &problem);

  self->status->automatic = self->options->automatic;
  self->status->time = g_get_real_time ();
  self->status->duration = g_get_monotonic_time () - began;
  self->status->problem = problem ? g_strdup (problem->message) : NULL;
  runnel_cleanup_status_save (self->status, NULL);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return ok;
}

/**
 * runnel_cleanup:
 * @history: a history that is not in a transaction
 * @options: what is to go
 * @ret_status: (out caller-allocates): what was done, also on failure
 * @cancellable: (nullable): to stop in between
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR; %G_IO_ERROR_WOULD_BLOCK when
 *   somebody else cleans at the moment
 *
 * Brings deletions to their end that were cut short, compresses logs, deletes what the policy does
 * not keep, and gives the room back. Others can read and write all the time. Takes as long as that
 * takes.
 *
 * Returns: whether all of it is done
 */
gboolean
runnel_cleanup (RunnelHistory               *history,
                const RunnelCleanupOptions  *options,
                RunnelCleanupStatus         *ret_status,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_autofree char *folder = runnel_cleanup_status_get_folder ();
  Cleanup self = { history, options, ret_status, cancellable };
  gboolean ok;
  int lock;

  g_return_val_if_fail (history != NULL && options != NULL && ret_status != NULL, FALSE);

  *ret_status = (RunnelCleanupStatus) { 0, };
  lock = runnel_folder_lock (folder, options->automatic ? 0 : PATIENCE, error);
  if (lock < 0)
    return FALSE;
  ok = clean_and_note (&self, error);
  runnel_folder_unlock (lock);
  return ok;
}
