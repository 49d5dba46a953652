/* runnel-runs-page-actions.c: what can be done with the runs of the list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"
#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-label-dialog.h"
#include "designer/runs/runnel-run-deleter.h"
#include "designer/runs/runnel-run-launcher.h"
#include "designer/runs/runnel-run-notifier.h"
#include "designer/runs/runnel-runs-page-private.h"
#include "designer/telemetry/runnel-run-teller.h"

#define PREFIX "page.runs-"
#define RUN RUNNEL_COMMANDS_RUN

#define RERUN "rerun"

/* Their keys are those of the list while it has the keyboard. */
static const RunnelCommand commands[] = {
  { PREFIX "open", N_("_Open the Run"), RUN },
  { PREFIX "compare", N_("_Compare the Two Selected Runs"), RUN, "<Control><Alt>c" },
  { PREFIX "select", N_("_Select Runs"), RUN },
  { PREFIX "search-logs", N_("Searc_h in the Logs of Selected Runs…"), RUN },
  { PREFIX "pin", N_("_Pin Runs"), RUN, "<Control>b" },
  { PREFIX "unpin", N_("_Unpin Runs"), RUN, "<Control><Shift>b" },
  { PREFIX "label", N_("_Labels of Runs…"), RUN, .like = "canvas.rename" },
  { PREFIX "rerun", N_("Run A_gain as It Was"), RUN },
  { PREFIX "send", N_("Send _Telemetry Again"), RUN },
  { PREFIX "delete", N_("_Delete Runs…"), RUN, .like = "canvas.delete" },
  { PREFIX "show-all", N_("Show _All Runs"), RUN, "<Alt>BackSpace" },
  { PREFIX "export", N_("_Export Runs…"), RUN, "<Control>e" },
  { PREFIX "import", N_("_Import Runs…"), RUN, "<Control><Alt>i" },
  { PREFIX "free-space", N_("_Free Space of Runs…"), RUN },
  { PREFIX "reload", N_("_Read the History Again"), RUN },
};

static RunnelRunsModel *
get_model (RunnelRunsPage *self)
{
  return runnel_runs_feed_get_model (self->feed);
}

static GtkWindow *
get_window (RunnelRunsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
tell (RunnelRunsPage *self,
      const char     *text)
{
  g_signal_emit_by_name (self, "message", text);
}

/* Something was done with runs: they are shown as they are now. */
static void
done (RunnelRunsPage *self,
      const GError   *error)
{
  if (error != NULL)
    tell (self, error->message);
  runnel_runs_feed_refresh (self->feed);
}

/* --- Marks ----------------------------------------------------------------------------------- */

static void
pinned_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunsPage *self = user_data;
  g_autoptr(GError) error = NULL;

  runnel_history_service_set_pinned_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    done (self, error);
}

static void
set_pinned (RunnelRunsPage *self,
            gboolean        pinned)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  runnel_history_service_set_pinned_async (runnel_designer_get_history (),
                                           (const gint64 *) runs->data, runs->len, pinned,
                                           self->cancellable, pinned_cb, self);
}

static void
pin_cb (RunnelRunsPage *self)
{
  set_pinned (self, TRUE);
}

static void
unpin_cb (RunnelRunsPage *self)
{
  set_pinned (self, FALSE);
}

static void
labelled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;

  runnel_label_dialog_ask_finish (result, &error);
  if (!g_cancellable_is_cancelled (self->cancellable))
    done (self, error);
}

static void
label_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  runnel_label_dialog_ask_async (get_window (self), runnel_designer_get_history (),
                                 (const gint64 *) runs->data, runs->len, self->cancellable,
                                 labelled_cb, g_object_ref (self));
}

/* --- Deletion ----------------------------------------------------------------------------------- */

static void
progress_cb (guint    n_deleted,
             guint    n_runs,
             gpointer user_data)
{
  RunnelRunsPage *self = user_data;

  runnel_page_set_progress (RUNNEL_PAGE (self), (double) n_deleted / n_runs, _("Deleting"));
}

