/* runnel-wire.c: the way a link takes from port to port
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-wire.h"

#define MIN_REACH 28.f        /* the shortest straight-looking stub at a port */
#define MAX_REACH 180.f       /* long links do not bulge more than this */
#define BACK_FROM 24.f        /* with less room to the right, the wire goes round */
#define TURN_REACH 0.66f      /* control points of a half circle, per radius * 2 */
#define LANE_GAP 28.f         /* between the lower card and a lane below both */
#define COVER_SIZE 128.f      /* boxes are joined until they get larger than this */
#define PICK_TOLERANCE 0.5f

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

/**
 * runnel_wire_route:
 * @x1: where it starts, at an output port
 * @x2: where it ends, at an input port
 *
 * Chooses the way. All in world units.
 */
void
runnel_wire_route (RunnelWire *self,
                   float       x1,
                   float       y1,
                   float       x2,
                   float       y2)
{
  const float dx = x2 - x1;

  *self = (RunnelWire) { x1, y1, x2, y2, 0, NAN };

  if (dx >= BACK_FROM)
    {
      self->reach = CLAMP (dx / 2, MIN_REACH, MAX_REACH);
    }
  else
    {
      self->lane = choose_lane (y1, y2);
      self->reach = CLAMP (fabsf (self->lane - y1) * TURN_REACH, MIN_REACH, MAX_REACH / 2);
    }
}

/**
 * runnel_wire_get_curves:
 *
 * Returns: how many curves were stored, 1 to RUNNEL_WIRE_MAX_CURVES, each starting where
 *   the one before ended and in the same direction
 */
guint
runnel_wire_get_curves (const RunnelWire *self,
                        RunnelCurve       ret_curves[RUNNEL_WIRE_MAX_CURVES])
{
  const float x1 = self->x1, y1 = self->y1, x2 = self->x2, y2 = self->y2;
  const float reach = self->reach, lane = self->lane;
  const float third = (x2 - x1) / 3;

  if (isnan (lane))
    {
      ret_curves[0] = (RunnelCurve) { { x1, x1 + reach, x2 - reach, x2 }, { y1, y1, y2, y2 } };
      return 1;
    }

  ret_curves[0] = (RunnelCurve) { { x1, x1 + reach, x1 + reach, x1 }, { y1, y1, lane, lane } };
  ret_curves[1] = (RunnelCurve) { { x1, x1 + third, x2 - third, x2 }, { lane, lane, lane, lane } };
  ret_curves[2] = (RunnelCurve) { { x2, x2 - reach, x2 - reach, x2 }, { lane, lane, y2, y2 } };
  return 3;
}

void
runnel_wire_get_box (const RunnelWire *self,
                     RunnelBox        *ret_box)
{
  *ret_box = (RunnelBox) { MIN (self->x1, self->x2), MIN (self->y1, self->y2),
                           MAX (self->x1, self->x2), MAX (self->y1, self->y2) };

  if (!isnan (self->lane))
    {
      ret_box->x0 = MIN (ret_box->x0, self->x2 - self->reach);
      ret_box->x1 = MAX (ret_box->x1, self->x1 + self->reach);
      ret_box->y0 = MIN (ret_box->y0, self->lane);
      ret_box->y1 = MAX (ret_box->y1, self->lane);
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
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (self, curves);
  float best = INFINITY;

  for (guint i = 0; i < n_curves; i++)
    {
      const guint n_pieces = runnel_curve_count (&curves[i], PICK_TOLERANCE);
      float ax = curves[i].x[0], ay = curves[i].y[0];

      for (guint j = 1; j <= n_pieces; j++)
        {
          float bx, by;

          runnel_curve_get_point (&curves[i], (float) j / n_pieces, &bx, &by);
          best = MIN (best, segment_distance (ax, ay, bx, by, x, y));
          ax = bx;
          ay = by;
        }
    }

  return best;
}
