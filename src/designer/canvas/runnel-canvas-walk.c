/* runnel-canvas-walk.c: the keyboard goes from step to step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

static void
get_middle (RunnelCanvas *self,
            guint         node,
            double       *ret_x,
            double       *ret_y)
{
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  *ret_x = (box.x0 + box.x1) / 2;
  *ret_y = (box.y0 + box.y1) / 2;
}

/* How far to go from one step to another when walking in a direction: the way along it, and
 * sideways steps counted double. Infinite when it lies elsewhere. */
static double
get_effort (RunnelCanvas     *self,
            guint             from,
            guint             to,
            GtkDirectionType  direction)
{
  double x0, y0, x1, y1, along, aside;

  get_middle (self, from, &x0, &y0);
  get_middle (self, to, &x1, &y1);

  switch (direction)
    {
    case GTK_DIR_LEFT:
    case GTK_DIR_RIGHT:
      along = direction == GTK_DIR_RIGHT ? x1 - x0 : x0 - x1;
      aside = fabs (y1 - y0);
      break;

    case GTK_DIR_UP:
    case GTK_DIR_DOWN:
    default:
      along = direction == GTK_DIR_DOWN ? y1 - y0 : y0 - y1;
      aside = fabs (x1 - x0);
    }

  return along > 0 ? along + 2 * aside : INFINITY;
}

/* The step nearest in a direction, linked or not. */
static guint
find_beside (RunnelCanvas     *self,
             guint             from,
             GtkDirectionType  direction)
{
  guint limit = runnel_scene_get_node_limit (self->scene);
  guint best = RUNNEL_NO_INDEX;
  double least = INFINITY;

  for (guint node = 0; node < limit; node++)
    {
      double effort;

      if (node == from || !runnel_scene_has_node (self->scene, node)
          || runnel_scene_get_node_host (self->scene, node) != RUNNEL_NO_INDEX)
        continue;

      effort = get_effort (self, from, node, direction);
      if (effort < least)
        {
          least = effort;
          best = node;
        }
    }

  return best;
}

/* The linked step that is nearest in height. */
static guint
find_linked (RunnelCanvas *self,
             guint         node,
             gboolean      forward)
{
  guint link = forward ? runnel_scene_first_out (self->scene, node)
                       : runnel_scene_first_in (self->scene, node);
  guint best = RUNNEL_NO_INDEX;
  double least = INFINITY;
  double x, y;

  get_middle (self, node, &x, &y);

  while (link != RUNNEL_NO_INDEX)
    {
      guint from, to;
      RunnelOn on;
      double other_x, other_y;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      get_middle (self, forward ? to : from, &other_x, &other_y);
      if (runnel_scene_get_node_host (self->scene, forward ? to : from) == RUNNEL_NO_INDEX
          && fabs (other_y - y) < least)
        {
          least = fabs (other_y - y);
          best = forward ? to : from;
        }

      link = forward ? runnel_scene_next_out (self->scene, link)
                     : runnel_scene_next_in (self->scene, link);
    }

  return best;
}

static guint
find_next (RunnelCanvas     *self,
           guint             node,
           GtkDirectionType  direction)
{
  guint next = RUNNEL_NO_INDEX;

  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    next = find_linked (self, node, direction == GTK_DIR_RIGHT);

  return next != RUNNEL_NO_INDEX ? next : find_beside (self, node, direction);
}

/* Where walking begins: the upper left step of those that are seen, or of all. */
static guint
find_first (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  guint best = RUNNEL_NO_INDEX;
  double least = INFINITY;
  RunnelBox box;

  runnel_viewport_get_box (&self->view, &box);
  runnel_pick_nodes_in (self->scene, &box, nodes);
  if (nodes->len == 0 && runnel_scene_get_extents (self->scene, &box))
    runnel_pick_nodes_in (self->scene, &box, nodes);

  for (guint i = 0; i < nodes->len; i++)
    {
      double x, y;

      get_middle (self, g_array_index (nodes, guint, i), &x, &y);
      if (x + y < least)
        {
          least = x + y;
          best = g_array_index (nodes, guint, i);
        }
    }

  return best;
}

static void
walk_target (RunnelCanvas     *self,
             GtkDirectionType  direction)
{
  guint from = self->connecting.target != RUNNEL_NO_INDEX ? self->connecting.target
                                                          : self->connecting.anchor;
  guint next = find_beside (self, from, direction);

  if (next == RUNNEL_NO_INDEX || next == self->connecting.anchor)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  runnel_canvas_connect_set_target (self, next, self->connecting.on);
  runnel_canvas_view_reveal_node (self, next);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Goes to the next step in a direction: left and right along links, else to what lies there. While
 * a link is being made, the target goes instead. */
void
runnel_canvas_walk (RunnelCanvas     *self,
                    GtkDirectionType  direction)
{
  guint next;

  self->by_keyboard = TRUE;
  if (runnel_canvas_is_connecting (self))
    {
      walk_target (self, direction);
      return;
    }

  next = self->focus_node != RUNNEL_NO_INDEX ? find_next (self, self->focus_node, direction)
                                             : find_first (self);
  if (next == RUNNEL_NO_INDEX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  runnel_canvas_select_only (self, next);
  runnel_canvas_view_reveal_node (self, next);
}
