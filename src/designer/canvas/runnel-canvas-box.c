/* runnel-canvas-box.c: selecting what a box touches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

/* The box in world units, however it was drawn. */
void
runnel_canvas_box_get (RunnelCanvas *self,
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

/* Notes and closed groups are touched; a frame must be inside as a whole. */
static gboolean
takes_area (const RunnelShownArea *area,
            const RunnelBox       *box)
{
  if (area->area == RUNNEL_NO_INDEX && area->node == RUNNEL_NO_INDEX)
    return FALSE;
  if (area->kind == RUNNEL_AREA_NOTE || area->closed)
    return runnel_box_intersects (&area->box, box);

  return area->box.x0 >= box->x0 && area->box.x1 <= box->x1 && area->box.y0 >= box->y0
         && area->box.y1 <= box->y1;
}

static void
select_areas (RunnelCanvas    *self,
              const RunnelBox *box,
              gboolean         toggle)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);
      gboolean taken = takes_area (area, box);

      runnel_canvas_select_area (self, area, toggle ? area->selected_before != taken
                                                    : area->selected_before || taken);
    }
}

/* Selects what the box touches besides what was selected before; with Ctrl, what it touches and was
 * selected is deselected. */
void
runnel_canvas_box_update (RunnelCanvas *self)
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

  runnel_canvas_box_get (self, &box);
  runnel_pick_nodes_in (self->scene, &box, touched);
  for (guint i = 0; i < touched->len; i++)
    {
      guint node = g_array_index (touched, guint, i);

      if (runnel_canvas_get_closed_group (self, node) != NULL)
        continue;
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

  select_areas (self, &box, toggle);
}

void
runnel_canvas_box_begin (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      area->selected_before = area->selected;
    }

  g_clear_pointer (&self->pointer.box_before, g_hash_table_unref);
  self->pointer.box_before = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < nodes->len; i++)
    g_hash_table_add (self->pointer.box_before,
                      GUINT_TO_POINTER (g_array_index (nodes, guint, i)));
}
