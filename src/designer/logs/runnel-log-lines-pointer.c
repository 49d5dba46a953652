/* runnel-log-lines-pointer.c: the pointer over the lines of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/logs/runnel-log-lines-private.h"

#define SCROLL_SPEED 8.0 /* pixels a second for each pixel beyond the edge */

/* --- What is where -------------------------------------------------------------------------- */

/* The row at a height; above and below all rows, the nearest. */
static const LogRow *
find_row (RunnelLogLines *self,
          double          y)
{
  const LogRow *found = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LogRow *row = &g_array_index (self->rows, LogRow, i);

      if (found && row->y > y)
        break;
      found = row;
    }
  return found;
}

/* Where in the text a place in a slice is: between which two characters. */
static gsize
find_byte (RunnelLogLines *self,
           const LogRow   *row,
           guint           first_cell,
           double          x)
{
  gsize start, end;
  PangoLayout *layout =
    runnel_log_drawn_get_layout (row->drawn, &self->pen, first_cell,
                                 _runnel_log_lines_get_slice (self), &start, &end);
  const char *text = pango_layout_get_text (layout), *p;
  int index, trailing;

  pango_layout_xy_to_index (layout, (int) (x * PANGO_SCALE), 0, &index, &trailing);
  for (p = text + index; trailing > 0 && *p != '\0'; trailing--)
    p = g_utf8_next_char (p);
  return start + (gsize) (p - text);
}

static gboolean
find_spot (RunnelLogLines *self,
           double          x,
           double          y,
           RunnelLogSpot  *spot)
{
  const LogRow *row = find_row (self, y);
  guint slice = _runnel_log_lines_get_slice (self), first = 0;

  if (!row)
    return FALSE;
  spot->line = row->line;
  spot->byte = 0;
  if (!row->drawn)
    return TRUE;
  x -= self->text_x;
  if (self->wrap)
    first = (guint) CLAMP ((y - row->y) / self->pen.line_height, 0, row->height - 1) * slice;
  else
    {
      double at = MAX (x + self->x, 0) / self->pen.cell_width;
      guint width = runnel_log_shape_get_width (row->drawn->shape);

      first = MIN ((guint) at, MAX (width, 1) - 1) / slice * slice;
      x += self->x - first * self->pen.cell_width;
    }
  spot->byte = find_byte (self, row, first, x);
  return TRUE;
}

/* --- Words and lines ----------------------------------------------------------------------------- */

/* Paths and addresses are words, too. */
static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || (c < 128 && strchr ("_-./~@:%+#", (int) c) && c != 0);
}

