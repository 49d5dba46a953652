/* runnel-raster-stroke.c: draws the way of a link with even, smooth lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a pixel gets depends on the line and the pixel alone. All stepping is done in
 * integers, which add up the same from whichever pixel one starts, so any clip gives
 * the same bytes.
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-raster-stroke.h"

#define SUB 64                /* positions are in 1/64 pixel */
#define UNIT 16384            /* directions have this length */
#define ONE ((gint64) SUB * UNIT) /* a pixel, as a product of the two */
#define TOLERANCE 0.15f       /* pixels a straight piece may be off the curve */
#define THIN_WIDTH 1.25f      /* up to here, coverage by column or row is as good and much faster */
#define THIN_TOLERANCE 0.4f
#define MAX_POINTS (RUNNEL_WIRE_MAX_CURVES * RUNNEL_CURVE_MAX_PIECES + 2)
#define MAX_REACH 1.5e7f      /* pixels from the anchor, so that 1/64 pixels fit an int */

typedef struct
{
  int x; /* 1/64 pixel from the anchor */
  int y;
} Point;

typedef struct
{
  const RunnelInk *ink;
  int x;             /* the clip, pixels from the anchor */
  int y;
  RunnelStroke stroke;
  guint n_points;
  Point points[MAX_POINTS];
} Line;

/* Leaves out a point that is where the last one was. */
static void
append (Line  *line,
        Point  point)
{
  if (line->n_points > 0)
    {
      const Point *last = &line->points[line->n_points - 1];

      if (last->x == point.x && last->y == point.y)
        return;
    }

  line->points[line->n_points++] = point;
}

static void
add_point (Line  *line,
           float  x,
           float  y)
{
  append (line, (Point) { (int) lrintf (CLAMP (x, -MAX_REACH, MAX_REACH) * SUB),
                          (int) lrintf (CLAMP (y, -MAX_REACH, MAX_REACH) * SUB) });
}

static void
flatten (Line             *line,
         const RunnelWire *wire)
{
  const float tolerance = line->stroke.width <= THIN_WIDTH ? THIN_TOLERANCE : TOLERANCE;
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (wire, curves);

  line->n_points = 0;
  add_point (line, curves[0].x[0], curves[0].y[0]);

  for (guint i = 0; i < n_curves; i++)
    {
      const guint n_pieces = runnel_curve_count (&curves[i], tolerance);

      for (guint j = 1; j <= n_pieces; j++)
        {
          float x, y;

          runnel_curve_get_point (&curves[i], (float) j / n_pieces, &x, &y);
          add_point (line, x, y);
        }
    }
}

static inline gint64
floor_div (gint64 value,
           gint64 by)
{
  return value >= 0 ? value / by : -((by - 1 - value) / by);
}

/* --- Thin: along the longer axis, one column (or row) at a time --- */

/* The band from `low` to `high` covers parts of a few pixels; `step` apart in memory. */
static inline void
cover_band (guint32 *pixels,
            gssize   step,
            int      limit,
            gint64   low,
            gint64   high,
            guint32  color)
{
  const int first = MAX ((int) (low >> 16), 0), last = MIN ((int) (high >> 16), limit - 1);

  for (int i = first; i <= last; i++)
    {
      const gint64 from = MAX (low, (gint64) i << 16), until = MIN (high, ((gint64) i + 1) << 16);

      runnel_ink_cover (pixels + i * step, color, (guint32) (MAX (until - from, 0) * 255 >> 16));
    }
}

/* `a` runs along the longer axis, `b` across; the columns whose middle is between the ends. */
static void
thin_segment (const Line *line,
              int a0, int b0,
              int a1, int b1,
              gboolean    upright)
{
  const RunnelInk *ink = line->ink;
  const int clip_a = upright ? line->y : line->x, clip_b = upright ? line->x : line->y;
  const int n_a = upright ? ink->height : ink->width, n_b = upright ? ink->width : ink->height;
  const gssize step_a = upright ? ink->stride : 1, step_b = upright ? 1 : ink->stride;
  const gint64 slope = ((gint64) (b1 - b0) << 16) / (a1 - a0);
  const float steep = (float) (b1 - b0) / (a1 - a0);
  const gint64 half = (gint64) (line->stroke.width * sqrtf (1 + steep * steep) * 32768);
  const int first = (int) floor_div (a0 + SUB / 2 - 1, SUB), last = (int) floor_div (a1 + SUB / 2 - 1, SUB);

  for (int a = MAX (first, clip_a); a < MIN (last, clip_a + n_a); a++)
    {
      const gint64 along = (gint64) a * SUB + SUB / 2 - a0;
      const gint64 middle = ((gint64) (b0 - clip_b * SUB) << 10) + slope * along / SUB;

      cover_band (ink->pixels + (a - clip_a) * step_a, step_b, n_b,
                  middle - half, middle + half, line->stroke.color);
    }
}

