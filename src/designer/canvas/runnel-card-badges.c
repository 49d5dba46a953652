/* runnel-card-badges.c: the small marks on a card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-card.h"

/* World units. */
#define BADGE_STEP 19
#define BADGE_END 22          /* middle of the first badge, from the right edge */
#define COUNT_X 8             /* from the middle of the icon to the number beside it */
#define COUNT_BASELINE 3.5
#define COUNT_WIDTH 60.f

/* The first of the badges, whose rings have their colour. */
#define N_LOUD 3

static const struct
{
  RunnelBadges badge;
  RunnelIcon icon;
} badges[] = {
  { RUNNEL_BADGE_ERROR, RUNNEL_ICON_ERROR },         { RUNNEL_BADGE_WARNING, RUNNEL_ICON_WARNING },
  { RUNNEL_BADGE_LOST, RUNNEL_ICON_LOST },           { RUNNEL_BADGE_EMULATED, RUNNEL_ICON_EMULATED },
  { RUNNEL_BADGE_CONDITION, RUNNEL_ICON_CONDITION }, { RUNNEL_BADGE_RETRY, RUNNEL_ICON_RETRY },
  { RUNNEL_BADGE_TIMEOUT, RUNNEL_ICON_TIMEOUT },     { RUNNEL_BADGE_MATRIX, RUNNEL_ICON_MATRIX },
  { RUNNEL_BADGE_POOL, RUNNEL_ICON_POOL },           { RUNNEL_BADGE_UNDO, RUNNEL_ICON_UNDO },
  { RUNNEL_BADGE_CACHE, RUNNEL_ICON_CACHE },         { RUNNEL_BADGE_SECRETS, RUNNEL_ICON_SECRETS },
  { RUNNEL_BADGE_ARTIFACTS, RUNNEL_ICON_ARTIFACTS }, { RUNNEL_BADGE_BREAKER, RUNNEL_ICON_BREAKER },
  { RUNNEL_BADGE_CONTINUE, RUNNEL_ICON_CONTINUE },   { RUNNEL_BADGE_PINNED, RUNNEL_ICON_PINNED },
};

static RunnelColor
badge_color (const RunnelCard *card,
             RunnelBadges      badge)
{
  if (badge == RUNNEL_BADGE_ERROR)
    return card->palette->error;
  if (badge == RUNNEL_BADGE_WARNING || badge == RUNNEL_BADGE_LOST)
    return card->palette->warning;
  return card->palette->badge;
}

/* The number of combinations widens the badge of a matrix to the left; its icon moves along.
 * Returns: by how much */
static int
paint_count (const RunnelCard *card,
             int               x)
{
  char *count = card->detail->count;
  int width;

  if (count == NULL)
    return 0;

  width = 2 + (int) ceil (runnel_brush_measure (card->brush, RUNNEL_TEXT_BADGE, count,
                                                COUNT_WIDTH));
  runnel_brush_shape (card->brush, RUNNEL_SHAPE_BADGE, x - width, 0, card->back);
  runnel_brush_shape (card->brush, RUNNEL_SHAPE_BADGE_RING, x - width, 0, card->palette->border);
  runnel_brush_fill (card->brush, x - width, -RUNNEL_BADGE_RADIUS, x, RUNNEL_BADGE_RADIUS,
                     card->palette->border);
  runnel_brush_fill (card->brush, x - width, 1 - RUNNEL_BADGE_RADIUS, x, RUNNEL_BADGE_RADIUS - 1,
                     card->back);
  runnel_brush_text (card->brush, RUNNEL_TEXT_BADGE, count, COUNT_WIDTH, x - width + COUNT_X,
                     COUNT_BASELINE, card->palette->text_dimmed);
  return width;
}

void
runnel_card_paint_badges (const RunnelCard *card)
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
      runnel_brush_shape (card->brush, RUNNEL_SHAPE_BADGE, x, 0, is_error ? color : card->back);
      runnel_brush_shape (card->brush, RUNNEL_SHAPE_BADGE_RING, x, 0,
                          i < N_LOUD ? color : card->palette->border);
      if (badges[i].badge == RUNNEL_BADGE_MATRIX)
        x -= paint_count (card, x);
      runnel_brush_icon (card->brush, badges[i].icon, x, 0, is_error ? card->back : color);
      x -= BADGE_STEP;
      if (x < BADGE_END)
        break;
    }
}

