/* runnel-editor-page.c: one pipeline, opened for editing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-pane.h"
#include "designer/commands/runnel-keymap.h"
#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window.h"

enum
{
  DOCUMENT_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelEditorPage, runnel_editor_page, RUNNEL_TYPE_PAGE)

static guint signals[N_SIGNALS];

static char *
describe_folder (GFile *file)
{
  g_autoptr(GFile) folder = file ? g_file_get_parent (file) : NULL;
  g_autoptr(GFile) home = g_file_new_for_path (g_get_home_dir ());

  if (!folder)
    return g_strdup (_("Not saved yet"));
  if (g_file_equal (folder, home))
    return g_strdup ("~");
  if (g_file_has_prefix (folder, home))
    {
      g_autofree char *below = g_file_get_relative_path (home, folder);
      return g_strdup_printf ("~/%s", below);
    }
  return g_file_get_parse_name (folder);
}

void
_runnel_editor_page_update_title (RunnelEditorPage *self)
{
  g_autofree char *title = NULL;
  g_autofree char *folder = describe_folder (self->file);

  if (self->document)
    title = runnel_document_get_title (self->document);
  else if (self->file)
    title = g_file_get_basename (self->file);
  runnel_page_set_title (RUNNEL_PAGE (self), title ? title : _("New Pipeline"));
  runnel_page_set_subtitle (RUNNEL_PAGE (self), folder);
  runnel_page_set_modified (RUNNEL_PAGE (self),
                            self->document &&
                              (runnel_document_get_modified (self->document) ||
                               runnel_code_sync_get_pending (
                                 runnel_code_view_get_sync (self->code_view))));
}

static void
file_changed_cb (RunnelEditorPage *self)
{
  g_set_object (&self->file, runnel_document_get_file (self->document));
  if (self->file)
    runnel_view_memory_set_file (self->memory, self->file);
  _runnel_editor_page_update_title (self);
}

/* Shows the one group or note that is selected alone. */
static gboolean
show_area (RunnelEditorPage *self)
{
  g_auto(GStrv) steps = runnel_canvas_get_selection (self->canvas);
  g_auto(GStrv) groups = runnel_canvas_get_selected_groups (self->canvas);
  g_auto(GStrv) notes = runnel_canvas_get_selected_notes (self->canvas);

  if (steps[0] || g_strv_length (groups) + g_strv_length (notes) != 1)
    return FALSE;
  if (groups[0])
    runnel_inspector_show_group (self->inspector, groups[0]);
  else
    runnel_inspector_show_note (self->inspector, notes[0]);
  runnel_code_view_set_selection (self->code_view, (const char *const[]) { NULL });
  return TRUE;
}

static void
selection_changed_cb (RunnelEditorPage *self)
{
  g_auto(GStrv) ids = NULL;
  RunnelCanvasLink link;

  _runnel_editor_page_actions_update (self);
  if (!self->document)
    return;
  if (runnel_canvas_get_selected_link (self->canvas, &link))
    {
      runnel_inspector_show_link (self->inspector, link.from, link.to, link.on);
      runnel_code_view_set_selection (self->code_view, (const char *const[]) { link.to, NULL });
      return;
    }
  if (show_area (self))
    return;
  ids = runnel_canvas_get_selection (self->canvas);
  runnel_inspector_show_steps (self->inspector, (const char *const *) ids);
  runnel_code_view_set_selection (self->code_view, (const char *const *) ids);
}

static char *
get_summary_key (RunnelEditorPage *self,
                 const char       *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  const RunnelKind *kind;
  guint index;

  if (!runnel_pipeline_find_step (pipeline, id, &index))
    return NULL;
  kind = runnel_kind_lookup (runnel_pipeline_get_step (pipeline, index)->kind);
  return kind && kind->summary_field ? g_strconcat ("with.", kind->summary_field, NULL) : NULL;
}

static void
step_activated_cb (RunnelEditorPage *self,
                   const char       *id)
{
  g_autofree char *key = get_summary_key (self, id);

  _runnel_editor_page_edit_step (self, key);
}

static void
rename_cb (RunnelEditorPage *self,
           const char       *id)
{
  _runnel_editor_page_edit_step (self, "name");
}

