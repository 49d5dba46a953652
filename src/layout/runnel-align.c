/* runnel-align.c: cards in a line, and at equal distances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-align.h"
#include "layout/runnel-measures.h"
#include "util/runnel-sort.h"

#define GAP RUNNEL_ROW_GAP /* between cards that would lie upon each other */

/* A point by the axis along which cards are put in order, and the other. */
typedef struct
{
  double along;
  double across;
  guint index;
} Place;

static double
snap (double value)
{
  return round (value / RUNNEL_SNAP) * RUNNEL_SNAP + 0.0 /* and no -0 */;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  if (left->along != right->along)
    return left->along < right->along ? -1 : 1;
  if (left->across != right->across)
    return left->across < right->across ? -1 : 1;

  return (left->index > right->index) - (left->index < right->index);
}

static Place *
sort_places (const RunnelPoint *points,
             guint              n_points,
             gboolean           vertically)
{
  Place *places = g_new (Place, n_points);

  for (guint i = 0; i < n_points; i++)
    places[i] = vertically ? (Place) { points[i].y, points[i].x, i }
                           : (Place) { points[i].x, points[i].y, i };

  runnel_sort (places, n_points, sizeof (Place), compare_places);
  return places;
}

static void
write_places (const Place *places,
              RunnelPoint *points,
              guint        n_points,
              gboolean     vertically)
{
  for (guint i = 0; i < n_points; i++)
    points[places[i].index] = vertically ? (RunnelPoint) { places[i].across, places[i].along }
                                         : (RunnelPoint) { places[i].along, places[i].across };
}

/* Moves cards on that lie upon the one before, or too near to it. */
static void
spread (Place    *places,
        guint     n_places,
        gboolean  vertically)
{
  double length = vertically ? RUNNEL_NODE_HEIGHT : RUNNEL_NODE_WIDTH;
  double breadth = vertically ? RUNNEL_NODE_WIDTH : RUNNEL_NODE_HEIGHT;

  for (guint i = 1; i < n_places; i++)
    if (fabs (places[i].across - places[i - 1].across) < breadth)
      places[i].along = MAX (places[i].along, places[i - 1].along + length + GAP);
}

/* The line on which all are put: cards are of one size, so edges and middles are the same to it. */
static double
get_line (RunnelAlignment  alignment,
          const Place     *places,
          guint            n_places)
{
  double first = G_MAXDOUBLE, last = -G_MAXDOUBLE;

  for (guint i = 0; i < n_places; i++)
    {
      first = MIN (first, places[i].across);
      last = MAX (last, places[i].across);
    }

  if (alignment == RUNNEL_ALIGN_LEFT || alignment == RUNNEL_ALIGN_TOP)
    return first;
  if (alignment == RUNNEL_ALIGN_RIGHT || alignment == RUNNEL_ALIGN_BOTTOM)
    return last;

  return snap ((first + last) / 2);
}

/**
 * runnel_align:
 * @alignment: what is to be in a line
 * @points: (inout) (array length=n_points): left upper corners of cards, in world units
 * @n_points: how many
 *
 * Puts cards in a line. Those that would lie upon each other then are moved apart along it, in the
 * order in which they were.
 */
void
runnel_align (RunnelAlignment  alignment,
              RunnelPoint     *points,
              guint            n_points)
{
  gboolean vertically = alignment <= RUNNEL_ALIGN_RIGHT;
  g_autofree Place *places = NULL;
  double line;

  g_return_if_fail (n_points == 0 || points != NULL);

  places = sort_places (points, n_points, vertically);
  line = get_line (alignment, places, n_points);
  for (guint i = 0; i < n_points; i++)
    places[i].across = line;

  spread (places, n_points, vertically);
  write_places (places, points, n_points, vertically);
}

/**
 * runnel_distribute:
 * @vertically: from top to bottom, else from left to right
 * @points: (inout) (array length=n_points): left upper corners of cards, in world units
 * @n_points: how many
 *
 * Makes the distances between neighbours equal. The first and the last stay where they are, unless
 * there is no room between them.
 */
void
runnel_distribute (gboolean     vertically,
                   RunnelPoint *points,
                   guint        n_points)
{
  g_autofree Place *places = NULL;
  double step;

  g_return_if_fail (n_points == 0 || points != NULL);

  if (n_points < 3)
    return;

  places = sort_places (points, n_points, vertically);
  step = (places[n_points - 1].along - places[0].along) / (n_points - 1);
  for (guint i = 1; i + 1 < n_points; i++)
    places[i].along = snap (places[0].along + i * step);

  spread (places, n_points, vertically);
  write_places (places, points, n_points, vertically);
}
