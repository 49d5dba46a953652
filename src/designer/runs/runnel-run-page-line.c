/* runnel-run-page-line.c: a line of a log that somebody wants to see on a run page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-run-page-private.h"

struct _RunnelRunLine
{
  char *step;  /* id */
  guint attempt;
  guint64 number;
  char *text;
  RunnelPatternFlags flags;
};

void
_runnel_run_line_free (RunnelRunLine *self)
{
  g_free (self->step);
  g_free (self->text);
  g_free (self);
}

/* Shows the line that is wanted, once the steps of the run are known. */
void
_runnel_run_page_show_wanted_line (RunnelRunPage *self)
{
  RunnelLogView *log_view = runnel_step_panel_get_log_view (self->panel);
  RunnelRunLine *line = g_steal_pointer (&self->wanted_line);

  if (!line)
    return;
  runnel_time_scrubber_set_time (self->scrubber, RUNNEL_TIME_SCRUBBER_END);
  runnel_gantt_set_selection (self->gantt, line->step);
  _runnel_run_page_step_activated_cb (self, line->step, line->attempt);
  runnel_log_view_go_to_line (log_view, line->number);
  runnel_log_view_find (log_view, line->text, line->flags);
  gtk_widget_grab_focus (GTK_WIDGET (log_view));
  _runnel_run_line_free (line);
}

/**
 * runnel_run_page_show_line:
 * @self: a run page
 * @step: the id of a step
 * @attempt: one of its attempts
 * @number: of a line of its log, from 0 on
 * @text: what was found there
 * @flags: how that is meant
 *
 * Shows the line as soon as the run is loaded, and looks for the text from there on.
 */
void
runnel_run_page_show_line (RunnelRunPage      *self,
                           const char         *step,
                           guint               attempt,
                           guint64             number,
                           const char         *text,
                           RunnelPatternFlags  flags)
{
  g_return_if_fail (RUNNEL_IS_RUN_PAGE (self));
  g_return_if_fail (step && text);

  g_clear_pointer (&self->wanted_line, _runnel_run_line_free);
  self->wanted_line = g_new (RunnelRunLine, 1);
  *self->wanted_line =
    (RunnelRunLine) { g_strdup (step), attempt, number, g_strdup (text), flags };
  if (self->steps)
    _runnel_run_page_show_wanted_line (self);
}
