/* runnel-run-page.c: one run of the history, with its timing and its logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "charts/runnel-timing.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-gantt.h"
#include "designer/runs/runnel-approval-bar.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-rerunner.h"
#include "designer/runs/runnel-rollback-dialog.h"
#include "designer/runs/runnel-run-monitor.h"
#include "designer/runs/runnel-run-notifier.h"
#include "designer/runs/runnel-run-page.h"
#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-state-label.h"
#include "designer/runs/runnel-step-bar.h"
#include "designer/runs/runnel-step-panel.h"
#include "engine/runnel-run-dir.h"
#include "history/runnel-explain.h"
#include "util/runnel-format.h"

/* The history follows a run in batches; asking more often than it writes is of no use. */
#define RELOAD_DELAY_MS 150

/* All columns of the legs of a matrix with two axes. */
#define TABLE_WIDTH 580

struct _RunnelRunPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  RunnelStateLabel *state_label;
  GtkLabel *facts_label;
  GtkLabel *parameters_label;
  RunnelApprovalBar *approval_bar;
  RunnelGantt *gantt;
  RunnelStepBar *step_bar;
  RunnelStepPanel *panel;
  GtkButton *pause_button;
  GtkButton *resume_button;

  /* Owned references */
  GCancellable *cancellable;
  RunnelRunMonitor *monitor;    /* while the run goes on */
  RunnelPipeline *pipeline;     /* as it ran; NULL until read */
  RunnelRunRecord *record;
  GPtrArray *steps;             /* of RunnelStepRecord */
  GPtrArray *family;            /* of RunnelInnerRun: the runs of its subpipelines */
  GPtrArray *artifacts;         /* of RunnelArtifactRecord; NULL until read */
  GSimpleAction *stop_action;
  GSimpleAction *open_action;
  GSimpleAction *roll_back_action;
  RunnelRerunner *rerunner;

  gint64 run;
  guint reload_timeout;
  gboolean updating;            /* the table of legs */
};

G_DEFINE_FINAL_TYPE (RunnelRunPage, runnel_run_page, RUNNEL_TYPE_PAGE)

static guint open_file_signal;
static guint open_run_signal;
static guint message_signal;

static gboolean
is_over (RunnelRunPage *self)
{
  return runnel_state_is_terminal (self->record->state);
}

/* --- The log ----------------------------------------------------------------------- */

static RunnelStepRecord *
find_step_in (GPtrArray  *steps,
              const char *id)
{
  for (guint i = 0; id != NULL && steps != NULL && i < steps->len; i++)
    {
      RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (g_str_equal (step->id, id))
        return step;
    }
  return NULL;
}

static RunnelStepRecord *
find_step (RunnelRunPage *self,
           const char    *id)
{
  return find_step_in (self->steps, id);
}

/* Of several runs that a step started, one for each attempt, the latest. */
static const RunnelInnerRun *
find_inner_run (RunnelRunPage *self,
                gint64         run,
                const char    *step)
{
  for (guint i = self->family != NULL ? self->family->len : 0; i-- > 0;)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (self->family, i);

      if (inner->run->parent == run && g_strcmp0 (inner->run->parent_step, step) == 0)
        return inner;
    }
  return NULL;
}

/* The step of a row, "deploy/build" in the run of a subpipeline, and the run that it belongs to. */
static const RunnelStepRecord *
find_step_of_row (RunnelRunPage *self,
                  const char    *id,
                  gint64        *ret_run)
{
  GPtrArray *steps = self->steps;
  const char *slash;

  *ret_run = self->run;
  while (id != NULL && (slash = strchr (id, '/')) != NULL)
    {
      g_autofree char *step = g_strndup (id, slash - id);
      const RunnelInnerRun *inner = find_inner_run (self, *ret_run, step);

      if (inner == NULL)
        return NULL;
      *ret_run = inner->run->id;
      steps = inner->steps;
      id = slash + 1;
    }
  return find_step_in (steps, id);
}

