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
#include <string.h>

#include "designer/canvas/runnel-arrange.h"

#define GRID 8.0
#define ORDER_SWEEPS 12
#define PLACE_SWEEPS 4 /* to and fro */
#define BENDS_PER_STEP 6 /* long links beyond this budget don't reserve a lane */

/* Neighbours of every vertex, one after the other. */
typedef struct
{
  guint *start; /* n_vertices + 1 */
  guint *items;
} Neighbours;

/* One connected part. Vertices are its steps and, after them, the bends: places where a link that
 * is longer than one column passes a column. */
typedef struct
{
  guint n_steps;
  guint n_vertices;
  guint n_layers;
  GArray *links;     /* RunnelArrangeLink, from a lower to a higher layer */
  GArray *layer_of;  /* guint per vertex */
  guint *members;    /* vertices by layer and position */
  guint *layer_start;
  guint *position;   /* of each vertex in its layer */
  double *room;      /* vertical room of each vertex, gap included */
  double *center;    /* of each vertex, vertically */
  Neighbours before;
  Neighbours after;
} Part;

static Neighbours
neighbours_new (guint         n_vertices,
                const GArray *links,
                gboolean      forward)
{
  Neighbours self = { g_new0 (guint, n_vertices + 1), g_new (guint, links->len + 1) };
  g_autofree guint *fill = NULL;

  for (guint i = 0; i < links->len; i++)
    {
      const RunnelArrangeLink *link = &g_array_index (links, RunnelArrangeLink, i);

      self.start[(forward ? link->from : link->to) + 1]++;
    }

  for (guint v = 0; v < n_vertices; v++)
    self.start[v + 1] += self.start[v];

  fill = g_memdup2 (self.start, sizeof (guint) * (n_vertices + 1));
  for (guint i = 0; i < links->len; i++)
    {
      const RunnelArrangeLink *link = &g_array_index (links, RunnelArrangeLink, i);

      if (forward)
        self.items[fill[link->from]++] = link->to;
      else
        self.items[fill[link->to]++] = link->from;
    }

  return self;
}

static void
neighbours_clear (Neighbours *self)
{
  g_clear_pointer (&self->start, g_free);
  g_clear_pointer (&self->items, g_free);
}

/* Gives each step a number such that a link from a later to an earlier number closes a cycle:
 * the reverse of the order in which a depth-first walk leaves the steps. */
static guint *
rank_steps (guint             n_steps,
            const Neighbours *after)
{
  guint *rank = g_new (guint, n_steps);
  g_autofree guint *next = g_memdup2 (after->start, sizeof (guint) * n_steps);
  g_autofree gboolean *seen = g_new0 (gboolean, n_steps);
  g_autofree guint *stack = g_new (guint, n_steps);
  guint left = n_steps;

  for (guint root = n_steps; root-- > 0;)
    {
      guint depth = 0;

      if (seen[root])
        continue;

      seen[root] = TRUE;
      stack[depth++] = root;

      while (depth > 0)
        {
          guint v = stack[depth - 1];

          if (next[v] == after->start[v + 1])
            {
              rank[v] = --left;
              depth--;
            }
          else
            {
              guint child = after->items[next[v]++];

              if (!seen[child])
                {
                  seen[child] = TRUE;
                  stack[depth++] = child;
                }
            }
        }
    }

  return rank;
}

/* Turns round every link that closes a cycle, so that the rest may rely on there being none.
 * Returns the steps in topological order. */
static guint *
part_orient (Part *self)
{
  Neighbours after = neighbours_new (self->n_steps, self->links, TRUE);
  g_autofree guint *rank = rank_steps (self->n_steps, &after);
  guint *order = g_new (guint, self->n_steps);

  for (guint i = 0; i < self->links->len; i++)
    {
      RunnelArrangeLink *link = &g_array_index (self->links, RunnelArrangeLink, i);

      if (rank[link->from] > rank[link->to])
        *link = (RunnelArrangeLink) { link->to, link->from };
    }

  for (guint v = 0; v < self->n_steps; v++)
    order[rank[v]] = v;

  neighbours_clear (&after);
  return order;
}

static guint
nearest_layer_after (const Neighbours *after,
                     const guint      *layer_of,
                     guint             v)
{
  guint nearest = G_MAXUINT;

  for (guint i = after->start[v]; i < after->start[v + 1]; i++)
    nearest = MIN (nearest, layer_of[after->items[i]]);

  return nearest;
}

