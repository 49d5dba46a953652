/* runnel-canvas-move.c: dragging steps, groups and notes to another place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define MAX_ROUTED 300 /* with more steps than these on the move, their links go straight meanwhile */

static void
remember_node (RunnelCanvas *self,
               guint         node)
{
  RunnelMovedNode moved = { .node = node };
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  moved.x = box.x0;
  moved.y = box.y0;
  g_array_append_val (self->pointer.moved_nodes, moved);
}

/* The steps of a group move with it unless they are pinned, and the cards of the closed groups among them. */
void
runnel_canvas_move_remember (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_movable (self);
  g_autoptr(GHashTable) cards = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      const guint node = g_array_index (nodes, guint, i);
      const guint host = runnel_scene_get_node_host (self->scene, node);

      remember_node (self, node);
      if (host != RUNNEL_NO_INDEX && g_hash_table_add (cards, GUINT_TO_POINTER (host)))
        remember_node (self, host);
    }
}

static void
remember_notes (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);

  for (guint i = 0; i < areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (areas, i);

      if (area->kind == RUNNEL_AREA_NOTE)
        g_ptr_array_add (self->pointer.moved_notes, area);
    }
}

/* Ctrl on what is not selected is a click to come, or else a drag of that too. */
static void
begin_move (RunnelCanvas *self)
{
  RunnelPointer *pointer = &self->pointer;
  gboolean changed = pointer->press_area != NULL
                       ? runnel_canvas_select_area (self, pointer->press_area, TRUE)
                       : runnel_canvas_select_node (self, pointer->press_node, TRUE);

  if (changed)
    runnel_canvas_emit_selection_changed (self);

  runnel_canvas_move_remember (self);
  remember_notes (self);
  runnel_canvas_regroup_begin (self);
  runnel_scene_set_hasty (self->scene, self->pointer.moved_nodes->len > MAX_ROUTED);
}

static gboolean
has_begun (RunnelCanvas *self)
{
  return self->pointer.moved_nodes->len > 0 || self->pointer.moved_notes->len > 0;
}

/* The corner that snaps: of the card or note that was taken hold of, or of a group's first step. */
static RunnelPoint
get_hold (RunnelCanvas *self)
{
  const RunnelPointer *pointer = &self->pointer;
  const RunnelShownArea *area = pointer->press_area;
  guint node = pointer->press_node;

  if (area != NULL && area->kind == RUNNEL_AREA_NOTE)
    return (RunnelPoint) { area->before.x0, area->before.y0 };
  if (area != NULL)
    node = g_array_index (area->nodes, guint, 0);

  for (guint i = 0; i < pointer->moved_nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (pointer->moved_nodes, RunnelMovedNode, i);

      if (moved->node == node)
        return (RunnelPoint) { moved->x, moved->y };
    }

  return (RunnelPoint) { 0, 0 };
}

/* Shows everything moved by that much. */
static void
show_moved (RunnelCanvas *self,
            double        dx,
            double        dy)
{
  RunnelPointer *pointer = &self->pointer;

  pointer->moved_x = dx;
  pointer->moved_y = dy;

  for (guint i = 0; i < pointer->moved_nodes->len; i++)
    {
      const RunnelMovedNode *moved = &g_array_index (pointer->moved_nodes, RunnelMovedNode, i);

      if (runnel_scene_has_node (self->scene, moved->node))
        runnel_scene_move_node (self->scene, moved->node, round (moved->x + dx),
                                round (moved->y + dy));
    }

  for (guint i = 0; i < pointer->moved_notes->len; i++)
    {
      RunnelShownArea *note = g_ptr_array_index (pointer->moved_notes, i);
      const RunnelBox *before = &note->before;

      note->box = (RunnelBox) { round (before->x0 + dx), round (before->y0 + dy),
                                round (before->x1 + dx), round (before->y1 + dy) };
      runnel_canvas_show_area (self, note);
    }

  runnel_canvas_areas_follow (self, pointer->moved_groups);
}

/* Lets the way end where what was taken hold of snaps to something. */
void
runnel_canvas_move_snap (RunnelCanvas *self,
                         double       *dx,
                         double       *dy)
{
  RunnelPoint hold = get_hold (self);

  runnel_canvas_snap_drag (self, &hold, dx, dy);
}

