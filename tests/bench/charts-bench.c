/* charts-bench.c: what the timing chart of a large run costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor of the same run: a look at every span without doing anything with it.
 */
#include <stdio.h>

#include "../charts/charts-fixture.h"
#include "charts/runnel-gantt-layout.h"
#include "charts/runnel-gantt-svg.h"
#include "charts/runnel-gantt-text.h"

#define N_STEPS 10000
#define N_ROUNDS 50

static double
milliseconds_since (gint64 start,
                    guint  n_rounds)
{
  return (g_get_monotonic_time () - start) / 1000.0 / n_rounds;
}

static double
measure_bars (const RunnelGanttTree *tree,
              double                 row_height)
{
  RunnelGanttView view = {
    .axis = runnel_axis_fit (0, tree->timing->end - tree->timing->start, 1400),
    .row_height = row_height, .width = 1400, .height = 800,
  };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr(GArray) bars = NULL;

      view.top = MAX ((N_STEPS * row_height - view.height) * i / N_ROUNDS, 0.0);
      bars = runnel_gantt_list_bars (&view, tree);
    }
  return milliseconds_since (start, N_ROUNDS);
}

static double
measure_floor (const RunnelTiming *timing)
{
  gint64 start = g_get_monotonic_time ();
  volatile gint64 sum = 0;

  for (guint i = 0; i < timing->n_spans; i++)
    sum += timing->spans[i].end - timing->spans[i].start;
  return milliseconds_since (start, 1);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, N_STEPS);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  double near = measure_bars (tree, 26), far = measure_bars (tree, 800.0 / N_STEPS);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *svg = runnel_gantt_to_svg (tree, 0, FALSE);
  double svg_time = milliseconds_since (start, 1), text_time;
  g_autofree char *text = NULL;

  start = g_get_monotonic_time ();
  text = runnel_gantt_to_text (tree, NULL);
  text_time = milliseconds_since (start, 1);
  printf ("%u steps, %u spans; a look at each: %.2f ms\n", N_STEPS, timing->n_spans,
          measure_floor (timing));
  printf ("bars of one frame: %.3f ms with rows to read, %.3f ms with all rows\n", near, far);
  printf ("whole chart as SVG: %.0f ms, as text: %.0f ms\n", svg_time, text_time);
  printf ("{\"benchmark\": \"charts\", \"frame_ms\": %.3f, \"overview_ms\": %.3f, "
          "\"svg_ms\": %.1f, \"text_ms\": %.1f}\n", near, far, svg_time, text_time);
  return 0;
}