static void
tell_deleted (RunnelRunsPage *self,
              guint           n_deleted,
              guint           n_live)
{
  g_autofree char *deleted = g_strdup_printf (ngettext ("%'u run deleted", "%'u runs deleted",
                                                        n_deleted), n_deleted);
  g_autofree char *live = g_strdup_printf (ngettext ("%u goes on and stays", "%u go on and stay",
                                                     n_live), n_live);
  g_autofree char *text = n_live > 0 ? g_strdup_printf ("%s; %s", deleted, live) : NULL;

  tell (self, text != NULL ? text : deleted);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  guint n_deleted, n_live;
  gboolean ok = runnel_run_deleter_ask_finish (result, &n_deleted, &n_live, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  runnel_page_set_progress (RUNNEL_PAGE (self), -1, NULL);
  if (ok)
    {
      tell_deleted (self, n_deleted, n_live);
      self->had_keyboard = TRUE; /* nothing is selected now: the button that was clicked is dead */
    }
  if (ok || error != NULL)
    done (self, error);
}

static void
delete_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  runnel_run_deleter_ask_async (get_window (self), runnel_designer_get_history (),
                                (const gint64 *) runs->data, runs->len, progress_cb,
                                self->cancellable, deleted_cb, g_object_ref (self));
}

/* --- Again -------------------------------------------------------------------------------------- */

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_run_launcher_start_finish (result, &error);
  g_autofree char *title = g_strdup_printf (_("Run %" G_GINT64_FORMAT), run);

  if (run > 0)
    runnel_run_notifier_follow (runnel_run_notifier_get (), run, title);
  if (!g_cancellable_is_cancelled (self->cancellable))
    done (self, error);
}

static void
rerun_selected (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  for (guint i = 0; i < runs->len; i++)
    {
      const RunnelRerun rerun = { .run = g_array_index (runs, gint64, i), .verb = RUNNEL_RERUN_ALL };

      runnel_run_launcher_rerun_async (&rerun, NULL, started_cb, g_object_ref (self));
    }
}

static void
rerun_answered_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, RERUN) && !g_cancellable_is_cancelled (self->cancellable))
    rerun_selected (self);
}

/* One run is what a person asked for; with several there may be more than they thought. */
static void
rerun_cb (RunnelRunsPage *self)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { RERUN, _("_Run Again"), RUNNEL_ANSWER_SUGGESTED },
  };
  guint n_runs = runnel_runs_model_n_selected (get_model (self));
  g_autofree char *heading = g_strdup_printf (ngettext ("Run %u Pipeline Again?",
                                                        "Run %u Pipelines Again?", n_runs), n_runs);

  if (n_runs == 1)
    rerun_selected (self);
  else
    runnel_message_dialog_ask_async (get_window (self), heading,
                                     _("They run at the same time, each as it ran before."), NULL,
                                     answers, G_N_ELEMENTS (answers), rerun_answered_cb,
                                     g_object_ref (self));
}

/* --- Telemetry ---------------------------------------------------------------------------------- */

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelRunsPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = runnel_run_teller_tell_finish (result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, text != NULL ? text : error->message);
}

static void
send_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  runnel_run_teller_tell_async ((const gint64 *) runs->data, runs->len, self->cancellable, sent_cb,
                                self);
}

/* --- Views ------------------------------------------------------------------------------------------ */

static void
open_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  g_signal_emit_by_name (self, "run-activated", g_array_index (runs, gint64, 0));
}

/* The earlier one is what the later is measured by, whichever was selected first. */
static void
compare_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));
  const gint64 *selected = (const gint64 *) runs->data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare-runs", "(xx)",
                              MIN (selected[0], selected[1]), MAX (selected[0], selected[1]));
}

static void
search_logs_cb (RunnelRunsPage *self)
{
  g_autoptr(GArray) runs = runnel_runs_model_get_selected (get_model (self));

  g_signal_emit_by_name (self, "search-logs", runs);
}

