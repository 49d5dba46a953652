/* runnel-raster-card.c: paints the card of a step, the less of it the farther away
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-raster-private.h"

/* World units. */
#define STRIPE_WIDTH 8
#define BAR_X 24
#define BAR_WIDTH 150

#define DIM_ALPHA 0.6

static RunnelColor
stripe_color (const RunnelCard *card)
{
  if (card->detail->change != RUNNEL_CHANGE_NONE)
    return runnel_change_get_color (card->detail->change, card->palette);

  return card->in_run ? runnel_card_get_state_color (card) : runnel_card_get_kind_color (card);
}

/* A bar about as long as the text would be. */
static void
paint_bar (const RunnelCard *card,
           const char       *text,
           double            y,
           double            height,
           double            alpha)
{
  const double width = text != NULL ? MIN (strlen (text) * 7.0, BAR_WIDTH) : 0;

  runnel_brush_fill (card->brush, BAR_X, y, BAR_X + width, y + height,
                     runnel_color_with_alpha (card->palette->text_dimmed, alpha));
}

static void
paint_bars (const RunnelCard *card)
{
  const RunnelColor border = card->palette->border;

  runnel_brush_frame (card->brush, RUNNEL_FRAME_CARD, card->back);
  runnel_brush_frame (card->brush, RUNNEL_FRAME_BORDER,
                      card->in_run
                        ? runnel_color_mix (border, runnel_card_get_state_color (card), 0.6)
                        : border);
  runnel_brush_fill (card->brush, 0, RUNNEL_CARD_RADIUS, STRIPE_WIDTH,
                     RUNNEL_NODE_HEIGHT - RUNNEL_CARD_RADIUS, stripe_color (card));
  paint_bar (card, card->detail->title, 20, 12, 0.75);
  paint_bar (card, card->detail->summary, 42, 9, 0.35);

  if (card->node->flags & RUNNEL_NODE_FOUND)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_RING, card->palette->warning);
  if (card->node->flags & (RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED))
    runnel_brush_frame (card->brush, RUNNEL_FRAME_RING, card->palette->accent);
}

/* The whole card and `edge` pixels around it. */
static void
fill_around (const RunnelInkBrush *brush,
             int                   edge,
             RunnelColor           color)
{
  const RunnelSheet *sheet = &brush->raster->sheet;

  runnel_ink_fill (brush->ink, brush->x - edge, brush->y - edge,
                   brush->x + sheet->card_width + edge, brush->y + sheet->card_height + edge,
                   runnel_ink_premultiply (color));
}

static void
paint_block (const RunnelCard     *card,
             const RunnelInkBrush *brush)
{
  const RunnelPalette *palette = card->palette;

  if (card->node->flags & RUNNEL_NODE_FOUND)
    fill_around (brush, 2 * brush->raster->sheet.density, palette->warning);
  if (card->node->flags & (RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED))
    fill_around (brush, 2 * brush->raster->sheet.density, palette->accent);

  fill_around (brush, 0,
               card->in_run || card->detail->change != RUNNEL_CHANGE_NONE
                 ? stripe_color (card)
                 : runnel_color_mix (runnel_card_get_kind_color (card), palette->canvas, 0.5));
}

/* What is not highlighted steps back under a veil of the canvas. */
static void
paint_veil (const RunnelCard     *card,
            const RunnelInkBrush *brush)
{
  const RunnelColor veil = runnel_color_with_alpha (card->palette->canvas, DIM_ALPHA);

  if (brush->raster->sheet.detail == RUNNEL_DETAIL_BLOCKS)
    fill_around (brush, 0, veil);
  else
    runnel_brush_frame (card->brush, RUNNEL_FRAME_CARD, veil);
}

void
runnel_raster_paint_card (RunnelRaster    *self,
                          RunnelScene     *scene,
                          guint            node,
                          const RunnelInk *ink)
{
  RunnelInkBrush brush;
  RunnelCard card;

  runnel_ink_brush_init (&brush, self, scene, node, ink);
  runnel_card_init (&card, &brush.brush, &self->palette, scene, node);
  switch (self->sheet.detail)
    {
    case RUNNEL_DETAIL_BLOCKS:
      paint_block (&card, &brush);
      break;
    case RUNNEL_DETAIL_BARS:
      paint_bars (&card);
      break;
    case RUNNEL_DETAIL_FULL:
    default:
      runnel_card_paint (&card);
      break;
    }

  if (card.node->flags & RUNNEL_NODE_DIMMED)
    paint_veil (&card, &brush);
}

void
runnel_raster_prepare_card (RunnelRaster *self,
                            RunnelScene  *scene,
                            guint         node)
{
  RunnelInkBrush brush;
  RunnelCard card;

  runnel_ink_brush_init (&brush, self, scene, node, NULL);
  runnel_card_init (&card, &brush.brush, &self->palette, scene, node);
  runnel_card_paint (&card);
}
