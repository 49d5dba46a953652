/* runnel-export-window.c: a pipeline as code of another system, looked at before it is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/interchange/runnel-export-window-private.h"
#include "designer/interchange/runnel-sync.h"

/* After a change of an option the preview waits this long for the next one. */
#define DELAY_MS 200

G_DEFINE_FINAL_TYPE (RunnelExportWindow, runnel_export_window, ADW_TYPE_WINDOW)

/* --- What is chosen --- */

static char *
dup_entry (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text ? g_steal_pointer (&text) : NULL;
}

static const char *
get_mode (RunnelExportWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->mode_row);

  return self->target->modes && selected != GTK_INVALID_LIST_POSITION && selected > 0
           ? self->target->modes[selected] : NULL;
}

static RunnelExport *
make_export (RunnelExportWindow *self)
{
  g_autofree char *path = dup_entry (self->path_row);
  RunnelExport *export = runnel_export_new (self->target, path);

  export->mode = g_strdup (get_mode (self));
  export->image = dup_entry (self->image_row);
  export->runner = dup_entry (self->runner_row);
  export->allow_loss = gtk_switch_get_active (self->loss_switch);
  return export;
}

static char *
get_document_path (RunnelExportWindow *self)
{
  GFile *file = runnel_document_get_file (self->document);

  return file ? g_file_get_path (file) : NULL;
}

/* --- What it makes --- */

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RunnelExportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelExportResult *made = runnel_export_job_make_finish (result, &error);

  /* Cancelled: something else was chosen meanwhile, or the window is closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->result, runnel_export_result_free);
  self->result = made;
  _runnel_export_window_show (self, error);
}

static void
make (RunnelExportWindow *self)
{
  g_autoptr(RunnelExport) export = NULL;
  g_autofree char *path = get_document_path (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay, g_source_remove);
  if (!self->target)
    return;
  self->cancellable = g_cancellable_new ();
  export = make_export (self);
  runnel_export_job_make_async (export, runnel_document_get_pipeline (self->document), path,
                                self->cancellable, made_cb, g_object_ref (self));
}

static void
keep_in_sync (RunnelExportWindow *self)
{
  g_autoptr(RunnelExport) export = make_export (self);

  runnel_sync_set (self->document, export, gtk_switch_get_active (self->sync_switch));
}

/* One pass over the options is one change of the document. */
static void
take_options (RunnelExportWindow *self)
{
  if (gtk_switch_get_active (self->sync_switch))
    keep_in_sync (self);
  make (self);
}

static gboolean
delay_cb (gpointer user_data)
{
  RunnelExportWindow *self = user_data;

  self->delay = 0;
  take_options (self);
  return G_SOURCE_REMOVE;
}

/* --- What a person does --- */

static void
file_chosen_cb (RunnelExportWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->file_drop_down);

  if (self->result && selected < self->result->files->len)
    _runnel_export_window_show_file (self, selected);
}

static void
option_changed_cb (RunnelExportWindow *self)
{
  if (self->is_filling || !self->target)
    return;
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (DELAY_MS, delay_cb, self);
}

static void
sync_toggled_cb (RunnelExportWindow *self)
{
  if (!self->is_filling && self->target)
    keep_in_sync (self);
}

static void
allow_loss_cb (RunnelExportWindow *self)
{
  gtk_switch_set_active (self->loss_switch, TRUE);
}

static void
copy_cb (RunnelExportWindow *self)
{
  g_autofree char *text = runnel_export_window_get_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied to the clipboard")));
}

static void
tell_written (RunnelExportWindow *self)
{
  const RunnelExportFile *file = g_ptr_array_index (self->result->files, 0);
  g_autofree char *text = NULL;

  text = self->result->files->len == 1
           /* translators: the path of a file */
           ? g_strdup_printf (_("Written to %s"), file->path)
           : g_strdup_printf (ngettext ("%u file written", "%u files written",
                                        self->result->files->len), self->result->files->len);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelExportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!runnel_export_job_write_finish (result, &error))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
  else if (self->result)
    tell_written (self);
  /* What is on disk is another thing now. */
  if (self->document)
    make (self);
}

static void
save_cb (RunnelExportWindow *self)
{
  gtk_widget_set_sensitive (self->save_button, FALSE);
  runnel_export_job_write_async (self->result->files, written_cb, g_object_ref (self));
}

/* --- Systems --- */

static void
fill_modes (RunnelExportWindow *self,
            const RunnelExport *export)
{
  g_autoptr(GtkStringList) modes = gtk_string_list_new (self->target->modes);
  guint selected = 0;

  for (guint i = 0; self->target->modes && self->target->modes[i]; i++)
    if (g_strcmp0 (self->target->modes[i], export->mode) == 0)
      selected = i;
  adw_combo_row_set_model (self->mode_row, G_LIST_MODEL (modes));
  adw_combo_row_set_selected (self->mode_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->mode_row), self->target->modes != NULL);
}

static void
set_entry (GtkEditable *row,
           const char  *text)
{
  gtk_editable_set_text (row, text ? text : "");
}

/* What the document keeps of the system, or else the usual. */
static void
fill_options (RunnelExportWindow *self)
{
  g_autoptr(RunnelExport) kept = runnel_sync_find (self->document, self->target);
  g_autoptr(RunnelExport) export = kept ? runnel_export_copy (kept)
                                        : runnel_export_new (self->target, NULL);

  self->is_filling = TRUE;
  set_entry (self->path_row, export->path);
  set_entry (self->image_row, export->image);
  set_entry (self->runner_row, export->runner);
  gtk_switch_set_active (self->loss_switch, export->allow_loss);
  gtk_switch_set_active (self->sync_switch, kept != NULL);
  fill_modes (self, export);
  self->is_filling = FALSE;
}

