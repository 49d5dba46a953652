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

#define SUB_BITS 6
#define SUB (1 << SUB_BITS)   /* positions are in 1/64 pixel */
#define UNIT 16384            /* directions have this length */
#define ONE_BITS 20
#define ONE (1 << ONE_BITS)   /* a pixel, as a product of the two */
#define RUN 256               /* pixels done at once */
#define FAR (1 << 30)         /* twice what a plane changes along a run */
#define MAX_WIDTH 256.f
#define THIN_WIDTH 1.25f      /* up to here, coverage by column or row is as good and much faster */
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
  guint32 color;     /* that of the stroke, premultiplied */
  guint n_points;
  Point points[MAX_POINTS];
} Line;

/* Not by an initializer, which would clear the points, thousands of bytes for each link. */
static void
line_init (Line               *line,
           const RunnelInk    *ink,
           int x, int y,
           const RunnelStroke *stroke)
{
  line->ink = ink;
  line->x = x;
  line->y = y;
  line->stroke = *stroke;
  line->color = runnel_ink_premultiply (stroke->color);
  line->n_points = 0;
}

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
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  const guint n_curves = runnel_wire_get_curves (wire, curves);

  add_point (line, curves[0].x[0], curves[0].y[0]);

  for (guint i = 0; i < n_curves; i++)
    {
      const guint n_pieces = runnel_curve_count (&curves[i], line->stroke.tolerance);

      for (guint j = 1; j <= n_pieces; j++)
        {
          float x, y;

          runnel_curve_get_point (&curves[i], (float) j / n_pieces, &x, &y);
          add_point (line, x, y);
        }
    }
}

/* --- Thin: along the longer axis, one column (or row) at a time --- */

static inline void
cover_pixel (guint32 *pixels,
             gssize   step,
             int      limit,
             int      at,
             guint32  cover,   /* 1/65536 */
             guint32  color,
             guint32  alpha)   /* 1/256 */
{
  if ((guint) at < (guint) limit)
    runnel_ink_lerp (pixels + at * step, color, cover * alpha >> 16);
}

/* A band of `height` from `low` on, both in 1/65536 pixel, covers parts of up to three pixels,
 * `step` apart in memory. */
