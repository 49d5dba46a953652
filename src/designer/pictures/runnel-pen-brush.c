/* runnel-pen-brush.c: draws the card of a step with a pen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/pictures/runnel-pen-brush.h"

#define TILE_RADIUS 8.0
#define SHADOW_DROP 2.0
#define SHADOW_STEPS 3       /* a soft edge, out of so many layers */
#define SHADOW_SPREAD 2.0    /* by which each is larger than the one above */
#define SHADOW_ALPHA 0.2     /* of each, of the palette's */

/* --- Stamps --- */

static void
trace_shape (guint            which,
             double           width,
             cairo_t         *cr,
             RunnelTraceFunc  trace,
             gpointer         user_data)
{
  runnel_shape_trace (which, cr, trace, user_data);
}

static void
trace_icon (guint            which,
            double           width,
            cairo_t         *cr,
            RunnelTraceFunc  trace,
            gpointer         user_data)
{
  const double size = runnel_icon_get_size (which);

  runnel_icon_trace (which, cr, -size / 2, -size / 2, size, trace, user_data);
}

static void
trace_filled (cairo_t         *cr,
              double           x,
              double           y,
              double           width,
              double           height,
              double           radius,
              RunnelTraceFunc  trace,
              gpointer         user_data)
{
  runnel_pen_round_box (cr, &(RunnelBox) { x, y, x + width, y + height }, radius);
  trace (cr, TRUE, user_data);
}

static void
trace_shadow (cairo_t         *cr,
              RunnelTraceFunc  trace,
              gpointer         user_data)
{
  for (guint i = SHADOW_STEPS; i > 0; i--)
    {
      const double spread = i * SHADOW_SPREAD - SHADOW_SPREAD;

      trace_filled (cr, -spread, SHADOW_DROP - spread, RUNNEL_NODE_WIDTH + 2 * spread,
                    RUNNEL_NODE_HEIGHT + 2 * spread, RUNNEL_CARD_RADIUS + spread, trace, user_data);
    }
}

/* Inside the edge of the card. */
static void
trace_border (cairo_t         *cr,
              double           width,
              RunnelTraceFunc  trace,
              gpointer         user_data)
{
  cairo_set_line_width (cr, width);
  runnel_pen_round_box (cr,
                        &(RunnelBox) { width / 2, width / 2, RUNNEL_NODE_WIDTH - width / 2,
                                       RUNNEL_NODE_HEIGHT - width / 2 },
                        RUNNEL_CARD_RADIUS - width / 2);
  trace (cr, FALSE, user_data);
}

static void
trace_frame (guint            which,
             double           width,
             cairo_t         *cr,
             RunnelTraceFunc  trace,
             gpointer         user_data)
{
  switch ((RunnelFrame) which)
    {
    case RUNNEL_FRAME_SHADOW:
      trace_shadow (cr, trace, user_data);
      break;
    case RUNNEL_FRAME_TILE:
      trace_filled (cr, RUNNEL_TILE_X, RUNNEL_TILE_Y, RUNNEL_KIND_TILE, RUNNEL_KIND_TILE,
                    TILE_RADIUS, trace, user_data);
      break;
    case RUNNEL_FRAME_BORDER:
      trace_border (cr, width, trace, user_data);
      break;
    case RUNNEL_FRAME_THICK_BORDER:
      trace_border (cr, 2 * width, trace, user_data);
      break;
    case RUNNEL_FRAME_CARD:
    case RUNNEL_FRAME_RING:
    case RUNNEL_FRAME_FOCUS:
    default:
      trace_filled (cr, 0, 0, RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT, RUNNEL_CARD_RADIUS, trace,
                    user_data);
      break;
    }
}

static void
print_stamp (RunnelPen   *pen,
             RunnelStamp *stamp,
             const char  *kind,
             double       x,
             double       y,
             RunnelColor  color)
{
  g_snprintf (stamp->name, sizeof stamp->name, "%s-%u", kind, stamp->which);
  pen->klass->stamp (pen, stamp, x, y, color);
}

void
runnel_pen_stamp_shape (RunnelPen   *pen,
                        RunnelShape  shape,
                        double       x,
                        double       y,
                        RunnelColor  color)
{
  print_stamp (pen, &(RunnelStamp) { .which = shape, .trace = trace_shape }, "shape", x, y, color);
}

/* --- The brush --- */

static void
pen_fill (RunnelBrush *brush,
          double x0, double y0,
          double x1, double y1,
          RunnelColor  color)
{
  RunnelPen *pen = ((RunnelPenBrush *) brush)->pen;

  pen->klass->box (pen, &(RunnelBox) { x0, y0, x1, y1 }, 0, color, NULL);
}

/* Nothing is selected or has the focus in a picture. */
static void
pen_frame (RunnelBrush *brush,
           RunnelFrame  frame,
           RunnelColor  color)
{
  const RunnelPenBrush *self = (const RunnelPenBrush *) brush;
  RunnelStamp stamp = { .which = frame, .width = self->line, .trace = trace_frame };

  if (frame == RUNNEL_FRAME_RING || frame == RUNNEL_FRAME_FOCUS)
    return;
  if (frame == RUNNEL_FRAME_SHADOW)
    color = runnel_color_with_alpha (color | 0xff000000, SHADOW_ALPHA * (color >> 24) / 255.0);
  if (color >> 24 != 0)
    print_stamp (self->pen, &stamp, "frame", 0, 0, color);
}

static void
pen_shape (RunnelBrush *brush,
           RunnelShape  shape,
           double x, double y,
           RunnelColor  color)
{
  runnel_pen_stamp_shape (((RunnelPenBrush *) brush)->pen, shape, x, y, color);
}

static void
pen_icon (RunnelBrush *brush,
          RunnelIcon   icon,
          double x, double y,
          RunnelColor  color)
{
  RunnelStamp stamp = { .which = icon, .trace = trace_icon };

  print_stamp (((RunnelPenBrush *) brush)->pen, &stamp, "icon", x, y, color);
}

static void
pen_text (RunnelBrush     *brush,
          RunnelTextStyle  style,
          char            *text,
          float            room,
          double x, double baseline,
          RunnelColor      color)
{
  runnel_pen_text (((RunnelPenBrush *) brush)->pen, style, text, room, 0, x, baseline, color);
}

static float
pen_measure (RunnelBrush     *brush,
             RunnelTextStyle  style,
             char            *text,
             float            room)
{
  PangoLayout *layout =
    runnel_glyphs_lay_out (((RunnelPenBrush *) brush)->pen->glyphs, style, text, room, 0);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  g_object_unref (layout);
  return (float) extents.width / PANGO_SCALE;
}

static const RunnelBrushClass pen_brush_class = {
  .fill = pen_fill,
  .frame = pen_frame,
  .shape = pen_shape,
  .icon = pen_icon,
  .text = pen_text,
  .measure = pen_measure,
};

void
runnel_pen_brush_init (RunnelPenBrush      *self,
                       RunnelPen           *pen,
                       const RunnelPalette *palette)
{
  *self = (RunnelPenBrush) {
    .brush = { .klass = &pen_brush_class }, .pen = pen, .line = palette->border_width
  };
}
