/* runnel-arrange.c: where the steps of a graph go so that it reads in one direction
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layered method of Sugiyama, Tagawa and Toda ("Methods for visual understanding of
 * hierarchical system structures", 1981), each stage in its fastest useful form: links that close
 * a cycle are turned round, layers are longest paths, the order inside a layer comes from
 * barycentre sweeps, and the places from least squares under the order ("pool adjacent
 * violators"), which can't overlap by construction. Parts that no link connects are laid out each
 * on its own and stacked.
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-arrange-private.h"
#include "layout/runnel-measures.h"
#include "util/runnel-sort.h"

#define LOOSE_IN_ROW 4 /* at least, where links go down */

static double
snap (double value)
{
  return round (value / RUNNEL_SNAP) * RUNNEL_SNAP + 0.0 /* and no -0 */;
}

double
_runnel_graph_get_along (const RunnelArrangeGraph *graph,
                         guint                     step)
{
  const RunnelArrangeSize *size = &graph->sizes[step];

  return graph->direction == RUNNEL_DIRECTION_DOWN ? size->height : size->width;
}

double
_runnel_graph_get_across (const RunnelArrangeGraph *graph,
                          guint                     step)
{
  const RunnelArrangeSize *size = &graph->sizes[step];

  return graph->direction == RUNNEL_DIRECTION_DOWN ? size->width : size->height;
}

/* Where the middle of a step was across the direction, NAN when it was nowhere. */
double
_runnel_graph_get_hint (const RunnelArrangeGraph *graph,
                        guint                     step)
{
  const RunnelPoint *before = graph->before != NULL ? &graph->before[step] : NULL;

  if (before == NULL)
    return NAN;

  return (graph->direction == RUNNEL_DIRECTION_DOWN ? before->x : before->y)
         + _runnel_graph_get_across (graph, step) / 2;
}

/* Between steps of one layer. */
double
_runnel_graph_get_gap (const RunnelArrangeGraph *graph)
{
  return graph->direction == RUNNEL_DIRECTION_DOWN ? RUNNEL_ROW_GAP_DOWN : RUNNEL_ROW_GAP;
}

static double
get_layer_gap (const RunnelArrangeGraph *graph)
{
  return graph->direction == RUNNEL_DIRECTION_DOWN ? RUNNEL_LAYER_GAP_DOWN : RUNNEL_COLUMN_GAP;
}

static RunnelPoint
make_point (const RunnelArrangeGraph *graph,
            double                    along,
            double                    across)
{
  return graph->direction == RUNNEL_DIRECTION_DOWN ? (RunnelPoint) { across, along }
                                                   : (RunnelPoint) { along, across };
}

/* Where each layer begins: after the largest step of the one before. */
static double *
make_layer_starts (RunnelPart *self)
{
  double *starts = g_new0 (double, self->n_layers + 1);

  for (guint v = 0; v < self->n_steps; v++)
    {
      double *next = &starts[g_array_index (self->layer_of, guint, v) + 1];

      *next = MAX (*next, _runnel_graph_get_along (self->graph, self->step_of[v]));
    }

  for (guint layer = 0; layer < self->n_layers; layer++)
    starts[layer + 1] += starts[layer] + get_layer_gap (self->graph);

  return starts;
}

/* Writes the steps' points, the first edge of the part at `across`, and returns the part's size.
 * Snapping keeps cards apart because it keeps order and their room is whole grid steps. */
static double
part_write (RunnelPart  *self,
            double       across,
            RunnelPoint *points)
{
  g_autofree double *starts = make_layer_starts (self);
  double first = G_MAXDOUBLE, last = -G_MAXDOUBLE;

  for (guint v = 0; v < self->n_steps; v++)
    {
      double half = _runnel_graph_get_across (self->graph, self->step_of[v]) / 2;

      first = MIN (first, self->center[v] - half);
      last = MAX (last, self->center[v] + half);
    }

  for (guint v = 0; v < self->n_steps; v++)
    {
      guint step = self->step_of[v];
      double edge = self->center[v] - _runnel_graph_get_across (self->graph, step) / 2;

      points[step] = make_point (self->graph, starts[g_array_index (self->layer_of, guint, v)],
                                 snap (across + edge - first));
    }

  return snap (last - first);
}

static double
arrange_part (const RunnelArrangeGraph *graph,
              const GArray             *steps,
              GArray                   *links,
              double                    across,
              RunnelPoint              *points,
              guint64                  *crossings)
{
  RunnelPart part = { .graph = graph, .step_of = (const guint *) steps->data,
                      .n_steps = steps->len, .links = g_array_ref (links) };
  double size;

  _runnel_part_layer (&part);
  _runnel_part_prepare (&part);
  *crossings += _runnel_part_order (&part);
  _runnel_part_place (&part);
  size = part_write (&part, across, points);
  _runnel_part_clear (&part);

  return size;
}

