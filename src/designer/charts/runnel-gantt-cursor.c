/* runnel-gantt-cursor.c: the moment of the run that is looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/charts/runnel-gantt-private.h"

static void
reveal_time (RunnelGantt *self,
             gint64       time)
{
  double x = (double) (time - self->tree->timing->start) / self->view.axis.scale;

  gtk_adjustment_clamp_page (self->hadjustment, x - 1, x + 1);
}

static void
consider (gint64    time,
          gint64    from,
          gboolean  forth,
          gint64   *best)
{
  if (forth ? time > from && time < *best : time < from && time > *best)
    *best = time;
}

/* To the next beginning or end of anything, or to the one before. */
void
_runnel_gantt_move_cursor (RunnelGantt *self,
                           gboolean     forth)
{
  const RunnelTiming *timing = self->tree->timing;
  gint64 from, best;

  if (timing == NULL)
    return;
  from = self->cursor_time >= 0 ? self->cursor_time : forth ? timing->start - 1 : timing->end + 1;
  best = forth ? timing->end : timing->start;
  for (guint i = 0; i < timing->n_spans; i++)
    {
      consider (timing->spans[i].start, from, forth, &best);
      consider (timing->spans[i].end, from, forth, &best);
    }
  runnel_gantt_set_cursor_time (self, best);
  reveal_time (self, best);
}

/**
 * runnel_gantt_get_cursor_time:
 * @self: a chart
 *
 * Returns: the moment that is looked at, in microseconds since 1970; -1 when there is none
 */
gint64
runnel_gantt_get_cursor_time (RunnelGantt *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT (self), -1);

  return self->cursor_time;
}

/**
 * runnel_gantt_set_cursor_time:
 * @self: a chart
 * @time: a moment, in microseconds since 1970; -1 for none
 */
void
runnel_gantt_set_cursor_time (RunnelGantt *self,
                              gint64       time)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  time = MAX (time, -1);
  if (self->cursor_time == time)
    return;
  self->cursor_time = time;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "cursor-time");
}
