/* test-runs-page.c: the list of runs as a person uses it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-query.h"
#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-runs-model.h"
#include "designer/runs/runnel-runs-page.h"
#include "engine/kinds/runnel-kinds.h"
#include "../history/history-fixture.h"

typedef struct
{
  RunnelHistory *history;
  RunnelPage *page;
  GtkWindow *window;
  GtkListView *list;
  gint64 activated;
  gint64 compared[2];
} Fixture;

/* Drop-downs are lists, too; the one of the runs has a class of its own. */
static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "runs-list"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static void
activated_cb (Fixture *self,
              gint64   run)
{
  self->activated = run;
}

static void
compare_runs_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  Fixture *self = user_data;

  g_variant_get (parameter, "(xx)", &self->compared[0], &self->compared[1]);
}

/* What the window around the page would do. */
static void
add_window_actions (Fixture *self)
{
  static const GActionEntry entry = { "compare-runs", compare_runs_action, "(xx)" };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), &entry, 1, self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "win", G_ACTION_GROUP (actions));
}

static void
open_page (Fixture *self)
{
  self->page = runnel_runs_page_new ();
  g_signal_connect_swapped (self->page, "run-activated", G_CALLBACK (activated_cb), self);
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (self->window, 800, 600);
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "page",
                                  G_ACTION_GROUP (runnel_page_get_actions (self->page)));
  add_window_actions (self);
  gtk_window_present (self->window);
  self->list = GTK_LIST_VIEW (find_list (GTK_WIDGET (self->page)));
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  runnel_run_query_clear (runnel_run_query_get_default ());
  self->history = open_history (NULL);
}

static void
close_page (Fixture *self)
{
  gtk_window_destroy (self->window);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_autoptr(GArray) runs = runnel_history_find_runs (self->history, NULL, NULL);

  close_page (self);
  for (guint i = 0; i < runs->len; i++)
    {
      gint64 run = g_array_index (runs, gint64, i);

      finish_run (self->history, run, RUNNEL_STATE_FAILED);
      g_assert_true (runnel_history_delete_run (self->history, run, NULL));
    }
  runnel_history_close (self->history);
}

/* Runs that have failed, and one that succeeded, the latest. */
static gint64
add_runs (Fixture *self,
          guint    n_runs)
{
  gint64 run = 0;

  for (guint i = 0; i < n_runs; i++)
    {
      run = add_run (self->history, "Build", 2);
      finish_run (self->history, run,
                  i == n_runs - 1 ? RUNNEL_STATE_SUCCEEDED : RUNNEL_STATE_FAILED);
    }
  return run;
}

static RunnelRunsModel *
get_model (Fixture *self)
{
  return RUNNEL_RUNS_MODEL (gtk_list_view_get_model (self->list));
}

static void
wait_for_runs (Fixture *self,
               guint    n_runs)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (get_model (self))) != n_runs)
    g_main_context_iteration (NULL, TRUE);
}

static const char *
get_shown (Fixture *self)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_STACK));

  return gtk_stack_get_visible_child_name (stack);
}

static void
wait_until_shown (Fixture    *self,
                  const char *name)
{
  while (!g_str_equal (get_shown (self), name))
    g_main_context_iteration (NULL, TRUE);
}

static void
act (Fixture    *self,
     const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (runnel_page_get_actions (self->page)), action,
                                  NULL);
}

static gboolean
is_possible (Fixture    *self,
             const char *action)
{
  return g_action_group_get_action_enabled (
    G_ACTION_GROUP (runnel_page_get_actions (self->page)), action);
}

static RunnelRunRecord *
read_run (Fixture *self,
          gint64   run)
{
  g_autoptr(GError) error = NULL;
  RunnelRunRecord *record = runnel_history_get_run (self->history, run, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_empty (Fixture       *self,
            gconstpointer  user_data)
{
  open_page (self);
  wait_until_shown (self, "empty");
  add_runs (self, 1);
  wait_until_shown (self, "list");
}

static void
test_no_match (Fixture       *self,
               gconstpointer  user_data)
{
  add_runs (self, 3);
  open_page (self);
  wait_until_shown (self, "list");
  runnel_run_query_type (runnel_run_query_get_default (), "pipeline:Other");
  wait_until_shown (self, "no-match");
  act (self, "runs-show-all");
  wait_until_shown (self, "list");
  wait_for_runs (self, 3);
}

static void
test_filter (Fixture       *self,
             gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 5);

  open_page (self);
  wait_for_runs (self, 5);
  runnel_run_query_type (runnel_run_query_get_default (), "state:failed");
  wait_for_runs (self, 4);
  g_assert_cmpuint (runnel_runs_model_find_run (get_model (self), latest), ==,
                    GTK_INVALID_LIST_POSITION);
}

/* A page that is opened again shows what was looked for last. */
static void
test_remember (Fixture       *self,
               gconstpointer  user_data)
{
  add_runs (self, 5);
  open_page (self);
  runnel_run_query_type (runnel_run_query_get_default (), "state:failed ");
  runnel_run_query_absorb (runnel_run_query_get_default ());
  wait_for_runs (self, 4);
  close_page (self);
  open_page (self);
  wait_for_runs (self, 4);
}

static void
test_activate (Fixture       *self,
               gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 3);

  open_page (self);
  wait_for_runs (self, 3);
  g_signal_emit_by_name (self->list, "activate", 0);
  g_assert_cmpint (self->activated, ==, latest);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_model (self)), 1, TRUE);
  act (self, "runs-open");
  g_assert_cmpint (self->activated, ==, latest - 1);
}

