/* runnel-raster-area.c: paints groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-area-look.h"
#include "designer/canvas/runnel-raster-private.h"

#define TITLE_BASELINE 22.f /* world units */
#define FOLD_Y 17.f         /* the middle of the fold */
#define GROUP_FILL 0.07
#define TARGET_FILL 0.2
#define BAR_Y 12.f          /* bars stand for texts from afar */
#define BAR_HEIGHT 10.f
#define BAR_LINE 20.f       /* from one to the next */
#define BAR_CHAR 6.f
#define BAR_ALPHA 0.5
#define SHEET_FILL 0.22     /* how much of its colour a note has */

static float
text_x (const RunnelArea *area)
{
  return RUNNEL_AREA_PADDING + (area->kind == RUNNEL_AREA_GROUP ? RUNNEL_FOLD_WIDTH : 0);
}

static float
text_width (const RunnelArea *area)
{
  return MAX (area->box.x1 - area->box.x0 - text_x (area) - RUNNEL_AREA_PADDING, 0.f);
}

static float
text_height (const RunnelArea *area)
{
  return area->kind == RUNNEL_AREA_NOTE
           ? MAX (area->box.y1 - area->box.y0 - 2 * RUNNEL_NOTE_BOTTOM, 0.f) : 0;
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
         text_width (area) > RUNNEL_AREA_PADDING;
}

void
runnel_raster_prepare_area (RunnelRaster     *self,
                            const RunnelArea *area)
{
  if (!shows_text (self, area))
    return;

  runnel_glyphs_prepare (self->glyphs, text_style (area), area->text, text_width (area),
                         text_height (area));
  if (area->kind == RUNNEL_AREA_GROUP)
    runnel_sheet_need_icon (&self->sheet, RUNNEL_ICON_FOLD, 0);
}

