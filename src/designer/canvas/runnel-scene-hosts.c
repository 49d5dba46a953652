/* runnel-scene-hosts.c: nodes hidden behind another, as the steps of a closed group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-scene-private.h"

/* A link inside of what is closed is not seen. */
void
runnel_scene_hide_link (RunnelScene *self,
                        guint        link)
{
  const RunnelLinkEnds *ends = runnel_scene_ends (self, link);
  const guint host = runnel_scene_detail (self, ends->from)->host;
  const gboolean hidden =
    host != RUNNEL_NO_INDEX && host == runnel_scene_detail (self, ends->to)->host;

  runnel_scene_set_link_flags (self, link, RUNNEL_LINK_HIDDEN, hidden ? RUNNEL_LINK_HIDDEN : 0);
}

static void
hide_links (RunnelScene *self,
            guint        node)
{
  for (guint i = runnel_scene_first_out (self, node); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_out (self, i))
    runnel_scene_hide_link (self, i);
  for (guint i = runnel_scene_first_in (self, node); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_in (self, i))
    runnel_scene_hide_link (self, i);
}

/**
 * runnel_scene_set_node_host:
 * @host: the node behind which @node is to be, or %RUNNEL_NO_INDEX
 *
 * Hides a node, or shows it again where it is now.
 */
void
runnel_scene_set_node_host (RunnelScene *self,
                            guint        node,
                            guint        host)
{
  RunnelNodeDetail *detail;
  RunnelBox box;

  g_return_if_fail (runnel_scene_has_node (self, node));
  g_return_if_fail (host == RUNNEL_NO_INDEX || runnel_scene_has_node (self, host));

  detail = runnel_scene_detail (self, node);
  if (host != RUNNEL_NO_INDEX)
    {
      runnel_scene_get_node_box (self, host, &box);
      runnel_scene_move_node (self, node, box.x0, box.y0);
    }
  if (detail->host == host)
    return;

  detail->host = host;
  runnel_scene_set_node_flags (self, node, RUNNEL_NODE_HIDDEN,
                               host != RUNNEL_NO_INDEX ? RUNNEL_NODE_HIDDEN : 0);
  runnel_scene_disturb (self, node);
  hide_links (self, node);
}

guint
runnel_scene_get_node_host (RunnelScene *self,
                            guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), RUNNEL_NO_INDEX);

  return runnel_scene_detail (self, node)->host;
}

/**
 * runnel_scene_set_node_group:
 * @tint: the group's colour, one of the palette's, taken modulo
 *
 * Makes a node the card of a closed group.
 */
void
runnel_scene_set_node_group (RunnelScene *self,
                             guint        node,
                             guint        tint)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  if (runnel_scene_detail (self, node)->tint != tint)
    runnel_scene_damage_node (self, node);
  runnel_scene_detail (self, node)->tint = tint;
  runnel_scene_set_node_flags (self, node, RUNNEL_NODE_GROUP, RUNNEL_NODE_GROUP);
}
