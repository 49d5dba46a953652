/* runnel-canvas-connect.c: drawing a link from one step to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define SNAP_REACH 20 /* logical pixels between the pointer and the input that takes the link */

gboolean
runnel_canvas_is_connecting (RunnelCanvas *self)
{
  return self->connecting.from != RUNNEL_NO_INDEX;
}

/* Begins a link at a step. A sticky one goes on until a click, Enter or Escape. */
void
runnel_canvas_connect_begin (RunnelCanvas *self,
                             guint         from,
                             RunnelOn      on,
                             gboolean      sticky)
{
  self->connecting.from = from;
  self->connecting.on = on;
  self->connecting.target = RUNNEL_NO_INDEX;
  self->connecting.sticky = sticky;
  g_clear_pointer (&self->connecting.refusal, g_free);
  self->pointer.drag = RUNNEL_DRAG_CONNECT;
  runnel_canvas_update_actions (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Makes a step the one to connect to, and finds out whether that is allowed. */
void
runnel_canvas_connect_set_target (RunnelCanvas *self,
                                  guint         target)
{
  RunnelConnecting *connecting = &self->connecting;
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(GError) error = NULL;

  if (connecting->target == target)
    return;

  connecting->target = target;
  g_clear_pointer (&connecting->refusal, g_free);
  if (target == RUNNEL_NO_INDEX)
    return;

  edit = runnel_edit_new_connect (self->pipeline,
                                  runnel_canvas_get_node_id (self, connecting->from),
                                  runnel_canvas_get_node_id (self, target), connecting->on, &error);
  if (edit == NULL)
    connecting->refusal = g_strdup (error->message);
}

static guint
find_target (RunnelCanvas *self)
{
  double x, y;
  guint node;
  RunnelPort port;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);

  if (runnel_pick_node (self->scene, x, y, &node))
    return node;

  if (runnel_pick_port (self->scene, x, y, SNAP_REACH / self->view.zoom, &node, &port)
      && port == RUNNEL_PORT_INPUT)
    return node;

  return RUNNEL_NO_INDEX;
}

/* The step where the link began is no target as long as the pointer has not left it. */
void
runnel_canvas_connect_update (RunnelCanvas *self)
{
  guint target = find_target (self);

  if (target == self->connecting.from)
    target = RUNNEL_NO_INDEX;

  runnel_canvas_connect_set_target (self, target);
  if (!self->connecting.sticky)
    runnel_canvas_edge_pan_follow (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
runnel_canvas_connect_cancel (RunnelCanvas *self)
{
  self->connecting.from = RUNNEL_NO_INDEX;
  self->connecting.target = RUNNEL_NO_INDEX;
  self->connecting.sticky = FALSE;
  g_clear_pointer (&self->connecting.refusal, g_free);
  runnel_canvas_drag_cancel (self);
  runnel_canvas_update_actions (self);
}

/* The link ends at the present target; on empty space a new step is offered, or it is given up. */
void
runnel_canvas_connect_end (RunnelCanvas *self,
                           gboolean      add_on_empty)
{
  const char *from = runnel_canvas_get_node_id (self, self->connecting.from);
  guint target = self->connecting.target;
  RunnelOn on = self->connecting.on;
  gboolean at_start = find_target (self) == self->connecting.from;
  RunnelPoint point;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);
  runnel_canvas_connect_cancel (self);

  if (target != RUNNEL_NO_INDEX)
    runnel_canvas_connect (self, from, runnel_canvas_get_node_id (self, target), on);
  else if (add_on_empty && !at_start)
    runnel_canvas_quick_add (self, point, from, on);
}

/**
 * runnel_canvas_connect:
 * @from: the step that comes first
 * @to: the step that comes after it
 * @on: the outcome of @from on which @to starts
 *
 * Connects two steps. When the document does not allow it, #RunnelCanvas::edit-refused says why.
 *
 * Returns: whether they are connected now
 */
gboolean
runnel_canvas_connect (RunnelCanvas *self,
                       const char   *from,
                       const char   *to,
                       RunnelOn      on)
{
  g_autoptr(GError) error = NULL;
  RunnelEdit *edit;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  if (!runnel_canvas_can_edit (self))
    return FALSE;

  edit = runnel_edit_new_connect (self->pipeline, from, to, on, &error);
  if (edit == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return FALSE;
    }

  return runnel_canvas_apply (self, edit);
}
