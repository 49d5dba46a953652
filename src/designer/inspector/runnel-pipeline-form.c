/* runnel-pipeline-form.c: the properties of the pipeline itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-field-path.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-hooks-row.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-parameters-row.h"
#include "designer/inspector/runnel-pipeline-form.h"
#include "designer/inspector/runnel-secrets-row.h"
#include "designer/inspector/runnel-text-row.h"

struct _RunnelPipelineForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  RunnelForm *form;
};

G_DEFINE_FINAL_TYPE (RunnelPipelineForm, runnel_pipeline_form, ADW_TYPE_BIN)

static JsonNode *
get_value (const char *key,
           gpointer    user_data)
{
  RunnelPipeline *pipeline = user_data;
  g_autofree char *member = runnel_field_path_get_root (key);

  return runnel_field_path_get (key, runnel_pipeline_get_member (pipeline, member));
}

static void
commit_cb (RunnelForm         *form,
           const char         *key,
           JsonNode           *value,
           RunnelPipelineForm *self)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  g_autofree char *member = runnel_field_path_get_root (key);
  g_autoptr(JsonNode) changed =
    runnel_field_path_change (key, runnel_pipeline_get_member (pipeline, member), value);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member (member, changed);
  g_autoptr(GError) error = NULL;

  if (!runnel_document_apply (self->document, edit, &error))
    runnel_field_row_set_problem (runnel_form_get_row (form, key), RUNNEL_SEVERITY_ERROR,
                                  error->message);
}

static void
add_general (RunnelForm *form)
{
  runnel_form_add_group (form, "pipeline", NULL);
  runnel_form_add_row (form, "name", _("Name"), NULL, runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "description", _("Description"), NULL,
                       runnel_code_row_new_prose ());
  runnel_form_add_row (form, "labels", _("Labels"),
                       _("All its runs have them, and are found by them"),
                       runnel_list_row_new_strings ());
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
                       runnel_secrets_row_new ());
}

static void
add_concurrency (RunnelForm *form)
{
  const RunnelChoice policies[] = {
    { NULL, _("Default: it waits") },
    { "\"queue\"", _("Queue: it waits for its turn") },
    { "\"cancel-running\"", _("Cancel the other run") },
    { "\"skip\"", _("Skip: it does not run") },
    { "\"parallel\"", _("Parallel: both run") },
  };

  runnel_form_add_group (form, "concurrency", _("Concurrency"));
  runnel_form_add_row (form, "concurrency.jobs", _("Steps at once"),
                       _("How many steps of one run may run at the same time"),
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_INTEGER,
                                                             _("one per processor")));
  runnel_form_add_row (form, "concurrency.group", _("Group"),
                       _("Runs of one group know of each other"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "concurrency.policy", _("When another run of the group is active"),
                       _("What happens to a new run of the group"),
                       runnel_choice_row_new (policies, G_N_ELEMENTS (policies), FALSE));
  runnel_form_add_row (form, "concurrency.max", _("Runs at once"),
                       _("How many runs of the group may be active"),
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_INTEGER, "1"));
}

static void
add_pools (RunnelForm *form)
{
  RunnelFieldRow *pools = runnel_list_row_new_map (_("Name"), NULL);

  runnel_list_row_set_line (RUNNEL_LIST_ROW (pools), &runnel_field_line_count, _("Slots"));
  runnel_form_add_group (form, "pools", _("Pools"));
  runnel_form_add_row (form, "pools", _("Name and slots"),
                       _("Things that steps share, such as a licence or a device, and how many "
                         "slots each has"),
                       pools);
}

static void
add_failure (RunnelForm *form)
{
  const RunnelChoice policies[] = {
    { NULL, _("Default: keep what was done") },
    { "\"keep\"", _("Keep what was done") },
    { "\"rollback\"", _("Roll back: undo the steps, last first") },
  };

  runnel_form_add_group (form, "failure", _("Failure"));
  runnel_form_add_row (form, "on-failure", _("When the run fails"),
                       _("What happens after a failure that nothing made good"),
                       runnel_choice_row_new (policies, G_N_ELEMENTS (policies), FALSE));
}

static void
add_hooks (RunnelForm *form)
{
  const struct
  {
    const char *occasion, *title, *description;
  } rows[] = {
    { "on-start", _("When it starts"), _("Steps that run before all others") },
    { "on-success", _("When it succeeded"), _("Steps that run after a run without failure") },
    { "on-failure", _("When it failed"), _("Steps that run after a run with a failure") },
    { "on-finish", _("At the end"), _("Steps that run last, however the run ended") },
  };

  runnel_form_add_group (form, "hooks", _("Hooks"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *key = g_strconcat ("hooks.", rows[i].occasion, NULL);

      runnel_form_add_row (form, key, rows[i].title, rows[i].description,
                           runnel_hooks_row_new (rows[i].occasion));
    }
}

static void
add_defaults (RunnelForm *form)
{
  runnel_form_add_group (form, "defaults", _("Defaults of the Steps"));
  runnel_form_add_row (form, "defaults.shell", _("Shell"), NULL,
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_STRING, "sh"));
  runnel_form_add_row (form, "defaults.working-directory", _("Working folder"), NULL,
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_STRING, "."));
  runnel_form_add_row (form, "defaults.image", _("Container image"), NULL,
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_STRING,
                                                             _("such as debian:12")));
  runnel_form_add_row (form, "defaults.timeout", _("Timeout"), NULL,
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_DURATION,
                                                             _("such as 90s or 1h30m")));
  runnel_form_add_row (form, "defaults.retry.max", _("Retries"), NULL,
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_INTEGER, "0"));
  runnel_form_add_row (form, "defaults.continue-on-error", _("Continue on error"), NULL,
                       runnel_choice_row_new_boolean (NULL, FALSE));
}

static void
add_advanced (RunnelForm *form)
{
  runnel_form_add_group (form, "pipeline-advanced", _("Advanced, as JSON"));
  runnel_form_add_row (form, "triggers", _("Triggers"), _("A list of what starts a run"),
                       runnel_code_row_new (RUNNEL_FIELD_ANY));
  runnel_form_add_row (form, "foreign", _("Other systems"),
                       _("What an import found beyond this format, by the name of the system; an "
                         "export to that system writes it back"),
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
  add_pools (self->form);
  add_failure (self->form);
  add_hooks (self->form);
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
