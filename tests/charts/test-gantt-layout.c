/* test-gantt-layout.c: which bar lies where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "charts-fixture.h"
#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-style.h"

static RunnelGanttView
fit_view (const RunnelTiming *timing,
          double              width,
          double              height,
          double              row_height)
{
  return (RunnelGanttView) {
    .axis = runnel_axis_fit (0, timing->end - timing->start, width),
    .row_height = row_height, .width = width, .height = height,
  };
}

static void
test_places (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 600, 200, 20);
  g_autoptr(GArray) bars = runnel_gantt_list_bars (&view, tree);
  const RunnelGanttBar *bar = &g_array_index (bars, RunnelGanttBar, 1);

  /* The second is the attempt of "configure", from 0.5 to 8 of 60 seconds. */
  g_assert_cmpuint (bars->len, ==, timing->n_spans);
  g_assert_cmpfloat_with_epsilon (bar->x, 5.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (bar->width, 75.0, 1e-9);
  g_assert_cmpuint (bar->line, ==, 0);
  g_assert_cmpfloat (bar->y, >, 0.0);
  g_assert_cmpfloat (bar->y + bar->height, <, 20.0);
  g_assert_cmpint (bar->look, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (bar->critical);
  g_assert_false (bar->merged);
}

/* Rows and times outside of the view cost nothing and are not painted. */
static void
test_clipping (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 1000);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 600, 200, 20);
  guint first, end;

  view.top = 4010;
  runnel_axis_zoom (&view.axis, 300, 20);
  runnel_gantt_get_lines (&view, tree, &first, &end);
  g_assert_cmpuint (first, ==, 200);
  g_assert_cmpuint (end, ==, 211);

  g_autoptr(GArray) bars = runnel_gantt_list_bars (&view, tree);
  for (guint i = 0; i < bars->len; i++)
    {
      const RunnelGanttBar *bar = &g_array_index (bars, RunnelGanttBar, i);

      g_assert_cmpuint (bar->line, >=, first);
      g_assert_cmpuint (bar->line, <, end);
      g_assert_cmpfloat (bar->x, >=, -1.0);
      g_assert_cmpfloat (bar->x + bar->width, <=, 602.0);
    }

  view.top = 1e9;
  runnel_gantt_get_lines (&view, tree, &first, &end);
  g_assert_cmpuint (first, ==, end);
  view.top = -1000;
  runnel_gantt_get_lines (&view, tree, &first, &end);
  g_assert_cmpuint (first, ==, end);
}

/* Every span in the view is covered by a bar of its row that weighs at least as much. */
static void
assert_all_covered (const RunnelGanttView *view,
                    const RunnelGanttTree *tree,
                    GArray                *bars)
{
  const RunnelTiming *timing = tree->timing;
  guint next = 0;

  for (guint line = 0; line < tree->n_lines; line++)
    {
      const RunnelTimingRow *facts = &timing->rows[tree->lines[line].row];
      guint first = next;

      while (next < bars->len && g_array_index (bars, RunnelGanttBar, next).line == line)
        next++;
      for (guint i = facts->first_span; i < facts->first_span + facts->n_spans; i++)
        {
          double x = runnel_gantt_get_x (view, timing, timing->spans[i].start);
          gboolean covered = FALSE;

          for (guint j = first; j < next; j++)
            {
              const RunnelGanttBar *bar = &g_array_index (bars, RunnelGanttBar, j);

              covered |= bar->x <= x + 1.01 && bar->x + bar->width >= x - 0.01;
            }
          g_assert_true (covered);
        }
    }
}

static void
test_narrow_spans_merge (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 300);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 50, 300 * 20, 20);
  g_autoptr(GArray) bars = runnel_gantt_list_bars (&view, tree);

  g_assert_cmpuint (bars->len, <, timing->n_spans);
  assert_all_covered (&view, tree, bars);
}

/* One failure of a microsecond among a thousand successes in one pixel is seen. */
static void
test_failure_is_not_lost (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);

      if (i != 500)
        add_success (&run, id, 0, 0, 1000);
      else
        {
          step = add_step (&run, id, RUNNEL_STATE_FAILED, 0, 500.000001);
          add_attempt (step, RUNNEL_STATE_FAILED, 500, 500.000001);
        }
    }
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (1000));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);

  for (double row_height = 20; row_height > 0.001; row_height /= 3)
    {
      RunnelGanttView view = fit_view (timing, 100, 1000 * row_height, row_height);
      g_autoptr(GArray) bars = runnel_gantt_list_bars (&view, tree);
      gboolean seen = FALSE;

      for (guint i = 0; i < bars->len; i++)
        seen |= g_array_index (bars, RunnelGanttBar, i).look == RUNNEL_STATE_FAILED;
      g_assert_true (seen);
    }
}

/* Ten thousand rows on a screen: as many bars as there are pixels at most, none of them odd. */
static void
test_many_rows (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 10000);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 800, 500, 0.05);
  g_autoptr(GArray) bars = runnel_gantt_list_bars (&view, tree);

  g_assert_cmpuint (bars->len, >, 500);
  g_assert_cmpuint (bars->len, <=, 800 * 500);
  for (guint i = 0; i < bars->len; i++)
    {
      const RunnelGanttBar *bar = &g_array_index (bars, RunnelGanttBar, i);

      g_assert_cmpfloat (bar->x, >=, 0.0);
      g_assert_cmpfloat (bar->x + bar->width, <=, 800.0);
      g_assert_cmpfloat (bar->y, ==, floor (bar->y));
      g_assert_cmpfloat (bar->height, ==, 1.0);
      g_assert_cmpuint (bar->line, <, tree->n_lines);
    }
}