static RunnelLogView *
get_log_view (RunnelRunPage *self)
{
  return runnel_step_panel_get_log_view (self->panel);
}

static const char *
get_step_title (const RunnelStepRecord *step)
{
  return step->name != NULL ? step->name : step->id;
}

/* How the attempt ended, and of the step's last one also what became of its failure. */
static void
show_outcome (RunnelRunPage          *self,
              const RunnelStepRecord *step,
              guint                   attempt)
{
  const RunnelAttemptRecord *record = g_ptr_array_index (step->attempts, attempt - 1);
  gboolean is_last = attempt == step->attempts->len;
  const char *reason = record->reason != NULL ? record->reason : is_last ? step->reason : NULL;
  const char *consequence = is_last && step->handled     ? _("made good by a fallback")
                            : is_last && step->tolerated ? _("tolerated: the run went on")
                                                         : NULL;
  g_autofree char *text = reason != NULL && consequence != NULL
                            ? g_strdup_printf ("%s; %s", reason, consequence)
                            : g_strdup (consequence != NULL ? consequence : reason);

  runnel_log_view_set_outcome (get_log_view (self), is_last ? step->state : record->state, text);
}

static void
show_attempt (RunnelRunPage          *self,
              gint64                  run,
              const RunnelStepRecord *step,
              guint                   attempt)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  g_autofree char *name = runnel_run_dir_log_name (step->id, attempt);
  g_autofree char *path = g_build_filename (run_dir, name, NULL);
  g_autofree char *title = step->attempts->len > 1
                             ? g_strdup_printf (_("%s, attempt %u of %u"), get_step_title (step),
                                                attempt, step->attempts->len)
                             : g_strdup (get_step_title (step));
  gboolean over = attempt < step->attempts->len || runnel_state_is_terminal (step->state);

  runnel_log_view_show_file (get_log_view (self), title, path, !over);
  show_outcome (self, step, attempt);
  if (over)
    runnel_log_view_finish (get_log_view (self));
}

/* Whether the legs of a step are in the table: what it did is in their logs. */
static gboolean
has_legs (RunnelRunPage *self,
          const char    *id)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
show_log (RunnelRunPage *self,
          const char    *id,
          guint          attempt)
{
  gint64 run;
  const RunnelStepRecord *step = find_step_of_row (self, id, &run);

  if (step == NULL)
    runnel_log_view_show_nothing (get_log_view (self), _("Select a step to see its log"));
  else if (step->attempts->len > 0)
    show_attempt (self, run, step, attempt > 0 ? attempt : step->attempts->len);
  else if (step->reason != NULL)
    runnel_log_view_show_nothing (get_log_view (self), step->reason);
  else if (has_legs (self, id))
    runnel_log_view_show_nothing (get_log_view (self), _("Select a leg to see its log"));
  else
    runnel_log_view_show_nothing (get_log_view (self), runnel_state_get_title (step->state));
}

static void
append_leg (GArray                 *legs,
            const RunnelStepRecord *step)
{
  guint n_attempts = step->attempts->len;
  const RunnelAttemptRecord *last =
    n_attempts > 0 ? g_ptr_array_index (step->attempts, n_attempts - 1) : NULL;
  const RunnelLegFacts facts = {
    step->id,      step->matrix,   step->state, n_attempts,
    step->started, step->finished, last != NULL ? last->exit_code : -1,
  };

  g_array_append_val (legs, facts);
}

static void
update_legs (RunnelRunPage *self,
             const char    *id)
{
  g_autoptr(GArray) legs = g_array_new (FALSE, FALSE, sizeof (RunnelLegFacts));

  for (guint i = 0; id != NULL && self->steps != NULL && i < self->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, id) == 0)
        append_leg (legs, step);
    }
  self->updating = TRUE;
  runnel_step_panel_set_legs (self->panel, (RunnelLegFacts *) legs->data, legs->len);
  self->updating = FALSE;
}

