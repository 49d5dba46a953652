/* runnel-run-page-time.c: the moment of the run that a run page shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scrubber, the cursor of the chart, the states on the canvas and the place in the log are
 * always at the same moment.
 */
#include "config.h"

#include "designer/runs/runnel-run-page-private.h"

static RunnelLogView *
get_log_view (RunnelRunPage *self)
{
  return runnel_step_panel_get_log_view (self->panel);
}

static gboolean
is_at_end (RunnelRunPage *self)
{
  return runnel_time_scrubber_get_time (self->scrubber) == RUNNEL_TIME_SCRUBBER_END;
}

/* The log is that of the attempt that was under way, or had been, and stands where it stood. */
static void
move_log (RunnelRunPage *self)
{
  if (self->shown_attempt != _runnel_run_page_get_attempt (self))
    _runnel_run_page_show_log (self);
  else
    _runnel_run_page_place_log (self);
}

static void
time_cb (RunnelRunPage *self)
{
  gint64 time = runnel_time_scrubber_get_time (self->scrubber);

  runnel_run_canvas_set_time (self->canvas, is_at_end (self) ? G_MAXINT64 : time);
  move_log (self);
}

static void
step_cb (RunnelRunPage *self,
         gboolean       backwards)
{
  gint64 time = runnel_time_scrubber_get_time (self->scrubber);

  if (is_at_end (self))
    time = runnel_run_canvas_get_end (self->canvas);
  runnel_time_scrubber_set_time (self->scrubber,
                                 runnel_run_canvas_find_next (self->canvas, time, backwards));
}

static void
replay_cb (RunnelRunPage *self)
{
  runnel_time_scrubber_set_playing (self->scrubber,
                                    !runnel_time_scrubber_get_playing (self->scrubber));
}

static void
replay_next_cb (RunnelRunPage *self)
{
  step_cb (self, FALSE);
}

static void
replay_previous_cb (RunnelRunPage *self)
{
  step_cb (self, TRUE);
}

/* The details are of the whole run. */
static gboolean
has_time_cb (GBinding     *binding,
             const GValue *from,
             GValue       *to,
             gpointer      user_data)
{
  g_value_set_boolean (to, g_strcmp0 (g_value_get_string (from), "details") != 0);
  return TRUE;
}

static void
add_action (RunnelRunPage *self,
            const char    *name,
            GCallback      callback)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
}

void
_runnel_run_page_time_init (RunnelRunPage *self)
{
  g_object_bind_property (self->scrubber, "time", self->gantt, "cursor-time",
                          G_BINDING_BIDIRECTIONAL);
  g_object_bind_property_full (self->views, "visible-child-name", self->scrubber, "visible",
                               G_BINDING_SYNC_CREATE, has_time_cb, NULL, NULL, NULL);
  g_signal_connect_object (self->scrubber, "notify::time", G_CALLBACK (time_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scrubber, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  add_action (self, "replay", G_CALLBACK (replay_cb));
  add_action (self, "replay-next", G_CALLBACK (replay_next_cb));
  add_action (self, "replay-previous", G_CALLBACK (replay_previous_cb));
}

/* There is another record of the run. */
void
_runnel_run_page_update_time (RunnelRunPage *self)
{
  gboolean is_over = _runnel_run_page_is_over (self);

  runnel_run_canvas_set_run (self->canvas, self->record, self->steps);
  runnel_time_scrubber_set_range (self->scrubber, self->record->started,
                                  is_over ? runnel_run_canvas_get_end (self->canvas)
                                          : g_get_real_time (), !is_over);
}

/* Returns: the attempt of the selected step whose log is to be shown: that of the moment, the first
 * one before it began; 0 for the last */
guint
_runnel_run_page_get_attempt (RunnelRunPage *self)
{
  const char *id = _runnel_run_page_get_selected_id (self);

  return is_at_end (self) ? 0 : MAX (runnel_run_canvas_get_attempt (self->canvas, id), 1);
}

void
_runnel_run_page_place_log (RunnelRunPage *self)
{
  if (!is_at_end (self))
    runnel_log_view_go_to_time (get_log_view (self),
                                runnel_time_scrubber_get_time (self->scrubber));
}
