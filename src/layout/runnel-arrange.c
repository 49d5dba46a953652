/* runnel-arrange.c: where the steps of a graph go so that it reads from left to right
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layered method of Sugiyama, Tagawa and Toda ("Methods for visual understanding of
 * hierarchical system structures", 1981), each stage in its fastest useful form: links that close
 * a cycle are turned round, columns are longest paths, the order inside a column comes from
 * barycentre sweeps, and the heights from least squares under the order ("pool adjacent
 * violators"), which can't overlap by construction. Parts that no link connects are laid out each
 * on its own and stacked.
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-arrange-private.h"

#define GRID 8.0

static double
snap (double value)
{
  return round (value / GRID) * GRID;
}

/* Writes the steps' points, the top of the part at `y`, and returns the height of the part.
 * Snapping keeps cards apart because it keeps order and their room is whole grid steps. */
static double
part_write (RunnelPart                 *self,
            const guint                *step_of,
            const RunnelArrangeMetrics *metrics,
            double                      y,
            RunnelPoint                *points)
{
  double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint v = 0; v < self->n_steps; v++)
    {
      top = MIN (top, self->center[v]);
      bottom = MAX (bottom, self->center[v]);
    }

  for (guint v = 0; v < self->n_steps; v++)
    {
      guint layer = g_array_index (self->layer_of, guint, v);

      points[step_of[v]].x = layer * (metrics->width + metrics->column_gap);
      points[step_of[v]].y = snap (y + self->center[v] - top);
    }

  return snap (bottom - top) + metrics->height;
}

static double
arrange_part (guint                       n_steps,
              const guint                *step_of,
              GArray                     *links,
              const RunnelArrangeMetrics *metrics,
              double                      y,
              RunnelPoint                *points)
{
  RunnelPart part = { .n_steps = n_steps, .links = g_array_ref (links) };
  double height;

  _runnel_part_layer (&part);
  _runnel_part_prepare (&part, metrics);
  _runnel_part_order (&part);
  _runnel_part_place (&part);
  height = part_write (&part, step_of, metrics, y, points);
  _runnel_part_clear (&part);

  return height;
}

/* Steps that nothing connects go below the rest, as a block about as wide as high. */
static void
arrange_loose (RunnelParts                *parts,
               const RunnelArrangeMetrics *metrics,
               double                      y,
               RunnelPoint                *points)
{
  double column = metrics->width + metrics->column_gap;
  double row = metrics->height + metrics->row_gap;
  guint n_loose = 0;
  guint n_columns;
  guint i = 0;

  for (guint p = 0; p < parts->n_parts; p++)
    n_loose += ((GArray *) g_ptr_array_index (parts->steps, p))->len == 1;

  n_columns = MAX (1, (guint) ceil (sqrt (n_loose * row / column)));

  for (guint p = 0; p < parts->n_parts; p++)
    {
      const GArray *steps = g_ptr_array_index (parts->steps, p);

      if (steps->len == 1)
        {
          points[g_array_index (steps, guint, 0)] =
            (RunnelPoint) { (i % n_columns) * column, y + (i / n_columns) * row };
          i++;
        }
    }
}

/**
 * runnel_arrange_graph:
 * @n_steps: how many steps there are
 * @links: (array length=n_links): pairs of step indices; cycles, duplicates and links of a step
 *   with itself are allowed
 * @n_links: how many links there are
 * @metrics: sizes in world units; multiples of 8 keep the cards on the grid
 * @ret_points: (out) (array length=n_steps): top left corners, the first column at x = 0
 *
 * Places steps in columns from left to right so that links go to the right, cross little and pass
 * few cards. The result depends on nothing but the arguments.
 */
void
runnel_arrange_graph (guint                       n_steps,
                      const RunnelArrangeLink    *links,
                      guint                       n_links,
                      const RunnelArrangeMetrics *metrics,
                      RunnelPoint                *ret_points)
{
  RunnelParts parts = { 0 };
  double y = 0;

  g_return_if_fail (metrics != NULL);
  g_return_if_fail (n_steps == 0 || ret_points != NULL);
  g_return_if_fail (n_links == 0 || links != NULL);

  _runnel_parts_init (&parts, n_steps, links, n_links);

  for (guint p = 0; p < parts.n_parts; p++)
    {
      const GArray *steps = g_ptr_array_index (parts.steps, p);

      if (steps->len > 1)
        y += arrange_part (steps->len, (const guint *) steps->data,
                           g_ptr_array_index (parts.links, p), metrics, y, ret_points)
             + metrics->row_gap;
    }

  arrange_loose (&parts, metrics, snap (y), ret_points);
  _runnel_parts_clear (&parts);
}
