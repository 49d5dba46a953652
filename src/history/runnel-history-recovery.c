/* runnel-history-recovery.c: runs whose process died without a word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-event-log.h"
#include "engine/runnel-run-dir.h"
#include "history/runnel-history-private.h"
#include "history/runnel-survivors.h"
#include "util/runnel-proc.h"

#define INTERRUPTED_REASON "The run's process ended without a word."
#define GONE_REASON "The run's process ended without a word, and its folder is gone."

/* A run that is not over, as the history says. */
typedef struct
{
  gint64 id;
  RunnelState state;
  gint64 started;
  pid_t pid;           /* of the process that added it */
  gint64 pid_start;
} LiveRun;

/* Reading a journal into the history. */
typedef struct
{
  RunnelHistory *history;
  gint64 run;
  GHashTable *indices; /* step id -> position in the file */
  gint64 last_time;    /* of the events so far */
  char *reason;        /* why it was interrupted, if its guard said so */
  GError *error;
} Import;

static GArray *
list_live_runs (RunnelHistory *self,
                GError       **error)
{
  static const char sql[] =
    "SELECT id, state, started, pid, pid_start FROM run WHERE state < 4 ORDER BY id";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (LiveRun));
  gboolean row;

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);
  if (statement == NULL)
    return NULL;
  while (runnel_statement_step (statement, &row, error))
    {
      LiveRun run;

      if (!row)
        return g_steal_pointer (&runs);
      run.id = runnel_statement_get_int (statement, 0);
      run.state = runnel_statement_get_int (statement, 1);
      run.started = runnel_statement_get_int (statement, 2);
      run.pid = runnel_statement_get_int (statement, 3);
      run.pid_start = runnel_statement_get_int (statement, 4);
      g_array_append_val (runs, run);
    }
  return NULL;
}

static gboolean
is_live (RunnelHistory *self,
         gint64         run,
         gboolean      *ret_live,
         GError       **error)
{
  static const char sql[] = "SELECT 1 FROM run WHERE id = ? AND state < 4";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, ret_live, error))
    return FALSE;
  runnel_statement_reset (statement);
  return TRUE;
}

/* Steps that were added are numbered behind those of the definition, in the order of the journal. */
static void
number_added_step (Import     *import,
                   const char *id)
{
  if (!g_hash_table_contains (import->indices, id))
    g_hash_table_insert (import->indices, g_strdup (id),
                         GUINT_TO_POINTER (g_hash_table_size (import->indices)));
}

/* A journal knows steps by id only. */
static gboolean
import_event_cb (const RunnelEvent *event,
                 gpointer           user_data)
{
  Import *import = user_data;
  RunnelEvent resolved = *event;
  gpointer index;

  resolved.run = import->run;
  import->last_time = MAX (import->last_time, event->time);
  /* The last word of a guard, which does not know the steps: they are to be ended first. */
  if (event->type == RUNNEL_EVENT_RUN_FINISHED && event->state == RUNNEL_STATE_INTERRUPTED)
    {
      g_free (import->reason);
      import->reason = g_strdup (event->reason);
      return TRUE;
    }
  if (event->type == RUNNEL_EVENT_STEP_ADDED && event->step != NULL)
    number_added_step (import, event->step);
  if (event->step != NULL)
    {
      if (!g_hash_table_lookup_extended (import->indices, event->step, NULL, &index))
        return TRUE;
      resolved.step_index = GPOINTER_TO_UINT (index);
    }
  return runnel_history_record (import->history, &resolved, &import->error);
}

static gboolean
read_journal (Import     *import,
              const char *run_dir,
              GError    **error)
{
  g_autoptr(GError) read_error = NULL;

  runnel_event_log_read (run_dir, import_event_cb, import, &read_error);
  if (import->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&import->error));
      return FALSE;
    }
  /* Killed before its first event, or lost: then there is nothing to import. */
  if (read_error == NULL || g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&read_error));
  return FALSE;
}

/* Records all events of the run's journal, to be called in a transaction. @ret_reason is why the
 * run was interrupted, or NULL when nobody lived to say. */
static gboolean
import_journal (RunnelHistory *self,
                gint64         run,
                const char    *run_dir,
                gint64        *ret_last_time,
                char         **ret_reason,
                GError       **error)
{
  Import import = { .history = self, .run = run };
  gboolean ok;

  import.indices = _runnel_history_get_step_indices (self, run, error);
  if (import.indices == NULL)
    return FALSE;
  ok = read_journal (&import, run_dir, error);
  *ret_last_time = import.last_time;
  *ret_reason = import.reason;
  g_hash_table_unref (import.indices);
  return ok;
}

static gboolean
mark_interrupted (RunnelHistory *self,
                  gint64         run,
                  gint64         time,
                  const char    *reason,
                  GError       **error)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_FINISHED,
    .time = time,
    .run = run,
    .state = RUNNEL_STATE_INTERRUPTED,
    .reason = reason,
  };

  return _runnel_history_interrupt_steps (self, run, time, error) &&
         runnel_history_record (self, &event, error);
}

/* What is said to be running of the run, after its journal was read. */
static GArray *
list_leaders (RunnelHistory *self,
              gint64         run,
              GError       **error)
{
  static const char sql[] =
    "SELECT pid, pid_start FROM attempt WHERE run = ? AND pid > 0 AND state < 4";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GArray) leaders = g_array_new (FALSE, FALSE, sizeof (RunnelLeader));
  gboolean row;

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelLeader leader;

      if (!row)
        return g_steal_pointer (&leaders);
      leader.pid = runnel_statement_get_int (statement, 0);
      leader.start_time = runnel_statement_get_int (statement, 1);
      g_array_append_val (leaders, leader);
    }
  return NULL;
}

