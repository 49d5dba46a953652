/* test-replay.c: the events of a run that is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry-fixture.h"
#include "telemetry/runnel-replay.h"

static void
record (RunnelHistory   *history,
        RunnelEventType  type,
        double           seconds,
        guint            attempt,
        RunnelState      state)
{
  const RunnelEvent event = make_event (type, seconds, "s0", attempt, state);

  record_event (history, &event);
}

static void
write_down_cb (const RunnelEvent *event,
               gpointer           user_data)
{
  g_string_append_printf (user_data, "%s %s %u %s\n", runnel_event_type_to_string (event->type),
                          event->step ? event->step : "-", event->attempt,
                          runnel_state_to_string (event->state));
}

static char *
replay (RunnelHistory *history)
{
  GString *text = g_string_new (NULL);
  RunnelRunRecord *run = get_run (history, 1);
  g_autoptr(GPtrArray) steps = get_steps (history, 1);

  runnel_replay (run, steps, write_down_cb, text);
  runnel_run_record_free (run);
  return g_string_free (text, FALSE);
}

static void
test_order (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 run = add_run (history, "Build", 2);
  const RunnelEvent start = make_event (RUNNEL_EVENT_RUN_STARTED, 0, NULL, 0, RUNNEL_STATE_RUNNING);
  g_autofree char *text = NULL;

  record_event (history, &start);
  record (history, RUNNEL_EVENT_STEP_QUEUED, 1, 0, RUNNEL_STATE_QUEUED);
  record (history, RUNNEL_EVENT_STEP_WAITING, 2, 0, RUNNEL_STATE_WAITING);
  record (history, RUNNEL_EVENT_ATTEMPT_STARTED, 3, 1, RUNNEL_STATE_RUNNING);
  record (history, RUNNEL_EVENT_ATTEMPT_FINISHED, 4, 1, RUNNEL_STATE_FAILED);
  record (history, RUNNEL_EVENT_ATTEMPT_STARTED, 5, 2, RUNNEL_STATE_RUNNING);
  record (history, RUNNEL_EVENT_ATTEMPT_FINISHED, 6, 2, RUNNEL_STATE_SUCCEEDED);
  record (history, RUNNEL_EVENT_STEP_FINISHED, 6, 2, RUNNEL_STATE_SUCCEEDED);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  text = replay (history);
  g_assert_cmpstr (text, ==,
                   "run-started - 0 running\n"
                   "step-queued s0 0 queued\n"
                   "step-waiting s0 0 waiting\n"
                   "attempt-started s0 1 running\n"
                   "attempt-finished s0 1 failed\n"
                   "attempt-started s0 2 running\n"
                   "attempt-finished s0 2 succeeded\n"
                   "step-finished s0 2 succeeded\n"
                   "run-finished - 0 succeeded\n");
}

static void
test_not_over (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autofree char *text = NULL;

  add_run (history, "Build", 2);
  text = replay (history);
  g_assert_cmpstr (text, ==, "run-started - 0 running\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/telemetry/replay/order", test_order);
  g_test_add_func ("/telemetry/replay/not-over", test_not_over);
  return g_test_run ();
}
