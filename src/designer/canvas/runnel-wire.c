/* runnel-wire.c: the way a link takes from port to port
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-wire.h"

#define MIN_REACH 28.f        /* the shortest straight-looking stub at a port */
#define MAX_REACH 90.f        /* the way back does not bulge more than this */
#define BACK_FROM 24.f        /* with less room to the right, the wire goes round */
#define TURN_REACH 0.66f      /* control points of a half circle, per radius * 2 */
#define CORNER 10.f           /* radius */
#define ARC 0.5523f           /* control points of a quarter circle, per radius */
#define LANE_GAP 28.f         /* between the lower card and a lane below both */
#define COVER_SIZE 128.f      /* boxes are joined until they get larger than this */
#define PICK_TOLERANCE 0.5f
#define CROSS_TOLERANCE 2.f

/* Between the two cards when they leave room for it, else below the lower one. */
static float
choose_lane (float y1,
             float y2)
{
  const float half = RUNNEL_NODE_HEIGHT / 2.f;

  if (fabsf (y2 - y1) > RUNNEL_NODE_HEIGHT + LANE_GAP)
    return (y1 + y2) / 2;

  return MAX (y1, y2) + half + LANE_GAP;
}

/* Of a half circle from level to level. */
float
runnel_wire_get_reach (float y1,
                       float y2)
{
  return CLAMP (fabsf (y2 - y1) * TURN_REACH, MIN_REACH, MAX_REACH);
}

/* Forward it is one S; back to the left it leaves and arrives to the right as well, and runs
 * along a lane between or below the two cards. */
static void
go_curved (RunnelWire *self)
{
  const float lane = choose_lane (self->y1, self->y2);

  if (!self->back)
    {
      self->n_turns = 1;
      self->turns[0] = (RunnelTurn) { (self->x1 + self->x2) / 2, self->y2,
                                      (self->x2 - self->x1) / 2 };
      return;
    }

  self->n_turns = 2;
  self->turns[0] = (RunnelTurn) { self->x1 + RUNNEL_WIRE_STUB, lane,
                                  runnel_wire_get_reach (self->y1, lane) };
  self->turns[1] = (RunnelTurn) { self->x2 - RUNNEL_WIRE_STUB, self->y2,
                                  runnel_wire_get_reach (lane, self->y2) };
}

static void
go_angular (RunnelWire *self)
{
  if (!self->back)
    {
      self->n_turns = 1;
      self->turns[0] = (RunnelTurn) { (self->x1 + self->x2) / 2, self->y2, 0 };
    }
  else
    {
      self->n_turns = 2;
      self->turns[0] = (RunnelTurn) { self->x1 + RUNNEL_WIRE_STUB,
                                      choose_lane (self->y1, self->y2), 0 };
      self->turns[1] = (RunnelTurn) { self->x2 - RUNNEL_WIRE_STUB, self->y2, 0 };
    }

  runnel_wire_round_corners (self);
}

/**
 * runnel_wire_go:
 * @x1: where it starts, at an output port
 * @x2: where it ends, at an input port
 *
 * Chooses the way that is plain as long as nothing lies on it. All in world units.
 */
void
runnel_wire_go (RunnelWire      *self,
                RunnelLinkStyle  style,
                float            x1,
                float            y1,
                float            x2,
                float            y2)
{
  *self = (RunnelWire) { .x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2, .style = style,
                         .back = x2 - x1 < BACK_FROM };

  if (style == RUNNEL_LINKS_CURVED)
    go_curved (self);
  else
    go_angular (self);
}

/**
 * runnel_wire_round_corners:
 *
 * Gives each corner of a wire with corners the radius for which there is room.
 */
void
runnel_wire_round_corners (RunnelWire *self)
{
  float x = self->x1, y = self->y1;

  for (guint i = 0; i < self->n_turns; i++)
    {
      RunnelTurn *turn = &self->turns[i];
      const gboolean last = i + 1 == self->n_turns;
      const float next = last ? self->x2 : turn[1].x;
      /* Two turns share the level between them; the first and the last have theirs alone. */
      const float before = fabsf (turn->x - x) * (i == 0 ? 1 : 0.5f);
      const float after = fabsf (next - turn->x) * (last ? 1 : 0.5f);

      turn->reach = MIN (MIN (CORNER, fabsf (turn->y - y) / 2), MIN (before, after));
      x = turn->x;
      y = turn->y;
    }
}

