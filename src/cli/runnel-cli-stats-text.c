/* runnel-cli-stats-text.c: statistics on the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdio.h>

#include "charts/runnel-figures.h"
#include "charts/runnel-sparkline.h"
#include "cli/runnel-cli-stats.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "util/runnel-format.h"
#include "util/runnel-local-hour.h"
#include "util/runnel-sort.h"

#define MAX_LINE 60      /* columns of a line of blocks */
#define MAX_MEMBERS 25
#define MAX_OUTLIERS 5

static const char *const step_titles[] = {
  "STEP", "RUNS", "SUCCESS", "MEDIAN", "P95", "CHANGE", "CRITICAL", "FLAKY", "RETRIES", "WAITED", NULL
};

static const char *const pipeline_titles[] = {
  "PIPELINE", "RUNS", "SUCCESS", "MEDIAN", "P95", "CHANGE", "SHARE", "FLAKY", "RETRIES", "WAITED", NULL
};

static char *
format_percentile (const RunnelTally *tally,
                   guint              percent)
{
  gint64 duration = runnel_histogram_get_percentile (&tally->durations, percent);

  return duration >= 0 ? runnel_format_duration (duration) : g_strdup ("–");
}

/* --- What it is about, and the numbers that matter most --- */

static void
print_title (const RunnelStats      *stats,
             const RunnelStatsQuery *query)
{
  g_autofree char *since = runnel_format_time (stats->since);
  g_autofree char *until = runnel_format_time (stats->until);
  g_autofree char *name =
    runnel_text_make_line (query->pipeline ? query->pipeline : "all pipelines");
  g_autofree char *step = query->step ? runnel_text_make_line (query->step) : NULL;

  printf ("%s%s%s  %s%s to %s%s\n\n", name, step ? ", step " : "", step ? step : "",
          runnel_terminal_get_dim (), since, until, runnel_terminal_get_reset ());
}

static void
print_figures (const RunnelStats *stats)
{
  g_autoptr(GPtrArray) figures = runnel_figures_list (stats);

  for (guint i = 0; i < figures->len; i++)
    {
      const RunnelFigure *figure = g_ptr_array_index (figures, i);
      g_autoptr(GString) line = g_string_new (NULL);

      runnel_text_append_padded (line, figure->title, 18);
      runnel_text_append_padded (line, figure->value, 14);
      if (figure->change)
        g_string_append_printf (line, "%s%s%s", runnel_figure_get_arrow (figure),
                                figure->direction != 0 ? " " : "", figure->change);
      printf ("%s\n", g_strchomp (line->str));
    }
}

/* --- Lines of blocks --- */

/* One line: what it shows of a tally, and how that reads. */
typedef struct
{
  const char *title;
  double (*get) (const RunnelTally *tally); /* NAN = nothing can be said */
  char *(*format) (double value);
  double nothing;                           /* where there were no runs */
} Line;

static double
get_n_runs (const RunnelTally *tally)
{
  return runnel_tally_get_n_judged (tally) + tally->fields[RUNNEL_TALLY_CANCELLED];
}

static double
get_failures (const RunnelTally *tally)
{
  double rate = runnel_tally_get_success_rate (tally);

  return rate < 0 ? NAN : 1 - rate;
}

static double
get_percentile (const RunnelTally *tally,
                guint              percent)
{
  gint64 duration = runnel_histogram_get_percentile (&tally->durations, percent);

  return duration < 0 ? NAN : (double) duration;
}

static double
get_median (const RunnelTally *tally)
{
  return get_percentile (tally, 50);
}

static double
get_p95 (const RunnelTally *tally)
{
  return get_percentile (tally, 95);
}

static char *
format_number (double value)
{
  return runnel_format_number ((gint64) value);
}

static char *
format_duration (double value)
{
  return runnel_format_duration ((gint64) value);
}

/* One value for each hour or day of the range. */
static double *
spread (const RunnelStats *stats,
        const Line        *line,
        guint             *ret_n)
{
  const RunnelStatsPeriod *periods = (const RunnelStatsPeriod *) stats->periods->data;
  gint64 first = periods[0].hour / stats->unit;
  gint64 last = periods[stats->periods->len - 1].hour / stats->unit;
  double *values = g_new (double, last - first + 1);

  *ret_n = last - first + 1;
  for (guint i = 0; i < *ret_n; i++)
    values[i] = line->nothing;
  for (guint i = 0; i < stats->periods->len; i++)
    values[periods[i].hour / stats->unit - first] = line->get (&periods[i].tally);

  return values;
}

static double
find_largest (const double *values,
              guint         n_values)
{
  double largest = 0;

  for (guint i = 0; i < n_values; i++)
    if (values[i] > largest)
      largest = values[i];

  return largest;
}

static void
print_line (const RunnelStats *stats,
            const Line        *line)
{
  guint n_values;
  g_autofree double *values = spread (stats, line, &n_values);
  g_autofree char *blocks =
    runnel_sparkline_new (values, n_values, MAX_LINE, !g_get_charset (NULL));
  g_autofree char *largest = line->format (find_largest (values, n_values));

  printf ("%-18s%s  %sup to %s%s\n", line->title, blocks, runnel_terminal_get_dim (), largest,
          runnel_terminal_get_reset ());
}

static void
print_lines (const RunnelStats *stats)
{
  const Line lines[] = {
    { stats->unit == 1 ? "Runs an hour" : "Runs a day", get_n_runs, format_number, 0 },
    { "Failures", get_failures, runnel_format_rate, NAN },
    { "Median duration", get_median, format_duration, NAN },
    { "95th percentile", get_p95, format_duration, NAN },
  };

  if (stats->periods->len < 2)
    return;
  putchar ('\n');
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    print_line (stats, &lines[i]);
}

