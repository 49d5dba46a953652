/* runnel-canvas-links.c: how links go, and what they say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

G_DEFINE_ENUM_TYPE (RunnelLinkStyle, runnel_link_style,
                    G_DEFINE_ENUM_VALUE (RUNNEL_LINKS_CURVED, "curved"),
                    G_DEFINE_ENUM_VALUE (RUNNEL_LINKS_ANGULAR, "angular"))

/**
 * runnel_canvas_set_link_style:
 *
 * How links go from step to step, round the other steps.
 */
void
runnel_canvas_set_link_style (RunnelCanvas    *self,
                              RunnelLinkStyle  style)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (runnel_scene_get_link_style (self->scene) == style)
    return;

  runnel_scene_set_link_style (self->scene, style);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "link-style");
}

/**
 * runnel_canvas_set_traces_paths:
 * @traces_paths: whether the path through the step under the pointer, or else through the one that
 *   is selected, stands out
 */
void
runnel_canvas_set_traces_paths (RunnelCanvas *self,
                                gboolean      traces_paths)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (self->trace.enabled == traces_paths)
    return;

  runnel_canvas_trace_set_enabled (self, traces_paths);
  g_object_notify (G_OBJECT (self), "traces-paths");
}

/* In words, when the link's target starts. */
const char *
runnel_canvas_describe_outcome (RunnelOn on)
{
  switch (on)
    {
    case RUNNEL_ON_FAILURE:
      return _("on failure");
    case RUNNEL_ON_FINISHED:
      return _("when finished, on success or failure");
    case RUNNEL_ON_ALWAYS:
      return _("always, even when skipped or cancelled");
    case RUNNEL_ON_SUCCESS:
    default:
      return _("on success");
    }
}

static const char *
get_title (RunnelCanvas *self,
           guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);

  return step != NULL ? runnel_step_get_title (step) : runnel_canvas_get_node_id (self, node);
}

/* Returns: (transfer full): "Build → Test, on success" */
char *
runnel_canvas_describe_link (RunnelCanvas *self,
                             guint         link)
{
  guint from, to;
  RunnelOn on;

  runnel_scene_get_link (self->scene, link, &from, &to, &on);
  /* Translators: the step before, the step after, and on which outcome the link leads there */
  return g_strdup_printf (_("%s → %s, %s"), get_title (self, from), get_title (self, to),
                          runnel_canvas_describe_outcome (on));
}
