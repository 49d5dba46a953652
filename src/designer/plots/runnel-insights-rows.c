/* runnel-insights-rows.c: what is slowest, what is flakiest and what time was lost to, as charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "charts/runnel-figures.h"
#include "designer/plots/runnel-insights.h"
#include "util/runnel-format.h"
#include "util/runnel-sort.h"

#define MAX_ROWS 10
#define MIN_LOSS G_TIME_SPAN_MILLISECOND /* of all runs together: less is nothing */
#define LABEL_ROOM 1.6 /* of the longest bar, with what is written behind it */

/* (transfer container) (element-type RunnelStatsMember) */
static GPtrArray *
sort_members (const RunnelStats *stats,
              GCompareFunc       compare)
{
  GPtrArray *members = g_ptr_array_new ();

  g_ptr_array_extend (members, stats->members, NULL, NULL);
  runnel_sort (members->pdata, members->len, sizeof (gpointer), compare);
  return members;
}

static gboolean
is_of_all (const RunnelStats *stats)
{
  return stats->members->len > 0 &&
         ((const RunnelStatsMember *) stats->members->pdata[0])->file != NULL;
}

/* What a bar is worth stands behind it, so there is nothing to read from an axis. */
static void
set_length (RunnelChart *chart,
            double       longest)
{
  runnel_chart_set_x (chart, (RunnelScale) { RUNNEL_SCALE_NUMBER, 0, longest * LABEL_ROOM });
  runnel_chart_set_x_ticks (chart, g_array_new (FALSE, FALSE, sizeof (RunnelScaleTick)));
}

/* Appends a row with a bar. */
static void
take_row (RunnelChart  *chart,
          RunnelSeries *series,
          const char   *label,
          RunnelDatum  *datum)
{
  datum->row = runnel_series_get_n (series);
  runnel_chart_add_row (chart, label);
  runnel_series_take (series, datum);
}

/* --- Slowest --- */

static char *
format_percentile (const RunnelTally *tally,
                   guint              percent)
{
  gint64 duration = runnel_histogram_get_percentile (&tally->durations, percent);

  return duration >= 0 ? runnel_format_duration (duration) : g_strdup ("–");
}

/* Of the median, against the range before: "12 % slower than before", or "" */
static char *
describe_change (const RunnelStatsMember *member)
{
  gint64 now = runnel_histogram_get_percentile (&member->now.durations, 50);
  gint64 before = runnel_histogram_get_percentile (&member->before.durations, 50);
  double percent = before > 0 && now >= 0 ? 100.0 * (now - before) / before : 0;

  if (fabs (percent) < 1)
    return g_strdup ("");
  return percent > 0 ? g_strdup_printf (_("%.0f %% slower"), percent)
                     : g_strdup_printf (_("%.0f %% faster"), -percent);
}

static RunnelDatum *
make_slow (const RunnelStatsMember *member,
           gint64                   critical)
{
  double share = (double) member->now.fields[RUNNEL_TALLY_CRITICAL] / critical;
  g_autofree char *share_text = g_strdup_printf (_("%.0f %%"), share * 100);
  g_autofree char *median = format_percentile (&member->now, 50);
  g_autofree char *p95 = format_percentile (&member->now, 95);
  g_autofree char *change = describe_change (member);
  RunnelDatum *datum = runnel_datum_new ();

  datum->values[0] = share;
  datum->label = g_strdup_printf ("%s%s%s", share_text, *change != '\0' ? " · " : "", change);
  datum->text = g_strdup_printf (_("%s: %s of the critical path; median %s, 95th percentile %s"),
                                 member->id, share_text, median, p95);
  if (*change != '\0')
    {
      g_autofree char *text = g_steal_pointer (&datum->text);

      datum->text = g_strdup_printf (_("%s, %s than before"), text, change);
    }
  datum->cells = g_strdupv ((char *[]) { member->id, share_text, median, p95, change, NULL });
  return datum;
}

RunnelChart *
runnel_insights_draw_slowest (const RunnelStats *stats)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN };
  gboolean all = is_of_all (stats);
  RunnelChart *chart = runnel_chart_new (
    all ? _("Where Time Goes") : _("Slowest Steps"),
    all ? _("Which part of the time of all runs each pipeline took")
        : _("Which part of the critical paths of all runs each step took"));
  const char *columns[] = { all ? _("Pipeline") : _("Step"), _("Share"), _("Median"),
                            _("95th Percentile"), _("Change"), NULL };
  g_autoptr(GPtrArray) members = sort_members (stats, runnel_stats_compare_slowest);
  g_autoptr(RunnelSeries) series = runnel_series_new ();
  gint64 critical = 0;
  double min, max;

  for (guint i = 0; i < members->len; i++)
    critical += ((const RunnelStatsMember *) members->pdata[i])->now.fields[RUNNEL_TALLY_CRITICAL];
  for (guint i = 0; i < members->len && i < MAX_ROWS; i++)
    {
      const RunnelStatsMember *member = members->pdata[i];

      if (member->now.fields[RUNNEL_TALLY_CRITICAL] > 0)
        take_row (chart, series, member->id, make_slow (member, critical));
    }
  if (runnel_series_get_range (series, 0, &min, &max))
    set_length (chart, max);
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("Nothing has run in this time."));
  runnel_chart_take_layer (chart, runnel_chart_rows_new (series, inks, G_N_ELEMENTS (inks)));
  return chart;
}