/* The step of the file that a row is about: a leg belongs to one, an undo or a hook to none. */
static const char *
find_file_step (RunnelRunPage *self,
                const char    *id)
{
  const RunnelStepRecord *step = find_step (self, id);

  if (step == NULL || step->role == RUNNEL_ROLE_UNDO || step->role == RUNNEL_ROLE_HOOK)
    return NULL;
  return step->role == RUNNEL_ROLE_LEG ? step->parent : step->id;
}

/* The leg that is selected in the table, or else the step. */
static const char *
get_selected_id (RunnelRunPage *self)
{
  const char *leg = runnel_step_panel_get_leg (self->panel);

  return leg != NULL ? leg : runnel_gantt_get_selection (self->gantt);
}

static void
update_step_holds (RunnelRunPage *self)
{
  const char *id = get_selected_id (self);
  const RunnelStepStatus *status = NULL;
  gboolean under_way, frozen;

  if (id != NULL && self->monitor != NULL && !runnel_run_monitor_is_finished (self->monitor))
    status = runnel_run_monitor_get_step (self->monitor, id);
  frozen = status != NULL && runnel_step_status_is_frozen (status);
  under_way = status != NULL && !frozen && status->state == RUNNEL_STATE_RUNNING;
  runnel_step_bar_set_holds (self->step_bar, under_way, frozen);
}

static void
show_step (RunnelRunPage *self,
           const char    *id)
{
  const RunnelStepRecord *step = find_step (self, id);
  g_autoptr(GPtrArray) facts = NULL;
  g_autofree char *explanation = NULL;

  if (step != NULL)
    {
      facts = runnel_explain_step (self->steps, self->pipeline, step);
      explanation = runnel_explain_text (facts);
    }
  runnel_step_bar_explain (self->step_bar, explanation);
  update_step_holds (self);
}

static void
show_artifacts (RunnelRunPage *self,
                const char    *id)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (self->run);

  runnel_artifacts_list_set (runnel_step_panel_get_artifacts (self->panel), self->artifacts, id,
                             run_dir);
}

static void
selected_cb (RunnelRunPage *self)
{
  const char *id;

  id = runnel_gantt_get_selection (self->gantt);
  update_legs (self, id);
  runnel_rerunner_set_step (self->rerunner, find_file_step (self, id));
  id = get_selected_id (self);
  show_step (self, id);
  show_log (self, id, 0);
  show_artifacts (self, id);
}

static void
leg_selected_cb (RunnelRunPage *self)
{
  if (!self->updating)
    selected_cb (self);
}

static void
step_activated_cb (RunnelRunPage *self,
                   const char    *id,
                   guint          attempt)
{
  show_log (self, id, attempt);
}

/* --- What is shown ------------------------------------------------------------------ */

static char *
describe_facts (const RunnelRunRecord *record)
{
  g_autofree char *started = runnel_format_time (record->started);
  g_autofree char *counts = runnel_run_describe_counts (record);
  gint64 end = record->finished > 0 ? record->finished : g_get_real_time ();
  g_autofree char *duration = runnel_format_duration (end - record->started);
  GString *facts = g_string_new (NULL);

  /* translators: start time, duration, and how many steps went well */
  g_string_append_printf (facts, _("Started %s, took %s. %s."), started, duration, counts);
  if (record->reason != NULL && *record->reason != '\0')
    g_string_append_printf (facts, " %s", record->reason);
  return g_string_free (facts, FALSE);
}

static char *
describe_parameters (const RunnelRunRecord *record)
{
  JsonObject *parameters = NULL;
  GString *text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (record->details != NULL && json_object_has_member (record->details, "parameters"))
    parameters = json_object_get_object_member (record->details, "parameters");
  if (parameters == NULL)
    return g_string_free (text, FALSE);

  json_object_iter_init (&iter, parameters);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *json = json_to_string (value, FALSE);

      g_string_append_printf (text, "%s%s = %s", text->len > 0 ? "   " : "", name, json);
    }
  return g_string_free (text, FALSE);
}

