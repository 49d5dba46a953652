/* runnel-history-estimates.c: what steps will probably do, going by what they did
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-estimates.h"
#include "history/runnel-history-private.h"

/* A step that has not succeeded in so many runs is another step by now. By their start, which numbers
 * of runs that were imported say nothing of; run_by_start has all it needs. */
#define LATEST_RUNS \
  "(SELECT run.id FROM run JOIN pipeline ON pipeline.id = run.pipeline" \
  " WHERE pipeline.file = ?1 AND run.state >= 4 ORDER BY run.started DESC, run.id DESC LIMIT 100)"

static void
estimate_free (gpointer data)
{
  RunnelEstimate *self = data;

  g_clear_pointer (&self->outputs, json_object_unref);
  g_free (self);
}

static RunnelEstimate *
ensure_estimate (GHashTable *estimates,
                 const char *step)
{
  RunnelEstimate *estimate = g_hash_table_lookup (estimates, step);

  if (!estimate)
    {
      estimate = g_new0 (RunnelEstimate, 1);
      g_hash_table_insert (estimates, g_strdup (step), estimate);
    }
  return estimate;
}

/* Calls @take with every row of @sql: its columns are the id of a step and a value. */
static gboolean
for_each_row (RunnelHistory *self,
              const char    *sql,
              const char    *file,
              void         (*take) (RunnelEstimate *estimate, RunnelStatement *row),
              GHashTable    *estimates,
              GError       **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, file);
  runnel_statement_bind_int (statement, 1, RUNNEL_STATE_SUCCEEDED);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      take (ensure_estimate (estimates, runnel_statement_get_text (statement, 0)), statement);
    }
  return FALSE;
}

static void
take_duration (RunnelEstimate  *self,
               RunnelStatement *row)
{
  self->duration = runnel_statement_get_int (row, 1);
  self->n_attempts = runnel_statement_get_int (row, 2);
}

/* Rows come in the order of the runs, so that the last one stays. */
static void
take_outputs (RunnelEstimate  *self,
              RunnelStatement *row)
{
  g_clear_pointer (&self->outputs, json_object_unref);
  self->outputs = _runnel_json_object_from_text (runnel_statement_get_text (row, 1));
}

static gboolean
read_durations (RunnelHistory *self,
                const char    *file,
                GHashTable    *estimates,
                GError       **error)
{
  /* The latest attempts of each step, ordered by how long they took; of these the middle one. */
  static const char sql[] =
    "WITH latest AS ("
    "  SELECT " RUNNEL_SQL_STEP_ID " AS id, attempt.finished - attempt.started AS duration,"
    "         row_number () OVER (PARTITION BY " RUNNEL_SQL_STEP_ID
    "          ORDER BY run.started DESC, run.id DESC) AS age"
    "  FROM attempt JOIN run ON run.id = attempt.run " RUNNEL_SQL_STEP_TABLES ("attempt")
    "  WHERE attempt.run IN " LATEST_RUNS
    "   AND attempt.state = ?2 AND attempt.finished >= attempt.started"
    "), ranked AS ("
    "  SELECT id, duration, row_number () OVER (PARTITION BY id ORDER BY duration) AS place,"
    "         count (*) OVER (PARTITION BY id) AS n"
    "  FROM latest WHERE age <= " G_STRINGIFY (RUNNEL_ESTIMATE_ATTEMPTS)
    ") SELECT id, duration, n FROM ranked WHERE place = (n + 1) / 2";

  return for_each_row (self, sql, file, take_duration, estimates, error);
}

static gboolean
read_outputs (RunnelHistory *self,
              const char    *file,
              GHashTable    *estimates,
              GError       **error)
{
  static const char sql[] =
    "SELECT " RUNNEL_SQL_STEP_ID ", step.outputs FROM step JOIN run ON run.id = step.run "
    RUNNEL_SQL_STEP_TABLES ("step")
    " WHERE step.run IN " LATEST_RUNS " AND step.state = ?2 AND step.outputs IS NOT NULL"
    " ORDER BY run.started, run.id";

  return for_each_row (self, sql, file, take_outputs, estimates, error);
}

/**
 * runnel_history_get_estimates:
 * @self: a history
 * @file: absolute path of a pipeline's file
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Looks at the latest runs of @file for each step that has succeeded in one of them.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 RunnelEstimate): estimates by the id of
 *   the step; steps that have never succeeded are not in it
 */
GHashTable *
runnel_history_get_estimates (RunnelHistory *self,
                              const char    *file,
                              GError       **error)
{
  g_autoptr(GHashTable) estimates = NULL;

  g_return_val_if_fail (self != NULL && file != NULL, NULL);

  estimates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, estimate_free);
  if (!read_durations (self, file, estimates, error) ||
      !read_outputs (self, file, estimates, error))
    return NULL;
  return g_steal_pointer (&estimates);
}
