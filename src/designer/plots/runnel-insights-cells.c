/* runnel-insights-cells.c: the days with their runs, and the latest runs with their steps, as charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "charts/runnel-figures.h"
#include "designer/plots/runnel-insights.h"
#include "util/runnel-format.h"
#include "util/runnel-local-hour.h"

#define MAX_WEEKS 53
#define MAX_CELL_WIDTH 26.0
#define DAYS_OF_WEEK 7
#define CELL_HEIGHT 17.0
#define MAX_STEPS 40
#define GRID_TICK 5      /* runs from label to label */

static gint64
get_n_runs (const RunnelTally *tally)
{
  return tally != NULL ? runnel_tally_get_n_judged (tally) + tally->fields[RUNNEL_TALLY_CANCELLED]
                       : 0;
}

/* --- Calendar --- */

/* What there was in the hours or days of a range, by their number. */
static GHashTable *
index_periods (const RunnelStats *stats)
{
  GHashTable *tallies = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < stats->periods->len; i++)
    {
      RunnelStatsPeriod *period = &g_array_index (stats->periods, RunnelStatsPeriod, i);

      g_hash_table_insert (tallies, &period->hour, &period->tally);
    }
  return tallies;
}

/* A cell for the hour or day that begins with @hour. */
static RunnelDatum *
make_cell (const RunnelStats *stats,
           GHashTable        *tallies,
           gint64             hour,
           guint              column,
           guint              row)
{
  const RunnelTally *tally = g_hash_table_lookup (tallies, &hour);
  gint64 n_failed = tally != NULL ? tally->fields[RUNNEL_TALLY_FAILED] : 0;
  g_autofree char *when =
    _runnel_insights_format_period (stats, runnel_local_hour_to_time (hour));
  g_autofree char *n_runs = runnel_format_number (get_n_runs (tally));
  g_autofree char *failed = runnel_format_number (n_failed);
  RunnelDatum *datum = runnel_datum_new ();

  datum->x = column;
  datum->row = row;
  datum->values[0] = get_n_runs (tally);
  datum->values[1] = n_failed;
  datum->text = g_strdup_printf (_("%s: %s runs, %s of them failed"), when, n_runs, failed);
  if (get_n_runs (tally) > 0)
    datum->cells = g_strdupv ((char *[]) { when, n_runs, failed, NULL });
  return datum;
}

static void
append_tick (GArray     *ticks,
             double      value,
             const char *label)
{
  RunnelScaleTick tick = { value, 0, "" };

  g_strlcpy (tick.label, label, sizeof tick.label);
  g_array_append_val (ticks, tick);
}

/* Days below each other, with their hours side by side. */
static void
fill_hours (RunnelChart       *chart,
            const RunnelStats *stats,
            RunnelSeries      *series,
            gint64             first,
            gint64             last)
{
  g_autoptr(GHashTable) tallies = index_periods (stats);
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick));
  gint64 first_day = runnel_local_hour_get_day (first), last_day = runnel_local_hour_get_day (last);

  for (gint64 day = first_day; day <= last_day; day++)
    {
      gint64 begin = runnel_local_hour_to_time (day * RUNNEL_HOURS_OF_DAY);
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (begin / G_TIME_SPAN_SECOND);
      g_autofree char *label = g_date_time_format (time, C_("day of a calendar", "%a %-d"));

      runnel_chart_add_row (chart, label);
    }
  for (guint column = 0; column < RUNNEL_HOURS_OF_DAY; column++)
    for (gint64 day = first_day; day <= last_day; day++)
      {
        gint64 hour = day * RUNNEL_HOURS_OF_DAY + column;

        if (hour >= first && hour <= last)
          runnel_series_take (series, make_cell (stats, tallies, hour, column, day - first_day));
      }
  for (guint hour = 0; hour < RUNNEL_HOURS_OF_DAY; hour += 6)
    {
      g_autofree char *label = g_strdup_printf ("%02u:00", hour);

      append_tick (ticks, hour, label);
    }
  runnel_chart_set_x (chart, (RunnelScale) { RUNNEL_SCALE_NUMBER, 0, RUNNEL_HOURS_OF_DAY });
  runnel_chart_set_x_ticks (chart, ticks);
}

