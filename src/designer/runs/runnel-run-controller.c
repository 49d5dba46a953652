/* runnel-run-controller.c: runs the pipeline of an editor page and shows how it goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-parameters-dialog.h"
#include "designer/runnel-settings.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-controller-private.h"
#include "designer/runs/runnel-run-launcher.h"
#include "designer/runs/runnel-run-notifier.h"
#include "designer/runs/runnel-status-explain.h"

G_DEFINE_FINAL_TYPE (RunnelRunController, runnel_run_controller, G_TYPE_OBJECT)

enum { SIGNAL_STARTING, SIGNAL_SHOW_LOG, SIGNAL_RUN_ENDED, SIGNAL_MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkWindow *
get_window (RunnelRunController *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page)));
}

static gboolean
is_running (RunnelRunController *self)
{
  return self->monitor != NULL && !runnel_run_monitor_is_finished (self->monitor);
}

static void
update_actions (RunnelRunController *self)
{
  gboolean can_run = !self->starting && !is_running (self)
                     && runnel_canvas_get_document (self->canvas) != NULL;

  g_simple_action_set_enabled (self->run_action, can_run);
  g_simple_action_set_enabled (self->stop_action, is_running (self));
  runnel_rerunner_set_enabled (self->rerunner, can_run);
}

/* --- What the run tells ------------------------------------------------------------ */

static guint
count_legs_over (const RunnelLegs *legs)
{
  guint n_over = 0;

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    n_over += runnel_state_is_terminal (i) ? legs->counts[i] : 0;
  return n_over;
}

static char *
describe_step (const RunnelStepStatus *step)
{
  const char *state = runnel_state_get_title (step->state);
  guint n_legs = runnel_legs_count (&step->legs);

  if (step->reason != NULL)
    /* translators: a state and its reason, "Failed: exited with code 1" */
    return g_strdup_printf (_("%s: %s"), state, step->reason);
  if (step->state == RUNNEL_STATE_RUNNING && n_legs > 0)
    /* translators: a state, and how many legs of a matrix are over: "Running: 4 of 9 legs" */
    return g_strdup_printf (_("%s: %u of %u legs"), state, count_legs_over (&step->legs), n_legs);
  return g_strdup (state);
}

static void
show_step (const RunnelStepStatus *step,
           gpointer                user_data)
{
  RunnelRunController *self = user_data;
  g_autofree char *text = describe_step (step);

  runnel_run_forecast_show_step (self->forecast, step, text);
  runnel_canvas_set_step_legs (self->canvas, step->id,
                               runnel_legs_count (&step->legs) > 0 ? &step->legs : NULL);
}

static void
step_changed_cb (RunnelRunController *self,
                 const char          *id)
{
  const RunnelStepStatus *step = runnel_run_monitor_get_step (self->monitor, id);
  g_autofree char *selected = _runnel_run_controller_get_selected (self);

  _runnel_run_controller_add_log (self, step);
  if (step->role != RUNNEL_ROLE_STEP)
    {
      if (step->parent != NULL && g_strcmp0 (step->parent, selected) == 0)
        _runnel_run_controller_queue_legs (self);
      return;
    }
  show_step (step, self);
  if (g_strcmp0 (id, selected) == 0 && runnel_legs_count (&step->legs) > 0)
    _runnel_run_controller_queue_legs (self);
  else if (g_strcmp0 (id, selected) == 0)
    _runnel_run_controller_update_log (self);
}

static void
changed_cb (RunnelRunController *self)
{
  if (!is_running (self))
    {
      runnel_page_set_progress (self->page, -1, NULL);
      return;
    }

  double progress = runnel_run_monitor_get_progress (self->monitor);
  gint64 run = runnel_run_monitor_get_run (self->monitor);
  const char *hold = runnel_run_monitor_get_hold (self->monitor);
  g_autofree char *status =
    hold != NULL
      /* translators: "Run 12: Paused" */
      ? g_strdup_printf (_("Run %" G_GINT64_FORMAT ": %s"), run, hold)
      /* translators: shown in the header bar while a pipeline runs */
      : g_strdup_printf (_("Run %" G_GINT64_FORMAT ": %d %%"), run, (int) (progress * 100));

  runnel_page_set_progress (self->page, progress, status);
}

