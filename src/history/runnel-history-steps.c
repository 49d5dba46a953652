/* runnel-history-steps.c: what happens to the steps of a run: states, attempts, waits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-history-private.h"

#define NEVER_STARTED_REASON "The run was interrupted before this step could start."
#define INTERRUPTED_REASON "The run's process ended without a word while this step was under way."

/* A statement whose first two parameters are the run and the step of @event. */
static RunnelStatement *
get_step_statement (RunnelHistory     *self,
                    const char        *sql,
                    const RunnelEvent *event,
                    GError           **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, event->run);
  runnel_statement_bind_int (statement, 1, event->step_index);
  return statement;
}

static gboolean
set_state (RunnelHistory     *self,
           const RunnelEvent *event,
           RunnelState        state,
           const char        *reason,
           GError           **error)
{
  static const char sql[] =
    "INSERT INTO step (run, step, state, reason) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, state);
  runnel_statement_bind_text (statement, 3, reason);
  return runnel_statement_run (statement, error);
}

static gint64
waiting_key (const RunnelEvent *event)
{
  return event->run << 32 | event->step_index;
}

static gboolean
begin_wait (RunnelHistory     *self,
            const RunnelEvent *event,
            GError           **error)
{
  static const char sql[] =
    "INSERT INTO wait (run, step, started, reason, kind) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET finished = 0, reason = excluded.reason, kind = excluded.kind";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);
  gint64 key = waiting_key (event);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, event->time);
  runnel_statement_bind_text (statement, 3, event->reason);
  runnel_statement_bind_int (statement, 4, event->wait);
  g_hash_table_add (self->waiting, g_memdup2 (&key, sizeof key));
  return runnel_statement_run (statement, error);
}

/* Whatever happens to a step that waited ends its wait. */
static gboolean
end_wait (RunnelHistory     *self,
          const RunnelEvent *event,
          GError           **error)
{
  static const char sql[] =
    "UPDATE wait SET finished = ?3 WHERE run = ?1 AND step = ?2 AND finished = 0";
  gint64 key = waiting_key (event);
  RunnelStatement *statement;

  if (!g_hash_table_remove (self->waiting, &key) && !self->waiting_unknown)
    return TRUE;
  statement = get_step_statement (self, sql, event, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, event->time);
  return runnel_statement_run (statement, error);
}

/* A step is queued anew for each attempt; the time it kept is that of the first. */
static gboolean
record_queued (RunnelHistory     *self,
               const RunnelEvent *event,
               GError           **error)
{
  static const char sql[] =
    "INSERT INTO step (run, step, state, queued, cause) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET state = excluded.state, reason = NULL,"
    " queued = iif (queued = 0, excluded.queued, queued),"
    " cause = coalesce (excluded.cause, cause)";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, RUNNEL_STATE_QUEUED);
  runnel_statement_bind_int (statement, 3, event->time);
  runnel_statement_bind_text (statement, 4, event->cause);
  return runnel_statement_run (statement, error);
}

static gboolean
record_waiting (RunnelHistory     *self,
                const RunnelEvent *event,
                GError           **error)
{
  if (event->state == RUNNEL_STATE_RUNNING)
    return set_state (self, event, RUNNEL_STATE_RUNNING, NULL, error);
  return set_state (self, event, RUNNEL_STATE_WAITING, event->reason, error) &&
         begin_wait (self, event, error);
}

/* Why a step runs that might have been reused is known only when it starts. Told twice, as a
 * journal is that is read again, it is there once. */
static gboolean
add_cause (RunnelHistory     *self,
           const RunnelEvent *event,
           GError           **error)
{
  static const char sql[] =
    "UPDATE step SET cause = iif (cause IS NULL, ?3, cause || '; ' || ?3)"
    " WHERE run = ?1 AND step = ?2 AND (cause IS NULL OR instr (cause, ?3) = 0)";
  RunnelStatement *statement;

  if (event->cause == NULL)
    return TRUE;
  statement = get_step_statement (self, sql, event, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 2, event->cause);
  return runnel_statement_run (statement, error);
}

static gboolean
record_attempt_started (RunnelHistory     *self,
                        const RunnelEvent *event,
                        GError           **error)
{
  static const char sql[] =
    "INSERT INTO attempt (run, step, attempt, state, started, pid, pid_start)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET state = excluded.state, started = excluded.started,"
    " pid = excluded.pid, pid_start = excluded.pid_start";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, event->attempt);
  runnel_statement_bind_int (statement, 3, RUNNEL_STATE_RUNNING);
  runnel_statement_bind_int (statement, 4, event->time);
  runnel_statement_bind_int (statement, 5, event->pid);
  runnel_statement_bind_int (statement, 6, event->start_time);
  return runnel_statement_run (statement, error) &&
         set_state (self, event, RUNNEL_STATE_RUNNING, NULL, error) &&
         add_cause (self, event, error);
}

