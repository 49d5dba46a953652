/* runnel-canvas-connect.c: drawing a link from one step to another, and taking an end elsewhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define SNAP_REACH 20 /* logical pixels between the pointer and the port that takes the link */

gboolean
runnel_canvas_is_connecting (RunnelCanvas *self)
{
  return self->connecting.anchor != RUNNEL_NO_INDEX;
}

static void
begin (RunnelCanvas *self,
       guint         anchor,
       gboolean      backwards,
       RunnelOn      on)
{
  g_clear_pointer (&self->connecting.refusal, g_free);
  self->connecting = (RunnelConnecting) { .anchor = anchor,
                                          .backwards = backwards,
                                          .link = RUNNEL_NO_INDEX,
                                          .on = on,
                                          .target_on = on,
                                          .target = RUNNEL_NO_INDEX };
  self->pointer.drag = RUNNEL_DRAG_CONNECT;
  runnel_canvas_update_actions (self);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Begins a link at a step. A sticky one goes on until a click, Enter or Escape. */
void
runnel_canvas_connect_begin (RunnelCanvas *self,
                             guint         from,
                             RunnelOn      on,
                             gboolean      sticky)
{
  runnel_canvas_pointer_cancel (self);
  begin (self, from, FALSE, on);
  self->connecting.sticky = sticky;
}

static RunnelOn
get_outcome (RunnelPort port)
{
  switch (port)
    {
    case RUNNEL_PORT_FAILURE:
      return RUNNEL_ON_FAILURE;
    case RUNNEL_PORT_ALWAYS:
      return RUNNEL_ON_ALWAYS;
    case RUNNEL_PORT_INPUT:
    case RUNNEL_PORT_SUCCESS:
    case RUNNEL_N_PORTS:
    default:
      return RUNNEL_ON_SUCCESS;
    }
}

/* Begins a link at a port: backwards when it is the input. */
void
runnel_canvas_connect_begin_at_port (RunnelCanvas *self,
                                     guint         node,
                                     RunnelPort    port)
{
  begin (self, node, port == RUNNEL_PORT_INPUT, get_outcome (port));
}

/* Takes hold of the start or the end of a link; its other end stays. */
void
runnel_canvas_connect_begin_with_end (RunnelCanvas *self,
                                      guint         link,
                                      gboolean      at_start)
{
  guint from, to;
  RunnelOn on;

  runnel_scene_get_link (self->scene, link, &from, &to, &on);
  begin (self, at_start ? to : from, at_start, on);
  self->connecting.link = link;
  runnel_scene_set_link_flags (self->scene, link, RUNNEL_LINK_DOOMED, RUNNEL_LINK_DOOMED);
}

/* The link that there would be with this target. */
static RunnelCanvasLink
make_name (RunnelCanvas *self,
           guint         target,
           RunnelOn      on)
{
  const char *anchor = runnel_canvas_get_node_id (self, self->connecting.anchor);
  const char *other = runnel_canvas_get_node_id (self, target);

  if (self->connecting.backwards)
    return (RunnelCanvasLink) { other, anchor, on };

  return (RunnelCanvasLink) { anchor, other, on };
}

/* Returns: whether a link is being taken elsewhere; then @ret_link is what it was */
static gboolean
get_before (RunnelCanvas     *self,
            RunnelCanvasLink *ret_link)
{
  if (self->connecting.link == RUNNEL_NO_INDEX)
    return FALSE;

  runnel_canvas_get_link_name (self, self->connecting.link, ret_link);
  return TRUE;
}

static gboolean
is_same (const RunnelCanvasLink *a,
         const RunnelCanvasLink *b)
{
  return a->on == b->on && g_str_equal (a->from, b->from) && g_str_equal (a->to, b->to);
}

/* Returns: (transfer full) (nullable): why the document does not allow a link */
static char *
find_refusal (RunnelCanvas           *self,
              const RunnelCanvasLink *link)
{
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(GError) error = NULL;
  RunnelCanvasLink before;

  if (!get_before (self, &before))
    edit = runnel_edit_new_connect (self->pipeline, link->from, link->to, link->on, &error);
  else if (!is_same (&before, link))
    edit = runnel_edit_new_relink (self->pipeline, &before, link, &error);

  return error != NULL ? g_strdup (error->message) : NULL;
}

/* Makes a step the one to connect to, on this outcome, and finds out whether that is allowed. */
void
runnel_canvas_connect_set_target (RunnelCanvas *self,
                                  guint         target,
                                  RunnelOn      on)
{
  RunnelConnecting *connecting = &self->connecting;
  RunnelCanvasLink link;

  if (connecting->target == target && connecting->target_on == on)
    return;

  connecting->target = target;
  connecting->target_on = on;
  g_clear_pointer (&connecting->refusal, g_free);
  if (target == RUNNEL_NO_INDEX)
    return;

  link = make_name (self, target, on);
  connecting->refusal = find_refusal (self, &link);
}

/* The outcome told by the port where a link would start; one on “finished” stays that. */
static RunnelOn
get_port_outcome (RunnelCanvas *self,
                  RunnelPort    port)
{
  RunnelOn on = get_outcome (port);

  return on == RUNNEL_ON_ALWAYS && self->connecting.on == RUNNEL_ON_FINISHED ? RUNNEL_ON_FINISHED
                                                                           : on;
}

/* The step under the pointer (the card of a closed group is none), or else the one with the nearest port of the right kind. A link that
 * is drawn backwards may end at any of three ports, each with an outcome of its own. */
static guint
find_target (RunnelCanvas *self,
             RunnelOn     *ret_on)
{
  gboolean backwards = self->connecting.backwards;
  guint inside = RUNNEL_NO_INDEX;
  guint node = RUNNEL_NO_INDEX;
  RunnelPort port;
  double x, y;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &x, &y);
  *ret_on = self->connecting.on;

  if (runnel_pick_node (self->scene, x, y, &inside)
      && runnel_canvas_get_node_step (self, inside) == NULL)
    return RUNNEL_NO_INDEX;
  if (inside != RUNNEL_NO_INDEX && !backwards)
    return inside;

  if (!runnel_pick_port (self->scene, x, y, SNAP_REACH / self->view.zoom,
                         backwards ? RUNNEL_PICK_OUTPUTS : RUNNEL_PICK_INPUTS, &node, &port)
      || (inside != RUNNEL_NO_INDEX && inside != node))
    return inside;

  if (backwards)
    *ret_on = get_port_outcome (self, port);
  return node;
}

