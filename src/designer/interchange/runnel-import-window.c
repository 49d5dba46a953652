/* runnel-import-window.c: files of other systems, looked at before they are opened as pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/interchange/runnel-import-item.h"
#include "designer/interchange/runnel-import-window.h"
#include "designer/runnel-source.h"

struct _RunnelImportWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  GtkWidget *files_button;
  GtkDropDown *system_drop_down;
  GtkListBox *file_list;
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *file_error_page;
  GtkStack *file_stack;
  GtkLabel *summary;
  GtkScrolledWindow *source_scroller;
  GtkWidget *notes_box;
  GtkListBox *notes_list;
  GtkWidget *open_button;

  GtkSourceBuffer *source; /* owned by its view */
  GtkTextView *source_view;

  /* Owned references */
  GListModel *files;       /* of GFile */
  GPtrArray *targets;      /* of RunnelTarget: systems that can be read, in the order of the list */
  GPtrArray *items;        /* of RunnelImportItem, or NULL */
  RunnelImportItem *item;  /* that is shown, borrowed from `items`, or NULL */
  GCancellable *cancellable;
};

enum
{
  OPEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelImportWindow, runnel_import_window, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- A file --- */

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)))
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
add_note (RunnelImportWindow       *self,
          const RunnelImportedNote *note)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *line = note->line > 0 ? g_strdup_printf ("%u", note->line) : g_strdup ("");
  GtkWidget *number = label_new (line, "dim-label");

  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_set_valign (number, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (number), 5);
  gtk_label_set_xalign (GTK_LABEL (number), 1);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), label_new (note->message, NULL));
  gtk_list_box_append (self->notes_list, box);
}

static void
show_notes (RunnelImportWindow *self)
{
  GPtrArray *notes = self->item->notes;

  clear_list (self->notes_list);
  for (guint i = 0; i < notes->len; i++)
    add_note (self, g_ptr_array_index (notes, i));
  gtk_widget_set_visible (self->notes_box, notes->len > 0);
}

static guint
count_steps (const RunnelImportItem *item)
{
  guint n_steps = 0;

  for (guint i = 0; i < item->pipelines->len; i++)
    n_steps += ((RunnelImportedPipeline *) g_ptr_array_index (item->pipelines, i))->n_steps;
  return n_steps;
}

static char *
describe (const RunnelImportItem *item)
{
  g_autofree char *steps = NULL;
  guint n_steps = count_steps (item);
  const char *system = item->target ? item->target->title : "";

  if (item->error)
    return g_strdup (_("Can’t be read"));
  steps = g_strdup_printf (ngettext ("%u step", "%u steps", n_steps), n_steps);
  if (item->pipelines->len == 1)
    return g_strdup_printf ("%s, %s", system, steps);
  /* translators: a system, how many pipelines are in its file, and how many steps they have */
  return g_strdup_printf (ngettext ("%s, %u pipeline, %s", "%s, %u pipelines, %s",
                                    item->pipelines->len), system, item->pipelines->len, steps);
}

static void
show_source (RunnelImportWindow *self)
{
  g_autofree char *text = describe (self->item);
  GtkTextIter start;

  runnel_source_buffer_set_language (self->source,
                                     self->item->target ? self->item->target->language : NULL);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->source),
                            self->item->source ? self->item->source : "", -1);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->source), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->source), &start);
  gtk_label_set_label (self->summary, text);
  show_notes (self);
  gtk_stack_set_visible_child_name (self->file_stack, "source");
}

static void
show_file_error (RunnelImportWindow *self)
{
  g_autofree char *text = g_markup_escape_text (self->item->error->message, -1);

  adw_status_page_set_description (self->file_error_page, text);
  gtk_stack_set_visible_child_name (self->file_stack, "error");
}

static void
file_selected_cb (RunnelImportWindow *self,
                  GtkListBoxRow      *row)
{
  if (!row || !self->items)
    return;
  self->item = g_ptr_array_index (self->items, (guint) gtk_list_box_row_get_index (row));
  if (self->item->error)
    show_file_error (self);
  else
    show_source (self);
  gtk_widget_set_sensitive (self->open_button, self->item->pipelines->len > 0);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
note_activated_cb (RunnelImportWindow *self,
                   GtkListBoxRow      *row)
{
  const RunnelImportedNote *note =
    g_ptr_array_index (self->item->notes, (guint) gtk_list_box_row_get_index (row));
  GtkTextIter iter;

  if (note->line == 0)
    return;
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->source), &iter, (int) note->line - 1);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->source), &iter);
  gtk_text_view_scroll_to_iter (self->source_view, &iter, 0, TRUE, 0, 0.3);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

/* --- All files --- */

