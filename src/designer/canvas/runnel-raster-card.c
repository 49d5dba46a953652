/* runnel-raster-card.c: paints the card of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "designer/canvas/runnel-raster-private.h"

/* Measures of the card, world units. */
#define TEXT_X 60
#define TEXT_WIDTH 144.f
#define STATE_TEXT_X 79
#define STATE_TEXT_WIDTH 125.f
#define TITLE_ALONE 41        /* baselines, by which texts there are */
#define TITLE_OF_TWO 33
#define SECOND_OF_TWO 51
#define TITLE_OF_THREE 24
#define SECOND_OF_THREE 41
#define STATE_OF_THREE 59
#define BADGE_STEP 19
#define BADGE_END 22          /* middle of the first badge, from the right edge */
#define PROGRESS_INSET 10
#define PROGRESS_BOTTOM 3     /* above the border of a running step */
#define PROGRESS_HEIGHT 3
#define LEGS_TOP 64
#define LEGS_BOTTOM 69
#define LEGS_RISE 2           /* of the legs that failed, above the others */
#define LEGS_GAP 1            /* between two parts */
#define LEGS_LINE 2
#define HATCH 3               /* a stripe, and the gap after it */
#define COUNT_X 8             /* from the middle of the icon to the number beside it */
#define COUNT_BASELINE 3.5
#define COUNT_WIDTH 60.f
#define STRIPE_WIDTH 8
#define BAR_X 24
#define BAR_WIDTH 150
#define DASH 5                /* of the border of a skipped or disabled step */

#define TILE_ALPHA 0.13
#define DIM_ALPHA 0.6

static const struct
{
  RunnelBadges badge;
  RunnelIcon icon;
} badges[] = {
  { RUNNEL_BADGE_ERROR, RUNNEL_ICON_ERROR },         { RUNNEL_BADGE_WARNING, RUNNEL_ICON_WARNING },
  { RUNNEL_BADGE_CONDITION, RUNNEL_ICON_CONDITION }, { RUNNEL_BADGE_RETRY, RUNNEL_ICON_RETRY },
  { RUNNEL_BADGE_TIMEOUT, RUNNEL_ICON_TIMEOUT },     { RUNNEL_BADGE_MATRIX, RUNNEL_ICON_MATRIX },
  { RUNNEL_BADGE_POOL, RUNNEL_ICON_POOL },           { RUNNEL_BADGE_UNDO, RUNNEL_ICON_UNDO },
  { RUNNEL_BADGE_CACHE, RUNNEL_ICON_CACHE },         { RUNNEL_BADGE_SECRETS, RUNNEL_ICON_SECRETS },
  { RUNNEL_BADGE_ARTIFACTS, RUNNEL_ICON_ARTIFACTS }, { RUNNEL_BADGE_BREAKER, RUNNEL_ICON_BREAKER },
  { RUNNEL_BADGE_CONTINUE, RUNNEL_ICON_CONTINUE },
};

/* A card being painted: where, and what it looks like. */
typedef struct
{
  RunnelRaster *raster;
  const RunnelSheet *sheet;
  const RunnelPalette *palette;
  const RunnelInk *ink;
  const RunnelNode *node;
  const RunnelNodeDetail *detail;
  int x;
  int y;
  gboolean in_run;
  gboolean off;       /* disabled or bypassed */
  RunnelColor back;
} Card;

static void
card_init (Card             *card,
           RunnelRaster     *raster,
           RunnelScene      *scene,
           guint             node,
           const RunnelInk  *ink)
{
  const RunnelNode *hot = runnel_scene_node (scene, node);
  const RunnelPalette *palette = &raster->palette;
  const gboolean off = (hot->flags & (RUNNEL_NODE_DISABLED | RUNNEL_NODE_BYPASSED)) != 0;

  *card = (Card) {
    .raster = raster,
    .sheet = &raster->sheet,
    .palette = palette,
    .ink = ink,
    .node = hot,
    .detail = runnel_scene_detail (scene, node),
    .x = runnel_sheet_px (&raster->sheet, hot->x),
    .y = runnel_sheet_px (&raster->sheet, hot->y),
    .in_run = (hot->flags & RUNNEL_NODE_IN_RUN) != 0,
    .off = off,
    .back = off ? palette->card_disabled
            : (hot->flags & RUNNEL_NODE_HOVERED) ? palette->card_hovered : palette->card,
  };
}

