/* runnel-run-tally.c: what one run adds to the statistics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-run-lives.h"
#include "history/runnel-run-tally.h"

/* What is known of the run itself. */
typedef struct
{
  RunnelState state;
  gint64 queued;
  gint64 finished;
  gboolean takes_back; /* what another run did */
} Facts;

static gboolean
read_run (RunnelRunTally *self,
          RunnelHistory  *history,
          gint64          run,
          Facts          *ret_facts,
          GError        **error)
{
  static const char sql[] =
    "SELECT pipeline, definition, started, finished, state, " RUNNEL_SQL_TAKES_BACK
    ", " RUNNEL_SQL_RUN_IS_JUDGED ", queued FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (history->db, sql, error);
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
  self->pipeline = runnel_statement_get_int (statement, 0);
  self->definition = runnel_statement_get_int (statement, 1);
  self->started = runnel_statement_get_int (statement, 2);
  ret_facts->finished = runnel_statement_get_int (statement, 3);
  ret_facts->state = runnel_statement_get_int (statement, 4);
  ret_facts->takes_back = runnel_statement_get_int (statement, 5) != 0;
  self->is_judged = runnel_statement_get_int (statement, 6) != 0;
  ret_facts->queued = runnel_statement_get_int (statement, 7);
  runnel_statement_reset (statement);
  return TRUE;
}

static RunnelTallyField
get_outcome (RunnelState state)
{
  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return RUNNEL_TALLY_SUCCEEDED;
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
      return RUNNEL_TALLY_FAILED;
    case RUNNEL_STATE_CANCELLED:
    case RUNNEL_STATE_INTERRUPTED:
      return RUNNEL_TALLY_CANCELLED;
    default:
      return RUNNEL_TALLY_SKIPPED;
    }
}

static void
count_outcome (RunnelTally *tally,
               RunnelState  state,
               gint64       begun,
               gint64       finished)
{
  RunnelTallyField outcome = get_outcome (state);

  tally->fields[outcome]++;
  if (outcome != RUNNEL_TALLY_SUCCEEDED || begun == 0 || finished < begun)
    return;
  tally->fields[RUNNEL_TALLY_DURATION] += finished - begun;
  runnel_histogram_add (&tally->durations, finished - begun);
}

static void
count_step (RunnelTally      *tally,
            const RunnelLife *life)
{
  if (life->reused)
    tally->fields[RUNNEL_TALLY_REUSED]++;
  else
    count_outcome (tally, life->state, life->begun, life->finished);
}

/* What adds up over all steps of a run. */
static void
count_life (RunnelTally      *tally,
            const RunnelLife *life)
{
  gint64 *fields = tally->fields;
  gint64 left_queue = life->begun != 0 ? life->begun : life->finished;

  fields[RUNNEL_TALLY_ATTEMPTS] += life->n_attempts;
  fields[RUNNEL_TALLY_RETRIES] += life->n_attempts > 1 ? life->n_attempts - 1 : 0;
  fields[RUNNEL_TALLY_WORK] += life->worked;
  fields[RUNNEL_TALLY_RETRYING] += life->retried;
  for (guint i = 0; i < RUNNEL_N_WAIT_KINDS; i++)
    fields[RUNNEL_TALLY_WAITED + i] += life->waited[i];
  if (life->queued != 0)
    fields[RUNNEL_TALLY_QUEUED] += MAX (left_queue - life->queued - life->waited_first, 0);
  if (life->state == RUNNEL_STATE_SUCCEEDED && life->n_attempts > 1)
    fields[RUNNEL_TALLY_FLAKES]++;
}

static void
count_undo (RunnelTally      *tally,
            const RunnelLife *life)
{
  if (life->n_attempts == 0)
    return;
  tally->fields[RUNNEL_TALLY_ATTEMPTS] += life->n_attempts;
  tally->fields[RUNNEL_TALLY_ROLLBACKS]++;
  tally->fields[RUNNEL_TALLY_ROLLING_BACK] += MAX (life->finished - life->begun, 0);
}

/* @tally is that of the run or that of the life's owner. */
static void
count_part (RunnelTally      *tally,
            const RunnelLife *life)
{
  if (life->role == RUNNEL_ROLE_UNDO)
    count_undo (tally, life);
  else
    count_life (tally, life);
}

static void
count_critical_path (RunnelRunTally *self,
                     RunnelRunLives *lives)
{
  g_autoptr(GPtrArray) path = _runnel_run_lives_list_critical (lives);

  for (guint i = 0; i < path->len; i++)
    {
      const RunnelLife *life = path->pdata[i];
      gint64 duration = MAX (life->finished - life->begun, 0);

      self->run.fields[RUNNEL_TALLY_CRITICAL] += duration;
      if (life->owner != RUNNEL_NO_OWNER)
        self->steps[life->owner].fields[RUNNEL_TALLY_CRITICAL] += duration;
    }
}