static void
leave_cb (RunnelEditorPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
step_renamed_cb (RunnelEditorPage *self,
                 const char       *id)
{
  runnel_canvas_set_selection (self->canvas, (const char *const[]) { id, NULL });
}

static void
link_changed_cb (RunnelEditorPage *self,
                 guint             on)
{
  RunnelCanvasLink link;
  g_autofree char *from = NULL, *to = NULL;

  if (!runnel_canvas_get_selected_link (self->canvas, &link))
    return;
  /* The canvas forgets the old link, and its strings, as it takes the new one. */
  link.from = from = g_strdup (link.from);
  link.to = to = g_strdup (link.to);
  link.on = on;
  runnel_canvas_set_selected_link (self->canvas, &link);
}

static void
kind_activated_cb (RunnelEditorPage *self,
                   const char       *kind)
{
  RunnelPoint center = runnel_canvas_get_center (self->canvas);
  g_autofree char *id = runnel_canvas_add_kind (self->canvas, kind, &center, NULL);
}

static void
problem_activated_cb (RunnelEditorPage *self,
                      RunnelProblem    *problem)
{
  _runnel_editor_page_show_problem (self, problem);
}

static void
mark_problem_steps (RunnelEditorPage  *self,
                    RunnelDiagnostics *diagnostics)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *diagnostic = runnel_diagnostics_get (diagnostics, i);

      if (diagnostic->step && diagnostic->severity == RUNNEL_SEVERITY_ERROR)
        g_ptr_array_add (ids, diagnostic->step);
    }
  g_ptr_array_add (ids, NULL);
  runnel_canvas_set_problems (self->canvas, (const char *const *) ids->pdata);
}

static void
checked_cb (RunnelEditorPage *self)
{
  RunnelDiagnostics *diagnostics = runnel_checker_get_diagnostics (self->checker);
  guint size = runnel_diagnostics_get_size (diagnostics);
  /* translators: the title of a list and how many entries it has */
  g_autofree char *title = size > 0 ? g_strdup_printf (_("Problems (%u)"), size)
                                    : g_strdup (_("Problems"));

  runnel_problems_list_set_diagnostics (self->problems, diagnostics);
  gtk_stack_page_set_title (self->problems_page, title);
  mark_problem_steps (self, diagnostics);
}

static void
edit_refused_cb (RunnelEditorPage *self,
                 const char       *message)
{
  runnel_editor_page_add_toast (self, message);
}

static void
open_link_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree char *address = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (g_str_equal (answer, "open"))
    g_app_info_launch_default_for_uri_async (address, NULL, NULL, NULL, NULL);
}

/* A note may say one thing and lead to another: the person sees where before going there. */
static void
link_followed_cb (RunnelEditorPage *self,
                  const char       *address)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "open", _("_Open"), RUNNEL_ANSWER_SUGGESTED },
  };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  runnel_message_dialog_ask_async (GTK_WINDOW (root), _("Open This Address?"), address, NULL,
                                   answers, G_N_ELEMENTS (answers), open_link_cb,
                                   g_strdup (address));
}

