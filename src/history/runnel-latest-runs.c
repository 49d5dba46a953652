/* runnel-latest-runs.c: how the latest runs of a pipeline went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-latest-runs.h"

/* Not those of another machine either: they got their numbers when they were imported, and whoever is
 * to be told of them was, there. */
#define OF_ITS_OWN \
  "parent = 0 AND trigger <> 'rollback' AND NOT EXISTS (SELECT 1 FROM import WHERE import.run = run.id)"
/* Succeeded, failed, timed out or interrupted. */
#define CAME_TO_AN_END "state IN (4, 5, 6, 9)"
/* Walks back from the latest run by run_by_pipeline, whose rows are in the order of the runs. */
#define LATEST_RUNS \
  "(SELECT id FROM run WHERE pipeline = ?1 AND " OF_ITS_OWN " AND " CAME_TO_AN_END \
  " ORDER BY id DESC LIMIT ?2)"

/**
 * runnel_latest_pipeline_free:
 * @self: (transfer full) (nullable): a pipeline
 */
void
runnel_latest_pipeline_free (RunnelLatestPipeline *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->file);
  g_free (self);
}

/**
 * runnel_flaky_step_free:
 * @self: (transfer full) (nullable): a step
 */
void
runnel_flaky_step_free (RunnelFlakyStep *self)
{
  if (self == NULL)
    return;
  g_free (self->step);
  g_free (self);
}

static RunnelLatestPipeline *
read_pipeline (RunnelStatement *row)
{
  RunnelLatestPipeline *pipeline = g_new0 (RunnelLatestPipeline, 1);

  pipeline->id = runnel_statement_get_int (row, 0);
  pipeline->name = g_strdup (runnel_statement_get_text (row, 1));
  pipeline->file = g_strdup (runnel_statement_get_text (row, 2));
  pipeline->run = runnel_statement_get_int (row, 3);
  pipeline->started = runnel_statement_get_int (row, 4);
  return pipeline;
}

/**
 * runnel_history_list_latest:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelLatestPipeline): all pipelines that ran,
 *   in the order in which they did first
 */
GPtrArray *
runnel_history_list_latest (RunnelHistory *self,
                            GError       **error)
{
  static const char sql[] =
    "SELECT pipeline.id, name, file, run.id, run.started FROM pipeline"
    " LEFT JOIN run ON run.id = (SELECT id FROM run WHERE pipeline = pipeline.id AND " OF_ITS_OWN
    "  ORDER BY id DESC LIMIT 1) ORDER BY pipeline.id";
  g_autoptr(GPtrArray) pipelines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_latest_pipeline_free);
  RunnelStatement *statement;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  while (statement != NULL && runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&pipelines);
      g_ptr_array_add (pipelines, read_pipeline (statement));
    }
  return NULL;
}

/**
 * runnel_history_get_latest_runs:
 * @self: a history
 * @pipeline: of the table, see #RunnelLatestPipeline
 * @step: (nullable): the id of a step, or %NULL for the whole run
 * @limit: how many runs are looked at
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelLatestRun): the latest first; with a
 *   step, without the runs in which it did not come to an end
 */
GArray *
runnel_history_get_latest_runs (RunnelHistory *self,
                                gint64         pipeline,
                                const char    *step,
                                guint          limit,
                                GError       **error)
{
  static const char of_runs[] =
    "SELECT id, state, started, finished FROM run WHERE id IN " LATEST_RUNS " ORDER BY id DESC";
  static const char of_step[] =
    "SELECT run.id, step.state, min (attempt.started), step.finished"
    " FROM run JOIN step ON step.run = run.id"
    " JOIN attempt ON attempt.run = step.run AND attempt.step = step.step"
    RUNNEL_SQL_STEP_TABLES ("step")
    " WHERE run.id IN " LATEST_RUNS " AND " RUNNEL_SQL_STEP_ID " = ?3"
    "  AND step." CAME_TO_AN_END " AND attempt.started > 0"
    " GROUP BY run.id, step.step ORDER BY run.id DESC";
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (RunnelLatestRun));
  RunnelStatement *statement;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, step != NULL ? of_step : of_runs, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, limit);
  if (step != NULL)
    runnel_statement_bind_text (statement, 2, step);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelLatestRun run;

      if (!row)
        return g_steal_pointer (&runs);
      run.run = runnel_statement_get_int (statement, 0);
      run.state = (RunnelState) runnel_statement_get_int (statement, 1);
      run.started = runnel_statement_get_int (statement, 2);
      run.finished = runnel_statement_get_int (statement, 3);
      g_array_append_val (runs, run);
    }
  return NULL;
}

/**
 * runnel_history_get_flaky_steps:
 * @self: a history
 * @pipeline: of the table, see #RunnelLatestPipeline
 * @limit: how many of its latest runs are looked at
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelFlakyStep): the steps that failed and
 *   then succeeded within a run, the flakiest first
 */
GPtrArray *
runnel_history_get_flaky_steps (RunnelHistory *self,
                                gint64         pipeline,
                                guint          limit,
                                GError       **error)
{
  static const char sql[] =
    "SELECT " RUNNEL_SQL_STEP_ID ", count (DISTINCT run.id), max (run.id)"
    " FROM run JOIN step ON step.run = run.id" RUNNEL_SQL_STEP_TABLES ("step")
    " WHERE run.id IN " LATEST_RUNS " AND step.state = 4 AND EXISTS (SELECT 1 FROM attempt"
    "  WHERE attempt.run = step.run AND attempt.step = step.step AND attempt.state IN (5, 6))"
    " GROUP BY 1 ORDER BY 2 DESC, 1";
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_flaky_step_free);
  RunnelStatement *statement;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, limit);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelFlakyStep *step;

      if (!row)
        return g_steal_pointer (&steps);
      step = g_new0 (RunnelFlakyStep, 1);
      step->step = g_strdup (runnel_statement_get_text (statement, 0));
      step->n_runs = runnel_statement_get_int (statement, 1);
      step->run = runnel_statement_get_int (statement, 2);
      g_ptr_array_add (steps, step);
    }
  return NULL;
}
