/* runnel-run-page.c: one run of the history, with its timing and its logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "charts/runnel-timing.h"
#include "designer/runs/runnel-run-page-private.h"
#include "designer/runs/runnel-run-words.h"
#include "util/runnel-format.h"

/* All columns of the legs of a matrix with two axes. */
#define TABLE_WIDTH 580

G_DEFINE_FINAL_TYPE (RunnelRunPage, runnel_run_page, RUNNEL_TYPE_PAGE)

gboolean
_runnel_run_page_is_over (RunnelRunPage *self)
{
  return runnel_state_is_terminal (self->record->state);
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

/* All that was read is shown at one time, which is when its timing is there. */
void
_runnel_run_page_show (RunnelRunPage *self,
                       RunnelTiming  *timing)
{
  gboolean first = !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "run");

  show_head (self);
  runnel_gantt_pane_set_timing (self->gantt_pane, runnel_timing_ref (timing));
  _runnel_run_page_update_time (self);
  _runnel_run_page_update_details (self);
  g_simple_action_set_enabled (self->stop_action, !_runnel_run_page_is_over (self));
  g_simple_action_set_enabled (self->roll_back_action, _runnel_run_page_is_over (self));
  runnel_rerunner_set_path (self->rerunner, self->record->file);
  runnel_rerunner_set_enabled (self->rerunner, _runnel_run_page_is_over (self));
  gtk_stack_set_visible_child_name (self->stack, "run");
  if (first && _runnel_run_page_is_over (self))
    select_first_failure (self);
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    runnel_page_focus (RUNNEL_PAGE (self));
  _runnel_run_page_selected_cb (self);
  _runnel_run_page_show_wanted_line (self);
}

void
_runnel_run_page_show_error (RunnelRunPage *self,
                             const GError  *error)
{
  adw_status_page_set_description (self->error_page, error->message);
  gtk_stack_set_visible_child_name (self->stack, "error");
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

static GtkWidget *
runnel_run_page_get_chart (RunnelPage *page)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (page);

  return runnel_gantt_get_timing (self->gantt) != NULL ? GTK_WIDGET (self->gantt) : NULL;
}

static GtkWidget *
runnel_run_page_get_log (RunnelPage *page)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (page);

  return self->steps != NULL ? GTK_WIDGET (runnel_step_panel_get_log_view (self->panel)) : NULL;
}

static void
runnel_run_page_dispose (GObject *object)
{
  RunnelRunPage *self = RUNNEL_RUN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reload_timeout, g_source_remove);
  if (self->timing_maker != NULL)
    g_object_run_dispose (G_OBJECT (self->timing_maker));
  g_clear_object (&self->timing_maker);
  /* What follows would take the child, which has a name here, without a word to its bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUN_PAGE);
  g_clear_object (&self->monitor);
  g_clear_object (&self->pipeline);
  g_clear_object (&self->stop_action);
  g_clear_object (&self->roll_back_action);
  if (self->rerunner != NULL)
    g_object_run_dispose (G_OBJECT (self->rerunner));
  g_clear_object (&self->rerunner);
  g_clear_pointer (&self->record, runnel_run_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->family, g_ptr_array_unref);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
  g_clear_pointer (&self->bundle, runnel_log_bundle_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->details_version, g_free);
  g_clear_pointer (&self->wanted_line, _runnel_run_line_free);

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
  RUNNEL_PAGE_CLASS (klass)->get_chart = runnel_run_page_get_chart;
  RUNNEL_PAGE_CLASS (klass)->get_log = runnel_run_page_get_log;

  g_signal_new ("open-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_FILE);
  g_signal_new ("open-run", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNNEL_TYPE_APPROVAL_BAR);
  g_type_ensure (RUNNEL_TYPE_GANTT_PANE);
  g_type_ensure (RUNNEL_TYPE_RUN_CANVAS);
  g_type_ensure (RUNNEL_TYPE_RUN_DETAILS);
  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  g_type_ensure (RUNNEL_TYPE_STEP_BAR);
  g_type_ensure (RUNNEL_TYPE_STEP_PANEL);
  g_type_ensure (RUNNEL_TYPE_TIME_SCRUBBER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, parameters_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, approval_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, views);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, gantt_pane);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, canvas);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, details);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, scrubber);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, step_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, panel);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, pause_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunPage, resume_button);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-tab", NULL);
  gtk_widget_class_bind_template_callback_full (widget_class, "leg_selected_cb",
                                                G_CALLBACK (_runnel_run_page_leg_selected_cb));
}

static void
runnel_run_page_init (RunnelRunPage *self)
{
  RunnelLogView *log_view;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->gantt = runnel_gantt_pane_get_gantt (self->gantt_pane);
  self->timing_maker = runnel_timing_maker_new ();
  g_signal_connect_object (self->timing_maker, "made", G_CALLBACK (_runnel_run_page_show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gantt, "notify::selection",
                           G_CALLBACK (_runnel_run_page_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gantt, "step-activated",
                           G_CALLBACK (_runnel_run_page_step_activated_cb), self,
                           G_CONNECT_SWAPPED);
  runnel_step_panel_set_table_width (self->panel, TABLE_WIDTH);
  g_signal_connect_object (runnel_step_panel_get_artifacts (self->panel), "message",
                           G_CALLBACK (_runnel_run_page_message_cb), self, G_CONNECT_SWAPPED);
  log_view = runnel_step_panel_get_log_view (self->panel);
  runnel_log_view_set_has_all_steps (log_view, TRUE);
  g_signal_connect_object (log_view, "notify::all-steps",
                           G_CALLBACK (_runnel_run_page_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log_view, "message", G_CALLBACK (_runnel_run_page_message_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selection-changed",
                           G_CALLBACK (_runnel_run_page_canvas_selected_cb), self,
                           G_CONNECT_SWAPPED);
  _runnel_run_page_actions_init (self);
  _runnel_run_page_details_init (self);
  _runnel_run_page_time_init (self);
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
  _runnel_run_page_begin (self);
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

/**
 * runnel_run_page_get_file:
 *
 * Returns: (transfer none) (nullable): the file of the pipeline, once it is known
 */
const char *
runnel_run_page_get_file (RunnelRunPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_PAGE (self), NULL);

  return self->record != NULL ? self->record->file : NULL;
}