static gboolean
end_survivors (RunnelHistory *self,
               gint64         run,
               const char    *run_dir,
               GError       **error)
{
  g_autoptr(GArray) leaders = list_leaders (self, run, error);

  if (leaders == NULL)
    return FALSE;
  runnel_survivors_end (run_dir, (const RunnelLeader *) leaders->data, leaders->len);
  return TRUE;
}

/* Brings the facts up to the journal; in the second pass, also ends what is still open. */
static gboolean
complete_facts (RunnelHistory *self,
                const LiveRun *run,
                const char    *run_dir,
                gboolean       end,
                GError       **error)
{
  g_autofree char *guard_reason = NULL;
  const char *reason = run_dir != NULL ? INTERRUPTED_REASON : GONE_REASON;
  gint64 time = run->started;
  gboolean live;

  if (!is_live (self, run->id, &live, error))
    return FALSE;
  if (live && run_dir != NULL &&
      !import_journal (self, run->id, run_dir, &time, &guard_reason, error))
    return FALSE;
  if (guard_reason != NULL)
    reason = guard_reason;
  if (!end)
    return TRUE;
  if (!is_live (self, run->id, &live, error))
    return FALSE;
  time = MAX (time, run->started);
  return !live || mark_interrupted (self, run->id, time, reason, error);
}

static gboolean
complete_in_transaction (RunnelHistory *self,
                         const LiveRun *run,
                         const char    *run_dir,
                         gboolean       end,
                         GError       **error)
{
  if (!runnel_history_begin (self, error))
    return FALSE;
  if (complete_facts (self, run, run_dir, end, error))
    return runnel_history_commit (self, error);
  runnel_history_rollback (self);
  return FALSE;
}

/* @run_dir is NULL when the run has no folder (any more). */
static gboolean
close_run (RunnelHistory *self,
           const LiveRun *run,
           const char    *run_dir,
           GError       **error)
{
  if (run_dir != NULL &&
      (!complete_in_transaction (self, run, run_dir, FALSE, error) ||
       !end_survivors (self, run->id, run_dir, error)))
    return FALSE;
  return complete_in_transaction (self, run, run_dir, TRUE, error);
}

/* The process that added the run may not have come to make its folder and lock yet. */
static gboolean
is_being_started (const LiveRun *run)
{
  RunnelProc proc;

  return run->state == RUNNEL_STATE_PENDING && run->pid_start != 0 &&
         runnel_proc_read (run->pid, &proc) && proc.start_time == run->pid_start &&
         proc.state != 'Z';
}

static gboolean
reconcile_run (RunnelHistory *self,
               const LiveRun *run,
               GError       **error)
{
  g_autofree char *path = runnel_history_get_run_dir (run->id);
  g_autoptr(RunnelRunDir) dir = NULL;
  g_autoptr(GError) adopt_error = NULL;

  if (is_being_started (run))
    return TRUE;
  dir = runnel_run_dir_adopt (path, &adopt_error);
  if (dir != NULL)
    return close_run (self, run, path, error);
  if (g_error_matches (adopt_error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return TRUE;
  if (g_error_matches (adopt_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return close_run (self, run, NULL, error);
  g_propagate_error (error, g_steal_pointer (&adopt_error));
  return FALSE;
}

/**
 * runnel_history_abandon_run:
 * @self: a history that is not in a transaction
 * @run: the number of a run that has no events
 * @reason: why it can't begin
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Ends a run that was given a number and then could not begin: it is
 * interrupted, its steps are cancelled.
 *
 * Returns: whether that is recorded; if not, runnel_history_reconcile() ends it
 */
gboolean
runnel_history_abandon_run (RunnelHistory *self,
                            gint64         run,
                            const char    *reason,
                            GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!runnel_history_begin (self, error))
    return FALSE;
  if (mark_interrupted (self, run, g_get_real_time (), reason, error))
    return runnel_history_commit (self, error);
  runnel_history_rollback (self);
  return FALSE;
}

/**
 * runnel_history_reconcile:
 * @self: a history that is not in a transaction
 * @error: return location; %RUNNEL_HISTORY_ERROR or %G_IO_ERROR, for the first
 *   run that could not be reconciled; the others are
 *
 * Looks at every run that is not over. Where the lock in its folder is free
 * its engine is gone: then its journal is read, the processes it left are
 * ended, and what has no end gets the state interrupted, or cancelled when it
 * never started. Quick when all is well: one query, and one attempt at a lock
 * for each live run. Safe to call from several processes and at any time.
 *
 * May block for some seconds when there are processes to end.
 *
 * Returns: whether every dead run is now closed
 */
gboolean
runnel_history_reconcile (RunnelHistory *self,
                          GError       **error)
{
  g_autoptr(GArray) runs = NULL;
  gboolean ok = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  runs = list_live_runs (self, error);
  if (runs == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    ok &= reconcile_run (self, &g_array_index (runs, LiveRun, i), ok ? error : NULL);
  ok &= _runnel_history_sweep_trash (self, ok ? error : NULL);
  return _runnel_history_finish_deletions (self, /* only_begun= */ TRUE, NULL, ok ? error : NULL) && ok;
}
