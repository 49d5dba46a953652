/* runnel-step-form.c: the properties of one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-kind-fields.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-needs-row.h"
#include "designer/inspector/runnel-step-form.h"
#include "designer/inspector/runnel-text-row.h"
#include "designer/inspector/runnel-field-value.h"

struct _RunnelStepForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  char *id;
  char *kind;       /* the kind the form was built for */
  RunnelForm *form;
  guint rebuild;    /* source id: the step has another kind now */
};

enum
{
  RENAMED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelStepForm, runnel_step_form, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* Members that may be written short, and the member the short form stands for. */
static const struct
{
  const char *prefix;
  const char *member;
  const char *main_key;
} shorthands[] = {
  { "retry.", "retry", "max" },
  { "pool.", "pool", "name" },
};

static RunnelStep *
get_step (RunnelStepForm *self)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  guint index;

  if (!runnel_pipeline_find_step (pipeline, self->id, &index))
    return NULL;
  return runnel_pipeline_get_step (pipeline, index);
}

static JsonNode *
get_value (const char *key,
           gpointer    user_data)
{
  RunnelStep *step = user_data;
  JsonObject *with;

  for (guint i = 0; i < G_N_ELEMENTS (shorthands); i++)
    if (g_str_has_prefix (key, shorthands[i].prefix))
      return runnel_field_value_get_member (runnel_step_get_member (step, shorthands[i].member),
                                      shorthands[i].main_key, key + strlen (shorthands[i].prefix));
  if (!g_str_has_prefix (key, "with."))
    return runnel_step_get_member (step, key);
  with = runnel_step_get_with (step);
  return with ? json_object_get_member (with, key + strlen ("with.")) : NULL;
}

static JsonNode *
keep_known_fields (JsonObject       *with,
                   const RunnelKind *kind)
{
  g_autoptr(JsonObject) kept = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!with)
    return NULL;
  json_object_iter_init_ordered (&iter, with);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    if (!kind || runnel_kind_find_field (kind, key))
      json_object_set_member (kept, key, json_node_copy (member));
  if (json_object_get_size (kept) == 0)
    return NULL;
  return json_node_init_object (json_node_alloc (), kept);
}

/* A step of another kind keeps what the other kind has, too. */
static RunnelEdit *
edit_new_switch_kind (RunnelStepForm *self,
                      JsonNode       *value)
{
  RunnelStep *step = get_step (self);
  const char *name = value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  g_autoptr(JsonNode) with = keep_known_fields (runnel_step_get_with (step),
                                                name ? runnel_kind_lookup (name) : NULL);
  g_autoptr(RunnelStep) switched = runnel_step_with_member (step, "kind", value);
  g_autoptr(RunnelStep) reduced = runnel_step_with_member (switched, "with", with);

  return runnel_edit_new_replace_step (self->id, reduced);
}

static RunnelEdit *
edit_new_rename (RunnelStepForm  *self,
                 JsonNode        *value,
                 GError         **error)
{
  if (!value)
    {
      g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                           _("A step needs an id."));
      return NULL;
    }
  return runnel_edit_new_rename_step (runnel_document_get_pipeline (self->document), self->id,
                                      json_node_get_string (value), error);
}

static RunnelEdit *
edit_new (RunnelStepForm  *self,
          const char      *key,
          JsonNode        *value,
          GError         **error)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);

  if (g_str_equal (key, "id"))
    return edit_new_rename (self, value, error);
  if (g_str_equal (key, "kind"))
    return edit_new_switch_kind (self, value);
  for (guint i = 0; i < G_N_ELEMENTS (shorthands); i++)
    if (g_str_has_prefix (key, shorthands[i].prefix))
      {
        JsonNode *old = runnel_step_get_member (get_step (self), shorthands[i].member);
        g_autoptr(JsonNode) changed =
          runnel_field_value_with_member (old, shorthands[i].main_key,
                                    key + strlen (shorthands[i].prefix), value);

        return runnel_edit_new_set_field (pipeline, self->id, shorthands[i].member, changed);
      }
  return runnel_edit_new_set_field (pipeline, self->id, key, value);
}

