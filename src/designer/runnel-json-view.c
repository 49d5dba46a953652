/* runnel-json-view.c: the document as the text it is saved as
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-json-view.h"
#include "designer/runnel-source.h"
#include "model/runnel-json-read.h"

struct _RunnelJsonView
{
  AdwBin parent_instance;

  RunnelChecker *checker;
  GSignalGroup *checker_signals;
  GtkTextBuffer *buffer;
  GtkTextTag *mark_tag;
  GtkWidget *view;
  char *text;  /* what the buffer holds */
  char *path;  /* of the value marked, or NULL */
  guint scroll; /* source id: the mark is to be scrolled to */
};

G_DEFINE_FINAL_TYPE (RunnelJsonView, runnel_json_view, ADW_TYPE_BIN)

static gsize
count_common_start (const char *left,
                    const char *right)
{
  gsize n = 0;

  while (left[n] && left[n] == right[n])
    n++;
  /* Not inside of a character. */
  while (n > 0 && ((guchar) left[n] & 0xc0) == 0x80)
    n--;
  return n;
}

static gsize
count_common_end (const char *left,
                  gsize       left_length,
                  const char *right,
                  gsize       right_length)
{
  gsize n = 0;

  while (n < left_length && n < right_length &&
         left[left_length - n - 1] == right[right_length - n - 1])
    n++;
  while (n > 0 && ((guchar) left[left_length - n] & 0xc0) == 0x80)
    n--;
  return n;
}

/* Replaces only what differs, so that the view stays where it is scrolled to. */
static void
replace_text (RunnelJsonView *self,
              const char     *text)
{
  gsize start = count_common_start (self->text, text);
  gsize old_length = strlen (self->text + start);
  gsize new_length = strlen (text + start);
  gsize end = count_common_end (self->text + start, old_length, text + start, new_length);
  glong offset = g_utf8_strlen (self->text, (gssize) start);
  glong n_old = g_utf8_strlen (self->text + start, (gssize) (old_length - end));
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int) offset);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int) (offset + n_old));
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, text + start, (int) (new_length - end));
  g_free (self->text);
  self->text = g_strdup (text);
}

/* The end of the value that begins at `begin`: of an object or list, the bracket that closes it. */
static const char *
find_end (const char *begin)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (const char *p = begin; *p; p++)
    {
      if (in_string && *p == '\\' && p[1])
        p++;
      else if (*p == '"')
        in_string = !in_string;
      else if (!in_string && (*p == '{' || *p == '['))
        depth++;
      else if (!in_string && (*p == '}' || *p == ']') && --depth <= 0)
        return p + 1;
    }
  return begin;
}

static void
update_mark (RunnelJsonView *self)
{
  RunnelJsonPosition position = { 0 };
  GtkTextIter start, end;
  int offset, length;
  const char *begin;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->mark_tag, &start, &end);
  if (!self->path)
    return;
  runnel_json_locate (self->text, strlen (self->text), (const char *const[]) { self->path }, 1,
                      &position);
  if (position.line == 0)
    return;
  gtk_text_buffer_get_iter_at_line_offset (self->buffer, &start, (int) position.line - 1,
                                           (int) position.column - 1);
  offset = gtk_text_iter_get_offset (&start);
  begin = g_utf8_offset_to_pointer (self->text, offset);
  length = (int) g_utf8_strlen (begin, find_end (begin) - begin);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, offset + length);
  gtk_text_iter_set_line_offset (&start, 0);
  gtk_text_buffer_apply_tag (self->buffer, self->mark_tag, &start, &end);
}

static gboolean
scroll_cb (gpointer user_data)
{
  RunnelJsonView *self = user_data;
  GtkTextIter iter;

  self->scroll = 0;
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  if (gtk_text_iter_starts_tag (&iter, self->mark_tag) ||
      gtk_text_iter_forward_to_tag_toggle (&iter, self->mark_tag))
    {
      gtk_text_buffer_place_cursor (self->buffer, &iter);
      gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                    gtk_text_buffer_get_insert (self->buffer), 0, TRUE, 0, 0.2);
    }
  return G_SOURCE_REMOVE;
}

/* Later, when the view has its size and the text its lines. */
static void
scroll_to_mark (RunnelJsonView *self)
{
  if (!self->scroll)
    self->scroll = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

/* A text nobody sees is not worth the work. */
static void
update (RunnelJsonView *self)
{
  const char *text;
  gsize length;

  if (!self->checker || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  text = runnel_checker_get_text (self->checker, &length);
  if (!text)
    return;
  replace_text (self, text);
  update_mark (self);
}

static void
update_color (RunnelJsonView *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  g_object_set (self->mark_tag, "paragraph-background", is_dark ? "#26384f" : "#dce9f9", NULL);
}

static void
runnel_json_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_json_view_parent_class)->map (widget);

  update (RUNNEL_JSON_VIEW (widget));
  scroll_to_mark (RUNNEL_JSON_VIEW (widget));
}

static void
runnel_json_view_dispose (GObject *object)
{
  RunnelJsonView *self = RUNNEL_JSON_VIEW (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  g_clear_object (&self->checker_signals);
  g_clear_object (&self->checker);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (runnel_json_view_parent_class)->dispose (object);
}

static void
runnel_json_view_finalize (GObject *object)
{
  RunnelJsonView *self = RUNNEL_JSON_VIEW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (runnel_json_view_parent_class)->finalize (object);
}

static void
runnel_json_view_class_init (RunnelJsonViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_json_view_dispose;
  object_class->finalize = runnel_json_view_finalize;
  GTK_WIDGET_CLASS (klass)->map = runnel_json_view_map;
}

static void
runnel_json_view_init (RunnelJsonView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = g_strdup ("");
  self->buffer = GTK_TEXT_BUFFER (runnel_source_buffer_new ("json"));
  self->mark_tag = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->view = runnel_source_view_new (GTK_SOURCE_BUFFER (self->buffer));
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The pipeline as JSON"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  adw_bin_set_child (ADW_BIN (self), scroller);
  self->checker_signals = g_signal_group_new (RUNNEL_TYPE_CHECKER);
  g_signal_group_connect_swapped (self->checker_signals, "checked", G_CALLBACK (update), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_color), self, G_CONNECT_SWAPPED);
  update_color (self);
}

GtkWidget *
runnel_json_view_new (void)
{
  return g_object_new (RUNNEL_TYPE_JSON_VIEW, NULL);
}

/**
 * runnel_json_view_set_checker:
 * @checker: what writes the document after each edit
 */
void
runnel_json_view_set_checker (RunnelJsonView *self,
                              RunnelChecker  *checker)
{
  g_return_if_fail (RUNNEL_IS_JSON_VIEW (self));

  g_set_object (&self->checker, checker);
  g_signal_group_set_target (self->checker_signals, checker);
  update (self);
}

/**
 * runnel_json_view_mark:
 * @path: (nullable): a JSON path such as "steps[3]"; %NULL marks nothing
 *
 * Marks the value at @path and scrolls to it.
 */
void
runnel_json_view_mark (RunnelJsonView *self,
                       const char     *path)
{
  g_return_if_fail (RUNNEL_IS_JSON_VIEW (self));

  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_mark (self);
  scroll_to_mark (self);
}