gboolean
runnel_wire_equal (const RunnelWire *self,
                   const RunnelWire *other)
{
  if (self->x1 != other->x1 || self->y1 != other->y1 || self->x2 != other->x2
      || self->y2 != other->y2 || self->n_turns != other->n_turns || self->style != other->style
      || self->back != other->back)
    return FALSE;

  for (guint i = 0; i < self->n_turns; i++)
    {
      const RunnelTurn *a = &self->turns[i], *b = &other->turns[i];

      if (a->x != b->x || a->y != b->y || a->reach != b->reach)
        return FALSE;
    }

  return TRUE;
}

/* --- As curves --- */

typedef struct
{
  RunnelCurve *curves;
  guint n_curves;
  float x; /* where it is */
  float y;
} Pen;

static void
bend_to (Pen  *pen,
         float x1, float y1,
         float x2, float y2,
         float x, float y)
{
  pen->curves[pen->n_curves++] = (RunnelCurve) { { pen->x, x1, x2, x }, { pen->y, y1, y2, y } };
  pen->x = x;
  pen->y = y;
}

static void
line_to (Pen  *pen,
         float x,
         float y)
{
  const float dx = (x - pen->x) / 3, dy = (y - pen->y) / 3;

  if (dx != 0 || dy != 0)
    bend_to (pen, pen->x + dx, pen->y + dy, x - dx, y - dy, x, y);
}

/* A quarter of a circle, level first or upright first. */
static void
corner_to (Pen      *pen,
           float     x,
           float     y,
           gboolean  level)
{
  const float dx = (x - pen->x) * ARC, dy = (y - pen->y) * ARC;

  if (dx == 0 && dy == 0)
    return;
  if (level)
    bend_to (pen, pen->x + dx, pen->y, x, y - dy, x, y);
  else
    bend_to (pen, pen->x, pen->y + dy, x - dx, y, x, y);
}

/* `before` and `after` are the directions of the levels, 1 to the right and -1 to the left. */
static void
turn_with_corners (Pen              *pen,
                   const RunnelTurn *turn,
                   int               before,
                   int               after)
{
  const float reach = turn->reach, rise = turn->y > pen->y ? reach : -reach;

  line_to (pen, turn->x - before * reach, pen->y);
  corner_to (pen, turn->x, pen->y + rise, TRUE);
  line_to (pen, turn->x, turn->y - rise);
  corner_to (pen, turn->x + after * reach, turn->y, FALSE);
}

static void
turn_in_curve (Pen              *pen,
               const RunnelTurn *turn,
               int               before,
               int               after)
{
  const float half = before * turn->reach;

  if (before == after)
    {
      line_to (pen, turn->x - half, pen->y);
      bend_to (pen, turn->x, pen->y, turn->x, turn->y, turn->x + half, turn->y);
    }
  else
    {
      line_to (pen, turn->x, pen->y);
      bend_to (pen, turn->x + half, pen->y, turn->x + half, turn->y, turn->x, turn->y);
    }
}

/**
 * runnel_wire_get_curves:
 *
 * Returns: how many curves were stored, each starting where the one before ended and in the same
 *   direction; 0 when start and end are the same point
 */
guint
runnel_wire_get_curves (const RunnelWire *self,
                        RunnelCurve       ret_curves[RUNNEL_WIRE_MAX_CURVES])
{
  Pen pen = { ret_curves, 0, self->x1, self->y1 };
  int before = 1;

  for (guint i = 0; i < self->n_turns; i++)
    {
      const gboolean last = i + 1 == self->n_turns;
      const int after = last || self->turns[i + 1].x >= self->turns[i].x ? 1 : -1;

      if (self->style == RUNNEL_LINKS_CURVED)
        turn_in_curve (&pen, &self->turns[i], before, after);
      else
        turn_with_corners (&pen, &self->turns[i], before, after);
      before = after;
    }

  line_to (&pen, self->x2, self->y2);
  return pen.n_curves;
}

void
runnel_wire_get_box (const RunnelWire *self,
                     RunnelBox        *ret_box)
{
  *ret_box = (RunnelBox) { MIN (self->x1, self->x2), MIN (self->y1, self->y2),
                           MAX (self->x1, self->x2), MAX (self->y1, self->y2) };

  for (guint i = 0; i < self->n_turns; i++)
    {
      const RunnelTurn *turn = &self->turns[i];

      ret_box->x0 = MIN (ret_box->x0, turn->x - turn->reach);
      ret_box->x1 = MAX (ret_box->x1, turn->x + turn->reach);
      ret_box->y0 = MIN (ret_box->y0, turn->y);
      ret_box->y1 = MAX (ret_box->y1, turn->y);
    }
}

