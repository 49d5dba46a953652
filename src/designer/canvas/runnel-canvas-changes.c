/* runnel-canvas-changes.c: the canvas shows two versions of a pipeline at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-scene-changes.h"

/**
 * runnel_canvas_show_changes:
 * @comparison: of the versions whose union, or a part of it, is shown; not kept
 *
 * Marks what is new, gone, changed or moved, until another pipeline is shown.
 */
void
runnel_canvas_show_changes (RunnelCanvas     *self,
                            RunnelComparison *comparison)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self) && comparison != NULL);

  runnel_scene_show_changes (self->scene, comparison);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
