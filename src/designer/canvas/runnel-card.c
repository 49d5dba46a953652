/* runnel-card.c: the detailed card of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-card.h"

/* Measures of the card, world units. */
#define TEXT_X 60
#define TEXT_WIDTH 144.f
#define TITLE_ALONE 41        /* baselines, by which texts there are */
#define TITLE_OF_TWO 33
#define SECOND_OF_TWO 51
#define TITLE_OF_THREE 24
#define SECOND_OF_THREE 41
#define DASH 5                /* of the border of a skipped or disabled step */

#define TILE_ALPHA 0.13
#define GROUP_FILL 0.08       /* how much of its colour the card of a closed group has */

static RunnelIcon
tile_icon (const RunnelNode *node)
{
  return (node->flags & RUNNEL_NODE_BYPASSED) ? RUNNEL_ICON_BYPASS : node->icon;
}

static gboolean
is_strong_state (RunnelState state)
{
  return state == RUNNEL_STATE_RUNNING || state == RUNNEL_STATE_WAITING ||
         runnel_state_is_failure (state);
}

static gboolean
is_dashed (const RunnelCard *card)
{
  return card->off || (card->in_run && card->node->state == RUNNEL_STATE_SKIPPED);
}

/* Where the first gap begins on a straight part, so that both of its ends look alike. */
static double
first_gap (double from,
           double to)
{
  const int n_gaps = (int) ((to - from - DASH) / (2 * DASH));

  return (from + to - (2 * n_gaps - 1) * DASH) / 2;
}

/* Gaps along the straight parts of the border that was just painted. */
static void
paint_border_gaps (const RunnelCard *card)
{
  const double thick =
    MAX (card->palette->border_width, card->brush->hairline) + 0.5 * card->brush->pixel;
  const double right = RUNNEL_NODE_WIDTH - RUNNEL_CARD_RADIUS,
               bottom = RUNNEL_NODE_HEIGHT - RUNNEL_CARD_RADIUS;

  for (double x = first_gap (RUNNEL_CARD_RADIUS, right); x + DASH < right; x += 2 * DASH)
    {
      runnel_brush_fill (card->brush, x, 0, x + DASH, thick, card->back);
      runnel_brush_fill (card->brush, x, RUNNEL_NODE_HEIGHT - thick, x + DASH, RUNNEL_NODE_HEIGHT,
                         card->back);
    }

  for (double y = first_gap (RUNNEL_CARD_RADIUS, bottom); y + DASH < bottom; y += 2 * DASH)
    {
      runnel_brush_fill (card->brush, 0, y, thick, y + DASH, card->back);
      runnel_brush_fill (card->brush, RUNNEL_NODE_WIDTH - thick, y, RUNNEL_NODE_WIDTH, y + DASH,
                         card->back);
    }
}

static void
paint_border (const RunnelCard *card)
{
  const RunnelColor border = card->palette->border, state = runnel_card_get_state_color (card);

  if (card->detail->change != RUNNEL_CHANGE_NONE)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_THICK_BORDER,
                        runnel_change_get_color (card->detail->change, card->palette));
  else if (card->in_run && is_strong_state (card->node->state))
    runnel_brush_frame (card->brush, RUNNEL_FRAME_THICK_BORDER, state);
  else if (card->in_run && card->node->state == RUNNEL_STATE_SUCCEEDED)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_BORDER, runnel_color_mix (border, state, 0.7));
  else
    runnel_brush_frame (card->brush, RUNNEL_FRAME_BORDER,
                        is_dashed (card) ? card->palette->badge : border);
}

static void
paint_body (const RunnelCard *card)
{
  if (!card->off)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_SHADOW, card->palette->shadow);
  runnel_brush_frame (card->brush, RUNNEL_FRAME_CARD, card->back);
  paint_border (card);
  if (is_dashed (card))
    paint_border_gaps (card);
}

static void
paint_marks (const RunnelCard *card)
{
  if (card->node->flags & RUNNEL_NODE_FOUND)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_RING, card->palette->warning);
  if (card->node->flags & RUNNEL_NODE_SELECTED)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_RING, card->palette->accent);
  if (card->node->flags & RUNNEL_NODE_FOCUSED)
    runnel_brush_frame (card->brush, RUNNEL_FRAME_FOCUS, card->palette->accent);
}

static void
paint_tile (const RunnelCard *card)
{
  const RunnelColor color = runnel_card_get_kind_color (card);
  const int middle_x = RUNNEL_TILE_X + RUNNEL_KIND_TILE / 2,
            middle_y = RUNNEL_TILE_Y + RUNNEL_KIND_TILE / 2;

  runnel_brush_frame (card->brush, RUNNEL_FRAME_TILE, runnel_color_with_alpha (color, TILE_ALPHA));
  runnel_brush_icon (card->brush, tile_icon (card->node), middle_x, middle_y, color);
}

