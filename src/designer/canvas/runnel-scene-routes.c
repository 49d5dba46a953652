/* runnel-scene-routes.c: keeps the ways of the links as the cards lie
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A way depends on the cards in the area its router looked at. When a card comes, goes or moves,
 * the links that look at where it was or is are routed again, all at once before the scene is
 * read next. So the ways are the same however the scene became what it is.
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-scene-private.h"

#define MAX_DISTURBED 4096 /* with more cards than that, every link is routed again */

static void
damage_piece (const RunnelBox *box,
              gpointer         user_data)
{
  const RunnelBox painted = runnel_box_grow (box, RUNNEL_LINK_OVERHANG);

  runnel_scene_damage (user_data, &painted);
}

void
runnel_scene_damage_link (RunnelScene *self,
                          guint        link)
{
  if (self->all_damaged)
    self->revision++;
  else if (runnel_scene_link (self, link)->routed)
    runnel_wire_cover (&runnel_scene_link (self, link)->wire, damage_piece, self);
}

/**
 * runnel_scene_get_link_box:
 *
 * Returns: around the link's way and around the cards on which it depends
 */
RunnelBox
runnel_scene_get_link_box (RunnelScene *self,
                           guint        link)
{
  const RunnelBox *area = &runnel_scene_ends (self, link)->area;
  RunnelBox box;

  runnel_wire_get_box (&runnel_scene_link (self, link)->wire, &box);
  return (RunnelBox) { MIN (box.x0, area->x0), MIN (box.y0, area->y0), MAX (box.x1, area->x1),
                       MAX (box.y1, area->y1) };
}

/* The link must be routed before it is next painted or picked. */
void
runnel_scene_make_link_stale (RunnelScene *self,
                              guint        link)
{
  RunnelLink *hot = runnel_scene_link (self, link);

  if (hot->stale)
    return;

  hot->stale = TRUE;
  g_array_append_val (self->stale_links, link);
  self->revision++;
}

/* A card is no longer, or is now, where the node is. */
void
runnel_scene_disturb (RunnelScene *self,
                      guint        node)
{
  const RunnelBox card = runnel_node_get_box (runnel_scene_node (self, node));

  if (!self->hasty && self->disturbed->len <= MAX_DISTURBED)
    g_array_append_val (self->disturbed, card);
}

void
runnel_scene_make_all_links_stale (RunnelScene *self)
{
  for (guint i = 0; i < self->links->len; i++)
    if (runnel_scene_link (self, i)->alive)
      runnel_scene_make_link_stale (self, i);
}

static gboolean
is_disturbed (RunnelScene *self,
              guint        link)
{
  const RunnelBox *area = &runnel_scene_ends (self, link)->area;

  for (guint i = 0; i < self->disturbed->len; i++)
    if (runnel_box_intersects (&g_array_index (self->disturbed, RunnelBox, i), area))
      return TRUE;

  return FALSE;
}

static void
find_disturbed (RunnelScene *self)
{
  const guint n_links = self->links->len;
  g_autofree guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (n_links));

  for (guint i = 0; i < self->disturbed->len; i++)
    runnel_grid_query (self->link_grid, &g_array_index (self->disturbed, RunnelBox, i), bits);

  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLink *link = runnel_scene_link (self, i);

      if (link->alive && !link->stale && is_disturbed (self, i))
        runnel_scene_make_link_stale (self, i);
    }
}

typedef struct
{
  RunnelScene *scene;
  const RunnelBox *area;
  GArray *boxes;
} Gathering;

static gboolean
gather_card (guint    node,
             gpointer user_data)
{
  Gathering *gathering = user_data;
  const RunnelNode *hot = runnel_scene_node (gathering->scene, node);
  const RunnelBox card = runnel_node_get_box (hot);

  if (runnel_node_is_shown (hot) && !(hot->flags & RUNNEL_NODE_AFLOAT)
      && runnel_box_intersects (&card, gathering->area))
    g_array_append_val (gathering->boxes, card);

  return gathering->boxes->len <= RUNNEL_ROUTER_MAX_CARDS;
}

/* Nodes lie in the grid by their origin. */
static void
gather_cards (const RunnelBox *area,
              GArray          *boxes,
              gpointer         user_data)
{
  RunnelScene *self = user_data;
  const RunnelBox origins = { area->x0 - RUNNEL_NODE_WIDTH, area->y0 - RUNNEL_NODE_HEIGHT,
                              area->x1, area->y1 };

  if (self->hasty)
    return;

  runnel_grid_visit (self->node_grid, &origins, gather_card, &(Gathering) { self, area, boxes });
}

