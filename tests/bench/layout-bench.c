/* layout-bench.c: what it costs to put steps in order, and what comes out, beside Graphviz
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Graphs in layers with 1.5 links a step, most to the layer before and one in ten over several.
 * Crossings are those of straight lines between the middles of the cards.
 */
#include "config.h"

#include <stdio.h>

#include "layout/runnel-graphviz.h"
#include "layout/runnel-measures.h"

#define WIDTH 25 /* steps a layer, about */
#define SECONDS 120

typedef struct
{
  RunnelArrangeGraph graph;
  RunnelArrangeSize *sizes;
  RunnelArrangeLink *links;
  RunnelPoint *points;
} Case;

/* The step that a link to `to` comes from: in the layer before, near; or some layers before. */
static guint
choose_start (GRand *rand,
              guint  to)
{
  guint layers = g_rand_int_range (rand, 0, 10) == 0 ? g_rand_int_range (rand, 2, 5) : 1;
  int from = (int) to - (int) layers * WIDTH + g_rand_int_range (rand, -2, 3);

  return CLAMP (from, 0, (int) to - 1);
}

static void
case_init (Case  *self,
           guint  n_steps)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (n_steps);

  *self = (Case) { .sizes = g_new (RunnelArrangeSize, n_steps),
                   .links = g_new (RunnelArrangeLink, n_steps * 2),
                   .points = g_new (RunnelPoint, n_steps) };
  self->graph = (RunnelArrangeGraph) { .n_steps = n_steps, .sizes = self->sizes,
                                       .links = self->links };

  for (guint i = 0; i < n_steps; i++)
    {
      self->sizes[i] = (RunnelArrangeSize) { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT };
      for (guint k = 0; i >= WIDTH && k < 1 + i % 2; k++)
        self->links[self->graph.n_links++] = (RunnelArrangeLink) { choose_start (rand, i), i };
    }
}

static void
case_clear (Case *self)
{
  g_free (self->sizes);
  g_free (self->links);
  g_free (self->points);
}

/* On which side of the line from a to b the point c is. */
static int
get_side (RunnelPoint a,
          RunnelPoint b,
          RunnelPoint c)
{
  double side = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

  return (side > 0) - (side < 0);
}

static guint
count_crossings (const Case *self)
{
  const RunnelPoint *points = self->points;
  guint crossings = 0;

  for (guint i = 0; i < self->graph.n_links; i++)
    for (guint k = 0; k < i; k++)
      {
        RunnelPoint a = points[self->links[i].from], b = points[self->links[i].to];
        RunnelPoint c = points[self->links[k].from], d = points[self->links[k].to];

        crossings += get_side (a, b, c) * get_side (a, b, d) < 0
                     && get_side (c, d, a) * get_side (c, d, b) < 0;
      }

  return crossings;
}

static double
measure (Case *self)
{
  gint64 start = g_get_monotonic_time ();

  runnel_arrange_graph (&self->graph, self->points);
  return (g_get_monotonic_time () - start) / 1000.0;
}

/* Returns milliseconds, or a negative number when there is no Graphviz. */
static double
measure_graphviz (Case *self)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;

  if (runnel_graphviz_arrange (&self->graph, SECONDS, self->points, &error))
    return (g_get_monotonic_time () - start) / 1000.0;

  fprintf (stderr, "without Graphviz: %s\n", error->message);
  return -1;
}

static void
measure_size (guint    n_steps,
              GString *json)
{
  Case self;
  double time, other = -1;
  guint crossings = 0, other_crossings = 0;

  case_init (&self, n_steps);
  time = measure (&self);
  if (n_steps <= 1000)
    {
      crossings = count_crossings (&self);
      other = measure_graphviz (&self);
      other_crossings = count_crossings (&self);
    }

  printf ("%7u steps, %6u links: %9.1f ms", n_steps, self.graph.n_links, time);
  g_string_append_printf (json, ", \"ms_%u\": %.1f", n_steps, time);
  if (other >= 0)
    {
      printf (", %u crossings; dot %.1f ms (%.0f times), %u crossings", crossings, other,
              other / time, other_crossings);
      g_string_append_printf (json, ", \"crossings_%u\": %u, \"dot_ms_%u\": %.1f, "
                              "\"dot_crossings_%u\": %u", n_steps, crossings, n_steps, other,
                              n_steps, other_crossings);
    }
  printf ("\n");
  case_clear (&self);
}

int
main (int    argc,
      char **argv)
{
  const guint sizes[] = { 100, 300, 1000, 10000, 50000 };
  g_autoptr(GString) json = g_string_new ("{\"benchmark\": \"layout\"");

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    measure_size (sizes[i], json);

  printf ("%s}\n", json->str);
  return 0;
}