static RunnelColor
state_color (const Card *card)
{
  return card->palette->states[card->node->state];
}

static RunnelColor
kind_color (const Card *card)
{
  const guint kind = MIN (card->node->icon, RUNNEL_ICON_PIPELINE);

  return card->off ? card->palette->badge : card->palette->kinds[kind];
}

static RunnelIcon
state_icon (RunnelState state)
{
  return RUNNEL_ICON_PENDING + state;
}

static RunnelIcon
tile_icon (const RunnelNode *node)
{
  return (node->flags & RUNNEL_NODE_BYPASSED) ? RUNNEL_ICON_BYPASS : node->icon;
}

/* --- Helpers in world units from the card's corner --- */

static int
at_x (const Card *card,
      double      x)
{
  return card->x + runnel_sheet_px (card->sheet, x);
}

static int
at_y (const Card *card,
      double      y)
{
  return card->y + runnel_sheet_px (card->sheet, y);
}

static void
fill (const Card *card,
      double x0, double y0,
      double x1, double y1,
      RunnelColor color)
{
  runnel_ink_fill (card->ink, at_x (card, x0), at_y (card, y0), at_x (card, x1), at_y (card, y1),
                   runnel_ink_premultiply (color));
}

static void
stamp (const Card       *card,
       const RunnelMask *mask,
       double x, double y,
       RunnelColor       color)
{
  if (mask != NULL)
    runnel_ink_mask (card->ink, at_x (card, x), at_y (card, y), mask,
                     runnel_ink_premultiply (color));
}

static void
frame (const Card        *card,
       const RunnelPatch *patch,
       RunnelColor        color)
{
  runnel_ink_patch (card->ink, card->x, card->y, card->x + card->sheet->card_width,
                    card->y + card->sheet->card_height, patch, runnel_ink_premultiply (color));
}

static void
write_text (const Card      *card,
            RunnelTextStyle  style,
            const char      *string,
            float            width,
            double x, double baseline,
            RunnelColor      color)
{
  const RunnelText *text;

  if (string == NULL)
    return;

  text = runnel_glyphs_lookup (card->raster->glyphs, style, string, width, 0);
  if (text != NULL)
    runnel_glyphs_paint (card->raster->glyphs, text, card->ink, at_x (card, x),
                         at_y (card, baseline), runnel_ink_premultiply (color));
}

/* --- The parts of a detailed card --- */

static gboolean
is_strong_state (RunnelState state)
{
  return state == RUNNEL_STATE_RUNNING || state == RUNNEL_STATE_WAITING ||
         runnel_state_is_failure (state);
}

static gboolean
is_dashed (const Card *card)
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
paint_border_gaps (const Card *card)
{
  const double thick =
    MAX (card->palette->border_width, 1 / card->sheet->zoom) + 0.5 / card->sheet->scale;
  const double right = RUNNEL_NODE_WIDTH - RUNNEL_CARD_RADIUS,
               bottom = RUNNEL_NODE_HEIGHT - RUNNEL_CARD_RADIUS;

  for (double x = first_gap (RUNNEL_CARD_RADIUS, right); x + DASH < right; x += 2 * DASH)
    {
      fill (card, x, 0, x + DASH, thick, card->back);
      fill (card, x, RUNNEL_NODE_HEIGHT - thick, x + DASH, RUNNEL_NODE_HEIGHT, card->back);
    }

  for (double y = first_gap (RUNNEL_CARD_RADIUS, bottom); y + DASH < bottom; y += 2 * DASH)
    {
      fill (card, 0, y, thick, y + DASH, card->back);
      fill (card, RUNNEL_NODE_WIDTH - thick, y, RUNNEL_NODE_WIDTH, y + DASH, card->back);
    }
}

