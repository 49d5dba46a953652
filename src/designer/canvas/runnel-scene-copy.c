/* runnel-scene-copy.c: a scene once more, for a thread to draw
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-scene-private.h"

/* What is left out is there for the pointer and the keyboard, or comes about by itself. */
#define KEPT_NODE_FLAGS (RUNNEL_NODE_DISABLED | RUNNEL_NODE_BYPASSED)

#define KEPT_LINK_FLAGS (RUNNEL_LINK_ADDED | RUNNEL_LINK_REMOVED)

static void
copy_node (RunnelScene *self,
           RunnelScene *from,
           guint        index)
{
  const RunnelNode *node = runnel_scene_node (from, index);
  const RunnelNodeDetail *detail = runnel_scene_detail (from, index);
  const guint copy = runnel_scene_add_node (self, detail->id, node->icon, node->x, node->y);
  const double progress =
    node->progress == RUNNEL_PROGRESS_UNKNOWN ? -1 : node->progress / 100.0;

  runnel_scene_set_node_title (self, copy, detail->title);
  runnel_scene_set_node_summary (self, copy, detail->summary);
  runnel_scene_set_node_badges (self, copy, node->badges);
  runnel_scene_set_node_count (self, copy, detail->count);
  runnel_scene_set_node_change (self, copy, detail->change, detail->change_text);
  if (node->flags & RUNNEL_NODE_IN_RUN)
    runnel_scene_set_node_state (self, copy, node->state, progress, detail->status);
  runnel_scene_set_node_legs (self, copy, detail->legs);
  runnel_scene_set_node_trend (self, copy, detail->trend);
  if (node->flags & RUNNEL_NODE_GROUP)
    runnel_scene_set_node_group (self, copy, detail->tint);
  runnel_scene_set_node_flags (self, copy, KEPT_NODE_FLAGS, node->flags);
}

/* Hides what is in closed groups behind their cards. */
static void
copy_host (RunnelScene *self,
           RunnelScene *from,
           guint        index)
{
  const guint host = runnel_scene_get_node_host (from, index);
  guint node, behind;

  if (host != RUNNEL_NO_INDEX
      && runnel_scene_find_node (self, runnel_scene_detail (from, index)->id, &node)
      && runnel_scene_find_node (self, runnel_scene_detail (from, host)->id, &behind))
    runnel_scene_set_node_host (self, node, behind);
}

static void
copy_link (RunnelScene *self,
           RunnelScene *from,
           guint        index)
{
  const RunnelLinkEnds *ends = runnel_scene_ends (from, index);
  const RunnelLink *link = runnel_scene_link (from, index);
  guint source, target;

  if (runnel_scene_find_node (self, runnel_scene_detail (from, ends->from)->id, &source)
      && runnel_scene_find_node (self, runnel_scene_detail (from, ends->to)->id, &target))
    runnel_scene_set_link_flags (self, runnel_scene_add_link (self, source, target, link->on),
                                 KEPT_LINK_FLAGS, link->flags);
}

/**
 * runnel_scene_copy:
 *
 * Returns: (transfer full): a scene that shows the same, with nothing selected, hovered, focused
 *   or dimmed
 */
RunnelScene *
runnel_scene_copy (RunnelScene *self)
{
  RunnelScene *copy = runnel_scene_new ();

  runnel_scene_set_link_style (copy, self->link_style);
  for (guint i = 0; i < self->nodes->len; i++)
    if (runnel_scene_node (self, i)->alive)
      copy_node (copy, self, i);

  for (guint i = 0; i < self->nodes->len; i++)
    if (runnel_scene_node (self, i)->alive)
      copy_host (copy, self, i);

  for (guint i = 0; i < self->links->len; i++)
    if (runnel_scene_link (self, i)->alive)
      copy_link (copy, self, i);

  for (guint i = 0; i < self->areas->len; i++)
    {
      const RunnelArea *area = runnel_scene_area (self, i);

      if (area->alive)
        runnel_scene_set_area_depth (copy,
                                     runnel_scene_add_area (copy, area->kind, &area->box,
                                                            area->text, area->tint),
                                     area->depth);
    }

  return copy;
}
