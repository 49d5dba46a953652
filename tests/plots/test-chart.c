/* test-chart.c: a chart: what is where in it, and where keys lead
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "charts/runnel-chart-palette.h"
#include "designer/plots/runnel-chart-frame.h"
#include "designer/plots/runnel-insights.h"
#include "sample-stats.h"

#define WIDTH 500.0
#define HEIGHT 220.0

typedef struct
{
  RunnelGlyphs *glyphs;
  RunnelStats *stats;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->glyphs = runnel_glyphs_new ();
  fixture->stats = sample_stats_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  runnel_glyphs_free (fixture->glyphs);
  runnel_stats_free (fixture->stats);
}

static RunnelDatum *
find (Fixture     *fixture,
      RunnelChart *chart,
      double       x,
      double       y)
{
  return runnel_chart_get_datum (chart, runnel_chart_find (chart, fixture->glyphs, WIDTH, HEIGHT,
                                                           x, y));
}

/* Walks through a layer from its first item on: each is found where it says that it is. */
static guint
walk (Fixture          *fixture,
      RunnelChart      *chart,
      RunnelChartPlace  place,
      int               right,
      int               down)
{
  guint n_items = 0;

  for (;;)
    {
      RunnelBox box = runnel_chart_get_box (chart, fixture->glyphs, WIDTH, HEIGHT, place);
      RunnelDatum *datum = runnel_chart_get_datum (chart, place);
      RunnelChartPlace next = runnel_chart_move (chart, place, right, down);

      g_assert_cmpfloat (box.x0, >=, 0);
      g_assert_cmpfloat (box.x1, <=, WIDTH);
      g_assert_cmpstr (datum->text, !=, "");
      g_assert_true (find (fixture, chart, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) == datum);
      n_items++;
      if (next.layer != place.layer || next.item == place.item)
        return n_items;
      place = next;
    }
}

static void
test_bars (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_insights_draw_throughput (fixture->stats);
  RunnelChartPlace first = runnel_chart_move (chart, RUNNEL_CHART_NOWHERE, 1, 0);

  g_assert_cmpuint (walk (fixture, chart, first, 1, 0), ==, 12);
  g_assert_null (find (fixture, chart, 2, 2));
}

static void
test_rows (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_insights_draw_slowest (fixture->stats);
  RunnelChartPlace first = runnel_chart_move (chart, RUNNEL_CHART_NOWHERE, 0, 1);

  g_assert_cmpuint (walk (fixture, chart, first, 0, 1), ==, 2);
  /* the name of a step means its bar */
  g_assert_nonnull (find (fixture, chart, 5, 40));
}

static void
test_cells (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_insights_draw_calendar (fixture->stats);
  g_autoptr(RunnelChart) grid = runnel_insights_draw_grid (fixture->stats);
  RunnelChartPlace first = runnel_chart_move (chart, RUNNEL_CHART_NOWHERE, 1, 0), place;

  g_assert_cmpuint (walk (fixture, chart, first, 0, 1), ==, 7);
  g_assert_cmpuint (walk (fixture, chart, first, 1, 0), ==, 2);
  g_assert_cmpuint (walk (fixture, grid, first, 1, 0), ==, 3);
  place = runnel_chart_move (grid, first, 0, 1);
  place = runnel_chart_move (grid, place, 0, 1); /* the first run has no second step */
  g_assert_cmpstr (runnel_chart_get_datum (grid, place)->text, ==,
                   "Run 15, 2026-01-05 15:00:00: compile succeeded");
  g_assert_cmpint (runnel_chart_get_datum (grid, place)->run, ==, 15);
}

/* up and down lead from the line to the outliers and back */
static void
test_layers (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_insights_draw_durations (fixture->stats);
  RunnelChartPlace line = runnel_chart_move (chart, RUNNEL_CHART_NOWHERE, 1, 0), outlier, back;

  g_assert_cmpint (runnel_chart_get_datum (chart, line)->run, ==, 0);
  outlier = runnel_chart_move (chart, line, 0, -1);
  g_assert_cmpint (runnel_chart_get_datum (chart, outlier)->run, ==, 12);
  g_assert_cmpuint (walk (fixture, chart, outlier, 1, 0), ==, 2);
  back = runnel_chart_move (chart, outlier, 0, 1);
  g_assert_cmpuint (back.layer, ==, line.layer);
  back = runnel_chart_move (chart, back, 0, 1);
  g_assert_cmpuint (back.layer, ==, line.layer);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_chart_new ("Nothing", "Nothing at all");

  g_assert_true (runnel_chart_is_empty (chart));
  g_assert_null (find (fixture, chart, 50, 50));
  g_assert_null (runnel_chart_get_datum (chart, runnel_chart_move (chart, RUNNEL_CHART_NOWHERE,
                                                                   1, 0)));
}

