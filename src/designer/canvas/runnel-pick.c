/* runnel-pick.c: what is under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-scene-private.h"

/* Nodes lie in the grid by their origin, up to a card's size left of and above what they cover. */
static guint64 *
find_nodes (RunnelScene     *scene,
            const RunnelBox *box)
{
  guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (scene->nodes->len));
  const RunnelBox origins = { box->x0 - RUNNEL_NODE_WIDTH, box->y0 - RUNNEL_NODE_HEIGHT, box->x1,
                              box->y1 };

  runnel_scene_settle (scene);
  runnel_grid_query (scene->node_grid, &origins, bits);
  return bits;
}

static gboolean
contains (const RunnelBox *box,
          float            x,
          float            y)
{
  return x >= box->x0 && x < box->x1 && y >= box->y0 && y < box->y1;
}

/* Selected nodes are drawn above the others, later ones above earlier. */
static gboolean
is_above (RunnelScene *scene,
          guint        node,
          guint        other)
{
  return other == RUNNEL_NO_INDEX
         || (runnel_scene_node (scene, node)->flags & RUNNEL_NODE_SELECTED)
            >= (runnel_scene_node (scene, other)->flags & RUNNEL_NODE_SELECTED);
}

/**
 * runnel_pick_node:
 *
 * Returns: whether there is a card at the point; then @ret_node is the topmost
 */
gboolean
runnel_pick_node (RunnelScene *scene,
                  float        x,
                  float        y,
                  guint       *ret_node)
{
  const guint n_nodes = scene->nodes->len;
  g_autofree guint64 *bits = find_nodes (scene, &(RunnelBox) { x, y, x, y });
  guint best = RUNNEL_NO_INDEX;

  RUNNEL_BITS_FOREACH (i, bits, n_nodes)
    {
      const RunnelNode *node = runnel_scene_node (scene, i);
      const RunnelBox box = runnel_node_get_box (node);

      if (runnel_node_is_shown (node) && contains (&box, x, y) && is_above (scene, i, best))
        best = i;
    }

  if (best == RUNNEL_NO_INDEX)
    return FALSE;

  *ret_node = best;
  return TRUE;
}

/* The port of `node` nearest to the point, if its rim is nearer than `best`, which is lowered. */
static gboolean
nearer_port (const RunnelNode *node,
             float             x,
             float             y,
             RunnelPickPorts   ports,
             float            *best,
             RunnelPort       *ret_port)
{
  gboolean found = FALSE;

  for (RunnelPort port = 0; port < RUNNEL_N_PORTS; port++)
    {
      float px, py, distance;

      runnel_port_get_offset (port, &px, &py);
      distance = hypotf (node->x + px - x, node->y + py - y) - RUNNEL_PORT_RADIUS;
      if ((ports & 1 << port) && distance <= *best)
        {
          *best = distance;
          *ret_port = port;
          found = TRUE;
        }
    }

  return found;
}

/* Links end at the card of a closed group, but nothing begins there. */
static gboolean
has_ports (const RunnelNode *node)
{
  return runnel_node_is_shown (node) && !(node->flags & RUNNEL_NODE_GROUP);
}

/**
 * runnel_pick_port:
 * @tolerance: world units from the rim of the port
 * @ports: which ports are meant
 *
 * Returns: whether there is a port that near; then @ret_node and @ret_port are the nearest
 */
gboolean
runnel_pick_port (RunnelScene *scene,
                  float        x,
                  float        y,
                  float        tolerance,
                  RunnelPickPorts ports,
                  guint       *ret_node,
                  RunnelPort  *ret_port)
{
  const float reach = tolerance + RUNNEL_PORT_RADIUS;
  const guint n_nodes = scene->nodes->len;
  g_autofree guint64 *bits =
    find_nodes (scene, &(RunnelBox){ x - reach, y - reach, x + reach, y + reach });
  float best = tolerance;
  gboolean found = FALSE;

  RUNNEL_BITS_FOREACH (i, bits, n_nodes)
    {
      if (has_ports (runnel_scene_node (scene, i))
          && nearer_port (runnel_scene_node (scene, i), x, y, ports, &best, ret_port))
        {
          *ret_node = i;
          found = TRUE;
        }
    }

  return found;
}

/**
 * runnel_pick_link:
 * @tolerance: world units from the middle line
 *
 * Returns: whether there is a link that near; then @ret_link is the nearest
 */
gboolean
runnel_pick_link (RunnelScene *scene,
                  float        x,
                  float        y,
                  float        tolerance,
                  guint       *ret_link)
{
  const guint n_links = scene->links->len;
  const RunnelBox box = { x - tolerance, y - tolerance, x + tolerance, y + tolerance };
  g_autofree guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (n_links));
  float best = tolerance;
  gboolean found = FALSE;

  runnel_scene_settle (scene);
  runnel_grid_query (scene->link_grid, &box, bits);

  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLink *link = runnel_scene_link (scene, i);
      RunnelBox around;
      float distance;

      runnel_wire_get_box (&link->wire, &around);
      around = runnel_box_grow (&around, tolerance + 1);
      if (!runnel_link_is_shown (link) || !contains (&around, x, y))
        continue;

      distance = runnel_wire_distance (&link->wire, x, y);
      if (distance <= best)
        {
          best = distance;
          *ret_link = i;
          found = TRUE;
        }
    }

  return found;
}

/**
 * runnel_pick_links_across:
 * @links: (element-type guint): what is found is appended to it
 *
 * Finds what a straight cut from a to b goes through.
 */
void
runnel_pick_links_across (RunnelScene *scene,
                          float        ax,
                          float        ay,
                          float        bx,
                          float        by,
                          GArray      *links)
{
  const guint n_links = scene->links->len;
  const RunnelBox box = { MIN (ax, bx), MIN (ay, by), MAX (ax, bx), MAX (ay, by) };
  g_autofree guint64 *bits = g_new0 (guint64, RUNNEL_BITS_WORDS (n_links));

  runnel_scene_settle (scene);
  runnel_grid_query (scene->link_grid, &box, bits);

  RUNNEL_BITS_FOREACH (i, bits, n_links)
    {
      const RunnelLink *link = runnel_scene_link (scene, i);

      if (runnel_link_is_shown (link) && runnel_wire_is_cut (&link->wire, ax, ay, bx, by))
        g_array_append_val (links, i);
    }
}

/**
 * runnel_pick_area:
 *
 * Returns: whether there is a note or group at the point; then @ret_area is the topmost
 */
gboolean
runnel_pick_area (RunnelScene *scene,
                  float        x,
                  float        y,
                  guint       *ret_area)
{
  runnel_scene_settle (scene);
  for (guint i = scene->area_order->len; i-- > 0;)
    {
      const guint area = g_array_index (scene->area_order, guint, i);

      if (contains (&runnel_scene_area (scene, area)->box, x, y))
        {
          *ret_area = area;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * runnel_pick_nodes_in:
 * @nodes: (element-type guint): what is found is appended to it
 */
void
runnel_pick_nodes_in (RunnelScene     *scene,
                      const RunnelBox *box,
                      GArray          *nodes)
{
  const guint n_nodes = scene->nodes->len;
  g_autofree guint64 *bits = find_nodes (scene, box);

  RUNNEL_BITS_FOREACH (i, bits, n_nodes)
    {
      const RunnelNode *node = runnel_scene_node (scene, i);
      const RunnelBox card = runnel_node_get_box (node);

      if (runnel_node_is_shown (node) && runnel_box_intersects (&card, box))
        g_array_append_val (nodes, i);
    }
}
