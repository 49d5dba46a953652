/* runnel-log-lines-a11y.c: the lines of a log as assistive technology has them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/logs/runnel-log-lines-private.h"

/* The lines are painted, and only a widget of GTK can give text to AT-SPI before GTK 4.14. So a text
 * view that is not seen and takes no pointer holds the lines that are seen. It has the keyboard, but
 * what the keys mean is decided before they reach it; its cursor goes to the line at hand, so that a
 * screen reader says what that is. */

#define DELAY_MS 60  /* while somebody scrolls, nobody reads */
#define MAX_LINE 2000 /* characters */

static void
append_row (RunnelLogLines *self,
            GString        *text,
            const LogRow   *row)
{
  const GString *line;
  g_autofree char *time = NULL;
  gsize length;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (!row->drawn)
    return;
  line = runnel_log_shape_get_text (row->drawn->shape)->text;
  time = _runnel_log_lines_format_time (self, row->drawn->time);
  if (*time != '\0')
    g_string_append_printf (text, "%s ", time);
  if (row->drawn->label)
    g_string_append_printf (text, "%s: ", row->drawn->label);
  length = runnel_log_shape_find_byte (row->drawn->shape, MAX_LINE, NULL);
  g_string_append_len (text, line->str, (gssize) length);
}

static void
place_cursor (RunnelLogLines *self,
              int             line)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->mirror);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

static gboolean
update_cb (gpointer user_data)
{
  RunnelLogLines *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->mirror);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *before = NULL;
  int cursor = (int) self->rows->len - 1;
  RunnelLogLine at_hand;

  self->mirror_timeout = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const LogRow *row = &g_array_index (self->rows, LogRow, i);

      append_row (self, text, row);
      if (runnel_log_lines_get_cursor (self, &at_hand) &&
          runnel_log_line_compare (&row->line, &at_hand) == 0)
        cursor = (int) i;
    }
  g_object_get (buffer, "text", &before, NULL);
  if (g_strcmp0 (before, text->str) != 0)
    gtk_text_buffer_set_text (buffer, text->str, (int) text->len);
  place_cursor (self, MAX (cursor, 0));
  return G_SOURCE_REMOVE;
}

/* Other lines are seen, or another is at hand. */
void
_runnel_log_lines_a11y_update (RunnelLogLines *self)
{
  if (self->mirror_timeout == 0)
    self->mirror_timeout = g_timeout_add (DELAY_MS, update_cb, self);
}

void
_runnel_log_lines_a11y_stop (RunnelLogLines *self)
{
  g_clear_handle_id (&self->mirror_timeout, g_source_remove);
}

void
_runnel_log_lines_a11y_init (RunnelLogLines *self)
{
  GtkWidget *mirror = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new (); /* or it would want room for all of its text */

  self->mirror = GTK_TEXT_VIEW (mirror);
  gtk_text_view_set_editable (self->mirror, FALSE);
  gtk_widget_set_opacity (scroller, 0);
  gtk_widget_set_can_target (scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), mirror);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mirror), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Log"),
                                  -1);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}
