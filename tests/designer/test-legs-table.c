/* test-legs-table.c: the legs of a matrix step, one in a row
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/runs/runnel-legs-table.h"

typedef struct
{
  RunnelLegsTable *table;
  GtkWidget *window;
  RunnelLegFacts legs[3];
  guint n_selected;
} Fixture;

static void
selected_cb (Fixture *fixture)
{
  fixture->n_selected++;
}

static JsonObject *
parse (const char *text)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return json_node_dup_object (node);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const RunnelLegFacts legs[] = {
    { "build.1", parse ("{\"os\": \"debian\", \"version\": 9}"), RUNNEL_STATE_SUCCEEDED, 1,
      1000000, 9000000, 0 },
    { "build.2", parse ("{\"os\": \"debian\", \"version\": 12}"), RUNNEL_STATE_FAILED, 3,
      2000000, 4000000, 7 },
    { "build.3", parse ("{\"os\": \"arch\"}"), RUNNEL_STATE_PENDING, 0, 0, 0, -1 },
  };

  memcpy (fixture->legs, legs, sizeof legs);
  fixture->table = RUNNEL_LEGS_TABLE (runnel_legs_table_new ());
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->table));
  g_signal_connect_swapped (fixture->table, "selected", G_CALLBACK (selected_cb), fixture);
  runnel_legs_table_set_legs (fixture->table, fixture->legs, 3);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 3; i++)
    json_object_unref (fixture->legs[i].matrix);
}

static GtkColumnView *
get_view (Fixture *fixture)
{
  GtkWidget *scroller = gtk_widget_get_first_child (GTK_WIDGET (fixture->table));

  return GTK_COLUMN_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
}

static char *
list_titles (Fixture *fixture)
{
  GListModel *columns = gtk_column_view_get_columns (get_view (fixture));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                              gtk_column_view_column_get_title (column));
    }
  return g_string_free (text, FALSE);
}

/* The order of the legs when they are sorted by a column: "2 1 3". */
static char *
sort_by (Fixture     *fixture,
         guint        index,
         GtkSortType  direction)
{
  GListModel *columns = gtk_column_view_get_columns (get_view (fixture));
  g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, index);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (get_view (fixture)));
  GString *text = g_string_new (NULL);

  gtk_column_view_sort_by_column (get_view (fixture), column, direction);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RunnelLegItem) item = g_list_model_get_item (model, i);

      g_string_append_printf (text, "%s%u", i > 0 ? " " : "", runnel_leg_item_get_number (item));
    }
  return g_string_free (text, FALSE);
}

static void
assert_order (Fixture     *fixture,
              guint        index,
              GtkSortType  direction,
              const char  *expected)
{
  g_autofree char *order = sort_by (fixture, index, direction);

  g_assert_cmpstr (order, ==, expected);
}

/* every axis that any leg has is a column */
static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *titles = list_titles (fixture);

  g_assert_cmpuint (runnel_legs_table_get_n_legs (fixture->table), ==, 3);
  g_assert_cmpstr (titles, ==, "#|os|version|State|Attempts|Duration|Exit Code");
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  assert_order (fixture, 0, GTK_SORT_DESCENDING, "3 2 1");
  assert_order (fixture, 1, GTK_SORT_ASCENDING, "3 1 2");
  assert_order (fixture, 2, GTK_SORT_ASCENDING, "3 1 2");
  assert_order (fixture, 3, GTK_SORT_ASCENDING, "3 1 2");
  assert_order (fixture, 4, GTK_SORT_DESCENDING, "2 1 3");
  assert_order (fixture, 5, GTK_SORT_DESCENDING, "1 2 3");
  assert_order (fixture, 6, GTK_SORT_DESCENDING, "2 1 3");
}

static void
test_update_keeps_the_selection (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *order = NULL;

  runnel_legs_table_select (fixture->table, "build.2");
  g_assert_cmpuint (fixture->n_selected, ==, 1);
  order = sort_by (fixture, 3, GTK_SORT_DESCENDING);
  g_assert_cmpstr (order, ==, "2 1 3");
  fixture->legs[2].state = RUNNEL_STATE_TIMED_OUT;
  runnel_legs_table_set_legs (fixture->table, fixture->legs, 3);
  g_assert_cmpstr (runnel_legs_table_get_selection (fixture->table), ==, "build.2");
  g_assert_cmpuint (fixture->n_selected, ==, 1);
  assert_order (fixture, 3, GTK_SORT_DESCENDING, "3 2 1");
}

static void
test_another_step (Fixture       *fixture,
                   gconstpointer  data)
{
  const RunnelLegFacts other = { .id = "test.1", .state = RUNNEL_STATE_RUNNING, .exit_code = -1 };
  g_autofree char *titles = NULL;

  runnel_legs_table_select (fixture->table, "build.2");
  runnel_legs_table_set_legs (fixture->table, &other, 1);
  titles = list_titles (fixture);
  g_assert_cmpuint (runnel_legs_table_get_n_legs (fixture->table), ==, 1);
  g_assert_null (runnel_legs_table_get_selection (fixture->table));
  g_assert_cmpstr (titles, ==, "#|State|Attempts|Duration|Exit Code");
}

#define ADD(name, function) \
  g_test_add ("/designer/legs-table/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("columns", test_columns);
  ADD ("sort", test_sort);
  ADD ("update-keeps-the-selection", test_update_keeps_the_selection);
  ADD ("another-step", test_another_step);
  return g_test_run ();
}
