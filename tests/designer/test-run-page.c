/* test-run-page.c: a run that goes on, with what can be done to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "designer/charts/runnel-gantt.h"
#include "designer/canvas/runnel-canvas.h"
#include "designer/logs/runnel-log-lines.h"
#include "designer/runnel-page.h"
#include "designer/runs/runnel-run-page.h"
#include "designer/runs/runnel-time-scrubber.h"
#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-run-dir.h"
#include "history/runnel-history.h"
#include "log/runnel-log-times.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Nightly\", \"steps\": [" \
  "{\"id\": \"long\", \"kind\": \"command\", \"with\": {\"argv\": [\"sleep\", \"1000\"]}}," \
  "{\"id\": \"after\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}," \
  " \"needs\": [\"long\"]}]}"

typedef struct
{
  RunnelPage *page;
  GtkWindow *window;
} Fixture;

static char *home;

/* Returns: what the command has printed */
static char *
call_runnel (const char *command,
             ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  const char *argument;
  char *output = NULL;
  va_list args;

  g_ptr_array_add (argv, g_build_filename (g_getenv ("RUNNEL_BUILD_DIR"), "src", "cli", "runnel",
                                           NULL));
  g_ptr_array_add (argv, g_strdup (command));
  va_start (args, command);
  while ((argument = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (argv, g_strdup (argument));
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               &output, NULL, NULL, &error));
  g_assert_no_error (error);
  return output;
}

static void
open_page (Fixture *self,
           gint64   run)
{
  self->page = runnel_run_page_new (run);
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "page",
                                  G_ACTION_GROUP (runnel_page_get_actions (self->page)));
  gtk_window_present (self->window);
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  g_autofree char *file = g_build_filename (home, "nightly.runnel.json", NULL);
  g_autofree char *number = NULL;

  g_assert_true (g_file_set_contents (file, PIPELINE, -1, NULL));
  number = call_runnel ("run", "--detach", file, NULL);
  open_page (self, g_ascii_strtoll (number, NULL, 10));
}
static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_autofree char *number =
    g_strdup_printf ("%" G_GINT64_FORMAT, runnel_run_page_get_run (RUNNEL_RUN_PAGE (self->page)));

  g_free (call_runnel ("cancel", number, NULL));
  gtk_window_destroy (self->window);
}

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Clicks on a button as soon as it is offered. */
static void
click (Fixture    *self,
       const char *label)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->page), label);

  g_assert_nonnull (button);
  while (!gtk_widget_get_visible (button))
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

