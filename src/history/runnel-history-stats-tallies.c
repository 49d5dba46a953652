/* runnel-history-stats-tallies.c: statistics of a range, from those of its hours and days
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-sheets.h"
#include "history/runnel-history-stats-private.h"
#include "util/runnel-local-hour.h"

#define DAY RUNNEL_HOURS_OF_DAY

/* Where the rows of one part of a pipeline go. */
typedef struct
{
  RunnelStatsReader *reader;
  gint64 pipeline;
  RunnelSheetPart part;
  RunnelTallySheet *sheet; /* the sum of all */
  GHashTable *periods;     /* local hour -> RunnelTally of `key`, or NULL: nobody asks */
  guint key;               /* of the step that was asked for, 0 = the runs */
} Collector;

static void
tally_free (gpointer data)
{
  runnel_tally_clear (data);
  g_free (data);
}

static RunnelTally *
ensure_period (GHashTable *periods,
               gint64      hour)
{
  RunnelTally *tally = g_hash_table_lookup (periods, &hour);

  if (tally == NULL)
    {
      tally = g_new0 (RunnelTally, 1);
      g_hash_table_insert (periods, g_memdup2 (&hour, sizeof hour), tally);
    }
  return tally;
}

/* --- Rows --- */

/* The hours at both ends of a range of days belong to their days. */
static gint64
get_period (RunnelStatsReader *self,
            gint64             hour)
{
  return self->stats->unit == DAY ? runnel_local_hour_get_day (hour) * DAY : hour;
}

static gboolean
take_row (Collector       *self,
          RunnelStatement *row,
          gint64           unit,
          GError         **error)
{
  gint64 period = get_period (self->reader, runnel_statement_get_int (row, 0) * unit);
  gsize length;
  const guint8 *bytes;

  if (!_runnel_history_read_sheet (self->reader->history, row, 1, self->sheet, error))
    return FALSE;
  bytes = runnel_statement_get_blob (row, 1, &length);
  if (self->periods != NULL)
    runnel_tally_sheet_unpack_one (bytes, length, self->key,
                                   ensure_period (self->periods, period));
  return TRUE;
}

static gboolean
read_rows (Collector   *self,
           gint64       unit,
           RunnelHours  periods,
           GError     **error)
{
  static const char sql[] =
    "SELECT period, sheet FROM tally"
    " WHERE pipeline = ? AND part = ? AND unit = ? AND period >= ? AND period < ?";
  RunnelStatement *statement;
  gboolean row;

  if (periods.first >= periods.end)
    return TRUE;
  statement = runnel_sqlite_get_statement (self->reader->history->db, sql, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, self->pipeline);
  runnel_statement_bind_int (statement, 1, self->part);
  runnel_statement_bind_int (statement, 2, unit);
  runnel_statement_bind_int (statement, 3, periods.first);
  runnel_statement_bind_int (statement, 4, periods.end);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (!take_row (self, statement, unit, error))
        break;
    }
  runnel_statement_reset (statement);
  return FALSE;
}

/* Whole days by one row each, what is left at the ends by the hour. */
static gboolean
read_range (Collector   *self,
            RunnelHours  hours,
            GError     **error)
{
  RunnelHours days = { runnel_local_hour_get_day (hours.first + DAY - 1),
                       runnel_local_hour_get_day (hours.end) };
  RunnelHours head = { hours.first, days.first * DAY }, tail = { days.end * DAY, hours.end };

  if (self->reader->stats->unit != DAY || days.first >= days.end)
    return read_rows (self, RUNNEL_SHEET_HOUR, hours, error);
  return read_rows (self, RUNNEL_SHEET_HOUR, head, error) &&
         read_rows (self, RUNNEL_SHEET_DAY, days, error) &&
         read_rows (self, RUNNEL_SHEET_HOUR, tail, error);
}

static RunnelHours
get_hours_before (const RunnelHours *hours)
{
  return (RunnelHours) { hours->first - (hours->end - hours->first), hours->first };
}

/* --- Members --- */

static void
add_sheet_entry (RunnelTally      *tally,
                 RunnelTallySheet *sheet,
                 guint             key)
{
  const RunnelTally *entry = runnel_tally_sheet_lookup (sheet, key);

  if (entry != NULL)
    runnel_tally_merge (tally, entry, 1);
}

static RunnelStatsMember *
ensure_member (RunnelStatsReader *self,
               GHashTable        *members,
               const char        *id)
{
  RunnelStatsMember *member = g_hash_table_lookup (members, id);

  if (member != NULL)
    return member;
  member = g_new0 (RunnelStatsMember, 1);
  member->id = g_strdup (id);
  g_hash_table_insert (members, member->id, member);
  g_ptr_array_add (self->stats->members, member);
  return member;
}

/* Several files may have a pipeline of the name that was asked for. */
static gboolean
add_step_members (Collector        *self,
                  RunnelTallySheet *before,
                  GHashTable       *members,
                  GError          **error)
{
  static const char sql[] = "SELECT id, step FROM tally_step WHERE pipeline = ?";
  RunnelStatement *statement =
    runnel_sqlite_get_statement (self->reader->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, self->pipeline);
  while (runnel_statement_step (statement, &row, error))
    {
      RunnelStatsMember *member;
      guint key;

      if (!row)
        return TRUE;
      key = runnel_statement_get_int (statement, 0);
      if (!runnel_tally_sheet_lookup (self->sheet, key) && !runnel_tally_sheet_lookup (before, key))
        continue;
      member = ensure_member (self->reader, members, runnel_statement_get_text (statement, 1));
      add_sheet_entry (&member->now, self->sheet, key);
      add_sheet_entry (&member->before, before, key);
    }
  return FALSE;
}

