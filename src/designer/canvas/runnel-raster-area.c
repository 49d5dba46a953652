/* runnel-raster-area.c: paints groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-raster-private.h"

#define PADDING 14.f     /* world units, left and right of the text */
#define TITLE_BASELINE 22.f
#define NOTE_BASELINE 24.f
#define GROUP_FILL 0.07
#define GROUP_BORDER 0.45

static float
text_width (const RunnelArea *area)
{
  return MAX (area->box.x1 - area->box.x0 - 2 * PADDING, 0.f);
}

static float
text_height (const RunnelArea *area)
{
  return area->kind == RUNNEL_AREA_NOTE
           ? MAX (area->box.y1 - area->box.y0 - 2 * NOTE_BASELINE / 3, 0.f)
           : 0;
}

static RunnelTextStyle
text_style (const RunnelArea *area)
{
  return area->kind == RUNNEL_AREA_NOTE ? RUNNEL_TEXT_NOTE : RUNNEL_TEXT_GROUP;
}

static gboolean
shows_text (RunnelRaster     *self,
            const RunnelArea *area)
{
  return self->sheet.detail == RUNNEL_DETAIL_FULL && area->text != NULL &&
         text_width (area) > PADDING;
}

void
runnel_raster_prepare_area (RunnelRaster     *self,
                            const RunnelArea *area)
{
  if (shows_text (self, area))
    runnel_glyphs_prepare (self->glyphs, text_style (area), area->text, text_width (area),
                           text_height (area));
}

/* A rectangle too small for its round corners is filled with plain ones. */
static void
paint_frame (const RunnelInk   *ink,
             const int          box[4],
             const RunnelPatch *patch,
             RunnelColor        color)
{
  const int least = 2 * (patch->edge - patch->margin) + 1;

  if (box[2] - box[0] >= least && box[3] - box[1] >= least)
    runnel_ink_patch (ink, box[0], box[1], box[2], box[3], patch, runnel_ink_premultiply (color));
  else
    runnel_ink_fill (ink, box[0], box[1], box[2], box[3], runnel_ink_premultiply (color));
}

static void
paint_text (RunnelRaster     *self,
            const RunnelArea *area,
            const RunnelInk  *ink,
            int               x,
            int               y,
            RunnelColor       color)
{
  const RunnelText *text = runnel_glyphs_lookup (self->glyphs, text_style (area), area->text,
                                                 text_width (area), text_height (area));
  const float baseline = area->kind == RUNNEL_AREA_NOTE ? NOTE_BASELINE : TITLE_BASELINE;

  if (text != NULL)
    runnel_glyphs_paint (self->glyphs, text, ink, x + runnel_sheet_px (&self->sheet, PADDING),
                         y + runnel_sheet_px (&self->sheet, baseline),
                         runnel_ink_premultiply (color));
}

void
runnel_raster_paint_area (RunnelRaster     *self,
                          const RunnelArea *area,
                          const RunnelInk  *ink)
{
  const RunnelSheet *sheet = &self->sheet;
  const RunnelColor tint = self->palette.tints[area->tint % RUNNEL_N_TINTS];
  const gboolean note = area->kind == RUNNEL_AREA_NOTE;
  const int box[4] = { runnel_sheet_px (sheet, area->box.x0), runnel_sheet_px (sheet, area->box.y0),
                       runnel_sheet_px (sheet, area->box.x1),
                       runnel_sheet_px (sheet, area->box.y1) };

  paint_frame (ink, box, &sheet->area,
               note ? self->palette.note : runnel_color_with_alpha (tint, GROUP_FILL));
  paint_frame (ink, box, &sheet->area_border,
               note ? runnel_color_with_alpha (self->palette.note_text, 0.2)
                    : runnel_color_with_alpha (tint, GROUP_BORDER));

  if (area->selected)
    paint_frame (ink, box, &sheet->area_ring, self->palette.accent);
  if (shows_text (self, area))
    paint_text (self, area, ink, box[0], box[1],
                note ? self->palette.note_text : runnel_color_mix (tint, self->palette.text, 0.35));
}
