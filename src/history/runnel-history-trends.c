/* runnel-history-trends.c: how long each step took in the latest runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "history/runnel-history-private.h"
#include "history/runnel-history-trends.h"

/* More runs than a trend shows: in some of them a step did not run. By their start, which numbers of
 * runs that were imported say nothing of; run_by_start has all it needs. */
#define LATEST_RUNS \
  "(SELECT run.id FROM run JOIN pipeline ON pipeline.id = run.pipeline" \
  " WHERE pipeline.file = ?1 AND run.state >= 4 ORDER BY run.started DESC, run.id DESC LIMIT 20)"

static int
compare_durations (const void *a,
                   const void *b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

/**
 * runnel_trend_get_usual:
 * @self: (nullable): a trend
 *
 * Returns: the median of how long the step took when it succeeded, microseconds; -1 when it never
 *   did
 */
gint64
runnel_trend_get_usual (const RunnelTrend *self)
{
  gint64 durations[RUNNEL_TREND_RUNS];
  guint n = 0;

  for (guint i = 0; self != NULL && i < self->n_runs; i++)
    if (self->runs[i].state == RUNNEL_STATE_SUCCEEDED)
      durations[n++] = self->runs[i].duration;

  if (n == 0)
    return -1;
  qsort (durations, n, sizeof durations[0], compare_durations);
  return durations[(n - 1) / 2];
}

/* Rows come in the order of the runs, so that the oldest leave first. */
static void
trend_add (RunnelTrend *self,
           gint64       duration,
           RunnelState  state)
{
  if (self->n_runs == RUNNEL_TREND_RUNS)
    {
      self->n_runs--;
      memmove (&self->runs[0], &self->runs[1], self->n_runs * sizeof self->runs[0]);
    }
  self->runs[self->n_runs].duration = duration;
  self->runs[self->n_runs].state = state;
  self->n_runs++;
}

static void
take_row (GHashTable      *trends,
          RunnelStatement *row)
{
  const char *step = runnel_statement_get_text (row, 0);
  RunnelTrend *trend = g_hash_table_lookup (trends, step);

  if (trend == NULL)
    {
      trend = g_new0 (RunnelTrend, 1);
      g_hash_table_insert (trends, g_strdup (step), trend);
    }
  trend_add (trend, runnel_statement_get_int (row, 1),
             (RunnelState) runnel_statement_get_int (row, 2));
}

/**
 * runnel_history_get_trends:
 * @self: a history
 * @file: absolute path of a pipeline's file
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type utf8 RunnelTrend): trends by the id of the
 *   step; steps that did not run lately are not in it
 */
GHashTable *
runnel_history_get_trends (RunnelHistory *self,
                           const char    *file,
                           GError       **error)
{
  /* What was cancelled or interrupted says nothing about how long the step takes. */
  static const char sql[] =
    "SELECT " RUNNEL_SQL_STEP_ID ", step.finished - min (attempt.started), step.state"
    " FROM step JOIN run ON run.id = step.run"
    " JOIN attempt ON attempt.run = step.run AND attempt.step = step.step"
    RUNNEL_SQL_STEP_TABLES ("step")
    " WHERE step.run IN " LATEST_RUNS " AND step.state IN (?2, ?3, ?4)"
    "  AND attempt.started > 0 AND step.finished >= attempt.started"
    " GROUP BY step.run, step.step ORDER BY run.started, step.run";
  g_autoptr(GHashTable) trends = NULL;
  RunnelStatement *statement;
  gboolean row = FALSE;

  g_return_val_if_fail (self != NULL && file != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_text (statement, 0, file);
  runnel_statement_bind_int (statement, 1, RUNNEL_STATE_SUCCEEDED);
  runnel_statement_bind_int (statement, 2, RUNNEL_STATE_FAILED);
  runnel_statement_bind_int (statement, 3, RUNNEL_STATE_TIMED_OUT);

  trends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&trends);
      take_row (trends, statement);
    }
  return NULL;
}