/* Longest path from a start; then the starts move right, next to what needs them. */
static void
part_assign_layers (Part        *self,
                    const guint *order)
{
  Neighbours after = neighbours_new (self->n_steps, self->links, TRUE);
  Neighbours before = neighbours_new (self->n_steps, self->links, FALSE);
  guint *layer_of;

  g_array_set_size (self->layer_of, self->n_steps);
  layer_of = (guint *) self->layer_of->data;
  memset (layer_of, 0, sizeof (guint) * self->n_steps);

  for (guint i = 0; i < self->n_steps; i++)
    {
      guint v = order[i];

      self->n_layers = MAX (self->n_layers, layer_of[v] + 1);
      for (guint k = after.start[v]; k < after.start[v + 1]; k++)
        layer_of[after.items[k]] = MAX (layer_of[after.items[k]], layer_of[v] + 1);
    }

  for (guint v = 0; v < self->n_steps; v++)
    {
      gboolean is_start = before.start[v] == before.start[v + 1];

      if (is_start && after.start[v] != after.start[v + 1])
        layer_of[v] = nearest_layer_after (&after, layer_of, v) - 1;
    }

  neighbours_clear (&after);
  neighbours_clear (&before);
}

/* Replaces a link over several columns by links from column to column, so that ordering and
 * placing keep a lane free for it. */
static void
part_add_bends (Part *self)
{
  g_autoptr(GArray) whole = g_steal_pointer (&self->links);
  gsize budget = (gsize) BENDS_PER_STEP * self->n_steps + 64;

  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink));
  self->n_vertices = self->n_steps;

  for (guint i = 0; i < whole->len; i++)
    {
      RunnelArrangeLink link = g_array_index (whole, RunnelArrangeLink, i);
      guint layer = g_array_index (self->layer_of, guint, link.from) + 1;
      guint last = g_array_index (self->layer_of, guint, link.to);
      guint to = link.to;

      if (last - layer > budget)
        continue;

      budget -= last - layer;
      for (; layer < last; layer++)
        {
          link.to = self->n_vertices++;
          g_array_append_val (self->layer_of, layer);
          g_array_append_val (self->links, link);
          link.from = link.to;
        }
      link.to = to;
      g_array_append_val (self->links, link);
    }
}

static void
part_prepare (Part                       *self,
              const RunnelArrangeMetrics *metrics)
{
  const guint *layer_of = (const guint *) self->layer_of->data;
  g_autofree guint *fill = NULL;

  self->layer_start = g_new0 (guint, self->n_layers + 1);
  self->members = g_new (guint, self->n_vertices);
  self->position = g_new (guint, self->n_vertices);
  self->room = g_new (double, self->n_vertices);
  self->center = g_new (double, self->n_vertices);
  self->after = neighbours_new (self->n_vertices, self->links, TRUE);
  self->before = neighbours_new (self->n_vertices, self->links, FALSE);

  for (guint v = 0; v < self->n_vertices; v++)
    {
      self->layer_start[layer_of[v] + 1]++;
      self->room[v] = v < self->n_steps ? metrics->height + metrics->row_gap : metrics->row_gap;
    }

  for (guint layer = 0; layer < self->n_layers; layer++)
    self->layer_start[layer + 1] += self->layer_start[layer];

  fill = g_memdup2 (self->layer_start, sizeof (guint) * (self->n_layers + 1));
  for (guint v = 0; v < self->n_vertices; v++)
    {
      self->position[v] = fill[layer_of[v]] - self->layer_start[layer_of[v]];
      self->members[fill[layer_of[v]]++] = v;
    }
}

typedef struct
{
  guint vertex;
  guint position;
  double key;
} Sortable;

static int
compare_sortable (gconstpointer a,
                  gconstpointer b)
{
  const Sortable *left = a;
  const Sortable *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;

  return left->position < right->position ? -1 : 1;
}

/* The mean place of a vertex's neighbours as a share of their column; its own place when it has
 * none, so that it stays where it is. */
static double
part_barycentre (Part             *self,
                 const Neighbours *neighbours,
                 guint             v,
                 double            size,
                 double            neighbour_size)
{
  guint first = neighbours->start[v];
  guint end = neighbours->start[v + 1];
  double sum = 0;

  if (first == end)
    return (self->position[v] + 0.5) / size;

  for (guint i = first; i < end; i++)
    sum += self->position[neighbours->items[i]] + 0.5;

  return sum / (end - first) / neighbour_size;
}

