/* runnel-canvas-hover.c: what is under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define PORT_REACH 10 /* logical pixels around what can be hit */
#define LINK_REACH 6

static const struct
{
  RunnelPort port;
  RunnelOn on;
} port_outcomes[] = {
  { RUNNEL_PORT_SUCCESS, RUNNEL_ON_SUCCESS },
  { RUNNEL_PORT_FAILURE, RUNNEL_ON_FAILURE },
  { RUNNEL_PORT_ALWAYS, RUNNEL_ON_ALWAYS },
};

/* Whether a connection can begin at a point of the world: at a port of the node given back. */
gboolean
runnel_canvas_pick_output (RunnelCanvas *self,
                           double        x,
                           double        y,
                           guint        *ret_node,
                           RunnelOn     *ret_on)
{
  RunnelPort port;

  if (!runnel_canvas_can_edit (self)
      || !runnel_pick_port (self->scene, x, y, PORT_REACH / self->view.zoom, ret_node, &port))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (port_outcomes); i++)
    if (port_outcomes[i].port == port)
      {
        *ret_on = port_outcomes[i].on;
        return TRUE;
      }

  return FALSE;
}

/* The topmost card at a point of the world, or RUNNEL_NO_INDEX. */
guint
runnel_canvas_pick_node (RunnelCanvas *self,
                         double        x,
                         double        y)
{
  guint node;

  return runnel_pick_node (self->scene, x, y, &node) ? node : RUNNEL_NO_INDEX;
}

/* The link that a click at a point of the world is meant for, or RUNNEL_NO_INDEX. */
guint
runnel_canvas_pick_link (RunnelCanvas *self,
                         double        x,
                         double        y)
{
  guint link;

  return runnel_pick_link (self->scene, x, y, LINK_REACH / self->view.zoom, &link)
         ? link : RUNNEL_NO_INDEX;
}

/* The cursor tells what pressing the button would do, or what it does. */
void
runnel_canvas_update_cursor (RunnelCanvas *self,
                             gboolean      over_port)
{
  const char *name = NULL;

  if (self->pointer.drag == RUNNEL_DRAG_PAN)
    name = "grabbing";
  else if (self->pointer.space_down)
    name = "grab";
  else if (over_port || self->pointer.drag == RUNNEL_DRAG_CONNECT)
    name = "crosshair";
  else if (self->hovered_link != RUNNEL_NO_INDEX)
    name = "pointer";
  else if (self->hovered_node == RUNNEL_NO_INDEX)
    name = runnel_canvas_get_area_cursor (self);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* A link under the pointer shows itself and the two steps it joins. */
static void
show_hovered (RunnelCanvas *self,
              gboolean      hovered)
{
  const RunnelNodeFlags node_flag = hovered ? RUNNEL_NODE_HOVERED : 0;
  const RunnelLinkFlags link_flag = hovered ? RUNNEL_LINK_HIGHLIGHTED : 0;
  guint from, to;
  RunnelOn on;

  if (self->hovered_node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, self->hovered_node, RUNNEL_NODE_HOVERED, node_flag);
  if (self->hovered_link == RUNNEL_NO_INDEX)
    return;

  runnel_scene_get_link (self->scene, self->hovered_link, &from, &to, &on);
  runnel_scene_set_link_flags (self->scene, self->hovered_link, RUNNEL_LINK_HIGHLIGHTED, link_flag);
  runnel_scene_set_node_flags (self->scene, from, RUNNEL_NODE_HOVERED, node_flag);
  runnel_scene_set_node_flags (self->scene, to, RUNNEL_NODE_HOVERED, node_flag);
}

static void
set_hovered (RunnelCanvas *self,
             guint         node,
             guint         link)
{
  if (self->hovered_node == node && self->hovered_link == link)
    return;

  show_hovered (self, FALSE);
  self->hovered_node = node;
  self->hovered_link = link;
  show_hovered (self, TRUE);

  runnel_canvas_trace_hover (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A port that sticks out of its card belongs to the card. */
void
runnel_canvas_update_hover (RunnelCanvas *self)
{
  double x, y;
  guint node, link = RUNNEL_NO_INDEX;
  gboolean over_port;
  RunnelOn on;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);
  over_port = runnel_canvas_pick_output (self, x, y, &node, &on);
  if (!over_port)
    node = runnel_canvas_pick_node (self, x, y);
  if (node == RUNNEL_NO_INDEX)
    link = runnel_canvas_pick_link (self, x, y);

  set_hovered (self, node, link);
  runnel_canvas_update_cursor (self, over_port);
}

/* The link under the pointer is about to go. */
void
runnel_canvas_forget_hovered_link (RunnelCanvas *self)
{
  show_hovered (self, FALSE);
  self->hovered_link = RUNNEL_NO_INDEX;
}

/* The pointer is elsewhere. */
void
runnel_canvas_clear_hover (RunnelCanvas *self)
{
  set_hovered (self, RUNNEL_NO_INDEX, RUNNEL_NO_INDEX);
}
