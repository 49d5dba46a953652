/* runnel-pen.c: draws a vector picture, in whatever format
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/pictures/runnel-pen.h"

void
runnel_pen_free (RunnelPen *self)
{
  self->klass->free (self);
}

/**
 * runnel_pen_text:
 * @text: (nullable): what to write
 * @width: room for a line; what does not fit is left out and shown by an ellipsis
 * @height: room for the lines of a note
 * @x: where lines begin
 * @baseline: of the first line
 */
void
runnel_pen_text (RunnelPen       *self,
                 RunnelTextStyle  style,
                 const char      *text,
                 float            width,
                 float            height,
                 double           x,
                 double           baseline,
                 RunnelColor      color)
{
  PangoLayout *layout;

  if (text == NULL || *text == '\0')
    return;

  layout = runnel_glyphs_lay_out (self->glyphs, style, text, width, height);
  self->klass->text (self, layout, style, x, baseline, color);
  g_object_unref (layout);
}

/* Adds a rectangle with round corners to the path. */
void
runnel_pen_round_box (cairo_t         *cr,
                      const RunnelBox *box,
                      double           radius)
{
  const double r = MIN (radius, MIN (box->x1 - box->x0, box->y1 - box->y0) / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, box->x1 - r, box->y0 + r, r, -G_PI / 2, 0);
  cairo_arc (cr, box->x1 - r, box->y1 - r, r, 0, G_PI / 2);
  cairo_arc (cr, box->x0 + r, box->y1 - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, box->x0 + r, box->y0 + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}