static void
part_sort_layer (Part     *self,
                 guint     layer,
                 gboolean  forward,
                 Sortable *scratch)
{
  const Neighbours *neighbours = forward ? &self->before : &self->after;
  guint other = forward ? layer - 1 : layer + 1;
  guint start = self->layer_start[layer];
  guint size = self->layer_start[layer + 1] - start;
  double other_size = self->layer_start[other + 1] - self->layer_start[other];

  for (guint i = 0; i < size; i++)
    {
      guint v = self->members[start + i];

      scratch[i].vertex = v;
      scratch[i].position = i;
      scratch[i].key = part_barycentre (self, neighbours, v, size, other_size);
    }

  qsort (scratch, size, sizeof (Sortable), compare_sortable);

  for (guint i = 0; i < size; i++)
    {
      self->members[start + i] = scratch[i].vertex;
      self->position[scratch[i].vertex] = i;
    }
}

static int
compare_guint (gconstpointer a,
               gconstpointer b)
{
  const guint *left = a;
  const guint *right = b;

  return (*left > *right) - (*left < *right);
}

/* Crossings between a column and the next: the inversions among the ends of the links taken in
 * the order of their starts, counted with a binary indexed tree (Barth, Mutzel, Jünger 2004). */
static guint64
part_count_crossings_after (Part  *self,
                            guint  layer,
                            guint *tree,
                            guint *ends)
{
  guint size = self->layer_start[layer + 2] - self->layer_start[layer + 1];
  guint64 crossings = 0;
  guint seen = 0;

  memset (tree, 0, sizeof (guint) * (size + 1));

  for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
    {
      guint v = self->members[m];
      guint n_ends = 0;

      for (guint i = self->after.start[v]; i < self->after.start[v + 1]; i++)
        ends[n_ends++] = self->position[self->after.items[i]] + 1;
      qsort (ends, n_ends, sizeof (guint), compare_guint);

      for (guint i = 0; i < n_ends; i++)
        {
          guint not_below = 0;

          for (guint k = ends[i]; k > 0; k &= k - 1)
            not_below += tree[k];
          crossings += seen - not_below;
        }

      for (guint i = 0; i < n_ends; i++, seen++)
        for (guint k = ends[i]; k <= size; k += k & -k)
          tree[k]++;
    }

  return crossings;
}

static guint64
part_count_crossings (Part *self)
{
  g_autofree guint *tree = g_new (guint, self->n_vertices + 2);
  g_autofree guint *ends = g_new (guint, self->links->len + 1);
  guint64 crossings = 0;

  for (guint layer = 0; layer + 1 < self->n_layers; layer++)
    crossings += part_count_crossings_after (self, layer, tree, ends);

  return crossings;
}

static void
part_sweep_order (Part     *self,
                  gboolean  forward,
                  Sortable *scratch)
{
  if (forward)
    {
      for (guint layer = 1; layer < self->n_layers; layer++)
        part_sort_layer (self, layer, TRUE, scratch);
    }
  else
    {
      for (guint layer = self->n_layers - 1; layer-- > 0;)
        part_sort_layer (self, layer, FALSE, scratch);
    }
}

/* Sweeps to and fro and keeps the order with the fewest crossings seen. */
static void
part_order (Part *self)
{
  gsize size = sizeof (guint) * self->n_vertices;
  g_autofree guint *best = g_memdup2 (self->members, size);
  g_autofree Sortable *scratch = g_new (Sortable, self->n_vertices);
  guint64 fewest = part_count_crossings (self);

  for (guint sweep = 0; sweep < ORDER_SWEEPS && fewest > 0; sweep++)
    {
      guint64 crossings;

      part_sweep_order (self, sweep % 2 == 0, scratch);
      crossings = part_count_crossings (self);
      if (crossings < fewest)
        {
          fewest = crossings;
          memcpy (best, self->members, size);
        }
    }

  memcpy (self->members, best, size);
  for (guint layer = 0; layer < self->n_layers; layer++)
    for (guint m = self->layer_start[layer]; m < self->layer_start[layer + 1]; m++)
      self->position[self->members[m]] = m - self->layer_start[layer];
}

