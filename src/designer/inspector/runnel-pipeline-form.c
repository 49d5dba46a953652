/* runnel-pipeline-form.c: the properties of the pipeline itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-parameters-row.h"
#include "designer/inspector/runnel-pipeline-form.h"
#include "designer/inspector/runnel-text-row.h"
#include "designer/inspector/runnel-field-value.h"

struct _RunnelPipelineForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  RunnelForm *form;
};

G_DEFINE_FINAL_TYPE (RunnelPipelineForm, runnel_pipeline_form, ADW_TYPE_BIN)

/* "defaults.timeout" is the member "timeout" of the object "defaults". The retry of the defaults
 * may be short, as that of a step may. */
static char *
split_key (const char  *key,
           const char **ret_rest)
{
  const char *dot = strchr (key, '.');

  *ret_rest = dot ? dot + 1 : NULL;
  return dot ? g_strndup (key, dot - key) : g_strdup (key);
}

static JsonNode *
get_value (const char *key,
           gpointer    user_data)
{
  RunnelPipeline *pipeline = user_data;
  const char *rest;
  g_autofree char *member = split_key (key, &rest);
  JsonNode *value = runnel_pipeline_get_member (pipeline, member);

  if (!rest)
    return value;
  if (!g_str_equal (rest, "retry.max"))
    return runnel_field_value_get_member (value, NULL, rest);
  value = runnel_field_value_get_member (value, NULL, "retry");
  return runnel_field_value_get_member (value, "max", "max");
}

static JsonNode *
change_member (JsonNode   *old,
               const char *rest,
               JsonNode   *value)
{
  g_autoptr(JsonNode) retry = NULL;

  if (!g_str_equal (rest, "retry.max"))
    return runnel_field_value_with_member (old, NULL, rest, value);
  retry = runnel_field_value_with_member (runnel_field_value_get_member (old, NULL, "retry"), "max",
                                          "max", value);
  return runnel_field_value_with_member (old, NULL, "retry", retry);
}

static void
commit_cb (RunnelForm         *form,
           const char         *key,
           JsonNode           *value,
           RunnelPipelineForm *self)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  const char *rest;
  g_autofree char *member = split_key (key, &rest);
  g_autoptr(JsonNode) changed = NULL;
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(GError) error = NULL;

  if (rest)
    changed = change_member (runnel_pipeline_get_member (pipeline, member), rest, value);
  edit = runnel_edit_new_set_member (member, rest ? changed : value);
  if (!runnel_document_apply (self->document, edit, &error))
    runnel_field_row_set_problem (runnel_form_get_row (form, key), RUNNEL_SEVERITY_ERROR,
                                  error->message);
}

static RunnelFieldRow *
text_row_new (RunnelFieldType  type,
              const char      *placeholder)
{
  RunnelFieldRow *row = runnel_text_row_new (type);

  runnel_text_row_set_placeholder (RUNNEL_TEXT_ROW (row), placeholder);
  return row;
}

static void
add_general (RunnelForm *form)
{
  runnel_form_add_group (form, "pipeline", NULL);
  runnel_form_add_row (form, "name", _("Name"), NULL, runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "description", _("Description"), NULL,
                       runnel_code_row_new_prose ());
  runnel_form_add_row (form, "parameters", _("Parameters"),
                       _("Asked for before a run; processes find them as $RUNNEL_PARAM_NAME"),
                       runnel_parameters_row_new ());
}

static void
add_environment (RunnelForm *form)
{
  runnel_form_add_group (form, "pipeline-environment", _("Environment"));
  runnel_form_add_row (form, "env", _("Variables"), _("Given to the processes of all steps"),
                       runnel_list_row_new_map (_("Name"), _("Value")));
  runnel_form_add_row (form, "secrets", _("Secrets"),
                       _("Names only; the values never are in the file"),
                       runnel_list_row_new_strings ());
}

