/* runnel-canvas-trends.c: how long steps took in the latest runs, on their cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "util/runnel-format.h"

static const RunnelTrend *
get_trend (RunnelCanvas *self,
           guint         node)
{
  const char *id = runnel_canvas_get_node_id (self, node);

  return self->trends != NULL && id != NULL ? g_hash_table_lookup (self->trends, id) : NULL;
}

void
runnel_canvas_trends_show (RunnelCanvas *self,
                           guint         node)
{
  runnel_scene_set_node_trend (self->scene, node, get_trend (self, node));
}

/* Returns: (transfer full) (nullable): what the bars on the card say, in words */
char *
runnel_canvas_trends_describe (RunnelCanvas *self,
                               guint         node)
{
  const RunnelTrend *trend = get_trend (self, node);
  const gint64 usual = runnel_trend_get_usual (trend);
  g_autofree char *duration = usual >= 0 ? runnel_format_duration (usual) : NULL;
  guint n_failed = 0;

  if (trend == NULL)
    return NULL;

  for (guint i = 0; i < trend->n_runs; i++)
    n_failed += runnel_state_is_failure (trend->runs[i].state);

  if (duration == NULL)
    return g_strdup (_("Has failed whenever it ran lately"));
  if (n_failed == 0)
    return g_strdup_printf (_("Usually takes %s"), duration);
  return g_strdup_printf (
    ngettext ("Usually takes %s; failed %u time in the last %u runs",
              "Usually takes %s; failed %u times in the last %u runs", n_failed),
    duration, n_failed, trend->n_runs);
}

/**
 * runnel_canvas_set_trends:
 * @trends: (nullable) (element-type utf8 RunnelTrend): how long steps took in the latest runs, by
 *   their ids; %NULL when that is not known
 *
 * Shows these on the cards, and no others.
 */
void
runnel_canvas_set_trends (RunnelCanvas *self,
                          GHashTable   *trends)
{
  guint limit;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (trends != NULL)
    g_hash_table_ref (trends);
  g_clear_pointer (&self->trends, g_hash_table_unref);
  self->trends = trends;

  limit = runnel_scene_get_node_limit (self->scene);
  for (guint node = 0; node < limit; node++)
    if (runnel_scene_has_node (self->scene, node))
      runnel_canvas_trends_show (self, node);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
