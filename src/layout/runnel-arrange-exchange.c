/* runnel-arrange-exchange.c: neighbours in a layer change places where links cross less then
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The step "transpose" of Gansner, Koutsofios, North and Vo ("A technique for drawing directed
 * graphs", 1993). It finds what barycentres don't see, because they look at one side only.
 */
#include "config.h"

#include "layout/runnel-arrange-private.h"

#define MAX_PASSES 8
#define MAX_PAIRS 4096 /* of links of two neighbours: more are not looked at */

/* How often the links of two vertices on one side cross, when the first stands before the second. */
static guint
count_pairs (const RunnelPart       *self,
             const RunnelNeighbours *side,
             guint                   first,
             guint                   second)
{
  guint crossings = 0;

  for (guint i = side->start[first]; i < side->start[first + 1]; i++)
    for (guint k = side->start[second]; k < side->start[second + 1]; k++)
      crossings += self->position[side->items[i]] > self->position[side->items[k]];

  return crossings;
}

static gboolean
has_too_many (const RunnelNeighbours *side,
              guint                   a,
              guint                   b)
{
  guint64 n_a = side->start[a + 1] - side->start[a];
  guint64 n_b = side->start[b + 1] - side->start[b];

  return n_a * n_b > MAX_PAIRS;
}

static gboolean
should_exchange (const RunnelPart *self,
                 guint             first,
                 guint             second)
{
  if (has_too_many (&self->before, first, second) || has_too_many (&self->after, first, second))
    return FALSE;

  return count_pairs (self, &self->before, second, first)
         + count_pairs (self, &self->after, second, first)
         < count_pairs (self, &self->before, first, second)
           + count_pairs (self, &self->after, first, second);
}

static gboolean
exchange_in_layer (RunnelPart *self,
                   guint       layer)
{
  gboolean changed = FALSE;

  for (guint m = self->layer_start[layer]; m + 1 < self->layer_start[layer + 1]; m++)
    {
      guint first = self->members[m], second = self->members[m + 1];

      if (!should_exchange (self, first, second))
        continue;

      self->members[m] = second;
      self->members[m + 1] = first;
      self->position[second]--;
      self->position[first]++;
      changed = TRUE;
    }

  return changed;
}

/* Every exchange makes the crossings fewer. */
void
_runnel_part_exchange (RunnelPart *self)
{
  gboolean changed = TRUE;

  for (guint pass = 0; pass < MAX_PASSES && changed; pass++)
    {
      changed = FALSE;
      for (guint layer = 0; layer < self->n_layers; layer++)
        changed |= exchange_in_layer (self, layer);
    }
}