static void
paint_texts (const RunnelCard *card)
{
  const RunnelPalette *palette = card->palette;
  const gboolean two = card->detail->summary != NULL;
  const int title =
    card->in_run ? (two ? TITLE_OF_THREE : TITLE_OF_TWO - 2) : (two ? TITLE_OF_TWO : TITLE_ALONE);
  const int second = card->in_run ? SECOND_OF_THREE : SECOND_OF_TWO;

  runnel_brush_text (card->brush, RUNNEL_TEXT_TITLE, card->detail->title, TEXT_WIDTH, TEXT_X, title,
                     card->off ? palette->text_dimmed : palette->text);
  runnel_brush_text (card->brush, RUNNEL_TEXT_SUMMARY, card->detail->summary, TEXT_WIDTH, TEXT_X,
                     second, palette->text_dimmed);
}

/* A disabled step is struck out. */
static void
paint_strike (const RunnelCard *card)
{
  const double middle = (card->detail->summary != NULL ? TITLE_OF_TWO : TITLE_ALONE) - 4.5;
  double width;

  if (!(card->node->flags & RUNNEL_NODE_DISABLED) || card->in_run)
    return;

  width = runnel_brush_measure (card->brush, RUNNEL_TEXT_TITLE, card->detail->title, TEXT_WIDTH);
  if (width > 0)
    runnel_brush_fill (card->brush, TEXT_X - 1, middle - 0.6, TEXT_X + width + 1, middle + 0.6,
                       card->palette->text_dimmed);
}

static void
paint_output (const RunnelCard *card,
              RunnelPort        port,
              RunnelOn          on,
              RunnelShape       sign)
{
  const gboolean linked = card->detail->n_links[port] > 0;
  const gboolean near =
    (card->node->flags & (RUNNEL_NODE_HOVERED | RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED)) != 0;
  const RunnelColor color = linked || near ? card->palette->links[on] : card->palette->port;
  float x, y;

  runnel_port_get_offset (port, &x, &y);
  runnel_brush_shape (card->brush, RUNNEL_SHAPE_DISC_BACK, x, y, card->back);
  if (linked && port == RUNNEL_PORT_SUCCESS)
    {
      runnel_brush_shape (card->brush, RUNNEL_SHAPE_DISC, x, y, color);
      return;
    }

  runnel_brush_shape (card->brush, RUNNEL_SHAPE_RING, x, y, color);
  if (port != RUNNEL_PORT_SUCCESS)
    runnel_brush_shape (card->brush, sign, x, y, color);
}

static void
paint_ports (const RunnelCard *card)
{
  float x, y;

  if (card->detail->n_links[RUNNEL_PORT_INPUT] == 0)
    {
      runnel_port_get_offset (RUNNEL_PORT_INPUT, &x, &y);
      runnel_brush_shape (card->brush, RUNNEL_SHAPE_DISC_BACK, x, y, card->back);
      runnel_brush_shape (card->brush, RUNNEL_SHAPE_RING, x, y, card->palette->port);
    }

  paint_output (card, RUNNEL_PORT_ALWAYS, RUNNEL_ON_ALWAYS, RUNNEL_SHAPE_DOT);
  paint_output (card, RUNNEL_PORT_SUCCESS, RUNNEL_ON_SUCCESS, RUNNEL_SHAPE_DOT);
  paint_output (card, RUNNEL_PORT_FAILURE, RUNNEL_ON_FAILURE, RUNNEL_SHAPE_CROSS);
}

/**
 * runnel_card_init:
 * @brush: what it will be painted with
 * @node: whose card it is
 */
void
runnel_card_init (RunnelCard          *self,
                  RunnelBrush         *brush,
                  const RunnelPalette *palette,
                  RunnelScene         *scene,
                  guint                node)
{
  const RunnelNode *hot = runnel_scene_node (scene, node);
  const gboolean off = (hot->flags & (RUNNEL_NODE_DISABLED | RUNNEL_NODE_BYPASSED)) != 0;

  *self = (RunnelCard) {
    .brush = brush,
    .palette = palette,
    .node = hot,
    .detail = runnel_scene_detail (scene, node),
    .in_run = (hot->flags & RUNNEL_NODE_IN_RUN) != 0,
    .off = off,
    .back = off ? palette->card_disabled
            : (hot->flags & RUNNEL_NODE_HOVERED) ? palette->card_hovered : palette->card,
  };
  if (hot->flags & RUNNEL_NODE_GROUP)
    self->back = runnel_color_mix (self->back, runnel_card_get_kind_color (self), GROUP_FILL);
}

RunnelColor
runnel_card_get_state_color (const RunnelCard *self)
{
  return self->palette->states[self->node->state];
}

RunnelColor
runnel_card_get_kind_color (const RunnelCard *self)
{
  const guint kind = MIN (self->node->icon, RUNNEL_ICON_PIPELINE);

  if (self->node->flags & RUNNEL_NODE_GROUP)
    return self->palette->tints[self->detail->tint % RUNNEL_N_TINTS];

  return self->off ? self->palette->badge : self->palette->kinds[kind];
}

/**
 * runnel_card_paint:
 *
 * Paints everything a card shows to somebody who is near enough to read it.
 */
void
runnel_card_paint (const RunnelCard *self)
{
  paint_body (self);
  paint_tile (self);
  paint_texts (self);
  paint_strike (self);
  runnel_card_paint_state (self);
  runnel_card_paint_trend (self);
  paint_marks (self);
  if (!(self->node->flags & RUNNEL_NODE_GROUP))
    paint_ports (self);
  runnel_card_paint_badges (self);
  runnel_card_paint_change (self);
}
