/* runnel-cleanup-plan.c: what would go if the history were cleaned now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/files/runnel-cache.h"
#include "history/runnel-cleanup-plan.h"
#include "history/runnel-history-private.h"

/* A run in a run in a run ...; deeper than any that the engine starts. */
#define MAX_DEPTH 100

/* A row of the history. Runs inside others go with the outermost one. */
typedef struct
{
  RunnelRetentionRun run;
  RunnelState state;
  gboolean pinned;
  gint64 parent;
  gint64 origin;
  gint64 n_rows;
} Row;

/* --- Reading --- */

static void
read_row (RunnelStatement *statement,
          GStringChunk    *strings,
          Row             *row)
{
  *row = (Row) { 0, };
  row->run.id = runnel_statement_get_int (statement, 0);
  row->run.pipeline = g_string_chunk_insert_const (strings,
                                                   runnel_statement_get_text (statement, 1));
  row->run.file = g_string_chunk_insert_const (strings, runnel_statement_get_text (statement, 2));
  row->run.time = runnel_statement_get_int (statement, 3);
  row->state = runnel_statement_get_int (statement, 4);
  row->pinned = runnel_statement_get_int (statement, 5);
  row->parent = runnel_statement_get_int (statement, 6);
  row->origin = runnel_statement_get_int (statement, 7);
  row->n_rows = runnel_statement_get_int (statement, 8);
  row->run.logs = runnel_statement_get_int (statement, 9);
  row->run.artifacts = runnel_statement_get_int (statement, 10);
  row->run.succeeded = row->state == RUNNEL_STATE_SUCCEEDED;
}

static GArray *
read_rows (RunnelHistory  *history,
           GStringChunk   *strings,
           GError        **error)
{
  static const char sql[] =
    "SELECT run.id, pipeline.name, pipeline.file, max (started, finished), state, pinned, parent,"
    " origin, n_rows, logs, artifacts"
    " FROM run JOIN pipeline ON pipeline.id = run.pipeline"
    " LEFT JOIN run_size ON run_size.run = run.id ORDER BY run.id";
  RunnelStatement *statement = runnel_sqlite_get_statement (history->db, sql, error);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (runnel_statement_step (statement, &has_row, error))
    {
      Row row;

      if (!has_row)
        return g_steal_pointer (&rows);
      read_row (statement, strings, &row);
      g_array_append_val (rows, row);
    }
  return NULL;
}

/* By number; they are sorted by it. */
static Row *
find_row (GArray *rows,
          gint64  run)
{
  guint low = 0, high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      Row *row = &g_array_index (rows, Row, middle);

      if (row->run.id == run)
        return row;
      if (row->run.id < run)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

/* The run that was not started by a step of another, or whose other is gone. */
static Row *
find_outermost (GArray *rows,
                Row    *row)
{
  for (guint depth = 0; row->parent != 0 && depth < MAX_DEPTH; depth++)
    {
      Row *outer = find_row (rows, row->parent);

      if (outer == NULL)
        break;
      row = outer;
    }
  return row;
}

/* --- Putting together --- */

static void
hold (Row                 *row,
      RunnelRetentionHold  why)
{
  if (row->run.hold == RUNNEL_RETENTION_FREE)
    row->run.hold = why;
}

/* A run that is repeated may have to lend its artifacts and outputs. */
static void
hold_origin (GArray *rows,
             Row    *active)
{
  Row *origin = active->origin != 0 ? find_row (rows, active->origin) : NULL;

  if (origin != NULL)
    hold (find_outermost (rows, origin), RUNNEL_RETENTION_NEEDED);
}

static void
find_holds (GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->state < FIRST_TERMINAL_STATE)
        {
          find_outermost (rows, row)->run.hold = RUNNEL_RETENTION_ACTIVE;
          hold_origin (rows, row);
        }
      if (row->pinned)
        hold (find_outermost (rows, row), RUNNEL_RETENTION_PINNED);
    }
}

/* What a run takes in the database is its part of all rows. */
static void
add_sizes (GArray                  *rows,
           const RunnelHistorySize *size)
{
  double bytes_per_row = size->n_rows > 0 ? (double) size->database / size->n_rows : 0;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      Row *outer = find_outermost (rows, row);

      outer->run.size += (gint64) (row->n_rows * bytes_per_row) + row->run.logs +
                         row->run.artifacts;
    }
}