static void
add_concurrency (RunnelForm *form)
{
  const char *const policies[] = { "queue", "cancel-running", "skip", "parallel", NULL };

  runnel_form_add_group (form, "concurrency", _("Concurrency"));
  runnel_form_add_row (form, "concurrency.jobs", _("Steps at once"), NULL,
                       text_row_new (RUNNEL_FIELD_INTEGER, _("one per processor")));
  runnel_form_add_row (form, "concurrency.group", _("Group"),
                       _("Runs of one group know of each other"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "concurrency.policy", _("When another run of the group is active"),
                       NULL, runnel_choice_row_new_strings (policies, NULL, FALSE));
  runnel_form_add_row (form, "concurrency.max", _("Runs at once"), NULL,
                       runnel_text_row_new (RUNNEL_FIELD_INTEGER));
  runnel_form_add_row (form, "pools", _("Pools"), _("Names of pools with how many places each has"),
                       runnel_code_row_new (RUNNEL_FIELD_ANY));
}

static void
add_defaults (RunnelForm *form)
{
  runnel_form_add_group (form, "defaults", _("Defaults of the Steps"));
  runnel_form_add_row (form, "defaults.shell", _("Shell"), NULL,
                       text_row_new (RUNNEL_FIELD_STRING, "sh"));
  runnel_form_add_row (form, "defaults.working-directory", _("Working folder"), NULL,
                       text_row_new (RUNNEL_FIELD_STRING, "."));
  runnel_form_add_row (form, "defaults.timeout", _("Timeout"), NULL,
                       text_row_new (RUNNEL_FIELD_DURATION, _("such as 90s or 1h30m")));
  runnel_form_add_row (form, "defaults.retry.max", _("Retries"), NULL,
                       text_row_new (RUNNEL_FIELD_INTEGER, "0"));
  runnel_form_add_row (form, "defaults.continue-on-error", _("Continue on error"), NULL,
                       runnel_choice_row_new_boolean (NULL, FALSE));
}

static void
add_advanced (RunnelForm *form)
{
  runnel_form_add_group (form, "pipeline-advanced", _("Advanced, as JSON"));
  runnel_form_add_row (form, "triggers", _("Triggers"), _("A list of what starts a run"),
                       runnel_code_row_new (RUNNEL_FIELD_ANY));
  runnel_form_add_row (form, "groups", _("Groups"), _("Steps that belong together"),
                       runnel_code_row_new (RUNNEL_FIELD_ANY));
}

static void
runnel_pipeline_form_dispose (GObject *object)
{
  g_clear_object (&RUNNEL_PIPELINE_FORM (object)->document);
  G_OBJECT_CLASS (runnel_pipeline_form_parent_class)->dispose (object);
}

static void
runnel_pipeline_form_class_init (RunnelPipelineFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_pipeline_form_dispose;
}

static void
runnel_pipeline_form_init (RunnelPipelineForm *self)
{
  self->form = runnel_form_new ();
  add_general (self->form);
  add_environment (self->form);
  add_concurrency (self->form);
  add_defaults (self->form);
  add_advanced (self->form);
  g_signal_connect_object (self->form, "commit", G_CALLBACK (commit_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->form));
}

/**
 * runnel_pipeline_form_new:
 *
 * Returns: (transfer floating): a form that edits the pipeline of @document
 */
GtkWidget *
runnel_pipeline_form_new (RunnelDocument *document)
{
  RunnelPipelineForm *self = g_object_new (RUNNEL_TYPE_PIPELINE_FORM, NULL);

  self->document = g_object_ref (document);
  runnel_pipeline_form_update (self);
  return GTK_WIDGET (self);
}

void
runnel_pipeline_form_update (RunnelPipelineForm *self)
{
  g_return_if_fail (RUNNEL_IS_PIPELINE_FORM (self));

  runnel_form_update (self->form, get_value, runnel_document_get_pipeline (self->document));
}

void
runnel_pipeline_form_flush (RunnelPipelineForm *self)
{
  g_return_if_fail (RUNNEL_IS_PIPELINE_FORM (self));

  runnel_form_flush (self->form);
}

/**
 * runnel_pipeline_form_set_diagnostics:
 * @diagnostics: (nullable): what a check of the document found
 *
 * Shows under each field what was found about it.
 */
void
runnel_pipeline_form_set_diagnostics (RunnelPipelineForm *self,
                                      RunnelDiagnostics  *diagnostics)
{
  g_return_if_fail (RUNNEL_IS_PIPELINE_FORM (self));

  runnel_form_clear_problems (self->form);
  for (guint i = 0; diagnostics && i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *diagnostic = runnel_diagnostics_get (diagnostics, i);

      if (!diagnostic->step)
        runnel_form_add_problem (self->form, diagnostic->path, diagnostic->severity,
                                 diagnostic->message);
    }
}

void
runnel_pipeline_form_reveal (RunnelPipelineForm *self,
                             const char         *key)
{
  g_return_if_fail (RUNNEL_IS_PIPELINE_FORM (self));

  runnel_form_reveal (self->form, key);
}
