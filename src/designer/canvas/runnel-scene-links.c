/* runnel-scene-links.c: the links of a scene, and the ports they use
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-scene-private.h"

#define PORT_SPACING 20.f

RunnelColor
runnel_link_get_color (const RunnelLink    *self,
                       const RunnelPalette *palette)
{
  if (self->flags & RUNNEL_LINK_ADDED)
    return palette->states[RUNNEL_STATE_SUCCEEDED];
  if (self->flags & RUNNEL_LINK_REMOVED)
    return (palette->error & 0xffffff) | 0x80000000;

  return palette->links[self->on];
}

/* Links that are gone are dotted: their colour is not all that tells them. */
RunnelDash
runnel_link_get_dash (const RunnelLink *self)
{
  return self->flags & RUNNEL_LINK_REMOVED ? (RunnelDash) { 2, 4 }
                                           : runnel_palette_get_dash (self->on);
}

RunnelPort
runnel_port_for (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_FAILURE:
      return RUNNEL_PORT_FAILURE;
    case RUNNEL_ON_FINISHED:
    case RUNNEL_ON_ALWAYS:
      return RUNNEL_PORT_ALWAYS;
    case RUNNEL_ON_SUCCESS:
    default:
      return RUNNEL_PORT_SUCCESS;
    }
}

void
runnel_port_get_offset (RunnelPort  self,
                        float      *ret_x,
                        float      *ret_y)
{
  const float steps = self == RUNNEL_PORT_ALWAYS ? -1 : self == RUNNEL_PORT_FAILURE ? 1 : 0;

  *ret_x = self == RUNNEL_PORT_INPUT ? 0 : RUNNEL_NODE_WIDTH;
  *ret_y = RUNNEL_NODE_HEIGHT / 2.f + steps * PORT_SPACING;
}

void
runnel_scene_get_port_position (RunnelScene *self,
                                guint        node,
                                RunnelPort   port,
                                float       *ret_x,
                                float       *ret_y)
{
  g_return_if_fail (runnel_scene_has_node (self, node) && port < RUNNEL_N_PORTS);

  runnel_port_get_offset (port, ret_x, ret_y);
  *ret_x += runnel_scene_node (self, node)->x;
  *ret_y += runnel_scene_node (self, node)->y;
}

/* The look of a port depends on whether it has links. */
static void
count_link (RunnelScene *self,
            guint        node,
            RunnelPort   port,
            int          by)
{
  guint8 *n_links = &runnel_scene_detail (self, node)->n_links[port];

  if (*n_links == G_MAXUINT8)
    return;

  *n_links += by;
  if (*n_links <= 1)
    runnel_scene_damage_node (self, node);
}

gboolean
runnel_scene_has_link (RunnelScene *self,
                       guint        link)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return link < self->links->len && runnel_scene_link (self, link)->alive;
}

/**
 * runnel_scene_add_link:
 * @from: the node that must be over first
 * @to: the node that needs it
 * @on: the outcome on which the link fires
 *
 * Returns: the link's index
 */
guint
runnel_scene_add_link (RunnelScene *self,
                       guint        from,
                       guint        to,
                       RunnelOn     on)
{
  RunnelLinkEnds *ends;
  RunnelLink *hot;
  guint link;

  g_return_val_if_fail (runnel_scene_has_node (self, from), RUNNEL_NO_INDEX);
  g_return_val_if_fail (runnel_scene_has_node (self, to), RUNNEL_NO_INDEX);

  link = runnel_scene_take_slot (self->links, self->free_links);
  if (link >= self->ends->len)
    g_array_set_size (self->ends, link + 1);

  ends = runnel_scene_ends (self, link);
  *ends = (RunnelLinkEnds) { from, to, runnel_scene_detail (self, from)->first_out,
                             runnel_scene_detail (self, to)->first_in };
  runnel_scene_detail (self, from)->first_out = link;
  runnel_scene_detail (self, to)->first_in = link;

  hot = runnel_scene_link (self, link);
  hot->on = on;
  hot->alive = TRUE;
  self->n_links++;
  count_link (self, from, runnel_port_for (on), 1);
  count_link (self, to, RUNNEL_PORT_INPUT, 1);
  runnel_scene_make_link_stale (self, link);
  runnel_scene_hide_link (self, link);
  return link;
}

