/* runnel-arrange-place.c: how high in its column a step stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-arrange-private.h"
#include "util/runnel-sort.h"

#define PLACE_SWEEPS 4 /* to and fro */

int
_runnel_compare_double (gconstpointer a,
                        gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

/* Where a vertex would like to be: at the median of its neighbours on one side, which makes chains
 * straight; where it is when it has none. Bends insist on it, which makes long links straight. */
static double
part_wish (RunnelPart             *self,
           guint                   v,
           const RunnelNeighbours *side,
           double                 *scratch,
           double                 *ret_weight)
{
  guint n = side->start[v + 1] - side->start[v];

  *ret_weight = n > 0 ? n : 0.1;
  if (n == 0)
    return self->center[v];

  for (guint i = 0; i < n; i++)
    scratch[i] = self->center[side->items[side->start[v] + i]];
  runnel_sort (scratch, n, sizeof (double), _runnel_compare_double);

  if (v >= self->n_steps && side->items[side->start[v]] >= self->n_steps)
    *ret_weight = 8;

  return (scratch[(n - 1) / 2] + scratch[n / 2]) / 2;
}

typedef struct
{
  double value;
  double weight;
  guint count;
} Block;

/* Moves a column's vertices as near to their wishes as the order and their sizes allow: isotonic
 * regression by pooling adjacent violators (Ayer et al. 1955), with the room between neighbours
 * taken out beforehand and put back after. */
static void
part_place_layer (RunnelPart             *self,
                  guint                   layer,
                  const RunnelNeighbours *side,
                  Block                  *blocks,
                  double                 *scratch)
{
  guint start = self->layer_start[layer];
  guint end = self->layer_start[layer + 1];
  guint n_blocks = 0;
  double offset = 0;

  for (guint m = start; m < end; m++)
    {
      guint v = self->members[m];
      Block block = { .count = 1 };

      if (m > start)
        offset += (self->room[self->members[m - 1]] + self->room[v]) / 2;
      block.value = part_wish (self, v, side, scratch, &block.weight) - offset;

      while (n_blocks > 0 && blocks[n_blocks - 1].value >= block.value)
        {
          const Block *last = &blocks[--n_blocks];
          double weight = last->weight + block.weight;

          block.value = (last->value * last->weight + block.value * block.weight) / weight;
          block.weight = weight;
          block.count += last->count;
        }
      blocks[n_blocks++] = block;
    }

  offset = 0;
  for (guint b = 0, m = start; b < n_blocks; b++)
    for (guint i = 0; i < blocks[b].count; i++, m++)
      {
        guint v = self->members[m];

        if (m > start)
          offset += (self->room[self->members[m - 1]] + self->room[v]) / 2;
        self->center[v] = blocks[b].value + offset;
      }
}

void
_runnel_part_place (RunnelPart *self)
{
  g_autofree Block *blocks = g_new (Block, self->n_vertices);
  g_autofree double *scratch = g_new (double, self->links->len + 1);

  for (guint layer = 0; layer < self->n_layers; layer++)
    {
      double y = 0;

      for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
        y += self->room[self->members[m]];

      y = -y / 2;
      for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
        {
          guint v = self->members[m];

          self->center[v] = y + self->room[v] / 2;
          y += self->room[v];
        }
    }

  for (guint sweep = 0; sweep < PLACE_SWEEPS; sweep++)
    {
      for (guint i = self->n_layers; i-- > 0;)
        part_place_layer (self, i, &self->after, blocks, scratch);
      for (guint i = 0; i < self->n_layers; i++)
        part_place_layer (self, i, &self->before, blocks, scratch);
    }
}
