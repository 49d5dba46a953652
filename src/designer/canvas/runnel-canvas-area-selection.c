/* runnel-canvas-area-selection.c: which groups and notes the next action is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "util/runnel-sort.h"

/* Selects or deselects a group or note; the caller tells about it. Returns: whether anything changed */
gboolean
runnel_canvas_select_area (RunnelCanvas    *self,
                           RunnelShownArea *area,
                           gboolean         selected)
{
  if (area->selected == selected)
    return FALSE;

  area->selected = selected;
  if (area->node != RUNNEL_NO_INDEX)
    runnel_scene_set_node_flags (self->scene, area->node, RUNNEL_NODE_SELECTED,
                                 selected ? RUNNEL_NODE_SELECTED : 0);
  runnel_canvas_show_area (self, area);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/* Returns: (transfer container): the selected groups and notes */
GPtrArray *
runnel_canvas_list_selected_areas (RunnelCanvas *self)
{
  GPtrArray *areas = g_ptr_array_new ();

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->selected)
        g_ptr_array_add (areas, area);
    }

  return areas;
}

guint
runnel_canvas_get_n_selected_areas (RunnelCanvas *self)
{
  guint n = 0;

  for (guint i = 0; i < self->areas->len; i++)
    n += ((RunnelShownArea *) g_ptr_array_index (self->areas, i))->selected;

  return n;
}

/* Selects this and nothing else. The keyboard goes to the card of a closed group. */
void
runnel_canvas_select_only_area (RunnelCanvas    *self,
                                RunnelShownArea *area)
{
  gboolean changed = !area->selected || runnel_canvas_get_n_selected (self) > 0
                     || runnel_canvas_get_n_selected_areas (self) != 1
                     || self->selected_link != RUNNEL_NO_INDEX;

  if (changed)
    {
      runnel_canvas_clear_selection (self);
      runnel_canvas_select_area (self, area, TRUE);
    }

  runnel_canvas_set_focus_node (self, area->node);
  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

/* Returns: (transfer none) (nullable): the group or note that is selected, and nothing else is */
RunnelShownArea *
runnel_canvas_get_current_area (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) areas = NULL;

  if (runnel_canvas_get_n_selected (self) > 0)
    return NULL;

  areas = runnel_canvas_list_selected_areas (self);
  return areas->len == 1 ? g_ptr_array_index (areas, 0) : NULL;
}

/* Returns: (transfer full): the selected nodes (guint) and those of the selected groups, ascending */
GArray *
runnel_canvas_list_selected_deeply (RunnelCanvas *self)
{
  GArray *nodes = runnel_canvas_list_selected (self);
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (seen, GUINT_TO_POINTER (g_array_index (nodes, guint, i)));

  for (guint i = 0; i < areas->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (areas, i);

      for (guint n = 0; area->nodes != NULL && n < area->nodes->len; n++)
        if (g_hash_table_add (seen, GUINT_TO_POINTER (g_array_index (area->nodes, guint, n))))
          g_array_append_val (nodes, g_array_index (area->nodes, guint, n));
    }

  g_array_sort (nodes, runnel_compare_guint);
  return nodes;
}

/* Returns: (transfer full): the ids of nodes (guint) */
GStrv
runnel_canvas_list_ids (RunnelCanvas *self,
                        GArray       *nodes)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < nodes->len; i++)
    g_strv_builder_add (ids, runnel_canvas_get_node_id (self, g_array_index (nodes, guint, i)));

  return g_strv_builder_end (ids);
}

/* Selects the group around the step or group where the keyboard is. */
void
runnel_canvas_select_around (RunnelCanvas *self)
{
  RunnelShownArea *current = runnel_canvas_get_current_area (self);
  RunnelShownArea *group = NULL;

  if (current != NULL)
    group = current->parent;
  else if (self->focus_node != RUNNEL_NO_INDEX)
    group = runnel_canvas_get_group_of (self, self->focus_node);

  self->by_keyboard = TRUE;
  if (group != NULL)
    runnel_canvas_select_only_area (self, group);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Selects the steps of the selected groups instead of these. */
void
runnel_canvas_select_inside (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);
  guint first = RUNNEL_NO_INDEX;

  for (guint i = 0; i < areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (areas, i);

      for (guint n = 0; area->nodes != NULL && n < area->nodes->len; n++)
        {
          const guint node = g_array_index (area->nodes, guint, n);

          runnel_canvas_open_around (self, node);
          runnel_canvas_select_node (self, node, TRUE);
          first = MIN (first, node);
        }
    }

  if (first == RUNNEL_NO_INDEX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  for (guint i = 0; i < areas->len; i++)
    runnel_canvas_select_area (self, g_ptr_array_index (areas, i), FALSE);
  self->by_keyboard = TRUE;
  runnel_canvas_set_focus_node (self, first);
  runnel_canvas_emit_selection_changed (self);
}

static GStrv
list_ids (RunnelCanvas   *self,
          RunnelAreaKind  kind)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < self->areas->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->selected && area->kind == kind)
        g_strv_builder_add (ids, area->id);
    }

  return g_strv_builder_end (ids);
}

/**
 * runnel_canvas_get_selected_groups:
 *
 * Returns: (transfer full): the ids of the selected groups, in the order of the file
 */
GStrv
runnel_canvas_get_selected_groups (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  return list_ids (self, RUNNEL_AREA_GROUP);
}

/**
 * runnel_canvas_get_selected_notes:
 *
 * Returns: (transfer full): the ids of the selected notes, in the order of the file
 */
GStrv
runnel_canvas_get_selected_notes (RunnelCanvas *self)
{
  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  return list_ids (self, RUNNEL_AREA_NOTE);
}
