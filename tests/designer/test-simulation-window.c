/* test-simulation-window.c: a window that plays runs in time that is made up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/charts/runnel-gantt.h"
#include "designer/runs/runnel-simulation-window.h"
#include "engine/kinds/runnel-kinds.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Nightly\", \"steps\": [" \
  "{\"id\": \"make\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"ship\", \"kind\": \"command\", \"with\": {\"argv\": [\"ship\"]}," \
  " \"needs\": [\"make\"]}]}"

/* The first descendant of @type for which @matches, or any, is true. */
static GtkWidget *
find_widget (GtkWidget  *widget,
             GType       type,
             gboolean  (*matches) (GtkWidget *widget, const char *text),
             const char *text)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (!matches || matches (widget, text)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type, matches, text);
  return found;
}

static gboolean
label_has (GtkWidget  *widget,
           const char *text)
{
  return strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_named (GtkWidget  *widget,
          const char *text)
{
  return g_str_equal (gtk_widget_get_name (widget), text);
}

static void
wait_for_label (GtkWindow  *window,
                const char *text)
{
  while (find_widget (GTK_WIDGET (window), GTK_TYPE_LABEL, label_has, text) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWindow *
open_window (const char *text,
             const char *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  GtkWindow *window;

  g_assert_no_error (error);
  window = runnel_simulation_window_new (NULL, pipeline, file, NULL);
  gtk_window_present (window);
  return window;
}

static void
test_figures (void)
{
  GtkWindow *window = open_window (PIPELINE, NULL);
  GtkWidget *gantt = find_widget (GTK_WIDGET (window), RUNNEL_TYPE_GANTT, NULL, NULL);

  wait_for_label (window, "The run would have succeeded after 20 s");
  wait_for_label (window, "make → ship (20 s of work)");
  g_assert_cmpuint (runnel_gantt_get_timing (RUNNEL_GANTT (gantt))->n_rows, ==, 2);
  gtk_window_destroy (window);
}

/* What a person wants to see fail, fails, and what comes after it is shown. */
static void
test_failure (void)
{
  GtkWindow *window = open_window (PIPELINE, NULL);
  GtkWidget *make;

  wait_for_label (window, "would have succeeded");
  make = find_widget (GTK_WIDGET (window), GTK_TYPE_CHECK_BUTTON, is_named, "make");
  g_assert_nonnull (make);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (make), TRUE);
  wait_for_label (window, "The run would have failed after 10 s");
  wait_for_label (window, "Steps That Fail (1)");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (make), FALSE);
  wait_for_label (window, "The run would have succeeded after 20 s");
  gtk_window_destroy (window);
}

static void
test_error (void)
{
  GtkWindow *window =
    open_window ("{\"format\": 1, \"parameters\": {\"p\": {\"required\": true}}, \"steps\": []}",
                 NULL);

  wait_for_label (window, "\"p\"");
  gtk_window_destroy (window);
}

/* One that is closed while it simulates. */
static void
test_close (void)
{
  GtkWindow *window = open_window (PIPELINE, NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (window);
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();

  g_test_add_func ("/designer/simulation-window/figures", test_figures);
  g_test_add_func ("/designer/simulation-window/failure", test_failure);
  g_test_add_func ("/designer/simulation-window/error", test_error);
  g_test_add_func ("/designer/simulation-window/close", test_close);

  return g_test_run ();
}
