/* runnel-parameters-dialog.c: asks for the parameters of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-text-row.h"
#include "designer/runnel-parameters-dialog.h"

struct _RunnelParametersDialog
{
  AdwWindow parent_instance;

  RunnelForm *form;
  GtkWidget *run_button;

  RunnelPipeline *pipeline;
  GTask *task; /* NULL once it was answered */
};

G_DEFINE_FINAL_TYPE (RunnelParametersDialog, runnel_parameters_dialog, ADW_TYPE_WINDOW)

/* What the fields of the parameters' types are, in the order of RunnelParameterType. */
static const RunnelFieldType field_types[] = {
  RUNNEL_FIELD_STRING, RUNNEL_FIELD_NUMBER, RUNNEL_FIELD_BOOLEAN, RUNNEL_FIELD_CHOICE,
};

static gboolean
read_parameter (RunnelParametersDialog *self,
                const RunnelParameter  *parameter,
                JsonObject             *values)
{
  RunnelFieldRow *row = runnel_form_get_row (self->form, parameter->name);
  g_autoptr(JsonNode) value = NULL;

  /* The row itself says what is wrong with a value that is none. */
  if (!runnel_field_row_read_value (row, &value, NULL))
    return FALSE;
  if (!value && parameter->required && !parameter->default_value)
    {
      runnel_field_row_set_problem (row, RUNNEL_SEVERITY_ERROR, _("A value is required."));
      return FALSE;
    }
  runnel_field_row_set_problem (row, RUNNEL_SEVERITY_ERROR, NULL);
  if (value)
    json_object_set_member (values, parameter->name, g_steal_pointer (&value));
  return TRUE;
}

static void
run_cb (RunnelParametersDialog *self)
{
  g_autoptr(JsonObject) values = json_object_new ();
  g_autoptr(GTask) task = NULL;
  const char *wrong = NULL;
  guint n_parameters;
  const RunnelParameter *parameters = runnel_pipeline_get_parameters (self->pipeline,
                                                                      &n_parameters);

  for (guint i = 0; i < n_parameters; i++)
    if (!read_parameter (self, &parameters[i], values) && !wrong)
      wrong = parameters[i].name;
  if (wrong)
    {
      runnel_form_reveal (self->form, wrong);
      return;
    }
  task = g_steal_pointer (&self->task);
  g_task_return_pointer (task, g_steal_pointer (&values), (GDestroyNotify) json_object_unref);
  gtk_window_close (GTK_WINDOW (self));
}

static RunnelFieldRow *
row_new (const RunnelParameter *parameter)
{
  g_autofree char *text = runnel_field_value_to_entry (parameter->default_value,
                                                       RUNNEL_FIELD_STRING);
  g_autofree char *json = NULL;
  RunnelFieldRow *row;

  if (parameter->default_value)
    json = runnel_field_value_to_json (parameter->default_value);
  if (parameter->type == RUNNEL_PARAMETER_BOOLEAN)
    return runnel_choice_row_new_boolean (json, FALSE);
  if (parameter->type == RUNNEL_PARAMETER_CHOICE && parameter->choices)
    return runnel_choice_row_new_strings (parameter->choices, json, FALSE);
  row = runnel_text_row_new (field_types[parameter->type]);
  runnel_text_row_set_placeholder (RUNNEL_TEXT_ROW (row), text);
  return row;
}

static GtkWidget *
description_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_bottom (label, 6);
  return label;
}

static void
add_parameter (RunnelParametersDialog *self,
               const RunnelParameter  *parameter)
{
  gboolean is_required = parameter->required && !parameter->default_value;
  /* translators: the name of a field that must be filled in */
  g_autofree char *title = g_strdup_printf (is_required ? _("%s (required)") : "%s",
                                            parameter->name);

  runnel_form_add_row (self->form, parameter->name, title, parameter->description,
                       row_new (parameter));
  if (parameter->description)
    runnel_form_add_widget (self->form, description_new (parameter->description));
}

static JsonNode *
get_value (const char *key,
           gpointer    user_data)
{
  return user_data ? json_object_get_member (user_data, key) : NULL;
}

static void
runnel_parameters_dialog_dispose (GObject *object)
{
  RunnelParametersDialog *self = RUNNEL_PARAMETERS_DIALOG (object);
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  if (task)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The run was not started"));
  g_clear_object (&self->pipeline);
  G_OBJECT_CLASS (runnel_parameters_dialog_parent_class)->dispose (object);
}

static void
runnel_parameters_dialog_class_init (RunnelParametersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_parameters_dialog_dispose;

  g_type_ensure (RUNNEL_TYPE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-parameters-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelParametersDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RunnelParametersDialog, run_button);
  gtk_widget_class_bind_template_callback (widget_class, run_cb);
}

static void
runnel_parameters_dialog_init (RunnelParametersDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (RunnelParametersDialog *self,
      JsonObject             *values)
{
  guint n_parameters;
  const RunnelParameter *parameters = runnel_pipeline_get_parameters (self->pipeline,
                                                                      &n_parameters);

  runnel_form_add_group (self->form, "parameters", NULL);
  for (guint i = 0; i < n_parameters; i++)
    add_parameter (self, &parameters[i]);
  runnel_form_update (self->form, get_value, values);
}

/**
 * runnel_parameters_dialog_ask_async:
 * @parent: the window it belongs to
 * @pipeline: declares the parameters; it is copied
 * @values: (nullable): what to begin with, such as the values of the run before
 *
 * Asks for a value of each parameter. A pipeline without parameters is answered at once.
 */
void
runnel_parameters_dialog_ask_async (GtkWindow           *parent,
                                    RunnelPipeline      *pipeline,
                                    JsonObject          *values,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (parent, NULL, callback, user_data);
  RunnelParametersDialog *self;
  guint n_parameters;

  g_return_if_fail (RUNNEL_IS_PIPELINE (pipeline));

  g_task_set_source_tag (task, runnel_parameters_dialog_ask_async);
  runnel_pipeline_get_parameters (pipeline, &n_parameters);
  if (n_parameters == 0)
    {
      g_task_return_pointer (task, json_object_new (), (GDestroyNotify) json_object_unref);
      return;
    }
  self = g_object_new (RUNNEL_TYPE_PARAMETERS_DIALOG, "transient-for", parent, NULL);
  self->pipeline = runnel_pipeline_copy (pipeline);
  self->task = g_steal_pointer (&task);
  fill (self, values);
  gtk_window_present (GTK_WINDOW (self));
  runnel_form_reveal (self->form, runnel_pipeline_get_parameters (pipeline, &n_parameters)->name);
}

/**
 * runnel_parameters_dialog_ask_finish:
 *
 * Returns: (transfer full) (nullable): the values given, by name; those left to their default are
 *   not in it. %NULL with %G_IO_ERROR_CANCELLED when the person thought better of it.
 */
JsonObject *
runnel_parameters_dialog_ask_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
