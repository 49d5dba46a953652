/* runnel-canvas-marks.c: what becomes of steps on other systems, on their cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

/**
 * runnel_step_mark_free:
 * @self: (transfer full): a mark
 */
void
runnel_step_mark_free (RunnelStepMark *self)
{
  g_free (self->text);
  g_free (self);
}

static const RunnelStepMark *
get_mark (RunnelCanvas *self,
          guint         node)
{
  const char *id = runnel_canvas_get_node_id (self, node);

  return self->marks != NULL && id != NULL ? g_hash_table_lookup (self->marks, id) : NULL;
}

RunnelBadges
runnel_canvas_marks_get_badge (RunnelCanvas *self,
                               guint         node)
{
  const RunnelStepMark *mark = get_mark (self, node);

  return mark != NULL ? mark->badge : 0;
}

/* Returns: (transfer none) (nullable): the same in words */
const char *
runnel_canvas_marks_describe (RunnelCanvas *self,
                              guint         node)
{
  const RunnelStepMark *mark = get_mark (self, node);

  return mark != NULL ? mark->text : NULL;
}

/**
 * runnel_canvas_set_marks:
 * @marks: (nullable) (element-type utf8 RunnelStepMark): marks by the ids of steps
 *
 * Shows these on the cards, and no others.
 */
void
runnel_canvas_set_marks (RunnelCanvas *self,
                         GHashTable   *marks)
{
  guint limit;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (marks != NULL)
    g_hash_table_ref (marks);
  g_clear_pointer (&self->marks, g_hash_table_unref);
  self->marks = marks;

  limit = runnel_scene_get_node_limit (self->scene);
  for (guint node = 0; node < limit; node++)
    if (runnel_scene_has_node (self->scene, node) && runnel_canvas_get_node_step (self, node) != NULL)
      runnel_scene_set_node_badges (self->scene, node, runnel_canvas_get_badges (self, node));
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
