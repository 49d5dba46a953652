/* runnel-scene-changes.c: a scene of two versions of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "designer/canvas/runnel-scene-changes.h"
#include "designer/canvas/runnel-scene-private.h"

/**
 * runnel_change_get_title:
 *
 * Returns: (transfer none): the change in a word, with a sign: its colour is not all that tells it
 */
const char *
runnel_change_get_title (RunnelChange self)
{
  static const char *const titles[RUNNEL_N_CHANGES] = {
    [RUNNEL_CHANGE_NONE] = N_("Unchanged"),
    [RUNNEL_CHANGE_ADDED] = N_("+ Added"),
    [RUNNEL_CHANGE_REMOVED] = N_("− Removed"),
    [RUNNEL_CHANGE_CHANGED] = N_("≠ Changed"),
    [RUNNEL_CHANGE_MOVED] = N_("→ Moved"),
  };

  g_return_val_if_fail (self < RUNNEL_N_CHANGES, NULL);

  return _(titles[self]);
}

static void
show_link (RunnelScene      *self,
           RunnelComparison *comparison,
           guint             link)
{
  const RunnelLinkFlags mask = RUNNEL_LINK_ADDED | RUNNEL_LINK_REMOVED;
  RunnelLinkFlags flags = 0;
  guint from, to;
  RunnelOn on;

  runnel_scene_get_link (self, link, &from, &to, &on);
  switch (runnel_comparison_get_link_change (comparison, runnel_scene_get_node_id (self, from),
                                             runnel_scene_get_node_id (self, to), on))
    {
    case RUNNEL_CHANGE_ADDED:
      flags = RUNNEL_LINK_ADDED;
      break;
    case RUNNEL_CHANGE_REMOVED:
      flags = RUNNEL_LINK_REMOVED;
      break;
    case RUNNEL_CHANGE_NONE:
    case RUNNEL_CHANGE_CHANGED:
    case RUNNEL_CHANGE_MOVED:
    case RUNNEL_N_CHANGES:
    default:
      break;
    }
  runnel_scene_set_link_flags (self, link, mask, flags);
}

/**
 * runnel_scene_show_changes:
 * @self: a scene of the union of two versions
 * @comparison: of these versions
 *
 * Marks what is new, gone, changed or moved.
 */
void
runnel_scene_show_changes (RunnelScene      *self,
                           RunnelComparison *comparison)
{
  for (guint i = 0; i < runnel_scene_get_node_limit (self); i++)
    if (runnel_scene_has_node (self, i))
      {
        const RunnelChange change =
          runnel_comparison_get_step_change (comparison, runnel_scene_get_node_id (self, i));

        runnel_scene_set_node_change (self, i, change,
                                      change != RUNNEL_CHANGE_NONE
                                        ? runnel_change_get_title (change) : NULL);
      }

  for (guint i = 0; i < runnel_scene_get_link_limit (self); i++)
    if (runnel_scene_has_link (self, i))
      show_link (self, comparison, i);
}
