/* runnel-canvas-a11y.c: the parts of the canvas as assistive technology sees them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define DELAY 250 /* ms after a change; panning and running steps change things all the time */

static RunnelShownArea *
find_area (RunnelCanvas *self,
           guint         index)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->area == index)
        return area;
    }

  return NULL;
}

/* Selects a part, and takes the keyboard and the view there. */
static void
focus_wanted_cb (RunnelCanvas    *self,
                 RunnelPartProxy *proxy)
{
  guint index = runnel_part_proxy_get_index (proxy);
  RunnelShownArea *area;

  switch (runnel_part_proxy_get_part (proxy))
    {
    case RUNNEL_PART_GROUP:
    case RUNNEL_PART_NOTE:
      area = find_area (self, index);
      if (area != NULL)
        runnel_canvas_go_to_area (self, area);
      break;

    case RUNNEL_PART_LINK:
      break; /* it is the selected one */

    case RUNNEL_PART_STEP:
    case RUNNEL_PART_CARD:
    default:
      runnel_canvas_select_only (self, index);
      runnel_canvas_view_reveal_node (self, index);
    }

  self->by_keyboard = TRUE;
  runnel_canvas_a11y_grab_focus (self);
}

static GtkWidget *
lookup (RunnelCanvas *self,
        RunnelPart    part,
        guint         index)
{
  return g_hash_table_lookup (self->proxies, runnel_canvas_get_part_key (part, index));
}

static void
describe (RunnelCanvas    *self,
          RunnelPartProxy *proxy)
{
  guint index = runnel_part_proxy_get_index (proxy);
  RunnelPart part = runnel_part_proxy_get_part (proxy);
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  switch (part)
    {
    case RUNNEL_PART_GROUP:
    case RUNNEL_PART_NOTE:
      label = runnel_canvas_describe_area (self, find_area (self, index));
      description = runnel_canvas_describe_area_further (self, find_area (self, index));
      break;

    case RUNNEL_PART_LINK:
      label = runnel_canvas_describe_link (self, index);
      break;

    case RUNNEL_PART_STEP:
    case RUNNEL_PART_CARD:
    default:
      label = runnel_canvas_describe_node (self, index);
      description = runnel_canvas_describe_further (self, index);
    }

  runnel_part_proxy_set_label (proxy, label);
  runnel_part_proxy_set_description (proxy, description);
}

static GtkWidget *
ensure (RunnelCanvas *self,
        RunnelPart    part,
        guint         index)
{
  GtkWidget *proxy = lookup (self, part, index);

  if (proxy == NULL)
    {
      proxy = runnel_part_proxy_new (part, index);
      g_signal_connect_swapped (proxy, "focus-wanted", G_CALLBACK (focus_wanted_cb), self);
      gtk_widget_set_parent (proxy, GTK_WIDGET (self));
      g_hash_table_insert (self->proxies, runnel_canvas_get_part_key (part, index), proxy);
    }

  describe (self, RUNNEL_PART_PROXY (proxy));
  return proxy;
}

/* The keyboard stays on the canvas when the part is gone. */
static void
drop (RunnelCanvas *self,
      GtkWidget    *proxy)
{
  gboolean focused = gtk_widget_is_focus (proxy);

  gtk_widget_unparent (proxy);
  if (focused)
    runnel_canvas_a11y_grab_focus (self);
}

/* Returns: (transfer container): the proxies of parts that are not in the list */
static GPtrArray *
take_unwanted (RunnelCanvas *self,
               GArray       *parts)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GPtrArray *unwanted = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key, proxy;

  for (guint i = 0; i < parts->len; i++)
    {
      const RunnelReadPart *read = &g_array_index (parts, RunnelReadPart, i);

      g_hash_table_add (wanted, runnel_canvas_get_part_key (read->part, read->index));
    }

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &key, &proxy))
    if (!g_hash_table_contains (wanted, key))
      {
        g_ptr_array_add (unwanted, proxy);
        g_hash_table_iter_remove (&iter);
      }

  return unwanted;
}

/* Where the links of a node lead to, for steps in a closed group its card. */
static void
update_flow (RunnelCanvas *self,
             guint         node)
{
  GList *targets = NULL;
  RunnelPart part = runnel_canvas_get_node_part (self, node);

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    {
      guint from, to, host;
      RunnelOn on;
      GtkWidget *target;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      host = runnel_scene_get_node_host (self->scene, to);
      to = host != RUNNEL_NO_INDEX ? host : to;
      target = lookup (self, runnel_canvas_get_node_part (self, to), to);
      if (target != NULL && g_list_find (targets, target) == NULL)
        targets = g_list_prepend (targets, target);
    }

  runnel_part_proxy_set_flow (RUNNEL_PART_PROXY (lookup (self, part, node)),
                              g_list_reverse (targets));
}

