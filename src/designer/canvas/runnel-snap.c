/* runnel-snap.c: where a card falls in with its neighbours
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only cards in the bands that the card itself covers are looked at, and not far: these are few,
 * however many steps there are. Selected ones are those that move, and no neighbours.
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-snap.h"

#define REACH 1200.f /* world units to each side */
#define EXACT 0.5    /* world units that are no difference */

/* A card along one axis; the same search goes along both. */
typedef struct
{
  double start;
  double end;
  double line; /* where it is across the axis: its edge */
} Span;

static Span
make_span (const RunnelBox *box,
           gboolean         in_row)
{
  return in_row ? (Span) { box->x0, box->x1, box->y0 } : (Span) { box->y0, box->y1, box->x0 };
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *left = a;
  const Span *right = b;

  return (left->start > right->start) - (left->start < right->start);
}

/* The other cards in the row or column of a card, in order (Span). */
static GArray *
list_neighbours (RunnelScene     *scene,
                 const RunnelBox *card,
                 double           tolerance,
                 gboolean         in_row)
{
  const float along = REACH, across = tolerance;
  const RunnelBox band = { card->x0 - (in_row ? along : across), card->y0 - (in_row ? across : along),
                           card->x1 + (in_row ? along : across), card->y1 + (in_row ? across : along) };
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));

  runnel_pick_nodes_in (scene, &band, nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      RunnelBox box;
      Span span;

      if (runnel_scene_get_node_flags (scene, node) & RUNNEL_NODE_SELECTED)
        continue;

      runnel_scene_get_node_box (scene, node, &box);
      span = make_span (&box, in_row);
      g_array_append_val (spans, span);
    }

  g_array_sort (spans, compare_spans);
  return spans;
}

static double
get_gap (const Span *before,
         const Span *after)
{
  return after->start - before->end;
}

/* Looks at one way of being at equal distances; takes it when it is nearer than what was found. */
static void
try_start (double  start,
           double  own,
           double  tolerance,
           double *shift)
{
  double way = start - own;

  if (fabs (way) <= tolerance && (isnan (*shift) || fabs (way) < fabs (*shift)))
    *shift = way;
}

/* How far to go along a row for equal distances: in the middle between two neighbours, or beyond
 * the last of two as far as these are apart. NAN = there is no such place near. */
static double
find_equal_gap (const GArray *row,
                const Span   *own,
                double        tolerance)
{
  double length = own->end - own->start;
  double shift = NAN;
  guint after = 0;

  while (after < row->len && g_array_index (row, Span, after).start < own->start)
    after++;

  if (after >= 2)
    {
      const Span *last = &g_array_index (row, Span, after - 1);

      try_start (last->end + get_gap (last - 1, last), own->start, tolerance, &shift);
    }
  if (after + 1 < row->len)
    {
      const Span *first = &g_array_index (row, Span, after);

      try_start (first->start - get_gap (first, first + 1) - length, own->start, tolerance, &shift);
    }
  if (after > 0 && after < row->len)
    {
      const Span *before = &g_array_index (row, Span, after - 1);

      try_start ((before->end + before[1].start - length) / 2, own->start, tolerance, &shift);
    }

  return shift;
}

/* How far to go across the row to be in line with the nearest of it. NAN = none is near. */
static double
find_line (const GArray *row,
           const Span   *own,
           double        tolerance)
{
  double shift = NAN;

  for (guint i = 0; i < row->len; i++)
    try_start (g_array_index (row, Span, i).line, own->line, tolerance, &shift);

  return shift;
}

/* Leaves in a row only what is in line with the card. */
static void
keep_in_line (GArray     *row,
              const Span *own)
{
  for (guint i = row->len; i-- > 0;)
    if (fabs (g_array_index (row, Span, i).line - own->line) > EXACT)
      g_array_remove_index (row, i);
}

