/* runnel-application-runs.c: what notifications about runs let a person do
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The actions belong to the application, since the window may be closed when a button is pressed.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-application-runs.h"
#include "designer/runnel-window.h"
#include "designer/runs/runnel-run-launcher.h"
#include "designer/runs/runnel-run-notifier.h"
#include "engine/runnel-run-client.h"
#include "history/runnel-history.h"
#include "util/runnel-task.h"

static RunnelWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static RunnelWindow *
get_window (GtkApplication *application)
{
  RunnelWindow *window = find_window (application);

  return window ? window : runnel_window_new (application);
}

/* What can't be said in a window that is not there is said by the desktop. */
static void
tell (GtkApplication *application,
      const char     *text)
{
  RunnelWindow *window = find_window (application);
  g_autoptr(GNotification) notification = NULL;

  if (window)
    {
      runnel_window_add_toast (window, text);
      return;
    }
  notification = g_notification_new (text);
  g_application_send_notification (G_APPLICATION (application), NULL, notification);
}

static void
open_run_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelWindow *window = get_window (user_data);

  runnel_window_show_run (window, g_variant_get_int64 (parameter));
  gtk_window_present (GTK_WINDOW (window));
}

/* --- Answers --------------------------------------------------------------------- */

static void
answer_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_autofree char *run_dir = NULL;
  g_autoptr(JsonObject) request = NULL;
  g_autoptr(JsonObject) reply = NULL;
  GError *error = NULL;
  const char *step;
  gboolean approved;
  gint64 run;

  g_variant_get (task_data, "(x&sb)", &run, &step, &approved);
  run_dir = runnel_history_get_run_dir (run);
  request = runnel_run_client_make_request (approved ? "approve" : "reject", step, NULL);
  reply = runnel_run_client_request (run_dir, request, &error);
  if (reply)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    tell (GTK_APPLICATION (object), error->message);
  g_application_release (G_APPLICATION (object));
}

static void
answer_run_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autoptr(GTask) task = g_task_new (user_data, NULL, answered_cb, NULL);

  g_application_hold (user_data);
  g_task_set_source_tag (task, answer_run_cb);
  g_task_set_task_data (task, g_variant_ref (parameter), (GDestroyNotify) g_variant_unref);
  runnel_task_run_in_thread (task, answer_in_thread);
}

/* --- Retry ------------------------------------------------------------------------- */

static void
retried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GtkApplication) application = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 run = runnel_run_launcher_start_finish (result, &error);

  if (run > 0)
    {
      text = g_strdup_printf (_("Run %" G_GINT64_FORMAT), run);
      runnel_run_notifier_follow (runnel_run_notifier_get (), run, text);
    }
  else
    tell (application, error->message);
  g_application_release (G_APPLICATION (application));
}

static void
retry_run_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  const RunnelRerun rerun = { .run = g_variant_get_int64 (parameter), .verb = RUNNEL_RERUN_FAILED };

  g_application_hold (user_data);
  runnel_run_launcher_rerun_async (&rerun, NULL, retried_cb, g_object_ref (user_data));
}

static const GActionEntry actions[] = {
  { "open-run", open_run_cb, "x" },
  { "answer-run", answer_run_cb, "(xsb)" },
  { "retry-run", retry_run_cb, "x" },
};

/* The page in front of the window that has the focus shows the run. */
static gboolean
is_run_seen (gint64   run,
             gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  RunnelPage *page =
    RUNNEL_IS_WINDOW (window) ? runnel_window_get_active_page (RUNNEL_WINDOW (window)) : NULL;

  return page && gtk_window_is_active (window) && runnel_page_shows_run (page, run);
}

/**
 * runnel_application_runs_init:
 * @application: the application, at its start
 *
 * Adds the actions that the buttons of notifications are.
 */
void
runnel_application_runs_init (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  runnel_run_notifier_set_seen (runnel_run_notifier_get (), is_run_seen, application);
}
