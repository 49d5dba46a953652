/* test-compare-runs-page.c: what got slower from one run to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "designer/charts/runnel-compare-runs-page.h"
#include "designer/charts/runnel-pair-bar.h"
#include "designer/charts/runnel-pair-item.h"
#include "designer/runs/runnel-run-page.h"
#include "engine/kinds/runnel-kinds.h"

/* Before: quick, gone. After: quick, which is slow now, and fresh. */
#define PIPELINE(seconds, other) \
  "{\"format\": 1, \"name\": \"Nightly\", \"steps\": [" \
  "{\"id\": \"quick\", \"kind\": \"command\", \"with\": {\"argv\": [\"sleep\", \"" seconds "\"]}}," \
  "{\"id\": \"" other "\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}," \
  " \"needs\": [\"quick\"]}]}"

typedef struct
{
  RunnelPage *page;
  GtkWindow *window;
  gint64 opened;        /* run, or 0 */
  gint64 compared[2];
} Fixture;

static char *home;

static void
run_pipeline (const char *text)
{
  g_autofree char *file = g_build_filename (home, "nightly.runnel.json", NULL);
  g_autofree char *runnel = g_build_filename (g_getenv ("RUNNEL_BUILD_DIR"), "src", "cli", "runnel",
                                              NULL);
  const char *argv[] = { runnel, "run", file, NULL };
  g_autofree char *output = NULL;
  int status;

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
open_run_cb (Fixture *self,
             gint64   run)
{
  self->opened = run;
}

static void
present (Fixture    *self,
         RunnelPage *page)
{
  self->page = page;
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (page));
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "page",
                                  G_ACTION_GROUP (runnel_page_get_actions (page)));
  g_signal_connect_swapped (page, "open-run", G_CALLBACK (open_run_cb), self);
  gtk_window_set_default_size (self->window, 900, 500);
  gtk_window_present (self->window);
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  const gint64 *runs = user_data;

  if (runs != NULL)
    present (self, runnel_compare_runs_page_new (runs[0], runs[1]));
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_object_add_weak_pointer (G_OBJECT (self->page), (gpointer *) &self->page);
  gtk_window_destroy (self->window);
  while (g_main_context_iteration (NULL, FALSE) || self->page != NULL)
    ;
}

static GtkWidget *
find_child (GtkWidget  *widget,
            GType       type,
            const char *text)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_child_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (text == NULL || strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type, text);
  return found;
}

static void
wait_for_label (Fixture    *self,
                const char *text)
{
  while (find_child (GTK_WIDGET (self->page), GTK_TYPE_LABEL, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static const RunnelTimingPair *
get_pair (GtkColumnView *view,
          guint          position)
{
  g_autoptr(RunnelPairItem) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  g_assert_nonnull (item);
  return &runnel_pair_item_get_diff (item)->pairs[runnel_pair_item_get_pair (item)];
}

static GtkColumnView *
wait_for_view (Fixture *self)
{
  GtkWidget *view;

  while ((view = find_child (GTK_WIDGET (self->page), GTK_TYPE_COLUMN_VIEW, NULL)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return GTK_COLUMN_VIEW (view);
}

static void
test_slower_first (Fixture       *self,
                   gconstpointer  user_data)
{
  GtkColumnView *view = wait_for_view (self);
  const RunnelTimingPair *first = get_pair (view, 0);

  g_assert_cmpstr (runnel_page_get_title (self->page), ==, "Runs 1 and 2");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))), ==,
                    3);
  g_assert_cmpstr (first->title, ==, "quick");
  g_assert_cmpint (first->delta, >, G_TIME_SPAN_MILLISECOND * 300);
  wait_for_label (self, "+ fresh");
  wait_for_label (self, "− gone");
  wait_for_label (self, "run 1 (succeeded");
}

/* What was slower is faster when looked at the other way. */
static void
test_swap (Fixture       *self,
           gconstpointer  user_data)
{
  GtkColumnView *view = wait_for_view (self);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "page.swap-runs", NULL));
  wait_for_label (self, "+ gone");
  g_assert_cmpstr (runnel_page_get_title (self->page), ==, "Runs 2 and 1");
  wait_for_label (self, "− fresh");
}

static void
test_sort (Fixture       *self,
           gconstpointer  user_data)
{
  GtkColumnView *view = wait_for_view (self);
  g_autoptr(GtkColumnViewColumn) column =
    g_list_model_get_item (gtk_column_view_get_columns (view), 0);

  gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
  g_assert_cmpstr (get_pair (view, 0)->title, ==, "quick");
  gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
  g_assert_cmpstr (get_pair (view, 0)->title, ==, "fresh");
  g_assert_cmpstr (get_pair (view, 1)->title, ==, "gone");
}

static void
test_open (Fixture       *self,
           gconstpointer  user_data)
{
  g_signal_emit_by_name (wait_for_view (self), "activate", 0);
  g_assert_cmpint (self->opened, ==, 2);
}

static void
test_unknown (Fixture       *self,
              gconstpointer  user_data)
{
  wait_for_label (self, "The Runs Could Not Be Compared");
}

static void
compare_runs_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  Fixture *self = user_data;

  g_variant_get (parameter, "(xx)", &self->compared[0], &self->compared[1]);
}

static void
message_cb (GtkWidget  *page,
            const char *text,
            char      **message)
{
  g_free (*message);
  *message = g_strdup (text);
}

/* A run knows which came before it. */
static void
test_from_run (Fixture       *self,
               gconstpointer  user_data)
{
  static const GActionEntry entry = { "compare-runs", compare_runs_action, "(xx)" };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *message = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, self);
  present (self, runnel_run_page_new (2));
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "win", G_ACTION_GROUP (group));
  while (self->compared[1] == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->page), "page.compare-run", NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (self->compared[0], ==, 1);
  g_assert_cmpint (self->compared[1], ==, 2);
  gtk_window_destroy (self->window);

  present (self, runnel_run_page_new (1));
  g_signal_connect (self->page, "message", G_CALLBACK (message_cb), &message);
  while (message == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self->page), "page.compare-run", NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpstr (message, ==, "No run of this pipeline came before this one");
  g_signal_handlers_disconnect_by_func (self->page, message_cb, &message); /* it was asked often */
}

#define add(path, runs, func) \
  g_test_add ("/designer/compare-runs-page/" path, Fixture, runs, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  static const gint64 both[] = { 1, 2 }, unknown[] = { 1, 99 };
  g_autofree char *command = NULL;
  int status;

  home = g_dir_make_tmp ("runnel-compare-runs-page-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();
  run_pipeline (PIPELINE ("0", "gone"));
  run_pipeline (PIPELINE ("0.5", "fresh"));

  add ("slower-first", both, test_slower_first);
  add ("swap", both, test_swap);
  add ("sort", both, test_sort);
  add ("open", both, test_open);
  add ("unknown", unknown, test_unknown);
  add ("from-run", NULL, test_from_run);
  status = g_test_run ();

  command = g_strdup_printf ("rm -rf '%s'", home);
  return system (command) == 0 ? status : 1;
}
