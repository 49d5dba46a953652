/* runnel-history-live.c: what is under way now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-live.h"
#include "history/runnel-history-private.h"

void
runnel_live_count_free (RunnelLiveCount *self)
{
  g_free (self->pipeline);
  g_free (self);
}

static RunnelLiveCount *
get_count (GPtrArray  *counts,
           const char *name,
           const char *file)
{
  g_autofree char *pipeline = _runnel_history_name_pipeline (name, file);
  RunnelLiveCount *count;

  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (((RunnelLiveCount *) counts->pdata[i])->pipeline, pipeline))
      return counts->pdata[i];
  count = g_new0 (RunnelLiveCount, 1);
  count->pipeline = g_steal_pointer (&pipeline);
  g_ptr_array_add (counts, count);
  return count;
}

static void
take_row (GPtrArray       *counts,
          RunnelStatement *row)
{
  RunnelLiveCount *count = get_count (counts, runnel_statement_get_text (row, 0),
                                      runnel_statement_get_text (row, 1));
  gboolean is_step = runnel_statement_get_int (row, 2);
  gint64 state = runnel_statement_get_int (row, 3);

  if (state >= 0 && state < RUNNEL_N_STATES)
    (is_step ? count->n_steps : count->n_runs)[state] += runnel_statement_get_int (row, 4);
}

/**
 * runnel_history_count_live:
 * @self: a history
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Looks only at runs that are not over, and at their steps.
 *
 * Returns: (transfer full) (nullable) (element-type RunnelLiveCount): the pipelines that have such
 *   runs
 */
GPtrArray *
runnel_history_count_live (RunnelHistory *self,
                           GError       **error)
{
  static const char sql[] =
    "SELECT name, file, 0, state, count (*)"
    "  FROM run JOIN pipeline ON pipeline.id = run.pipeline"
    "  WHERE state < 4 GROUP BY pipeline.id, state"
    " UNION ALL SELECT name, file, 1, step.state, count (*)"
    "  FROM run JOIN pipeline ON pipeline.id = run.pipeline JOIN step ON step.run = run.id"
    "  WHERE run.state < 4 AND step.state < 4 GROUP BY pipeline.id, step.state";
  RunnelStatement *statement;
  g_autoptr(GPtrArray) counts = NULL;
  gboolean row;

  g_return_val_if_fail (self != NULL, NULL);
  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);

  statement = runnel_sqlite_get_statement (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  counts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_live_count_free);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&counts);
      take_row (counts, statement);
    }
  return NULL;
}