/* 1970-01-01 was a Thursday, and weeks begin on Monday. */
static gint64
get_week (gint64 day)
{
  return (day + 3 - ((day + 3) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK) / DAYS_OF_WEEK;
}

static guint
get_weekday (gint64 day)
{
  return ((day + 3) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;
}

static void
add_weekdays (RunnelChart *chart)
{
  for (guint i = 0; i < DAYS_OF_WEEK; i++)
    {
      g_autoptr(GDateTime) day = g_date_time_new_utc (2024, 1, 1 + i, 0, 0, 0); /* a Monday */
      g_autofree char *label = g_date_time_format (day, "%a");

      runnel_chart_add_row (chart, label);
    }
}

/* Months are called where they begin, unless the one before would be in the way. */
static void
append_month (GArray *ticks,
              gint64  day,
              guint   column)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (day * 24 * 3600);
  gboolean is_first = g_date_time_get_day_of_month (date) == 1;
  g_autofree char *label = NULL;

  if (!is_first || (ticks->len > 0 &&
                    column - g_array_index (ticks, RunnelScaleTick, ticks->len - 1).value < 3))
    return;
  label = g_date_time_format (date, g_date_time_get_month (date) == 1 ? "%Y" : "%b");
  append_tick (ticks, column + 0.5, label);
}

/* Weeks side by side, with their days below each other. */
static void
fill_days (RunnelChart       *chart,
           const RunnelStats *stats,
           RunnelSeries      *series,
           gint64             first,
           gint64             last)
{
  g_autoptr(GHashTable) tallies = index_periods (stats);
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick));
  gint64 last_day = runnel_local_hour_get_day (last), last_week = get_week (last_day);
  gint64 first_day = MAX (runnel_local_hour_get_day (first),
                          (last_week - MAX_WEEKS + 1) * DAYS_OF_WEEK - 3);
  gint64 first_week = get_week (first_day);

  add_weekdays (chart);
  for (gint64 day = first_day; day <= last_day; day++)
    {
      guint column = get_week (day) - first_week;

      runnel_series_take (series, make_cell (stats, tallies, day * RUNNEL_HOURS_OF_DAY, column,
                                             get_weekday (day)));
      append_month (ticks, day, column);
    }
  runnel_chart_set_x (chart, (RunnelScale) { RUNNEL_SCALE_NUMBER, 0,
                                             last_week - first_week + 1 });
  runnel_chart_set_x_ticks (chart, ticks);
}

RunnelChart *
runnel_insights_draw_calendar (const RunnelStats *stats)
{
  RunnelChart *chart = runnel_chart_new (_("Calendar"), stats->unit == 1
                                         ? _("How many runs there were in each hour")
                                         : _("How many runs there were on each day"));
  const char *columns[] = { _("When"), _("Runs"), _("Failed"), NULL };
  g_autoptr(RunnelSeries) series = runnel_series_new ();
  gint64 first = runnel_local_hour_from_time (stats->since);
  gint64 last = runnel_local_hour_from_time (stats->until - 1);

  runnel_chart_set_row_height (chart, CELL_HEIGHT);
  runnel_chart_set_column_width (chart, MAX_CELL_WIDTH);
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("There were no runs in this time."));
  if (stats->unit == 1)
    fill_hours (chart, stats, series, first, last);
  else
    fill_days (chart, stats, series, first, last);
  runnel_chart_take_layer (chart, runnel_chart_cells_new (series, RUNNEL_CELLS_HEAT));
  return chart;
}

/* --- Grid of runs and steps --- */

