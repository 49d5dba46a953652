/* runnel-canvas-regroup.c: steps dragged into and out of groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the middle of a card is let go decides: in the frame of its group, as that was before the
 * drag, it stays; elsewhere it leaves, and joins the innermost group whose frame is there. A group
 * that is moved as a whole joins and leaves in the same way with all of its steps. Alt suspends it.
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define MAX_CUES 1000 /* more steps than that are dragged without showing where they would go */

static gboolean
is_moved_whole (const RunnelShownArea *group)
{
  return group->n_moved == group->nodes->len;
}

static void
list_drop_groups (RunnelCanvas *self)
{
  g_ptr_array_set_size (self->pointer.drop_groups, 0);
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == RUNNEL_AREA_GROUP && area->area != RUNNEL_NO_INDEX
          && !is_moved_whole (area))
        g_ptr_array_add (self->pointer.drop_groups, area);
    }
}

/* Counts of each group how many of its steps are moved, and keeps where its frame is now. */
void
runnel_canvas_regroup_begin (RunnelCanvas *self)
{
  const GArray *moved = self->pointer.moved_nodes;

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      area->n_moved = 0;
      area->before = area->box;
    }

  for (guint i = 0; i < moved->len; i++)
    for (RunnelShownArea *group = runnel_canvas_get_group_of (
           self, g_array_index (moved, RunnelMovedNode, i).node);
         group != NULL; group = group->parent)
      if (group->n_moved++ == 0)
        g_ptr_array_add (self->pointer.moved_groups, group);

  list_drop_groups (self);
}

static gboolean
contains (const RunnelBox *box,
          RunnelPoint      point)
{
  return point.x >= box->x0 && point.x < box->x1 && point.y >= box->y0 && point.y < box->y1;
}

/* The outermost group around a node that is moved as a whole, or NULL. */
static RunnelShownArea *
get_whole (RunnelCanvas *self,
           guint         node)
{
  RunnelShownArea *whole = NULL;

  for (RunnelShownArea *group = runnel_canvas_get_group_of (self, node); group != NULL;
       group = group->parent)
    if (is_moved_whole (group))
      whole = group;

  return whole;
}

/* The middle of the card, or of the group with which it moves. */
static RunnelPoint
get_middle (RunnelCanvas    *self,
            guint            node,
            RunnelShownArea *whole)
{
  RunnelBox box;

  if (whole == NULL)
    {
      runnel_scene_get_node_box (self->scene, node, &box);
      return (RunnelPoint) { (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2 };
    }

  return (RunnelPoint) { (whole->before.x0 + whole->before.x1) / 2 + self->pointer.moved_x,
                         (whole->before.y0 + whole->before.y1) / 2 + self->pointer.moved_y };
}

static gboolean
is_suspended (RunnelCanvas *self)
{
  return (self->pointer.modifiers & GDK_ALT_MASK) != 0;
}

/* The group in which a moved node will be, besides those that move with it. */
static RunnelShownArea *
get_destination (RunnelCanvas *self,
                 guint         node)
{
  RunnelShownArea *whole = get_whole (self, node);
  RunnelShownArea *origin = whole != NULL ? whole->parent
                                          : runnel_canvas_get_group_of (self, node);
  RunnelPoint middle = get_middle (self, node, whole);
  RunnelShownArea *best = NULL;

  if (is_suspended (self) || (origin != NULL && contains (&origin->before, middle)))
    return origin;

  for (guint i = 0; i < self->pointer.drop_groups->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->pointer.drop_groups, i);

      if (contains (&area->before, middle) && (best == NULL || area->depth >= best->depth))
        best = area;
    }

  return best;
}

static gboolean
is_around (const RunnelShownArea *outer,
           const RunnelShownArea *group)
{
  while (group != NULL && group != outer)
    group = group->parent;

  return group != NULL;
}

/* Whether a step of the group is going to be in it still: its frame does not follow the others. */
gboolean
runnel_canvas_regroup_stays (RunnelCanvas    *self,
                             RunnelShownArea *group,
                             guint            node)
{
  RunnelShownArea *whole;

  if (self->pointer.drag != RUNNEL_DRAG_MOVE || group->n_moved == 0 || is_moved_whole (group)
      || is_suspended (self))
    return TRUE;

  whole = get_whole (self, node);
  return contains (&group->before, get_middle (self, node, whole));
}

static void
clear_targets (RunnelCanvas *self)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->area != RUNNEL_NO_INDEX)
        runnel_scene_set_area_target (self->scene, area->area, FALSE);
    }
}