/* --- Flakiest --- */

static RunnelDatum *
make_flaky (const RunnelStatsMember *member)
{
  const gint64 *fields = member->now.fields;
  g_autofree char *in_run = runnel_format_number (fields[RUNNEL_TALLY_FLAKES]);
  g_autofree char *between = runnel_format_number (fields[RUNNEL_TALLY_FLIPS]);
  g_autofree char *rate = runnel_format_rate (runnel_tally_get_success_rate (&member->now));
  RunnelDatum *datum = runnel_datum_new ();

  datum->values[0] = fields[RUNNEL_TALLY_FLAKES];
  datum->values[1] = fields[RUNNEL_TALLY_FLIPS];
  datum->label = runnel_format_number (runnel_tally_get_n_flaky (&member->now));
  datum->text = g_strdup_printf (_("%s failed and then succeeded without a change: %s times in one "
                                   "run, %s times in the next"), member->id, in_run, between);
  datum->cells = g_strdupv ((char *[]) { member->id, in_run, between, rate, NULL });
  return datum;
}

RunnelChart *
runnel_insights_draw_flakiest (const RunnelStats *stats)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_MAIN, RUNNEL_INK_OTHER };
  gboolean all = is_of_all (stats);
  RunnelChart *chart = runnel_chart_new (
    all ? _("Flakiest Pipelines") : _("Flakiest Steps"),
    _("How often something failed and then succeeded without a change of definition"));
  const char *columns[] = { all ? _("Pipeline") : _("Step"), _("In One Run"), _("In the Next Run"),
                            _("Success Rate"), NULL };
  g_autoptr(GPtrArray) members = sort_members (stats, runnel_stats_compare_flakiest);
  g_autoptr(RunnelSeries) series = runnel_series_new ();
  double highest = 0;

  for (guint i = 0; i < members->len && i < MAX_ROWS; i++)
    {
      const RunnelStatsMember *member = members->pdata[i];
      gint64 n_flaky = runnel_tally_get_n_flaky (&member->now);

      if (n_flaky > 0)
        take_row (chart, series, member->id, make_flaky (member));
      highest = MAX (highest, n_flaky);
    }
  set_length (chart, MAX (highest, 1));
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("Nothing was flaky in this time."));
  runnel_chart_take_layer (chart, runnel_chart_rows_new (series, inks, G_N_ELEMENTS (inks)));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_MAIN, _("Tried again in the same run"));
  runnel_chart_add_key (chart, RUNNEL_KEY_AREA, RUNNEL_INK_OTHER, _("In the next run"));
  return chart;
}

/* --- Lost --- */

static RunnelDatum *
make_loss (const RunnelStats *stats,
           const RunnelLoss  *loss)
{
  gint64 lost = stats->total.fields[loss->field];
  g_autofree char *duration = runnel_format_duration (lost);
  g_autofree char *share =
    g_strdup_printf (_("%.0f %%"), 100.0 * lost / runnel_tally_get_lost (&stats->total));
  RunnelDatum *datum = runnel_datum_new ();

  datum->values[0] = lost;
  datum->label = g_strdup (duration);
  datum->text = g_strdup_printf (_("%s: %s, %s of the time lost"), _(loss->title), duration, share);
  datum->cells = g_strdupv ((char *[]) { (char *) _(loss->title), duration, share, NULL });
  return datum;
}

RunnelChart *
runnel_insights_draw_losses (const RunnelStats *stats)
{
  const RunnelChartInk inks[] = { RUNNEL_INK_OTHER };
  RunnelChart *chart = runnel_chart_new (_("Time Lost"), _("What time was lost to, over all runs"));
  const char *columns[] = { _("To"), _("Time"), _("Share"), NULL };
  g_autoptr(RunnelSeries) series = runnel_series_new ();
  guint n_losses;
  const RunnelLoss *losses = runnel_figures_get_losses (&n_losses);
  double min, max;

  for (guint i = 0; i < n_losses; i++)
    if (stats->total.fields[losses[i].field] >= MIN_LOSS)
      take_row (chart, series, _(losses[i].title), make_loss (stats, &losses[i]));
  if (runnel_series_get_range (series, 0, &min, &max))
    set_length (chart, max);
  runnel_chart_set_columns (chart, columns);
  runnel_chart_set_empty_text (chart, _("No time was lost."));
  runnel_chart_take_layer (chart, runnel_chart_rows_new (series, inks, G_N_ELEMENTS (inks)));
  return chart;
}
