/* runnel-card-trend.c: how long the step took in the latest runs, on its card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-card.h"

/* World units. The newest run is at the right, below the end of the kind's icon. */
#define BAR_WIDTH 2.6
#define BAR_STEP 3.6
#define TOP (RUNNEL_TILE_Y + RUNNEL_KIND_TILE + 2)
#define BASE (TOP + 7)
#define SHORTEST 1.0
#define FOOT 2.0              /* of a run that failed, below the others */
#define LARGEST_PIXEL 1.4     /* the bars of a card farther away would be a smudge */

static gint64
get_longest (const RunnelTrend *trend)
{
  gint64 longest = 1;

  for (guint i = 0; i < trend->n_runs; i++)
    longest = MAX (longest, trend->runs[i].duration);

  return longest;
}

/* Legs and their bar take the room of the trend. */
void
runnel_card_paint_trend (const RunnelCard *card)
{
  const RunnelTrend *trend = card->detail->trend;
  const double right = RUNNEL_TILE_X + RUNNEL_KIND_TILE;
  gint64 longest;

  if (trend == NULL || card->detail->legs != NULL || card->brush->pixel > LARGEST_PIXEL)
    return;

  longest = get_longest (trend);
  for (guint i = 0; i < trend->n_runs; i++)
    {
      const gboolean failed = runnel_state_is_failure (trend->runs[i].state);
      const double height = MAX ((BASE - TOP) * (double) trend->runs[i].duration / longest, SHORTEST);
      const double x = right - (trend->n_runs - i) * BAR_STEP + (BAR_STEP - BAR_WIDTH);

      runnel_brush_fill (card->brush, x, BASE - height, x + BAR_WIDTH, failed ? BASE + FOOT : BASE,
                         failed ? card->palette->states[trend->runs[i].state]
                                : card->palette->badge);
    }
}
