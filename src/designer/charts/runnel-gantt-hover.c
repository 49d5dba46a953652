/* runnel-gantt-hover.c: what the step under the pointer waited for, and what waited for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-gantt-links.h"
#include "designer/charts/runnel-gantt-private.h"

#define ARROW_SIZE 5
#define STUB 8.0 /* a link leaves and reaches its bars level */
#define DASH_LENGTH 4.0
#define LINE_WIDTH 2.0

/* Of what is pointed at; else, when they are wanted, of what is selected. */
static int
get_line (RunnelGantt *self)
{
  if (self->hovered_line >= 0)
    return self->hovered_line;
  return self->shows_links ? self->selected_line : -1;
}

/* On whole pixels, so that it is sharp; far outside of the view nobody sees where it is. */
static double
get_x (RunnelGantt *self,
       gint64       time)
{
  return round (CLAMP (runnel_gantt_get_x (&self->view, self->tree->timing, time), -2 * STUB,
                       self->view.width + 2 * STUB));
}

static double
get_y (RunnelGantt *self,
       guint        line)
{
  double y = runnel_gantt_get_y (&self->view, line) + self->view.row_height / 2;

  return round (CLAMP (y, -self->view.row_height, self->view.height + self->view.row_height));
}

/* Level or upright, from one point to another; broken when nobody needs the other. */
static void
draw_segment (RunnelGantt *self,
              GtkSnapshot *snapshot,
              double       x1,
              double       y1,
              double       x2,
              double       y2,
              gboolean     dashed,
              guint32      color)
{
  double left = MIN (x1, x2) - LINE_WIDTH / 2, top = MIN (y1, y2) - LINE_WIDTH / 2;
  double width = fabs (x2 - x1) + LINE_WIDTH, height = fabs (y2 - y1) + LINE_WIDTH;
  gboolean level = width > height;
  double length = MAX (width, height), step = dashed ? 2 * DASH_LENGTH : length;

  /* What lies outside of the view has no end. */
  if (left + width < 0 || left > self->view.width || top + height < 0 || top > self->view.height)
    return;
  for (double at = 0; at < length; at += step)
    {
      double part = dashed ? MIN (DASH_LENGTH, length - at) : length;

      runnel_chart_painter_fill (self->painter, snapshot, level ? left + at : left,
                                 level ? top : top + at, level ? part : LINE_WIDTH,
                                 level ? LINE_WIDTH : part, color, 1);
    }
}

static void
draw_head (RunnelGantt *self,
           GtkSnapshot *snapshot,
           double       x,
           double       y,
           guint32      color)
{
  for (int i = 0; i < ARROW_SIZE; i++)
    runnel_chart_painter_fill (self->painter, snapshot, x - i - 1, y - i, 1, 2 * i + 1, color, 1);
}

/* Where there is no way right and down, it goes back between the lines. */
static void
draw_link (RunnelGantt           *self,
           GtkSnapshot           *snapshot,
           const RunnelGanttLink *link,
           guint32                color)
{
  gboolean dashed = link->release != RUNNEL_RELEASE_NEED || link->on == RUNNEL_ON_FAILURE;
  double x1 = get_x (self, link->start), y1 = get_y (self, link->from);
  double x2 = get_x (self, link->end), y2 = get_y (self, link->to);
  double between = round (y1 + (y2 > y1 ? 1 : -1) * self->view.row_height / 2);

  if (x2 - x1 >= 2 * STUB)
    {
      draw_segment (self, snapshot, x1, y1, x2 - STUB, y1, dashed, color);
      draw_segment (self, snapshot, x2 - STUB, y1, x2 - STUB, y2, dashed, color);
    }
  else
    {
      draw_segment (self, snapshot, x1, y1, x1 + STUB, y1, dashed, color);
      draw_segment (self, snapshot, x1 + STUB, y1, x1 + STUB, between, dashed, color);
      draw_segment (self, snapshot, x1 + STUB, between, x2 - STUB, between, dashed, color);
      draw_segment (self, snapshot, x2 - STUB, between, x2 - STUB, y2, dashed, color);
    }
  draw_segment (self, snapshot, x2 - STUB, y2, x2 - 1, y2, dashed, color);
  draw_head (self, snapshot, x2, y2, color);
}

/* As on the canvas, what leads to it has another colour than what leads on from it. */
void
_runnel_gantt_snapshot_links (RunnelGantt *self,
                              GtkSnapshot *snapshot)
{
  const RunnelChartColors *colors = runnel_chart_painter_get_colors (self->painter);
  int line = get_line (self);

  if (line < 0 || self->view.row_height < 4.0)
    return;
  if (self->links == NULL)
    self->links = runnel_gantt_list_links (self->tree, line);
  for (guint i = 0; i < self->links->len; i++)
    {
      const RunnelGanttLink *link = &g_array_index (self->links, RunnelGanttLink, i);

      draw_link (self, snapshot, link, link->incoming ? colors->looks[RUNNEL_STATE_WAITING]
                                                      : colors->selection);
    }
}

void
_runnel_gantt_set_hovered (RunnelGantt *self,
                           int          line)
{
  if (self->hovered_line == line)
    return;
  self->hovered_line = line;
  g_clear_pointer (&self->links, g_array_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
