/* runnel-history-outlook.c: what runs do now, how long they probably take, and what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-outlook.h"
#include "history/runnel-history-private.h"
#include "util/runnel-sort.h"

void
runnel_outlook_free (RunnelOutlook *self)
{
  g_free (self->current);
  g_free (self->culprit);
  g_free (self->reason);
  g_free (self);
}

static int
compare_durations (gconstpointer a,
                   gconstpointer b)
{
  const gint64 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

/* The median of the latest; a pipeline that always fails costs no walk through all of its runs. */
static gboolean
read_usual (RunnelHistory *self,
            gint64         pipeline,
            gint64        *ret_usual,
            GError       **error)
{
  static const char sql[] =
    "SELECT finished - started FROM (SELECT state, started, finished FROM run"
    " WHERE pipeline = ?1 ORDER BY started DESC, id DESC LIMIT ?2)"
    " WHERE state = ?3 AND finished > started";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gint64 durations[RUNNEL_OUTLOOK_RUNS];
  guint n_durations = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, RUNNEL_OUTLOOK_RUNS);
  runnel_statement_bind_int (statement, 2, RUNNEL_STATE_SUCCEEDED);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        {
          runnel_sort (durations, n_durations, sizeof *durations, compare_durations);
          *ret_usual = n_durations > 0 ? durations[n_durations / 2] : 0;
          return TRUE;
        }
      durations[n_durations++] = runnel_statement_get_int (statement, 0);
    }
  return FALSE;
}

/* Runs on one screen are of few pipelines. */
static gboolean
get_usual (RunnelHistory *self,
           GHashTable    *known,
           gint64         pipeline,
           gint64        *ret_usual,
           GError       **error)
{
  const gint64 *usual = g_hash_table_lookup (known, &pipeline);

  if (usual != NULL)
    {
      *ret_usual = *usual;
      return TRUE;
    }
  if (!read_usual (self, pipeline, ret_usual, error))
    return FALSE;
  g_hash_table_insert (known, g_memdup2 (&pipeline, sizeof pipeline),
                       g_memdup2 (ret_usual, sizeof *ret_usual));
  return TRUE;
}

#define STEP_TITLE "coalesce (definition_step.name, added_step.name, " RUNNEL_SQL_STEP_ID ")"

static gboolean
read_current (RunnelHistory *self,
              RunnelOutlook *outlook,
              GError       **error)
{
  static const char sql[] =
    "SELECT " STEP_TITLE ", count (*) OVER () FROM step JOIN run ON run.id = step.run"
    RUNNEL_SQL_STEP_TABLES ("step")
    " WHERE step.run = ?1 AND step.state = ?2 ORDER BY step.step LIMIT 1";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, outlook->run);
  runnel_statement_bind_int (statement, 1, RUNNEL_STATE_RUNNING);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      outlook->current = g_strdup (runnel_statement_get_text (statement, 0));
      outlook->n_current = runnel_statement_get_int (statement, 1);
    }
  runnel_statement_reset (statement);
  return TRUE;
}

/* Failures without harm (flags: tolerated, or made good by a fallback) are not what it failed for.
 * The index has only what may be; SQLite must be told, for it does not know how little that is. */
static gboolean
read_culprit (RunnelHistory *self,
              RunnelOutlook *outlook,
              GError       **error)
{
  static const char sql[] =
    "WITH culprit AS (SELECT run, step, reason FROM step INDEXED BY step_culprit"
    "  WHERE run = ?1 AND " RUNNEL_SQL_STEP_IS_CULPRIT " ORDER BY finished, step LIMIT 1)"
    " SELECT " STEP_TITLE ", culprit.reason FROM culprit JOIN run ON run.id = culprit.run"
    RUNNEL_SQL_STEP_TABLES ("culprit");
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  gboolean row;

  G_STATIC_ASSERT (RUNNEL_STATE_FAILED == 5 && RUNNEL_STATE_TIMED_OUT == 6);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, outlook->run);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      outlook->culprit = g_strdup (runnel_statement_get_text (statement, 0));
      outlook->reason = g_strdup (runnel_statement_get_text (statement, 1));
    }
  runnel_statement_reset (statement);
  return TRUE;
}

/* A run that is not there has an outlook with nothing in it. */
static RunnelOutlook *
read_outlook (RunnelHistory *self,
              GHashTable    *usual,
              gint64         run,
              GError       **error)
{
  static const char sql[] = "SELECT pipeline, state FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->db, sql, error);
  g_autoptr(RunnelOutlook) outlook = g_new0 (RunnelOutlook, 1);
  gint64 pipeline, state;
  gboolean row;

  outlook->run = run;
  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  if (!runnel_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    return g_steal_pointer (&outlook);
  pipeline = runnel_statement_get_int (statement, 0);
  state = runnel_statement_get_int (statement, 1);
  runnel_statement_reset (statement);

  if (!get_usual (self, usual, pipeline, &outlook->usual, error) ||
      (state < FIRST_TERMINAL_STATE && !read_current (self, outlook, error)) ||
      (runnel_state_is_failure (state) && !read_culprit (self, outlook, error)))
    return NULL;
  return g_steal_pointer (&outlook);
}

/**
 * runnel_history_list_outlooks:
 * @self: a history
 * @runs: (array length=n_runs): the numbers of runs
 * @n_runs: how many
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelOutlook): one for each, in their order
 */
GPtrArray *
runnel_history_list_outlooks (RunnelHistory *self,
                              const gint64  *runs,
                              guint          n_runs,
                              GError       **error)
{
  g_autoptr(GPtrArray) outlooks =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_outlook_free);
  g_autoptr(GHashTable) usual = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  g_return_val_if_fail (self != NULL && (runs != NULL || n_runs == 0), NULL);

  for (guint i = 0; i < n_runs; i++)
    {
      RunnelOutlook *outlook = read_outlook (self, usual, runs[i], error);

      if (outlook == NULL)
        return NULL;
      g_ptr_array_add (outlooks, outlook);
    }
  return g_steal_pointer (&outlooks);
}