static gboolean
record_attempt_finished (RunnelHistory     *self,
                         const RunnelEvent *event,
                         GError           **error)
{
  static const char sql[] =
    "INSERT INTO attempt (run, step, attempt, state, finished, exit_code, signal, user_us,"
    " system_us, rss_kb, reason, cpu_us, peak_kb) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET state = excluded.state, finished = excluded.finished,"
    " exit_code = excluded.exit_code, signal = excluded.signal, user_us = excluded.user_us,"
    " system_us = excluded.system_us, rss_kb = excluded.rss_kb, reason = excluded.reason,"
    " cpu_us = excluded.cpu_us, peak_kb = excluded.peak_kb";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, event->attempt);
  runnel_statement_bind_int (statement, 3, event->state);
  runnel_statement_bind_int (statement, 4, event->time);
  runnel_statement_bind_int (statement, 5, event->exit_code);
  runnel_statement_bind_int (statement, 6, event->term_signal);
  runnel_statement_bind_int (statement, 7, event->usage.user_us);
  runnel_statement_bind_int (statement, 8, event->usage.system_us);
  runnel_statement_bind_int (statement, 9, event->usage.max_rss_kb);
  runnel_statement_bind_text (statement, 10, event->reason);
  runnel_statement_bind_int (statement, 11, event->usage.cpu_us);
  runnel_statement_bind_int (statement, 12, event->usage.peak_kb);
  return runnel_statement_run (statement, error);
}

/* Records an attempt that is over as one row, where the start and the end of it would write it
 * twice. To be called only when the step's state, which the start would have set, is set after it. */
gboolean
_runnel_history_record_attempt (RunnelHistory     *self,
                                const RunnelEvent *start,
                                const RunnelEvent *end,
                                GError           **error)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO attempt (run, step, attempt, state, started, pid, pid_start, finished,"
    " exit_code, signal, user_us, system_us, rss_kb, reason, cpu_us, peak_kb)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  RunnelStatement *statement = get_step_statement (self, sql, end, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, end->attempt);
  runnel_statement_bind_int (statement, 3, end->state);
  runnel_statement_bind_int (statement, 4, start->time);
  runnel_statement_bind_int (statement, 5, start->pid);
  runnel_statement_bind_int (statement, 6, start->start_time);
  runnel_statement_bind_int (statement, 7, end->time);
  runnel_statement_bind_int (statement, 8, end->exit_code);
  runnel_statement_bind_int (statement, 9, end->term_signal);
  runnel_statement_bind_int (statement, 10, end->usage.user_us);
  runnel_statement_bind_int (statement, 11, end->usage.system_us);
  runnel_statement_bind_int (statement, 12, end->usage.max_rss_kb);
  runnel_statement_bind_text (statement, 13, end->reason);
  runnel_statement_bind_int (statement, 14, end->usage.cpu_us);
  runnel_statement_bind_int (statement, 15, end->usage.peak_kb);
  return end_wait (self, start, error) && runnel_statement_run (statement, error) &&
         add_cause (self, start, error) && end_wait (self, end, error);
}

static gboolean
record_step_finished (RunnelHistory     *self,
                      const RunnelEvent *event,
                      const char        *outputs,
                      GError           **error)
{
  static const char sql[] =
    "INSERT INTO step (run, step, state, flags, finished, reason, outputs, reused)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET state = excluded.state, flags = excluded.flags,"
    " finished = excluded.finished, reason = excluded.reason, outputs = excluded.outputs,"
    " reused = excluded.reused";
  RunnelStatement *statement = get_step_statement (self, sql, event, error);
  int flags = event->tolerated ? RUNNEL_FLAG_TOLERATED : 0;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 2, event->state);
  runnel_statement_bind_int (statement, 3, flags);
  runnel_statement_bind_int (statement, 4, event->time);
  runnel_statement_bind_text (statement, 5, event->reason);
  runnel_statement_bind_text (statement, 6, outputs);
  runnel_statement_bind_int (statement, 7, event->reused);
  return runnel_statement_run (statement, error);
}

gboolean
_runnel_history_record_step_event (RunnelHistory     *self,
                                   const RunnelEvent *event,
                                   const char        *outputs,
                                   GError           **error)
{
  if (!end_wait (self, event, error))
    return FALSE;
  switch (event->type)
    {
    case RUNNEL_EVENT_STEP_QUEUED:
      return record_queued (self, event, error);
    case RUNNEL_EVENT_STEP_WAITING:
      return record_waiting (self, event, error);
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      return record_attempt_started (self, event, error);
    case RUNNEL_EVENT_ATTEMPT_FINISHED:
      return record_attempt_finished (self, event, error);
    case RUNNEL_EVENT_STEP_FINISHED:
      return record_step_finished (self, event, outputs, error);
    default:
      g_assert_not_reached ();
    }
}

