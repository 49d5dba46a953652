/* runnel-canvas-walk-parts.c: the keyboard goes from link to link, and to groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

/* The item after or before another in an array that goes round; -1 when the array is empty. */
static int
find_next_index (int      n_items,
                 int      current,
                 gboolean forward)
{
  if (n_items == 0)
    return -1;
  if (current < 0)
    return forward ? 0 : n_items - 1;

  return (current + (forward ? 1 : n_items - 1)) % n_items;
}

/* --- Links --- */

/* Returns: (transfer full): the links (guint) that lead on from a node, then those that lead to it */
static GArray *
list_links (RunnelCanvas *self,
            guint         node)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    g_array_append_val (links, link);

  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    g_array_append_val (links, link);

  return links;
}

static int
find_link (GArray *links,
           guint   link)
{
  for (guint i = 0; i < links->len; i++)
    if (g_array_index (links, guint, i) == link)
      return (int) i;

  return -1;
}

/* The step whose links are walked: where the keyboard was before, if the link is one of its own. */
static guint
get_link_owner (RunnelCanvas *self)
{
  guint from, to;
  RunnelOn on;

  if (self->selected_link == RUNNEL_NO_INDEX)
    return self->focus_node;

  runnel_scene_get_link (self->scene, self->selected_link, &from, &to, &on);
  return self->focus_node == to ? to : from;
}

/* Selects the next link of the step where the keyboard is, and takes the keyboard there. */
void
runnel_canvas_walk_link (RunnelCanvas *self,
                         gboolean      forward)
{
  guint node = get_link_owner (self);
  g_autoptr(GArray) links = NULL;
  RunnelBox box;
  int index;

  self->by_keyboard = TRUE;
  if (node == RUNNEL_NO_INDEX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  links = list_links (self, node);
  index = find_next_index (links->len, find_link (links, self->selected_link), forward);
  if (index < 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  runnel_canvas_set_focus_node (self, node);
  runnel_canvas_select_link (self, g_array_index (links, guint, index));
  if (runnel_canvas_get_part_box (self, RUNNEL_PART_LINK, self->selected_link, &box))
    runnel_canvas_view_reveal_box (self, &box);
}

/* Left and right lead to the ends of the selected link, up and down to the step's other links. */
void
runnel_canvas_walk_from_link (RunnelCanvas     *self,
                              GtkDirectionType  direction)
{
  guint from, to, end;
  RunnelOn on;

  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    {
      runnel_canvas_walk_link (self, direction == GTK_DIR_DOWN);
      return;
    }

  runnel_scene_get_link (self->scene, self->selected_link, &from, &to, &on);
  end = direction == GTK_DIR_RIGHT ? to : from;
  runnel_canvas_open_around (self, end);
  runnel_canvas_select_only (self, end);
  runnel_canvas_view_reveal_node (self, end);
}

/* --- Groups and notes --- */

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const RunnelBox *left = &(*(const RunnelShownArea *const *) a)->box;
  const RunnelBox *right = &(*(const RunnelShownArea *const *) b)->box;

  if (left->x0 != right->x0)
    return left->x0 < right->x0 ? -1 : 1;

  return (left->y0 > right->y0) - (left->y0 < right->y0);
}

/* Returns: (transfer container): the groups and notes that are not in a closed group, from the left */
static GPtrArray *
list_areas (RunnelCanvas *self)
{
  GPtrArray *areas = g_ptr_array_new ();

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->area != RUNNEL_NO_INDEX || area->node != RUNNEL_NO_INDEX)
        g_ptr_array_add (areas, area);
    }

  g_ptr_array_sort (areas, compare_places);
  return areas;
}

/* Selects a group or note, and takes keyboard and view there. */
void
runnel_canvas_go_to_area (RunnelCanvas    *self,
                          RunnelShownArea *area)
{
  self->by_keyboard = TRUE;
  runnel_canvas_select_only_area (self, area);
  runnel_canvas_view_reveal_box (self, &area->box);
}

/* Goes to the next group or note. */
void
runnel_canvas_walk_area (RunnelCanvas *self,
                         gboolean      forward)
{
  g_autoptr(GPtrArray) areas = list_areas (self);
  RunnelShownArea *current = runnel_canvas_get_current_area (self);
  guint position;
  int index = -1;

  if (current != NULL && g_ptr_array_find (areas, current, &position))
    index = (int) position;

  index = find_next_index (areas->len, index, forward);
  if (index >= 0)
    runnel_canvas_go_to_area (self, g_ptr_array_index (areas, index));
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}