static void
paint_body (const Card *card)
{
  const RunnelSheet *sheet = card->sheet;

  if (!card->off)
    frame (card, &sheet->shadow, card->palette->shadow);
  frame (card, &sheet->card, card->back);

  if (card->in_run && is_strong_state (card->node->state))
    frame (card, &sheet->thick_border, state_color (card));
  else if (card->in_run && card->node->state == RUNNEL_STATE_SUCCEEDED)
    frame (card, &sheet->border, runnel_color_mix (card->palette->border, state_color (card), 0.7));
  else
    frame (card, &sheet->border, is_dashed (card) ? card->palette->badge : card->palette->border);

  if (is_dashed (card))
    paint_border_gaps (card);
}

static void
paint_marks (const Card *card)
{
  if (card->node->flags & RUNNEL_NODE_SELECTED)
    frame (card, &card->sheet->ring, card->palette->accent);
  if (card->node->flags & RUNNEL_NODE_FOCUSED)
    frame (card, &card->sheet->focus, card->palette->accent);
}

static void
paint_tile (const Card *card)
{
  const RunnelColor color = kind_color (card);
  const int middle_x = RUNNEL_TILE_X + RUNNEL_KIND_TILE / 2,
            middle_y = RUNNEL_TILE_Y + RUNNEL_KIND_TILE / 2;

  runnel_ink_patch (card->ink, at_x (card, RUNNEL_TILE_X), at_y (card, RUNNEL_TILE_Y),
                    at_x (card, RUNNEL_TILE_X + RUNNEL_KIND_TILE),
                    at_y (card, RUNNEL_TILE_Y + RUNNEL_KIND_TILE), &card->sheet->tile,
                    runnel_ink_premultiply (runnel_color_with_alpha (color, TILE_ALPHA)));
  stamp (card, card->sheet->icons[tile_icon (card->node)], middle_x, middle_y, color);
}

static void
paint_texts (const Card *card)
{
  const RunnelPalette *palette = card->palette;
  const gboolean two = card->detail->summary != NULL;
  const int title =
    card->in_run ? (two ? TITLE_OF_THREE : TITLE_OF_TWO - 2) : (two ? TITLE_OF_TWO : TITLE_ALONE);
  const int second = card->in_run ? SECOND_OF_THREE : SECOND_OF_TWO;

  write_text (card, RUNNEL_TEXT_TITLE, card->detail->title, TEXT_WIDTH, TEXT_X, title,
              card->off ? palette->text_dimmed : palette->text);
  write_text (card, RUNNEL_TEXT_SUMMARY, card->detail->summary, TEXT_WIDTH, TEXT_X, second,
              palette->text_dimmed);
}

/* A disabled step is struck out. */
static void
paint_strike (const Card *card)
{
  const RunnelText *text = runnel_glyphs_lookup (card->raster->glyphs, RUNNEL_TEXT_TITLE,
                                                 card->detail->title, TEXT_WIDTH, 0);
  const double middle = (card->detail->summary != NULL ? TITLE_OF_TWO : TITLE_ALONE) - 4.5;

  if ((card->node->flags & RUNNEL_NODE_DISABLED) && !card->in_run && text != NULL &&
      text->n_glyphs > 0)
    fill (card, TEXT_X - 1, middle - 0.6, TEXT_X + text->width + 1, middle + 0.6,
          card->palette->text_dimmed);
}

static void
paint_progress (const Card *card)
{
  const double left = PROGRESS_INSET, right = RUNNEL_NODE_WIDTH - PROGRESS_INSET;
  const double bottom = RUNNEL_NODE_HEIGHT - PROGRESS_BOTTOM, top = bottom - PROGRESS_HEIGHT;
  const RunnelColor color = state_color (card);

  fill (card, left, top, right, bottom, runnel_color_with_alpha (color, 0.25));
  if (card->node->progress != RUNNEL_PROGRESS_UNKNOWN)
    fill (card, left, top, left + (right - left) * card->node->progress / 100, bottom, color);
}

static void
paint_stripes (const Card *card,
               double x0, double y0,
               double x1, double y1,
               RunnelColor color)
{
  for (double x = x0; x < x1; x += 2 * HATCH)
    fill (card, x, y0, MIN (x + HATCH, x1), y1, color);
}

