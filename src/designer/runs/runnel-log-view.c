/* runnel-log-view.c: the log of one attempt, live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/runs/runnel-ansi.h"
#include "designer/runs/runnel-log-reader.h"
#include "designer/runs/runnel-log-view.h"
#include "designer/runs/runnel-state-label.h"

#define N_COLORS 16

struct _RunnelLogView
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkLabel *title;
  RunnelStateLabel *state_label;
  GtkLabel *reason;
  GtkLabel *message;
  GtkLabel *search_status;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkScrolledWindow *scroller;
  GtkStack *stack;
  GtkTextView *view;
  GtkToggleButton *follow_button;
  GtkToggleButton *wrap_button;

  /* Owned references */
  RunnelLogReader *reader;
  RunnelAnsi *ansi;
  char *path;

  /* Borrowed references */
  GtkTextBuffer *buffer;
  GtkTextTag *color_tags[N_COLORS];
  GtkTextTag *bold_tag;
  GtkTextTag *dim_tag;
  GtkTextTag *underline_tag;
  GtkTextTag *note_tag;

  guint end_idle;
  guint at_end : 1; /* until a person scrolls away */
};

G_DEFINE_FINAL_TYPE (RunnelLogView, runnel_log_view, GTK_TYPE_WIDGET)

/* The sixteen colours of a terminal, chosen to be read on a white and on a dark ground. */
static const char *light_colors[N_COLORS] = {
  "#241f31", "#a51d2d", "#1f7a47", "#8a5a00", "#1a5fb4", "#813d9c", "#0f6d7a", "#5e5c64",
  "#5e5c64", "#c01c28", "#207a43", "#905400", "#1c71d8", "#9141ac", "#0d7480", "#3d3846",
};
static const char *dark_colors[N_COLORS] = {
  "#9a9996", "#ff7b72", "#6bd48f", "#f8e45c", "#78aeed", "#d9a6ee", "#6fd0dc", "#deddda",
  "#c0bfbc", "#ff938c", "#8ff0a4", "#f9f06b", "#99c1f1", "#e2b8f5", "#93e0e8", "#ffffff",
};

static void
update_colors (RunnelLogView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (guint i = 0; i < N_COLORS; i++)
    g_object_set (self->color_tags[i], "foreground", dark ? dark_colors[i] : light_colors[i], NULL);
}

static void
create_tags (RunnelLogView *self)
{
  for (guint i = 0; i < N_COLORS; i++)
    self->color_tags[i] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->bold_tag =
    gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->dim_tag = gtk_text_buffer_create_tag (self->buffer, NULL, "foreground-rgba",
                                              &(GdkRGBA) { .5, .5, .5, 1 }, NULL);
  self->underline_tag = gtk_text_buffer_create_tag (self->buffer, NULL,
                                                    "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->note_tag = gtk_text_buffer_create_tag (self->buffer, NULL, "style", PANGO_STYLE_ITALIC,
                                               "foreground-rgba", &(GdkRGBA) { .5, .5, .5, 1 }, NULL);
  update_colors (self);
}

static void
append_text (gpointer        user_data,
             const char     *text,
             gsize           length,
             RunnelAnsiStyle style)
{
  RunnelLogView *self = user_data;
  GtkTextIter start, end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  int offset = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_insert (self->buffer, &end, text, length);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, offset);

  if (style.color != RUNNEL_ANSI_DEFAULT_COLOR)
    gtk_text_buffer_apply_tag (self->buffer, self->color_tags[style.color % N_COLORS], &start,
                               &end);
  if (style.bold)
    gtk_text_buffer_apply_tag (self->buffer, self->bold_tag, &start, &end);
  if (style.dim)
    gtk_text_buffer_apply_tag (self->buffer, self->dim_tag, &start, &end);
  if (style.underline)
    gtk_text_buffer_apply_tag (self->buffer, self->underline_tag, &start, &end);
}

static void
overwrite_line (gpointer user_data)
{
  RunnelLogView *self = user_data;
  GtkTextIter start, end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  start = end;
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_text_buffer_delete (self->buffer, &start, &end);
}

