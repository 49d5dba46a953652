/* runnel-insights-trends.c: how durations, success and number of runs went, as charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "charts/runnel-figures.h"
#include "designer/plots/runnel-insights.h"
#include "util/runnel-format.h"
#include "util/runnel-local-hour.h"

/* So many times the highest percentile is as high as a chart goes for single runs. */
#define MAX_HEAD_ROOM 3.0

/* Returns: (transfer full): the hour or day that begins then, for people */
char *
_runnel_insights_format_period (const RunnelStats *stats,
                                gint64             begin)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (begin / G_TIME_SPAN_SECOND);

  if (time == NULL)
    return g_strdup ("–");
  if (stats->unit == 1)
    /* translators: an hour of a day, as in "Tue, 3 Nov, 14:00" */
    return g_date_time_format (time, C_("hour of a chart", "%a, %-d %b, %H:00"));
  /* translators: a day, as in "Tue, 3 Nov 2026" */
  return g_date_time_format (time, C_("day of a chart in full", "%a, %-d %b %Y"));
}

static RunnelScale
get_time_scale (const RunnelStats *stats)
{
  return runnel_scale_fit (RUNNEL_SCALE_MOMENT, stats->since, stats->until);
}

static RunnelDatum *
make_datum (const RunnelStats       *stats,
            const RunnelStatsPeriod *period)
{
  RunnelDatum *datum = runnel_datum_new ();

  datum->x = period->begin;
  datum->x_end = runnel_local_hour_to_time (period->hour + stats->unit);
  return datum;
}

static const RunnelStatsPeriod *
get_period (const RunnelStats *stats,
            guint              position)
{
  return &g_array_index (stats->periods, RunnelStatsPeriod, position);
}

/* --- Durations --- */

/* Of a period in which something succeeded. */
static RunnelDatum *
make_percentiles (const RunnelStats       *stats,
                  const RunnelStatsPeriod *period)
{
  const RunnelHistogram *durations = &period->tally.durations;
  gint64 median = runnel_histogram_get_percentile (durations, 50);
  gint64 p95 = runnel_histogram_get_percentile (durations, 95);
  g_autofree char *when = _runnel_insights_format_period (stats, period->begin);
  g_autofree char *n_runs = runnel_format_number (durations->total);
  g_autofree char *median_text = runnel_format_duration (median);
  g_autofree char *p95_text = runnel_format_duration (p95);
  RunnelDatum *datum = make_datum (stats, period);

  datum->values[0] = median;
  datum->values[1] = p95;
  datum->text = g_strdup_printf (_("%s: median %s, 95th percentile %s, of %s that succeeded"), when,
                                 median_text, p95_text, n_runs);
  datum->cells = g_strdupv ((char *[]) { when, n_runs, median_text, p95_text, (char *) "",
                                         (char *) "", NULL });
  return datum;
}

static RunnelSeries *
make_percentile_series (const RunnelStats *stats)
{
  RunnelSeries *series = runnel_series_new ();

  for (guint i = 0; i < stats->periods->len; i++)
    if (get_period (stats, i)->tally.durations.total > 0)
      runnel_series_take (series, make_percentiles (stats, get_period (stats, i)));
  return series;
}

static RunnelDatum *
make_point (const RunnelStatsPoint *point)
{
  g_autofree char *started = runnel_format_time (point->started);
  g_autofree char *duration = runnel_format_duration (point->duration);
  g_autofree char *run = g_strdup_printf ("%" G_GINT64_FORMAT, point->run);
  const char *state = runnel_gantt_style_get_name (point->state);
  RunnelDatum *datum = runnel_datum_new ();

  datum->x = point->started;
  datum->values[0] = point->duration;
  datum->run = point->run;
  datum->state = point->state;
  datum->outlier = point->outlier;
  datum->text = g_strdup_printf (point->outlier ? _("Run %s, %s: %s, %s, far slower than usual")
                                                : _("Run %s, %s: %s, %s"),
                                 run, started, duration, state);
  datum->cells = g_strdupv ((char *[]) { started, (char *) "", (char *) "", (char *) "", run,
                                         duration, NULL });
  return datum;
}

static RunnelSeries *
make_point_series (const RunnelStats *stats)
{
  RunnelSeries *series = runnel_series_new ();

  for (guint i = 0; i < stats->points->len; i++)
    runnel_series_take (series, make_point (&g_array_index (stats->points, RunnelStatsPoint, i)));
  return series;
}

