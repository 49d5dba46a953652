/* test-gantt-pane.c: the timing chart of a run with all that belongs to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "../charts/charts-fixture.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-gantt-pane.h"
#include "designer/charts/runnel-resource-view.h"
#include "designer/charts/runnel-timing-list.h"

typedef struct
{
  GtkWidget *window;
  RunnelGanttPane *pane;
  RunnelGantt *gantt;
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->window = gtk_window_new ();
  fixture->pane = g_object_new (RUNNEL_TYPE_GANTT_PANE, NULL);
  fixture->gantt = runnel_gantt_pane_get_gantt (fixture->pane);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->pane));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 500);
  runnel_gantt_pane_set_timing (fixture->pane, make_rich_timing ());
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->gantt)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->pane), (gpointer *) &fixture->pane);
  g_object_add_weak_pointer (G_OBJECT (fixture->gantt), (gpointer *) &fixture->gantt);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate ();
  g_assert_null (fixture->pane);
  g_assert_null (fixture->gantt);
}

static GtkWidget *
find_child (GtkWidget *widget,
            GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
count_children (GtkWidget *widget)
{
  guint n_children = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_children++;
  return n_children;
}

static void
act (Fixture    *fixture,
     const char *action,
     const char *target)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->gantt), action,
                                                     target ? g_variant_new_string (target)
                                                            : NULL));
}

static guint
count_lines (Fixture *fixture)
{
  return runnel_gantt_get_tree (fixture->gantt)->n_lines;
}

/* The legend has what the chart has. */
static void
test_legend (Fixture      *fixture,
             gconstpointer unused)
{
  GtkWidget *legend = find_child (GTK_WIDGET (fixture->pane), RUNNEL_TYPE_GANTT_LEGEND);

  /* Succeeded, failed, timed out, queued, a person, a delay, slack, the critical path. */
  g_assert_cmpuint (count_children (legend), ==, 8);
  act (fixture, "gantt.critical-path", NULL);
  g_assert_cmpuint (count_children (legend), ==, 6);
}

static void
test_filter (Fixture      *fixture,
             gconstpointer unused)
{
  GtkWidget *entry = find_child (GTK_WIDGET (fixture->pane), GTK_TYPE_SEARCH_ENTRY);
  GtkStack *stack = GTK_STACK (gtk_widget_get_ancestor (GTK_WIDGET (fixture->gantt), GTK_TYPE_STACK));

  act (fixture, "gantt.states", "failed");
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  act (fixture, "gantt.states", "active");
  g_assert_cmpuint (count_lines (fixture), ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "nothing");
  act (fixture, "gantt.states", "all");
  g_assert_cmpuint (count_lines (fixture), ==, 7);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "chart");

  act (fixture, "gantt.find", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "test");
  while (count_lines (fixture) != 1)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (entry, "stop-search");
  while (count_lines (fixture) != 7)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->gantt)));
}

/* Chart and table have one selection, and one of them is seen. */
static void
test_table (Fixture      *fixture,
            gconstpointer unused)
{
  GtkWidget *list = find_child (GTK_WIDGET (fixture->pane), RUNNEL_TYPE_TIMING_LIST);
  GtkWidget *view = find_child (list, GTK_TYPE_COLUMN_VIEW);
  GtkSingleSelection *selection =
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));

  runnel_gantt_set_selection (fixture->gantt, "compile");
  act (fixture, "gantt.table", NULL);
  while (!gtk_widget_get_mapped (list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture->gantt)));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (selection)), ==, 7);
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 1);
  gtk_single_selection_set_selected (selection, 3);
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "unit-tests");

  /* The longest first. */
  gtk_column_view_sort_by_column (
    GTK_COLUMN_VIEW (view),
    g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)), 3),
    GTK_SORT_DESCENDING);
  gtk_single_selection_set_selected (selection, 0);
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "analysis");

  /* A later picture of the run changes what stands there, and nothing else. */
  runnel_gantt_pane_set_timing (fixture->pane, make_rich_timing ());
  g_assert_cmpuint (gtk_single_selection_get_selected (selection), ==, 0);
  gtk_widget_activate_action (list, "gantt.table", NULL);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (fixture->gantt)));
}

/* Lanes only for what there is to tell, and no room for them when nobody wants them. */
static void
test_curves (Fixture      *fixture,
             gconstpointer unused)
{
  GtkWidget *curves = find_child (GTK_WIDGET (fixture->pane), RUNNEL_TYPE_RESOURCE_VIEW);
  int without, with;
  MadeUpRun run;
  RunnelStepRecord *step;

  gtk_widget_measure (curves, GTK_ORIENTATION_VERTICAL, -1, &without, NULL, NULL, NULL);
  g_assert_cmpint (without, >, 0);
  made_up_run_init (&run, 10);
  step = add_success (&run, "a", 0, 1, 4);
  ((RunnelAttemptRecord *) step->attempts->pdata[0])->usage =
    (RunnelUsage) { 5000000, 1000000, 2000 };
  runnel_gantt_pane_set_timing (fixture->pane,
                                runnel_timing_new (run.run, run.steps, NULL, AT (10)));
  made_up_run_clear (&run);
  gtk_widget_measure (curves, GTK_ORIENTATION_VERTICAL, -1, &with, NULL, NULL, NULL);
  g_assert_cmpint (with, ==, 2 * without);
  act (fixture, "gantt.curves", NULL);
  g_assert_false (gtk_widget_get_visible (curves));
  runnel_gantt_pane_set_timing (fixture->pane, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) \
  g_test_add ("/designer/gantt-pane/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("legend", test_legend);
  ADD ("filter", test_filter);
  ADD ("table", test_table);
  ADD ("curves", test_curves);
#undef ADD
  return g_test_run ();
}