static void
find_failed_step (const RunnelStepStatus *step,
                  gpointer                user_data)
{
  const RunnelStepStatus **failed = user_data;

  if (runnel_state_is_failure (step->state) && step->attempt > 0
      && (step->role == RUNNEL_ROLE_STEP || step->role == RUNNEL_ROLE_LEG)
      && (*failed == NULL || strcmp (step->id, (*failed)->id) < 0))
    *failed = step;
}

/* A leg is selected in the table of its step. */
static void
select_step (RunnelRunController    *self,
             const RunnelStepStatus *step)
{
  gboolean is_leg = step->role == RUNNEL_ROLE_LEG && step->parent != NULL;

  runnel_canvas_set_selection (self->canvas,
                               (const char *const[]) { is_leg ? step->parent : step->id, NULL });
  if (is_leg)
    runnel_step_panel_select_leg (self->panel, step->id);
}

/* What a person asks first when a run fails is why. Of a step that is selected already, only a
 * leg is to be found. */
static void
show_failed_step (RunnelRunController *self)
{
  const RunnelStepStatus *failed = NULL;
  g_autofree char *selected = _runnel_run_controller_get_selected (self);

  runnel_run_monitor_foreach_step (self->monitor, find_failed_step, &failed);
  if (failed != NULL && (selected == NULL || g_strcmp0 (failed->parent, selected) == 0))
    select_step (self, failed);
  g_signal_emit (self, signals[SIGNAL_SHOW_LOG], 0);
}

static void
finished_cb (RunnelRunController *self,
             int                  state)
{
  gint64 run = runnel_run_monitor_get_run (self->monitor);
  /* translators: "Run 12: Succeeded" */
  g_autofree char *message =
    g_strdup_printf (_("Run %" G_GINT64_FORMAT ": %s"), run, runnel_state_get_title (state));

  changed_cb (self);
  update_actions (self);
  _runnel_run_controller_update_log (self);
  runnel_run_forecast_stop (self->forecast);
  runnel_run_forecast_reload (self->forecast);
  if (runnel_state_is_failure (state))
    show_failed_step (self);
  g_signal_emit (self, signals[SIGNAL_RUN_ENDED], 0, run, message);
}

static char *
explain_cb (RunnelRunController *self,
            const char          *id)
{
  RunnelDocument *document = runnel_canvas_get_document (self->canvas);

  if (self->monitor == NULL || document == NULL)
    return NULL;
  return runnel_status_explain (self->monitor, runnel_document_get_pipeline (document), id);
}

static void
refused_cb (RunnelRunController *self,
            const char          *message)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

static const char *
get_title (RunnelRunController *self)
{
  const char *name =
    runnel_pipeline_get_name (runnel_document_get_pipeline (runnel_canvas_get_document (self->canvas)));

  return name != NULL && *name != '\0' ? name : runnel_page_get_title (self->page);
}

/* --- Starting and stopping -------------------------------------------------------- */

static void
follow_run (RunnelRunController *self,
            gint64               run)
{
  g_clear_object (&self->monitor);
  _runnel_run_controller_forget_logs (self);
  self->monitor = runnel_run_monitor_new (run);
  g_signal_group_set_target (self->monitor_signals, self->monitor);
  runnel_approval_bar_set_monitor (self->approval_bar, self->monitor);
  runnel_run_forecast_stop (self->forecast);
  runnel_canvas_clear_states (self->canvas);
  runnel_rerunner_set_run (self->rerunner, run);
  runnel_run_notifier_follow (runnel_run_notifier_get (), run, get_title (self));
  changed_cb (self);
  _runnel_run_controller_update_log (self);
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRunController) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_run_launcher_start_finish (result, &error);

  self->starting = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return; /* the page is gone; the run goes on without it */
  if (run > 0)
    follow_run (self, run);
  else
    {
      runnel_page_set_progress (self->page, -1, NULL);
      runnel_message_dialog_tell (get_window (self), _("The Run Did Not Start"), error->message);
    }
  update_actions (self);
}

/* What is being typed, and where the file is now, counts from here on. */
static void
starting_cb (RunnelRunController *self)
{
  GFile *file = runnel_document_get_file (runnel_canvas_get_document (self->canvas));

  g_signal_emit (self, signals[SIGNAL_STARTING], 0);
  runnel_run_forecast_set_file (self->forecast, file);
  runnel_rerunner_set_path (self->rerunner, file != NULL ? g_file_peek_path (file) : NULL);
}