static void
leave_lists (RunnelScene *self,
             guint        link)
{
  const RunnelLinkEnds *ends = runnel_scene_ends (self, link);
  guint *out = &runnel_scene_detail (self, ends->from)->first_out;
  guint *in = &runnel_scene_detail (self, ends->to)->first_in;

  while (*out != link)
    out = &runnel_scene_ends (self, *out)->next_out;
  *out = ends->next_out;

  while (*in != link)
    in = &runnel_scene_ends (self, *in)->next_in;
  *in = ends->next_in;
}

void
runnel_scene_remove_link (RunnelScene *self,
                          guint        link)
{
  const RunnelLinkEnds *ends;
  RunnelLink *hot;

  g_return_if_fail (runnel_scene_has_link (self, link));

  hot = runnel_scene_link (self, link);
  ends = runnel_scene_ends (self, link);
  runnel_scene_damage_link (self, link);
  leave_lists (self, link);
  hot->alive = FALSE;
  runnel_grid_touch (self->link_grid, link);
  g_array_append_val (self->free_links, link);
  self->n_links--;
  count_link (self, ends->from, runnel_port_for (hot->on), -1);
  count_link (self, ends->to, RUNNEL_PORT_INPUT, -1);
}

void
runnel_scene_unlink_all (RunnelScene *self,
                         guint        node)
{
  while (runnel_scene_detail (self, node)->first_out != RUNNEL_NO_INDEX)
    runnel_scene_remove_link (self, runnel_scene_detail (self, node)->first_out);
  while (runnel_scene_detail (self, node)->first_in != RUNNEL_NO_INDEX)
    runnel_scene_remove_link (self, runnel_scene_detail (self, node)->first_in);
}

guint
runnel_scene_get_link_limit (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->links->len;
}

guint
runnel_scene_get_n_links (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_links;
}

void
runnel_scene_get_link (RunnelScene *self,
                       guint        link,
                       guint       *ret_from,
                       guint       *ret_to,
                       RunnelOn    *ret_on)
{
  g_return_if_fail (runnel_scene_has_link (self, link));

  *ret_from = runnel_scene_ends (self, link)->from;
  *ret_to = runnel_scene_ends (self, link)->to;
  *ret_on = runnel_scene_link (self, link)->on;
}

void
runnel_scene_get_link_middle (RunnelScene *self,
                              guint        link,
                              float       *ret_x,
                              float       *ret_y)
{
  g_return_if_fail (runnel_scene_has_link (self, link));

  runnel_scene_settle (self);
  runnel_wire_get_middle (&runnel_scene_link (self, link)->wire, ret_x, ret_y);
}

gboolean
runnel_scene_find_link (RunnelScene *self,
                        guint        from,
                        guint        to,
                        guint       *ret_link)
{
  g_return_val_if_fail (runnel_scene_has_node (self, from), FALSE);

  for (guint i = runnel_scene_first_out (self, from); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_out (self, i))
    {
      if (runnel_scene_ends (self, i)->to == to)
        {
          *ret_link = i;
          return TRUE;
        }
    }

  return FALSE;
}

guint
runnel_scene_first_out (RunnelScene *self,
                        guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), RUNNEL_NO_INDEX);

  return runnel_scene_detail (self, node)->first_out;
}

guint
runnel_scene_next_out (RunnelScene *self,
                       guint        link)
{
  g_return_val_if_fail (runnel_scene_has_link (self, link), RUNNEL_NO_INDEX);

  return runnel_scene_ends (self, link)->next_out;
}

guint
runnel_scene_first_in (RunnelScene *self,
                       guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), RUNNEL_NO_INDEX);

  return runnel_scene_detail (self, node)->first_in;
}

guint
runnel_scene_next_in (RunnelScene *self,
                      guint        link)
{
  g_return_val_if_fail (runnel_scene_has_link (self, link), RUNNEL_NO_INDEX);

  return runnel_scene_ends (self, link)->next_in;
}

RunnelLinkFlags
runnel_scene_get_link_flags (RunnelScene *self,
                             guint        link)
{
  g_return_val_if_fail (runnel_scene_has_link (self, link), 0);

  return runnel_scene_link (self, link)->flags;
}

void
runnel_scene_set_link_flags (RunnelScene    *self,
                             guint           link,
                             RunnelLinkFlags mask,
                             RunnelLinkFlags values)
{
  RunnelLink *hot;
  guint16 flags;

  g_return_if_fail (runnel_scene_has_link (self, link));

  hot = runnel_scene_link (self, link);
  flags = (hot->flags & ~mask) | (values & mask);
  if (hot->flags == flags)
    return;

  hot->flags = flags;
  runnel_scene_damage_link (self, link);
}