static void
wait_for_label (Fixture    *self,
                const char *text)
{
  while (find_label (GTK_WIDGET (self->page), text) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
select_step (Fixture    *self,
             const char *id)
{
  RunnelGantt *gantt = RUNNEL_GANTT (find_widget (GTK_WIDGET (self->page), RUNNEL_TYPE_GANTT));

  while (runnel_gantt_get_timing (gantt) == NULL)
    g_main_context_iteration (NULL, TRUE);
  runnel_gantt_set_selection (gantt, id);
}

static void
test_pause (Fixture       *self,
            gconstpointer  user_data)
{
  click (self, "Pause");
  click (self, "Resume");
  click (self, "Pause");
}

static void
test_freeze (Fixture       *self,
             gconstpointer  user_data)
{
  select_step (self, "long");
  click (self, "Freeze");
  click (self, "Thaw");
  click (self, "Freeze");
}

static void
test_why (Fixture       *self,
          gconstpointer  user_data)
{
  select_step (self, "after");
  wait_for_label (self, "Its link to long (success) is not decided yet: long is running");
}

/* --- A run that is over ------------------------------------------------------------------- */

#define PIPELINE_OF_TWO_LINES \
  "{\"format\": 1, \"name\": \"Lines\", \"steps\": [" \
  "{\"id\": \"talk\", \"kind\": \"script\"," \
  " \"with\": {\"run\": \"echo one; sleep 0.3; echo two\"}}]}"

static void
set_up_over (Fixture       *self,
             gconstpointer  user_data)
{
  g_autofree char *file = g_build_filename (home, "lines.runnel.json", NULL);
  g_autofree char *list = NULL;

  g_assert_true (g_file_set_contents (file, PIPELINE_OF_TWO_LINES, -1, NULL));
  g_free (call_runnel ("run", file, NULL));
  list = call_runnel ("list", "--csv", "-n", "1", NULL);
  open_page (self, g_ascii_strtoll (strchr (list, '\n') + 1, NULL, 10));
}

static void
tear_down_over (Fixture       *self,
                gconstpointer  user_data)
{
  gtk_window_destroy (self->window);
}

/* When a line came. */
static gint64
get_time_of_line (Fixture *self,
                  guint    nth)
{
  g_autofree char *run_dir =
    runnel_history_get_run_dir (runnel_run_page_get_run (RUNNEL_RUN_PAGE (self->page)));
  g_autofree char *name = runnel_run_dir_log_name ("talk", 1);
  g_autofree char *path = g_build_filename (run_dir, name, NULL);
  g_autoptr(GArray) times = runnel_log_times_read (path, 0);

  g_assert_cmpuint (times->len, >, 1);
  return g_array_index (times, RunnelLogTime, nth).time;
}

/* What a person sees of the log at a moment: the number of the last line that had come. */
static gboolean
is_at_line (Fixture *self,
            guint    nth)
{
  GtkWidget *lines = find_widget (GTK_WIDGET (self->page), RUNNEL_TYPE_LOG_LINES);
  RunnelLogLine line;

  return runnel_log_lines_get_cursor (RUNNEL_LOG_LINES (lines), &line) && line.nth == nth;
}

static void
test_replay (Fixture       *self,
             gconstpointer  user_data)
{
  RunnelTimeScrubber *scrubber =
    RUNNEL_TIME_SCRUBBER (find_widget (GTK_WIDGET (self->page), RUNNEL_TYPE_TIME_SCRUBBER));
  RunnelGantt *gantt = RUNNEL_GANTT (find_widget (GTK_WIDGET (self->page), RUNNEL_TYPE_GANTT));
  RunnelCanvas *canvas = RUNNEL_CANVAS (find_widget (GTK_WIDGET (self->page), RUNNEL_TYPE_CANVAS));
  RunnelState state;

  select_step (self, "talk");
  runnel_time_scrubber_set_time (scrubber, get_time_of_line (self, 0));
  g_assert_cmpint (runnel_gantt_get_cursor_time (gantt), ==,
                   runnel_time_scrubber_get_time (scrubber));
  g_assert_true (runnel_canvas_get_step_state (canvas, "talk", &state));
  g_assert_cmpint (state, ==, RUNNEL_STATE_RUNNING);
  while (!is_at_line (self, 0))
    g_main_context_iteration (NULL, TRUE);
  runnel_time_scrubber_set_time (scrubber, get_time_of_line (self, 1));
  while (!is_at_line (self, 1))
    g_main_context_iteration (NULL, TRUE);

  runnel_gantt_set_cursor_time (gantt, -1);
  g_assert_cmpint (runnel_time_scrubber_get_time (scrubber), ==, RUNNEL_TIME_SCRUBBER_END);
  g_assert_true (runnel_canvas_get_step_state (canvas, "talk", &state));
  g_assert_cmpint (state, ==, RUNNEL_STATE_SUCCEEDED);
}

#define add(path, func) \
  g_test_add ("/designer/run-page/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *command = NULL;
  int status;

  home = g_dir_make_tmp ("runnel-run-page-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();

  add ("pause", test_pause);
  add ("freeze", test_freeze);
  add ("why", test_why);
  g_test_add ("/designer/run-page/replay", Fixture, NULL, set_up_over, test_replay, tear_down_over);
  status = g_test_run ();

  command = g_strdup_printf ("rm -rf '%s'", home);
  return system (command) == 0 ? status : 1;
}