/* The pipeline as it is now, saved or not. */
static char *
get_text (gpointer user_data)
{
  RunnelRunController *self = user_data;
  RunnelDocument *document = runnel_canvas_get_document (self->canvas);

  return runnel_pipeline_to_text (runnel_document_get_pipeline (document), NULL);
}

static void
start (RunnelRunController *self,
       JsonObject          *parameters)
{
  g_autofree char *text = get_text (self);
  const RunnelStart wish = {
    .file = runnel_document_get_file (runnel_canvas_get_document (self->canvas)),
    .text = text,
    .parameters = parameters,
    .jobs = g_settings_get_uint (runnel_settings_get (), "jobs"),
    .verb = self->verb,
    .step = self->verb_step,
  };

  self->starting = TRUE;
  update_actions (self);
  runnel_page_set_progress (self->page, 0, _("Starting…"));
  runnel_run_launcher_start_async (&wish, self->cancellable, started_cb, g_object_ref (self));
}

static void
parameters_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RunnelRunController) self = user_data;
  JsonObject *parameters = runnel_parameters_dialog_ask_finish (result, NULL);

  if (parameters == NULL)
    return;
  g_clear_pointer (&self->last_parameters, json_object_unref);
  self->last_parameters = parameters;
  start (self, parameters);
}

static void
run_part (RunnelRunController *self,
          RunnelRerunVerb      verb,
          const char          *step)
{
  self->verb = verb;
  g_free (self->verb_step);
  self->verb_step = g_strdup (step);

  RunnelPipeline *pipeline =
    runnel_document_get_pipeline (runnel_canvas_get_document (self->canvas));
  guint n_parameters;

  runnel_pipeline_get_parameters (pipeline, &n_parameters);
  if (n_parameters == 0)
    start (self, NULL);
  else
    runnel_parameters_dialog_ask_async (get_window (self), pipeline, self->last_parameters,
                                        parameters_cb, g_object_ref (self));
}

static void
run_cb (RunnelRunController *self)
{
  starting_cb (self);
  run_part (self, RUNNEL_RERUN_ALL, NULL);
}

/* Of a pipeline that never ran, a part begins with what there is: nothing. */
static void
first_run_cb (RunnelRunController *self,
              guint                verb,
              const char          *step)
{
  run_part (self, verb == RUNNEL_RERUN_FAILED ? RUNNEL_RERUN_ALL : verb, step);
}

static void
rerun_started_cb (RunnelRunController *self,
                  gint64               run)
{
  follow_run (self, run);
  update_actions (self);
}

static void
stop_cb (RunnelRunController *self)
{
  runnel_run_monitor_cancel (self->monitor);
  runnel_page_set_progress (self->page, runnel_run_monitor_get_progress (self->monitor),
                            _("Stopping…"));
}

static void
document_changed_cb (RunnelRunController *self)
{
  RunnelDocument *document = runnel_canvas_get_document (self->canvas);

  runnel_run_forecast_set_file (self->forecast,
                                document != NULL ? runnel_document_get_file (document) : NULL);
  update_actions (self);
}

static GSimpleAction *
add_action (RunnelRunController *self,
            const char          *name,
            GCallback            callback)
{
  GSimpleAction *action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (self->page)), G_ACTION (action));
  return action;
}

