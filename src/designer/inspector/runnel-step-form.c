/* runnel-step-form.c: the properties of one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-action-rows.h"
#include "designer/inspector/runnel-breaker-status.h"
#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-field-path.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-kind-fields.h"
#include "designer/inspector/runnel-needs-row.h"
#include "designer/inspector/runnel-step-form.h"
#include "designer/inspector/runnel-step-sections.h"
#include "designer/inspector/runnel-text-row.h"
#include "engine/limits/runnel-settings.h"
#include "util/runnel-task.h"

struct _RunnelStepForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  char *id;
  char *kind;       /* the kind the form was built for */
  char *undo_kind;  /* that of the undo, or NULL */
  RunnelForm *form;
  GtkWidget *breaker; /* how it stands, in the form */
  char **machine_pools; /* names, NULL until they are read */
  guint rebuild;    /* source id: the step or its undo has another kind now */
};

enum
{
  RENAMED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelStepForm, runnel_step_form, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

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
  JsonObject *step = user_data;
  g_autofree char *member = runnel_field_path_get_root (key);

  return runnel_field_path_get (key, json_object_get_member (step, member));
}

/* A step of another kind keeps what the other kind has, too. */
static RunnelEdit *
edit_new_switch_kind (RunnelStepForm *self,
                      JsonNode       *value)
{
  RunnelStep *step = get_step (self);
  const char *name = value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
  g_autoptr(JsonNode) old = runnel_step_dup_member (step, "with");
  g_autoptr(JsonNode) with =
    runnel_kind_fields_keep_known (name ? runnel_kind_lookup (name) : NULL, old);
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

/* The undo goes as a whole when it has no kind any more. */
static JsonNode *
change_member (const char *key,
               JsonNode   *member,
               JsonNode   *value)
{
  if (!g_str_equal (key, "undo.kind"))
    return runnel_field_path_change (key, member, value);
  return value ? runnel_action_with_kind (member, value) : NULL;
}

static RunnelEdit *
edit_new (RunnelStepForm  *self,
          const char      *key,
          JsonNode        *value,
          GError         **error)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  g_autofree char *member = runnel_field_path_get_root (key);
  g_autoptr(JsonNode) old = NULL, changed = NULL;

  if (g_str_equal (key, "id"))
    return edit_new_rename (self, value, error);
  if (g_str_equal (key, "kind"))
    return edit_new_switch_kind (self, value);
  if (g_str_has_prefix (key, "with."))
    return runnel_edit_new_set_field (pipeline, self->id, key, value);
  old = runnel_step_dup_member (get_step (self), member);
  changed = change_member (key, old, value);
  return runnel_edit_new_set_field (pipeline, self->id, member, changed);
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

static void
add_general (RunnelStepForm *self)
{
  runnel_form_add_group (self->form, "general", NULL);
  runnel_form_add_row (self->form, "name", _("Name"), _("What people call the step"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (self->form, "id", _("Id"),
                       _("How links and expressions name the step; renaming changes it everywhere"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_action_rows_add_kind (self->form, "", FALSE);
}

static GFile *
get_base (RunnelStepForm *self)
{
  GFile *file = runnel_document_get_file (self->document);

  return file ? g_file_get_parent (file) : NULL;
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

static char *
dup_undo_kind (RunnelStep *step)
{
  g_autoptr(JsonNode) undo = runnel_step_dup_member (step, "undo");

  return g_strdup (runnel_action_get_kind (undo));
}

static void
add_sections (RunnelStepForm *self)
{
  g_autoptr(GFile) base = get_base (self);

  add_general (self);
  runnel_action_rows_add_fields (self->form, "", self->kind, base);
  add_dependencies (self);
  runnel_step_sections_add_flow (self->form);
  runnel_step_sections_add_retry (self->form);
  runnel_step_sections_add_environment (self->form);
  runnel_step_sections_add_results (self->form);
  runnel_step_sections_add_matrix (self->form);
  runnel_step_sections_add_pool (self->form);
  runnel_step_sections_add_cache (self->form);
  runnel_step_sections_add_undo (self->form, self->undo_kind, base);
  runnel_step_sections_add_breaker (self->form);
  self->breaker = runnel_breaker_status_new ();
  runnel_form_add_widget (self->form, self->breaker);
  runnel_step_sections_add_foreign (self->form);
}

static void
build (RunnelStepForm *self,
       RunnelStep     *step)
{
  g_free (self->kind);
  g_free (self->undo_kind);
  self->kind = g_strdup (step->kind);
  self->undo_kind = dup_undo_kind (step);
  self->form = runnel_form_new ();
  add_sections (self);
  g_signal_connect_object (self->form, "commit", G_CALLBACK (commit_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->form));
}

/* The text of a script is coloured as the shell that reads it does. */
static void
update_language (RunnelStepForm *self,
                 JsonObject     *step)
{
  RunnelFieldRow *run = runnel_form_get_row (self->form, "with.run");
  JsonNode *shell = get_value ("with.shell", step);
  const char *name = shell && JSON_NODE_HOLDS_VALUE (shell) ? json_node_get_string (shell) : NULL;

  if (RUNNEL_IS_CODE_ROW (run))
    runnel_code_row_set_language (RUNNEL_CODE_ROW (run), name ? name : "sh");
}

/* Next to an expression that gives the whole matrix nothing else of it can be said. */
static void
update_matrix (RunnelStepForm *self,
               JsonObject     *step)
{
  const char *const keys[] = {
    "matrix.include", "matrix.exclude", "matrix.max-parallel", "matrix.fail-fast", "matrix.limit",
  };
  JsonNode *matrix = json_object_get_member (step, "matrix");
  gboolean is_object = !matrix || JSON_NODE_HOLDS_OBJECT (matrix);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_set_visible (GTK_WIDGET (runnel_form_get_row (self->form, keys[i])), is_object);
}

/* The pools that the pipeline declares, and those of this machine. */
static void
update_pools (RunnelStepForm *self)
{
  JsonNode *pools =
    runnel_pipeline_get_member (runnel_document_get_pipeline (self->document), "pools");
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;
  JsonObjectIter iter;
  const char *name;

  if (pools && JSON_NODE_HOLDS_OBJECT (pools))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (pools));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_strv_builder_add (names, name);
    }
  if (self->machine_pools)
    g_strv_builder_addv (names, (const char **) self->machine_pools);
  texts = g_strv_builder_end (names);
  runnel_text_row_set_suggestions (RUNNEL_TEXT_ROW (runnel_form_get_row (self->form, "pool.name")),
                                   (const char *const *) texts);
}

static void
read_pools_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  g_task_return_pointer (task, runnel_settings_list_pools (settings), (GDestroyNotify) g_strfreev);
}

static void
pools_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  RunnelStepForm *self = RUNNEL_STEP_FORM (object);

  g_strfreev (self->machine_pools);
  self->machine_pools = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->document)
    update_pools (self);
}

static void
read_pools (RunnelStepForm *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, pools_read_cb, NULL);

  runnel_task_run_in_thread (task, read_pools_thread);
}