static gboolean
joins (RunnelCanvas    *self,
       guint            node,
       RunnelShownArea *destination)
{
  return destination != NULL
         && !is_around (destination, runnel_canvas_get_group_of (self, node));
}

/* Marks the frames into which something would be dropped. */
void
runnel_canvas_regroup_update (RunnelCanvas *self)
{
  const GArray *moved = self->pointer.moved_nodes;

  clear_targets (self);
  for (guint i = 0; i < moved->len && moved->len <= MAX_CUES; i++)
    {
      const guint node = g_array_index (moved, RunnelMovedNode, i).node;
      RunnelShownArea *destination = get_destination (self, node);

      if (joins (self, node, destination))
        runnel_scene_set_area_target (self->scene, destination->area, TRUE);
    }
}

/* What is moved is not any more. */
void
runnel_canvas_regroup_cancel (RunnelCanvas *self)
{
  clear_targets (self);
  for (guint i = 0; i < self->areas->len; i++)
    ((RunnelShownArea *) g_ptr_array_index (self->areas, i))->n_moved = 0;
  g_ptr_array_set_size (self->pointer.moved_groups, 0);
  g_ptr_array_set_size (self->pointer.drop_groups, 0);
}

/* Where moved steps go that go to another group: node to RunnelShownArea, NULL for none. The card of
 * a closed group is no step. */
static GHashTable *
list_changes (RunnelCanvas *self)
{
  GHashTable *changes = g_hash_table_new (NULL, NULL);
  const GArray *moved = self->pointer.moved_nodes;

  for (guint i = 0; i < moved->len; i++)
    {
      const guint node = g_array_index (moved, RunnelMovedNode, i).node;
      RunnelShownArea *whole = get_whole (self, node);
      RunnelShownArea *origin = whole != NULL ? whole->parent
                                              : runnel_canvas_get_group_of (self, node);
      RunnelShownArea *destination = get_destination (self, node);

      if (destination != origin && runnel_canvas_get_node_step (self, node) != NULL)
        g_hash_table_insert (changes, GUINT_TO_POINTER (node), destination);
    }

  return changes;
}

/* Whether a step that goes to `destination` is in the group then. */
static gboolean
will_be_in (RunnelCanvas    *self,
            RunnelShownArea *group,
            guint            node,
            RunnelShownArea *destination)
{
  if (is_around (group, destination))
    return TRUE;

  return is_moved_whole (group) && is_around (group, runnel_canvas_get_group_of (self, node));
}

/* Returns: (transfer full) (nullable): the ids of the group's steps after the changes, when they
 * are others */
static GStrv
make_steps (RunnelCanvas    *self,
            RunnelShownArea *group,
            GHashTable      *changes)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(GHashTable) before = g_hash_table_new (NULL, NULL);
  gboolean changed = FALSE;
  GHashTableIter iter;
  gpointer node, destination;

  for (guint i = 0; i < group->nodes->len; i++)
    {
      const guint member = g_array_index (group->nodes, guint, i);

      g_hash_table_add (before, GUINT_TO_POINTER (member));
      if (g_hash_table_lookup_extended (changes, GUINT_TO_POINTER (member), NULL, &destination)
          && !will_be_in (self, group, member, destination))
        changed = TRUE;
      else
        g_strv_builder_add (ids, runnel_canvas_get_node_id (self, member));
    }

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &node, &destination))
    if (is_around (group, destination) && !g_hash_table_contains (before, node))
      {
        changed = TRUE;
        g_strv_builder_add (ids, runnel_canvas_get_node_id (self, GPOINTER_TO_UINT (node)));
      }

  return changed ? g_strv_builder_end (ids) : NULL;
}

/* Returns: (transfer full) (nullable): the edit that puts what was moved into its groups */
RunnelEdit *
runnel_canvas_regroup_make_edit (RunnelCanvas *self)
{
  g_autoptr(GHashTable) changes = list_changes (self);
  g_autoptr(GArray) groups = g_array_new (FALSE, FALSE, sizeof (RunnelGroupSteps));
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < self->areas->len && g_hash_table_size (changes) > 0; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);
      GStrv steps = area->kind == RUNNEL_AREA_GROUP ? make_steps (self, area, changes) : NULL;
      RunnelGroupSteps group = { area->id, (const char *const *) steps };

      if (steps == NULL)
        continue;
      g_ptr_array_add (lists, steps);
      g_array_append_val (groups, group);
    }

  if (groups->len == 0)
    return NULL;

  return runnel_edit_new_regroup (self->pipeline, (const RunnelGroupSteps *) groups->data,
                                  groups->len);
}
