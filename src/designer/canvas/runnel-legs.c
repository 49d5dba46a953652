/* runnel-legs.c: the bar on the card of a matrix step: how its legs stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-legs.h"

#define MIN_PART 4.0 /* one leg among a thousand is still seen */

/* From left to right: what is over, what is under way, what is still to come. */
static const struct
{
  RunnelState state;
  RunnelLegsPattern pattern;
} order[RUNNEL_N_STATES] = {
  { RUNNEL_STATE_SUCCEEDED, RUNNEL_LEGS_SOLID },
  { RUNNEL_STATE_FAILED, RUNNEL_LEGS_TALL },
  { RUNNEL_STATE_TIMED_OUT, RUNNEL_LEGS_TALL },
  { RUNNEL_STATE_INTERRUPTED, RUNNEL_LEGS_TALL },
  { RUNNEL_STATE_RUNNING, RUNNEL_LEGS_HATCHED },
  { RUNNEL_STATE_WAITING, RUNNEL_LEGS_HATCHED },
  { RUNNEL_STATE_QUEUED, RUNNEL_LEGS_LINE },
  { RUNNEL_STATE_PENDING, RUNNEL_LEGS_LINE },
  { RUNNEL_STATE_SKIPPED, RUNNEL_LEGS_DOTTED },
  { RUNNEL_STATE_CANCELLED, RUNNEL_LEGS_DOTTED },
};

/**
 * runnel_legs_equal:
 * @self: (nullable): a bar
 * @other: (nullable): another
 */
gboolean
runnel_legs_equal (const RunnelLegs *self,
                   const RunnelLegs *other)
{
  if (self == NULL || other == NULL)
    return self == other;

  return memcmp (self, other, sizeof *self) == 0;
}

/**
 * runnel_legs_count:
 *
 * Returns: how many legs there are
 */
guint
runnel_legs_count (const RunnelLegs *self)
{
  guint n_legs = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    n_legs += self->counts[i];

  return n_legs;
}

static guint
count_parts (const RunnelLegs *self)
{
  guint n_parts = 0;

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    n_parts += self->counts[i] > 0;

  return n_parts;
}

/**
 * runnel_legs_split:
 * @width: of the bar
 * @ret_parts: (out): its parts from left to right; together they are @width wide
 *
 * Each state has a part, in proportion to its legs but never too narrow to be seen.
 *
 * Returns: how many parts there are
 */
guint
runnel_legs_split (const RunnelLegs *self,
                   double            width,
                   RunnelLegsPart    ret_parts[RUNNEL_N_STATES])
{
  double spare, x = 0;
  guint n_legs, n_parts = 0;

  g_return_val_if_fail (self != NULL, 0);

  n_legs = runnel_legs_count (self);
  spare = MAX (width - count_parts (self) * MIN_PART, 0);
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    {
      const guint count = self->counts[order[i].state];
      const double end = x + MIN_PART + (n_legs > 0 ? spare * count / n_legs : 0);

      if (count == 0)
        continue;

      ret_parts[n_parts++] = (RunnelLegsPart) { order[i].state, order[i].pattern, x, end };
      x = end;
    }

  return n_parts;
}
