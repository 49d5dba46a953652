/* runnel-canvas-fold.c: groups closed to one card, behind which their steps are hidden
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

#define CARD_PREFIX "\001" /* no step can have such an id */

/* Returns: (transfer none) (nullable): the outermost closed group around a group, or itself */
static RunnelShownArea *
get_closed_around (RunnelShownArea *group)
{
  RunnelShownArea *closed = NULL;

  for (; group != NULL; group = group->parent)
    if (group->closed && group->nodes->len > 0)
      closed = group;

  return closed;
}

static gboolean
has_card (RunnelShownArea *group)
{
  return get_closed_around (group) == group;
}

/* The card is where the steps begin. */
static RunnelPoint
get_corner (RunnelCanvas    *self,
            RunnelShownArea *group)
{
  RunnelPoint corner = { G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < group->nodes->len; i++)
    {
      const char *id = runnel_canvas_get_node_id (self, g_array_index (group->nodes, guint, i));
      RunnelPoint point = runnel_canvas_layout_get_position (self, id);

      corner = (RunnelPoint) { MIN (corner.x, point.x), MIN (corner.y, point.y) };
    }

  return corner;
}

static guint
add_card (RunnelCanvas    *self,
          RunnelShownArea *group)
{
  g_autofree char *id = g_strconcat (CARD_PREFIX, group->id, NULL);

  while (runnel_canvas_find_node (self, id) != RUNNEL_NO_INDEX)
    {
      g_autofree char *taken = g_steal_pointer (&id);

      id = g_strconcat (CARD_PREFIX, taken, NULL);
    }

  return runnel_scene_add_node (self->scene, id, RUNNEL_ICON_GROUP, 0, 0);
}

static void
show_card (RunnelCanvas    *self,
           RunnelShownArea *group)
{
  const guint n = group->nodes->len;
  g_autofree char *summary = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  RunnelPoint corner = get_corner (self, group);

  if (group->node == RUNNEL_NO_INDEX)
    group->node = add_card (self, group);

  runnel_scene_move_node (self->scene, group->node, corner.x, corner.y);
  runnel_scene_set_node_group (self->scene, group->node, group->tint);
  runnel_scene_set_node_title (self->scene, group->node, group->text);
  runnel_scene_set_node_summary (self->scene, group->node, summary);
  runnel_scene_set_node_flags (self->scene, group->node, RUNNEL_NODE_SELECTED,
                               group->selected ? RUNNEL_NODE_SELECTED : 0);
}

static void
remove_card (RunnelCanvas    *self,
             RunnelShownArea *group)
{
  runnel_canvas_forget_node (self, group->node);
  runnel_scene_remove_node (self->scene, group->node);
  group->node = RUNNEL_NO_INDEX;
}

/* Hides a step behind the card of its group, or puts it back in its place. */
static void
place_step (RunnelCanvas *self,
            guint         node)
{
  RunnelShownArea *closed = get_closed_around (runnel_canvas_get_group_of (self, node));

  if (closed != NULL)
    {
      runnel_scene_set_node_host (self->scene, node, closed->node);
    }
  else if (runnel_scene_get_node_host (self->scene, node) != RUNNEL_NO_INDEX)
    {
      RunnelPoint point = runnel_canvas_layout_get_position (
        self, runnel_canvas_get_node_id (self, node));

      runnel_scene_set_node_host (self->scene, node, RUNNEL_NO_INDEX);
      runnel_scene_move_node (self->scene, node, point.x, point.y);
    }
}

/* Makes cards and hidden steps those of the groups that are closed now. */
void
runnel_canvas_fold_update (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) groups = runnel_canvas_list_groups (self);
  const guint limit = runnel_scene_get_node_limit (self->scene);

  for (guint i = 0; i < groups->len; i++)
    if (has_card (g_ptr_array_index (groups, i)))
      show_card (self, g_ptr_array_index (groups, i));

  for (guint node = 0; node < limit; node++)
    if (runnel_scene_has_node (self->scene, node)
        && !(runnel_scene_get_node_flags (self->scene, node) & RUNNEL_NODE_GROUP))
      place_step (self, node);

  for (guint i = 0; i < groups->len; i++)
    {
      RunnelShownArea *group = g_ptr_array_index (groups, i);

      if (group->node != RUNNEL_NO_INDEX && !has_card (group))
        remove_card (self, group);
    }

  runnel_canvas_queue_group_states (self);
}

