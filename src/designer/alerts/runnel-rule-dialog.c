/* runnel-rule-dialog.c: asks what of a pipeline somebody wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/alerts/runnel-rule-dialog.h"
#include "designer/runnel-machine-settings.h"
#include "model/runnel-duration.h"

struct _RunnelRuleDialog
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *save_button;
  AdwPreferencesGroup *group;
  GtkEditable *name_row;
  GtkEditable *pipeline_row;
  GtkEditable *step_row;
  AdwComboRow *when_row;
  GtkWidget *factor_row;
  GtkAdjustment *factor_adjustment;
  GtkEditable *after_row;
  GtkWidget *below_row;
  GtkAdjustment *below_adjustment;
  GtkWidget *times_row;
  GtkAdjustment *times_adjustment;
  GtkWidget *runs_row;
  GtkAdjustment *runs_adjustment;
  AdwPreferencesGroup *channels_group;

  GPtrArray *switches;      /* of GtkSwitch, borrowed; named as their channels */
  char *former_name;        /* of the rule that is changed, or NULL */
  gboolean is_removing;     /* the rule of that name, when it has another one now */
  RunnelMachineSettings *settings;
};

G_DEFINE_FINAL_TYPE (RunnelRuleDialog, runnel_rule_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

static RunnelAlertCondition
get_condition (RunnelRuleDialog *self)
{
  return (RunnelAlertCondition) adw_combo_row_get_selected (self->when_row);
}

/* Only what the condition asks for. */
static void
changed_cb (RunnelRuleDialog *self)
{
  RunnelAlertCondition condition = get_condition (self);
  gint64 after;
  gboolean is_complete = *gtk_editable_get_text (self->name_row) != '\0';

  gtk_widget_set_visible (self->factor_row, condition == RUNNEL_ALERT_SLOWER);
  gtk_widget_set_visible (GTK_WIDGET (self->after_row), condition == RUNNEL_ALERT_NOT_RUN);
  gtk_widget_set_visible (self->below_row, condition == RUNNEL_ALERT_SUCCESS_RATE);
  gtk_widget_set_visible (self->times_row, condition == RUNNEL_ALERT_FLAKY);
  gtk_widget_set_visible (self->runs_row, condition == RUNNEL_ALERT_SLOWER ||
                                            condition == RUNNEL_ALERT_SUCCESS_RATE ||
                                            condition == RUNNEL_ALERT_FLAKY);
  gtk_widget_set_visible (GTK_WIDGET (self->step_row), condition != RUNNEL_ALERT_NOT_RUN);
  if (condition == RUNNEL_ALERT_NOT_RUN)
    is_complete = is_complete && runnel_duration_parse (gtk_editable_get_text (self->after_row),
                                                        &after, NULL);
  gtk_widget_set_sensitive (self->save_button, is_complete);
}

/* --- The rule as settings --- */

static void
set_text (JsonObject  *values,
          const char  *name,
          GtkEditable *editable)
{
  const char *text = gtk_editable_get_text (editable);

  if (*text != '\0')
    json_object_set_string_member (values, name, text);
}

static JsonArray *
list_channels (RunnelRuleDialog *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->switches->len; i++)
    {
      GtkWidget *channel = g_ptr_array_index (self->switches, i);

      if (gtk_switch_get_active (GTK_SWITCH (channel)))
        json_array_add_string_element (array, gtk_widget_get_name (channel));
    }
  return array;
}

static JsonObject *
make_values (RunnelRuleDialog *self)
{
  RunnelAlertCondition condition = get_condition (self);
  JsonObject *values = json_object_new ();

  set_text (values, "pipeline", self->pipeline_row);
  if (condition != RUNNEL_ALERT_NOT_RUN)
    set_text (values, "step", self->step_row);
  json_object_set_string_member (values, "when", runnel_alert_condition_to_string (condition));
  if (condition == RUNNEL_ALERT_SLOWER)
    json_object_set_double_member (values, "factor",
                                   gtk_adjustment_get_value (self->factor_adjustment));
  if (condition == RUNNEL_ALERT_NOT_RUN)
    set_text (values, "after", self->after_row);
  if (condition == RUNNEL_ALERT_SUCCESS_RATE)
    json_object_set_int_member (values, "below", gtk_adjustment_get_value (self->below_adjustment));
  if (condition == RUNNEL_ALERT_FLAKY)
    json_object_set_int_member (values, "times", gtk_adjustment_get_value (self->times_adjustment));
  if (gtk_widget_get_visible (self->runs_row))
    json_object_set_int_member (values, "runs", gtk_adjustment_get_value (self->runs_adjustment));
  json_object_set_array_member (values, "tell", list_channels (self));
  return values;
}

/* --- Saving --- */