static void
add_pipeline_member (RunnelStatsReader        *self,
                     const RunnelStatsPipeline *pipeline,
                     RunnelTallySheet          *now,
                     RunnelTallySheet          *before)
{
  RunnelStatsMember *member = g_new0 (RunnelStatsMember, 1);

  member->id = g_strdup (pipeline->name);
  member->file = g_strdup (pipeline->file);
  add_sheet_entry (&member->now, now, 0);
  add_sheet_entry (&member->before, before, 0);
  g_ptr_array_add (self->stats->members, member);
}

/* --- Parts --- */

/* 0 when the pipeline never had the step. */
static gboolean
find_step_key (RunnelStatsReader *self,
               gint64             pipeline,
               guint             *ret_key,
               GError           **error)
{
  static const char sql[] = "SELECT id FROM tally_step WHERE pipeline = ? AND step = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_text (statement, 1, self->query->step);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_key = row ? runnel_statement_get_int (statement, 0) : 0;
  runnel_statement_reset (statement);
  return TRUE;
}

static gboolean
read_both_ranges (Collector         *self,
                  RunnelTallySheet  *before,
                  GError           **error)
{
  Collector earlier = { self->reader, self->pipeline, self->part, before, NULL, 0 };

  if (!read_range (self, self->reader->hours, error))
    return FALSE;
  return !self->reader->stats->has_before ||
         read_range (&earlier, get_hours_before (&self->reader->hours), error);
}

static gboolean
read_runs (RunnelStatsReader         *self,
           const RunnelStatsPipeline *pipeline,
           GHashTable                *periods,
           GError                   **error)
{
  g_autoptr(RunnelTallySheet) now = runnel_tally_sheet_new ();
  g_autoptr(RunnelTallySheet) before = runnel_tally_sheet_new ();
  Collector collector = { self, pipeline->id, RUNNEL_SHEET_RUNS, now, periods, 0 };

  if (!read_both_ranges (&collector, before, error))
    return FALSE;
  add_sheet_entry (&self->stats->total, now, 0);
  add_sheet_entry (&self->stats->before, before, 0);
  if (self->query->pipeline == NULL)
    add_pipeline_member (self, pipeline, now, before);
  return TRUE;
}

static gboolean
read_steps (RunnelStatsReader         *self,
            const RunnelStatsPipeline *pipeline,
            GHashTable                *periods,
            GHashTable                *members,
            GError                   **error)
{
  g_autoptr(RunnelTallySheet) now = runnel_tally_sheet_new ();
  g_autoptr(RunnelTallySheet) before = runnel_tally_sheet_new ();
  Collector collector = { self, pipeline->id, RUNNEL_SHEET_STEPS, now, NULL, 0 };

  if (self->query->step != NULL)
    {
      if (!find_step_key (self, pipeline->id, &collector.key, error))
        return FALSE;
      collector.periods = collector.key != 0 ? periods : NULL;
    }
  if (!read_both_ranges (&collector, before, error) ||
      !add_step_members (&collector, before, members, error))
    return FALSE;
  if (collector.key != 0)
    {
      add_sheet_entry (&self->stats->total, now, collector.key);
      add_sheet_entry (&self->stats->before, before, collector.key);
    }
  return TRUE;
}

static gboolean
read_pipeline (RunnelStatsReader         *self,
               const RunnelStatsPipeline *pipeline,
               GHashTable                *periods,
               GHashTable                *members,
               GError                   **error)
{
  if (self->query->step == NULL && !read_runs (self, pipeline, periods, error))
    return FALSE;
  return self->query->pipeline == NULL || read_steps (self, pipeline, periods, members, error);
}

/* --- Periods --- */

static int
compare_periods (gconstpointer a,
                 gconstpointer b)
{
  const RunnelStatsPeriod *left = a;
  const RunnelStatsPeriod *right = b;

  return (left->hour > right->hour) - (left->hour < right->hour);
}

/* A step may have no part in an hour in which others had. */
static void
take_periods (RunnelStats *self,
              GHashTable  *periods)
{
  GHashTableIter iter;
  gpointer hour, tally;

  g_hash_table_iter_init (&iter, periods);
  while (g_hash_table_iter_next (&iter, &hour, &tally))
    {
      RunnelStatsPeriod period = { .hour = *(gint64 *) hour, .tally = *(RunnelTally *) tally };

      if (runnel_tally_is_empty (&period.tally))
        continue;
      period.begin = runnel_local_hour_to_time (period.hour);
      *(RunnelTally *) tally = (RunnelTally) { 0, };
      g_array_append_val (self->periods, period);
    }
  g_array_sort (self->periods, compare_periods);
}

/* Fills totals, periods and members of the statistics. */
gboolean
_runnel_stats_read_tallies (RunnelStatsReader *self,
                            GError           **error)
{
  g_autoptr(GHashTable) periods =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, tally_free);
  g_autoptr(GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->pipelines->len; i++)
    if (!read_pipeline (self, &g_array_index (self->pipelines, RunnelStatsPipeline, i), periods,
                        members, error))
      return FALSE;
  take_periods (self->stats, periods);
  return TRUE;
}