static void
thin_line (const Line *line)
{
  for (guint i = 0; i + 1 < line->n_points; i++)
    {
      const Point *p = &line->points[i], *q = &line->points[i + 1];

      if (ABS (q->x - p->x) >= ABS (q->y - p->y))
        {
          if (p->x < q->x)
            thin_segment (line, p->x, p->y, q->x, q->y, FALSE);
          else
            thin_segment (line, q->x, q->y, p->x, p->y, FALSE);
        }
      else
        {
          if (p->y < q->y)
            thin_segment (line, p->y, p->x, q->y, q->x, TRUE);
          else
            thin_segment (line, q->y, q->x, p->y, p->x, TRUE);
        }
    }
}

/* --- Wide: each straight piece owns what lies between the bisectors at its two ends --- */

/* A linear function of the pixel: `at_x * x + at_y * y + constant`, in units of ONE. */
typedef struct
{
  gint64 at_x;
  gint64 at_y;
  gint64 constant;
} Plane;

typedef struct
{
  int x;
  int y;
} Direction;

/* Zero through `point`, growing along `direction`, taken at the middle of the pixel. */
static Plane
plane_through (Point     point,
               Direction direction)
{
  return (Plane) { (gint64) direction.x * SUB, (gint64) direction.y * SUB,
                   (gint64) direction.x * (SUB / 2 - point.x) + (gint64) direction.y * (SUB / 2 - point.y) };
}

static Direction
direction_of (const Line *line,
              guint       segment)
{
  const Point *p = &line->points[segment], *q = &line->points[segment + 1];
  const double dx = q->x - p->x, dy = q->y - p->y;
  const double length = sqrt (dx * dx + dy * dy);

  return (Direction) { (int) lrint (dx / length * UNIT), (int) lrint (dy / length * UNIT) };
}

static inline gint64
clamp_cover (gint64 value)
{
  return CLAMP (value, 0, ONE);
}

typedef struct
{
  Plane across;      /* distance from the middle line */
  Plane start;       /* grows from the first end on */
  Plane end;         /* grows from the second end on */
  gboolean open_start; /* the line begins here: a smooth edge, not a joint */
  gboolean open_end;
  gint64 half;       /* width / 2 + 1/2 pixel */
} Piece;

static inline gint64
plane_at (const Plane *plane,
          gint64       x,
          gint64       y)
{
  return plane->at_x * x + plane->at_y * y + plane->constant;
}

/* The columns of row `y` within reach of the middle line, generously. */
static void
narrow_columns (const Piece *piece,
                int          y,
                int         *x0,
                int         *x1)
{
  const double per_x = piece->across.at_x;
  double a, b;

  if (fabs (per_x) < ONE / 64)
    return;

  a = (-(double) piece->half - plane_at (&piece->across, 0, y)) / per_x;
  b = ((double) piece->half - plane_at (&piece->across, 0, y)) / per_x;
  *x0 = (int) CLAMP (floor (MIN (a, b)) - 1, *x0, *x1);
  *x1 = (int) CLAMP (ceil (MAX (a, b)) + 2, *x0, *x1);
}

static void
paint_row (const Line  *line,
           const Piece *piece,
           int          y,
           int          x0,
           int          x1)
{
  guint32 *pixels = line->ink->pixels + (gssize) (y - line->y) * line->ink->stride;
  gint64 across = plane_at (&piece->across, x0, y);
  gint64 start = plane_at (&piece->start, x0, y);
  gint64 end = plane_at (&piece->end, x0, y);

  for (int x = x0; x < x1; x++)
    {
      gint64 cover = clamp_cover (piece->half - ABS (across));

      if (piece->open_start)
        cover = MIN (cover, clamp_cover (start + ONE / 2));
      else if (start < 0)
        cover = 0;

      if (piece->open_end)
        cover = MIN (cover, clamp_cover (ONE / 2 - end));
      else if (end >= 0)
        cover = 0;

      runnel_ink_cover (&pixels[x - line->x], line->stroke.color, (guint32) (cover * 255 / ONE));
      across += piece->across.at_x;
      start += piece->start.at_x;
      end += piece->end.at_x;
    }
}

