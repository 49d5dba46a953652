/* runnel-card-state.c: how the step does in the run that is shown, on its card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-card.h"

/* World units. */
#define STATE_TEXT_X 79
#define STATE_TEXT_WIDTH 125.f
#define STATE_OF_THREE 59
#define PROGRESS_INSET 10
#define PROGRESS_BOTTOM 3     /* above the border of a running step */
#define PROGRESS_HEIGHT 3
#define LEGS_TOP 64
#define LEGS_BOTTOM 69
#define LEGS_RISE 2           /* of the legs that failed, above the others */
#define LEGS_GAP 1            /* between two parts */
#define LEGS_LINE 2
#define HATCH 3               /* a stripe, and the gap after it */

static RunnelIcon
state_icon (RunnelState state)
{
  return RUNNEL_ICON_PENDING + state;
}

static void
paint_progress (const RunnelCard *card)
{
  const double left = PROGRESS_INSET, right = RUNNEL_NODE_WIDTH - PROGRESS_INSET;
  const double bottom = RUNNEL_NODE_HEIGHT - PROGRESS_BOTTOM, top = bottom - PROGRESS_HEIGHT;
  const RunnelColor color = runnel_card_get_state_color (card);

  runnel_brush_fill (card->brush, left, top, right, bottom, runnel_color_with_alpha (color, 0.25));
  if (card->node->progress != RUNNEL_PROGRESS_UNKNOWN)
    runnel_brush_fill (card->brush, left, top,
                       left + (right - left) * card->node->progress / 100, bottom, color);
}

static void
paint_stripes (const RunnelCard *card,
               double x0, double y0,
               double x1, double y1,
               RunnelColor color)
{
  for (double x = x0; x < x1; x += 2 * HATCH)
    runnel_brush_fill (card->brush, x, y0, MIN (x + HATCH, x1), y1, color);
}

static void
paint_legs_part (const RunnelCard     *card,
                 const RunnelLegsPart *part)
{
  const RunnelColor color = card->palette->states[part->state];
  const double left = PROGRESS_INSET + part->start, right = PROGRESS_INSET + part->end - LEGS_GAP;
  const double middle = (LEGS_TOP + LEGS_BOTTOM) / 2.0;

  switch (part->pattern)
    {
    case RUNNEL_LEGS_TALL:
      runnel_brush_fill (card->brush, left, LEGS_TOP - LEGS_RISE, right, LEGS_BOTTOM, color);
      break;
    case RUNNEL_LEGS_HATCHED:
      runnel_brush_fill (card->brush, left, LEGS_TOP, right, LEGS_BOTTOM,
                         runnel_color_with_alpha (color, 0.25));
      paint_stripes (card, left, LEGS_TOP, right, LEGS_BOTTOM, color);
      break;
    case RUNNEL_LEGS_LINE:
      runnel_brush_fill (card->brush, left, middle - LEGS_LINE / 2.0, right,
                         middle + LEGS_LINE / 2.0, color);
      break;
    case RUNNEL_LEGS_DOTTED:
      paint_stripes (card, left, middle - LEGS_LINE / 2.0, right, middle + LEGS_LINE / 2.0, color);
      break;
    case RUNNEL_LEGS_SOLID:
    default:
      runnel_brush_fill (card->brush, left, LEGS_TOP, right, LEGS_BOTTOM, color);
      break;
    }
}

static void
paint_legs (const RunnelCard *card)
{
  RunnelLegsPart parts[RUNNEL_N_STATES];
  const guint n_parts =
    runnel_legs_split (card->detail->legs, RUNNEL_NODE_WIDTH - 2 * PROGRESS_INSET, parts);

  for (guint i = 0; i < n_parts; i++)
    paint_legs_part (card, &parts[i]);
}

void
runnel_card_paint_state (const RunnelCard *card)
{
  if (!card->in_run)
    return;

  runnel_brush_icon (card->brush, state_icon (card->node->state), RUNNEL_STATE_ICON_X,
                     RUNNEL_STATE_ICON_Y, runnel_card_get_state_color (card));
  runnel_brush_text (card->brush, RUNNEL_TEXT_STATUS, card->detail->status, STATE_TEXT_WIDTH,
                     STATE_TEXT_X, STATE_OF_THREE, runnel_card_get_state_color (card));
  if (card->detail->legs != NULL)
    paint_legs (card);
  else if (card->node->state == RUNNEL_STATE_RUNNING)
    paint_progress (card);
}

G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_QUEUED == RUNNEL_ICON_QUEUED);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_WAITING == RUNNEL_ICON_WAITING);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_RUNNING == RUNNEL_ICON_RUNNING);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_SUCCEEDED == RUNNEL_ICON_SUCCEEDED);
G_STATIC_ASSERT (RUNNEL_ICON_PENDING + RUNNEL_STATE_INTERRUPTED == RUNNEL_ICON_INTERRUPTED);
