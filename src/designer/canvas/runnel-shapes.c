/* runnel-shapes.c: the small shapes on cards and at the ends of links
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-shapes.h"

/* Who is told of the parts. */
typedef struct
{
  cairo_t *cr;
  RunnelTraceFunc trace;
  gpointer user_data;
} Tracer;

static void
fill (Tracer *to)
{
  to->trace (to->cr, TRUE, to->user_data);
}

static void
stroke (Tracer *to)
{
  to->trace (to->cr, FALSE, to->user_data);
}

static void
disc (Tracer *to,
      double  x,
      double  radius)
{
  cairo_arc (to->cr, x, 0, radius, 0, 2 * G_PI);
  fill (to);
}

static void
ring (Tracer *to,
      double  radius,
      double  width)
{
  cairo_set_line_width (to->cr, width);
  cairo_arc (to->cr, 0, 0, radius - width / 2, 0, 2 * G_PI);
  stroke (to);
}

static void
cross (Tracer *to,
       double  x,
       double  arm,
       double  width)
{
  cairo_set_line_width (to->cr, width);
  cairo_set_line_cap (to->cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (to->cr, x - arm, -arm);
  cairo_line_to (to->cr, x + arm, arm);
  cairo_move_to (to->cr, x + arm, -arm);
  cairo_line_to (to->cr, x - arm, arm);
  stroke (to);
}

static void
arrow (Tracer *to)
{
  cairo_move_to (to->cr, 0, 0);
  cairo_line_to (to->cr, -9, -4.75);
  cairo_line_to (to->cr, -7.5, 0);
  cairo_line_to (to->cr, -9, 4.75);
  cairo_close_path (to->cr);
  fill (to);
}

static void
bar (Tracer *to)
{
  cairo_rectangle (to->cr, -9, -1, 6, 2);
  cairo_rectangle (to->cr, -3, -5, 2.5, 10);
  fill (to);
}

static void
trace_shape (Tracer      *to,
             RunnelShape  shape)
{
  switch (shape)
    {
    case RUNNEL_SHAPE_DISC:
      disc (to, 0, RUNNEL_PORT_RADIUS - 0.5);
      break;
    case RUNNEL_SHAPE_DISC_BACK:
      disc (to, 0, RUNNEL_PORT_RADIUS + 0.75);
      break;
    case RUNNEL_SHAPE_RING:
      ring (to, RUNNEL_PORT_RADIUS - 0.25, 1.25);
      break;
    case RUNNEL_SHAPE_CROSS:
      cross (to, 0, 2.1, 1.5);
      break;
    case RUNNEL_SHAPE_DOT:
      disc (to, 0, 1.9);
      break;
    case RUNNEL_SHAPE_BADGE:
      disc (to, 0, RUNNEL_BADGE_RADIUS);
      break;
    case RUNNEL_SHAPE_BADGE_RING:
      ring (to, RUNNEL_BADGE_RADIUS, 1);
      break;
    case RUNNEL_SHAPE_END_SUCCESS:
      arrow (to);
      break;
    case RUNNEL_SHAPE_END_FAILURE:
      cross (to, -5, 3.4, 2);
      break;
    case RUNNEL_SHAPE_END_FINISHED:
      bar (to);
      break;
    case RUNNEL_SHAPE_END_ALWAYS:
      disc (to, -4.25, 3.75);
      break;
    case RUNNEL_N_SHAPES:
    default:
      g_assert_not_reached ();
    }
}

void
runnel_shape_trace (RunnelShape      self,
                    cairo_t         *cr,
                    RunnelTraceFunc  trace,
                    gpointer         user_data)
{
  Tracer to = { cr, trace, user_data };

  cairo_save (cr);
  trace_shape (&to, self);
  cairo_restore (cr);
}

void
runnel_shape_draw (RunnelShape  self,
                   cairo_t     *cr)
{
  runnel_shape_trace (self, cr, runnel_trace_paint, NULL);
}

G_STATIC_ASSERT (RUNNEL_SHAPE_END_SUCCESS + RUNNEL_ON_FAILURE == RUNNEL_SHAPE_END_FAILURE);
G_STATIC_ASSERT (RUNNEL_SHAPE_END_SUCCESS + RUNNEL_ON_FINISHED == RUNNEL_SHAPE_END_FINISHED);
G_STATIC_ASSERT (RUNNEL_SHAPE_END_SUCCESS + RUNNEL_ON_ALWAYS == RUNNEL_SHAPE_END_ALWAYS);