/* --- What time was lost to --- */

static void
print_losses (const RunnelStats *stats)
{
  guint n_losses;
  const RunnelLoss *losses = runnel_figures_get_losses (&n_losses);
  gint64 lost = runnel_tally_get_lost (&stats->total);

  if (lost <= 0)
    return;
  printf ("\n%sTime lost%s\n", runnel_terminal_get_dim (), runnel_terminal_get_reset ());
  for (guint i = 0; i < n_losses; i++)
    {
      gint64 part = stats->total.fields[losses[i].field];
      g_autofree char *duration = runnel_format_duration (part);

      if (part > 0)
        printf ("%-34s%-14s%3.0f %%\n", losses[i].title, duration, 100.0 * part / lost);
    }
}

/* --- Steps, or pipelines --- */

/* Of the median, against the range before. */
static char *
format_change (const RunnelStatsMember *member)
{
  gint64 now = runnel_histogram_get_percentile (&member->now.durations, 50);
  gint64 before = runnel_histogram_get_percentile (&member->before.durations, 50);

  double percent = before > 0 ? 100.0 * (now - before) / before : 0;

  if (now < 0 || fabs (percent) < 1)
    return g_strdup ("");

  return g_strdup_printf ("%+.0f %%", percent);
}

static char *
format_count (gint64 count)
{
  return count > 0 ? runnel_format_number (count) : g_strdup ("");
}

static gint64
get_waited (const RunnelTally *tally)
{
  return runnel_tally_get_lost (tally) - tally->fields[RUNNEL_TALLY_RETRYING] -
         tally->fields[RUNNEL_TALLY_ROLLING_BACK];
}

static void
add_member (RunnelCliTable          *table,
            const RunnelStatsMember *member,
            gint64                   critical)
{
  const gint64 *fields = member->now.fields;
  gint64 waited = get_waited (&member->now);
  char *cells[] = {
    runnel_text_make_line (member->id),
    format_number (get_n_runs (&member->now)),
    runnel_format_rate (runnel_tally_get_success_rate (&member->now)),
    format_percentile (&member->now, 50),
    format_percentile (&member->now, 95),
    format_change (member),
    critical > 0 ? g_strdup_printf ("%.0f %%", 100.0 * fields[RUNNEL_TALLY_CRITICAL] / critical)
                 : g_strdup (""),
    format_count (runnel_tally_get_n_flaky (&member->now)),
    format_count (fields[RUNNEL_TALLY_RETRIES]),
    waited > 0 ? runnel_format_duration (waited) : g_strdup (""),
  };

  runnel_cli_table_take_row (table, cells, RUNNEL_STATE_SUCCEEDED);
}

static void
print_members (const RunnelStats      *stats,
               const RunnelStatsQuery *query)
{
  g_autoptr(RunnelCliTable) table =
    runnel_cli_table_new (query->pipeline ? step_titles : pipeline_titles, /* flexible= */ 0);
  g_autoptr(GPtrArray) members = g_ptr_array_new ();
  gint64 critical = 0;

  if (query->step || stats->members->len == 0)
    return;
  g_ptr_array_extend (members, stats->members, NULL, NULL);
  runnel_sort (members->pdata, members->len, sizeof (gpointer), runnel_stats_compare_slowest);
  for (guint i = 0; i < members->len; i++)
    critical += ((const RunnelStatsMember *) members->pdata[i])->now.fields[RUNNEL_TALLY_CRITICAL];
  for (guint i = 0; i < members->len && i < MAX_MEMBERS; i++)
    add_member (table, g_ptr_array_index (members, i), critical);
  putchar ('\n');
  runnel_cli_table_print (table);
  if (members->len > MAX_MEMBERS)
    printf ("… and %u more; --json and --csv have all\n", members->len - MAX_MEMBERS);
}

/* --- Outliers --- */

static int
compare_durations (gconstpointer a,
                   gconstpointer b)
{
  const RunnelStatsPoint *left = *(const RunnelStatsPoint *const *) a;
  const RunnelStatsPoint *right = *(const RunnelStatsPoint *const *) b;

  return (left->duration < right->duration) - (left->duration > right->duration);
}

static GPtrArray *
list_outliers (const RunnelStats *stats)
{
  GPtrArray *outliers = g_ptr_array_new ();

  for (guint i = 0; i < stats->points->len; i++)
    {
      RunnelStatsPoint *point = &g_array_index (stats->points, RunnelStatsPoint, i);

      if (point->outlier)
        g_ptr_array_add (outliers, point);
    }
  runnel_sort (outliers->pdata, outliers->len, sizeof (gpointer), compare_durations);

  return outliers;
}

static void
print_outliers (const RunnelStats *stats)
{
  g_autoptr(GPtrArray) outliers = list_outliers (stats);

  if (outliers->len == 0)
    return;
  printf ("\n%sFar slower than usual%s\n", runnel_terminal_get_dim (),
          runnel_terminal_get_reset ());
  for (guint i = 0; i < outliers->len && i < MAX_OUTLIERS; i++)
    {
      const RunnelStatsPoint *point = g_ptr_array_index (outliers, i);
      g_autofree char *duration = runnel_format_duration (point->duration);
      g_autofree char *started = runnel_format_time (point->started);

      printf ("run %-14" G_GINT64_FORMAT "%-14s%s\n", point->run, duration, started);
    }
}

void
runnel_cli_stats_print_text (const RunnelStats      *stats,
                             const RunnelStatsQuery *query)
{
  print_title (stats, query);
  if (stats->periods->len == 0)
    {
      printf ("There were no runs in this time; --since all looks at all of it.\n");
      return;
    }
  print_figures (stats);
  print_lines (stats);
  print_losses (stats);
  print_members (stats, query);
  print_outliers (stats);
}