/* A single card that no link touches; a group of several is larger. */
static gboolean
is_loose (const RunnelArrangeGraph *graph,
          const GArray             *steps)
{
  const RunnelArrangeSize *size = &graph->sizes[g_array_index (steps, guint, 0)];

  return steps->len == 1 && size->width <= RUNNEL_NODE_WIDTH && size->height <= RUNNEL_NODE_HEIGHT;
}

/* Steps that nothing connects go beside the rest, as a block about as wide as high. */
static void
arrange_loose (const RunnelArrangeGraph *graph,
               const GArray             *loose,
               double                    across,
               RunnelPoint              *points)
{
  const double width = RUNNEL_NODE_WIDTH + RUNNEL_COLUMN_GAP;
  const double height = RUNNEL_NODE_HEIGHT + RUNNEL_ROW_GAP;
  const RunnelPoint origin = make_point (graph, 0, across);
  guint n_columns = MAX (1, (guint) ceil (sqrt (loose->len * height / width)));

  if (graph->direction == RUNNEL_DIRECTION_DOWN)
    n_columns = MAX (n_columns, LOOSE_IN_ROW);

  for (guint i = 0; i < loose->len; i++)
    points[g_array_index (loose, guint, i)] =
      (RunnelPoint) { origin.x + (i % n_columns) * width, origin.y + (i / n_columns) * height };
}

typedef struct
{
  guint part;
  double hint;
} PartPlace;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const PartPlace *left = a;
  const PartPlace *right = b;

  if (left->hint != right->hint)
    return left->hint < right->hint ? -1 : 1;

  return (left->part > right->part) - (left->part < right->part);
}

/* The parts in the order in which they were seen; those that were nowhere last, as in the file. */
static PartPlace *
sort_parts (const RunnelArrangeGraph *graph,
            const RunnelParts        *parts)
{
  PartPlace *places = g_new (PartPlace, parts->n_parts);

  for (guint p = 0; p < parts->n_parts; p++)
    places[p] = (PartPlace) { p, G_MAXDOUBLE };

  for (guint v = 0; v < graph->n_steps; v++)
    {
      double hint = _runnel_graph_get_hint (graph, v) - _runnel_graph_get_across (graph, v) / 2;
      PartPlace *place = &places[parts->part_of[v]];

      if (!isnan (hint))
        place->hint = MIN (place->hint, hint);
    }

  runnel_sort (places, parts->n_parts, sizeof (PartPlace), compare_places);
  return places;
}

/* Arranges a graph without regard to groups. Returns how often links cross. */
guint64
_runnel_arrange_flat (const RunnelArrangeGraph *graph,
                      RunnelPoint              *points)
{
  g_autoptr(GArray) loose = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree PartPlace *places = NULL;
  RunnelParts parts = { 0 };
  guint64 crossings = 0;
  double across = 0;

  _runnel_parts_init (&parts, graph);
  places = sort_parts (graph, &parts);

  for (guint i = 0; i < parts.n_parts; i++)
    {
      const GArray *steps = g_ptr_array_index (parts.steps, places[i].part);

      if (is_loose (graph, steps))
        g_array_append_val (loose, g_array_index (steps, guint, 0));
      else
        across += arrange_part (graph, steps, g_ptr_array_index (parts.links, places[i].part),
                                across, points, &crossings)
                  + _runnel_graph_get_gap (graph);
    }

  arrange_loose (graph, loose, snap (across), points);
  _runnel_parts_clear (&parts);

  return crossings;
}

/**
 * runnel_arrange_graph:
 * @graph: what is to be arranged
 * @ret_points: (out) (array length=n_steps): left upper corners in world units; the smallest of
 *   each coordinate is 0
 *
 * Places steps in layers so that links go in the graph's direction, cross little and pass few
 * cards. The members of a group stay together, with room for its frame and nobody else inside.
 * Where there is a choice, steps keep the order across the direction that they had before. The
 * result depends on nothing but the arguments. Once the graph's cancellable is cancelled it comes
 * sooner and is of less use.
 *
 * Returns: how often links cross, each part and each group looked at by itself
 */
guint64
runnel_arrange_graph (const RunnelArrangeGraph *graph,
                      RunnelPoint              *ret_points)
{
  g_return_val_if_fail (graph != NULL, 0);
  g_return_val_if_fail (graph->n_steps == 0 || (graph->sizes != NULL && ret_points != NULL), 0);
  g_return_val_if_fail (graph->n_links == 0 || graph->links != NULL, 0);

  if (graph->group_of != NULL && graph->n_groups > 0)
    return _runnel_arrange_grouped (graph, ret_points);

  return _runnel_arrange_flat (graph, ret_points);
}
