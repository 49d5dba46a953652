/* runnel-canvas-selection.c: which steps, or which link, the next action is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "util/runnel-sort.h"

gboolean
runnel_canvas_is_selected (RunnelCanvas *self,
                           guint         node)
{
  const RunnelShownArea *group = runnel_canvas_get_closed_group (self, node);

  return group != NULL ? group->selected
                       : g_hash_table_contains (self->selection, GUINT_TO_POINTER (node));
}

/**
 * runnel_canvas_get_n_selected:
 *
 * Returns: how many steps are selected; runnel_canvas_get_n_selected_areas() counts groups and
 *   notes
 */
guint
runnel_canvas_get_n_selected (RunnelCanvas *self)
{
  return g_hash_table_size (self->selection);
}

/* The step that is selected when no other is, or RUNNEL_NO_INDEX. */
guint
runnel_canvas_get_only_selected (RunnelCanvas *self)
{
  GHashTableIter iter;
  gpointer key;

  if (runnel_canvas_get_n_selected (self) != 1)
    return RUNNEL_NO_INDEX;

  g_hash_table_iter_init (&iter, self->selection);
  g_hash_table_iter_next (&iter, &key, NULL);
  return GPOINTER_TO_UINT (key);
}

/* Returns: (transfer full): the selected nodes (guint) in ascending order */
GArray *
runnel_canvas_list_selected (RunnelCanvas *self)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->selection);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint node = GPOINTER_TO_UINT (key);

      g_array_append_val (nodes, node);
    }

  g_array_sort (nodes, runnel_compare_guint);
  return nodes;
}