/* The keyboard goes from a group's frame to its card, or back. */
static void
follow_selected (RunnelCanvas *self)
{
  const RunnelShownArea *area = runnel_canvas_get_current_area (self);

  if (area != NULL)
    runnel_canvas_set_focus_node (self, area->node);
}

/* What can't be seen any more is not selected, and the keyboard goes to the card. */
static void
leave_steps (RunnelCanvas    *self,
             RunnelShownArea *group)
{
  for (guint i = 0; i < group->nodes->len; i++)
    {
      const guint node = g_array_index (group->nodes, guint, i);

      runnel_canvas_select_node (self, node, FALSE);
      if (self->focus_node == node)
        runnel_canvas_set_focus_node (self, group->node);
    }
}

static void
fold_changed (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) groups = NULL;

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_travel_finish (self);
  runnel_canvas_fold_update (self);
  groups = runnel_canvas_list_groups (self);
  runnel_canvas_areas_follow (self, groups);
  for (guint i = 0; i < groups->len; i++)
    if (has_card (g_ptr_array_index (groups, i)))
      leave_steps (self, g_ptr_array_index (groups, i));
  follow_selected (self);

  runnel_canvas_emit_selection_changed (self);
  runnel_canvas_emit_folded (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Closes a group to its card, or opens it. The document does not know. */
void
runnel_canvas_set_group_closed (RunnelCanvas    *self,
                                RunnelShownArea *group,
                                gboolean         closed)
{
  if (group->closed == closed)
    return;

  group->closed = closed;
  fold_changed (self);
}

void
runnel_canvas_set_all_closed (RunnelCanvas *self,
                              gboolean      closed)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == RUNNEL_AREA_GROUP)
        area->closed = closed;
    }

  fold_changed (self);
}

/* Closes the selected groups, or those around the selected steps; opens them when all are closed. */
void
runnel_canvas_toggle_closed (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  gboolean all = TRUE;

  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelShownArea *group = runnel_canvas_get_group_of (self, g_array_index (nodes, guint, i));

      if (group != NULL && !g_ptr_array_find (areas, group, NULL))
        g_ptr_array_add (areas, group);
    }

  for (guint i = 0; i < areas->len; i++)
    all &= ((RunnelShownArea *) g_ptr_array_index (areas, i))->closed
           || ((RunnelShownArea *) g_ptr_array_index (areas, i))->kind == RUNNEL_AREA_NOTE;

  for (guint i = 0; i < areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (areas, i);

      if (area->kind != RUNNEL_AREA_GROUP)
        continue;
      area->closed = !all;
      runnel_canvas_select_area (self, area, TRUE);
    }

  fold_changed (self);
}

/* Opens all groups that hide a step. */
void
runnel_canvas_open_around (RunnelCanvas *self,
                           guint         node)
{
  if (runnel_scene_get_node_host (self->scene, node) == RUNNEL_NO_INDEX)
    return;

  for (RunnelShownArea *group = runnel_canvas_get_group_of (self, node); group != NULL;
       group = group->parent)
    group->closed = FALSE;

  fold_changed (self);
}

/**
 * runnel_canvas_get_closed_groups:
 *
 * Returns: (transfer full): the ids of the groups that are closed
 */
GStrv
runnel_canvas_get_closed_groups (RunnelCanvas *self)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->closed)
        g_strv_builder_add (ids, area->id);
    }

  return g_strv_builder_end (ids);
}

/**
 * runnel_canvas_set_closed_groups:
 * @ids: (array zero-terminated=1): the groups to close, and no others; unknown ones are passed over
 */
void
runnel_canvas_set_closed_groups (RunnelCanvas      *self,
                                 const char *const *ids)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));
  g_return_if_fail (ids != NULL);

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      area->closed = area->kind == RUNNEL_AREA_GROUP && g_strv_contains (ids, area->id);
    }

  fold_changed (self);
}