/**
 * runnel_curve_count:
 *
 * The error of a chord is at most an eighth of the second derivative times the square
 * of the parameter step (see G. Farin, "Curves and Surfaces for CAGD", section 5.8).
 */
guint
runnel_curve_count (const RunnelCurve *self,
                    float              tolerance)
{
  const float *x = self->x, *y = self->y;
  const float a = fabsf (x[0] - 2 * x[1] + x[2]) + fabsf (y[0] - 2 * y[1] + y[2]);
  const float b = fabsf (x[1] - 2 * x[2] + x[3]) + fabsf (y[1] - 2 * y[2] + y[3]);
  const float pieces = ceilf (sqrtf (0.75f * MAX (a, b) / tolerance));

  return CLAMP (pieces, 1.f, (float) RUNNEL_CURVE_MAX_PIECES);
}

void
runnel_curve_get_point (const RunnelCurve *self,
                        float              t,
                        float             *ret_x,
                        float             *ret_y)
{
  const float u = 1 - t;
  const float a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

  *ret_x = a * self->x[0] + b * self->x[1] + c * self->x[2] + d * self->x[3];
  *ret_y = a * self->y[0] + b * self->y[1] + c * self->y[2] + d * self->y[3];
}

static void
add_point (RunnelBox *box,
           float      x,
           float      y)
{
  box->x0 = MIN (box->x0, x);
  box->y0 = MIN (box->y0, y);
  box->x1 = MAX (box->x1, x);
  box->y1 = MAX (box->y1, y);
}

static void
cover_curve (const RunnelCurve *curve,
             void             (*visit) (const RunnelBox *box, gpointer user_data),
             gpointer           user_data)
{
  const guint n_pieces = runnel_curve_count (curve, 1);
  RunnelBox box = { curve->x[0], curve->y[0], curve->x[0], curve->y[0] };

  for (guint i = 1; i <= n_pieces; i++)
    {
      float x, y;

      runnel_curve_get_point (curve, (float) i / n_pieces, &x, &y);
      add_point (&box, x, y);

      if (i == n_pieces || box.x1 - box.x0 > COVER_SIZE || box.y1 - box.y0 > COVER_SIZE)
        {
          visit (&(RunnelBox) { box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1 }, user_data);
          box = (RunnelBox) { x, y, x, y };
        }
    }
}

/**
 * runnel_wire_cover:
 *
 * The boxes are a little larger than what they cover, and small for a long wire: what is
 * stale after a move is near the wire, not all of its box.
 */
void
runnel_wire_cover (const RunnelWire *self,
                   void            (*visit) (const RunnelBox *box, gpointer user_data),
                   gpointer          user_data)
{
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (self, curves);

  for (guint i = 0; i < n_curves; i++)
    cover_curve (&curves[i], visit, user_data);
}

static float
segment_distance (float ax, float ay,
                  float bx, float by,
                  float x, float y)
{
  const float dx = bx - ax, dy = by - ay;
  const float length = dx * dx + dy * dy;
  const float along = length > 0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0;
  const float t = CLAMP (along, 0.f, 1.f);

  return hypotf (ax + t * dx - x, ay + t * dy - y);
}

/* Calls `visit` with the straight pieces of the wire, from its start on, until that returns FALSE. */
typedef gboolean (*PieceFunc) (float    ax,
                               float    ay,
                               float    bx,
                               float    by,
                               gpointer user_data);

static void
foreach_piece (const RunnelWire *self,
               float             tolerance,
               PieceFunc         visit,
               gpointer          user_data)
{
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (self, curves);

  for (guint i = 0; i < n_curves; i++)
    {
      const guint n_pieces = runnel_curve_count (&curves[i], tolerance);
      float ax = curves[i].x[0], ay = curves[i].y[0];

      for (guint j = 1; j <= n_pieces; j++)
        {
          float bx, by;

          runnel_curve_get_point (&curves[i], (float) j / n_pieces, &bx, &by);
          if (!visit (ax, ay, bx, by, user_data))
            return;

          ax = bx;
          ay = by;
        }
    }
}

typedef struct
{
  float x;
  float y;
  float best;
} Near;

static gboolean
measure_piece (float    ax,
               float    ay,
               float    bx,
               float    by,
               gpointer user_data)
{
  Near *near = user_data;

  near->best = MIN (near->best, segment_distance (ax, ay, bx, by, near->x, near->y));
  return TRUE;
}

/**
 * runnel_wire_distance:
 *
 * Returns: world units from the middle line
 */
