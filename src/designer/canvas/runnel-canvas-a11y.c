/* runnel-canvas-a11y.c: the steps as assistive technology sees them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-part-proxy.h"

#define MAX_PROXIES 300
#define DELAY 250 /* ms after a change; panning and running steps change things all the time */

static void
focus_wanted_cb (RunnelCanvas    *self,
                 RunnelPartProxy *proxy)
{
  guint node = runnel_part_proxy_get_node (proxy);

  runnel_canvas_select_only (self, node);
  runnel_canvas_view_reveal_node (self, node);
  gtk_widget_grab_focus (GTK_WIDGET (proxy));
}

static void
activated_cb (RunnelCanvas    *self,
              RunnelPartProxy *proxy)
{
  runnel_canvas_emit_step_activated (self, runnel_part_proxy_get_node (proxy));
}

static RunnelPartProxy *
lookup (RunnelCanvas *self,
        guint         node)
{
  return g_hash_table_lookup (self->proxies, GUINT_TO_POINTER (node));
}

static RunnelPartProxy *
ensure (RunnelCanvas *self,
        guint         node)
{
  RunnelPartProxy *proxy = lookup (self, node);
  g_autofree char *label = runnel_canvas_describe_node (self, node);
  g_autofree char *description = runnel_canvas_describe_further (self, node);

  if (proxy == NULL)
    {
      proxy = RUNNEL_PART_PROXY (runnel_part_proxy_new (node));
      g_signal_connect_swapped (proxy, "focus-wanted", G_CALLBACK (focus_wanted_cb), self);
      g_signal_connect_swapped (proxy, "activated", G_CALLBACK (activated_cb), self);
      gtk_widget_set_parent (GTK_WIDGET (proxy), GTK_WIDGET (self));
      g_hash_table_insert (self->proxies, GUINT_TO_POINTER (node), proxy);
    }

  runnel_part_proxy_set_label (proxy, label);
  runnel_part_proxy_set_description (proxy, description);
  return proxy;
}

static void
add_wanted (GHashTable *wanted,
            guint       node)
{
  if (g_hash_table_size (wanted) < MAX_PROXIES)
    g_hash_table_add (wanted, GUINT_TO_POINTER (node));
}

static void
add_neighbours (RunnelCanvas *self,
                guint         node,
                GHashTable   *wanted)
{
  guint from, to;
  RunnelOn on;

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    {
      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      add_wanted (wanted, to);
    }

  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    {
      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      add_wanted (wanted, from);
    }
}

typedef struct
{
  guint node;
  float x, y;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;

  return (left->y > right->y) - (left->y < right->y);
}

/* Returns: (transfer full): the nodes as Place, in the order in which the pipeline is read */
static GArray *
sort_nodes (RunnelCanvas *self,
            GHashTable   *nodes)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  GHashTableIter iter;
  gpointer node;

  g_hash_table_iter_init (&iter, nodes);
  while (g_hash_table_iter_next (&iter, &node, NULL))
    {
      RunnelBox box;
      Place place;

      runnel_scene_get_node_box (self->scene, GPOINTER_TO_UINT (node), &box);
      place = (Place) { GPOINTER_TO_UINT (node), box.x0, box.y0 };
      g_array_append_val (places, place);
    }

  g_array_sort (places, compare_places);
  return places;
}

/* Where the keyboard is and what is around it, what is selected, what is seen: in this order, as
 * many as there is room for. */
static GHashTable *
list_wanted (RunnelCanvas *self)
{
  GHashTable *wanted = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  RunnelBox box;

  if (self->focus_node != RUNNEL_NO_INDEX)
    {
      add_wanted (wanted, self->focus_node);
      add_neighbours (self, self->focus_node, wanted);
    }

  runnel_viewport_get_box (&self->view, &box);
  runnel_pick_nodes_in (self->scene, &box, nodes);
  for (guint i = 0; i < nodes->len; i++)
    add_wanted (wanted, g_array_index (nodes, guint, i));

  return wanted;
}

static void
remove_unwanted (RunnelCanvas *self,
                 GHashTable   *wanted)
{
  GHashTableIter iter;
  gpointer node;
  GtkWidget *proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &node, (gpointer *) &proxy))
    if (!g_hash_table_contains (wanted, node))
      {
        g_hash_table_iter_remove (&iter);
        gtk_widget_unparent (proxy);
      }
}

static void
update_flow (RunnelCanvas *self,
             guint         node)
{
  GList *targets = NULL;

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    {
      guint from, to;
      RunnelOn on;
      RunnelPartProxy *target;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      target = lookup (self, to);
      if (target != NULL)
        targets = g_list_prepend (targets, target);
    }

  runnel_part_proxy_set_flow (lookup (self, node), g_list_reverse (targets));
}

/* Makes the accessibles those of the steps that matter now. */
void
runnel_canvas_a11y_update (RunnelCanvas *self)
{
  g_autoptr(GHashTable) wanted = list_wanted (self);
  g_autoptr(GArray) places = sort_nodes (self, wanted);
  GtkWidget *before = self->quick_add;

  g_clear_handle_id (&self->proxies_id, g_source_remove);
  remove_unwanted (self, wanted);

  for (guint i = 0; i < places->len; i++)
    {
      GtkWidget *proxy = GTK_WIDGET (ensure (self, g_array_index (places, Place, i).node));

      if (gtk_widget_get_prev_sibling (proxy) != before)
        gtk_widget_insert_after (proxy, GTK_WIDGET (self), before);
      before = proxy;
    }

  for (guint i = 0; i < places->len; i++)
    update_flow (self, g_array_index (places, Place, i).node);

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

void
runnel_canvas_a11y_forget (RunnelCanvas *self,
                           guint         node)
{
  GtkWidget *proxy = (GtkWidget *) lookup (self, node);

  if (proxy == NULL)
    return;

  g_hash_table_remove (self->proxies, GUINT_TO_POINTER (node));
  if (gtk_widget_has_focus (proxy))
    {
      self->focus_node = RUNNEL_NO_INDEX;
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  gtk_widget_unparent (proxy);
}

void
runnel_canvas_a11y_clear (RunnelCanvas *self)
{
  g_autoptr(GHashTable) none = g_hash_table_new (NULL, NULL);

  g_clear_handle_id (&self->proxies_id, g_source_remove);
  remove_unwanted (self, none);
}

/* Lays the accessibles where the cards are. */
void
runnel_canvas_a11y_allocate (RunnelCanvas *self)
{
  GHashTableIter iter;
  gpointer node;
  GtkWidget *proxy;

  g_hash_table_iter_init (&iter, self->proxies);
  while (g_hash_table_iter_next (&iter, &node, (gpointer *) &proxy))
    {
      graphene_rect_t rect;
      GtkAllocation allocation;
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, GPOINTER_TO_UINT (node), &box);
      runnel_canvas_view_get_rect (self, &box, &rect);
      allocation = (GtkAllocation) { rect.origin.x, rect.origin.y, rect.size.width,
                                     rect.size.height };
      gtk_widget_measure (proxy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (proxy, &allocation, -1);
    }
}

/* Gives the keyboard focus to the accessible of the step where the keyboard is. */
void
runnel_canvas_a11y_grab_focus (RunnelCanvas *self)
{
  if (self->focus_node != RUNNEL_NO_INDEX)
    gtk_widget_grab_focus (GTK_WIDGET (ensure (self, self->focus_node)));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}