/* The step where the link began is no target as long as the pointer has not left it. */
void
runnel_canvas_connect_update (RunnelCanvas *self)
{
  RunnelConnecting *connecting = &self->connecting;
  RunnelOn on;
  guint target = find_target (self, &on);

  connecting->away |= target != connecting->anchor;
  if (target == connecting->anchor && !connecting->away)
    target = RUNNEL_NO_INDEX;

  runnel_canvas_connect_set_target (self, target, on);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
runnel_canvas_connect_cancel (RunnelCanvas *self)
{
  RunnelConnecting *connecting = &self->connecting;
  gboolean had_target = connecting->target != RUNNEL_NO_INDEX;

  if (connecting->link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, connecting->link, RUNNEL_LINK_DOOMED, 0);

  connecting->anchor = RUNNEL_NO_INDEX;
  connecting->target = RUNNEL_NO_INDEX;
  connecting->link = RUNNEL_NO_INDEX;
  connecting->sticky = FALSE;
  g_clear_pointer (&connecting->refusal, g_free);
  runnel_canvas_drag_cancel (self);
  runnel_canvas_update_actions (self);
  if (had_target)
    runnel_canvas_a11y_follow_focus (self);
}

/* The button was pressed and released in the same place: on a port the link goes on without it, the
 * end of a link is let go. */
void
runnel_canvas_connect_click (RunnelCanvas *self)
{
  guint link = self->connecting.link;

  if (link == RUNNEL_NO_INDEX)
    {
      self->connecting.sticky = TRUE;
      return;
    }

  runnel_canvas_connect_cancel (self);
  runnel_canvas_select_link (self, link);
}

static void
relink (RunnelCanvas           *self,
        const RunnelCanvasLink *before,
        const RunnelCanvasLink *after)
{
  if (!is_same (before, after))
    runnel_canvas_relink (self, before, after);
}

/* Without a target: a link that was there goes, a new one asks for a step at its loose end. */
static void
end_on_empty (RunnelCanvas           *self,
              const RunnelConnecting *connecting,
              const RunnelCanvasLink *before)
{
  const char *anchor = runnel_canvas_get_node_id (self, connecting->anchor);
  RunnelCanvasLink link = { .on = connecting->on };
  RunnelPoint point;

  if (before != NULL)
    {
      runnel_canvas_apply (self, runnel_edit_new_disconnect (self->pipeline, before, 1));
      return;
    }

  if (connecting->backwards)
    link.to = anchor;
  else
    link.from = anchor;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);
  runnel_canvas_quick_add (self, point, &link);
}

/* The link ends at the present target; on empty space a new step is offered, or it is given up. */
void
runnel_canvas_connect_end (RunnelCanvas *self,
                           gboolean      add_on_empty)
{
  const RunnelConnecting connecting = self->connecting;
  RunnelCanvasLink before, after = { 0 };
  gboolean is_relink = get_before (self, &before);
  gboolean has_target = connecting.target != RUNNEL_NO_INDEX;

  if (has_target)
    after = make_name (self, connecting.target, connecting.target_on);
  runnel_canvas_connect_cancel (self);

  if (has_target && is_relink)
    relink (self, &before, &after);
  else if (has_target)
    runnel_canvas_connect (self, after.from, after.to, after.on);
  else if (add_on_empty && connecting.away)
    end_on_empty (self, &connecting, is_relink ? &before : NULL);
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