/* Fills @counts, of RUNNEL_N_STATES, with the number of the run's steps in each state. */
gboolean
_runnel_history_count_steps (RunnelHistory *self,
                             gint64         run,
                             guint         *counts,
                             GError       **error)
{
  static const char sql[] =
    "SELECT coalesce (step.state, 0), count (*)"
    " FROM run JOIN definition_step d USING (definition)"
    " LEFT JOIN step ON step.run = run.id AND step.step = d.step"
    " WHERE run.id = ? GROUP BY 1";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  memset (counts, 0, RUNNEL_N_STATES * sizeof *counts);
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      gint64 state;

      if (!row)
        return TRUE;
      state = runnel_statement_get_int (statement, 0);
      if (state >= 0 && state < RUNNEL_N_STATES)
        counts[state] = runnel_statement_get_int (statement, 1);
    }
  return FALSE;
}

static gboolean
mark_step_handled (RunnelHistory *self,
                   gint64         run,
                   const char    *id,
                   GError       **error)
{
  static const char sql[] =
    "UPDATE step SET flags = flags | 2 WHERE run = ?1 AND step IN"
    " (SELECT d.step FROM run JOIN definition_step d USING (definition)"
    "  WHERE run.id = ?1 AND d.id = ?2)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  G_STATIC_ASSERT (RUNNEL_FLAG_HANDLED == 2);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_text (statement, 1, id);
  return runnel_statement_run (statement, error);
}

/* Marks the failed steps that a fallback made good: the ids in "handled" of the @details,
 * or nothing, of a run-finished event. */
gboolean
_runnel_history_mark_handled (RunnelHistory *self,
                              gint64         run,
                              const char    *details,
                              GError       **error)
{
  g_autoptr(JsonObject) object = _runnel_json_object_from_text (details);
  JsonNode *node = object ? json_object_get_member (object, "handled") : NULL;
  JsonArray *ids = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);

      if (id != NULL && !mark_step_handled (self, run, id, error))
        return FALSE;
    }
  return TRUE;
}

/* Executes @sql, whose parameters are :run, :time and :reason in this order. */
static gboolean
run_interruption (RunnelHistory *self,
                  const char    *sql,
                  gint64         run,
                  gint64         time,
                  const char    *reason,
                  GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_int (statement, 1, time);
  runnel_statement_bind_text (statement, 2, reason);
  return runnel_statement_run (statement, error);
}

/* Ends everything of a run that was not over: what was under way is interrupted (9), what
 * never started is cancelled (8). */
gboolean
_runnel_history_interrupt_steps (RunnelHistory *self,
                                 gint64         run,
                                 gint64         time,
                                 GError       **error)
{
  static const char end_steps[] = /* a matrix is under way without an attempt of its own */
    "UPDATE step SET state = 9, finished = ?2, reason = ?3 WHERE run = ?1 AND state < 4"
    " AND (state = 3 OR EXISTS"
    " (SELECT 1 FROM attempt a WHERE a.run = step.run AND a.step = step.step))";
  static const char end_attempts[] =
    "UPDATE attempt SET state = 9, finished = ?2, reason = ?3 WHERE run = ?1 AND state < 4";
  static const char end_waits[] =
    "UPDATE wait SET finished = ?2, reason = coalesce (reason, ?3)"
    " WHERE run = ?1 AND finished = 0";
  static const char end_queue[] =
    "UPDATE step SET state = 8, finished = ?2, reason = ?3 WHERE run = ?1 AND state < 4";
  static const char add_others[] =
    "INSERT INTO step (run, step, state, finished, reason)"
    " SELECT run.id, d.step, 8, ?2, ?3 FROM run JOIN definition_step d USING (definition)"
    " WHERE run.id = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM step WHERE step.run = run.id AND step.step = d.step)";
  static const char add_added[] =
    "INSERT INTO step (run, step, state, finished, reason)"
    " SELECT a.run, a.step, 8, ?2, ?3 FROM added_step a WHERE a.run = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM step WHERE step.run = a.run AND step.step = a.step)";

  G_STATIC_ASSERT (RUNNEL_STATE_RUNNING == 3 && RUNNEL_STATE_INTERRUPTED == 9 && RUNNEL_STATE_CANCELLED == 8 &&
                   FIRST_TERMINAL_STATE == 4);
  return run_interruption (self, end_steps, run, time, INTERRUPTED_REASON, error) &&
         run_interruption (self, end_attempts, run, time, INTERRUPTED_REASON, error) &&
         run_interruption (self, end_waits, run, time, INTERRUPTED_REASON, error) &&
         run_interruption (self, end_queue, run, time, NEVER_STARTED_REASON, error) &&
         run_interruption (self, add_others, run, time, NEVER_STARTED_REASON, error) &&
         run_interruption (self, add_added, run, time, NEVER_STARTED_REASON, error);
}
