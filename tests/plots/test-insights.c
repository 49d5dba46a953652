/* test-insights.c: statistics as charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "../golden.h"
#include "designer/plots/runnel-chart-file.h"
#include "designer/plots/runnel-insights.h"
#include "sample-stats.h"

typedef RunnelChart *(*DrawFunc) (const RunnelStats *stats);

static const struct
{
  const char *name;
  DrawFunc draw;
} charts[] = {
  { "durations", runnel_insights_draw_durations },
  { "success", runnel_insights_draw_success },
  { "throughput", runnel_insights_draw_throughput },
  { "calendar", runnel_insights_draw_calendar },
  { "slowest", runnel_insights_draw_slowest },
  { "flakiest", runnel_insights_draw_flakiest },
  { "losses", runnel_insights_draw_losses },
  { "grid", runnel_insights_draw_grid },
};

static void
assert_picture (RunnelChart  *chart,
                RunnelScheme  scheme,
                const char   *name,
                const char   *ending)
{
  g_autoptr(GBytes) svg = runnel_chart_to_svg (chart, scheme, 420, runnel_chart_get_height (chart));
  g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_autofree char *file = g_strconcat (name, ending, NULL);

  assert_golden (text, "plots", file);
}

static void
test_golden (void)
{
  g_autoptr(RunnelStats) days = sample_stats_new ();
  g_autoptr(RunnelStats) hours = sample_hours_new ();

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      g_autoptr(RunnelChart) chart = charts[i].draw (days);

      assert_picture (chart, RUNNEL_SCHEME_LIGHT, charts[i].name, ".svg");
    }
  for (guint i = 0; i < 4; i++) /* those by time */
    {
      g_autoptr(RunnelChart) chart = charts[i].draw (hours);

      assert_picture (chart, RUNNEL_SCHEME_DARK, charts[i].name, "-hours.svg");
    }
}

static void
assert_table (DrawFunc          draw,
              const RunnelStats *stats,
              const char        *expected)
{
  g_autoptr(RunnelChart) chart = draw (stats);
  g_autofree char *csv = runnel_chart_to_csv (chart);

  if (!g_str_has_prefix (csv, expected))
    g_assert_cmpstr (csv, ==, expected);
}

/* the table says the same as the picture */
static void
test_tables (void)
{
  g_autoptr(RunnelStats) days = sample_stats_new ();
  g_autoptr(RunnelStats) hours = sample_hours_new ();

  assert_table (runnel_insights_draw_durations, days,
                "When,Succeeded,Median,95th Percentile,Run,Duration\n"
                "\"Mon, 5 Jan 2026\",3,43 s,45 s,,\n\"Tue, 6 Jan 2026\",4,45 s,51 s,,\n");
  assert_table (runnel_insights_draw_success, hours,
                "When,Success Rate,Failed,Of\n\"Mon, 5 Jan, 00:00\",100.0 %,0,1\n");
  assert_table (runnel_insights_draw_throughput, days,
                "When,Succeeded,Failed,Cancelled,Attempts\n\"Mon, 5 Jan 2026\",3,0,0,6\n");
  assert_table (runnel_insights_draw_calendar, days,
                "When,Runs,Failed\n\"Mon, 5 Jan 2026\",3,0\n");
  assert_table (runnel_insights_draw_slowest, days,
                "Step,Share,Median,95th Percentile,Change\n"
                "integration-tests,65 %,1 min 27 s,1 min 54 s,\ncompile,35 %,1 min 1 s,1 min 27 s,7 % slower\n");
  assert_table (runnel_insights_draw_flakiest, days,
                "Step,In One Run,In the Next Run,Success Rate\n"
                "integration-tests,4,3,95.2 %\ncompile,1,0,95.2 %\n");
  assert_table (runnel_insights_draw_losses, days,
                "To,Time,Share\nWaiting for a free place,5 min 0 s,77 %\n"
                "Repeated attempts,1 min 30 s,23 %\n");
  assert_table (runnel_insights_draw_grid, days,
                "Run,Started,Step,State\n15,2026-01-05 15:00:00,the run,succeeded\n"
                "15,2026-01-05 15:00:00,compile,succeeded\n16,2026-01-05 16:00:00,the run,failed\n");
}

/* nothing breaks where there is nothing */
static void
test_empty (void)
{
  g_autoptr(RunnelStats) stats = runnel_stats_new ();

  stats->since = T0;
  stats->until = T0 + DAY;
  stats->unit = 1;
  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      g_autoptr(RunnelChart) chart = charts[i].draw (stats);
      g_autoptr(GBytes) svg = runnel_chart_to_svg (chart, RUNNEL_SCHEME_LIGHT, 300,
                                                   runnel_chart_get_height (chart));

      g_assert_nonnull (runnel_chart_get_empty_text (chart));
      g_assert_null (strstr (g_bytes_get_data (svg, NULL), "nan"));
    }
}

/* names of steps are somebody's: they are text, not SVG */
static void
test_hostile (void)
{
  g_autoptr(RunnelStats) stats = sample_stats_new ();
  g_autoptr(RunnelChart) chart = NULL;
  g_autoptr(GBytes) svg = NULL;

  sample_member (stats, "</text><script>alert (1)</script>", 9000, 50, 50);
  chart = runnel_insights_draw_slowest (stats);
  svg = runnel_chart_to_svg (chart, RUNNEL_SCHEME_LIGHT, 900, runnel_chart_get_height (chart));
  g_assert_null (strstr (g_bytes_get_data (svg, NULL), "<script"));
  g_assert_nonnull (strstr (g_bytes_get_data (svg, NULL), "&lt;script"));
}

static void
test_png (void)
{
  g_autoptr(RunnelStats) stats = sample_stats_new ();
  g_autoptr(RunnelChart) chart = runnel_insights_draw_durations (stats);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = runnel_chart_to_png (chart, RUNNEL_SCHEME_DARK, 300, 200, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
  g_clear_pointer (&png, g_bytes_unref);
  png = runnel_chart_to_png (chart, RUNNEL_SCHEME_DARK, 300, 200, 1000, &error);
  g_assert_null (png);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plots/insights/golden", test_golden);
  g_test_add_func ("/plots/insights/tables", test_tables);
  g_test_add_func ("/plots/insights/empty", test_empty);
  g_test_add_func ("/plots/insights/hostile", test_hostile);
  g_test_add_func ("/plots/insights/png", test_png);

  return g_test_run ();
}