static void
paint_legs_part (const Card           *card,
                 const RunnelLegsPart *part)
{
  const RunnelColor color = card->palette->states[part->state];
  const double left = PROGRESS_INSET + part->start, right = PROGRESS_INSET + part->end - LEGS_GAP;
  const double middle = (LEGS_TOP + LEGS_BOTTOM) / 2.0;

  switch (part->pattern)
    {
    case RUNNEL_LEGS_TALL:
      fill (card, left, LEGS_TOP - LEGS_RISE, right, LEGS_BOTTOM, color);
      break;
    case RUNNEL_LEGS_HATCHED:
      fill (card, left, LEGS_TOP, right, LEGS_BOTTOM, runnel_color_with_alpha (color, 0.25));
      paint_stripes (card, left, LEGS_TOP, right, LEGS_BOTTOM, color);
      break;
    case RUNNEL_LEGS_LINE:
      fill (card, left, middle - LEGS_LINE / 2.0, right, middle + LEGS_LINE / 2.0, color);
      break;
    case RUNNEL_LEGS_DOTTED:
      paint_stripes (card, left, middle - LEGS_LINE / 2.0, right, middle + LEGS_LINE / 2.0, color);
      break;
    case RUNNEL_LEGS_SOLID:
    default:
      fill (card, left, LEGS_TOP, right, LEGS_BOTTOM, color);
      break;
    }
}

static void
paint_legs (const Card *card)
{
  RunnelLegsPart parts[RUNNEL_N_STATES];
  const guint n_parts =
    runnel_legs_split (card->detail->legs, RUNNEL_NODE_WIDTH - 2 * PROGRESS_INSET, parts);

  for (guint i = 0; i < n_parts; i++)
    paint_legs_part (card, &parts[i]);
}

static void
paint_state (const Card *card)
{
  if (!card->in_run)
    return;

  stamp (card, card->sheet->icons[state_icon (card->node->state)], RUNNEL_STATE_ICON_X,
         RUNNEL_STATE_ICON_Y, state_color (card));
  write_text (card, RUNNEL_TEXT_STATUS, card->detail->status, STATE_TEXT_WIDTH, STATE_TEXT_X,
              STATE_OF_THREE, state_color (card));
  if (card->detail->legs != NULL)
    paint_legs (card);
  else if (card->node->state == RUNNEL_STATE_RUNNING)
    paint_progress (card);
}

static RunnelColor
badge_color (const Card   *card,
             RunnelBadges  badge)
{
  if (badge == RUNNEL_BADGE_ERROR)
    return card->palette->error;
  if (badge == RUNNEL_BADGE_WARNING)
    return card->palette->warning;
  return card->palette->badge;
}

/* The number of combinations widens the badge of a matrix to the left; its icon moves along.
 * Returns: by how much */
static int
paint_count (const Card *card,
             int         x)
{
  const RunnelText *text =
    card->detail->count == NULL
      ? NULL
      : runnel_glyphs_lookup (card->raster->glyphs, RUNNEL_TEXT_BADGE, card->detail->count,
                              COUNT_WIDTH, 0);
  const int width = text != NULL ? (int) ceil (text->width) + 2 : 0;

  if (text == NULL)
    return 0;

  stamp (card, card->sheet->shapes[RUNNEL_SHAPE_BADGE], x - width, 0, card->back);
  stamp (card, card->sheet->shapes[RUNNEL_SHAPE_BADGE_RING], x - width, 0, card->palette->border);
  fill (card, x - width, -RUNNEL_BADGE_RADIUS, x, RUNNEL_BADGE_RADIUS, card->palette->border);
  fill (card, x - width, 1 - RUNNEL_BADGE_RADIUS, x, RUNNEL_BADGE_RADIUS - 1, card->back);
  write_text (card, RUNNEL_TEXT_BADGE, card->detail->count, COUNT_WIDTH, x - width + COUNT_X,
              COUNT_BASELINE, card->palette->text_dimmed);
  return width;
}

