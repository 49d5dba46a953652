/* runnel-canvas-walk.c: the keyboard goes from step to step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

static void
get_middle (const RunnelBox *box,
            double          *ret_x,
            double          *ret_y)
{
  *ret_x = (box->x0 + box->x1) / 2;
  *ret_y = (box->y0 + box->y1) / 2;
}

/* How far to go from one part to another when walking in a direction: the way along it, and
 * sideways steps counted double. Infinite when it lies elsewhere. */
static double
get_effort (const RunnelBox  *from,
            const RunnelBox  *to,
            GtkDirectionType  direction)
{
  double x0, y0, x1, y1, along, aside;

  get_middle (from, &x0, &y0);
  get_middle (to, &x1, &y1);

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

static gboolean
is_seen (RunnelCanvas *self,
         guint         node)
{
  return runnel_scene_has_node (self->scene, node)
         && runnel_scene_get_node_host (self->scene, node) == RUNNEL_NO_INDEX;
}

/* The step nearest in a direction, linked or not. */
static guint
find_beside (RunnelCanvas     *self,
             const RunnelBox  *from,
             GtkDirectionType  direction)
{
  guint limit = runnel_scene_get_node_limit (self->scene);
  guint best = RUNNEL_NO_INDEX;
  double least = INFINITY;

  for (guint node = 0; node < limit; node++)
    {
      RunnelBox box;
      double effort;

      if (!is_seen (self, node))
        continue;

      runnel_scene_get_node_box (self->scene, node, &box);
      effort = get_effort (from, &box, direction);
      if (effort < least)
        {
          least = effort;
          best = node;
        }
    }

  return best;
}

static guint
find_beside_node (RunnelCanvas     *self,
                  guint             node,
                  GtkDirectionType  direction)
{
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  return find_beside (self, &box, direction);
}

/* The linked step that is nearest in height, or the closed group in which it is. */
static guint
find_linked (RunnelCanvas *self,
             guint         node,
             gboolean      forward)
{
  guint link = forward ? runnel_scene_first_out (self->scene, node)
                       : runnel_scene_first_in (self->scene, node);
  guint best = RUNNEL_NO_INDEX;
  double least = INFINITY;
  RunnelBox box;
  double x, y;

  runnel_scene_get_node_box (self->scene, node, &box);
  get_middle (&box, &x, &y);

  while (link != RUNNEL_NO_INDEX)
    {
      guint from, to, other, host;
      RunnelOn on;
      double other_x, other_y;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      other = forward ? to : from;
      host = runnel_scene_get_node_host (self->scene, other);
      other = host != RUNNEL_NO_INDEX ? host : other;
      runnel_scene_get_node_box (self->scene, other, &box);
      get_middle (&box, &other_x, &other_y);
      if (fabs (other_y - y) < least)
        {
          least = fabs (other_y - y);
          best = other;
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

  return next != RUNNEL_NO_INDEX ? next : find_beside_node (self, node, direction);
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

      runnel_scene_get_node_box (self->scene, g_array_index (nodes, guint, i), &box);
      get_middle (&box, &x, &y);
      if (x + y < least)
        {
          least = x + y;
          best = g_array_index (nodes, guint, i);
        }
    }

  return best;
}

/* Neither the step where the link stays nor the card of a closed group. */
static gboolean
can_be_target (RunnelCanvas *self,
               guint         node)
{
  return node != self->connecting.anchor
         && runnel_canvas_get_node_part (self, node) == RUNNEL_PART_STEP;
}

static void
walk_target (RunnelCanvas     *self,
             GtkDirectionType  direction)
{
  guint from = self->connecting.target != RUNNEL_NO_INDEX ? self->connecting.target
                                                          : self->connecting.anchor;
  guint next = find_beside_node (self, from, direction);

  while (next != RUNNEL_NO_INDEX && !can_be_target (self, next))
    next = find_beside_node (self, next, direction);
  if (next == RUNNEL_NO_INDEX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  runnel_canvas_connect_set_target (self, next, self->connecting.on);
  runnel_canvas_view_reveal_node (self, next);
  runnel_canvas_a11y_follow_focus (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where to go from the step, group or note where the keyboard is. */
static guint
find_next_part (RunnelCanvas     *self,
                GtkDirectionType  direction)
{
  RunnelShownArea *area = runnel_canvas_get_current_area (self);

  if (self->focus_node != RUNNEL_NO_INDEX)
    return find_next (self, self->focus_node, direction);

  return area != NULL ? find_beside (self, &area->box, direction) : find_first (self);
}

/* Goes to the next step in a direction: left and right along links, else to what lies there. While
 * a link is being made, the target goes instead. From a link the way leads to its ends, and to the
 * other links of the step. */
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

  if (self->selected_link != RUNNEL_NO_INDEX)
    {
      runnel_canvas_walk_from_link (self, direction);
      return;
    }

  next = find_next_part (self, direction);
  if (next == RUNNEL_NO_INDEX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  runnel_canvas_select_only (self, next);
  runnel_canvas_view_reveal_node (self, next);
}