static void
update_flows (RunnelCanvas *self,
              GArray       *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const RunnelReadPart *read = &g_array_index (parts, RunnelReadPart, i);

      if (read->part == RUNNEL_PART_STEP)
        update_flow (self, read->index);
    }
}

/* Makes the accessibles those of the parts that matter now, in the order in which they are read. */
void
runnel_canvas_a11y_update (RunnelCanvas *self)
{
  g_autoptr(GArray) parts = runnel_canvas_list_read (self);
  g_autoptr(GPtrArray) unwanted = take_unwanted (self, parts);
  GtkWidget *before = self->quick_add;

  g_clear_handle_id (&self->proxies_id, g_source_remove);
  for (guint i = 0; i < unwanted->len; i++)
    drop (self, g_ptr_array_index (unwanted, i));

  for (guint i = 0; i < parts->len; i++)
    {
      const RunnelReadPart *read = &g_array_index (parts, RunnelReadPart, i);
      GtkWidget *proxy = ensure (self, read->part, read->index);

      if (gtk_widget_get_prev_sibling (proxy) != before)
        gtk_widget_insert_after (proxy, GTK_WIDGET (self), before);
      before = proxy;
    }

  update_flows (self, parts);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
update_cb (gpointer user_data)
{
  RunnelCanvas *self = user_data;

  self->proxies_id = 0;
  runnel_canvas_a11y_update (self);

  return G_SOURCE_REMOVE;
}

void
runnel_canvas_a11y_queue_update (RunnelCanvas *self)
{
  if (self->proxies_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->proxies_id = g_timeout_add (DELAY, update_cb, self);
}

/* A node is about to go. */
void
runnel_canvas_a11y_forget (RunnelCanvas *self,
                           guint         node)
{
  RunnelPart part = runnel_canvas_get_node_part (self, node);
  GtkWidget *proxy = lookup (self, part, node);

  if (proxy == NULL)
    return;

  if (self->focus_node == node)
    self->focus_node = RUNNEL_NO_INDEX;
  g_hash_table_remove (self->proxies, runnel_canvas_get_part_key (part, node));
  drop (self, proxy);
}

void
runnel_canvas_a11y_clear (RunnelCanvas *self)
{
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (RunnelReadPart));
  g_autoptr(GPtrArray) unwanted = take_unwanted (self, none);

  g_clear_handle_id (&self->proxies_id, g_source_remove);
  for (guint i = 0; i < unwanted->len; i++)
    gtk_widget_unparent (g_ptr_array_index (unwanted, i));
}

/* Lays the accessibles where the parts are. */
void
runnel_canvas_a11y_allocate (RunnelCanvas *self)
{
  GHashTableIter iter;
  GtkWidget *proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &proxy))
    {
      RunnelPartProxy *part = RUNNEL_PART_PROXY (proxy);
      graphene_rect_t rect;
      GtkAllocation allocation;
      RunnelBox box = { 0 }; /* of a part that is gone, until the next update */

      runnel_canvas_get_part_box (self, runnel_part_proxy_get_part (part),
                                  runnel_part_proxy_get_index (part), &box);
      runnel_canvas_view_get_rect (self, &box, &rect);
      allocation = (GtkAllocation) { rect.origin.x, rect.origin.y, rect.size.width,
                                     rect.size.height };
      gtk_widget_measure (proxy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (proxy, &allocation, -1);
    }
}

/* Returns: (transfer none) (nullable): the accessible of where the keyboard is: the step that a link
 * is being taken to, the selected link, the step or card, the group or note; %NULL = the canvas */
GtkWidget *
runnel_canvas_a11y_get_focus (RunnelCanvas *self)
{
  guint node = self->focus_node;
  RunnelShownArea *area;

  if (runnel_canvas_is_connecting (self) && self->connecting.target != RUNNEL_NO_INDEX)
    node = self->connecting.target;
  else if (self->selected_link != RUNNEL_NO_INDEX)
    return ensure (self, RUNNEL_PART_LINK, self->selected_link);

  if (node != RUNNEL_NO_INDEX)
    return ensure (self, runnel_canvas_get_node_part (self, node), node);

  area = runnel_canvas_get_current_area (self);
  if (area == NULL || area->area == RUNNEL_NO_INDEX)
    return NULL;

  return ensure (self, area->kind == RUNNEL_AREA_GROUP ? RUNNEL_PART_GROUP : RUNNEL_PART_NOTE,
                 area->area);
}

/* Gives the keyboard focus to the accessible of where the keyboard is. */
void
runnel_canvas_a11y_grab_focus (RunnelCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The keyboard has gone elsewhere on the canvas, if it is there at all. */
void
runnel_canvas_a11y_follow_focus (RunnelCanvas *self)
{
  if (runnel_canvas_contains_focus (self))
    runnel_canvas_a11y_grab_focus (self);
}