static void
widen_to_word (RunnelLogLines *self,
               RunnelLogSpot  *from,
               RunnelLogSpot  *to)
{
  RunnelLogDrawn *drawn;
  const GString *text;
  const char *start, *end;

  if (_runnel_log_lines_get_drawn (self, &from->line, &drawn) != RUNNEL_LOG_CACHE_READY)
    return;
  text = runnel_log_shape_get_text (drawn->shape)->text;
  start = end = text->str + MIN (from->byte, text->len);
  while (start > text->str && is_word_char (g_utf8_get_char (g_utf8_prev_char (start))))
    start = g_utf8_prev_char (start);
  while (*end != '\0' && is_word_char (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  from->byte = (gsize) (start - text->str);
  to->byte = (gsize) (end - text->str);
}

/* With its end, which is where the next one begins. */
static void
widen_to_line (RunnelLogLines *self,
               RunnelLogSpot  *from,
               RunnelLogSpot  *to)
{
  from->byte = 0;
  to->byte = G_MAXSIZE;
}

static void
widen (RunnelLogLines *self,
       RunnelLogSpot  *from,
       RunnelLogSpot  *to)
{
  if (self->n_press == 2)
    widen_to_word (self, from, to);
  else if (self->n_press > 2)
    widen_to_line (self, from, to);
}

static gboolean
is_before (const RunnelLogSpot *a,
           const RunnelLogSpot *b)
{
  int order = runnel_log_line_compare (&a->line, &b->line);

  return order < 0 || (order == 0 && a->byte < b->byte);
}

/* What was chosen first stays selected, whichever way the pointer goes. */
static void
select_to (RunnelLogLines      *self,
           const RunnelLogSpot *spot)
{
  RunnelLogSpot from = *spot, to = *spot;

  widen (self, &from, &to);
  if (is_before (&from, &self->word_from))
    _runnel_log_lines_select (self, &self->word_to, &from);
  else
    _runnel_log_lines_select (self, &self->word_from, &to);
}

/* --- Pressing and dragging ------------------------------------------------------------------------- */

static gboolean
press_fold (RunnelLogLines *self,
            double          x,
            double          y)
{
  RunnelLogFolds *folds = self->model ? runnel_log_model_get_folds (self->model) : NULL;
  const LogRow *row = find_row (self, y);
  guint index;

  if (!folds || !row || x >= self->fold_width + self->number_width ||
      !runnel_log_folds_find_head (folds, &row->line, &index))
    return FALSE;
  runnel_log_folds_set_closed (folds, index, !runnel_log_folds_get (folds, index)->is_closed);
  runnel_log_model_update_folds (self->model);
  return TRUE;
}

static void
begin_selection (RunnelLogLines  *self,
                 RunnelLogSpot    spot,
                 GdkModifierType  state)
{
  RunnelLogSpot to = spot;

  if ((state & GDK_SHIFT_MASK) && self->has_cursor)
    {
      self->word_from = self->word_to = self->anchor;
      select_to (self, &spot);
      return;
    }
  widen (self, &spot, &to);
  self->word_from = spot;
  self->word_to = to;
  _runnel_log_lines_select (self, &spot, &to);
}

static void
pressed_cb (RunnelLogLines *self,
            int             n_press,
            double          x,
            double          y,
            GtkGesture     *gesture)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  RunnelLogSpot spot;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  _runnel_log_lines_scroll_stop (self);
  if (press_fold (self, x, y))
    {
      gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  if (!find_spot (self, x, y, &spot))
    return;
  self->n_press = (n_press - 1) % 3 + 1;
  begin_selection (self, spot, state);
}

static gboolean
drag_scroll_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (widget);
  int height = gtk_widget_get_height (widget);
  double beyond = self->drag_y < 0 ? self->drag_y : MAX (self->drag_y - height, 0);
  RunnelLogSpot spot;

  if (beyond != 0)
    _runnel_log_lines_scroll_by (self, 0, beyond * SCROLL_SPEED / 60);
  if (beyond != 0 && find_spot (self, self->drag_x, CLAMP (self->drag_y, 0, height - 1), &spot))
    select_to (self, &spot);
  return G_SOURCE_CONTINUE;
}

void
_runnel_log_lines_pointer_stop (RunnelLogLines *self)
{
  if (self->scroll_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_tick_id);
  self->scroll_tick_id = 0;
}

static void
drag_update_cb (RunnelLogLines *self,
                double          dx,
                double          dy,
                GtkGestureDrag *drag)
{
  RunnelLogSpot spot;
  double x, y;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  self->drag_x = x + dx;
  self->drag_y = y + dy;
  if (self->scroll_tick_id == 0)
    self->scroll_tick_id =
      gtk_widget_add_tick_callback (GTK_WIDGET (self), drag_scroll_cb, NULL, NULL);
  if (self->has_cursor && find_spot (self, self->drag_x, self->drag_y, &spot))
    select_to (self, &spot);
}

static void
menu_cb (RunnelLogLines *self,
         int             n_press,
         double          x,
         double          y,
         GtkGesture     *gesture)
{
  RunnelLogSpot spot;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!runnel_log_lines_get_selection (self, NULL, NULL) && find_spot (self, x, y, &spot))
    _runnel_log_lines_select (self, &spot, &spot);
  g_signal_emit_by_name (self, "menu", x, y);
}

void
_runnel_log_lines_pointer_init (RunnelLogLines *self)
{
  GtkGesture *press = gtk_gesture_click_new (), *menu = gtk_gesture_click_new ();

  self->drag = gtk_gesture_drag_new ();
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (_runnel_log_lines_pointer_stop),
                            self);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
}
