/* runnel-history-stats-grid.c: the latest runs, each with what became of its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-history-stats-private.h"

#define MAX_RUNS 40
#define MAX_CELLS 20000

/* A run on its way to become a column. */
typedef struct
{
  gint64 definition;
  RunnelStatsColumn column;
} Run;

static gboolean
list_runs_of (RunnelStatsReader *self,
              gint64             pipeline,
              GArray            *runs,
              GError           **error)
{
  static const char sql[] =
    "SELECT id, started, state, definition FROM run"
    " WHERE pipeline = ? AND hour >= ? AND hour < ? ORDER BY hour DESC, id DESC LIMIT ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, self->hours.first);
  runnel_statement_bind_int (statement, 2, self->hours.end);
  runnel_statement_bind_int (statement, 3, MAX_RUNS);
  while (runnel_statement_step (statement, &row, error))
    {
      Run run = { 0, };

      if (!row)
        return TRUE;
      run.column.run = runnel_statement_get_int (statement, 0);
      run.column.started = runnel_statement_get_int (statement, 1);
      run.column.state = runnel_statement_get_int (statement, 2);
      run.definition = runnel_statement_get_int (statement, 3);
      g_array_append_val (runs, run);
    }
  return FALSE;
}

/* The later first; of those that began at once the one with the higher number. */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const RunnelStatsColumn *left = &((const Run *) a)->column;
  const RunnelStatsColumn *right = &((const Run *) b)->column;

  if (left->started != right->started)
    return left->started > right->started ? -1 : 1;
  return (left->run < right->run) - (left->run > right->run);
}

static GArray *
list_runs (RunnelStatsReader *self,
           GError           **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < self->pipelines->len; i++)
    if (!list_runs_of (self, g_array_index (self->pipelines, RunnelStatsPipeline, i).id, runs,
                       error))
      return NULL;
  g_array_sort (runs, compare_runs);
  if (runs->len > MAX_RUNS)
    g_array_set_size (runs, MAX_RUNS);
  return g_steal_pointer (&runs);
}

/* The row of a step, which is new when it was not in the runs so far. */
static guint
ensure_row (RunnelStatsGrid *grid,
            GHashTable      *rows,
            const char      *id)
{
  gpointer row;

  if (g_hash_table_lookup_extended (rows, id, NULL, &row))
    return GPOINTER_TO_UINT (row);
  g_ptr_array_add (grid->rows, g_strdup (id));
  g_hash_table_insert (rows, grid->rows->pdata[grid->rows->len - 1],
                       GUINT_TO_POINTER (grid->rows->len - 1));
  return grid->rows->len - 1;
}

/* Puts the state of each step into its row of @states. */
static gboolean
read_steps (RunnelStatsReader *self,
            const Run         *run,
            GHashTable        *rows,
            GByteArray        *states,
            GError           **error)
{
  static const char sql[] =
    "SELECT d.id, coalesce (s.state, 0) FROM definition_step d"
    " LEFT JOIN step s ON s.run = ? AND s.step = d.step WHERE d.definition = ? ORDER BY d.step";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run->column.run);
  runnel_statement_bind_int (statement, 1, run->definition);
  while (runnel_statement_step (statement, &row, error))
    {
      guint position;

      if (!row)
        return TRUE;
      position = ensure_row (&self->stats->grid, rows, runnel_statement_get_text (statement, 0));
      for (guint8 none = RUNNEL_STATS_NO_STEP; states->len <= position;)
        g_byte_array_append (states, &none, 1);
      states->data[position] = runnel_statement_get_int (statement, 1);
    }
  return FALSE;
}

static gboolean
add_column (RunnelStatsReader *self,
            Run               *run,
            GHashTable        *rows,
            GPtrArray         *columns,
            GError           **error)
{
  GByteArray *states = g_byte_array_new ();

  g_ptr_array_add (columns, states);
  if (!read_steps (self, run, rows, states, error))
    return FALSE;
  g_array_append_val (self->stats->grid.columns, run->column);
  return TRUE;
}

/* Only now it is known how many rows there are. */
static void
fill_columns (RunnelStatsGrid *grid,
              GPtrArray       *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const GByteArray *states = columns->pdata[i];
      guint8 *steps = g_malloc (MAX (grid->rows->len, 1));

      memset (steps, RUNNEL_STATS_NO_STEP, grid->rows->len);
      if (states->len > 0)
        memcpy (steps, states->data, states->len);
      g_array_index (grid->columns, RunnelStatsColumn, i).steps = steps;
    }
}

/* Fills the grid of the statistics; of a pipeline with very many steps, with fewer runs. */
gboolean
_runnel_stats_read_grid (RunnelStatsReader *self,
                         GError           **error)
{
  g_autoptr(GArray) runs = list_runs (self, error);
  g_autoptr(GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) columns =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  RunnelStatsGrid *grid = &self->stats->grid;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      if (i > 0 && grid->rows->len * (i + 1) > MAX_CELLS)
        break;
      if (!add_column (self, &g_array_index (runs, Run, i), rows, columns, error))
        return FALSE;
    }
  if (runs != NULL)
    fill_columns (grid, columns);
  return runs != NULL;
}