/* The gaps in a row between the card and its neighbours before and after it (Span).
 * Returns: how many there are */
static guint
list_gaps (const GArray *row,
           const Span   *own,
           Span          ret_gaps[2])
{
  const Span *before = NULL;
  const Span *after = NULL;
  guint n_gaps = 0;

  for (guint i = 0; i < row->len; i++)
    {
      const Span *span = &g_array_index (row, Span, i);

      if (span->end <= own->start)
        before = span;
      else if (span->start >= own->end && after == NULL)
        after = span;
    }

  if (before != NULL)
    ret_gaps[n_gaps++] = (Span) { before->end, own->start, own->line };
  if (after != NULL)
    ret_gaps[n_gaps++] = (Span) { own->end, after->start, own->line };

  return n_gaps;
}

/**
 * runnel_snap_find:
 * @scene: a scene; its selected nodes are passed over
 * @card: where a card is, in world units
 * @tolerance: how far it may be moved in each direction
 * @ret_dx: (out): how far to move it, NAN = there is nothing to fall in with in this direction
 * @ret_dy: (out): the same
 *
 * Looks for neighbours with which a card would be in line, or else at equal distances, if it was
 * moved a little.
 */
void
runnel_snap_find (RunnelScene     *scene,
                  const RunnelBox *card,
                  double           tolerance,
                  double          *ret_dx,
                  double          *ret_dy)
{
  g_autoptr(GArray) row = NULL;
  g_autoptr(GArray) column = NULL;
  const Span in_row = make_span (card, TRUE), in_column = make_span (card, FALSE);
  double dx, dy;

  g_return_if_fail (scene != NULL && card != NULL && ret_dx != NULL && ret_dy != NULL);

  row = list_neighbours (scene, card, tolerance, TRUE);
  column = list_neighbours (scene, card, tolerance, FALSE);

  dx = find_line (column, &in_column, tolerance);
  if (isnan (dx))
    dx = find_equal_gap (row, &in_row, tolerance);
  dy = find_line (row, &in_row, tolerance);
  if (isnan (dy))
    dy = find_equal_gap (column, &in_column, tolerance);

  *ret_dx = dx;
  *ret_dy = dy;
}

/**
 * runnel_snap_list_guides:
 * @scene: a scene; its selected nodes are passed over
 * @card: where a card is, in world units
 * @ret_guides: (out): lines without breadth, in world units, from the middle of the card's edges to
 *   those of the neighbours with which it is in line
 *
 * Returns: how many lines there are
 */
guint
runnel_snap_list_guides (RunnelScene     *scene,
                         const RunnelBox *card,
                         RunnelBox        ret_guides[RUNNEL_SNAP_MAX_GUIDES])
{
  const Span in_row = make_span (card, TRUE), in_column = make_span (card, FALSE);
  g_autoptr(GArray) row = NULL;
  g_autoptr(GArray) column = NULL;
  Span gaps[2];
  guint n_guides = 0, n_gaps;

  g_return_val_if_fail (scene != NULL && card != NULL && ret_guides != NULL, 0);

  row = list_neighbours (scene, card, EXACT, TRUE);
  column = list_neighbours (scene, card, EXACT, FALSE);
  keep_in_line (row, &in_row);
  keep_in_line (column, &in_column);

  n_gaps = list_gaps (row, &in_row, gaps);
  for (guint i = 0; i < n_gaps; i++)
    ret_guides[n_guides++] = (RunnelBox) { gaps[i].start, (card->y0 + card->y1) / 2,
                                           gaps[i].end, (card->y0 + card->y1) / 2 };

  n_gaps = list_gaps (column, &in_column, gaps);
  for (guint i = 0; i < n_gaps; i++)
    ret_guides[n_guides++] = (RunnelBox) { (card->x0 + card->x1) / 2, gaps[i].start,
                                           (card->x0 + card->x1) / 2, gaps[i].end };

  return n_guides;
}