float
runnel_wire_distance (const RunnelWire *self,
                      float             x,
                      float             y)
{
  Near near = { x, y, INFINITY };

  foreach_piece (self, PICK_TOLERANCE, measure_piece, &near);
  return near.best;
}

typedef struct
{
  float ax, ay, bx, by;
  gboolean crossed;
} Knife;

/* On which side of the line from a to b a point lies: the sign tells. */
static float
get_side (float ax, float ay,
          float bx, float by,
          float x, float y)
{
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

static gboolean
cut_piece (float    ax,
           float    ay,
           float    bx,
           float    by,
           gpointer user_data)
{
  Knife *knife = user_data;
  const float start = get_side (ax, ay, bx, by, knife->ax, knife->ay);
  const float end = get_side (ax, ay, bx, by, knife->bx, knife->by);
  const float before = get_side (knife->ax, knife->ay, knife->bx, knife->by, ax, ay);
  const float after = get_side (knife->ax, knife->ay, knife->bx, knife->by, bx, by);

  knife->crossed = (start > 0) != (end > 0) && (before > 0) != (after > 0);
  return !knife->crossed;
}

/**
 * runnel_wire_is_cut:
 *
 * Returns: whether the line from a to b crosses the wire
 */
gboolean
runnel_wire_is_cut (const RunnelWire *self,
                    float             ax,
                    float             ay,
                    float             bx,
                    float             by)
{
  Knife knife = { ax, ay, bx, by, FALSE };

  foreach_piece (self, PICK_TOLERANCE, cut_piece, &knife);
  return knife.crossed;
}

typedef struct
{
  float left; /* way still to go */
  float x;
  float y;
} Walk;

static gboolean
add_length (float    ax,
            float    ay,
            float    bx,
            float    by,
            gpointer user_data)
{
  *(float *) user_data += hypotf (bx - ax, by - ay);
  return TRUE;
}

static gboolean
walk_piece (float    ax,
            float    ay,
            float    bx,
            float    by,
            gpointer user_data)
{
  Walk *walk = user_data;
  const float length = hypotf (bx - ax, by - ay);
  const float share = length > 0 ? MIN (walk->left / length, 1.f) : 0;

  walk->x = ax + share * (bx - ax);
  walk->y = ay + share * (by - ay);
  walk->left -= length;
  return walk->left > 0;
}

/**
 * runnel_wire_get_middle:
 *
 * Finds the point from which it is as far to either end, along the wire.
 */
void
runnel_wire_get_middle (const RunnelWire *self,
                        float            *ret_x,
                        float            *ret_y)
{
  float length = 0;
  Walk walk;

  foreach_piece (self, PICK_TOLERANCE, add_length, &length);
  walk = (Walk) { length / 2, self->x1, self->y1 };
  foreach_piece (self, PICK_TOLERANCE, walk_piece, &walk);
  *ret_x = walk.x;
  *ret_y = walk.y;
}

/* See Y.-D. Liang and B. A. Barsky, "A New Concept and Method for Line Clipping", 1984. */
static gboolean
segment_crosses (float ax, float ay,
                 float bx, float by,
                 const RunnelBox *box)
{
  const float p[] = { ax - bx, bx - ax, ay - by, by - ay };
  const float q[] = { ax - box->x0, box->x1 - ax, ay - box->y0, box->y1 - ay };
  float enters = 0, leaves = 1;

  for (guint i = 0; i < G_N_ELEMENTS (p); i++)
    {
      if (p[i] == 0 && q[i] <= 0)
        return FALSE;
      if (p[i] < 0)
        enters = MAX (enters, q[i] / p[i]);
      else if (p[i] > 0)
        leaves = MIN (leaves, q[i] / p[i]);
    }

  return enters < leaves;
}

typedef struct
{
  const RunnelBox *box;
  gboolean crossed;
} Obstacle;

static gboolean
cross_piece (float    ax,
             float    ay,
             float    bx,
             float    by,
             gpointer user_data)
{
  Obstacle *obstacle = user_data;

  obstacle->crossed = segment_crosses (ax, ay, bx, by, obstacle->box);
  return !obstacle->crossed;
}

/**
 * runnel_wire_crosses:
 *
 * To run along an edge of @box is not to cross it.
 */
gboolean
runnel_wire_crosses (const RunnelWire *self,
                     const RunnelBox  *box)
{
  Obstacle obstacle = { box, FALSE };

  foreach_piece (self, CROSS_TOLERANCE, cross_piece, &obstacle);
  return obstacle.crossed;
}