static void
add_rerunner (RunnelRunController *self)
{
  self->rerunner = runnel_rerunner_new (self->page);
  runnel_rerunner_set_text_func (self->rerunner, get_text, self);
  g_signal_connect_object (self->rerunner, "starting", G_CALLBACK (starting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rerunner, "started", G_CALLBACK (rerun_started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rerunner, "first-run", G_CALLBACK (first_run_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rerunner, "message", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- The object --------------------------------------------------------------------- */

static void
runnel_run_controller_dispose (GObject *object)
{
  RunnelRunController *self = RUNNEL_RUN_CONTROLLER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->legs_timeout, g_source_remove);
  g_clear_object (&self->monitor_signals);
  g_clear_object (&self->monitor);
  g_clear_object (&self->panel);
  g_clear_object (&self->approval_bar);
  g_clear_object (&self->run_action);
  g_clear_object (&self->stop_action);
  if (self->forecast != NULL)
    g_object_run_dispose (G_OBJECT (self->forecast));
  g_clear_object (&self->forecast);
  if (self->rerunner != NULL)
    g_object_run_dispose (G_OBJECT (self->rerunner));
  g_clear_object (&self->rerunner);
  _runnel_run_controller_forget_logs (self);

  G_OBJECT_CLASS (runnel_run_controller_parent_class)->dispose (object);
}

static void
runnel_run_controller_finalize (GObject *object)
{
  RunnelRunController *self = RUNNEL_RUN_CONTROLLER (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->last_parameters, json_object_unref);
  g_free (self->verb_step);

  G_OBJECT_CLASS (runnel_run_controller_parent_class)->finalize (object);
}

static void
runnel_run_controller_class_init (RunnelRunControllerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_run_controller_dispose;
  object_class->finalize = runnel_run_controller_finalize;

  signals[SIGNAL_STARTING] = g_signal_new ("starting", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_LOG] = g_signal_new ("show-log", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RUN_ENDED] =
    g_signal_new ("run-ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_run_controller_init (RunnelRunController *self)
{
  self->cancellable = g_cancellable_new ();
  self->panel = RUNNEL_STEP_PANEL (g_object_ref_sink (runnel_step_panel_new ()));
  self->approval_bar = RUNNEL_APPROVAL_BAR (g_object_ref_sink (runnel_approval_bar_new ()));

  self->monitor_signals = g_signal_group_new (RUNNEL_TYPE_RUN_MONITOR);
  g_signal_group_connect_swapped (self->monitor_signals, "step-changed",
                                  G_CALLBACK (step_changed_cb), self);
  g_signal_group_connect_swapped (self->monitor_signals, "changed", G_CALLBACK (changed_cb), self);
  g_signal_group_connect_swapped (self->monitor_signals, "finished", G_CALLBACK (finished_cb),
                                  self);
  g_signal_group_connect_swapped (self->monitor_signals, "refused", G_CALLBACK (refused_cb), self);
}

/**
 * runnel_run_controller_new:
 * @page: the page the runs belong to; it owns the controller
 * @canvas: the canvas of the page
 *
 * Returns: (transfer full): the controller
 */
RunnelRunController *
runnel_run_controller_new (RunnelPage   *page,
                           RunnelCanvas *canvas)
{
  g_return_val_if_fail (RUNNEL_IS_PAGE (page), NULL);
  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);

  RunnelRunController *self = g_object_new (RUNNEL_TYPE_RUN_CONTROLLER, NULL);
  self->page = page;
  self->canvas = canvas;
  self->forecast = runnel_run_forecast_new (canvas, runnel_designer_get_history ());
  self->run_action = add_action (self, "run", G_CALLBACK (run_cb));
  self->stop_action = add_action (self, "stop", G_CALLBACK (stop_cb));
  add_rerunner (self);
  g_signal_connect_object (canvas, "explain", G_CALLBACK (explain_cb), self, G_CONNECT_SWAPPED);
  _runnel_run_controller_log_init (self);
  g_signal_connect_object (runnel_step_panel_get_log_view (self->panel), "message",
                           G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "notify::document", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
  _runnel_run_controller_update_log (self);
  return self;
}

/**
 * runnel_run_controller_get_run:
 * @self: a run controller
 *
 * Returns: the number of the run that is shown, 0 = none
 */
gint64
runnel_run_controller_get_run (RunnelRunController *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CONTROLLER (self), 0);

  return self->monitor != NULL ? runnel_run_monitor_get_run (self->monitor) : 0;
}

/**
 * runnel_run_controller_get_step_panel:
 * @self: a run controller
 *
 * Returns: (transfer none): the log and the legs of the selected step, to be put where logs are
 *   shown
 */
GtkWidget *
runnel_run_controller_get_step_panel (RunnelRunController *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CONTROLLER (self), NULL);

  return GTK_WIDGET (self->panel);
}

/**
 * runnel_run_controller_get_log_view:
 * @self: a run controller
 *
 * Returns: (transfer none): what shows the logs of the run
 */
RunnelLogView *
runnel_run_controller_get_log_view (RunnelRunController *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CONTROLLER (self), NULL);

  return runnel_step_panel_get_log_view (self->panel);
}

/**
 * runnel_run_controller_get_approval_bar:
 * @self: a run controller
 *
 * Returns: (transfer none): asks what the run waits for, to be put where it is seen
 */
GtkWidget *
runnel_run_controller_get_approval_bar (RunnelRunController *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_CONTROLLER (self), NULL);

  return GTK_WIDGET (self->approval_bar);
}
