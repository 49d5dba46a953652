/* runnel-canvas-hit.c: what a point of the canvas means
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-raster-sheet.h"

/* All in logical pixels. */
#define PORT_REACH 10      /* around a port, outside of its card */
#define PORT_REACH_INSIDE 3
#define LINK_REACH 6
#define END_REACH 10       /* around the middle of an end, which is as far from the port */
#define PLUS_REACH 11
#define MIN_PLUS_LENGTH 56 /* a shorter link has no room for a + */

static gboolean
is_within (double x0,
           double y0,
           double x1,
           double y1,
           double reach)
{
  return hypot (x1 - x0, y1 - y0) <= reach;
}

static gboolean
hit_port (RunnelCanvas *self,
          double        x,
          double        y,
          double        reach,
          RunnelHit    *hit)
{
  guint node;
  RunnelPort port;

  if (!runnel_pick_port (self->scene, x, y, reach / self->view.zoom,
                         RUNNEL_PICK_INPUTS | RUNNEL_PICK_OUTPUTS, &node, &port))
    return FALSE;

  hit->type = RUNNEL_HIT_PORT;
  hit->node = node;
  hit->port = port;
  return TRUE;
}

/* The middle of the place, beside the port, where an end of a link can be taken hold of. */
void
runnel_canvas_get_link_end (RunnelCanvas *self,
                            guint         link,
                            gboolean      at_start,
                            double       *ret_x,
                            double       *ret_y)
{
  const double beside = END_REACH / self->view.zoom;
  guint from, to;
  RunnelOn on;
  float x, y;

  runnel_scene_get_link (self->scene, link, &from, &to, &on);
  runnel_scene_get_port_position (self->scene, at_start ? from : to,
                                  at_start ? runnel_port_for (on) : RUNNEL_PORT_INPUT, &x, &y);
  *ret_x = at_start ? x + beside : x - beside;
  *ret_y = y;
}

static gboolean
hit_end (RunnelCanvas *self,
         double        x,
         double        y,
         gboolean      at_start,
         RunnelHit    *hit)
{
  guint link;
  double end_x, end_y;

  if (!runnel_pick_link (self->scene, x, y, LINK_REACH / self->view.zoom, &link))
    return FALSE;

  runnel_canvas_get_link_end (self, link, at_start, &end_x, &end_y);
  if (!is_within (x, y, end_x, end_y, END_REACH / self->view.zoom))
    return FALSE;

  hit->type = at_start ? RUNNEL_HIT_START : RUNNEL_HIT_END;
  hit->link = link;
  return TRUE;
}

/* Where in the world the + of a link is. Returns: whether it has one */
gboolean
runnel_canvas_get_plus (RunnelCanvas *self,
                        guint         link,
                        double       *ret_x,
                        double       *ret_y)
{
  double x0, y0, x1, y1;
  float x, y;
  guint node;

  if (!runnel_canvas_can_edit (self) || self->view.zoom < RUNNEL_ZOOM_FULL)
    return FALSE;

  runnel_canvas_get_link_end (self, link, TRUE, &x0, &y0);
  runnel_canvas_get_link_end (self, link, FALSE, &x1, &y1);
  runnel_scene_get_link_middle (self->scene, link, &x, &y);
  *ret_x = x;
  *ret_y = y;

  return !is_within (x0, y0, x1, y1, MIN_PLUS_LENGTH / self->view.zoom)
         && !runnel_pick_node (self->scene, x, y, &node);
}

static gboolean
hit_plus (RunnelCanvas *self,
          double        x,
          double        y,
          RunnelHit    *hit)
{
  const double reach = PLUS_REACH / self->view.zoom;
  double plus_x, plus_y;
  guint link;

  if (!runnel_pick_link (self->scene, x, y, reach, &link)
      || !runnel_canvas_get_plus (self, link, &plus_x, &plus_y)
      || !is_within (x, y, plus_x, plus_y, reach))
    return FALSE;

  hit->type = RUNNEL_HIT_PLUS;
  hit->link = link;
  return TRUE;
}

/* The small things by which links are changed; seen, and of use, only from near by. The ends of
 * links have room beside the port itself, which makes new ones. */
static gboolean
hit_handle (RunnelCanvas *self,
            double        x,
            double        y,
            gboolean      inside,
            RunnelHit    *hit)
{
  if (!runnel_canvas_can_edit (self) || self->view.zoom < RUNNEL_ZOOM_FULL)
    return FALSE;

  if (hit_port (self, x, y, PORT_REACH_INSIDE, hit))
    return TRUE;
  if (inside)
    return FALSE;

  return hit_end (self, x, y, FALSE, hit) || hit_end (self, x, y, TRUE, hit)
         || hit_port (self, x, y, PORT_REACH, hit) || hit_plus (self, x, y, hit);
}

/* Tells what a click at a point of the world is meant for. */
RunnelHit
runnel_canvas_hit (RunnelCanvas *self,
                   double        x,
                   double        y)
{
  RunnelHit hit = { RUNNEL_HIT_NOTHING, RUNNEL_NO_INDEX, RUNNEL_NO_INDEX, RUNNEL_PORT_INPUT };
  guint node = RUNNEL_NO_INDEX;
  gboolean inside = runnel_pick_node (self->scene, x, y, &node);

  if (hit_handle (self, x, y, inside, &hit))
    return hit;

  if (inside)
    {
      hit.type = RUNNEL_HIT_NODE;
      hit.node = node;
    }
  else if (runnel_pick_link (self->scene, x, y, LINK_REACH / self->view.zoom, &hit.link))
    {
      hit.type = RUNNEL_HIT_LINK;
    }

  return hit;
}