static void
show_head (RunnelRunPage *self)
{
  g_autofree char *facts = describe_facts (self->record);
  g_autofree char *parameters = describe_parameters (self->record);

  runnel_state_label_set_state (self->state_label, self->record->state);
  gtk_label_set_label (self->facts_label, facts);
  gtk_label_set_label (self->parameters_label, parameters);
  gtk_widget_set_visible (GTK_WIDGET (self->parameters_label), *parameters != '\0');
  runnel_page_set_subtitle (RUNNEL_PAGE (self), self->record->pipeline);
}

/* Of a run that failed, what a person asks first is why. */
static void
select_first_failure (RunnelRunPage *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (runnel_state_is_failure (step->state) && !step->tolerated)
        {
          runnel_gantt_set_selection (self->gantt, step->id);
          return;
        }
    }
}

static RunnelTiming *
make_timing (RunnelRunPage *self)
{
  gint64 now = g_get_real_time ();
  RunnelTiming *timing = runnel_timing_new (self->record, self->steps, self->pipeline, now);

  runnel_timing_nest_family (timing, self->family, now);
  return timing;
}

static void
show (RunnelRunPage *self)
{
  gboolean first = !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "run");

  show_head (self);
  runnel_gantt_set_timing (self->gantt, make_timing (self));
  g_simple_action_set_enabled (self->stop_action, !is_over (self));
  g_simple_action_set_enabled (self->roll_back_action, is_over (self));
  runnel_rerunner_set_path (self->rerunner, self->record->file);
  runnel_rerunner_set_enabled (self->rerunner, is_over (self));
  gtk_stack_set_visible_child_name (self->stack, "run");
  if (first && is_over (self))
    select_first_failure (self);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    runnel_page_focus (RUNNEL_PAGE (self));
  selected_cb (self);
}

static void
show_error (RunnelRunPage *self,
            const GError  *error)
{
  adw_status_page_set_description (self->error_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* --- Reading --------------------------------------------------------------------------- */

static void load (RunnelRunPage *self);

static gboolean
reload_cb (gpointer user_data)
{
  RunnelRunPage *self = user_data;

  self->reload_timeout = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
queue_reload (RunnelRunPage *self)
{
  if (self->reload_timeout == 0)
    self->reload_timeout = g_timeout_add (RELOAD_DELAY_MS, reload_cb, self);
}

static void
update_progress (RunnelRunPage *self)
{
  double progress = runnel_run_monitor_get_progress (self->monitor);

  if (runnel_run_monitor_is_finished (self->monitor))
    runnel_page_set_progress (RUNNEL_PAGE (self), -1, NULL);
  else
    {
      const char *hold = runnel_run_monitor_get_hold (self->monitor);

      runnel_page_set_progress (RUNNEL_PAGE (self), progress, hold != NULL ? hold : _("Running"));
    }
}

/* Whether the run is under way is what the monitor knows, which hears the run itself. */
static void
update_holds (RunnelRunPage *self)
{
  gboolean live = self->monitor != NULL && !runnel_run_monitor_is_finished (self->monitor);
  gboolean paused = live && runnel_run_monitor_is_paused (self->monitor);

  gtk_widget_set_visible (GTK_WIDGET (self->pause_button), live && !paused);
  gtk_widget_set_visible (GTK_WIDGET (self->resume_button), paused);
  update_step_holds (self);
}

static void
monitor_changed_cb (RunnelRunPage *self)
{
  update_progress (self);
  update_holds (self);
  queue_reload (self);
}

static void
message_cb (RunnelRunPage *self,
            const char    *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static void
follow (RunnelRunPage *self)
{
  self->monitor = runnel_run_monitor_new (self->run);
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "step-changed", G_CALLBACK (update_step_holds), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "refused", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);
  runnel_approval_bar_set_monitor (self->approval_bar, self->monitor);
}

static void
artifacts_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *artifacts =
    runnel_history_service_list_artifacts_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (artifacts == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
  self->artifacts = artifacts;
  show (self);
  if (self->monitor == NULL && !is_over (self))
    follow (self);
}

static void
family_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *family =
    runnel_history_service_list_family_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (family == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_pointer (&self->family, g_ptr_array_unref);
  self->family = family;
  runnel_history_service_list_artifacts_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                               self->cancellable, artifacts_cb, self);
}

static void
steps_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *steps =
    runnel_history_service_get_steps_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (steps == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = steps;
  runnel_history_service_list_family_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                            self->cancellable, family_cb, self);
}

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelRunRecord *record =
    runnel_history_service_get_run_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (record == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_pointer (&self->record, runnel_run_record_free);
  self->record = record;
  runnel_history_service_get_steps_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                          self->cancellable, steps_cb, self);
}