/* --- The palette --- */

/* How many rectangles a box is filled with. */
static guint
count_boxes (RunnelPattern pattern,
             double        width,
             double        height)
{
  RunnelGlyphs *glyphs = runnel_glyphs_new ();
  RunnelPen *pen = runnel_pen_new_svg (glyphs);
  const RunnelChartFrame frame = { .pen = pen };
  const RunnelBox box = { 10, 10, 10 + width, 10 + height };
  GString *svg;
  guint n_boxes = 0;

  _runnel_chart_frame_fill (&frame, &box, 0xff0000ff, pattern);
  svg = runnel_pen_finish_svg (pen, &box, "", "");
  for (const char *rect = strstr (svg->str, "<rect"); rect; rect = strstr (rect + 1, "<rect"))
    n_boxes++;
  g_string_free (svg, TRUE);
  runnel_pen_free (pen);
  runnel_glyphs_free (glyphs);
  return n_boxes;
}

/* What is too thin for a pattern has stripes across, and is not taken for what is solid. */
static void
test_thin_pattern (void)
{
  guint n_solid = count_boxes (RUNNEL_PATTERN_SOLID, 2, 40);

  g_assert_cmpuint (count_boxes (RUNNEL_PATTERN_RISING, 20, 40), ==, n_solid);
  g_assert_cmpuint (count_boxes (RUNNEL_PATTERN_RISING, 2, 40), ==, n_solid + 8);
  g_assert_cmpuint (count_boxes (RUNNEL_PATTERN_RISING, 40, 2), ==, n_solid + 8);
  g_assert_cmpuint (count_boxes (RUNNEL_PATTERN_RISING, 2, 2), ==, n_solid);
}

/* WCAG 2.1, relative luminance and contrast ratio */
static double
get_luminance (guint32 color)
{
  double sum = 0;
  const double weights[] = { 0.0722, 0.7152, 0.2126 };

  for (guint i = 0; i < 3; i++)
    {
      double part = ((color >> (8 * i)) & 0xff) / 255.0;

      sum += weights[i] * (part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static double
get_contrast (guint32 a,
              guint32 b)
{
  double lighter = MAX (get_luminance (a), get_luminance (b));
  double darker = MIN (get_luminance (a), get_luminance (b));

  return (lighter + 0.05) / (darker + 0.05);
}

static void
test_palette (void)
{
  for (guint i = 0; i < RUNNEL_N_SCHEMES; i++)
    {
      const RunnelChartPalette *palette = runnel_chart_palette_get (i);
      const RunnelChartColors *colors = runnel_gantt_style_get_colors (i);
      double wanted = i >= RUNNEL_SCHEME_HIGH_CONTRAST ? 7 : 3;

      for (guint ink = 0; ink < RUNNEL_N_CHART_INKS; ink++)
        g_assert_cmpfloat (get_contrast (palette->inks[ink], colors->background), >=, wanted);
      for (guint heat = 1; heat < RUNNEL_CHART_HEATS; heat++)
        g_assert_cmpfloat (get_contrast (palette->heats[heat], colors->background), >,
                           get_contrast (palette->heats[heat - 1], colors->background) * 1.3);
      g_assert_cmpfloat (get_contrast (colors->dimmed_text, colors->background), >=, 4.5);
    }
  for (guint a = 0; a < RUNNEL_N_CHART_INKS; a++)
    for (guint b = 0; b < a; b++)
      g_assert_cmpint (runnel_chart_ink_get_pattern (a), !=, runnel_chart_ink_get_pattern (b));
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plots/chart/bars", test_bars);
  ADD ("/plots/chart/rows", test_rows);
  ADD ("/plots/chart/cells", test_cells);
  ADD ("/plots/chart/layers", test_layers);
  ADD ("/plots/chart/nothing", test_nothing);
  g_test_add_func ("/plots/chart/palette", test_palette);
  g_test_add_func ("/plots/chart/thin-pattern", test_thin_pattern);
#undef ADD

  return g_test_run ();
}
