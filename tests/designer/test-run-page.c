/* test-run-page.c: a run that goes on, with what can be done to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "designer/charts/runnel-gantt.h"
#include "designer/runnel-page.h"
#include "designer/runs/runnel-run-page.h"
#include "engine/kinds/runnel-kinds.h"

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
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  g_autofree char *file = g_build_filename (home, "nightly.runnel.json", NULL);
  g_autofree char *number = NULL;

  g_assert_true (g_file_set_contents (file, PIPELINE, -1, NULL));
  number = call_runnel ("run", "--detach", file, NULL);
  self->page = runnel_run_page_new (g_ascii_strtoll (number, NULL, 10));
  self->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_child (self->window, GTK_WIDGET (self->page));
  gtk_widget_insert_action_group (GTK_WIDGET (self->window), "page",
                                  G_ACTION_GROUP (runnel_page_get_actions (self->page)));
  gtk_window_present (self->window);
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
  GtkWidget *gantt = NULL;
  GQueue queue = G_QUEUE_INIT;

  g_queue_push_tail (&queue, self->page);
  while (gantt == NULL && !g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      if (RUNNEL_IS_GANTT (widget))
        gantt = widget;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_queue_clear (&queue);
  g_assert_nonnull (gantt);
  while (runnel_gantt_get_timing (RUNNEL_GANTT (gantt)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  runnel_gantt_set_selection (RUNNEL_GANTT (gantt), id);
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
  status = g_test_run ();

  command = g_strdup_printf ("rm -rf '%s'", home);
  return system (command) == 0 ? status : 1;
}
