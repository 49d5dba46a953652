/* runnel-history-stats.c: what there was of a pipeline, or of all, in a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-rollup.h"
#include "history/runnel-history-stats-private.h"
#include "util/runnel-local-hour.h"

/* Up to so many hours are told apart one by one, more by days. */
#define MAX_HOURS (8 * RUNNEL_HOURS_OF_DAY)

/* Runs of an older database that are counted on the way to an answer. */
#define CATCH_UP 500

static void
pipeline_clear (gpointer data)
{
  RunnelStatsPipeline *self = data;

  g_free (self->name);
  g_free (self->file);
}

static void
take_pipeline (RunnelStatsReader *self,
               RunnelStatement   *row)
{
  RunnelStatsPipeline pipeline = {
    runnel_statement_get_int (row, 0),
    g_strdup (runnel_statement_get_text (row, 1)),
    g_strdup (runnel_statement_get_text (row, 2)),
  };

  g_array_append_val (self->pipelines, pipeline);
}

static gboolean
find_pipelines (RunnelStatsReader *self,
                GError           **error)
{
  static const char sql[] =
    "SELECT id, name, file FROM pipeline WHERE ?1 IS NULL OR name = ?1 OR file = ?1 ORDER BY id";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, self->query->pipeline);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      take_pipeline (self, statement);
    }
  return FALSE;
}

static gboolean
check_pipelines (RunnelStatsReader *self,
                 GError           **error)
{
  if (self->pipelines->len > 0 || self->query->pipeline == NULL)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND,
               "There is no run of a pipeline “%s” in the history; write its name or its file as "
               "`runnel list` shows it.", self->query->pipeline);
  return FALSE;
}

/* A step that never ran is a slip of the pen, and no statistics of nothing. */
static gboolean
check_step (RunnelStatsReader *self,
            GError           **error)
{
  static const char sql[] = "SELECT 1 FROM tally_step WHERE pipeline = ? AND step = ?";

  for (guint i = 0; self->query->step != NULL && i < self->pipelines->len; i++)
    {
      RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
      gboolean row;

      if (statement == NULL)
        return FALSE;
      runnel_statement_bind_int (statement, 0,
                                 g_array_index (self->pipelines, RunnelStatsPipeline, i).id);
      runnel_statement_bind_text (statement, 1, self->query->step);
      if (!runnel_statement_step (statement, &row, error))
        return FALSE;
      runnel_statement_reset (statement);
      if (row)
        return TRUE;
    }
  if (self->query->step == NULL)
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND,
               "There is no step “%s” in any run of the pipeline “%s”.", self->query->step,
               self->query->pipeline);
  return FALSE;
}

/* --- The range --- */

/* The day of the first run; G_MAXINT64 when there are none. */
static gboolean
find_first_hour (RunnelStatsReader *self,
                 gint64            *ret_hour,
                 GError           **error)
{
  static const char sql[] =
    "SELECT min (period) FROM tally WHERE pipeline = ? AND part = 0 AND unit = 24"
    " HAVING min (period) IS NOT NULL";

  *ret_hour = G_MAXINT64;
  for (guint i = 0; i < self->pipelines->len; i++)
    {
      RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
      gboolean row;

      if (statement == NULL)
        return FALSE;
      runnel_statement_bind_int (statement, 0,
                                 g_array_index (self->pipelines, RunnelStatsPipeline, i).id);
      if (!runnel_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        *ret_hour = MIN (*ret_hour, runnel_statement_get_int (statement, 0) * RUNNEL_HOURS_OF_DAY);
      runnel_statement_reset (statement);
    }
  return TRUE;
}

/* Whole hours: those in which the range begins and ends belong to it. */
static RunnelHours
get_hours (const RunnelStatsQuery *query,
           gint64                  first_hour)
{
  gint64 until = query->until != 0 ? query->until : g_get_real_time ();
  RunnelHours hours = { 0, runnel_local_hour_from_time (until - 1) + 1 };

  hours.first = query->since != 0 ? runnel_local_hour_from_time (query->since)
                                  : MIN (first_hour, hours.end - 1);
  hours.end = MAX (hours.end, hours.first + 1);
  return hours;
}

static gboolean
set_range (RunnelStatsReader *self,
           GError           **error)
{
  RunnelStats *stats = self->stats;
  gint64 first_hour, length;

  if (!find_first_hour (self, &first_hour, error))
    return FALSE;
  self->hours = get_hours (self->query, first_hour);
  length = self->hours.end - self->hours.first;
  stats->since = runnel_local_hour_to_time (self->hours.first);
  stats->until = runnel_local_hour_to_time (self->hours.end);
  stats->unit = length <= MAX_HOURS ? 1 : RUNNEL_HOURS_OF_DAY;
  stats->has_before = self->query->since != 0;
  stats->whole_before = stats->has_before && first_hour <= self->hours.first - length;
  return TRUE;
}

static gboolean
read_all (RunnelStatsReader *self,
          GError           **error)
{
  if (!find_pipelines (self, error) || !check_pipelines (self, error) ||
      !check_step (self, error) || !set_range (self, error) ||
      !_runnel_stats_read_tallies (self, error))
    return FALSE;
  return self->query->pipeline == NULL ||
         (_runnel_stats_read_points (self, error) && _runnel_stats_read_grid (self, error));
}

/* In a transaction, so that all numbers are those of one moment. */
static gboolean
read_in_transaction (RunnelStatsReader *self,
                     GError           **error)
{
  gboolean ok;

  if (!runnel_sqlite_exec (self->history->db, "BEGIN", error))
    return FALSE;
  ok = read_all (self, error);
  runnel_sqlite_exec (self->history->db, "COMMIT", NULL);
  return ok;
}

/**
 * runnel_history_get_stats:
 * @self: a history that is not in a transaction
 * @query: what someone wants to know; `step` needs a `pipeline`
 * @error: return location; %RUNNEL_HISTORY_ERROR_NOT_FOUND when there is no such pipeline or step,
 *   and others of its domain
 *
 * Runs belong to the local hour in which they began. Percentiles come from histograms, and are at
 * most %RUNNEL_HISTOGRAM_ERROR off; everything else is exact. The time it takes depends on the
 * number of days and steps, not on that of the runs.
 *
 * When `complete` is %FALSE there are runs of an earlier version that are not in the numbers yet;
 * each call counts some of them.
 *
 * Returns: (transfer full) (nullable): the statistics
 */
RunnelStats *
runnel_history_get_stats (RunnelHistory          *self,
                          const RunnelStatsQuery *query,
                          GError                **error)
{
  g_autoptr(RunnelStats) stats = NULL;
  RunnelStatsReader reader = { .history = self, .query = query };
  gboolean complete, ok;

  g_return_val_if_fail (self != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->step == NULL || query->pipeline != NULL, NULL);

  if (!runnel_history_catch_up (self, CATCH_UP, &complete, error))
    return NULL;
  stats = reader.stats = runnel_stats_new ();
  stats->complete = complete;
  reader.pipelines = g_array_new (FALSE, FALSE, sizeof (RunnelStatsPipeline));
  g_array_set_clear_func (reader.pipelines, pipeline_clear);
  ok = read_in_transaction (&reader, error);
  g_array_unref (reader.pipelines);
  return ok ? g_steal_pointer (&stats) : NULL;
}