static void
set_up_canvas (RunnelEditorPage *self)
{
  GtkWidget *pane;

  self->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  pane = runnel_canvas_pane_new (self->canvas);
  g_settings_bind (runnel_settings_get (), "minimap", pane, "minimap", G_SETTINGS_BIND_GET);
  adw_bin_set_child (self->canvas_bin, pane);
  runnel_outline_set_canvas (self->outline, self->canvas);
  g_signal_connect_swapped (self->canvas, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->canvas, "step-activated", G_CALLBACK (step_activated_cb), self);
  g_signal_connect_swapped (self->canvas, "rename", G_CALLBACK (rename_cb), self);
  g_signal_connect_swapped (self->canvas, "link-followed", G_CALLBACK (link_followed_cb), self);
  g_signal_connect_swapped (self->canvas, "edit-refused", G_CALLBACK (edit_refused_cb), self);
  g_settings_bind (runnel_settings_get (), "wheel-zooms", self->canvas, "wheel-zooms",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (runnel_settings_get (), "snap", self->canvas, "snaps", G_SETTINGS_BIND_GET);
  g_settings_bind (runnel_settings_get (), "tidy-down", self->canvas, "tidy-down",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (runnel_settings_get (), "link-style", self->canvas, "link-style",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (runnel_settings_get (), "traces-paths", self->canvas, "traces-paths",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
set_up_document_signals (RunnelEditorPage *self)
{
  self->document_signals = g_signal_group_new (RUNNEL_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::file",
                                  G_CALLBACK (file_changed_cb), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified",
                                  G_CALLBACK (_runnel_editor_page_update_title), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::can-undo",
                                  G_CALLBACK (_runnel_editor_page_actions_update), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::can-redo",
                                  G_CALLBACK (_runnel_editor_page_actions_update), self);
}

/* Ctrl+Z means the document wherever the focus is. The entries of the inspector would take the
 * key first, so there it is caught on the way in. Ctrl+F means the canvas, except in the log. */
static void
add_keys (GtkWidget           *widget,
               GtkPropagationPhase  phase)
{
  const struct
  {
    const char *command, *action;
  } keys[] = {
    { "page.find", "page.find" },
    { "canvas.undo", "page.undo" },
    { "canvas.redo", "page.redo" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GListModel *shortcuts = runnel_keymap_get_shortcuts_as (runnel_keymap_get_default (),
                                                              keys[i].command, keys[i].action);
      GtkEventController *controller = gtk_shortcut_controller_new_for_model (shortcuts);

      gtk_event_controller_set_propagation_phase (controller, phase);
      gtk_widget_add_controller (widget, controller);
    }
}

static gboolean
runnel_editor_page_shows_run (RunnelPage *page,
                              gint64      run)
{
  return runnel_run_controller_get_run (RUNNEL_EDITOR_PAGE (page)->run_controller) == run;
}

static GtkWidget *
runnel_editor_page_get_log (RunnelPage *page)
{
  RunnelRunController *controller = RUNNEL_EDITOR_PAGE (page)->run_controller;
  GtkWidget *log_view = GTK_WIDGET (runnel_run_controller_get_log_view (controller));

  return gtk_widget_get_mapped (log_view) ? log_view : NULL;
}

static void
runnel_editor_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_EDITOR_PAGE (page)->canvas));
}

static void
runnel_editor_page_discard (RunnelPage *page)
{
  RunnelEditorPage *self = RUNNEL_EDITOR_PAGE (page);

  if (self->document)
    runnel_document_discard_journal (self->document);
}

static void
runnel_editor_page_dispose (GObject *object)
{
  RunnelEditorPage *self = RUNNEL_EDITOR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->code_place, g_source_remove);
  if (self->canvas)
    g_signal_handlers_disconnect_by_data (self->canvas, self);
  if (self->checker)
    g_signal_handlers_disconnect_by_data (self->checker, self);
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->memory)
    runnel_view_memory_flush (self->memory);
  g_clear_object (&self->memory);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->cancellable);
  if (self->portability_watch)
    g_signal_handlers_disconnect_by_data (self->portability_watch, self);
  g_clear_object (&self->portability_watch);
  g_clear_object (&self->checker);
  g_clear_object (&self->watch);
  g_clear_object (&self->run_controller);
  g_clear_object (&self->document);
  g_clear_object (&self->file);
  g_clear_pointer (&self->wanted_step, g_free);
  G_OBJECT_CLASS (runnel_editor_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, breadcrumb);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, create_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, inspector_flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, palette_flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, inspector);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, side_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, palette);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, outline);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, notice_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, approval_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, canvas_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, bottom_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, problems_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, problems);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, portability);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, log_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, code_paned);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, code_view);
  gtk_widget_class_bind_template_callback (widget_class, _runnel_editor_page_found_cb);
  gtk_widget_class_bind_template_callback (widget_class, _runnel_editor_page_show_found_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_renamed_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
}

