/* runnel-tidy-arrange.c: arranging until nothing moves any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture that is arranged is the start for arranging it again, with other seeds and so maybe
 * with other crossings. What comes out depends on nothing but what goes in, so sooner or later the
 * pictures repeat. The best of those that repeat is the answer, and the answer to itself: whoever
 * tidies twice sees nothing move the second time.
 */
#include "config.h"

#include <string.h>

#include "layout/runnel-graphviz.h"
#include "layout/runnel-measures.h"
#include "layout/runnel-tidy-private.h"

#define MAX_ROUNDS 64
#define MAX_STEPS 1000     /* more than these are arranged once */
#define GRAPHVIZ_SECONDS 5 /* that its advice may take */

typedef struct
{
  RunnelPoint *points;
  guint64 crossings;
} Picture;

static void
picture_clear (Picture *self)
{
  g_free (self->points);
}

/* Where an equal picture is, or the number of pictures. */
static guint
find_equal (const GArray *pictures,
            const Picture *picture,
            gsize          size)
{
  guint i;

  for (i = 0; i < pictures->len; i++)
    if (memcmp (g_array_index (pictures, Picture, i).points, picture->points, size) == 0)
      break;

  return i;
}

/* The fewest crossings decide, and else anything that doesn't depend on where one began. */
static gboolean
is_better (const Picture *a,
           const Picture *b,
           gsize          size)
{
  if (a->crossings != b->crossings)
    return a->crossings < b->crossings;

  return memcmp (a->points, b->points, size) < 0;
}

/* Returns: where the best picture is, from `first` on */
static guint
find_best (const GArray *pictures,
           guint         first,
           gsize         size)
{
  guint best = first;

  for (guint i = first + 1; i < pictures->len; i++)
    if (is_better (&g_array_index (pictures, Picture, i), &g_array_index (pictures, Picture, best),
                   size))
      best = i;

  return best;
}

static Picture
arrange_until_repeated (RunnelArrangeGraph *graph,
                        guint               n_rounds)
{
  g_autoptr(GArray) pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  gsize size = sizeof (RunnelPoint) * graph->n_steps;
  guint first = 0;
  Picture best;

  g_array_set_clear_func (pictures, (GDestroyNotify) picture_clear);

  for (guint round = 0; round < n_rounds; round++)
    {
      Picture picture = { g_new0 (RunnelPoint, MAX (1, graph->n_steps)), 0 };
      guint equal;

      picture.crossings = runnel_arrange_graph (graph, picture.points);
      equal = find_equal (pictures, &picture, size);
      if (equal < pictures->len)
        {
          picture_clear (&picture);
          first = equal;
          break;
        }

      g_array_append_val (pictures, picture);
      graph->before = picture.points;
      if (g_cancellable_is_cancelled (graph->cancellable))
        break;
    }

  best = g_array_index (pictures, Picture, find_best (pictures, first, size));
  best.points = g_memdup2 (best.points, MAX (size, 1));

  return best;
}

/* Another order, where Graphviz knows one in which links cross less; whether it is there or not,
 * and whatever goes wrong with it, is no news. */
static void
take_advice (RunnelArrangeGraph *graph,
             Picture            *picture)
{
  g_autofree RunnelPoint *advice = g_new (RunnelPoint, graph->n_steps);
  Picture other;

  graph->before = picture->points;
  if (!runnel_graphviz_arrange (graph, GRAPHVIZ_SECONDS, advice, NULL))
    return;

  graph->before = advice;
  other = arrange_until_repeated (graph, MAX_ROUNDS);
  if (other.crossings < picture->crossings)
    {
      picture_clear (picture);
      *picture = other;
    }
  else
    {
      picture_clear (&other);
    }
}

/* Returns: (transfer full) (array): a place for each step, the smallest of each coordinate 0 */
RunnelPoint *
_runnel_tidy_arrange (RunnelTidy       *self,
                      RunnelTidyEffort  effort,
                      GCancellable     *cancellable)
{
  guint n_steps = self->ids->len;
  g_autofree RunnelArrangeSize *sizes = g_new (RunnelArrangeSize, MAX (1, n_steps));
  RunnelArrangeGraph graph = {
    .n_steps = n_steps,
    .sizes = sizes,
    .before = (const RunnelPoint *) self->before->data,
    .group_of = self->group_of,
    .n_groups = self->n_groups,
    .links = (const RunnelArrangeLink *) self->links->data,
    .n_links = self->links->len,
    .direction = self->direction,
    .cancellable = cancellable,
  };
  Picture picture;

  for (guint i = 0; i < n_steps; i++)
    sizes[i] = (RunnelArrangeSize) { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT };

  if (effort == RUNNEL_TIDY_QUICK || n_steps > MAX_STEPS)
    return arrange_until_repeated (&graph, 1).points;

  picture = arrange_until_repeated (&graph, MAX_ROUNDS);
  if (effort == RUNNEL_TIDY_ADVISED && picture.crossings > 0)
    take_advice (&graph, &picture);

  return picture.points;
}