static gboolean
has_failed (const RunnelStatsGrid *grid,
            guint                  row)
{
  for (guint i = 0; i < grid->columns->len; i++)
    {
      guint8 state = g_array_index (grid->columns, RunnelStatsColumn, i).steps[row];

      if (state < RUNNEL_N_STATES && runnel_state_is_failure (state))
        return TRUE;
    }
  return FALSE;
}

/* All steps, or of very many those that failed and as many others as there is place for. */
static GArray *
choose_rows (const RunnelStatsGrid *grid)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_failed = 0, n_others = 0;

  for (guint i = 0; i < grid->rows->len; i++)
    n_failed += has_failed (grid, i);
  n_failed = MIN (n_failed, MAX_STEPS);
  for (guint i = 0; i < grid->rows->len && rows->len < MAX_STEPS; i++)
    if (has_failed (grid, i) || n_others++ < MAX_STEPS - n_failed)
      g_array_append_val (rows, i);
  return rows;
}

static RunnelDatum *
make_state (const RunnelStatsColumn *column,
            guint                    position,
            guint                    row,
            const char              *step,
            RunnelState              state)
{
  g_autofree char *started = runnel_format_time (column->started);
  g_autofree char *run = g_strdup_printf ("%" G_GINT64_FORMAT, column->run);
  const char *name = runnel_gantt_style_get_name (state);
  RunnelDatum *datum = runnel_datum_new ();

  datum->x = position;
  datum->row = row;
  datum->run = column->run;
  datum->state = state;
  datum->text = g_strdup_printf (_("Run %s, %s: %s %s"), run, started, step, name);
  datum->cells = g_strdupv ((char *[]) { run, started, (char *) step, (char *) name, NULL });
  return datum;
}

/* The run itself stands above its steps. */
static void
take_column (RunnelSeries            *series,
             const RunnelStatsGrid   *grid,
             const RunnelStatsColumn *column,
             guint                    position,
             GArray                  *rows)
{
  runnel_series_take (series, make_state (column, position, 0, _("the run"), column->state));
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (column->steps[row] < RUNNEL_N_STATES)
        runnel_series_take (series, make_state (column, position, i + 1, grid->rows->pdata[row],
                                                column->steps[row]));
    }
}

RunnelChart *
runnel_insights_draw_grid (const RunnelStats *stats)
{
  const RunnelStatsGrid *grid = &stats->grid;
  RunnelChart *chart = runnel_chart_new (_("Latest Runs"),
                                         _("What became of each step in the latest runs"));
  const char *columns[] = { _("Run"), _("Started"), _("Step"), _("State"), NULL };
  g_autoptr(GArray) rows = choose_rows (grid);
  g_autoptr(RunnelSeries) series = runnel_series_new ();
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick));

  runnel_chart_add_row (chart, _("Run"));
  for (guint i = 0; i < rows->len; i++)
    runnel_chart_add_row (chart, grid->rows->pdata[g_array_index (rows, guint, i)]);
  for (guint i = 0; i < grid->columns->len; i++)
    {
      const RunnelStatsColumn *column =
        &g_array_index (grid->columns, RunnelStatsColumn, grid->columns->len - 1 - i);
      g_autofree char *label = g_strdup_printf ("%" G_GINT64_FORMAT, column->run);

      take_column (series, grid, column, i, rows);
      if ((grid->columns->len - 1 - i) % GRID_TICK == 0)
        append_tick (ticks, i + 0.5, label);
    }
  runnel_chart_set_row_height (chart, CELL_HEIGHT);
  runnel_chart_set_column_width (chart, MAX_CELL_WIDTH);
  runnel_chart_set_x (chart, (RunnelScale) { RUNNEL_SCALE_NUMBER, 0,
                                             MAX (grid->columns->len, 1) });
  runnel_chart_set_x_ticks (chart, ticks);
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("There were no runs in this time."));
  runnel_chart_take_layer (chart, runnel_chart_cells_new (series, RUNNEL_CELLS_STATES));
  return chart;
}