static gboolean
go_to_end_cb (gpointer user_data)
{
  RunnelLogView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->end_idle = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment)
                                          - gtk_adjustment_get_page_size (adjustment));
  return G_SOURCE_REMOVE;
}

/* Not at once: the view may be amid its own allocation, and would draw at one place and scroll to
 * another. */
static void
stay_at_end (RunnelLogView *self)
{
  if (self->at_end && self->end_idle == 0 && gtk_toggle_button_get_active (self->follow_button))
    self->end_idle = g_idle_add (go_to_end_cb, self);
}

static void
scrolled_cb (RunnelLogView *self,
             GtkAdjustment *adjustment)
{
  if (self->end_idle != 0) /* it moves by itself */
    return;
  self->at_end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
                   >= gtk_adjustment_get_upper (adjustment) - 1;
}

/* The view learns the height of its lines bit by bit, and its own when it is first seen: what is
 * the end now is not the end for long. stay_at_end() follows each change. */
static void
scroll_to_end (RunnelLogView *self)
{
  self->at_end = TRUE;
  stay_at_end (self);
}

static void
chunk_cb (RunnelLogView *self,
          GBytes        *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  runnel_ansi_feed (self->ansi, data, length);
}

static void
truncated_cb (RunnelLogView *self,
              guint64        skipped)
{
  g_autofree char *size = g_format_size (skipped);
  /* translators: %s is a size such as 1.1 GB */
  g_autofree char *note = g_strdup_printf (
    _("The first %s of this log are left out; open it in an editor to see them.\n"), size);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert_with_tags (self->buffer, &end, note, -1, self->note_tag, NULL);
}

/* --- Finding ------------------------------------------------------------ */

static gboolean
find (RunnelLogView *self,
      gboolean       forward)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  GtkTextIter selection_start, selection_end, start, end;

  if (*text == '\0')
    return FALSE;

  gtk_text_buffer_get_selection_bounds (self->buffer, &selection_start, &selection_end);
  for (guint turn = 0; turn < 2; turn++)
    {
      GtkTextIter from = forward ? selection_end : selection_start;

      if (turn == 1) /* once more, from the other end */
        gtk_text_buffer_get_iter_at_offset (self->buffer, &from, forward ? 0 : -1);
      if (forward ? gtk_text_iter_forward_search (&from, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE,
                                                  &start, &end, NULL)
                  : gtk_text_iter_backward_search (&from, text, GTK_TEXT_SEARCH_CASE_INSENSITIVE,
                                                   &start, &end, NULL))
        {
          gtk_text_buffer_select_range (self->buffer, &start, &end);
          gtk_text_view_scroll_to_iter (self->view, &start, 0.1, FALSE, 0, 0);
          return TRUE;
        }
    }
  return FALSE;
}

static void
find_and_tell (RunnelLogView *self,
               gboolean       forward)
{
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0';

  /* What was found would scroll away with the next line. */
  gtk_toggle_button_set_active (self->follow_button, FALSE);
  gboolean found = find (self, forward);
  gtk_label_set_label (self->search_status, found || empty ? "" : _("Not found"));
}

static void
search_next_cb (RunnelLogView *self)
{
  find_and_tell (self, TRUE);
}

static void
search_previous_cb (RunnelLogView *self)
{
  find_and_tell (self, FALSE);
}

static void
search_changed_cb (RunnelLogView *self)
{
  GtkTextIter start, end;

  /* A longer search text may match where the shorter one did. */
  if (gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end))
    gtk_text_buffer_place_cursor (self->buffer, &start);
  find_and_tell (self, TRUE);
}

/* --- Actions ------------------------------------------------------------ */

static void
open_external_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME);
}

static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
follow_toggled_cb (RunnelLogView *self)
{
  if (gtk_toggle_button_get_active (self->follow_button))
    scroll_to_end (self);
}

static void
wrap_toggled_cb (RunnelLogView *self)
{
  gboolean wrap = gtk_toggle_button_get_active (self->wrap_button);

  gtk_text_view_set_wrap_mode (self->view, wrap ? GTK_WRAP_WORD_CHAR : GTK_WRAP_NONE);
}