static void
paint_badges (const Card *card)
{
  int x = RUNNEL_NODE_WIDTH - BADGE_END;

  for (guint i = 0; i < G_N_ELEMENTS (badges); i++)
    {
      const gboolean is_error = badges[i].badge == RUNNEL_BADGE_ERROR;
      RunnelColor color;

      if (!(card->node->badges & badges[i].badge))
        continue;

      /* An error is a full disc and a warning a ring: the colour is not all that tells them. */
      color = badge_color (card, badges[i].badge);
      stamp (card, card->sheet->shapes[RUNNEL_SHAPE_BADGE], x, 0, is_error ? color : card->back);
      stamp (card, card->sheet->shapes[RUNNEL_SHAPE_BADGE_RING], x, 0,
             i < 2 ? color : card->palette->border);
      if (badges[i].badge == RUNNEL_BADGE_MATRIX)
        x -= paint_count (card, x);
      stamp (card, card->sheet->icons[badges[i].icon], x, 0, is_error ? card->back : color);
      x -= BADGE_STEP;
      if (x < BADGE_END)
        break;
    }
}

static void
paint_output (const Card *card,
              RunnelPort  port,
              RunnelOn    on,
              RunnelShape sign)
{
  RunnelMask *const *shapes = card->sheet->shapes;
  const gboolean linked = card->detail->n_links[port] > 0;
  const gboolean near =
    (card->node->flags & (RUNNEL_NODE_HOVERED | RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED)) != 0;
  const RunnelColor color = linked || near ? card->palette->links[on] : card->palette->port;
  float x, y;

  runnel_port_get_offset (port, &x, &y);
  stamp (card, shapes[RUNNEL_SHAPE_DISC_BACK], x, y, card->back);
  if (linked && port == RUNNEL_PORT_SUCCESS)
    {
      stamp (card, shapes[RUNNEL_SHAPE_DISC], x, y, color);
      return;
    }

  stamp (card, shapes[RUNNEL_SHAPE_RING], x, y, color);
  if (port != RUNNEL_PORT_SUCCESS)
    stamp (card, shapes[sign], x, y, color);
}

static void
paint_ports (const Card *card)
{
  float x, y;

  if (card->detail->n_links[RUNNEL_PORT_INPUT] == 0)
    {
      runnel_port_get_offset (RUNNEL_PORT_INPUT, &x, &y);
      stamp (card, card->sheet->shapes[RUNNEL_SHAPE_DISC_BACK], x, y, card->back);
      stamp (card, card->sheet->shapes[RUNNEL_SHAPE_RING], x, y, card->palette->port);
    }

  paint_output (card, RUNNEL_PORT_ALWAYS, RUNNEL_ON_ALWAYS, RUNNEL_SHAPE_DOT);
  paint_output (card, RUNNEL_PORT_SUCCESS, RUNNEL_ON_SUCCESS, RUNNEL_SHAPE_DOT);
  paint_output (card, RUNNEL_PORT_FAILURE, RUNNEL_ON_FAILURE, RUNNEL_SHAPE_CROSS);
}

static void
paint_full (const Card *card)
{
  paint_body (card);
  paint_tile (card);
  paint_texts (card);
  paint_strike (card);
  paint_state (card);
  paint_marks (card);
  paint_ports (card);
  paint_badges (card);
}

/* --- From farther away --- */

static RunnelColor
stripe_color (const Card *card)
{
  return card->in_run ? state_color (card) : kind_color (card);
}

/* A bar about as long as the text would be. */
static void
paint_bar (const Card *card,
           const char *text,
           double      y,
           double      height,
           double      alpha)
{
  const double width = text != NULL ? MIN (strlen (text) * 7.0, BAR_WIDTH) : 0;

  fill (card, BAR_X, y, BAR_X + width, y + height,
        runnel_color_with_alpha (card->palette->text_dimmed, alpha));
}

