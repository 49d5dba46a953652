/* runnel-scene-step.c: a node of the scene shows a step of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-scene-step.h"
#include "designer/canvas/runnel-step-card.h"

/**
 * runnel_scene_show_step:
 * @node: the step's node
 * @badges: the marks of its card: those of the step, and others that are known of it
 *
 * Makes the node's card say what the step is. Its place, links and state are left as they are.
 */
void
runnel_scene_show_step (RunnelScene  *self,
                        guint         node,
                        RunnelStep   *step,
                        RunnelBadges  badges)
{
  const RunnelNodeFlags mask = RUNNEL_NODE_DISABLED | RUNNEL_NODE_BYPASSED;
  g_autofree char *summary = runnel_step_card_get_summary (step);
  g_autofree char *count = runnel_step_card_get_count (step);

  runnel_scene_set_node_icon (self, node, runnel_icon_for_kind (step->kind));
  runnel_scene_set_node_title (self, node, runnel_step_get_title (step));
  runnel_scene_set_node_summary (self, node, summary);
  runnel_scene_set_node_badges (self, node, runnel_step_card_get_badges (step) | badges);
  runnel_scene_set_node_count (self, node, count);
  runnel_scene_set_node_flags (self, node, mask,
                               step->enabled == RUNNEL_DISABLED   ? RUNNEL_NODE_DISABLED
                               : step->enabled == RUNNEL_BYPASSED ? RUNNEL_NODE_BYPASSED
                                                                  : 0);
}

static gboolean
has_link (RunnelScene *self,
          guint        from,
          guint        to,
          RunnelOn     on)
{
  for (guint link = runnel_scene_first_in (self, to); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self, link))
    {
      guint link_from, link_to;
      RunnelOn link_on;

      runnel_scene_get_link (self, link, &link_from, &link_to, &link_on);
      if (link_from == from && link_on == on)
        return TRUE;
    }

  return FALSE;
}

/**
 * runnel_scene_add_step_links:
 * @node: the step's node
 *
 * Adds a link for each need of the step that has none yet and whose other end is in the scene.
 */
void
runnel_scene_add_step_links (RunnelScene *self,
                             guint        node,
                             RunnelStep  *step)
{
  for (guint i = 0; i < step->n_needs; i++)
    {
      guint from;

      if (runnel_scene_find_node (self, step->needs[i].step, &from)
          && !has_link (self, from, node, step->needs[i].on))
        runnel_scene_add_link (self, from, node, step->needs[i].on);
    }
}