static inline void
cover_band (guint32 *pixels,
            gssize   step,
            int      limit,
            gint64   low,
            int      height,
            guint32  color,
            guint32  alpha)
{
  const int first = (int) (low >> 16);
  const int top = MIN (0x10000 - (int) (low & 0xffff), height);
  const int middle = MIN (height - top, 0x10000);

  cover_pixel (pixels, step, limit, first, top, color, alpha);
  cover_pixel (pixels, step, limit, first + 1, middle, color, alpha);
  if (height - top > 0x10000)
    cover_pixel (pixels, step, limit, first + 2, height - top - 0x10000, color, alpha);
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
  const guint32 color = line->stroke.color | 0xff000000,
                alpha = (line->stroke.color >> 24) + (line->stroke.color >> 31);
  const int first = (a0 + SUB / 2 - 1) >> SUB_BITS, last = (a1 + SUB / 2 - 1) >> SUB_BITS;
  const int from = MAX (first, clip_a), until = MIN (last, clip_a + n_a);
  double steep;
  gint64 slope, low;
  int height;

  if (from >= until || (MAX (b0, b1) >> SUB_BITS) + 2 < clip_b ||
      (MIN (b0, b1) >> SUB_BITS) - 2 >= clip_b + n_b)
    return;

  steep = (double) (b1 - b0) / (a1 - a0);
  slope = (gint64) (steep * 65536);
  height = line->stroke.width <= 1 ? 0x10000
                                   : (int) (line->stroke.width * sqrt (1 + steep * steep) * 65536);
  low = (gint64) (b0 - clip_b * SUB) * (0x10000 / SUB)
        + ((slope * (first * SUB + SUB / 2 - a0)) >> SUB_BITS) - height / 2;
  low += slope * (from - first);

  for (int a = from; a < until; a++, low += slope)
    cover_band (ink->pixels + (a - clip_a) * step_a, step_b, n_b, low, height, color, alpha);
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
  return (Plane){ (gint64) direction.x * SUB, (gint64) direction.y * SUB,
                  (gint64) direction.x * (SUB / 2 - point.x) +
                    (gint64) direction.y * (SUB / 2 - point.y) };
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

typedef struct
{
  Plane across;      /* distance from the middle line */
  Plane start;       /* grows from the first end on */
  Plane end;         /* grows from the second end on */
  gboolean open_start; /* the line begins here: a smooth edge, not a joint */
  gboolean open_end;
  int half;          /* width / 2 + 1/2 pixel */
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
  *x0 = (int) CLAMP (floor (MIN (a, b)), *x0, *x1);
  *x1 = (int) CLAMP (ceil (MAX (a, b)) + 1, *x0, *x1);
}

/* Values of a plane along a run of pixels, as 32 bits. Far from zero they are clamped, so far that
 * no run gets near it: what follows looks at the sign and at small values only. */
static int
run_start (const Plane *plane,
           int          x,
           int          y)
{
  return (int) CLAMP (plane_at (plane, x, y), -FAR, FAR);
}

static inline int
clamp_cover (int value)
{
  return CLAMP (value, 0, ONE);
}

/* The smooth end of a line. */
static void
cover_end (guint8 *coverage,
           int     n_pixels,
           int     inside,   /* grows into the line; zero at its end */
           int     step)
{
  for (int i = 0; i < n_pixels; i++)
    {
      const int cover = clamp_cover (inside + i * step + ONE / 2) * 255 >> ONE_BITS;

      coverage[i] = MIN (coverage[i], cover);
    }
}

/* Without branches, for the compiler to do several pixels at once. */
static void
paint_run (const Line  *line,
           const Piece *piece,
           int          y,
           int          x,
           int          n_pixels)
{
  const int across = run_start (&piece->across, x, y), across_step = (int) piece->across.at_x;
  const int start = run_start (&piece->start, x, y), start_step = (int) piece->start.at_x;
  const int end = run_start (&piece->end, x, y), end_step = (int) piece->end.at_x;
  const int joint_start = piece->open_start ? 0 : start,
            joint_start_step = piece->open_start ? 0 : start_step;
  const int joint_end = piece->open_end ? -1 : end, joint_end_step = piece->open_end ? 0 : end_step;
  const int half = (int) piece->half;
  guint8 coverage[RUN];

  for (int i = 0; i < n_pixels; i++)
    {
      const int cover = clamp_cover (half - ABS (across + i * across_step));
      const int inside =
        ~((joint_start + i * joint_start_step) >> 31) & ((joint_end + i * joint_end_step) >> 31);

      coverage[i] = (cover & inside) * 255 >> ONE_BITS;
    }

  if (piece->open_start)
    cover_end (coverage, n_pixels, start, start_step);
  if (piece->open_end)
    cover_end (coverage, n_pixels, -end, -end_step);

  runnel_ink_cover_run (line->ink->pixels + (gssize) (y - line->y) * line->ink->stride +
                          (x - line->x),
                        coverage, n_pixels, line->color);
}

/* Pixels from the anchor. */
typedef struct
{
  int x0;
  int y0;
  int x1;
  int y1;
} Reach;

/* Where in the clip a piece may leave ink; most pieces of a long line leave none. */
static gboolean
find_reach (const Line *line,
            guint       segment,
            Reach      *ret_reach)
{
  const Point p = line->points[segment], q = line->points[segment + 1];
  const int by = (int) ceilf (line->stroke.width / 2) + 1;

  ret_reach->x0 = MAX ((MIN (p.x, q.x) >> SUB_BITS) - by, line->x);
  ret_reach->y0 = MAX ((MIN (p.y, q.y) >> SUB_BITS) - by, line->y);
  ret_reach->x1 = MIN ((MAX (p.x, q.x) >> SUB_BITS) + by + 1, line->x + line->ink->width);
  ret_reach->y1 = MIN ((MAX (p.y, q.y) >> SUB_BITS) + by + 1, line->y + line->ink->height);
  return ret_reach->x0 < ret_reach->x1 && ret_reach->y0 < ret_reach->y1;
}

static Direction
bisector (Direction a,
          Direction b)
{
  return (Direction) { a.x + b.x, a.y + b.y };
}

static Piece
make_piece (const Line *line,
            guint       segment)
{
  const Point p = line->points[segment], q = line->points[segment + 1];
  const gboolean first = segment == 0, last = segment + 2 == line->n_points;
  const Direction here = direction_of (line, segment);

  return (Piece) {
    .across = plane_through (p, (Direction) { -here.y, here.x }),
    .start = plane_through (p, first ? here : bisector (direction_of (line, segment - 1), here)),
    .end = plane_through (q, last ? here : bisector (here, direction_of (line, segment + 1))),
    .open_start = first,
    .open_end = last,
    .half = (int) ((MIN (line->stroke.width, MAX_WIDTH) / 2 + 0.5f) * ONE),
  };
}

static void
paint_piece (const Line  *line,
             const Piece *piece,
             const Reach *reach)
{
  for (int y = reach->y0; y < reach->y1; y++)
    {
      int x0 = reach->x0, x1 = reach->x1;

      narrow_columns (piece, y, &x0, &x1);
      for (int x = x0; x < x1; x += RUN)
        paint_run (line, piece, y, x, MIN (x1 - x, RUN));
    }
}

static void
wide_line (const Line *line)
{
  for (guint i = 0; i + 1 < line->n_points; i++)
    {
      Reach reach;

      if (find_reach (line, i, &reach))
        {
          const Piece piece = make_piece (line, i);

          paint_piece (line, &piece, &reach);
        }
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
  return (Point){ p.x + (int) lrint ((q.x - p.x) * share),
                  p.y + (int) lrint ((q.y - p.y) * share) };
}

static void
paint_dashes (const Line *line)
{
  const double lengths[2] = { line->stroke.dash * SUB, line->stroke.gap * SUB };
  double left = lengths[0];
  guint turn = 0;
  Line dash;

  line_init (&dash, line->ink, line->x, line->y, &line->stroke);
  append (&dash, line->points[0]);
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
  Line line;

  line_init (&line, self, self->x - x, self->y - y, stroke);
  flatten (&line, wire);
  if (line.n_points < 2)
    return;

  if (stroke->dash >= 1 && stroke->gap >= 1)
    paint_dashes (&line);
  else
    paint_line (&line);
}
