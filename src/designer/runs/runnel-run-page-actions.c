/* runnel-run-page-actions.c: what can be done with the run of a run page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-keymap.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-rollback-dialog.h"
#include "designer/runs/runnel-run-page-private.h"
#include "designer/runs/runnel-run-notifier.h"

static void
stop_cb (RunnelRunPage *self)
{
  if (self->monitor != NULL)
    runnel_run_monitor_cancel (self->monitor);
}

static void
pause_cb (RunnelRunPage *self)
{
  if (self->monitor != NULL)
    runnel_run_monitor_set_paused (self->monitor, TRUE);
}

static void
resume_cb (RunnelRunPage *self)
{
  if (self->monitor != NULL)
    runnel_run_monitor_set_paused (self->monitor, FALSE);
}

static void
freeze_step_cb (RunnelRunPage *self)
{
  const char *id = _runnel_run_page_get_selected_id (self);

  if (self->monitor != NULL && id != NULL)
    runnel_run_monitor_set_frozen (self->monitor, id, TRUE);
}

static void
thaw_step_cb (RunnelRunPage *self)
{
  const char *id = _runnel_run_page_get_selected_id (self);

  if (self->monitor != NULL && id != NULL)
    runnel_run_monitor_set_frozen (self->monitor, id, FALSE);
}

static void
open_pipeline_cb (RunnelRunPage *self)
{
  if (self->record == NULL || self->record->file == NULL)
    return;

  g_autoptr(GFile) file = g_file_new_for_path (self->record->file);
  g_signal_emit_by_name (self, "open-file", file);
}

static void
started_cb (RunnelRunPage *self,
            gint64         run)
{
  runnel_run_notifier_follow (runnel_run_notifier_get (), run, self->record->pipeline);
  g_signal_emit_by_name (self, "open-run", run);
}

static void
rolled_back_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RunnelRunPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_rollback_dialog_start_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (run > 0)
    started_cb (self, run);
  else if (error != NULL)
    _runnel_run_page_message_cb (self, error->message);
}

static void
roll_back_cb (RunnelRunPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  runnel_rollback_dialog_start_async (GTK_WINDOW (root), self->run, self->cancellable,
                                      rolled_back_cb, g_object_ref (self));
}

static void
earlier_found_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RunnelRunPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs =
    runnel_history_service_list_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (runs == NULL)
    _runnel_run_page_message_cb (self, error->message);
  else if (runs->len == 0)
    _runnel_run_page_message_cb (self, _("No run of this pipeline came before this one"));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.compare-runs", "(xx)",
                                ((RunnelRunRecord *) runs->pdata[0])->id, self->run);
}

/* With the last run of the same pipeline before this one. */
static void
compare_cb (RunnelRunPage *self)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  if (self->record == NULL)
    return;
  filter->pipeline = g_strdup (self->record->file ? self->record->file : self->record->pipeline);
  filter->before = self->run;
  runnel_history_service_list_runs_async (runnel_designer_get_history (), filter, 1,
                                          self->cancellable, earlier_found_cb,
                                          g_object_ref (self));
}

/* On this page, what is looked for is in the log. */
static void
find (RunnelRunPage *self,
      const char    *action)
{
  gtk_widget_activate_action (GTK_WIDGET (runnel_step_panel_get_log_view (self->panel)), action,
                              NULL);
}

static void
find_cb (RunnelRunPage *self)
{
  find (self, "log.find");
}

static void
find_next_cb (RunnelRunPage *self)
{
  find (self, "log.find-next");
}

static void
find_previous_cb (RunnelRunPage *self)
{
  find (self, "log.find-previous");
}

/* The key of this command is nobody's who does not ask for it. */
static void
add_find_key (RunnelRunPage *self)
{
  GListModel *shortcuts =
    runnel_keymap_get_shortcuts_as (runnel_keymap_get_default (), "page.find", "page.find");

  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}

static GSimpleAction *
add_action (RunnelRunPage *self,
            const char    *name,
            GCallback      callback)
{
  GSimpleAction *action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
  return action;
}

void
_runnel_run_page_message_cb (RunnelRunPage *self,
                             const char    *text)
{
  g_signal_emit_by_name (self, "message", text);
}

static void
add_rerunner (RunnelRunPage *self)
{
  self->rerunner = runnel_rerunner_new (RUNNEL_PAGE (self));
  g_signal_connect_object (self->rerunner, "started", G_CALLBACK (started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rerunner, "message", G_CALLBACK (_runnel_run_page_message_cb),
                           self, G_CONNECT_SWAPPED);
}

void
_runnel_run_page_actions_init (RunnelRunPage *self)
{
  self->stop_action = add_action (self, "stop", G_CALLBACK (stop_cb));
  self->roll_back_action = add_action (self, "roll-back", G_CALLBACK (roll_back_cb));
  g_object_unref (add_action (self, "open-pipeline", G_CALLBACK (open_pipeline_cb)));
  g_object_unref (add_action (self, "compare-run", G_CALLBACK (compare_cb)));
  g_object_unref (add_action (self, "find", G_CALLBACK (find_cb)));
  g_object_unref (add_action (self, "find-next", G_CALLBACK (find_next_cb)));
  g_object_unref (add_action (self, "find-previous", G_CALLBACK (find_previous_cb)));
  add_find_key (self);
  g_object_unref (add_action (self, "pause-run", G_CALLBACK (pause_cb)));
  g_object_unref (add_action (self, "resume-run", G_CALLBACK (resume_cb)));
  g_object_unref (add_action (self, "freeze-step", G_CALLBACK (freeze_step_cb)));
  g_object_unref (add_action (self, "thaw-step", G_CALLBACK (thaw_step_cb)));
  g_simple_action_set_enabled (self->stop_action, FALSE);
  g_simple_action_set_enabled (self->roll_back_action, FALSE);
  add_rerunner (self);
}