/* Both ends of a line at the median and the 95th percentile of the whole range: where each run is
 * shown there are too few in an hour to have any of its own. */
static RunnelSeries *
make_total_series (const RunnelStats *stats)
{
  const RunnelHistogram *durations = &stats->total.durations;
  const gint64 ends[] = { stats->since, stats->until };
  g_autofree char *median =
    runnel_format_duration (runnel_histogram_get_percentile (durations, 50));
  g_autofree char *p95 = runnel_format_duration (runnel_histogram_get_percentile (durations, 95));
  RunnelSeries *series = runnel_series_new ();

  for (guint i = 0; durations->total > 0 && i < G_N_ELEMENTS (ends); i++)
    {
      RunnelDatum *datum = runnel_datum_new ();

      datum->x = ends[i];
      datum->values[0] = runnel_histogram_get_percentile (durations, 50);
      datum->values[1] = runnel_histogram_get_percentile (durations, 95);
      datum->text = g_strdup_printf (_("All of this time: median %s, 95th percentile %s"), median,
                                     p95);
      runnel_series_take (series, datum);
    }
  return series;
}

/* One run of a thousand times the usual length must not make all others a line on the axis. */
static RunnelScale
fit_durations (RunnelSeries *percentiles,
               RunnelSeries *points)
{
  double min, usual = 0, longest = 0;

  runnel_series_get_range (percentiles, 1, &min, &usual);
  runnel_series_get_range (points, 0, &min, &longest);
  usual = MAX (usual, 0);
  if (usual > 0)
    longest = MIN (longest, usual * MAX_HEAD_ROOM);
  return runnel_scale_fit (RUNNEL_SCALE_DURATION, 0, MAX (usual, longest));
}

static void
add_duration_keys (RunnelChart *chart,
                   gboolean     all_points)
{
  runnel_chart_add_key (chart, RUNNEL_KEY_LINE, RUNNEL_INK_MAIN, _("Median"));
  runnel_chart_add_key (chart, RUNNEL_KEY_LINE, RUNNEL_INK_OTHER, _("95th percentile"));
  runnel_chart_add_key (chart, RUNNEL_KEY_OUTLIER, RUNNEL_INK_BAD, _("Far slower than usual"));
  if (all_points)
    runnel_chart_add_key (chart, RUNNEL_KEY_FAILURE, RUNNEL_INK_BAD, _("Failed"));
}

RunnelChart *
runnel_insights_draw_durations (const RunnelStats *stats)
{
  RunnelChart *chart = runnel_chart_new (
    _("Duration"), _("How long runs that succeeded took: the median, the 95th percentile, and runs "
                     "far slower than usual"));
  const char *columns[] = { _("When"), _("Succeeded"), _("Median"), _("95th Percentile"), _("Run"),
                            _("Duration"), NULL };
  gboolean single = stats->unit == 1 && stats->all_points;
  g_autoptr(RunnelSeries) lines =
    single ? make_total_series (stats) : make_percentile_series (stats);
  g_autoptr(RunnelSeries) points = make_point_series (stats);

  runnel_chart_set_x (chart, get_time_scale (stats));
  runnel_chart_set_y (chart, fit_durations (lines, points));
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("Nothing has succeeded in this time."));
  if (!single)
    runnel_chart_take_layer (chart, runnel_chart_band_new (lines, 0, RUNNEL_INK_MAIN));
  runnel_chart_take_layer (chart, runnel_chart_line_new (lines, 0, RUNNEL_INK_MAIN));
  runnel_chart_take_layer (chart, runnel_chart_line_new (lines, 1, RUNNEL_INK_OTHER));
  runnel_chart_take_layer (chart, runnel_chart_points_new (points));
  add_duration_keys (chart, stats->all_points);
  return chart;
}

/* --- Success --- */