/* What can be done depends on what is selected. */
static void
test_actions (Fixture       *self,
              gconstpointer  user_data)
{
  add_runs (self, 3);
  open_page (self);
  wait_for_runs (self, 3);
  g_assert_false (is_possible (self, "runs-delete"));
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_model (self)), 1, TRUE);
  g_assert_true (is_possible (self, "runs-delete"));
  g_assert_true (is_possible (self, "runs-open"));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (get_model (self)));
  g_assert_true (is_possible (self, "runs-delete"));
  g_assert_false (is_possible (self, "runs-open"));
}

/* Two runs and no others, the earlier one first however they were selected. */
static void
test_compare (Fixture       *self,
              gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 3);
  GtkSelectionModel *selection;

  open_page (self);
  wait_for_runs (self, 3);
  selection = GTK_SELECTION_MODEL (get_model (self));
  g_assert_false (is_possible (self, "runs-compare"));
  gtk_selection_model_select_item (selection, 0, TRUE);
  g_assert_false (is_possible (self, "runs-compare"));
  gtk_selection_model_select_item (selection, 2, FALSE);
  g_assert_true (is_possible (self, "runs-compare"));
  act (self, "runs-compare");
  g_assert_cmpint (self->compared[0], ==, latest - 2);
  g_assert_cmpint (self->compared[1], ==, latest);
  gtk_selection_model_select_all (selection);
  g_assert_false (is_possible (self, "runs-compare"));
}

static void
test_pin (Fixture       *self,
          gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 3);
  gboolean pinned = FALSE;

  open_page (self);
  wait_for_runs (self, 3);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_model (self)), 0, TRUE);
  act (self, "runs-pin");
  while (!pinned)
    {
      RunnelRunRecord *record = read_run (self, latest);

      pinned = record->pinned;
      runnel_run_record_free (record);
      g_main_context_iteration (NULL, FALSE);
    }
}

static gboolean
has_row_of (Fixture *self,
            gint64   run)
{
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->list)); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *row = gtk_widget_get_first_child (cell);
      RunnelRunItem *item = RUNNEL_IS_RUN_ROW (row) ? runnel_run_row_get_item (RUNNEL_RUN_ROW (row))
                                                    : NULL;

      if (item != NULL && runnel_run_item_get_run (item) == run &&
          runnel_run_item_get_record (item) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Anywhere in a long list, what is on the screen has its records. */
static void
test_jump (Fixture       *self,
           gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 400);

  open_page (self);
  wait_for_runs (self, 400);
  while (!has_row_of (self, latest))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 399);
  while (!has_row_of (self, latest - 399))
    g_main_context_iteration (NULL, TRUE);
}

/* What another process does is shown; what is selected stays so. */
static void
test_follow (Fixture       *self,
             gconstpointer  user_data)
{
  gint64 latest = add_runs (self, 3);
  g_autoptr(GArray) selected = NULL;

  open_page (self);
  wait_for_runs (self, 3);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (get_model (self)), 0, TRUE);
  add_runs (self, 2);
  wait_for_runs (self, 5);
  g_assert_true (runnel_history_delete_run (self->history, latest - 2, NULL));
  wait_for_runs (self, 4);
  selected = runnel_runs_model_get_selected (get_model (self));
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_cmpint (g_array_index (selected, gint64, 0), ==, latest);
}

#define add(path, func) \
  g_test_add ("/designer/runs-page/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("runnel-runs-page-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", home);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();

  add ("empty", test_empty);
  add ("no-match", test_no_match);
  add ("filter", test_filter);
  add ("remember", test_remember);
  add ("activate", test_activate);
  add ("actions", test_actions);
  add ("compare", test_compare);
  add ("pin", test_pin);
  add ("jump", test_jump);
  add ("follow", test_follow);

  status = g_test_run ();
  runnel_designer_shut_down_history ();
  g_assert_cmpint (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL), ==, TRUE);
  return status;
}