/* After the sizes, which are those of each run alone until then. */
static void
fold_inner (GArray *rows,
            GArray *runs)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      Row *outer = find_outermost (rows, row);

      if (outer == row)
        continue;
      outer->run.logs += row->run.logs;
      outer->run.artifacts += row->run.artifacts;
      outer->run.n_inner++;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (find_outermost (rows, row) == row)
        g_array_append_val (runs, row->run);
    }
}

static gboolean
read_runs (RunnelCleanupPlan  *self,
           RunnelHistory      *history,
           GError            **error)
{
  g_autoptr(GArray) rows = read_rows (history, self->strings, error);

  if (rows == NULL)
    return FALSE;
  find_holds (rows);
  add_sizes (rows, &self->size);
  fold_inner (rows, self->runs);
  return TRUE;
}

static gboolean
is_of_pipeline (const RunnelRetentionRun *run,
                const char               *pipeline)
{
  return pipeline == NULL || g_str_equal (run->pipeline, pipeline) ||
         g_str_equal (run->file, pipeline);
}

static void
sum_up (RunnelCleanupPlan *self,
        const char        *pipeline)
{
  for (guint i = 0; i < self->runs->len; i++)
    {
      RunnelRetentionRun *run = &g_array_index (self->runs, RunnelRetentionRun, i);

      if (!is_of_pipeline (run, pipeline))
        run->reason = RUNNEL_RETENTION_KEEP;
      if (run->reason == RUNNEL_RETENTION_KEEP)
        continue;
      self->n_going++;
      self->n_inner_going += run->n_inner;
      self->database += run->size - run->logs - run->artifacts;
      self->logs += run->logs;
      self->artifacts += run->artifacts;
    }
}

static gboolean
measure_cache (RunnelCleanupPlan  *self,
               GError            **error)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autofree char *folder = runnel_cache_get_default_folder ();
  g_autoptr(RunnelCache) cache = NULL;
  g_autoptr(GPtrArray) items = NULL;

  self->cache_max = runnel_settings_get_max_cache_size (settings);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  cache = runnel_cache_new (folder, self->cache_max);
  items = runnel_cache_list (cache, &self->cache, error);
  return items != NULL;
}

/**
 * runnel_cleanup_plan_new:
 * @history: a history that is not in a transaction
 * @policy: what is to be kept
 * @pipeline: (nullable): name or file of the only pipeline of which runs may go
 * @cancellable: (nullable): to stop while folders are measured
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Looks at all runs, and measures those that were not measured before.
 *
 * Returns: (transfer full) (nullable): the plan
 */
RunnelCleanupPlan *
runnel_cleanup_plan_new (RunnelHistory    *history,
                         RunnelRetention  *policy,
                         const char       *pipeline,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_autoptr(RunnelCleanupPlan) self = NULL;

  g_return_val_if_fail (history != NULL && policy != NULL, NULL);

  self = g_new0 (RunnelCleanupPlan, 1);
  self->runs = g_array_new (FALSE, FALSE, sizeof (RunnelRetentionRun));
  self->strings = g_string_chunk_new (4096);
  if (!runnel_history_measure_runs (history, cancellable, error) ||
      !runnel_history_get_size (history, &self->size, error) ||
      !read_runs (self, history, error) ||
      !runnel_history_count_unused (history, &self->n_unused_rows, error) ||
      !measure_cache (self, error))
    return NULL;
  self->orphans = runnel_history_find_orphans (history, error);
  if (self->orphans == NULL)
    return NULL;
  runnel_cleanup_status_load (&self->last);
  runnel_retention_plan (policy, self->runs, g_get_real_time ());
  sum_up (self, pipeline);
  return g_steal_pointer (&self);
}

void
runnel_cleanup_plan_free (RunnelCleanupPlan *self)
{
  g_clear_pointer (&self->orphans, g_ptr_array_unref);
  runnel_cleanup_status_clear (&self->last);
  g_array_unref (self->runs);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/**
 * runnel_cleanup_plan_count_held:
 * @hold: a reason to stay
 *
 * Returns: how many runs stay for that reason
 */
guint
runnel_cleanup_plan_count_held (RunnelCleanupPlan   *self,
                                RunnelRetentionHold  hold)
{
  guint n = 0;

  for (guint i = 0; i < self->runs->len; i++)
    n += g_array_index (self->runs, RunnelRetentionRun, i).hold == hold;
  return n;
}
