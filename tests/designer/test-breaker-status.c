/* test-breaker-status.c: how the breaker of a step stands, and a button to close it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <adwaita.h>

#include "designer/inspector/runnel-breaker-status.h"
#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-state-dir.h"

#define PATH "/home/ana/p.runnel.json"

static const RunnelBreakerRule rule = { 2, G_TIME_SPAN_HOUR };

static void
fail_step (const char *step)
{
  g_autofree char *folder = runnel_state_dir_get ("breakers");
  g_autoptr(RunnelBreakers) breakers =
    runnel_breakers_new (folder, PATH, 7, runnel_clock_get_system ());

  runnel_breakers_record (breakers, step, &rule, RUNNEL_STATE_FAILED);
  g_assert_null (runnel_breakers_get_problem (breakers));
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *box = adw_bin_get_child (ADW_BIN (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (box); child;
       child = gtk_widget_get_next_sibling (child))
    if (g_type_is_a (G_OBJECT_TYPE (child), type))
      return child;
  g_assert_not_reached ();
}

static const char *
get_text (GtkWidget *status)
{
  return gtk_label_get_label (GTK_LABEL (find (status, GTK_TYPE_LABEL)));
}

static GtkWidget *
status_new (const char *step)
{
  GtkWidget *status = g_object_ref_sink (runnel_breaker_status_new ());
  g_autoptr(GFile) file = g_file_new_for_path (PATH);

  runnel_breaker_status_set_step (RUNNEL_BREAKER_STATUS (status), file, step);
  return status;
}

static void
wait_until (GtkWidget *status,
            gboolean   visible)
{
  while (gtk_widget_get_visible (status) != visible)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_open_and_reset (void)
{
  GtkWidget *status;

  fail_step ("deploy");
  fail_step ("deploy");
  status = status_new ("deploy");
  wait_until (status, TRUE);
  g_assert_true (g_str_has_prefix (get_text (status), "The breaker is open since "));
  g_assert_true (gtk_widget_has_css_class (find (status, GTK_TYPE_LABEL), "warning"));

  g_signal_emit_by_name (find (status, GTK_TYPE_BUTTON), "clicked");
  wait_until (status, FALSE);
  g_object_unref (status);
}

/* What a run does meanwhile is seen. */
static void
test_follows (void)
{
  GtkWidget *status;

  fail_step ("build");
  status = status_new ("build");
  wait_until (status, TRUE);
  g_assert_cmpstr (get_text (status), ==, "The breaker is closed, with 1 of 2 failures in a row.");
  fail_step ("build");
  while (!strstr (get_text (status), "open since"))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (status);
}

/* The step has another name, and the failures belong to the old one. */
static void
test_other_step (void)
{
  GtkWidget *status;
  g_autoptr(GFile) file = g_file_new_for_path (PATH);

  fail_step ("test");
  status = status_new ("test");
  wait_until (status, TRUE);
  runnel_breaker_status_set_step (RUNNEL_BREAKER_STATUS (status), file, "lint");
  wait_until (status, FALSE);
  runnel_breaker_status_set_step (RUNNEL_BREAKER_STATUS (status), file, "test");
  wait_until (status, TRUE);
  runnel_breaker_status_set_step (RUNNEL_BREAKER_STATUS (status), NULL, "test");
  g_assert_false (gtk_widget_get_visible (status));
  g_object_unref (status);
}

static void
test_goes_away_while_reading (void)
{
  GtkWidget *status;

  fail_step ("gone");
  status = status_new ("gone");
  g_object_run_dispose (G_OBJECT (status));
  while (G_OBJECT (status)->ref_count > 1) /* the task has one */
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (G_OBJECT (status));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("runnel-state-XXXXXX", NULL);

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/designer/breaker-status/open-and-reset", test_open_and_reset);
  g_test_add_func ("/designer/breaker-status/follows", test_follows);
  g_test_add_func ("/designer/breaker-status/other-step", test_other_step);
  g_test_add_func ("/designer/breaker-status/goes-away-while-reading", test_goes_away_while_reading);
  return g_test_run ();
}