static void
runnel_editor_page_class_init (RunnelEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RunnelPageClass *page_class = RUNNEL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_editor_page_dispose;
  page_class->grab_focus = runnel_editor_page_grab_focus;
  page_class->shows_run = runnel_editor_page_shows_run;
  page_class->get_log = runnel_editor_page_get_log;
  page_class->save_async = _runnel_editor_page_save_async;
  page_class->save_finish = _runnel_editor_page_save_finish;
  page_class->discard = runnel_editor_page_discard;

  signals[DOCUMENT_CHANGED] = g_signal_new ("document-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNNEL_TYPE_CODE_VIEW);
  g_type_ensure (RUNNEL_TYPE_FIND_BAR);
  g_type_ensure (RUNNEL_TYPE_INSPECTOR);
  g_type_ensure (RUNNEL_TYPE_NOTICE_BAR);
  g_type_ensure (RUNNEL_TYPE_OUTLINE);
  g_type_ensure (RUNNEL_TYPE_PORTABILITY_PANEL);
  g_type_ensure (RUNNEL_TYPE_PROBLEMS_LIST);
  g_type_ensure (RUNNEL_TYPE_STEP_PALETTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-editor-page.ui");
  bind_template (widget_class);
}

static void
runnel_editor_page_init (RunnelEditorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  set_up_canvas (self);
  set_up_document_signals (self);
  add_keys (GTK_WIDGET (self), GTK_PHASE_BUBBLE);
  add_keys (GTK_WIDGET (self->inspector), GTK_PHASE_CAPTURE);
  _runnel_editor_page_levels_init (self);
  _runnel_editor_page_extract_init (self);
  _runnel_editor_page_interchange_init (self);
  _runnel_editor_page_actions_init (self);
  _runnel_editor_page_view_init (self);
  _runnel_editor_page_code_init (self);
  _runnel_editor_page_runs_init (self);
  _runnel_editor_page_simulate_init (self);
  _runnel_editor_page_find_init (self);
  g_settings_bind (runnel_settings_get (), "bottom-page", self->bottom_stack, "visible-child-name",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (runnel_settings_get (), "side-page", self->side_stack, "visible-child-name",
                   G_SETTINGS_BIND_DEFAULT);
}

static void
show_step (RunnelEditorPage *self,
           const char       *id)
{
  runnel_canvas_set_selection (self->canvas, (const char *const[]) { id, NULL });
  runnel_canvas_reveal (self->canvas, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
show_wanted_step (RunnelEditorPage *self)
{
  g_autofree char *id = g_steal_pointer (&self->wanted_step);

  if (id)
    show_step (self, id);
}

void
_runnel_editor_page_set_document (RunnelEditorPage *self,
                                  RunnelDocument   *document)
{
  if (self->checker)
    g_signal_handlers_disconnect_by_data (self->checker, self);
  g_clear_object (&self->checker);
  g_set_object (&self->document, document);
  g_set_object (&self->file, runnel_document_get_file (document));
  g_signal_group_set_target (self->document_signals, document);
  self->checker = runnel_checker_new (document);
  g_signal_connect_swapped (self->checker, "checked", G_CALLBACK (checked_cb), self);
  _runnel_editor_page_interchange_set_document (self);
  runnel_inspector_set_document (self->inspector, document, self->checker);
  runnel_code_sync_set_document (runnel_code_view_get_sync (self->code_view), document,
                                 self->checker);
  runnel_find_bar_set_pipeline (self->find_bar, runnel_document_get_pipeline (document));
  _runnel_editor_page_view_show (self, document);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  _runnel_editor_page_update_title (self);
  _runnel_editor_page_actions_update (self);
  _runnel_editor_page_watch_file (self);
  g_signal_emit (self, signals[DOCUMENT_CHANGED], 0);
  show_wanted_step (self);
}

void
_runnel_editor_page_show_error (RunnelEditorPage *self,
                                const GError     *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_widget_set_visible (self->create_button,
                          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  gtk_stack_set_visible_child_name (self->stack, "error");
  /* Keys of the page, as that which leaves it, want the focus in it. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->error_page), GTK_DIR_TAB_FORWARD);
  _runnel_editor_page_actions_update (self);
}

/* Shows the inspector with a field of the one step selected. */
void
_runnel_editor_page_edit_step (RunnelEditorPage *self,
                               const char       *key)
{
  g_object_set (self->inspector_flap, "reveal-flap", TRUE, NULL);
  runnel_inspector_focus (self->inspector, key);
}

void
_runnel_editor_page_show_problem (RunnelEditorPage *self,
                                  RunnelProblem    *problem)
{
  const RunnelDiagnostic *diagnostic = runnel_problem_get_diagnostic (problem);
  const char *dot = strchr (diagnostic->path, '.');

  if (!diagnostic->step)
    {
      runnel_canvas_select_none (self->canvas);
      _runnel_editor_page_edit_step (self, diagnostic->path);
      return;
    }
  runnel_canvas_set_selection (self->canvas, (const char *const[]) { diagnostic->step, NULL });
  runnel_canvas_reveal (self->canvas, diagnostic->step);
  if (dot)
    _runnel_editor_page_edit_step (self, dot + 1);
}

/**
 * runnel_editor_page_new:
 *
 * Returns: (transfer floating): a page with an empty pipeline
 */
RunnelEditorPage *
runnel_editor_page_new (void)
{
  RunnelEditorPage *self = g_object_new (RUNNEL_TYPE_EDITOR_PAGE, NULL);
  g_autoptr(RunnelDocument) document = runnel_document_new ();

  _runnel_editor_page_set_document (self, document);
  return self;
}

/**
 * runnel_editor_page_new_for_file:
 * @file: a pipeline's file
 *
 * Returns: (transfer floating): a page that loads @file
 */
RunnelEditorPage *
runnel_editor_page_new_for_file (GFile *file)
{
  RunnelEditorPage *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RUNNEL_TYPE_EDITOR_PAGE, NULL);
  g_set_object (&self->file, file);
  _runnel_editor_page_update_title (self);
  _runnel_editor_page_load (self, file);
  return self;
}

/**
 * runnel_editor_page_get_file:
 *
 * Returns: (transfer none) (nullable): the file; %NULL for a pipeline that was never saved
 */
GFile *
runnel_editor_page_get_file (RunnelEditorPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), NULL);

  return self->file;
}

/**
 * runnel_editor_page_get_document:
 *
 * Returns: (transfer none) (nullable): the document; %NULL while it is loaded and when that failed
 */
RunnelDocument *
runnel_editor_page_get_document (RunnelEditorPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), NULL);

  return self->document;
}

/**
 * runnel_editor_page_get_canvas:
 *
 * Returns: (transfer none): the canvas
 */
RunnelCanvas *
runnel_editor_page_get_canvas (RunnelEditorPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), NULL);

  return self->canvas;
}