static void
paint_bars (const Card *card)
{
  frame (card, &card->sheet->card, card->back);
  frame (card, &card->sheet->border,
         card->in_run ? runnel_color_mix (card->palette->border, state_color (card), 0.6)
                      : card->palette->border);
  fill (card, 0, RUNNEL_CARD_RADIUS, STRIPE_WIDTH, RUNNEL_NODE_HEIGHT - RUNNEL_CARD_RADIUS,
        stripe_color (card));
  paint_bar (card, card->detail->title, 20, 12, 0.75);
  paint_bar (card, card->detail->summary, 42, 9, 0.35);

  if (card->node->flags & (RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED))
    frame (card, &card->sheet->ring, card->palette->accent);
}

static void
paint_block (const Card *card)
{
  const int width = card->sheet->card_width, height = card->sheet->card_height;
  const RunnelColor color = card->in_run
                              ? state_color (card)
                              : runnel_color_mix (kind_color (card), card->palette->canvas, 0.5);
  const int edge = card->sheet->density;

  if (card->node->flags & (RUNNEL_NODE_SELECTED | RUNNEL_NODE_FOCUSED))
    runnel_ink_fill (card->ink, card->x - 2 * edge, card->y - 2 * edge, card->x + width + 2 * edge,
                     card->y + height + 2 * edge, card->palette->accent);

  runnel_ink_fill (card->ink, card->x, card->y, card->x + width, card->y + height, color);
}

/* What is not highlighted steps back under a veil of the canvas. */
static void
paint_veil (const Card *card)
{
  const RunnelColor veil = runnel_color_with_alpha (card->palette->canvas, DIM_ALPHA);

  if (card->sheet->detail == RUNNEL_DETAIL_BLOCKS)
    runnel_ink_fill (card->ink, card->x, card->y, card->x + card->sheet->card_width,
                     card->y + card->sheet->card_height, runnel_ink_premultiply (veil));
  else
    frame (card, &card->sheet->card, veil);
}

void
runnel_raster_paint_card (RunnelRaster    *self,
                          RunnelScene     *scene,
                          guint            node,
                          const RunnelInk *ink)
{
  Card card;

  card_init (&card, self, scene, node, ink);
  switch (self->sheet.detail)
    {
    case RUNNEL_DETAIL_BLOCKS:
      paint_block (&card);
      break;
    case RUNNEL_DETAIL_BARS:
      paint_bars (&card);
      break;
    case RUNNEL_DETAIL_FULL:
    default:
      paint_full (&card);
      break;
    }

  if (card.node->flags & RUNNEL_NODE_DIMMED)
    paint_veil (&card);
}

void
runnel_raster_prepare_card (RunnelRaster *self,
                            RunnelScene  *scene,
                            guint         node)
{
  const RunnelNode *hot = runnel_scene_node (scene, node);
  const RunnelNodeDetail *detail = runnel_scene_detail (scene, node);

  runnel_glyphs_prepare (self->glyphs, RUNNEL_TEXT_TITLE, detail->title, TEXT_WIDTH, 0);
  if (detail->summary != NULL)
    runnel_glyphs_prepare (self->glyphs, RUNNEL_TEXT_SUMMARY, detail->summary, TEXT_WIDTH, 0);

  runnel_sheet_need_icon (&self->sheet, tile_icon (hot), 0);
  if (hot->flags & RUNNEL_NODE_IN_RUN)
    {
      runnel_sheet_need_icon (&self->sheet, state_icon (hot->state), scene->phase);
      if (detail->status != NULL)
        runnel_glyphs_prepare (self->glyphs, RUNNEL_TEXT_STATUS, detail->status, STATE_TEXT_WIDTH,
                               0);
    }

  if (detail->count != NULL)
    runnel_glyphs_prepare (self->glyphs, RUNNEL_TEXT_BADGE, detail->count, COUNT_WIDTH, 0);
  for (guint i = 0; i < G_N_ELEMENTS (badges); i++)
    {
      if (hot->badges & badges[i].badge)
        runnel_sheet_need_icon (&self->sheet, badges[i].icon, 0);
    }
}

G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_QUEUED == RUNNEL_ICON_QUEUED);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_WAITING == RUNNEL_ICON_WAITING);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_RUNNING == RUNNEL_ICON_RUNNING);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_SUCCEEDED == RUNNEL_ICON_SUCCEEDED);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_INTERRUPTED == RUNNEL_ICON_INTERRUPTED);