static int
compare_double (gconstpointer a,
                gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

/* Where a vertex would like to be: at the median of its neighbours on one side, which makes chains
 * straight; where it is when it has none. Bends insist on it, which makes long links straight. */
static double
part_wish (Part             *self,
           guint             v,
           const Neighbours *side,
           double           *scratch,
           double           *ret_weight)
{
  guint n = side->start[v + 1] - side->start[v];

  *ret_weight = n > 0 ? n : 0.1;
  if (n == 0)
    return self->center[v];

  for (guint i = 0; i < n; i++)
    scratch[i] = self->center[side->items[side->start[v] + i]];
  qsort (scratch, n, sizeof (double), compare_double);

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
part_place_layer (Part             *self,
                  guint             layer,
                  const Neighbours *side,
                  Block            *blocks,
                  double           *scratch)
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

static void
part_place (Part *self)
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

static double
snap (double value)
{
  return round (value / GRID) * GRID;
}

/* Writes the steps' points, the top of the part at `y`, and returns the height of the part.
 * Snapping keeps cards apart because it keeps order and their room is whole grid steps. */
static double
part_write (Part                       *self,
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

static void
part_clear (Part *self)
{
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->layer_of, g_array_unref);
  g_clear_pointer (&self->members, g_free);
  g_clear_pointer (&self->layer_start, g_free);
  g_clear_pointer (&self->position, g_free);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->center, g_free);
  neighbours_clear (&self->before);
  neighbours_clear (&self->after);
}

static double
arrange_part (guint                       n_steps,
              const guint                *step_of,
              GArray                     *links,
              const RunnelArrangeMetrics *metrics,
              double                      y,
              RunnelPoint                *points)
{
  Part part = { .n_steps = n_steps, .links = g_array_ref (links) };
  g_autofree guint *order = NULL;
  double height;

  part.layer_of = g_array_new (FALSE, FALSE, sizeof (guint));
  order = part_orient (&part);
  part_assign_layers (&part, order);
  part_add_bends (&part);
  part_prepare (&part, metrics);
  part_order (&part);
  part_place (&part);
  height = part_write (&part, step_of, metrics, y, points);
  part_clear (&part);

  return height;
}

static guint
find_root (guint *parent,
           guint  v)
{
  while (parent[v] != v)
    {
      parent[v] = parent[parent[v]];
      v = parent[v];
    }

  return v;
}

/* The parts of a graph: steps grouped by the first step of their part, in order of the file. */
typedef struct
{
  guint n_parts;
  guint *part_of;   /* of each step */
  guint *local;     /* index of each step in its part */
  GPtrArray *steps; /* GArray of guint per part */
  GPtrArray *links; /* GArray of RunnelArrangeLink per part, in local indices */
} Parts;

static void
parts_init (Parts                   *self,
            guint                    n_steps,
            const RunnelArrangeLink *links,
            guint                    n_links)
{
  g_autofree guint *parent = g_new (guint, n_steps);

  self->part_of = g_new (guint, n_steps);
  self->local = g_new (guint, n_steps);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint v = 0; v < n_steps; v++)
    parent[v] = v;

  for (guint i = 0; i < n_links; i++)
    {
      guint a = find_root (parent, links[i].from);
      guint b = find_root (parent, links[i].to);

      parent[MAX (a, b)] = MIN (a, b);
    }

  for (guint v = 0; v < n_steps; v++)
    {
      guint root = find_root (parent, v);
      GArray *steps;

      if (root == v)
        {
          self->part_of[v] = self->n_parts++;
          g_ptr_array_add (self->steps, g_array_new (FALSE, FALSE, sizeof (guint)));
          g_ptr_array_add (self->links, g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink)));
        }

      self->part_of[v] = self->part_of[root];
      steps = g_ptr_array_index (self->steps, self->part_of[v]);
      self->local[v] = steps->len;
      g_array_append_val (steps, v);
    }

  for (guint i = 0; i < n_links; i++)
    {
      RunnelArrangeLink link = { self->local[links[i].from], self->local[links[i].to] };

      if (link.from != link.to)
        g_array_append_val ((GArray *) g_ptr_array_index (self->links,
                                                          self->part_of[links[i].from]), link);
    }
}

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->part_of, g_free);
  g_clear_pointer (&self->local, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
}

/* Steps that nothing connects go below the rest, as a block about as wide as high. */
static void
arrange_loose (Parts                      *parts,
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
  Parts parts = { 0 };
  double y = 0;

  g_return_if_fail (metrics != NULL);
  g_return_if_fail (n_steps == 0 || ret_points != NULL);
  g_return_if_fail (n_links == 0 || links != NULL);

  parts_init (&parts, n_steps, links, n_links);

  for (guint p = 0; p < parts.n_parts; p++)
    {
      const GArray *steps = g_ptr_array_index (parts.steps, p);

      if (steps->len > 1)
        y += arrange_part (steps->len, (const guint *) steps->data,
                           g_ptr_array_index (parts.links, p), metrics, y, ret_points)
             + metrics->row_gap;
    }

  arrange_loose (&parts, metrics, snap (y), ret_points);
  parts_clear (&parts);
}
