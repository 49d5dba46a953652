/* runnel-history-steps-read.c: what is known of the steps of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"

/* The columns are those of read_steps(). */
RunnelStepRecord *
_runnel_history_read_step (RunnelStatement *row)
{
  RunnelStepRecord *record = g_new0 (RunnelStepRecord, 1);
  int flags = runnel_statement_get_int (row, 5);

  record->index = runnel_statement_get_int (row, 0);
  record->id = g_strdup (runnel_statement_get_text (row, 1));
  record->name = g_strdup (runnel_statement_get_text (row, 2));
  record->kind = g_strdup (runnel_statement_get_text (row, 3));
  record->state = runnel_statement_get_int (row, 4);
  record->tolerated = (flags & RUNNEL_FLAG_TOLERATED) != 0;
  record->handled = (flags & RUNNEL_FLAG_HANDLED) != 0;
  record->queued = runnel_statement_get_int (row, 6);
  record->finished = runnel_statement_get_int (row, 7);
  record->reason = g_strdup (runnel_statement_get_text (row, 8));
  record->outputs = _runnel_json_object_from_text (runnel_statement_get_text (row, 9));
  record->cause = g_strdup (runnel_statement_get_text (row, 10));
  record->reused = runnel_statement_get_int (row, 11);
  record->attempts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
  record->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  return record;
}

static void
read_attempt (RunnelStatement  *row,
              RunnelStepRecord *step)
{
  RunnelAttemptRecord *record = g_new0 (RunnelAttemptRecord, 1);

  record->attempt = runnel_statement_get_int (row, 1);
  record->state = runnel_statement_get_int (row, 2);
  record->started = runnel_statement_get_int (row, 3);
  record->finished = runnel_statement_get_int (row, 4);
  record->exit_code = runnel_statement_get_int (row, 5);
  record->term_signal = runnel_statement_get_int (row, 6);
  record->usage.user_us = runnel_statement_get_int (row, 7);
  record->usage.system_us = runnel_statement_get_int (row, 8);
  record->usage.max_rss_kb = runnel_statement_get_int (row, 9);
  record->pid = runnel_statement_get_int (row, 10);
  record->process_start = runnel_statement_get_int (row, 11);
  record->reason = g_strdup (runnel_statement_get_text (row, 12));
  record->usage.cpu_us = runnel_statement_get_int (row, 13);
  record->usage.peak_kb = runnel_statement_get_int (row, 14);
  if (step->attempts->len == 0)
    step->started = record->started;
  g_ptr_array_add (step->attempts, record);
}

static void
read_wait (RunnelStatement  *row,
           RunnelStepRecord *step)
{
  RunnelWaitRecord *record = g_new0 (RunnelWaitRecord, 1);

  record->started = runnel_statement_get_int (row, 1);
  record->finished = runnel_statement_get_int (row, 2);
  record->reason = g_strdup (runnel_statement_get_text (row, 3));
  record->kind = runnel_statement_get_int (row, 4);
  g_ptr_array_add (step->waits, record);
}

static GPtrArray *
read_steps (RunnelHistory *self,
            gint64         run,
            GError       **error)
{
  static const char sql[] =
    "SELECT d.step, d.id, d.name, d.kind, s.state, s.flags, s.queued, s.finished, s.reason,"
    " s.outputs, s.cause, s.reused FROM run JOIN definition_step d USING (definition)"
    " LEFT JOIN step s ON s.run = run.id AND s.step = d.step WHERE run.id = ? ORDER BY d.step";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(GPtrArray) steps = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&steps);
      g_ptr_array_add (steps, _runnel_history_read_step (statement));
    }
  return NULL;
}

/* Hands each row of @sql, whose first column is the step, to @read with that step's record. */
static gboolean
read_details (RunnelHistory *self,
              const char    *sql,
              gint64         run,
              GPtrArray     *steps,
              void         (*read) (RunnelStatement *, RunnelStepRecord *),
              GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      gint64 index;

      if (!row)
        return TRUE;
      index = runnel_statement_get_int (statement, 0);
      if (index >= 0 && index < steps->len)
        read (statement, steps->pdata[index]);
    }
  return FALSE;
}

static RunnelStepRecord *
find_step (GPtrArray  *steps,
           const char *id)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_str_equal (((RunnelStepRecord *) steps->pdata[i])->id, id))
      return steps->pdata[i];
  return NULL;
}

/* A step with a matrix has no attempts: it began with the first of its legs, which follow each
 * other. */
static void
begin_with_legs (GPtrArray *steps)
{
  RunnelStepRecord *parent = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *leg = steps->pdata[i];

      if (leg->role != RUNNEL_ROLE_LEG || leg->parent == NULL || leg->started == 0)
        continue;
      if (parent == NULL || !g_str_equal (parent->id, leg->parent))
        parent = find_step (steps, leg->parent);
      if (parent != NULL)
        parent->started = parent->started != 0 ? MIN (parent->started, leg->started)
                                               : leg->started;
    }
}

static GPtrArray *
read_steps_and_details (RunnelHistory *self,
                        gint64         run,
                        GError       **error)
{
  static const char attempts_sql[] =
    "SELECT step, attempt, state, started, finished, exit_code, signal, user_us, system_us,"
    " rss_kb, pid, pid_start, reason, cpu_us, peak_kb FROM attempt WHERE run = ? ORDER BY step, attempt";
  static const char waits_sql[] =
    "SELECT step, started, finished, reason, kind FROM wait WHERE run = ? ORDER BY step, started";
  g_autoptr(GPtrArray) steps = NULL;
  gboolean found;

  if (!_runnel_history_has_run (self, run, &found, error))
    return NULL;
  if (!found)
    {
      _runnel_history_set_not_found (run, error);
      return NULL;
    }
  steps = read_steps (self, run, error);
  if (steps == NULL ||
      !_runnel_history_read_added_steps (self, run, steps, error) ||
      !read_details (self, attempts_sql, run, steps, read_attempt, error) ||
      !read_details (self, waits_sql, run, steps, read_wait, error))
    return NULL;
  begin_with_legs (steps);
  return g_steal_pointer (&steps);
}

/**
 * runnel_history_get_steps:
 * @self: a history
 * @run: the run's number
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * The picture is that of one moment, even while the run goes on.
 *
 * Returns: (transfer full) (nullable) (element-type RunnelStepRecord): all
 *   steps of the run's pipeline in the order of its file, those of which
 *   nothing is known yet as pending, and then those that the run added
 */
GPtrArray *
runnel_history_get_steps (RunnelHistory *self,
                          gint64         run,
                          GError       **error)
{
  gboolean nested;
  GPtrArray *steps;

  g_return_val_if_fail (self != NULL, NULL);

  nested = runnel_sqlite_in_transaction (self->db);
  if (!nested && !runnel_sqlite_exec (self->db, "BEGIN", error))
    return NULL;
  steps = read_steps_and_details (self, run, error);
  if (!nested && !runnel_sqlite_exec (self->db, "COMMIT", steps ? error : NULL))
    g_clear_pointer (&steps, g_ptr_array_unref);
  return steps;
}
