/* test-figures.c: statistics in a few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-figures.h"

#define SECOND G_TIME_SPAN_SECOND

static void
fill (RunnelTally *tally,
      guint        n_succeeded,
      guint        n_failed,
      gint64       duration)
{
  tally->fields[RUNNEL_TALLY_SUCCEEDED] = n_succeeded;
  tally->fields[RUNNEL_TALLY_FAILED] = n_failed;
  for (guint i = 0; i < n_succeeded; i++)
    runnel_histogram_add (&tally->durations, duration);
}

static const RunnelFigure *
find (GPtrArray  *figures,
      const char *title)
{
  for (guint i = 0; i < figures->len; i++)
    {
      const RunnelFigure *figure = figures->pdata[i];

      if (g_str_equal (figure->title, title))
        return figure;
    }
  g_assert_not_reached ();
}

static void
assert_figure (GPtrArray    *figures,
               const char   *title,
               const char   *value,
               const char   *change,
               const char   *arrow,
               RunnelVerdict verdict)
{
  const RunnelFigure *figure = find (figures, title);

  g_assert_cmpstr (figure->value, ==, value);
  g_assert_cmpstr (figure->change, ==, change);
  g_assert_cmpstr (runnel_figure_get_arrow (figure), ==, arrow);
  g_assert_cmpint (figure->verdict, ==, verdict);
}

static void
test_changes (void)
{
  g_autoptr(RunnelStats) stats = runnel_stats_new ();
  g_autoptr(GPtrArray) figures = NULL;

  stats->whole_before = TRUE;
  fill (&stats->total, 90, 10, 20 * SECOND);
  fill (&stats->before, 49, 1, 20 * SECOND);
  stats->total.fields[RUNNEL_TALLY_QUEUED] = 300 * SECOND;
  stats->before.fields[RUNNEL_TALLY_QUEUED] = 300 * SECOND;
  stats->total.fields[RUNNEL_TALLY_FLIPS] = 6;
  stats->before.fields[RUNNEL_TALLY_FLAKES] = 4;
  figures = runnel_figures_list (stats);
  assert_figure (figures, "Runs", "100", "100 % more", "↑", RUNNEL_VERDICT_NONE);
  assert_figure (figures, "Success rate", "90.0 %", "8.0 points less", "↓", RUNNEL_VERDICT_WORSE);
  assert_figure (figures, "Median duration", "20 s", "as before", "", RUNNEL_VERDICT_NONE);
  assert_figure (figures, "Time lost a run", "3.0 s", "50 % less", "↓", RUNNEL_VERDICT_BETTER);
  assert_figure (figures, "Flaky", "6", "50 % more", "↑", RUNNEL_VERDICT_WORSE);
}

/* what was before the first run says nothing about how many there were */
static void
test_part_before (void)
{
  g_autoptr(RunnelStats) stats = runnel_stats_new ();
  g_autoptr(GPtrArray) figures = NULL;

  fill (&stats->total, 100, 0, 60 * SECOND);
  fill (&stats->before, 1, 0, 10 * SECOND);
  figures = runnel_figures_list (stats);
  assert_figure (figures, "Runs", "100", NULL, "", RUNNEL_VERDICT_NONE);
  g_assert_true (g_str_has_suffix (find (figures, "Median duration")->change, "times as much"));
}

/* with nothing before there is no change, and of nothing there is no rate */
static void
test_nothing (void)
{
  g_autoptr(RunnelStats) stats = runnel_stats_new ();
  g_autoptr(GPtrArray) figures = runnel_figures_list (stats);

  assert_figure (figures, "Runs", "0", NULL, "", RUNNEL_VERDICT_NONE);
  assert_figure (figures, "Success rate", "–", NULL, "", RUNNEL_VERDICT_NONE);
  assert_figure (figures, "95th percentile", "–", NULL, "", RUNNEL_VERDICT_NONE);
  assert_figure (figures, "Time lost a run", "–", NULL, "", RUNNEL_VERDICT_NONE);
}

static void
test_rates (void)
{
  g_autofree char *nearly = runnel_format_rate (0.99999);
  g_autofree char *all = runnel_format_rate (1);
  g_autofree char *third = runnel_format_rate (1.0 / 3);

  g_assert_cmpstr (nearly, ==, "99.9 %");
  g_assert_cmpstr (all, ==, "100.0 %");
  g_assert_cmpstr (third, ==, "33.3 %");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/figures/changes", test_changes);
  g_test_add_func ("/charts/figures/part-before", test_part_before);
  g_test_add_func ("/charts/figures/nothing", test_nothing);
  g_test_add_func ("/charts/figures/rates", test_rates);

  return g_test_run ();
}
