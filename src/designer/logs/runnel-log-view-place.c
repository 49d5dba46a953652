/* runnel-log-view-place.c: where in a log a view is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/logs/runnel-log-view-private.h"

/* A line that somebody wants to see may not have been counted yet. */
static void
go_to_wanted_line (RunnelLogView *self)
{
  RunnelLogLine line;
  guint64 number;

  if (self->wanted_line < 0)
    return;
  if (runnel_log_model_find_number (self->model, (guint64) self->wanted_line, &line) &&
      runnel_log_model_get_number (self->model, &line, &number))
    {
      self->wanted_line = -1;
      runnel_log_lines_go_to_line (self->lines, &line);
    }
  else if (!runnel_log_model_is_live (self->model) && !runnel_log_model_is_busy (self->model))
    self->wanted_line = -1; /* the log has no such line */
}

/* Before the first line came there is the beginning. */
static void
go_to_wanted_time (RunnelLogView *self)
{
  RunnelLogCacheResult result;
  RunnelLogLine line;

  if (self->wanted_time < 0)
    return;
  result = runnel_log_model_find_time (self->model, self->wanted_time, &line);
  if (result == RUNNEL_LOG_CACHE_LATER)
    return;
  self->wanted_time = -1;
  if (result == RUNNEL_LOG_CACHE_READY)
    runnel_log_lines_go_to_line (self->lines, &line);
  else
    runnel_log_lines_scroll_to_start (self->lines);
}

/* More is known. */
void
_runnel_log_view_place_update (RunnelLogView *self)
{
  go_to_wanted_line (self);
  go_to_wanted_time (self);
}

static void
at_end_cb (RunnelLogView *self)
{
  self->is_updating = TRUE;
  gtk_toggle_button_set_active (self->follow_button, runnel_log_lines_is_at_end (self->lines));
  self->is_updating = FALSE;
}

static void
follow_toggled_cb (RunnelLogView *self)
{
  if (self->is_updating)
    return;
  if (gtk_toggle_button_get_active (self->follow_button))
    runnel_log_lines_scroll_to_end (self->lines);
  else
    runnel_log_lines_stay (self->lines);
}

void
_runnel_log_view_place_class (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, at_end_cb);
  gtk_widget_class_bind_template_callback (klass, follow_toggled_cb);
}

/**
 * runnel_log_view_go_to_line:
 * @self: a log view that shows a log
 * @number: of a line, from 0 on
 *
 * Goes to a line as soon as it is known where that is.
 */
void
runnel_log_view_go_to_line (RunnelLogView *self,
                            guint64        number)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  self->wanted_line = (gint64) number;
  self->wanted_time = -1;
  if (self->model)
    go_to_wanted_line (self);
}

/**
 * runnel_log_view_go_to_time:
 * @self: a log view that shows a log
 * @time: a moment, in microseconds since 1970
 *
 * Goes to the last line that had come by then, as soon as it is known which that is.
 */
void
runnel_log_view_go_to_time (RunnelLogView *self,
                            gint64         time)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));

  self->wanted_time = time;
  self->wanted_line = -1;
  if (self->model)
    go_to_wanted_time (self);
}