/* Lines about as long as those of the text. */
static void
paint_bars (RunnelRaster           *self,
            const RunnelArea       *area,
            const RunnelInk        *ink,
            int                     x,
            int                     y,
            const RunnelAreaColors *colors)
{
  const gboolean note = area->kind == RUNNEL_AREA_NOTE;
  const float bottom = note ? area->box.y1 - area->box.y0 - RUNNEL_NOTE_BOTTOM : BAR_Y + BAR_HEIGHT;
  const int x0 = x + runnel_sheet_px (&self->sheet, text_x (area));
  const guint32 color = runnel_ink_premultiply (
    runnel_color_with_alpha (colors->inks[RUNNEL_INK_TEXT], BAR_ALPHA));
  const char *line = area->text;

  for (float top = BAR_Y; *line != '\0' && top + BAR_HEIGHT <= bottom; top += BAR_LINE)
    {
      const gsize length = strcspn (line, "\n");

      runnel_ink_fill (ink, x0, y + runnel_sheet_px (&self->sheet, top),
                       x0 + runnel_sheet_px (&self->sheet, MIN (length * BAR_CHAR, text_width (area))),
                       y + runnel_sheet_px (&self->sheet, top + BAR_HEIGHT), color);
      line += line[length] == '\n' ? length + 1 : length;
    }
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

char *
runnel_raster_find_link (RunnelRaster    *self,
                         const RunnelBox *box,
                         const char      *text,
                         double           x,
                         double           y)
{
  const RunnelArea note = { .kind = RUNNEL_AREA_NOTE, .box = *box };

  g_return_val_if_fail (self != NULL && box != NULL && text != NULL, NULL);

  return runnel_glyphs_find_link (self->glyphs, text, text_width (&note), text_height (&note),
                                  x - box->x0 - text_x (&note),
                                  y - box->y0 - RUNNEL_NOTE_BASELINE);
}

static RunnelAreaColors
get_note_colors (const RunnelPalette *palette,
                 guint                tint_index)
{
  const gboolean paper = tint_index == RUNNEL_TINT_PAPER;
  const RunnelColor tint = paper ? palette->note : palette->tints[tint_index % RUNNEL_N_TINTS];
  const RunnelColor text = paper ? palette->note_text : palette->text;
  const RunnelColor fill = paper ? tint : runnel_color_mix (palette->card, tint, SHEET_FILL);

  return (RunnelAreaColors) { .fill = fill,
                    .border = paper ? runnel_color_with_alpha (text, palette->paper_border)
                                    : runnel_color_mix (fill, tint, palette->group_border),
                    .inks = { [RUNNEL_INK_TEXT] = text,
                              [RUNNEL_INK_CODE] = runnel_color_mix (text, fill, 0.25),
                              [RUNNEL_INK_LINK] = runnel_color_mix (palette->accent, text, 0.35) } };
}

static RunnelAreaColors
get_group_colors (const RunnelPalette *palette,
                  const RunnelArea    *area)
{
  const RunnelColor tint = palette->tints[area->tint % RUNNEL_N_TINTS];
  const RunnelColor text = runnel_color_mix (tint, palette->text, 0.35);

  return (RunnelAreaColors) { .fill = runnel_color_with_alpha (tint, area->target ? TARGET_FILL : GROUP_FILL),
                    .border = runnel_color_with_alpha (tint, area->target ? 1 : palette->group_border),
                    .inks = { text, text, text } };
}

RunnelAreaColors
runnel_area_get_colors (const RunnelArea    *self,
                        const RunnelPalette *palette)
{
  return self->kind == RUNNEL_AREA_NOTE ? get_note_colors (palette, self->tint)
                                        : get_group_colors (palette, self);
}

RunnelBox
runnel_area_get_text_box (const RunnelArea *self)
{
  return (RunnelBox) { text_x (self),
                       self->kind == RUNNEL_AREA_NOTE ? RUNNEL_NOTE_BASELINE : TITLE_BASELINE,
                       text_x (self) + text_width (self), text_height (self) };
}

static void
paint_text (RunnelRaster     *self,
            const RunnelArea *area,
            const RunnelInk  *ink,
            int               x,
            int               y,
            const RunnelAreaColors *colors)
{
  const RunnelText *text = runnel_glyphs_lookup (self->glyphs, text_style (area), area->text,
                                                 text_width (area), text_height (area));
  const float baseline = area->kind == RUNNEL_AREA_NOTE ? RUNNEL_NOTE_BASELINE : TITLE_BASELINE;
  guint32 inks[RUNNEL_N_INKS];

  for (RunnelTextInk i = 0; i < RUNNEL_N_INKS; i++)
    inks[i] = runnel_ink_premultiply (colors->inks[i]);

  if (text != NULL)
    runnel_glyphs_paint_inks (self->glyphs, text, ink,
                              x + runnel_sheet_px (&self->sheet, text_x (area)),
                              y + runnel_sheet_px (&self->sheet, baseline), inks);
}

static void
paint_fold (RunnelRaster    *self,
            const RunnelInk *ink,
            int              x,
            int              y,
            RunnelColor      color)
{
  const RunnelMask *mask = self->sheet.icons[RUNNEL_ICON_FOLD];
  const float middle = RUNNEL_AREA_PADDING + RUNNEL_BADGE_ICON / 2.f;

  if (mask != NULL)
    runnel_ink_mask (ink, x + runnel_sheet_px (&self->sheet, middle),
                     y + runnel_sheet_px (&self->sheet, FOLD_Y), mask,
                     runnel_ink_premultiply (color));
}

void
runnel_raster_paint_area (RunnelRaster     *self,
                          const RunnelArea *area,
                          const RunnelInk  *ink)
{
  const RunnelSheet *sheet = &self->sheet;
  const gboolean note = area->kind == RUNNEL_AREA_NOTE;
  const RunnelAreaColors colors = runnel_area_get_colors (area, &self->palette);
  const int box[4] = { runnel_sheet_px (sheet, area->box.x0), runnel_sheet_px (sheet, area->box.y0),
                       runnel_sheet_px (sheet, area->box.x1),
                       runnel_sheet_px (sheet, area->box.y1) };

  paint_frame (ink, box, &sheet->area, colors.fill);
  paint_frame (ink, box, &sheet->area_border, colors.border);

  if (area->selected)
    paint_frame (ink, box, &sheet->area_ring, self->palette.accent);
  if (sheet->detail == RUNNEL_DETAIL_BARS && area->text != NULL)
    paint_bars (self, area, ink, box[0], box[1], &colors);
  if (!shows_text (self, area))
    return;

  paint_text (self, area, ink, box[0], box[1], &colors);
  if (!note)
    paint_fold (self, ink, box[0], box[1], colors.inks[RUNNEL_INK_TEXT]);
}
