/* runnel-log-lines-scroll.c: moves over the lines of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/logs/runnel-log-lines-private.h"

#define WHEEL_LINES 3
#define FRICTION 4.0   /* a second; as GTK's own */
#define SLOWEST 20.0   /* pixels a second */

/* How high the row is that shows a line; %FALSE when there is none. */
static gboolean
measure_row (RunnelLogLines *self,
             guint64         number,
             RunnelLogLine  *line,
             double         *height)
{
  RunnelLogDrawn *drawn;

  if (runnel_log_model_get_row (self->model, number, line) == RUNNEL_LOG_CACHE_NONE)
    return FALSE;
  *height = self->pen.line_height;
  if (_runnel_log_lines_get_drawn (self, line, &drawn) == RUNNEL_LOG_CACHE_READY)
    *height *= runnel_log_shape_get_height (drawn->shape, _runnel_log_lines_get_columns (self));
  return TRUE;
}

static void
go_up (RunnelLogLines *self,
       double          pixels)
{
  guint64 number = runnel_log_model_find_row (self->model, &self->top);
  double height;

  self->top_offset -= pixels;
  while (self->top_offset < 0 && number > 0 &&
         measure_row (self, --number, &self->top, &height))
    self->top_offset += height;
  self->top_offset = MAX (self->top_offset, 0);
}

static void
go_down (RunnelLogLines *self,
         double          pixels)
{
  guint64 number = runnel_log_model_find_row (self->model, &self->top);
  RunnelLogLine line = self->top;
  double height;

  self->top_offset += pixels;
  while (measure_row (self, number, &line, &height))
    {
      self->top = line;
      if (self->top_offset < height)
        return;
      self->top_offset -= height;
      number++;
    }
  _runnel_log_lines_set_at_end (self, TRUE); /* behind the last */
}

/* Moves by pixels, as they are seen: over lines that take several rows, too. */
void
_runnel_log_lines_scroll_by (RunnelLogLines *self,
                             double          dx,
                             double          dy)
{
  if (!self->model)
    return;
  if (dy != 0)
    self->stays = FALSE;
  if (dy < 0)
    {
      _runnel_log_lines_set_at_end (self, FALSE);
      go_up (self, -dy);
    }
  else if (dy > 0 && !self->at_end)
    go_down (self, dy);
  if (!self->wrap)
    self->x = MAX (self->x + dx, 0);
  _runnel_log_lines_queue (self);
}

/* --- The wheel and the touchpad ----------------------------------------------------------- */

static double
get_unit (RunnelLogLines           *self,
          GtkEventControllerScroll *controller)
{
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    return WHEEL_LINES * self->pen.line_height;
  return 1;
}

static gboolean
kinetic_tick_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  RunnelLogLines *self = RUNNEL_LOG_LINES (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = (now - self->kinetic_time) / 1e6, rest = exp (-FRICTION * seconds);

  self->kinetic_time = now;
  _runnel_log_lines_scroll_by (self, self->kinetic_x * seconds, self->kinetic_y * seconds);
  self->kinetic_x *= rest;
  self->kinetic_y *= rest;
  if (hypot (self->kinetic_x, self->kinetic_y) > SLOWEST)
    return G_SOURCE_CONTINUE;
  self->kinetic_tick_id = 0;
  return G_SOURCE_REMOVE;
}

void
_runnel_log_lines_scroll_stop (RunnelLogLines *self)
{
  if (self->kinetic_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->kinetic_tick_id);
  self->kinetic_tick_id = 0;
}

static void
decelerate_cb (RunnelLogLines           *self,
               double                    velocity_x,
               double                    velocity_y,
               GtkEventControllerScroll *controller)
{
  _runnel_log_lines_scroll_stop (self);
  self->kinetic_x = velocity_x * get_unit (self, controller);
  self->kinetic_y = velocity_y * get_unit (self, controller);
  self->kinetic_time =
    gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->kinetic_tick_id =
    gtk_widget_add_tick_callback (GTK_WIDGET (self), kinetic_tick_cb, NULL, NULL);
}

static gboolean
scroll_cb (RunnelLogLines           *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double unit = get_unit (self, controller);

  _runnel_log_lines_scroll_stop (self);
  if ((state & GDK_SHIFT_MASK) && dx == 0)
    _runnel_log_lines_scroll_by (self, dy * unit, 0);
  else
    _runnel_log_lines_scroll_by (self, dx * unit, dy * unit);
  return TRUE;
}

void
_runnel_log_lines_scroll_init (RunnelLogLines *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect_swapped (scroll, "decelerate", G_CALLBACK (decelerate_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}
