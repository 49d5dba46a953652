/* runnel-canvas-drag.c: moving steps, selecting by box, panning
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define EDGE 40          /* logical pixels: inside this band the view follows the pointer */
#define EDGE_SPEED 24.0  /* logical pixels per second for each pixel of depth */

/* How deep the pointer is in the band along the edges of a span, negative towards its start. */
static double
get_depth (double position,
           double size)
{
  if (position < EDGE)
    return MAX (position - EDGE, -2 * EDGE);
  if (position > size - EDGE)
    return MIN (position - (size - EDGE), 2 * EDGE);

  return 0;
}

static void
stop_edge_pan (RunnelCanvas *self)
{
  if (self->pointer.edge_pan_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->pointer.edge_pan_id);
  self->pointer.edge_pan_id = 0;
}

static gboolean
edge_pan_cb (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  RunnelPointer *pointer = &self->pointer;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = MIN (now - pointer->edge_pan_time, 100 * 1000) / (double) G_USEC_PER_SEC;
  double dx = get_depth (pointer->x, gtk_widget_get_width (widget));
  double dy = get_depth (pointer->y, gtk_widget_get_height (widget));

  pointer->edge_pan_time = now;
  if (dx == 0 && dy == 0)
    {
      pointer->edge_pan_id = 0;
      return G_SOURCE_REMOVE;
    }

  runnel_canvas_view_pan (self, dx * EDGE_SPEED * seconds, dy * EDGE_SPEED * seconds);
  if (pointer->drag == RUNNEL_DRAG_CONNECT)
    runnel_canvas_connect_update (self);
  else
    runnel_canvas_drag_update (self);

  return G_SOURCE_CONTINUE;
}

/* While something is dragged near an edge, the view goes on by itself. */
void
runnel_canvas_drag_follow_edge (RunnelCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean near = get_depth (self->pointer.x, gtk_widget_get_width (widget)) != 0
                  || get_depth (self->pointer.y, gtk_widget_get_height (widget)) != 0;

  if (!near || self->pointer.edge_pan_id != 0 || !gtk_widget_get_mapped (widget))
    return;

  self->pointer.edge_pan_time = g_get_monotonic_time ();
  self->pointer.edge_pan_id = gtk_widget_add_tick_callback (widget, edge_pan_cb, NULL, NULL);
}

static void
remember_nodes (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);

  g_array_set_size (self->pointer.moved_nodes, 0);
  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelMovedNode moved = { .node = g_array_index (nodes, guint, i) };
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, moved.node, &box);
      moved.x = box.x0;
      moved.y = box.y0;
      g_array_append_val (self->pointer.moved_nodes, moved);
    }
}

/* Ctrl on a step that is not selected is a click to come, or else a drag of that step too. */
static void
begin_move (RunnelCanvas *self)
{
  if (runnel_canvas_select_node (self, self->pointer.press_node, TRUE))
    runnel_canvas_emit_selection_changed (self);

  remember_nodes (self);
}

/* Moves by whole grid steps of the step that was taken hold of, unless Shift asks for freedom. */
static void
update_move (RunnelCanvas *self,
             double        dx,
             double        dy)
{
  GArray *nodes = self->pointer.moved_nodes;
  gboolean free = (self->pointer.modifiers & GDK_SHIFT_MASK) != 0;

  if (!runnel_canvas_can_edit (self))
    return;

  if (nodes->len == 0)
    begin_move (self);

  for (guint i = 0; i < nodes->len && !free; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      if (moved->node == self->pointer.press_node)
        {
          dx = runnel_canvas_layout_snap (moved->x + dx) - moved->x;
          dy = runnel_canvas_layout_snap (moved->y + dy) - moved->y;
          break;
        }
    }

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      runnel_scene_move_node (self->scene, moved->node, round (moved->x + dx),
                              round (moved->y + dy));
    }

  runnel_canvas_sync_areas (self);
}

/* The box in world units, however it was drawn. */
void
runnel_canvas_drag_get_box (RunnelCanvas *self,
                            RunnelBox    *ret_box)
{
  const RunnelPointer *pointer = &self->pointer;
  double x, y;

  runnel_canvas_view_to_world (self, pointer->x, pointer->y, &x, &y);
  *ret_box = (RunnelBox) { MIN (x, pointer->world_x), MIN (y, pointer->world_y),
                           MAX (x, pointer->world_x), MAX (y, pointer->world_y) };
}

static gboolean
was_selected (RunnelCanvas *self,
              guint         node)
{
  return g_hash_table_contains (self->pointer.box_before, GUINT_TO_POINTER (node));
}

/* Selects what the box touches besides what was selected before; with Ctrl, what it touches and was
 * selected is deselected. */