static void
load (RunnelRunPage *self)
{
  runnel_history_service_get_run_async (runnel_designer_get_history (), self->run,
                                        self->cancellable, run_cb, self);
}

/* The pipeline tells which step waited for which. Without it, as when the history holds a text
 * that this version can't read, the bars are still there. */
static void
parse_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_task_return_pointer (task, runnel_pipeline_new_from_text (task_data, -1, NULL, NULL),
                         g_object_unref);
}

static void
parsed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (object);

  self->pipeline = g_task_propagate_pointer (G_TASK (result), NULL);
  if (!g_cancellable_is_cancelled (self->cancellable))
    load (self);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  char *text =
    runnel_history_service_get_text_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text == NULL)
    {
      show_error (self, error);
      return;
    }

  g_autoptr(GTask) task = g_task_new (self, NULL, parsed_cb, NULL);
  g_task_set_source_tag (task, text_cb);
  g_task_set_task_data (task, text, g_free);
  g_task_run_in_thread (task, parse_in_thread);
}

/* --- Actions ---------------------------------------------------------------------------- */

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
  const char *id = get_selected_id (self);

  if (self->monitor != NULL && id != NULL)
    runnel_run_monitor_set_frozen (self->monitor, id, TRUE);
}

static void
thaw_step_cb (RunnelRunPage *self)
{
  const char *id = get_selected_id (self);

  if (self->monitor != NULL && id != NULL)
    runnel_run_monitor_set_frozen (self->monitor, id, FALSE);
}

static void
open_pipeline_cb (RunnelRunPage *self)
{
  if (self->record == NULL || self->record->file == NULL)
    return;

  g_autoptr(GFile) file = g_file_new_for_path (self->record->file);
  g_signal_emit (self, open_file_signal, 0, file);
}

static void
started_cb (RunnelRunPage *self,
            gint64         run)
{
  runnel_run_notifier_follow (runnel_run_notifier_get (), run, self->record->pipeline);
  g_signal_emit (self, open_run_signal, 0, run);
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
    g_signal_emit (self, message_signal, 0, error->message);
}

static void
roll_back_cb (RunnelRunPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  runnel_rollback_dialog_start_async (GTK_WINDOW (root), self->run, self->cancellable,
                                      rolled_back_cb, g_object_ref (self));
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

/* --- The page ----------------------------------------------------------------------------- */

static void
runnel_run_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_RUN_PAGE (page)->gantt));
}

static gboolean
runnel_run_page_shows_run (RunnelPage *page,
                           gint64      run)
{
  return RUNNEL_RUN_PAGE (page)->run == run;
}

