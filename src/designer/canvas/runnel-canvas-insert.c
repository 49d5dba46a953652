/* runnel-canvas-insert.c: steps that go between the ends of a link
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

/* Makes a link the one on which the step held over it would go; RUNNEL_NO_INDEX for none. */
void
runnel_canvas_aim_at (RunnelCanvas *self,
                      guint         link)
{
  if (self->aimed_link == link)
    return;

  if (self->aimed_link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, self->aimed_link, RUNNEL_LINK_SELECTED, 0);

  self->aimed_link = link;
  if (link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, link, RUNNEL_LINK_SELECTED, RUNNEL_LINK_SELECTED);

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Finds the link that a card held over the canvas would go on: one that runs under it, nearest to
 * its middle. Alt says that the card is not meant for a link. */
void
runnel_canvas_aim (RunnelCanvas    *self,
                   const RunnelBox *card)
{
  guint link = RUNNEL_NO_INDEX;

  if (!(self->pointer.modifiers & GDK_ALT_MASK))
    runnel_pick_link (self->scene, (card->x0 + card->x1) / 2, (card->y0 + card->y1) / 2,
                      RUNNEL_NODE_HEIGHT / 2.f, &link);

  runnel_canvas_aim_at (self, link);
}

/* Returns: whether a step is held over a link; then @ret_link is that link */
gboolean
runnel_canvas_get_aim (RunnelCanvas     *self,
                       RunnelCanvasLink *ret_link)
{
  if (self->aimed_link == RUNNEL_NO_INDEX)
    return FALSE;

  runnel_canvas_get_link_name (self, self->aimed_link, ret_link);
  return TRUE;
}

static void
set_afloat (RunnelCanvas *self,
            guint         node,
            gboolean      afloat)
{
  runnel_scene_set_node_flags (self->scene, node, RUNNEL_NODE_AFLOAT,
                               afloat ? RUNNEL_NODE_AFLOAT : 0);
}

/* Whether a step has neither predecessor nor successor: only such a one goes on a link by itself. */
static gboolean
is_loose (RunnelCanvas *self,
          guint         node)
{
  return runnel_canvas_get_node_step (self, node) != NULL
         && runnel_scene_first_in (self->scene, node) == RUNNEL_NO_INDEX
         && runnel_scene_first_out (self->scene, node) == RUNNEL_NO_INDEX;
}

/* The card that is dragged, when it is a single one that may be dropped on a link, or its copy. */
static const RunnelMovedNode *
get_moved_card (RunnelCanvas *self)
{
  const RunnelPointer *pointer = &self->pointer;
  const RunnelMovedNode *moved;

  if (pointer->moved_nodes->len != 1 || pointer->moved_notes->len > 0)
    return NULL;

  moved = &g_array_index (pointer->moved_nodes, RunnelMovedNode, 0);
  return pointer->drag == RUNNEL_DRAG_CLONE || is_loose (self, moved->node) ? moved : NULL;
}

/* Aims with the card that is dragged. Links would make way for it: that one must stay where it is. */
void
runnel_canvas_aim_moved (RunnelCanvas *self)
{
  const RunnelPointer *pointer = &self->pointer;
  const RunnelMovedNode *moved = get_moved_card (self);
  RunnelBox card;

  if (moved == NULL)
    return;

  if (pointer->drag == RUNNEL_DRAG_MOVE)
    set_afloat (self, moved->node, TRUE);

  card.x0 = moved->x + pointer->moved_x;
  card.y0 = moved->y + pointer->moved_y;
  card.x1 = card.x0 + RUNNEL_NODE_WIDTH;
  card.y1 = card.y0 + RUNNEL_NODE_HEIGHT;
  runnel_canvas_aim (self, &card);
}

/* The card is no longer held. */
void
runnel_canvas_aim_end (RunnelCanvas *self)
{
  const GArray *nodes = self->pointer.moved_nodes;
  guint node = nodes->len > 0 ? g_array_index (nodes, RunnelMovedNode, 0).node : RUNNEL_NO_INDEX;

  if (node != RUNNEL_NO_INDEX && runnel_scene_has_node (self->scene, node))
    set_afloat (self, node, FALSE);
  runnel_canvas_aim_at (self, RUNNEL_NO_INDEX);
}

/* Returns: (transfer full) (nullable): the edit that puts the card between the ends of the link that
 * it is held over */
RunnelEdit *
runnel_canvas_aim_make_edit (RunnelCanvas *self)
{
  const RunnelMovedNode *moved = get_moved_card (self);
  RunnelCanvasLink link;

  if (moved == NULL || !runnel_canvas_get_aim (self, &link))
    return NULL;

  return runnel_edit_new_insert_on_link (self->pipeline,
                                         runnel_canvas_get_node_step (self, moved->node), &link,
                                         NULL);
}

/* The selected link, or the one between the two selected steps. */
static guint
find_link (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  guint link = self->selected_link;

  if (nodes->len == 2)
    {
      guint first = g_array_index (nodes, guint, 0);
      guint second = g_array_index (nodes, guint, 1);

      if (!runnel_scene_find_link (self->scene, first, second, &link))
        runnel_scene_find_link (self->scene, second, first, &link);
    }

  return link;
}

/**
 * runnel_canvas_insert:
 *
 * Lets the person search for the kind of a step that is to go on the selected link, or on the link
 * between the two selected steps.
 */
void
runnel_canvas_insert (RunnelCanvas *self)
{
  RunnelCanvasLink name;
  RunnelPoint point;
  guint link;
  float x, y;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  link = find_link (self);
  if (link == RUNNEL_NO_INDEX)
    {
      runnel_canvas_refuse (self, _("Select a link, or two steps that are linked, to insert a step "
                                    "between them."));
      return;
    }

  runnel_canvas_get_link_name (self, link, &name);
  runnel_scene_get_link_middle (self->scene, link, &x, &y);
  point = (RunnelPoint) { x, y };
  runnel_canvas_quick_add (self, point, &name);
}