/* Where lines share pixels, each span is covered by something that matters as much, a pixel off at
 * most, whatever part is seen. */
static void
test_overview (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 2000);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);

  for (double row_height = 0.9; row_height > 0.05; row_height /= 2)
    {
      RunnelGanttView view = fit_view (timing, 700, 300, row_height);
      g_autoptr(GArray) bars = NULL;

      runnel_axis_zoom (&view.axis, g_rand_double_range (rand, 0, 700), 3);
      view.top = MAX (2000 * row_height - 300, 0) / 2;
      bars = runnel_gantt_list_bars (&view, tree);
      for (guint line = 0; line < tree->n_lines; line++)
        {
          const RunnelTimingRow *row = &timing->rows[tree->lines[line].row];
          double y = floor (line * row_height) - floor (view.top);

          for (guint i = row->first_span; y >= 0 && y < 300 && i < row->first_span + row->n_spans; i++)
            {
              guint weight = runnel_gantt_style_get_weight (
                runnel_gantt_get_look (timing, tree->lines[line].row, i));
              double x = runnel_gantt_get_x (&view, timing, timing->spans[i].start);
              gboolean covered = x < 0 || x >= 699;

              for (guint j = 0; j < bars->len && !covered; j++)
                {
                  const RunnelGanttBar *bar = &g_array_index (bars, RunnelGanttBar, j);

                  covered = bar->y == y && bar->x <= x + 2 && bar->x + bar->width >= x - 1 &&
                            runnel_gantt_style_get_weight (bar->look) >= weight;
                }
              g_assert_true (covered);
            }
        }
    }
}

/* The same by looking at every span of the row. */
static RunnelGanttHit
hit_slowly (const RunnelGanttView *view,
            const RunnelGanttTree *tree,
            double                 x,
            guint                  line,
            double                 tolerance)
{
  const RunnelTiming *timing = tree->timing;
  const RunnelTimingRow *facts = &timing->rows[tree->lines[line].row];
  RunnelGanttHit hit = { line, -1 };
  double best = tolerance;

  for (guint i = facts->first_span; i < facts->first_span + facts->n_spans; i++)
    {
      double left = runnel_gantt_get_x (view, timing, timing->spans[i].start);
      double right = MAX (runnel_gantt_get_x (view, timing, timing->spans[i].end), left + 1.0);
      double distance = x < left ? left - x : x > right ? x - right : 0.0;

      if (distance <= best)
        {
          best = distance;
          hit.span = i;
        }
    }
  return hit;
}

static void
test_hit_like_brute_force (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 200);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 800, 4000, 20);

  for (guint i = 0; i < 20000; i++)
    {
      double x = g_rand_double_range (rand, -10, 810);
      guint row = g_rand_int_range (rand, 0, 200);
      RunnelGanttHit expected, hit;

      if (i % 100 == 0)
        {
          view.axis = runnel_axis_fit (0, timing->end - timing->start, 800);
          runnel_axis_zoom (&view.axis, g_rand_double_range (rand, 0, 800),
                            g_rand_double_range (rand, 0.5, 50));
        }
      expected = hit_slowly (&view, tree, x, row, 3);
      g_assert_true (runnel_gantt_hit (&view, tree, x, row * 20 + 10, 3, &hit));
      g_assert_cmpuint (hit.line, ==, row);
      g_assert_cmpint (hit.span, ==, expected.span);
    }
}

static void
test_hit_nothing (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttView view = fit_view (timing, 600, 1000, 20);
  RunnelGanttHit hit;

  g_assert_false (runnel_gantt_hit (&view, tree, 10, -1, 3, &hit));
  g_assert_false (runnel_gantt_hit (&view, tree, 10, tree->n_lines * 20 + 1, 3, &hit));
  g_assert_true (runnel_gantt_hit (&view, tree, 500, 10, 3, &hit));
  g_assert_cmpint (hit.span, ==, -1);
}

/* No two states look alike without their colour. */
static void
test_styles_differ (void)
{
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    for (guint j = 0; j < i; j++)
      {
        g_assert_cmpstr (runnel_gantt_style_get_sign (i), !=, runnel_gantt_style_get_sign (j));
        g_assert_cmpint (runnel_gantt_style_get_letter (i), !=, runnel_gantt_style_get_letter (j));
        g_assert_cmpuint (runnel_gantt_style_get_weight (i), !=,
                          runnel_gantt_style_get_weight (j));
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/gantt-layout/places", test_places);
  g_test_add_func ("/charts/gantt-layout/clipping", test_clipping);
  g_test_add_func ("/charts/gantt-layout/narrow-spans-merge", test_narrow_spans_merge);
  g_test_add_func ("/charts/gantt-layout/failure-is-not-lost", test_failure_is_not_lost);
  g_test_add_func ("/charts/gantt-layout/many-rows", test_many_rows);
  g_test_add_func ("/charts/gantt-layout/overview", test_overview);
  g_test_add_func ("/charts/gantt-layout/hit-like-brute-force", test_hit_like_brute_force);
  g_test_add_func ("/charts/gantt-layout/hit-nothing", test_hit_nothing);
  g_test_add_func ("/charts/gantt-layout/styles-differ", test_styles_differ);
  return g_test_run ();
}