static void
system_selected_cb (RunnelExportWindow *self,
                    GtkListBoxRow      *row)
{
  if (!row)
    return;
  self->target = g_object_get_data (G_OBJECT (row), "target");
  fill_options (self);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  make (self);
}

static char *
describe_fidelity (RunnelExportWindow *self,
                   const RunnelTarget *target)
{
  guint position;
  RunnelPortabilityCount count;

  if (!self->portability || !g_ptr_array_find (self->portability->targets, target, &position))
    return NULL;
  count = runnel_portability_count (self->portability, position);
  if (count.n[RUNNEL_FIDELITY_LOST] > 0)
    return g_strdup_printf (_("%u lost, %u emulated"), count.n[RUNNEL_FIDELITY_LOST],
                            count.n[RUNNEL_FIDELITY_EMULATED]);
  if (count.n[RUNNEL_FIDELITY_EMULATED] > 0)
    return g_strdup_printf (_("%u emulated"), count.n[RUNNEL_FIDELITY_EMULATED]);
  return g_strdup (_("Exact"));
}

static GtkWidget *
label_new (const char *text,
           gboolean    is_caption)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_caption)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static void
add_system (RunnelExportWindow *self,
            const RunnelTarget *target)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *fidelity = describe_fidelity (self, target);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), label_new (target->title, FALSE));
  if (fidelity)
    gtk_box_append (GTK_BOX (box), label_new (fidelity, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, target->name);
  g_object_set_data (G_OBJECT (row), "target", (gpointer) target);
  gtk_list_box_append (self->system_list, row);
}

static void
list_systems (RunnelExportWindow *self,
              const char         *system)
{
  g_autoptr(GPtrArray) targets = runnel_portability_list_targets ();
  guint selected = 0;

  for (guint i = 0; i < targets->len; i++)
    {
      const RunnelTarget *target = g_ptr_array_index (targets, i);

      add_system (self, target);
      if (g_strcmp0 (target->name, system) == 0)
        selected = i;
    }
  gtk_list_box_select_row (self->system_list,
                           gtk_list_box_get_row_at_index (self->system_list, (int) selected));
}

/* --- The window --- */

static GtkSourceBuffer *
add_view (GtkScrolledWindow *scroller,
          const char        *language,
          const char        *label)
{
  GtkSourceBuffer *buffer = runnel_source_buffer_new (language);
  GtkWidget *view = runnel_source_view_new (buffer);

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (view), !g_str_equal (language, "diff"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_scrolled_window_set_child (scroller, view);
  g_object_unref (buffer);
  return buffer;
}

static gboolean
runnel_export_window_close_request (GtkWindow *window)
{
  RunnelExportWindow *self = RUNNEL_EXPORT_WINDOW (window);

  if (self->delay != 0)
    take_options (self);
  return GTK_WINDOW_CLASS (runnel_export_window_parent_class)->close_request (window);
}

static void
runnel_export_window_dispose (GObject *object)
{
  RunnelExportWindow *self = RUNNEL_EXPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay, g_source_remove);
  self->is_filling = TRUE; /* what goes away tells of changes */
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_EXPORT_WINDOW);
  g_clear_object (&self->document);
  g_clear_pointer (&self->portability, runnel_portability_unref);
  g_clear_pointer (&self->result, runnel_export_result_free);

  G_OBJECT_CLASS (runnel_export_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, system_list);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, view_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, changes_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, code_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, file_drop_down);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, code_scroller);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, loss_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, loss_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, changes_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, no_changes_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, changes_scroller);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, path_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, sync_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, mode_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, image_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, runner_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, loss_switch);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportWindow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, system_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, option_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, allow_loss_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
runnel_export_window_class_init (RunnelExportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_export_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = runnel_export_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-export-window.ui");
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
runnel_export_window_init (RunnelExportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->code = add_view (self->code_scroller, "sh", _("What would be written"));
  self->changes = add_view (self->changes_scroller, "diff", _("What would change"));
}

/**
 * runnel_export_window_new:
 * @parent: the window it belongs to
 * @document: what is exported
 * @portability: (nullable): how well each system does what it asks for
 * @system: (nullable): the name of the system that is shown first
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
runnel_export_window_new (GtkWindow         *parent,
                          RunnelDocument    *document,
                          RunnelPortability *portability,
                          const char        *system)
{
  RunnelExportWindow *self = g_object_new (RUNNEL_TYPE_EXPORT_WINDOW, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  self->document = g_object_ref (document);
  self->portability = portability ? runnel_portability_ref (portability) : NULL;
  list_systems (self, system);
  return GTK_WINDOW (self);
}

/**
 * runnel_export_window_get_text:
 *
 * Returns: (transfer full): the code that is shown
 */
char *
runnel_export_window_get_text (RunnelExportWindow *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RUNNEL_IS_EXPORT_WINDOW (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->code), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->code), &start, &end, TRUE);
}

/**
 * runnel_export_window_get_showing:
 *
 * Returns: (transfer none): "loading", "code", "loss" or "error"
 */
const char *
runnel_export_window_get_showing (RunnelExportWindow *self)
{
  g_return_val_if_fail (RUNNEL_IS_EXPORT_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->code_stack);
}