static void
count_lives (RunnelRunTally *self,
             RunnelRunLives *lives)
{
  for (guint i = 0; i < lives->lives->len; i++)
    {
      const RunnelLife *life = &g_array_index (lives->lives, RunnelLife, i);

      count_part (&self->run, life);
      if (life->owner == RUNNEL_NO_OWNER)
        continue;
      count_part (&self->steps[life->owner], life);
      if (life->role == RUNNEL_ROLE_STEP)
        count_step (&self->steps[life->owner], life);
    }
  count_critical_path (self, lives);
}

/* A run that takes another one back is no run of the pipeline: only what it took back counts. */
static void
keep_rollback (RunnelTally *tally)
{
  RunnelTally kept = { 0, };

  kept.fields[RUNNEL_TALLY_ROLLBACKS] = tally->fields[RUNNEL_TALLY_ROLLBACKS];
  kept.fields[RUNNEL_TALLY_ROLLING_BACK] = tally->fields[RUNNEL_TALLY_ROLLING_BACK];
  runnel_tally_clear (tally);
  *tally = kept;
}

static void
keep_rollbacks (RunnelRunTally *self)
{
  keep_rollback (&self->run);
  for (guint i = 0; i < self->ids->len; i++)
    keep_rollback (&self->steps[i]);
}

/*
 * _runnel_run_tally_new:
 * @history: a history
 * @run: a run that is over
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): what it adds, without what it adds by the run before it
 */
RunnelRunTally *
_runnel_run_tally_new (RunnelHistory *history,
                       gint64         run,
                       GError       **error)
{
  g_autoptr(RunnelRunLives) lives = NULL;
  g_autoptr(RunnelRunTally) self = g_new0 (RunnelRunTally, 1);
  Facts facts;

  if (!read_run (self, history, run, &facts, error))
    return NULL;
  lives = _runnel_run_lives_new (history, run, error);
  if (lives == NULL)
    return NULL;
  self->ids = g_ptr_array_ref (lives->ids);
  self->steps = g_new0 (RunnelTally, self->ids->len);
  count_lives (self, lives);
  count_outcome (&self->run, facts.state, self->started, facts.finished);
  if (facts.queued != 0)
    self->run.fields[RUNNEL_TALLY_BEHIND_RUNS] = MAX (self->started - facts.queued, 0);
  if (facts.takes_back)
    keep_rollbacks (self);
  return g_steal_pointer (&self);
}

static gboolean
read_flips (RunnelRunTally *self,
            RunnelHistory  *history,
            gint64          run,
            gint64          before,
            GError        **error)
{
  static const char sql[] =
    "SELECT d.id FROM step was JOIN step s ON s.run = ?1 AND s.step = was.step"
    " JOIN definition_step d ON d.definition = ?3 AND d.step = was.step"
    " WHERE was.run = ?2 AND was.state IN (5, 6) AND s.state = 4 AND s.reused = 0";
  RunnelStatement *statement = runnel_sqlite_get_statement (history->db, sql, error);
  gboolean row;

  G_STATIC_ASSERT (RUNNEL_STATE_SUCCEEDED == 4 && RUNNEL_STATE_FAILED == 5 &&
                   RUNNEL_STATE_TIMED_OUT == 6);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  runnel_statement_bind_int (statement, 1, before);
  runnel_statement_bind_int (statement, 2, self->definition);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      g_ptr_array_add (self->ids, g_strdup (runnel_statement_get_text (statement, 0)));
    }
  return FALSE;
}

/*
 * _runnel_run_tally_new_flips:
 * @history: a history
 * @run: a run that is over
 * @before: one of the same definition
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND and others of its domain
 *
 * Returns: (transfer full) (nullable): what @run adds by the run before it: the steps that failed
 *   in that and succeeded in this
 */
RunnelRunTally *
_runnel_run_tally_new_flips (RunnelHistory *history,
                             gint64         run,
                             gint64         before,
                             GError       **error)
{
  g_autoptr(RunnelRunTally) self = g_new0 (RunnelRunTally, 1);
  Facts facts;

  self->ids = g_ptr_array_new_with_free_func (g_free);
  if (!read_run (self, history, run, &facts, error) ||
      !read_flips (self, history, run, before, error))
    return NULL;
  self->steps = g_new0 (RunnelTally, self->ids->len);
  for (guint i = 0; i < self->ids->len; i++)
    self->steps[i].fields[RUNNEL_TALLY_FLIPS] = 1;
  self->run.fields[RUNNEL_TALLY_FLIPS] = self->ids->len;
  return g_steal_pointer (&self);
}

void
_runnel_run_tally_free (RunnelRunTally *self)
{
  runnel_tally_clear (&self->run);
  for (guint i = 0; self->steps != NULL && i < self->ids->len; i++)
    runnel_tally_clear (&self->steps[i]);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->steps);
  g_free (self);
}
