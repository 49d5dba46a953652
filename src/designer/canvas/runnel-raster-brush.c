/* runnel-raster-brush.c: puts a card on pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-raster-private.h"

static int
at_x (const RunnelInkBrush *self,
      double                x)
{
  return self->x + runnel_sheet_px (&self->raster->sheet, x);
}

static int
at_y (const RunnelInkBrush *self,
      double                y)
{
  return self->y + runnel_sheet_px (&self->raster->sheet, y);
}

static void
ink_fill (RunnelBrush *brush,
          double x0, double y0,
          double x1, double y1,
          RunnelColor  color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;

  runnel_ink_fill (self->ink, at_x (self, x0), at_y (self, y0), at_x (self, x1), at_y (self, y1),
                   runnel_ink_premultiply (color));
}

static const RunnelPatch *
get_patch (const RunnelSheet *sheet,
           RunnelFrame        frame)
{
  switch (frame)
    {
    case RUNNEL_FRAME_SHADOW:
      return &sheet->shadow;
    case RUNNEL_FRAME_BORDER:
      return &sheet->border;
    case RUNNEL_FRAME_THICK_BORDER:
      return &sheet->thick_border;
    case RUNNEL_FRAME_RING:
      return &sheet->ring;
    case RUNNEL_FRAME_FOCUS:
      return &sheet->focus;
    case RUNNEL_FRAME_TILE:
      return &sheet->tile;
    case RUNNEL_FRAME_CARD:
    default:
      return &sheet->card;
    }
}

static void
ink_frame (RunnelBrush *brush,
           RunnelFrame  frame,
           RunnelColor  color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;
  const RunnelSheet *sheet = &self->raster->sheet;
  const RunnelPatch *patch = get_patch (sheet, frame);
  const guint32 ink = runnel_ink_premultiply (color);

  if (frame == RUNNEL_FRAME_TILE)
    runnel_ink_patch (self->ink, at_x (self, RUNNEL_TILE_X), at_y (self, RUNNEL_TILE_Y),
                      at_x (self, RUNNEL_TILE_X + RUNNEL_KIND_TILE),
                      at_y (self, RUNNEL_TILE_Y + RUNNEL_KIND_TILE), patch, ink);
  else
    runnel_ink_patch (self->ink, self->x, self->y, self->x + sheet->card_width,
                      self->y + sheet->card_height, patch, ink);
}

static void
stamp (const RunnelInkBrush *self,
       const RunnelMask     *mask,
       double x, double y,
       RunnelColor           color)
{
  if (mask != NULL)
    runnel_ink_mask (self->ink, at_x (self, x), at_y (self, y), mask,
                     runnel_ink_premultiply (color));
}

static void
ink_shape (RunnelBrush *brush,
           RunnelShape  shape,
           double x, double y,
           RunnelColor  color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;

  stamp (self, self->raster->sheet.shapes[shape], x, y, color);
}

static void
ink_icon (RunnelBrush *brush,
          RunnelIcon   icon,
          double x, double y,
          RunnelColor  color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;

  stamp (self, self->raster->sheet.icons[icon], x, y, color);
}

static void
ink_text (RunnelBrush     *brush,
          RunnelTextStyle  style,
          char            *string,
          float            room,
          double x, double baseline,
          RunnelColor      color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;
  RunnelGlyphs *glyphs = self->raster->glyphs;
  const RunnelText *text = runnel_glyphs_lookup (glyphs, style, string, room, 0);

  if (text != NULL)
    runnel_glyphs_paint (glyphs, text, self->ink, at_x (self, x), at_y (self, baseline),
                         runnel_ink_premultiply (color));
}

static float
ink_measure (RunnelBrush     *brush,
             RunnelTextStyle  style,
             char            *string,
             float            room)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;
  const RunnelText *text = runnel_glyphs_lookup (self->raster->glyphs, style, string, room, 0);

  return text != NULL && text->n_glyphs > 0 ? text->width : 0;
}

static const RunnelBrushClass ink_brush_class = {
  .fill = ink_fill,
  .frame = ink_frame,
  .shape = ink_shape,
  .icon = ink_icon,
  .text = ink_text,
  .measure = ink_measure,
};

/* --- What a card needs, made before it is painted --- */

static void
need_no_fill (RunnelBrush *brush,
              double x0, double y0,
              double x1, double y1,
              RunnelColor  color)
{
}

static void
need_no_frame (RunnelBrush *brush,
               RunnelFrame  frame,
               RunnelColor  color)
{
}

static void
need_no_shape (RunnelBrush *brush,
               RunnelShape  shape,
               double x, double y,
               RunnelColor  color)
{
}

static void
need_icon (RunnelBrush *brush,
           RunnelIcon   icon,
           double x, double y,
           RunnelColor  color)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;

  runnel_sheet_need_icon (&self->raster->sheet, icon, self->phase);
}

static float
need_measure (RunnelBrush     *brush,
              RunnelTextStyle  style,
              char            *string,
              float            room)
{
  const RunnelInkBrush *self = (const RunnelInkBrush *) brush;

  return runnel_glyphs_prepare (self->raster->glyphs, style, string, room, 0)->width;
}

static void
need_text (RunnelBrush     *brush,
           RunnelTextStyle  style,
           char            *string,
           float            room,
           double x, double baseline,
           RunnelColor      color)
{
  need_measure (brush, style, string, room);
}

static const RunnelBrushClass need_brush_class = {
  .fill = need_no_fill,
  .frame = need_no_frame,
  .shape = need_no_shape,
  .icon = need_icon,
  .text = need_text,
  .measure = need_measure,
};

/* Without `ink` it paints nothing: it makes what painting the card will need. */
void
runnel_ink_brush_init (RunnelInkBrush  *self,
                       RunnelRaster    *raster,
                       RunnelScene     *scene,
                       guint            node,
                       const RunnelInk *ink)
{
  const RunnelNode *hot = runnel_scene_node (scene, node);

  *self = (RunnelInkBrush) {
    .brush = { .klass = ink != NULL ? &ink_brush_class : &need_brush_class,
               .hairline = 1 / raster->sheet.zoom,
               .pixel = 1 / raster->sheet.scale },
    .raster = raster,
    .ink = ink,
    .phase = scene->phase,
    .x = runnel_sheet_px (&raster->sheet, hot->x),
    .y = runnel_sheet_px (&raster->sheet, hot->y),
  };
}
