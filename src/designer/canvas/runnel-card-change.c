/* runnel-card-change.c: what became of a step from one version to another, on its card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-card.h"

/* World units. */
#define LEFT 20           /* middle of the left end of the label */
#define BASELINE 3.5
#define TEXT_ROOM 120.f

RunnelColor
runnel_change_get_color (RunnelChange         self,
                         const RunnelPalette *palette)
{
  switch (self)
    {
    case RUNNEL_CHANGE_ADDED:
      return palette->states[RUNNEL_STATE_SUCCEEDED];
    case RUNNEL_CHANGE_REMOVED:
      return palette->error;
    case RUNNEL_CHANGE_CHANGED:
      return palette->warning;
    case RUNNEL_CHANGE_MOVED:
      return palette->accent;
    case RUNNEL_CHANGE_NONE:
    case RUNNEL_N_CHANGES:
    default:
      return palette->border;
    }
}

/* A label on the upper edge, where the marks of the step are not. */
void
runnel_card_paint_change (const RunnelCard *self)
{
  const RunnelColor color = runnel_change_get_color (self->detail->change, self->palette);
  char *text = self->detail->change_text;
  double right;

  if (self->detail->change == RUNNEL_CHANGE_NONE || text == NULL)
    return;

  right = LEFT + runnel_brush_measure (self->brush, RUNNEL_TEXT_BADGE, text, TEXT_ROOM);
  runnel_brush_shape (self->brush, RUNNEL_SHAPE_BADGE, LEFT, 0, color);
  runnel_brush_shape (self->brush, RUNNEL_SHAPE_BADGE, right, 0, color);
  runnel_brush_fill (self->brush, LEFT, -RUNNEL_BADGE_RADIUS, right, RUNNEL_BADGE_RADIUS, color);
  runnel_brush_text (self->brush, RUNNEL_TEXT_BADGE, text, TEXT_ROOM, LEFT, BASELINE,
                     self->palette->card);
}
