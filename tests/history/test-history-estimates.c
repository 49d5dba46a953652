/* test-history-estimates.c: what steps will probably do, going by what they did
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history-fixture.h"
#include "history/runnel-history-estimates.h"

#define FILE "/home/me/many.runnel.json"

static void
record_attempt (RunnelHistory *history,
                gint64         run,
                guint          step,
                gint64         seconds,
                RunnelState    state)
{
  RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED,
    .time = T0,
    .run = run,
    .step_index = step,
    .attempt = 1,
    .state = RUNNEL_STATE_RUNNING,
  };

  record_event (history, &event);
  event.type = RUNNEL_EVENT_ATTEMPT_FINISHED;
  event.time = T0 + seconds * G_TIME_SPAN_SECOND;
  event.state = state;
  record_event (history, &event);
}

static void
record_success (RunnelHistory *history,
                gint64         run,
                guint          step,
                const char    *output)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED,
    .time = T0,
    .run = run,
    .step_index = step,
    .state = RUNNEL_STATE_SUCCEEDED,
    .outputs = outputs,
  };

  json_object_set_string_member (outputs, "v", output);
  record_event (history, &event);
}

/* One run in which the first step took so many seconds. */
static gint64
add_past_at (RunnelHistory *history,
             gint64         started,
             gint64         seconds,
             RunnelState    state)
{
  gint64 run = add_run_at (history, "many", 3, started);

  record_attempt (history, run, 0, seconds, state);
  finish_run (history, run, RUNNEL_STATE_SUCCEEDED);
  return run;
}

static gint64
add_past (RunnelHistory *history,
          gint64         seconds,
          RunnelState    state)
{
  return add_past_at (history, T0, seconds, state);
}

static const RunnelEstimate *
get_estimate (GHashTable *estimates,
              const char *step)
{
  return g_hash_table_lookup (estimates, step);
}

static GHashTable *
get_estimates (RunnelHistory *history,
               const char    *file)
{
  g_autoptr(GError) error = NULL;
  GHashTable *estimates = runnel_history_get_estimates (history, file, &error);

  g_assert_no_error (error);
  return estimates;
}

static void
assert_duration (RunnelHistory *history,
                 gint64         seconds,
                 guint          n_attempts)
{
  g_autoptr(GHashTable) estimates = get_estimates (history, FILE);
  const RunnelEstimate *estimate = get_estimate (estimates, "s0");

  g_assert_nonnull (estimate);
  g_assert_cmpint (estimate->duration, ==, seconds * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (estimate->n_attempts, ==, n_attempts);
}

static void
test_median (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  add_past (history, 5, RUNNEL_STATE_SUCCEEDED);
  assert_duration (history, 5, 1);
  add_past (history, 90, RUNNEL_STATE_SUCCEEDED);
  add_past (history, 7, RUNNEL_STATE_SUCCEEDED);
  assert_duration (history, 7, 3);
  /* How long a failure takes says nothing. */
  add_past (history, 1, RUNNEL_STATE_FAILED);
  add_past (history, 1, RUNNEL_STATE_TIMED_OUT);
  assert_duration (history, 7, 3);
}

static void
test_latest (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");

  for (guint i = 0; i < 30; i++)
    add_past (history, 100, RUNNEL_STATE_SUCCEEDED);
  for (guint i = 0; i < RUNNEL_ESTIMATE_ATTEMPTS; i++)
    add_past (history, 3, RUNNEL_STATE_SUCCEEDED);
  assert_duration (history, 3, RUNNEL_ESTIMATE_ATTEMPTS);
}

static void
test_nothing_known (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) estimates = NULL;
  g_autoptr(GHashTable) others = NULL;

  add_past (history, 5, RUNNEL_STATE_SUCCEEDED);
  estimates = get_estimates (history, FILE);
  g_assert_null (get_estimate (estimates, "s1"));
  others = get_estimates (history, "/home/me/other.runnel.json");
  g_assert_cmpuint (g_hash_table_size (others), ==, 0);
}

static void
test_outputs (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) estimates = NULL;
  const RunnelEstimate *estimate;

  record_success (history, add_past (history, 5, RUNNEL_STATE_SUCCEEDED), 0, "old");
  record_success (history, add_past (history, 5, RUNNEL_STATE_SUCCEEDED), 0, "new");
  add_past (history, 5, RUNNEL_STATE_FAILED);
  estimates = get_estimates (history, FILE);
  estimate = get_estimate (estimates, "s0");
  g_assert_nonnull (estimate->outputs);
  g_assert_cmpstr (json_object_get_string_member (estimate->outputs, "v"), ==, "new");
}

/* Old runs that are imported have the latest numbers. */
static void
test_imported (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GHashTable) estimates = NULL;

  for (guint i = 0; i < RUNNEL_ESTIMATE_ATTEMPTS; i++)
    record_success (history, add_past (history, 5, RUNNEL_STATE_SUCCEEDED), 0, "new");
  for (guint i = 0; i < RUNNEL_ESTIMATE_ATTEMPTS; i++)
    record_success (history, add_past_at (history, T0 - G_TIME_SPAN_DAY, 90, RUNNEL_STATE_SUCCEEDED), 0,
                    "old");
  assert_duration (history, 5, RUNNEL_ESTIMATE_ATTEMPTS);
  estimates = get_estimates (history, FILE);
  g_assert_cmpstr (json_object_get_string_member (get_estimate (estimates, "s0")->outputs, "v"), ==,
                   "new");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/estimates/median", test_median);
  g_test_add_func ("/history/estimates/latest", test_latest);
  g_test_add_func ("/history/estimates/nothing-known", test_nothing_known);
  g_test_add_func ("/history/estimates/outputs", test_outputs);
  g_test_add_func ("/history/estimates/imported", test_imported);
  return g_test_run ();
}