static void
commit_cb (RunnelForm     *form,
           const char     *key,
           JsonNode       *value,
           RunnelStepForm *self)
{
  g_autoptr(RunnelStepForm) alive = g_object_ref (self);
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *old_id = NULL;

  if (!get_step (self))
    return;
  edit = edit_new (self, key, value, &error);
  if (edit && g_str_equal (key, "id"))
    {
      old_id = g_steal_pointer (&self->id);
      self->id = json_node_dup_string (value);
    }
  if (edit && runnel_document_apply (self->document, edit, &error))
    {
      if (old_id)
        g_signal_emit (self, signals[RENAMED], 0, self->id);
      return;
    }
  if (old_id)
    {
      g_free (self->id);
      self->id = g_steal_pointer (&old_id);
    }
  runnel_field_row_set_problem (runnel_form_get_row (form, key), RUNNEL_SEVERITY_ERROR,
                                error->message);
}

static RunnelFieldRow *
kind_row_new (void)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);
  g_autofree RunnelChoice *choices = g_new0 (RunnelChoice, n_kinds);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("\"%s\"", kinds[i]->name));
      choices[i].json = g_ptr_array_index (names, i);
      choices[i].label = _(kinds[i]->title);
    }
  return runnel_choice_row_new (choices, n_kinds, FALSE);
}