static void
paint_piece (const Line  *line,
             const Piece *piece,
             Point        p,
             Point        q)
{
  const int reach = (int) ceilf (line->stroke.width / 2) + 1;
  const int left = MAX ((int) floor_div (MIN (p.x, q.x), SUB) - reach, line->x);
  const int right = MIN ((int) floor_div (MAX (p.x, q.x), SUB) + reach + 1, line->x + line->ink->width);
  const int top = MAX ((int) floor_div (MIN (p.y, q.y), SUB) - reach, line->y);
  const int bottom = MIN ((int) floor_div (MAX (p.y, q.y), SUB) + reach + 1, line->y + line->ink->height);

  for (int y = top; left < right && y < bottom; y++)
    {
      int x0 = left, x1 = right;

      narrow_columns (piece, y, &x0, &x1);
      paint_row (line, piece, y, x0, x1);
    }
}

static Direction
bisector (Direction a,
          Direction b)
{
  return (Direction) { a.x + b.x, a.y + b.y };
}

static void
wide_line (const Line *line)
{
  const gint64 half = (gint64) ((line->stroke.width / 2 + 0.5f) * ONE);
  const guint n_pieces = line->n_points - 1;
  Direction before = { 0, 0 };
  Direction here = direction_of (line, 0);

  for (guint i = 0; i < n_pieces; i++)
    {
      const Direction after = i + 1 < n_pieces ? direction_of (line, i + 1) : (Direction) { 0, 0 };
      const Point p = line->points[i], q = line->points[i + 1];
      const gboolean first = i == 0, last = i + 1 == n_pieces;
      const Piece piece = {
        .across = plane_through (p, (Direction) { -here.y, here.x }),
        .start = plane_through (p, first ? here : bisector (before, here)),
        .end = plane_through (q, last ? here : bisector (here, after)),
        .open_start = first,
        .open_end = last,
        .half = half,
      };

      paint_piece (line, &piece, p, q);
      before = here;
      here = after;
    }
}

/* --- Dashes: the line cut into lines --- */

static void
paint_line (const Line *line)
{
  if (line->n_points < 2)
    return;

  if (line->stroke.width <= THIN_WIDTH)
    thin_line (line);
  else
    wide_line (line);
}

static Point
point_between (Point  p,
               Point  q,
               double share)
{
  return (Point) { p.x + (int) lrint ((q.x - p.x) * share), p.y + (int) lrint ((q.y - p.y) * share) };
}

static void
paint_dashes (const Line *line)
{
  const double lengths[2] = { line->stroke.dash * SUB, line->stroke.gap * SUB };
  Line dash = { line->ink, line->x, line->y, line->stroke, 1, { line->points[0] } };
  double left = lengths[0];
  guint turn = 0;

  for (guint i = 0; i + 1 < line->n_points; i++)
    {
      const Point p = line->points[i], q = line->points[i + 1];
      const double length = hypot (q.x - p.x, q.y - p.y);
      double at = 0;

      while (at + left < length)
        {
          at += left;
          if (turn == 0)
            {
              append (&dash, point_between (p, q, at / length));
              paint_line (&dash);
            }
          turn ^= 1;
          left = lengths[turn];
          dash.points[0] = point_between (p, q, at / length);
          dash.n_points = 1;
        }

      left -= length - at;
      if (turn == 0)
        append (&dash, q);
    }

  if (turn == 0)
    paint_line (&dash);
}

/**
 * runnel_ink_stroke:
 *
 * Draws the middle line of @wire with the given width.
 */
void
runnel_ink_stroke (const RunnelInk    *self,
                   int x, int y,
                   const RunnelWire   *wire,
                   const RunnelStroke *stroke)
{
  Line line = { .ink = self, .x = self->x - x, .y = self->y - y, .stroke = *stroke };

  flatten (&line, wire);
  if (line.n_points < 2)
    return;

  if (stroke->dash >= 1 && stroke->gap >= 1)
    paint_dashes (&line);
  else
    paint_line (&line);
}