/**
 * runnel_editor_page_show_step:
 * @id: a step
 *
 * Selects the step, brings it into view and gives it the keyboard; as soon as the document is there.
 */
void
runnel_editor_page_show_step (RunnelEditorPage *self,
                              const char       *id)
{
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));
  g_return_if_fail (id);

  if (self->document)
    show_step (self, id);
  else
    {
      g_free (self->wanted_step);
      self->wanted_step = g_strdup (id);
    }
}

/**
 * runnel_editor_page_flush:
 *
 * Applies what is being typed to the document, as before a save or a run.
 */
void
runnel_editor_page_flush (RunnelEditorPage *self)
{
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));

  runnel_canvas_flush (self->canvas);
  runnel_inspector_flush (self->inspector);
  runnel_code_sync_flush (runnel_code_view_get_sync (self->code_view));
}

/**
 * runnel_editor_page_show_log:
 *
 * Opens the bottom panel on its Log page.
 */
void
runnel_editor_page_show_log (RunnelEditorPage *self)
{
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));

  gtk_stack_set_visible_child_name (self->bottom_stack, "log");
  gtk_widget_set_visible (self->bottom, TRUE);
}

/**
 * runnel_editor_page_add_toast:
 * @text: one sentence
 *
 * Tells of something that happened and needs no answer.
 */
void
runnel_editor_page_add_toast (RunnelEditorPage *self,
                              const char       *text)
{
  GtkRoot *root;

  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (RUNNEL_IS_WINDOW (root))
    runnel_window_add_toast (RUNNEL_WINDOW (root), text);
}