/* Selects or deselects one step, or a closed group by its card; the caller tells about it. Returns: whether anything changed */
gboolean
runnel_canvas_select_node (RunnelCanvas *self,
                           guint         node,
                           gboolean      selected)
{
  RunnelShownArea *group = runnel_canvas_get_closed_group (self, node);

  if (group != NULL)
    return runnel_canvas_select_area (self, group, selected);
  if (runnel_canvas_is_selected (self, node) == selected)
    return FALSE;

  if (selected)
    g_hash_table_add (self->selection, GUINT_TO_POINTER (node));
  else
    g_hash_table_remove (self->selection, GUINT_TO_POINTER (node));

  runnel_scene_set_node_flags (self->scene, node, RUNNEL_NODE_SELECTED,
                               selected ? RUNNEL_NODE_SELECTED : 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
set_selected_link (RunnelCanvas *self,
                   guint         link)
{
  if (self->selected_link == link)
    return FALSE;

  if (self->selected_link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, self->selected_link, RUNNEL_LINK_SELECTED, 0);

  self->selected_link = link;
  if (link != RUNNEL_NO_INDEX)
    runnel_scene_set_link_flags (self->scene, link, RUNNEL_LINK_SELECTED, RUNNEL_LINK_SELECTED);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/* Deselects everything; the caller tells about it. Returns: whether anything changed */
gboolean
runnel_canvas_clear_selection (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  gboolean changed = set_selected_link (self, RUNNEL_NO_INDEX);

  for (guint i = 0; i < nodes->len; i++)
    changed |= runnel_canvas_select_node (self, g_array_index (nodes, guint, i), FALSE);
  for (guint i = 0; i < self->areas->len; i++)
    changed |= runnel_canvas_select_area (self, g_ptr_array_index (self->areas, i), FALSE);

  return changed;
}

/* Selects this step and nothing else, and takes the keyboard there. */
void
runnel_canvas_select_only (RunnelCanvas *self,
                           guint         node)
{
  const guint n_selected = runnel_canvas_get_n_selected (self)
                           + runnel_canvas_get_n_selected_areas (self);
  gboolean changed = !runnel_canvas_is_selected (self, node) || n_selected != 1;

  changed |= set_selected_link (self, RUNNEL_NO_INDEX);
  if (changed)
    {
      runnel_canvas_clear_selection (self);
      runnel_canvas_select_node (self, node, TRUE);
    }

  runnel_canvas_set_focus_node (self, node);
  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

void
runnel_canvas_select_link (RunnelCanvas *self,
                           guint         link)
{
  gboolean changed = FALSE;

  if (self->selected_link != link || runnel_canvas_get_n_selected (self) > 0
      || runnel_canvas_get_n_selected_areas (self) > 0)
    {
      changed = runnel_canvas_clear_selection (self);
      changed |= set_selected_link (self, link);
    }

  if (!changed)
    return;

  runnel_canvas_a11y_follow_focus (self);
  runnel_canvas_show_focus (self);
  runnel_canvas_emit_selection_changed (self);
}

/* Adds to the selection all steps that lead to the selected ones, or that follow from them. */
void
runnel_canvas_select_reachable (RunnelCanvas *self,
                                gboolean      downstream)
{
  g_autoptr(GArray) queue = runnel_canvas_list_selected (self);
  gboolean changed = FALSE;

  for (guint i = 0; i < queue->len; i++)
    {
      guint node = g_array_index (queue, guint, i);
      guint link = downstream ? runnel_scene_first_out (self->scene, node)
                              : runnel_scene_first_in (self->scene, node);

      while (link != RUNNEL_NO_INDEX)
        {
          guint from, to;
          RunnelOn on;

          runnel_scene_get_link (self->scene, link, &from, &to, &on);
          node = downstream ? to : from;
          if (runnel_canvas_select_node (self, node, TRUE))
            {
              g_array_append_val (queue, node);
              changed = TRUE;
            }

          link = downstream ? runnel_scene_next_out (self->scene, link)
                            : runnel_scene_next_in (self->scene, link);
        }
    }

  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

/* A node is about to go: nothing may refer to it any more. */
void
runnel_canvas_forget_node (RunnelCanvas *self,
                           guint         node)
{
  g_hash_table_remove (self->selection, GUINT_TO_POINTER (node));
  runnel_canvas_a11y_forget (self, node);

  if (self->hovered_node == node)
    self->hovered_node = RUNNEL_NO_INDEX;
  if (self->focus_node == node)
    self->focus_node = RUNNEL_NO_INDEX;
}

/* A link is about to go. */
void
runnel_canvas_forget_link (RunnelCanvas *self,
                           guint         link)
{
  if (self->hovered_link == link)
    runnel_canvas_forget_hovered_link (self);
  if (self->selected_link == link)
    self->selected_link = RUNNEL_NO_INDEX;
}

gboolean
runnel_canvas_contains_focus (RunnelCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == GTK_WIDGET (self)
                           || gtk_widget_get_parent (focus) == GTK_WIDGET (self));
}

/* Draws the ring on the card where the keyboard is; a pointer needs none. */
void
runnel_canvas_show_focus (RunnelCanvas *self)
{
  gboolean shown = self->by_keyboard && self->selected_link == RUNNEL_NO_INDEX
                   && runnel_canvas_contains_focus (self);

  if (self->focus_node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, self->focus_node, RUNNEL_NODE_FOCUSED,
                                 shown ? RUNNEL_NODE_FOCUSED : 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Takes the keyboard to a step, or with RUNNEL_NO_INDEX away from all. */
void
runnel_canvas_set_focus_node (RunnelCanvas *self,
                              guint         node)
{
  if (self->focus_node != node && self->focus_node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, self->focus_node, RUNNEL_NODE_FOCUSED, 0);

  self->focus_node = node;
  runnel_canvas_a11y_follow_focus (self);
  runnel_canvas_show_focus (self);
}

/**
 * runnel_canvas_get_selection:
 *
 * Returns: (transfer full): the ids of the selected steps, in the order of the file
 */
GStrv
runnel_canvas_get_selection (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = NULL;
  g_autoptr(GArray) indices = NULL;
  GStrv ids;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  nodes = runnel_canvas_list_selected (self);
  indices = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < nodes->len; i++)
    {
      const char *id = runnel_canvas_get_node_id (self, g_array_index (nodes, guint, i));
      guint index;

      if (runnel_pipeline_find_step (self->pipeline, id, &index))
        g_array_append_val (indices, index);
    }
  g_array_sort (indices, runnel_compare_guint);

  ids = g_new0 (char *, indices->len + 1);
  for (guint i = 0; i < indices->len; i++)
    ids[i] = g_strdup (runnel_pipeline_get_step (self->pipeline,
                                                 g_array_index (indices, guint, i))->id);

  return ids;
}

/**
 * runnel_canvas_set_selection:
 * @ids: (nullable) (array zero-terminated=1): steps to select; unknown ones are passed over
 *
 * Selects these steps and nothing else.
 */
void
runnel_canvas_set_selection (RunnelCanvas      *self,
                             const char *const *ids)
{
  gboolean changed;
  guint last = RUNNEL_NO_INDEX;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  changed = runnel_canvas_clear_selection (self);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      guint node = runnel_canvas_find_node (self, ids[i]);

      if (node == RUNNEL_NO_INDEX)
        continue;

      changed |= runnel_canvas_select_node (self, node, TRUE);
      last = node;
    }

  runnel_canvas_set_focus_node (self, last);
  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

/* The strings are valid until the document changes. */
void
runnel_canvas_get_link_name (RunnelCanvas     *self,
                             guint             link,
                             RunnelCanvasLink *ret_link)
{
  guint from, to;

  runnel_scene_get_link (self->scene, link, &from, &to, &ret_link->on);
  ret_link->from = runnel_canvas_get_node_id (self, from);
  ret_link->to = runnel_canvas_get_node_id (self, to);
}

/**
 * runnel_canvas_get_selected_link:
 * @ret_link: (out caller-allocates): the link; its strings are valid until the document changes
 *
 * Returns: whether a link is selected
 */
gboolean
runnel_canvas_get_selected_link (RunnelCanvas     *self,
                                 RunnelCanvasLink *ret_link)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), FALSE);
  g_return_val_if_fail (ret_link != NULL, FALSE);

  if (self->selected_link == RUNNEL_NO_INDEX)
    return FALSE;

  runnel_canvas_get_link_name (self, self->selected_link, ret_link);
  return TRUE;
}

static guint
find_link (RunnelCanvas           *self,
           const RunnelCanvasLink *link)
{
  guint node = runnel_canvas_find_node (self, link->to);

  if (node == RUNNEL_NO_INDEX)
    return RUNNEL_NO_INDEX;

  for (guint i = runnel_scene_first_in (self->scene, node); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_in (self->scene, i))
    {
      guint from, to;
      RunnelOn on;

      runnel_scene_get_link (self->scene, i, &from, &to, &on);
      if (on == link->on && g_str_equal (runnel_canvas_get_node_id (self, from), link->from))
        return i;
    }

  return RUNNEL_NO_INDEX;
}

/**
 * runnel_canvas_set_selected_link:
 * @link: (nullable): the link to select instead of all else; an unknown one selects nothing
 */
void
runnel_canvas_set_selected_link (RunnelCanvas           *self,
                                 const RunnelCanvasLink *link)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_select_link (self, link != NULL ? find_link (self, link) : RUNNEL_NO_INDEX);
}

/**
 * runnel_canvas_select_all:
 *
 * Selects every step, group and note.
 */
void
runnel_canvas_select_all (RunnelCanvas *self)
{
  gboolean changed;
  guint limit;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  changed = set_selected_link (self, RUNNEL_NO_INDEX);
  limit = runnel_scene_get_node_limit (self->scene);
  for (guint node = 0; node < limit; node++)
    if (runnel_scene_has_node (self->scene, node))
      changed |= runnel_canvas_select_node (self, node, TRUE);
  for (guint i = 0; i < self->areas->len; i++)
    changed |= runnel_canvas_select_area (self, g_ptr_array_index (self->areas, i), TRUE);

  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

/**
 * runnel_canvas_select_none:
 *
 * Deselects everything.
 */
void
runnel_canvas_select_none (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_set_focus_node (self, RUNNEL_NO_INDEX);
  if (runnel_canvas_clear_selection (self))
    runnel_canvas_emit_selection_changed (self);
}