void
runnel_canvas_move_update (RunnelCanvas *self,
                           double        dx,
                           double        dy)
{
  if (!runnel_canvas_can_edit (self))
    return;

  if (!has_begun (self))
    begin_move (self);

  runnel_canvas_move_snap (self, &dx, &dy);
  show_moved (self, dx, dy);
  runnel_canvas_aim_moved (self);
  runnel_canvas_regroup_update (self);
}

/* Puts everything back where it was. */
void
runnel_canvas_move_cancel (RunnelCanvas *self)
{
  if (!has_begun (self))
    return;

  show_moved (self, 0, 0);
  runnel_scene_set_hasty (self->scene, FALSE);
  runnel_canvas_aim_end (self);
  runnel_canvas_regroup_cancel (self);
}

/* Says why a step does not come along that was taken hold of. */
static void
refuse_pinned (RunnelCanvas *self)
{
  guint node = self->pointer.press_node;
  g_autofree char *message = NULL;

  if (node == RUNNEL_NO_INDEX || runnel_canvas_get_node_step (self, node) == NULL
      || !runnel_canvas_is_pinned (self, node))
    return;

  message = g_strdup_printf (_("“%s” is pinned; P lets it go"),
                             runnel_step_get_title (runnel_canvas_get_node_step (self, node)));
  runnel_canvas_refuse (self, message);
}

static RunnelEdit *
make_step_move (RunnelCanvas *self,
                double        dx,
                double        dy)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_movable (self);
  g_auto(GStrv) ids = runnel_canvas_list_ids (self, nodes);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, nodes->len + 1);

  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelPoint point = runnel_canvas_layout_get_position (self, ids[i]);

      points[i] = (RunnelPoint) { round (point.x + dx), round (point.y + dy) };
    }

  return nodes->len > 0 ? runnel_edit_new_move_steps ((const char *const *) ids, points, nodes->len)
                        : NULL;
}

/* The canvas has the notes in the order in which the document lists them, behind the groups. */
static RunnelEdit *
make_note_move (RunnelCanvas *self,
                double        dx,
                double        dy)
{
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (self->pipeline);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) rects = g_array_new (FALSE, FALSE, sizeof (RunnelRect));
  const guint n_groups = self->areas->len - notes->len;

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);
      const RunnelShownArea *shown = g_ptr_array_index (self->areas, n_groups + i);
      const RunnelRect rect = { note->rect.x + dx, note->rect.y + dy, note->rect.width,
                                note->rect.height };

      if (!shown->selected)
        continue;
      g_ptr_array_add (ids, shown->id);
      g_array_append_val (rects, rect);
    }

  return ids->len > 0 ? runnel_edit_new_place_notes (self->pipeline,
                                                     (const char *const *) ids->pdata,
                                                     (const RunnelRect *) rects->data, ids->len)
                      : NULL;
}

/* Makes one edit of several (transfer full), some of them NULL, named by the first. */
static RunnelEdit *
join (RunnelEdit *first,
      RunnelEdit *second)
{
  RunnelEdit *edits[] = { first, second };

  if (first == NULL || second == NULL)
    return first != NULL ? first : second;

  return runnel_edit_new_compound (runnel_edit_get_label (first), edits, G_N_ELEMENTS (edits));
}

/* Returns: (transfer full) (nullable): the edit that moves what is selected by world units */
RunnelEdit *
runnel_canvas_make_move (RunnelCanvas *self,
                         double        dx,
                         double        dy)
{
  return join (make_step_move (self, dx, dy), make_note_move (self, dx, dy));
}

/* What was moved stays there, and in the groups and on the link it was dropped on, by one edit. */
void
runnel_canvas_move_end (RunnelCanvas *self)
{
  const RunnelPointer *pointer = &self->pointer;
  RunnelEdit *edit = NULL;

  refuse_pinned (self);
  if (pointer->moved_x != 0 || pointer->moved_y != 0)
    edit = join (runnel_canvas_aim_make_edit (self),
                 join (runnel_canvas_make_move (self, pointer->moved_x, pointer->moved_y),
                       runnel_canvas_regroup_make_edit (self)));

  runnel_canvas_move_cancel (self);
  if (edit != NULL)
    runnel_canvas_apply (self, edit);
}