static void
add_file (RunnelImportWindow     *self,
          const RunnelImportItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_path_get_basename (item->path);
  g_autofree char *text = describe (item);
  GtkWidget *caption = label_new (text, "caption");

  gtk_widget_add_css_class (caption, item->error ? "error" : "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), label_new (name, NULL));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_append (self->file_list, box);
}

static void
show_items (RunnelImportWindow *self)
{
  gboolean are_several = self->items->len > 1;

  for (guint i = 0; i < self->items->len; i++)
    add_file (self, g_ptr_array_index (self->items, i));
  gtk_widget_set_visible (self->files_button, are_several);
  adw_flap_set_locked (self->flap, !are_several);
  adw_flap_set_reveal_flap (self->flap, are_several && !adw_flap_get_folded (self->flap));
  gtk_list_box_select_row (self->file_list, gtk_list_box_get_row_at_index (self->file_list, 0));
  gtk_stack_set_visible_child_name (self->stack, "files");
  /* Enter opens what is seen. */
  if (gtk_widget_get_sensitive (self->open_button))
    gtk_widget_grab_focus (self->open_button);
}

static void
show_error (RunnelImportWindow *self,
            const GError       *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RunnelImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *items = runnel_import_item_read_finish (result, &error);

  /* Cancelled: they are read as those of another system, or the window is closed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->items = items;
  if (items)
    show_items (self);
  else
    show_error (self, error);
}

static const RunnelTarget *
get_target (RunnelImportWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->system_drop_down);

  return selected > 0 && selected <= self->targets->len
           ? g_ptr_array_index (self->targets, selected - 1) : NULL;
}

/* Reads the files, all of them again when they are to be those of another system. */
static void
read_files (RunnelImportWindow *self)
{
  if (!self->files)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->item = NULL;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  clear_list (self->file_list);
  gtk_widget_set_sensitive (self->open_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  runnel_import_item_read_async (get_target (self), self->files, self->cancellable, read_cb,
                                 g_object_ref (self));
}

static void
open_cb (RunnelImportWindow *self)
{
  for (guint i = 0; i < self->item->pipelines->len; i++)
    {
      const RunnelImportedPipeline *pipeline = g_ptr_array_index (self->item->pipelines, i);

      g_signal_emit (self, signals[OPEN], 0, pipeline->name, pipeline->text);
    }
  /* There may be more to open. */
  if (self->items->len == 1)
    gtk_window_close (GTK_WINDOW (self));
}

/* --- The window --- */

static void
list_systems (RunnelImportWindow *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint n_targets;
  const RunnelTarget *const *targets = runnel_target_list (&n_targets);

  /* translators: whose file it is, is found out from what is in it */
  gtk_string_list_append (names, _("As It Looks"));
  for (guint i = 0; i < n_targets; i++)
    if (targets[i]->import)
      {
        g_ptr_array_add (self->targets, (gpointer) targets[i]);
        gtk_string_list_append (names, targets[i]->title);
      }
  gtk_drop_down_set_model (self->system_drop_down, G_LIST_MODEL (names));
}

static void
runnel_import_window_dispose (GObject *object)
{
  RunnelImportWindow *self = RUNNEL_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->files);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_IMPORT_WINDOW);
  G_OBJECT_CLASS (runnel_import_window_parent_class)->dispose (object);
}

static void
runnel_import_window_finalize (GObject *object)
{
  g_ptr_array_unref (RUNNEL_IMPORT_WINDOW (object)->targets);
  G_OBJECT_CLASS (runnel_import_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, files_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, system_drop_down);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, file_list);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, file_error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, file_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, source_scroller);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, notes_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, notes_list);
  gtk_widget_class_bind_template_child (widget_class, RunnelImportWindow, open_button);
  gtk_widget_class_bind_template_callback (widget_class, file_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_files);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
runnel_import_window_class_init (RunnelImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_import_window_finalize;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-import-window.ui");
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
runnel_import_window_init (RunnelImportWindow *self)
{
  GtkWidget *view;

  self->targets = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->source = runnel_source_buffer_new (NULL);
  view = runnel_source_view_new (self->source);
  self->source_view = GTK_TEXT_VIEW (view);
  gtk_text_view_set_editable (self->source_view, FALSE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_highlight_current_line (GTK_SOURCE_VIEW (view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What is in the file"), -1);
  gtk_scrolled_window_set_child (self->source_scroller, view);
  g_object_unref (self->source);
}

/**
 * runnel_import_window_new:
 * @parent: the window it belongs to
 * @files: a list of #GFile, folders among them
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
runnel_import_window_new (GtkWindow  *parent,
                          GListModel *files)
{
  RunnelImportWindow *self = g_object_new (RUNNEL_TYPE_IMPORT_WINDOW, NULL);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  list_systems (self);
  self->files = g_object_ref (files);
  read_files (self);
  return GTK_WINDOW (self);
}

/**
 * runnel_import_window_get_showing:
 *
 * Returns: (transfer none): "loading", "error" when there are no files, else "source" or
 *   "file-error"
 */
const char *
runnel_import_window_get_showing (RunnelImportWindow *self)
{
  const char *name;

  g_return_val_if_fail (RUNNEL_IS_IMPORT_WINDOW (self), NULL);

  name = gtk_stack_get_visible_child_name (self->stack);
  if (!g_str_equal (name, "files"))
    return name;
  return self->item && self->item->error ? "file-error" : "source";
}
