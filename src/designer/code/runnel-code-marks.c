/* runnel-code-marks.c: what is wrong with a text, marked in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/code/runnel-code-marks.h"

/* More than anybody reads; a text that is wrong everywhere must not take long to show. */
#define MAX_MARKS 500

#define TEXT "runnel-text"

/* By severity; also the names of the tags. */
static const struct
{
  const char *category;
  const char *icon_name;
  GdkRGBA color;
} looks[] = {
  [RUNNEL_SEVERITY_ERROR] = { "runnel-error", "dialog-error-symbolic", { 0.88, 0.11, 0.14, 1 } },
  [RUNNEL_SEVERITY_WARNING] = { "runnel-warning", "dialog-warning-symbolic", { 0.78, 0.53, 0, 1 } },
};

static char *
get_tooltip_cb (GtkSourceMarkAttributes *attributes,
                GtkSourceMark           *mark,
                gpointer                 user_data)
{
  return g_strdup (g_object_get_data (G_OBJECT (mark), TEXT));
}

static gboolean
query_tooltip_cb (GtkTextView *view,
                  int          x,
                  int          y,
                  gboolean     is_by_keyboard,
                  GtkTooltip  *tooltip,
                  gpointer     user_data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextTagTable *tags = gtk_text_buffer_get_tag_table (buffer);
  g_autofree char *text = NULL;
  gboolean is_marked = FALSE;
  GtkTextIter iter;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
  if (is_by_keyboard)
    gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  else if (!gtk_text_view_get_iter_at_location (view, &iter, x, y))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    is_marked |= gtk_text_iter_has_tag (&iter, gtk_text_tag_table_lookup (tags, looks[i].category));
  if (!is_marked)
    return FALSE;
  text = runnel_code_marks_get_text (GTK_SOURCE_BUFFER (buffer),
                                     (guint) gtk_text_iter_get_line (&iter));
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
add_look (GtkSourceView  *view,
          RunnelSeverity  severity)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autoptr(GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();

  gtk_source_mark_attributes_set_icon_name (attributes, looks[severity].icon_name);
  g_signal_connect (attributes, "query-tooltip-text", G_CALLBACK (get_tooltip_cb), NULL);
  gtk_source_view_set_mark_attributes (view, looks[severity].category, attributes,
                                       RUNNEL_SEVERITY_WARNING - severity);
  gtk_text_buffer_create_tag (buffer, looks[severity].category, "underline", PANGO_UNDERLINE_ERROR,
                              "underline-rgba", &looks[severity].color, NULL);
}

/**
 * runnel_code_marks_set_up:
 * @view: a view that has its buffer
 *
 * Lets @view show errors and warnings in its gutter, under the text and as tooltips.
 */
void
runnel_code_marks_set_up (GtkSourceView *view)
{
  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));

  add_look (view, RUNNEL_SEVERITY_WARNING);
  add_look (view, RUNNEL_SEVERITY_ERROR);
  gtk_source_view_set_show_line_marks (view, TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (view), TRUE);
  g_signal_connect (view, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

static void
clear (GtkSourceBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      gtk_source_buffer_remove_source_marks (buffer, &start, &end, looks[i].category);
      gtk_text_buffer_remove_tag_by_name (GTK_TEXT_BUFFER (buffer), looks[i].category, &start, &end);
    }
}

static gboolean
ends_word (gunichar c,
           gpointer user_data)
{
  return c == '\n' || g_unichar_isspace (c) || strchr (",:[]{}\"", (int) (c < 128 ? c : 'x')) != NULL;
}

/* To the end of the value or key that begins at `end`; of an object or array only the bracket. */
static void
find_value_end (GtkTextIter *end)
{
  gunichar c = gtk_text_iter_get_char (end);
  gboolean is_escaped = FALSE;

  if (gtk_text_iter_ends_line (end))
    return;
  gtk_text_iter_forward_char (end);
  if (c != '"')
    {
      if (!ends_word (c, NULL) && !ends_word (gtk_text_iter_get_char (end), NULL))
        gtk_text_iter_forward_find_char (end, ends_word, NULL, NULL);
      return;
    }
  while (!gtk_text_iter_ends_line (end))
    {
      c = gtk_text_iter_get_char (end);
      gtk_text_iter_forward_char (end);
      if (c == '"' && !is_escaped)
        return;
      is_escaped = c == '\\' && !is_escaped;
    }
}

static char *
make_text (const RunnelDiagnostic *diagnostic)
{
  if (!diagnostic->suggestion)
    return g_strdup (diagnostic->message);
  return g_strconcat (diagnostic->message, "\n", diagnostic->suggestion, NULL);
}

static void
add (GtkSourceBuffer        *buffer,
     const RunnelDiagnostic *diagnostic)
{
  const char *category = looks[diagnostic->severity].category;
  GtkTextIter start, end;
  GtkSourceMark *mark;

  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (buffer), &start,
                                           (int) diagnostic->line - 1, (int) diagnostic->column - 1);
  end = start;
  find_value_end (&end);
  /* What is missing at the end of a line is marked where the line ends. */
  if (gtk_text_iter_equal (&start, &end))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_apply_tag_by_name (GTK_TEXT_BUFFER (buffer), category, &start, &end);
  mark = gtk_source_buffer_create_source_mark (buffer, NULL, category, &end);
  g_object_set_data_full (G_OBJECT (mark), TEXT, make_text (diagnostic), g_free);
}

/**
 * runnel_code_marks_show:
 * @buffer: a text in a view that was set up
 * @diagnostics: (nullable): what is wrong with it, in place of what was before
 */
void
runnel_code_marks_show (GtkSourceBuffer   *buffer,
                        RunnelDiagnostics *diagnostics)
{
  guint size = diagnostics ? runnel_diagnostics_get_size (diagnostics) : 0;

  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  clear (buffer);
  for (guint i = 0; i < MIN (size, MAX_MARKS); i++)
    if (runnel_diagnostics_get (diagnostics, i)->line > 0)
      add (buffer, runnel_diagnostics_get (diagnostics, i));
}

/**
 * runnel_code_marks_get_text:
 * @line: from 0
 *
 * Returns: (transfer full) (nullable): what is wrong in the line; %NULL when nothing is
 */
char *
runnel_code_marks_get_text (GtkSourceBuffer *buffer,
                            guint            line)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (GTK_SOURCE_IS_BUFFER (buffer), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      GSList *marks = gtk_source_buffer_get_source_marks_at_line (buffer, (int) line,
                                                                  looks[i].category);

      for (GSList *l = marks; l; l = l->next)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                                (const char *) g_object_get_data (l->data, TEXT));
      g_slist_free (marks);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