static GtkWidget *
description_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_general (RunnelStepForm *self)
{
  runnel_form_add_group (self->form, "general", NULL);
  runnel_form_add_row (self->form, "name", _("Name"), _("What people call the step"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (self->form, "id", _("Id"),
                       _("How links and expressions name the step; renaming changes it everywhere"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (self->form, "kind", _("Kind"), _("What the step does"), kind_row_new ());
}

static GFile *
get_base (RunnelStepForm *self)
{
  GFile *file = runnel_document_get_file (self->document);

  return file ? g_file_get_parent (file) : NULL;
}

static void
add_kind (RunnelStepForm *self)
{
  const RunnelKind *kind = runnel_kind_lookup (self->kind);
  g_autoptr(GFile) base = get_base (self);

  if (!kind)
    return;
  runnel_form_add_widget (self->form, description_new (_(kind->description)));
  runnel_kind_fields_add (self->form, kind, base);
}

static void
add_dependencies (RunnelStepForm *self)
{
  const RunnelChoice joins[] = {
    { NULL, _("All links fired (default)") },
    { "\"all\"", _("All links fired") },
    { "\"any\"", _("The first link fired") },
    { "\"none-failed\"", _("All are settled, none failed") },
  };
  RunnelFieldRow *needs = runnel_needs_row_new ();

  runnel_form_add_group (self->form, "dependencies", _("Dependencies"));
  runnel_needs_row_set_step (RUNNEL_NEEDS_ROW (needs),
                             runnel_document_get_pipeline (self->document), self->id);
  runnel_form_add_row (self->form, "needs", _("Starts after"),
                       _("The steps that lead to this one"), needs);
  runnel_form_add_row (self->form, "join", _("Starts when"),
                       _("How several links are joined"),
                       runnel_choice_row_new (joins, G_N_ELEMENTS (joins), FALSE));
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
add_retry (RunnelStepForm *self)
{
  runnel_form_add_row (self->form, "retry.max", _("Retries"),
                       _("How many attempts may follow a failed one"),
                       text_row_new (RUNNEL_FIELD_INTEGER, "0"));
  runnel_form_add_row (self->form, "retry.delay", _("Delay before a retry"),
                       _("How long to wait before the next attempt"),
                       text_row_new (RUNNEL_FIELD_DURATION, _("such as 10s")));
  runnel_form_add_row (self->form, "retry.backoff", _("Backoff"),
                       _("By which factor the delay grows from one retry to the next"),
                       text_row_new (RUNNEL_FIELD_NUMBER, "1"));
  runnel_form_add_row (self->form, "retry.max-delay", _("Longest delay"), NULL,
                       text_row_new (RUNNEL_FIELD_DURATION, _("such as 5m")));
  runnel_form_add_row (self->form, "retry.jitter", _("Jitter"),
                       _("Which share of the delay is left to chance, from 0 to 1"),
                       text_row_new (RUNNEL_FIELD_NUMBER, "0"));
  runnel_form_add_row (self->form, "retry.exit-codes", _("Exit codes to retry"),
                       _("Only these are retried, as a list such as [75, 111]"),
                       text_row_new (RUNNEL_FIELD_ANY, _("any failure")));
  runnel_form_add_row (self->form, "retry.if", _("Retry if"),
                       _("An expression: a failure is retried only if it is true"),
                       text_row_new (RUNNEL_FIELD_STRING, NULL));
}

static void
add_flow (RunnelStepForm *self)
{
  const RunnelChoice enabled[] = {
    { NULL, _("Runs") },
    { "true", _("Disabled: is skipped") },
    { "\"bypass\"", _("Bypassed: passes as succeeded") },
  };

  runnel_form_add_group (self->form, "flow", _("Flow"));
  runnel_form_add_row (self->form, "disabled", _("Enabled"), NULL,
                       runnel_choice_row_new (enabled, G_N_ELEMENTS (enabled), FALSE));
  runnel_form_add_row (self->form, "if", _("Condition"),
                       _("An expression: the step is skipped when it is false"),
                       text_row_new (RUNNEL_FIELD_STRING, "success()"));
  runnel_form_add_row (self->form, "timeout", _("Timeout"),
                       _("How long one attempt may take"),
                       text_row_new (RUNNEL_FIELD_DURATION, _("such as 90s or 1h30m")));
  runnel_form_add_row (self->form, "continue-on-error", _("Continue on error"),
                       _("A failure of this step counts as success for the steps that follow"),
                       runnel_choice_row_new_boolean (NULL, TRUE));
  runnel_form_add_row (self->form, "priority", _("Priority"),
                       _("Of the steps that may start, those with a higher number go first"),
                       text_row_new (RUNNEL_FIELD_INTEGER, "0"));
  runnel_form_add_row (self->form, "pool.name", _("Pool"),
                       _("Steps of a pool share its places"),
                       text_row_new (RUNNEL_FIELD_STRING, NULL));
  runnel_form_add_row (self->form, "pool.slots", _("Places taken"), NULL,
                       text_row_new (RUNNEL_FIELD_INTEGER, "1"));
  add_retry (self);
}

static void
add_environment (RunnelStepForm *self)
{
  runnel_form_add_group (self->form, "environment", _("Environment"));
  runnel_form_add_row (self->form, "env", _("Variables"),
                       _("Given to the processes of the step; the place for expressions"),
                       runnel_list_row_new_map (_("Name"), _("Value")));
  runnel_form_add_row (self->form, "working-directory", _("Working folder"),
                       _("Relative to the folder of the pipeline"),
                       text_row_new (RUNNEL_FIELD_STRING, "."));
}

static void
add_advanced (RunnelStepForm *self)
{
  const struct
  {
    const char *key, *title, *description;
  } rows[] = {
    { "outputs", _("Outputs"), _("Declared outputs: an object of names and what they are") },
    { "artifacts", _("Artifacts"), _("Files to keep: a list of patterns") },
    { "matrix", _("Matrix"), _("Runs the step once for each combination of values") },
    { "cache", _("Cache"), _("When the step may be reused: key, inputs, outputs") },
    { "undo", _("Undo"), _("What takes the step back on a rollback") },
    { "breaker", _("Breaker"), _("Stops trying after failures in a row: failures, cool-down") },
  };

  runnel_form_add_group (self->form, "advanced", _("Advanced, as JSON"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    runnel_form_add_row (self->form, rows[i].key, rows[i].title, rows[i].description,
                         runnel_code_row_new (RUNNEL_FIELD_ANY));
}

static void
build (RunnelStepForm *self,
       const char     *kind)
{
  g_free (self->kind);
  self->kind = g_strdup (kind);
  self->form = runnel_form_new ();
  add_general (self);
  add_kind (self);
  add_dependencies (self);
  add_flow (self);
  add_environment (self);
  add_advanced (self);
  g_signal_connect_object (self->form, "commit", G_CALLBACK (commit_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->form));
}

/* The text of a script is coloured as the shell that reads it does. */
static void
update_language (RunnelStepForm *self,
                 RunnelStep     *step)
{
  RunnelFieldRow *run = runnel_form_get_row (self->form, "with.run");
  JsonNode *shell = get_value ("with.shell", step);
  const char *name = shell && JSON_NODE_HOLDS_VALUE (shell) ? json_node_get_string (shell) : NULL;

  if (RUNNEL_IS_CODE_ROW (run))
    runnel_code_row_set_language (RUNNEL_CODE_ROW (run), name ? name : "sh");
}

static void
show_step (RunnelStepForm *self,
           RunnelStep     *step)
{
  runnel_form_update (self->form, get_value, step);
  update_language (self, step);
}

static gboolean
rebuild_cb (gpointer user_data)
{
  RunnelStepForm *self = user_data;
  RunnelStep *step = get_step (self);

  self->rebuild = 0;
  if (step)
    {
      build (self, step->kind);
      show_step (self, step);
      runnel_form_reveal (self->form, "kind");
    }
  return G_SOURCE_REMOVE;
}

static void
runnel_step_form_dispose (GObject *object)
{
  RunnelStepForm *self = RUNNEL_STEP_FORM (object);

  g_clear_handle_id (&self->rebuild, g_source_remove);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (runnel_step_form_parent_class)->dispose (object);
}

static void
runnel_step_form_finalize (GObject *object)
{
  RunnelStepForm *self = RUNNEL_STEP_FORM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (runnel_step_form_parent_class)->finalize (object);
}

static void
runnel_step_form_class_init (RunnelStepFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_step_form_dispose;
  object_class->finalize = runnel_step_form_finalize;

  signals[RENAMED] = g_signal_new ("renamed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_step_form_init (RunnelStepForm *self)
{
}

/**
 * runnel_step_form_new:
 * @document: the document
 * @id: a step of its pipeline
 *
 * Returns: (transfer floating): a form that edits the step
 */
GtkWidget *
runnel_step_form_new (RunnelDocument *document,
                      const char     *id)
{
  RunnelStepForm *self = g_object_new (RUNNEL_TYPE_STEP_FORM, NULL);

  self->document = g_object_ref (document);
  self->id = g_strdup (id);
  runnel_step_form_update (self);
  return GTK_WIDGET (self);
}

/**
 * runnel_step_form_update:
 *
 * Shows the step as it is now. Nothing happens when it is gone.
 */
void
runnel_step_form_update (RunnelStepForm *self)
{
  RunnelStep *step;

  g_return_if_fail (RUNNEL_IS_STEP_FORM (self));

  step = get_step (self);
  if (!step)
    return;
  if (!self->form)
    build (self, step->kind);
  /* Later, since it may be a field of the form that just made the step one of another kind. */
  else if (g_strcmp0 (self->kind, step->kind) != 0 && !self->rebuild)
    self->rebuild = g_idle_add (rebuild_cb, self);
  show_step (self, step);
}

void
runnel_step_form_flush (RunnelStepForm *self)
{
  g_return_if_fail (RUNNEL_IS_STEP_FORM (self));

  if (self->form)
    runnel_form_flush (self->form);
}

/* That a field is missing is said of the object it is missing in; here it is said of the field. */
static void
mark_missing_fields (RunnelStepForm *self)
{
  RunnelStep *step = get_step (self);
  const RunnelKind *kind = runnel_kind_lookup (self->kind);

  for (const RunnelField *field = kind ? kind->fields : NULL; field && field->name; field++)
    {
      g_autofree char *key = g_strconcat ("with.", field->name, NULL);

      if ((field->flags & RUNNEL_FIELD_REQUIRED) && !get_value (key, step))
        runnel_form_add_problem (self->form, key, RUNNEL_SEVERITY_ERROR, _("A value is required."));
    }
}

/**
 * runnel_step_form_set_diagnostics:
 * @diagnostics: (nullable): what a check of the document found
 *
 * Shows under each field what was found about it.
 */
void
runnel_step_form_set_diagnostics (RunnelStepForm    *self,
                                  RunnelDiagnostics *diagnostics)
{
  g_autofree char *prefix = NULL;
  guint index;

  g_return_if_fail (RUNNEL_IS_STEP_FORM (self));

  if (!self->form || !runnel_pipeline_find_step (runnel_document_get_pipeline (self->document),
                                                 self->id, &index))
    return;
  runnel_form_clear_problems (self->form);
  prefix = g_strdup_printf ("steps[%u].", index);
  for (guint i = 0; diagnostics && i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *diagnostic = runnel_diagnostics_get (diagnostics, i);

      if (g_str_has_prefix (diagnostic->path, prefix))
        runnel_form_add_problem (self->form, diagnostic->path + strlen (prefix),
                                 diagnostic->severity, diagnostic->message);
    }
  if (diagnostics)
    mark_missing_fields (self);
}

/**
 * runnel_step_form_reveal:
 * @key: a key of the step, or a path below it
 *
 * Gives the focus to the field of @key.
 */
void
runnel_step_form_reveal (RunnelStepForm *self,
                         const char     *key)
{
  g_return_if_fail (RUNNEL_IS_STEP_FORM (self));

  if (self->form)
    runnel_form_reveal (self->form, key);
}
