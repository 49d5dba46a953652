/* test-history-group.c: the preferences of what is kept of runs, and what that takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "../history/cleanup-fixture.h"
#include "preferences-fixture.h"
#include "designer/runs/runnel-history-group.h"
#include "designer/runs/runnel-size-meter.h"
#include "engine/limits/runnel-settings.h"
#include "history/runnel-retention.h"
#include "util/runnel-remove-tree.h"

static void
wait_for_text (GtkWidget  *row,
               const char *text)
{
  while (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_limits (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_history_group_new ());
  GtkWidget *size = wait_for_row (group, "Runs take at most, such as 10 GB");

  wait_for_text (size, "10 GB");
  apply (size, "none");
  wait_for_setting ("history.max-size", "\"none\"");
  apply (wait_for_row (group, "Keep this many runs, all together"), " 500 ");
  wait_for_setting ("history.max-runs", "500");
  apply (wait_for_row (group, "Keep this many runs, all together"), "");
  wait_for_setting ("history.max-runs", NULL);
  apply (size, "");
  wait_for_text (size, "10 GB");
  g_object_unref (group);
}

static void
test_pipelines (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_history_group_new ());
  GtkWidget *row;

  row = wait_for_row (group, "Each Other Pipeline");
  apply (find (row, ADW_TYPE_ENTRY_ROW, "Keep this many of its runs"), "30");
  wait_for_setting ("history.pipelines[\"*\"].max-runs", "30");
  while (!g_str_equal (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "30 runs"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (find (group, ADW_TYPE_PREFERENCES_ROW, "Each Other Pipeline") == row);

  apply (wait_for_row (group, "Set limits for the pipeline of this name"), "a.b <c>");
  row = wait_for_row (group, "a.b <c>");
  apply (find (row, ADW_TYPE_ENTRY_ROW, "Keep its runs for, such as 90d"), "90d");
  wait_for_setting ("history.pipelines[\"a.b <c>\"].max-age", "\"90d\"");

  for (GtkWidget *button = find (row, GTK_TYPE_BUTTON, NULL); button; button = NULL)
    g_signal_emit_by_name (button, "clicked");
  while (find (group, ADW_TYPE_PREFERENCES_ROW, "a.b <c>"))
    g_main_context_iteration (NULL, TRUE);
  wait_for_setting ("history.pipelines[\"a.b <c>\"]", NULL);
  g_object_unref (group);
}

static void
test_nonsense (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_history_group_new ());

  apply (wait_for_row (group, "Keep runs for, such as 90d"), "long");
  while (!strstr (adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group)),
                  "“long” is not a duration"))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (group);
}

static void
test_automatic (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_history_group_new ());
  GtkWidget *widget = find (wait_for_row (group, "Clean Up Automatically"), GTK_TYPE_SWITCH, NULL);

  while (!gtk_switch_get_active (GTK_SWITCH (widget)))
    g_main_context_iteration (NULL, TRUE);
  gtk_switch_set_active (GTK_SWITCH (widget), FALSE);
  wait_for_setting ("history.automatic", "false");
  g_object_unref (group);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
test_meter (void)
{
  RunnelHistory *history = open_history (NULL);
  GtkWidget *group;

  add_finished (history, "many", RUNNEL_STATE_FAILED, 20000000);
  g_free (write_run_file (1, "artifacts/s0/x", 3000000));
  runnel_history_close (history);
  group = g_object_ref_sink (runnel_history_group_new ());
  while (!has_label (group, "of at most 10.0 GB"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (has_label (group, "Logs 20.0 MB"));
  g_assert_true (has_label (group, "Artifacts 3.0 MB"));
  g_assert_true (has_label (group, "Database "));
  g_assert_true (has_label (group, "0 bytes of at most 5.0 GB"));
  g_assert_true (has_label (group, "Not cleaned yet"));
  g_object_unref (group);
}

/* Whoever closes the window does not wait for what goes on. */
static void
test_closed_at_once (void)
{
  GtkWidget *group = g_object_ref_sink (runnel_history_group_new ());

  apply (wait_for_row (group, "Keep runs for, such as 90d"), "90d");
  g_object_unref (group);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  wait_for_setting ("history.max-age", "\"90d\"");
}

int
main (int    argc,
      char **argv)
{
  static const char *const folders[] = {
    "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME",
  };
  g_autofree char *home = g_dir_make_tmp ("runnel-home-XXXXXX", NULL);
  int result;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (home, folders[i], NULL);

      g_setenv (folders[i], folder, TRUE);
    }
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/designer/history-group/limits", test_limits);
  g_test_add_func ("/designer/history-group/pipelines", test_pipelines);
  g_test_add_func ("/designer/history-group/nonsense", test_nonsense);
  g_test_add_func ("/designer/history-group/automatic", test_automatic);
  g_test_add_func ("/designer/history-group/meter", test_meter);
  g_test_add_func ("/designer/history-group/closed-at-once", test_closed_at_once);

  result = g_test_run ();
  g_assert_true (runnel_remove_tree (home, NULL));
  return result;
}