static void
clear (RunnelLogView *self)
{
  if (self->reader != NULL)
    runnel_log_reader_stop (self->reader);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->ansi, runnel_ansi_free);
  g_clear_pointer (&self->path, g_free);
}

static void
runnel_log_view_dispose (GObject *object)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (object);
  GtkWidget *child;

  clear (self);
  g_clear_handle_id (&self->end_idle, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_LOG_VIEW);
  /* That took only the children that have a name here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_log_view_parent_class)->dispose (object);
}

static void
runnel_log_view_class_init (RunnelLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_log_view_dispose;

  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, title);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, reason);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, message);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, search_status);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, view);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, follow_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelLogView, wrap_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_previous_cb);
  gtk_widget_class_install_action (widget_class, "log.open-external", NULL, open_external_action);
  gtk_widget_class_install_action (widget_class, "log.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "log.find", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "logview");
}

static void
runnel_log_view_init (RunnelLogView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->buffer = gtk_text_view_get_buffer (self->view);
  create_tags (self);
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_colors), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (stay_at_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->follow_button, "toggled",
                           G_CALLBACK (follow_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wrap_button, "toggled",
                           G_CALLBACK (wrap_toggled_cb), self, G_CONNECT_SWAPPED);
  runnel_log_view_show_nothing (self, _("Select a step to see its log"));
}

/**
 * runnel_log_view_new:
 *
 * A view of one log, empty at first.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
runnel_log_view_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOG_VIEW, NULL);
}

/**
 * runnel_log_view_show_file:
 * @self: a log view
 * @title: what the log is of, for people
 * @path: (type filename): the log; it need not exist yet
 * @follow: whether it may still grow
 *
 * Shows a log from its end on. The same log is not read anew.
 */
void
runnel_log_view_show_file (RunnelLogView *self,
                           const char    *title,
                           const char    *path,
                           gboolean       follow)
{
  static const RunnelAnsiHandler handler = { append_text, overwrite_line };

  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));
  g_return_if_fail (path != NULL);

  gtk_label_set_label (self->title, title);
  if (g_strcmp0 (path, self->path) == 0)
    return;

  clear (self);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  self->path = g_strdup (path);
  self->ansi = runnel_ansi_new (&handler, self);
  self->reader = runnel_log_reader_new (path, follow);
  g_signal_connect_object (self->reader, "chunk", G_CALLBACK (chunk_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "truncated", G_CALLBACK (truncated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, "text");
  scroll_to_end (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.open-external", TRUE);
}

/**
 * runnel_log_view_show_nothing:
 * @self: a log view
 * @message: why there is no log
 *
 * Shows a sentence in place of a log.
 */
void
runnel_log_view_show_nothing (RunnelLogView *self,
                              const char    *message)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  clear (self);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  gtk_label_set_label (self->title, _("Log"));
  gtk_label_set_label (self->reason, "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), FALSE);
  gtk_label_set_label (self->message, message);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.open-external", FALSE);
}

/**
 * runnel_log_view_set_outcome:
 * @self: a log view
 * @state: the state of what the log is of
 * @reason: (nullable): why, for people
 *
 * Says beside the title how it went. A log just shown keeps what was said of the one before:
 * to be called after runnel_log_view_show_file().
 */
void
runnel_log_view_set_outcome (RunnelLogView *self,
                             RunnelState    state,
                             const char    *reason)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  runnel_state_label_set_state (self->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), TRUE);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
}

/**
 * runnel_log_view_finish:
 * @self: a log view
 *
 * Says that the log shown is complete: the rest of it is read, and then no more.
 */
void
runnel_log_view_finish (RunnelLogView *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  if (self->reader != NULL)
    runnel_log_reader_finish (self->reader);
}

/**
 * runnel_log_view_get_path:
 * @self: a log view
 *
 * Returns: (nullable) (type filename): the log shown
 */
const char *
runnel_log_view_get_path (RunnelLogView *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_VIEW (self), NULL);

  return self->path;
}
