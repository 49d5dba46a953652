/* test-chart-view.c: a chart on the screen, and as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "../plots/sample-stats.h"
#include "designer/insights/runnel-chart-card.h"
#include "designer/insights/runnel-chart-table.h"
#include "designer/insights/runnel-chart-view.h"
#include "designer/insights/runnel-tile-layout.h"
#include "designer/plots/runnel-insights.h"

typedef struct
{
  GtkWidget *window;
  RunnelChartCard *card;
  RunnelChartView *view;
  RunnelStats *stats;
  RunnelChart *chart;
  gint64 run;        /* that was activated last */
  char *told;
} Fixture;

/* The first widget of a type below another one. */
static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
run_activated_cb (Fixture *fixture,
                  gint64   run)
{
  fixture->run = run;
}

static void
told_cb (Fixture    *fixture,
         const char *text)
{
  g_free (fixture->told);
  fixture->told = g_strdup (text);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->stats = sample_stats_new ();
  fixture->chart = runnel_insights_draw_durations (fixture->stats);
  fixture->card = RUNNEL_CHART_CARD (runnel_chart_card_new ());
  fixture->view = RUNNEL_CHART_VIEW (find_widget (GTK_WIDGET (fixture->card),
                                                  RUNNEL_TYPE_CHART_VIEW));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->card));
  g_signal_connect_swapped (fixture->card, "run-activated", G_CALLBACK (run_activated_cb), fixture);
  g_signal_connect_swapped (fixture->view, "told", G_CALLBACK (told_cb), fixture);
  runnel_chart_card_set_chart (fixture->card, fixture->chart);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0 ||
         !gtk_widget_get_mapped (GTK_WIDGET (fixture->view)))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->chart);
  runnel_stats_free (fixture->stats);
  g_free (fixture->told);
}

static void
move (Fixture *fixture,
      int      right,
      int      down)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.move", "(ii)",
                                             right, down));
}

static void
activate (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.activate", NULL));
}

static const char *
get_text (Fixture *fixture)
{
  RunnelDatum *datum = runnel_chart_view_get_datum (fixture->view);

  return datum != NULL ? datum->text : NULL;
}

/* from item to item by the keys, each said in words */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_null (get_text (fixture));
  move (fixture, 1, 0);
  g_assert_true (g_str_has_prefix (get_text (fixture), "Mon, 5 Jan 2026: median 43 s"));
  move (fixture, 1, 0);
  g_assert_true (g_str_has_prefix (get_text (fixture), "Tue, 6 Jan 2026"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.jump", "i", 1);
  g_assert_true (g_str_has_prefix (get_text (fixture), "Sat, 17 Jan 2026"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chart.jump", "i", -1);
  g_assert_true (g_str_has_prefix (get_text (fixture), "Mon, 5 Jan 2026"));
  g_assert_cmpstr (fixture->told, ==, get_text (fixture));
  activate (fixture);
  g_assert_cmpint (fixture->run, ==, 0); /* a day is no run */
}

static void
test_outlier (Fixture       *fixture,
              gconstpointer  data)
{
  move (fixture, 1, 0);
  move (fixture, 0, -1);
  g_assert_cmpstr (get_text (fixture), ==,
                   "Run 12, 2026-01-08 01:00:00: 3 min 30 s, succeeded, far slower than usual");
  activate (fixture);
  g_assert_cmpint (fixture->run, ==, 12);
}

/* new numbers leave the focus where it is */
static void
test_new_chart (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(RunnelChart) chart = runnel_insights_draw_durations (fixture->stats);
  g_autoptr(RunnelStats) nothing = runnel_stats_new ();
  g_autoptr(RunnelChart) empty = NULL;

  move (fixture, 1, 0);
  move (fixture, 1, 0);
  runnel_chart_card_set_chart (fixture->card, chart);
  g_assert_true (g_str_has_prefix (get_text (fixture), "Tue, 6 Jan 2026"));
  empty = runnel_insights_draw_flakiest (nothing);
  runnel_chart_card_set_chart (fixture->card, empty);
  g_assert_null (get_text (fixture));
  move (fixture, 1, 0);
  g_assert_null (get_text (fixture));
}

/* the table has all that the chart has, and a row about a run leads to it */
static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *table = find_widget (GTK_WIDGET (fixture->card), RUNNEL_TYPE_CHART_TABLE);
  GtkWidget *view = find_widget (table, GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  GListModel *items;

  g_assert_null (runnel_chart_table_get_items (RUNNEL_CHART_TABLE (table)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "card.table", NULL);
  items = runnel_chart_table_get_items (RUNNEL_CHART_TABLE (table));
  g_assert_true (gtk_widget_get_child_visible (table));
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, 6);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, 12 + 2);
  g_signal_emit_by_name (view, "activate", 12);
  g_assert_cmpint (fixture->run, ==, 12);
  g_signal_emit_by_name (view, "activate", 0);
  g_assert_cmpint (fixture->run, ==, 12);
  gtk_widget_activate_action (table, "card.table", NULL);
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (fixture->view)));
}

static void
test_tiles (void)
{
  g_assert_cmpuint (runnel_tile_layout_count_columns (1000, 100, 6, 6), ==, 6);
  /* three and three rather than five and one */
  g_assert_cmpuint (runnel_tile_layout_count_columns (600, 100, 6, 6), ==, 3);
  g_assert_cmpuint (runnel_tile_layout_count_columns (1000, 100, 6, 7), ==, 4);
  g_assert_cmpuint (runnel_tile_layout_count_columns (360, 440, 3, 7), ==, 1);
  g_assert_cmpuint (runnel_tile_layout_count_columns (0, 440, 3, 0), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/designer/chart-view/keys", test_keys);
  ADD ("/designer/chart-view/outlier", test_outlier);
  ADD ("/designer/chart-view/new-chart", test_new_chart);
  ADD ("/designer/chart-view/table", test_table);
  g_test_add_func ("/designer/chart-view/tiles", test_tiles);
#undef ADD

  return g_test_run ();
}
