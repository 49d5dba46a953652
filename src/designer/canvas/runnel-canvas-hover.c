/* runnel-canvas-hover.c: what is under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

static const char *
get_drag_cursor (RunnelDrag drag)
{
  switch (drag)
    {
    case RUNNEL_DRAG_PAN:
      return "grabbing";
    case RUNNEL_DRAG_CLONE:
      return "copy";
    case RUNNEL_DRAG_CUT:
    case RUNNEL_DRAG_CONNECT:
      return "crosshair";
    case RUNNEL_DRAG_NONE:
    case RUNNEL_DRAG_MOVE:
    case RUNNEL_DRAG_RESIZE:
    case RUNNEL_DRAG_BOX:
    case RUNNEL_DRAG_PRESS:
    default:
      return NULL;
    }
}

static const char *
get_hover_cursor (RunnelHitType part)
{
  switch (part)
    {
    case RUNNEL_HIT_PORT:
      return "crosshair";
    case RUNNEL_HIT_START:
    case RUNNEL_HIT_END:
      return "grab";
    case RUNNEL_HIT_PLUS:
    case RUNNEL_HIT_LINK:
      return "pointer";
    case RUNNEL_HIT_NOTHING:
    case RUNNEL_HIT_NODE:
    default:
      return NULL;
    }
}

/* The cursor tells what pressing the button would do, or what it does. */
void
runnel_canvas_update_cursor (RunnelCanvas *self)
{
  const char *name = get_drag_cursor (self->pointer.drag);

  if (name == NULL)
    name = self->pointer.space_down ? "grab" : get_hover_cursor (self->hovered_part);
  if (name == NULL && self->hovered_part == RUNNEL_HIT_NOTHING)
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
set_hovered (RunnelCanvas    *self,
             const RunnelHit *hit)
{
  if (self->hovered_node == hit->node && self->hovered_link == hit->link
      && self->hovered_part == hit->type)
    return;

  show_hovered (self, FALSE);
  self->hovered_part = hit->type;
  self->hovered_node = hit->node;
  self->hovered_link = hit->link;
  show_hovered (self, TRUE);

  runnel_canvas_trace_hover (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
runnel_canvas_update_hover (RunnelCanvas *self)
{
  RunnelHit hit;
  double x, y;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);
  hit = runnel_canvas_hit (self, x, y);
  set_hovered (self, &hit);
  runnel_canvas_update_cursor (self);
}

/* The link under the pointer is about to go. */
void
runnel_canvas_forget_hovered_link (RunnelCanvas *self)
{
  show_hovered (self, FALSE);
  self->hovered_link = RUNNEL_NO_INDEX;
  self->hovered_part = RUNNEL_HIT_NOTHING;
}

/* The pointer is elsewhere. */
void
runnel_canvas_clear_hover (RunnelCanvas *self)
{
  const RunnelHit nothing = { RUNNEL_HIT_NOTHING, RUNNEL_NO_INDEX, RUNNEL_NO_INDEX,
                              RUNNEL_PORT_INPUT };

  set_hovered (self, &nothing);
}