static RunnelDatum *
make_rate (const RunnelStats       *stats,
           const RunnelStatsPeriod *period)
{
  double rate = runnel_tally_get_success_rate (&period->tally);
  g_autofree char *when = _runnel_insights_format_period (stats, period->begin);
  g_autofree char *rate_text = runnel_format_rate (rate);
  g_autofree char *n_judged = runnel_format_number (runnel_tally_get_n_judged (&period->tally));
  g_autofree char *n_failed = runnel_format_number (period->tally.fields[RUNNEL_TALLY_FAILED]);
  RunnelDatum *datum = make_datum (stats, period);

  datum->values[0] = rate;
  datum->values[1] = 1 - rate;
  datum->text = g_strdup_printf (_("%s: %s succeeded; %s of %s failed"), when, rate_text, n_failed,
                                 n_judged);
  datum->cells = g_strdupv ((char *[]) { when, rate_text, n_failed, n_judged, NULL });
  return datum;
}

RunnelChart *
runnel_insights_draw_success (const RunnelStats *stats)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN, RUNNEL_INK_BAD };
  RunnelChart *chart = runnel_chart_new (_("Success Rate"),
                                         _("Which part of those that ended by themselves succeeded"));
  const char *columns[] = { _("When"), _("Success Rate"), _("Failed"), _("Of"), NULL };
  g_autoptr(RunnelSeries) series = runnel_series_new ();

  for (guint i = 0; i < stats->periods->len; i++)
    if (runnel_tally_get_n_judged (&get_period (stats, i)->tally) > 0)
      runnel_series_take (series, make_rate (stats, get_period (stats, i)));
  runnel_chart_set_x (chart, get_time_scale (stats));
  runnel_chart_set_y (chart, runnel_scale_fit (RUNNEL_SCALE_RATE, 0, 1));
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("Nothing has ended by itself in this time."));
  runnel_chart_take_layer (chart, runnel_chart_bars_new (series, inks, G_N_ELEMENTS (inks)));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_MAIN, _("Succeeded"));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_BAD, _("Failed"));
  return chart;
}

/* --- Throughput --- */

static RunnelDatum *
make_counts (const RunnelStats       *stats,
             const RunnelStatsPeriod *period)
{
  static const RunnelTallyField fields[] = {
    RUNNEL_TALLY_SUCCEEDED, RUNNEL_TALLY_FAILED, RUNNEL_TALLY_CANCELLED,
  };
  g_autofree char *when = _runnel_insights_format_period (stats, period->begin);
  g_autofree char *attempts = runnel_format_number (period->tally.fields[RUNNEL_TALLY_ATTEMPTS]);
  char *counts[G_N_ELEMENTS (fields)];
  RunnelDatum *datum = make_datum (stats, period);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      datum->values[i] = period->tally.fields[fields[i]];
      counts[i] = runnel_format_number (period->tally.fields[fields[i]]);
    }
  datum->text = g_strdup_printf (_("%s: %s succeeded, %s failed, %s cancelled; %s attempts"), when,
                                 counts[0], counts[1], counts[2], attempts);
  datum->cells = g_strdupv ((char *[]) { when, counts[0], counts[1], counts[2], attempts, NULL });
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (counts[i]);
  return datum;
}

static double
find_highest (RunnelSeries *series)
{
  double highest = 0;

  for (guint i = 0; i < runnel_series_get_n (series); i++)
    {
      const RunnelDatum *datum = runnel_series_get (series, i);

      highest = MAX (highest, datum->values[0] + datum->values[1] + datum->values[2]);
    }
  return highest;
}

RunnelChart *
runnel_insights_draw_throughput (const RunnelStats *stats)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN, RUNNEL_INK_BAD, RUNNEL_INK_NEUTRAL };
  RunnelChart *chart = runnel_chart_new (stats->unit == 1 ? _("Runs an Hour") : _("Runs a Day"),
                                         _("How many runs there were, and how they ended"));
  const char *columns[] = { _("When"), _("Succeeded"), _("Failed"), _("Cancelled"), _("Attempts"),
                            NULL };
  g_autoptr(RunnelSeries) series = runnel_series_new ();

  for (guint i = 0; i < stats->periods->len; i++)
    runnel_series_take (series, make_counts (stats, get_period (stats, i)));
  runnel_chart_set_x (chart, get_time_scale (stats));
  runnel_chart_set_y (chart, runnel_scale_fit (RUNNEL_SCALE_NUMBER, 0, find_highest (series)));
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("There were no runs in this time."));
  runnel_chart_take_layer (chart, runnel_chart_bars_new (series, inks, G_N_ELEMENTS (inks)));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_MAIN, _("Succeeded"));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_BAD, _("Failed"));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_NEUTRAL, _("Cancelled"));
  return chart;
}
