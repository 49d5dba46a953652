/* runnel-canvas-reading.c: which parts of the canvas are read out, and in which order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define MAX_PARTS 300 /* AT-SPI costs memory and time for each; the list of steps has them all */
#define MAX_AREAS 60

typedef struct
{
  RunnelCanvas *canvas;
  GArray *parts; /* of RunnelReadPart */
  GHashTable *seen;
} Reading;

gpointer
runnel_canvas_get_part_key (RunnelPart part,
                            guint      index)
{
  return GUINT_TO_POINTER (index << 5 | part);
}

RunnelPart
runnel_canvas_get_node_part (RunnelCanvas *self,
                             guint         node)
{
  return runnel_scene_get_node_flags (self->scene, node) & RUNNEL_NODE_GROUP ? RUNNEL_PART_CARD
                                                                            : RUNNEL_PART_STEP;
}

/* From the middle of one step to that of the other: about where the line is. */
static gboolean
get_link_box (RunnelCanvas *self,
              guint         link,
              RunnelBox    *ret_box)
{
  RunnelBox from_box, to_box;
  guint from, to;
  RunnelOn on;
  float x0, y0, x1, y1;

  if (!runnel_scene_has_link (self->scene, link))
    return FALSE;

  runnel_scene_get_link (self->scene, link, &from, &to, &on);
  runnel_scene_get_node_box (self->scene, from, &from_box);
  runnel_scene_get_node_box (self->scene, to, &to_box);
  x0 = (from_box.x0 + from_box.x1) / 2;
  y0 = (from_box.y0 + from_box.y1) / 2;
  x1 = (to_box.x0 + to_box.x1) / 2;
  y1 = (to_box.y0 + to_box.y1) / 2;
  *ret_box = (RunnelBox) { MIN (x0, x1), MIN (y0, y1), MAX (x0, x1), MAX (y0, y1) };
  return TRUE;
}

/* Where a part is in the world. Returns: whether it is still there */
gboolean
runnel_canvas_get_part_box (RunnelCanvas *self,
                            RunnelPart    part,
                            guint         index,
                            RunnelBox    *ret_box)
{
  switch (part)
    {
    case RUNNEL_PART_GROUP:
    case RUNNEL_PART_NOTE:
      if (!runnel_scene_has_area (self->scene, index))
        return FALSE;
      runnel_scene_get_area_box (self->scene, index, ret_box);
      return TRUE;

    case RUNNEL_PART_LINK:
      return get_link_box (self, index, ret_box);

    case RUNNEL_PART_STEP:
    case RUNNEL_PART_CARD:
    default:
      if (!runnel_scene_has_node (self->scene, index))
        return FALSE;
      runnel_scene_get_node_box (self->scene, index, ret_box);
      return TRUE;
    }
}

static void
add (Reading    *reading,
     RunnelPart  part,
     guint       index)
{
  RunnelReadPart read = { .part = part, .index = index };

  if (reading->parts->len < MAX_PARTS
      && runnel_canvas_get_part_box (reading->canvas, part, index, &read.box)
      && g_hash_table_add (reading->seen, runnel_canvas_get_part_key (part, index)))
    g_array_append_val (reading->parts, read);
}

/* A step in a closed group is read as this. */
static void
add_node (Reading *reading,
          guint    node)
{
  guint host = runnel_scene_get_node_host (reading->canvas->scene, node);

  if (host != RUNNEL_NO_INDEX)
    node = host;
  add (reading, runnel_canvas_get_node_part (reading->canvas, node), node);
}

static void
add_neighbours (Reading *reading,
                guint    node)
{
  RunnelScene *scene = reading->canvas->scene;
  guint from, to;
  RunnelOn on;

  for (guint link = runnel_scene_first_out (scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (scene, link))
    {
      runnel_scene_get_link (scene, link, &from, &to, &on);
      add_node (reading, to);
    }

  for (guint link = runnel_scene_first_in (scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (scene, link))
    {
      runnel_scene_get_link (scene, link, &from, &to, &on);
      add_node (reading, from);
    }
}

static RunnelPart
get_area_part (const RunnelShownArea *area)
{
  return area->kind == RUNNEL_AREA_GROUP ? RUNNEL_PART_GROUP : RUNNEL_PART_NOTE;
}

static gboolean
overlap (const RunnelBox *a,
         const RunnelBox *b)
{
  return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* Those that are selected, and of the others those in the box. */
static void
add_areas (Reading         *reading,
           const RunnelBox *box)
{
  GPtrArray *areas = reading->canvas->areas;
  guint n_added = 0;

  for (guint i = 0; i < areas->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (areas, i);

      if (area->area == RUNNEL_NO_INDEX
          || (!area->selected && (n_added >= MAX_AREAS || !overlap (&area->box, box))))
        continue;

      add (reading, get_area_part (area), area->area);
      n_added++;
    }
}

static int
compare_along (gconstpointer a,
               gconstpointer b)
{
  const RunnelBox *left = &((const RunnelReadPart *) a)->box;
  const RunnelBox *right = &((const RunnelReadPart *) b)->box;

  if (left->x0 != right->x0)
    return left->x0 < right->x0 ? -1 : 1;

  return (left->y0 > right->y0) - (left->y0 < right->y0);
}

static int
compare_down (gconstpointer a,
              gconstpointer b)
{
  const RunnelBox *left = &((const RunnelReadPart *) a)->box;
  const RunnelBox *right = &((const RunnelReadPart *) b)->box;

  if (left->y0 != right->y0)
    return left->y0 < right->y0 ? -1 : 1;

  return (left->x0 > right->x0) - (left->x0 < right->x0);
}

/* Where the keyboard is and what is around it, what is selected, what is seen: as many of them, in
 * this order, as there is room for.
 *
 * Returns: (transfer full) (element-type RunnelReadPart): the parts, as links go */
GArray *
runnel_canvas_list_read (RunnelCanvas *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  Reading reading = { self, g_array_new (FALSE, FALSE, sizeof (RunnelReadPart)), seen };
  RunnelBox box;

  if (self->selected_link != RUNNEL_NO_INDEX)
    add (&reading, RUNNEL_PART_LINK, self->selected_link);
  if (runnel_canvas_is_connecting (self) && self->connecting.target != RUNNEL_NO_INDEX)
    add_node (&reading, self->connecting.target);
  if (self->focus_node != RUNNEL_NO_INDEX)
    {
      add_node (&reading, self->focus_node);
      add_neighbours (&reading, self->focus_node);
    }

  runnel_viewport_get_box (&self->view, &box);
  add_areas (&reading, &box);
  runnel_pick_nodes_in (self->scene, &box, nodes);
  for (guint i = 0; i < nodes->len; i++)
    add_node (&reading, g_array_index (nodes, guint, i));

  g_array_sort (reading.parts, self->tidy_down ? compare_down : compare_along);
  return reading.parts;
}