static void
route_link (RunnelScene *self,
            guint        link)
{
  RunnelLinkEnds *ends = runnel_scene_ends (self, link);
  RunnelLink *hot = runnel_scene_link (self, link);
  float x1, y1, x2, y2;
  RunnelBox area;
  RunnelWire wire;
  gboolean same;

  runnel_scene_get_port_position (self, ends->from, runnel_port_for (hot->on), &x1, &y1);
  runnel_scene_get_port_position (self, ends->to, RUNNEL_PORT_INPUT, &x2, &y2);
  runnel_router_route (self->router, self->link_style, x1, y1, x2, y2, &wire, &area);

  hot->stale = FALSE;
  same = hot->routed && runnel_wire_equal (&hot->wire, &wire);
  if (same && memcmp (&area, &ends->area, sizeof area) == 0)
    return;

  ends->area = area;
  runnel_grid_touch (self->link_grid, link);
  if (same)
    return;

  runnel_scene_damage_link (self, link);
  hot->wire = wire;
  hot->routed = TRUE;
  runnel_scene_damage_link (self, link);
}

/* Routes what is stale. The grid of nodes is as the nodes are. */
void
runnel_scene_route_links (RunnelScene *self)
{
  if (self->disturbed->len > MAX_DISTURBED)
    runnel_scene_make_all_links_stale (self);
  else if (self->disturbed->len > 0)
    find_disturbed (self);
  g_array_set_size (self->disturbed, 0);

  for (guint i = 0; i < self->stale_links->len; i++)
    {
      const guint link = g_array_index (self->stale_links, guint, i);

      if (link < self->links->len && runnel_scene_link (self, link)->stale
          && runnel_scene_link (self, link)->alive)
        route_link (self, link);
    }
  g_array_set_size (self->stale_links, 0);
}

void
runnel_scene_init_routes (RunnelScene *self)
{
  self->router = runnel_router_new (gather_cards, self);
  self->stale_links = g_array_new (FALSE, FALSE, sizeof (guint));
  self->disturbed = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
}

void
runnel_scene_clear_routes (RunnelScene *self)
{
  g_clear_pointer (&self->router, runnel_router_free);
  g_clear_pointer (&self->stale_links, g_array_unref);
  g_clear_pointer (&self->disturbed, g_array_unref);
}

/**
 * runnel_scene_set_link_style:
 *
 * How all links go from step to step from now on.
 */
void
runnel_scene_set_link_style (RunnelScene     *self,
                             RunnelLinkStyle  style)
{
  g_return_if_fail (self != NULL);

  if (self->link_style == style)
    return;

  self->link_style = style;
  self->all_damaged = TRUE;
  runnel_scene_make_all_links_stale (self);
}

RunnelLinkStyle
runnel_scene_get_link_style (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, RUNNEL_LINKS_CURVED);

  return self->link_style;
}

/**
 * runnel_scene_set_hasty:
 * @hasty: whether links that are routed now go straight to their ends, past cards and all
 *
 * For as long as so many nodes move in each frame that finding ways would take longer than a frame.
 * Afterwards all ways are as if it had never been.
 */
void
runnel_scene_set_hasty (RunnelScene *self,
                        gboolean     hasty)
{
  g_return_if_fail (self != NULL);

  if (self->hasty == !!hasty)
    return;

  self->hasty = !!hasty;
  if (!hasty)
    runnel_scene_make_all_links_stale (self);
}

/**
 * runnel_scene_get_painted_extents:
 *
 * Returns: %FALSE when the scene is empty; @ret_box is then unchanged
 */
gboolean
runnel_scene_get_painted_extents (RunnelScene *self,
                                  RunnelBox   *ret_box)
{
  RunnelBox all;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!runnel_scene_get_extents (self, &all))
    return FALSE;

  runnel_scene_settle (self); /* routes the links */
  for (guint i = 0; i < self->links->len; i++)
    if (runnel_link_is_shown (runnel_scene_link (self, i)))
      {
        RunnelBox wire;

        runnel_wire_get_box (&runnel_scene_link (self, i)->wire, &wire);
        all = (RunnelBox) { MIN (all.x0, wire.x0), MIN (all.y0, wire.y0), MAX (all.x1, wire.x1),
                            MAX (all.y1, wire.y1) };
      }

  *ret_box = all;
  return TRUE;
}