static void
show_problem (RunnelRuleDialog *self,
              const char       *problem)
{
  g_autofree char *markup = g_markup_escape_text (problem, -1);

  self->is_removing = FALSE;
  adw_preferences_group_set_description (self->group, markup);
  gtk_widget_set_sensitive (self->save_button, TRUE);
}

static void
set_rule (RunnelRuleDialog *self,
          const char       *name,
          JsonNode         *values)
{
  g_autofree char *key = runnel_alert_config_make_key ("rules", name);

  runnel_machine_settings_set (self->settings, key, values);
}

/* The settings are loaded only after something was written. A rule with another name is another
 * rule: the former one goes, once the new one is there. */
static void
saved_cb (RunnelRuleDialog *self)
{
  const char *name = gtk_editable_get_text (self->name_row);

  if (!self->is_removing && self->former_name && !g_str_equal (self->former_name, name))
    {
      self->is_removing = TRUE;
      set_rule (self, self->former_name, NULL);
      return;
    }
  g_signal_emit (self, saved_signal, 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (RunnelRuleDialog *self)
{
  g_autoptr(JsonObject) values = make_values (self);

  gtk_widget_set_sensitive (self->save_button, FALSE);
  set_rule (self, gtk_editable_get_text (self->name_row),
            json_node_init_object (json_node_alloc (), values));
}

/* --- The dialog --- */

static void
add_channel (RunnelRuleDialog         *self,
             const RunnelAlertChannel *channel,
             gboolean                  is_told)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *control = gtk_switch_new ();
  g_autofree char *how = runnel_alert_channel_describe (channel);
  g_autofree char *title = g_markup_escape_text (channel->name, -1);
  g_autofree char *subtitle = g_markup_escape_text (how, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_widget_set_name (control, channel->name);
  gtk_switch_set_active (GTK_SWITCH (control), is_told);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  adw_preferences_group_add (self->channels_group, row);
  g_ptr_array_add (self->switches, control);
}

static void
show_rule (RunnelRuleDialog      *self,
           const RunnelAlertRule *rule)
{
  self->former_name = g_strdup (rule->name);
  gtk_editable_set_text (self->name_row, rule->name);
  gtk_editable_set_text (self->pipeline_row, rule->pipeline);
  gtk_editable_set_text (self->step_row, rule->step ? rule->step : "");
  adw_combo_row_set_selected (self->when_row, rule->condition);
  gtk_adjustment_set_value (self->factor_adjustment, rule->factor);
  gtk_adjustment_set_value (self->below_adjustment, rule->below);
  gtk_adjustment_set_value (self->times_adjustment, rule->times);
  gtk_adjustment_set_value (self->runs_adjustment, rule->n_runs);
  if (rule->condition == RUNNEL_ALERT_NOT_RUN)
    {
      g_autofree char *after = runnel_duration_to_string (rule->after);

      gtk_editable_set_text (self->after_row, after);
    }
}

static void
runnel_rule_dialog_dispose (GObject *object)
{
  RunnelRuleDialog *self = RUNNEL_RULE_DIALOG (object);

  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->switches, g_ptr_array_unref);
  g_clear_pointer (&self->former_name, g_free);
  G_OBJECT_CLASS (runnel_rule_dialog_parent_class)->dispose (object);
}

static void
runnel_rule_dialog_class_init (RunnelRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_rule_dialog_dispose;
  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, group);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, pipeline_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, step_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, when_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, factor_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, factor_adjustment);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, after_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, below_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, below_adjustment);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, times_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, times_adjustment);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, runs_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, runs_adjustment);
  gtk_widget_class_bind_template_child (widget_class, RunnelRuleDialog, channels_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
runnel_rule_dialog_init (RunnelRuleDialog *self)
{
  self->switches = g_ptr_array_new ();
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (saved_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_rule_dialog_new:
 * @parent: the window it belongs to
 * @config: all rules and channels
 * @rule: (nullable): the one to change, or %NULL for a new one
 *
 * Returns: (transfer none): a window, to be presented
 */
GtkWindow *
runnel_rule_dialog_new (GtkWindow               *parent,
                        const RunnelAlertConfig *config,
                        const RunnelAlertRule   *rule)
{
  RunnelRuleDialog *self = g_object_new (RUNNEL_TYPE_RULE_DIALOG, "transient-for", parent, "title",
                                         rule ? _("Change the Rule") : _("New Rule"), NULL);

  for (guint i = 0; i < config->channels->len; i++)
    {
      const RunnelAlertChannel *channel = g_ptr_array_index (config->channels, i);

      add_channel (self, channel, rule ? g_strv_contains ((const char *const *) rule->channels,
                                                          channel->name) : i == 0);
    }
  if (rule != NULL)
    show_rule (self, rule);
  changed_cb (self);
  return GTK_WINDOW (self);
}
