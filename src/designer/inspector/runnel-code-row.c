/* runnel-code-row.c: a field for many lines, as text or as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/runnel-source.h"

#define MIN_HEIGHT 84
#define MAX_HEIGHT 320

struct _RunnelCodeRow
{
  RunnelFieldRow parent_instance;

  RunnelFieldType type;
  GtkTextBuffer *buffer;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (RunnelCodeRow, runnel_code_row, RUNNEL_TYPE_FIELD_ROW)

static char *
get_text (RunnelCodeRow *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
runnel_code_row_show_value (RunnelFieldRow *row,
                            JsonNode       *value)
{
  RunnelCodeRow *self = RUNNEL_CODE_ROW (row);
  g_autofree char *text = runnel_field_value_to_entry (value, self->type);

  gtk_text_buffer_set_text (self->buffer, text, -1);
}

static gboolean
runnel_code_row_read_value (RunnelFieldRow  *row,
                            JsonNode       **ret_value,
                            GError         **error)
{
  RunnelCodeRow *self = RUNNEL_CODE_ROW (row);
  g_autofree char *text = get_text (self);

  return runnel_field_value_from_entry (text, self->type, ret_value, error);
}

static GtkWidget *
scroll (GtkWidget *view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

/* More room for a longer text: a window on the same buffer. */
static void
expand_cb (RunnelCodeRow *self)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *view = runnel_source_view_new (GTK_SOURCE_BUFFER (self->buffer));
  GtkWidget *scroller = scroll (view);
  GtkShortcut *close = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                         gtk_named_action_new ("window.close"));
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (view), TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts), close);
  gtk_widget_add_controller (window, shortcuts);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 820, 600);
  gtk_window_set_title (GTK_WINDOW (window), _("Edit Text"));
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (view);
}

static void
add_expand_button (RunnelCodeRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-fullscreen-symbolic");

  gtk_widget_add_css_class (button, "flat");
  runnel_tip_set (button, _("Edit in a Window"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (expand_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), button);
}

static void
runnel_code_row_dispose (GObject *object)
{
  RunnelCodeRow *self = RUNNEL_CODE_ROW (object);

  if (self->buffer)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (runnel_code_row_parent_class)->dispose (object);
}

static void
runnel_code_row_class_init (RunnelCodeRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_code_row_dispose;
  row_class->show_value = runnel_code_row_show_value;
  row_class->read_value = runnel_code_row_read_value;
}

static void
runnel_code_row_init (RunnelCodeRow *self)
{
  GtkWidget *scroller;

  self->buffer = GTK_TEXT_BUFFER (runnel_source_buffer_new (NULL));
  self->view = runnel_source_view_new (GTK_SOURCE_BUFFER (self->buffer));
  /* Tab leaves the field, as everywhere in the form; the window has room for more. */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  scroller = scroll (self->view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), MIN_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (scroller, "code-field");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (_runnel_field_row_edited), self);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), scroller, self->view);
  add_expand_button (self);
}

/**
 * runnel_code_row_new:
 * @type: %RUNNEL_FIELD_STRING for text, anything else for JSON
 */
RunnelFieldRow *
runnel_code_row_new (RunnelFieldType type)
{
  RunnelCodeRow *self = g_object_new (RUNNEL_TYPE_CODE_ROW, NULL);

  self->type = type;
  if (type != RUNNEL_FIELD_STRING)
    runnel_code_row_set_language (self, "json");
  return RUNNEL_FIELD_ROW (self);
}

/**
 * runnel_code_row_new_prose:
 *
 * Text that is no code, such as a description.
 */
RunnelFieldRow *
runnel_code_row_new_prose (void)
{
  RunnelCodeRow *self = RUNNEL_CODE_ROW (runnel_code_row_new (RUNNEL_FIELD_STRING));

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  return RUNNEL_FIELD_ROW (self);
}

/**
 * runnel_code_row_set_language:
 * @language: (nullable): id of a language of GtkSourceView, or of a shell such as "bash"
 *
 * Colours the text.
 */
void
runnel_code_row_set_language (RunnelCodeRow *self,
                              const char    *language)
{
  g_return_if_fail (RUNNEL_IS_CODE_ROW (self));

  runnel_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer), language);
}