static void
show_all_cb (RunnelRunsPage *self)
{
  runnel_run_query_clear (self->query);
}

static void
reload_cb (RunnelRunsPage *self)
{
  runnel_runs_feed_refresh (self->feed);
}

static void
find_cb (RunnelRunsPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

static void
select_cb (RunnelRunsPage *self,
           GVariant       *state,
           GSimpleAction  *action)
{
  g_simple_action_set_state (action, state);
  _runnel_runs_page_set_selecting (self, g_variant_get_boolean (state));
}

/* --- Actions ---------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  void (*activate) (RunnelRunsPage *self);
  guint min_selected, max_selected; /* of runs, for it to be of use */
  gboolean is_long;                 /* only one such thing at a time */
} actions[] = {
  { "runs-open", open_cb, 1, 1 },
  { "runs-compare", compare_cb, 2, 2 },
  { "runs-search-logs", search_logs_cb, 1, G_MAXUINT },
  { "runs-pin", pin_cb, 1, G_MAXUINT },
  { "runs-unpin", unpin_cb, 1, G_MAXUINT },
  { "runs-label", label_cb, 1, G_MAXUINT },
  { "runs-rerun", rerun_cb, 1, 20 },
  { "runs-send", send_cb, 1, 100 },
  { "runs-delete", delete_cb, 1, G_MAXUINT },
  { "runs-show-all", show_all_cb, 0, G_MAXUINT },
  { "runs-export", _runnel_runs_page_export, 0, G_MAXUINT, TRUE },
  { "runs-import", _runnel_runs_page_import, 0, G_MAXUINT, TRUE },
  { "runs-free-space", _runnel_runs_page_free_space, 0, G_MAXUINT, TRUE },
  { "runs-reload", reload_cb, 0, G_MAXUINT },
  { "find", find_cb, 0, G_MAXUINT },
};

static GActionMap *
get_actions (RunnelRunsPage *self)
{
  return G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));
}

/* Which actions are of use depends on how many runs are selected. */
void
_runnel_runs_page_actions_update (RunnelRunsPage *self)
{
  guint n_selected = runnel_runs_model_n_selected (get_model (self));
  gboolean is_busy = runnel_job_bar_is_active (self->job_bar);
  GAction *select = g_action_map_lookup_action (get_actions (self), "runs-select");

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (get_actions (self), actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   n_selected >= actions[i].min_selected &&
                                     n_selected <= actions[i].max_selected &&
                                     !(is_busy && actions[i].is_long));
    }
  g_simple_action_set_state (G_SIMPLE_ACTION (select), g_variant_new_boolean (self->selecting));
}

static void
add_action (RunnelRunsPage *self,
            guint           i)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new (actions[i].name, NULL);

  g_signal_connect_object (action, "activate", G_CALLBACK (actions[i].activate), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (get_actions (self), G_ACTION (action));
}

static void
add_select_action (RunnelRunsPage *self)
{
  g_autoptr(GSimpleAction) action =
    g_simple_action_new_stateful ("runs-select", NULL, g_variant_new_boolean (FALSE));

  g_signal_connect_object (action, "change-state", G_CALLBACK (select_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (get_actions (self), G_ACTION (action));
}

static void
add_keys (GtkWidget  *widget,
          GListModel *shortcuts)
{
  gtk_widget_add_controller (widget, gtk_shortcut_controller_new_for_model (shortcuts));
}

void
_runnel_runs_page_actions_init (RunnelRunsPage *self)
{
  RunnelKeymap *keymap = runnel_keymap_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    add_action (self, i);
  add_select_action (self);
  add_keys (GTK_WIDGET (self->list_view), runnel_keymap_get_shortcuts (keymap, PREFIX));
  add_keys (GTK_WIDGET (self),
            runnel_keymap_get_shortcuts_as (keymap, "page.find", "page.find"));
  _runnel_runs_page_actions_update (self);
}

void
_runnel_runs_page_actions_class_init (RunnelRunsPageClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    runnel_commands_add (&commands[i]);
}