static void
show_step (RunnelStepForm *self,
           RunnelStep     *step)
{
  g_autoptr(JsonObject) json = runnel_step_to_json (step);

  runnel_form_update (self->form, get_value, json);
  update_language (self, json);
  update_matrix (self, json);
  update_pools (self);
  runnel_breaker_status_set_step (RUNNEL_BREAKER_STATUS (self->breaker),
                                  runnel_document_get_file (self->document), self->id);
}

static gboolean
is_built_for (RunnelStepForm *self,
              RunnelStep     *step)
{
  g_autofree char *undo_kind = dup_undo_kind (step);

  return g_str_equal (self->kind, step->kind) && g_strcmp0 (self->undo_kind, undo_kind) == 0;
}

static gboolean
rebuild_cb (gpointer user_data)
{
  RunnelStepForm *self = user_data;
  RunnelStep *step = get_step (self);

  self->rebuild = 0;
  if (step)
    {
      const char *changed = g_str_equal (self->kind, step->kind) ? "undo.kind" : "kind";

      build (self, step);
      show_step (self, step);
      runnel_form_reveal (self->form, changed);
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
  g_clear_pointer (&self->undo_kind, g_free);
  g_clear_pointer (&self->machine_pools, g_strfreev);
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
  read_pools (self);
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
    build (self, step);
  /* Later, since it may be a field of the form that just made the step one of another kind. */
  else if (!is_built_for (self, step) && !self->rebuild)
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
mark_missing_fields (RunnelStepForm *self,
                     const char     *prefix,
                     const char     *kind_name)
{
  g_autoptr(JsonObject) step = runnel_step_to_json (get_step (self));
  const RunnelKind *kind = kind_name ? runnel_kind_lookup (kind_name) : NULL;

  for (const RunnelField *field = kind ? kind->fields : NULL; field && field->name; field++)
    {
      g_autofree char *key = g_strconcat (prefix, "with.", field->name, NULL);

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
  if (!diagnostics)
    return;
  mark_missing_fields (self, "", self->kind);
  mark_missing_fields (self, "undo.", self->undo_kind);
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
