/* test-history-live.c: what is under way now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history-fixture.h"
#include "history/runnel-history-live.h"

static void
record (RunnelHistory   *history,
        gint64           run,
        guint            step,
        RunnelEventType  type,
        RunnelState      state)
{
  const RunnelEvent event = {
    .type = type,
    .time = T0,
    .run = run,
    .step_index = step,
    .attempt = 1,
    .state = state,
    .reason = state == RUNNEL_STATE_WAITING ? "for a person" : NULL,
  };

  record_event (history, &event);
}

static void
test_counts (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) counts = NULL;
  const RunnelLiveCount *count;
  gint64 run = add_run (history, "", 4);

  add_run (history, "", 4);
  record (history, run, 0, RUNNEL_EVENT_RUN_STARTED, RUNNEL_STATE_RUNNING);
  record (history, run, 0, RUNNEL_EVENT_ATTEMPT_STARTED, RUNNEL_STATE_RUNNING);
  record (history, run, 1, RUNNEL_EVENT_STEP_WAITING, RUNNEL_STATE_WAITING);
  record (history, run, 2, RUNNEL_EVENT_STEP_QUEUED, RUNNEL_STATE_QUEUED);
  record (history, run, 3, RUNNEL_EVENT_STEP_FINISHED, RUNNEL_STATE_SUCCEEDED);
  finish_run (history, add_run (history, "over", 1), RUNNEL_STATE_SUCCEEDED);

  counts = runnel_history_count_live (history, NULL);
  g_assert_cmpuint (counts->len, ==, 1);
  count = counts->pdata[0];
  g_assert_cmpstr (count->pipeline, ==, "many.runnel.json");
  g_assert_cmpuint (count->n_runs[RUNNEL_STATE_PENDING], ==, 1);
  g_assert_cmpuint (count->n_runs[RUNNEL_STATE_RUNNING], ==, 1);
  g_assert_cmpuint (count->n_steps[RUNNEL_STATE_RUNNING], ==, 1);
  g_assert_cmpuint (count->n_steps[RUNNEL_STATE_WAITING], ==, 1);
  g_assert_cmpuint (count->n_steps[RUNNEL_STATE_QUEUED], ==, 1);
  g_assert_cmpuint (count->n_steps[RUNNEL_STATE_SUCCEEDED], ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/live/counts", test_counts);
  return g_test_run ();
}