static void
runnel_run_page_dispose (GObject *object)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_timeout, g_source_remove);
  /* What follows would take the child, which has a name here, without a word to its bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUN_PAGE);
  g_clear_object (&self->monitor);
  g_clear_object (&self->pipeline);
  g_clear_object (&self->stop_action);
  g_clear_object (&self->open_action);
  g_clear_object (&self->roll_back_action);
  if (self->rerunner != NULL)
    g_object_run_dispose (G_OBJECT (self->rerunner));
  g_clear_object (&self->rerunner);
  g_clear_pointer (&self->record, runnel_run_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->family, g_ptr_array_unref);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);

  G_OBJECT_CLASS (runnel_run_page_parent_class)->dispose (object);
}

static void
runnel_run_page_finalize (GObject *object)
{
  g_object_unref (RUNNEL_RUN_PAGE (object)->cancellable);

  G_OBJECT_CLASS (runnel_run_page_parent_class)->finalize (object);
}

static void
runnel_run_page_class_init (RunnelRunPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_run_page_dispose;
  object_class->finalize = runnel_run_page_finalize;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_run_page_grab_focus;
  RUNNEL_PAGE_CLASS (klass)->shows_run = runnel_run_page_shows_run;

  open_file_signal = g_signal_new ("open-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  open_run_signal = g_signal_new ("open-run", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNNEL_TYPE_APPROVAL_BAR);
  g_type_ensure (RUNNEL_TYPE_GANTT);
  g_type_ensure (RUNNEL_TYPE_GANTT_LEGEND);
  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  g_type_ensure (RUNNEL_TYPE_STEP_BAR);
  g_type_ensure (RUNNEL_TYPE_STEP_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, parameters_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, approval_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, gantt);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, step_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, panel);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, resume_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-tab", NULL);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, leg_selected_cb);
}

static void
runnel_run_page_init (RunnelRunPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  runnel_step_panel_set_table_width (self->panel, TABLE_WIDTH);
  self->stop_action = add_action (self, "stop", G_CALLBACK (stop_cb));
  self->open_action = add_action (self, "open-pipeline", G_CALLBACK (open_pipeline_cb));
  self->roll_back_action = add_action (self, "roll-back", G_CALLBACK (roll_back_cb));
  self->rerunner = runnel_rerunner_new (RUNNEL_PAGE (self));
  g_signal_connect_object (self->rerunner, "started", G_CALLBACK (started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rerunner, "message", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (runnel_step_panel_get_artifacts (self->panel), "message",
                           G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_simple_action_set_enabled (self->roll_back_action, FALSE);
  g_object_unref (add_action (self, "pause-run", G_CALLBACK (pause_cb)));
  g_object_unref (add_action (self, "resume-run", G_CALLBACK (resume_cb)));
  g_object_unref (add_action (self, "freeze-step", G_CALLBACK (freeze_step_cb)));
  g_object_unref (add_action (self, "thaw-step", G_CALLBACK (thaw_step_cb)));
  g_simple_action_set_enabled (self->stop_action, FALSE);
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "media-playback-start-symbolic");
}

/**
 * runnel_run_page_new:
 * @run: the number of a run
 *
 * Shows a run, and follows it while it goes on.
 *
 * Returns: (transfer floating): the page
 */
RunnelPage *
runnel_run_page_new (gint64 run)
{
  RunnelRunPage *self = g_object_new (RUNNEL_TYPE_RUN_PAGE, NULL);
  g_autofree char *title = g_strdup_printf (_("Run %" G_GINT64_FORMAT), run);

  self->run = run;
  runnel_rerunner_set_run (self->rerunner, run);
  runnel_page_set_title (RUNNEL_PAGE (self), title);
  runnel_history_service_get_text_async (runnel_designer_get_history (), run, self->cancellable,
                                         text_cb, self);
  return RUNNEL_PAGE (self);
}

/**
 * runnel_run_page_get_run:
 * @self: a run page
 *
 * Returns: the number of its run
 */
gint64
runnel_run_page_get_run (RunnelRunPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_PAGE (self), 0);

  return self->run;
}