static void
update_box (RunnelCanvas *self)
{
  gboolean toggle = (self->pointer.press_modifiers & GDK_CONTROL_MASK) != 0;
  g_autoptr(GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) selected = runnel_canvas_list_selected (self);
  GHashTableIter iter;
  gpointer key;
  RunnelBox box;

  g_hash_table_iter_init (&iter, self->pointer.box_before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (wanted, key);

  runnel_canvas_drag_get_box (self, &box);
  runnel_pick_nodes_in (self->scene, &box, touched);
  for (guint i = 0; i < touched->len; i++)
    {
      guint node = g_array_index (touched, guint, i);

      if (toggle && was_selected (self, node))
        g_hash_table_remove (wanted, GUINT_TO_POINTER (node));
      else
        g_hash_table_add (wanted, GUINT_TO_POINTER (node));
    }

  for (guint i = 0; i < selected->len; i++)
    if (!g_hash_table_contains (wanted, GUINT_TO_POINTER (g_array_index (selected, guint, i))))
      runnel_canvas_select_node (self, g_array_index (selected, guint, i), FALSE);

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    runnel_canvas_select_node (self, GPOINTER_TO_UINT (key), TRUE);
}

static void
begin_box (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);

  g_clear_pointer (&self->pointer.box_before, g_hash_table_unref);
  self->pointer.box_before = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (self->pointer.box_before,
                      GUINT_TO_POINTER (g_array_index (nodes, guint, i)));
}

void
runnel_canvas_drag_begin (RunnelCanvas *self,
                          RunnelDrag    drag)
{
  self->pointer.drag = drag;
  g_array_set_size (self->pointer.moved_nodes, 0);

  if (drag == RUNNEL_DRAG_BOX)
    begin_box (self);
}

/* The pointer, or the view under it, has moved. */
void
runnel_canvas_drag_update (RunnelCanvas *self)
{
  RunnelPointer *pointer = &self->pointer;
  double x, y;

  runnel_canvas_view_to_world (self, pointer->x, pointer->y, &x, &y);

  switch (pointer->drag)
    {
    case RUNNEL_DRAG_PAN:
      runnel_canvas_view_pan (self, (pointer->world_x - x) * self->view.zoom,
                              (pointer->world_y - y) * self->view.zoom);
      break;

    case RUNNEL_DRAG_MOVE:
      update_move (self, x - pointer->world_x, y - pointer->world_y);
      runnel_canvas_drag_follow_edge (self);
      break;

    case RUNNEL_DRAG_BOX:
      update_box (self);
      runnel_canvas_drag_follow_edge (self);
      break;

    case RUNNEL_DRAG_CONNECT:
    case RUNNEL_DRAG_NONE:
    default:
      break;
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
put_back (RunnelCanvas *self)
{
  GArray *nodes = self->pointer.moved_nodes;

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (nodes, RunnelMovedNode, i);

      if (runnel_scene_has_node (self->scene, moved->node))
        runnel_scene_move_node (self->scene, moved->node, moved->x, moved->y);
    }

  if (nodes->len > 0)
    runnel_canvas_sync_areas (self);
}

static RunnelEdit *
make_move (RunnelCanvas *self)
{
  GArray *nodes = self->pointer.moved_nodes;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  gboolean moved = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelMovedNode *before = &g_array_index (nodes, RunnelMovedNode, i);
      RunnelPoint point;
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, before->node, &box);
      point = (RunnelPoint) { box.x0, box.y0 };
      moved |= box.x0 != before->x || box.y0 != before->y;
      g_ptr_array_add (ids, (gpointer) runnel_canvas_get_node_id (self, before->node));
      g_array_append_val (points, point);
    }

  if (!moved)
    return NULL;

  return runnel_edit_new_move_steps ((const char *const *) ids->pdata,
                                     (const RunnelPoint *) points->data, ids->len);
}

static void
finish (RunnelCanvas *self)
{
  self->pointer.drag = RUNNEL_DRAG_NONE;
  g_array_set_size (self->pointer.moved_nodes, 0);
  g_clear_pointer (&self->pointer.box_before, g_hash_table_unref);
  stop_edge_pan (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The button goes up: a move becomes one edit, a box a selection. */
void
runnel_canvas_drag_end (RunnelCanvas *self)
{
  RunnelDrag drag = self->pointer.drag;
  RunnelEdit *move = NULL;

  if (drag == RUNNEL_DRAG_MOVE)
    {
      move = make_move (self);
      if (move != NULL)
        put_back (self);
    }

  finish (self);

  if (move != NULL)
    runnel_canvas_apply (self, move);
  else if (drag == RUNNEL_DRAG_BOX)
    runnel_canvas_emit_selection_changed (self);
}

void
runnel_canvas_drag_cancel (RunnelCanvas *self)
{
  if (self->pointer.drag == RUNNEL_DRAG_MOVE)
    put_back (self);

  finish (self);
}
