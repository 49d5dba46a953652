/* test-history-outlook.c: what runs do now, how long they probably take, and what went wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history-fixture.h"
#include "history/runnel-history-outlook.h"

static void
start_run (RunnelHistory *history,
           gint64         run)
{
  const RunnelEvent event = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run };

  record_event (history, &event);
}

static void
end_run (RunnelHistory *history,
         gint64         run,
         RunnelState    state,
         gint64         duration)
{
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_FINISHED, .time = T0 + duration, .run = run, .state = state,
  };

  record_event (history, &event);
}

static gint64
add_ended (RunnelHistory *history,
           const char    *name,
           RunnelState    state,
           gint64         duration)
{
  gint64 run = add_run (history, name, 2);

  start_run (history, run);
  end_run (history, run, state, duration);
  return run;
}

/* As one that is imported: its number is later than that of runs that started later. */
static void
add_old (RunnelHistory *history,
         gint64         started,
         gint64         duration)
{
  gint64 run = add_run_at (history, "build", 2, started);

  end_run (history, run, RUNNEL_STATE_SUCCEEDED, started + duration - T0);
}

static void
start_step (RunnelHistory *history,
            gint64         run,
            guint          step_index)
{
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = T0, .run = run, .step_index = step_index,
    .attempt = 1,
  };

  record_event (history, &event);
}

static RunnelOutlook *
get_outlook (RunnelHistory *history,
             gint64         run)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) outlooks = runnel_history_list_outlooks (history, &run, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (outlooks->len, ==, 1);
  return g_ptr_array_steal_index (outlooks, 0);
}

static void
test_usual (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = NULL;
  g_autoptr(RunnelOutlook) other = NULL;

  add_ended (history, "build", RUNNEL_STATE_SUCCEEDED, 10);
  add_ended (history, "build", RUNNEL_STATE_SUCCEEDED, 50);
  add_ended (history, "build", RUNNEL_STATE_FAILED, 1);
  add_ended (history, "build", RUNNEL_STATE_FAILED, 1);
  add_ended (history, "build", RUNNEL_STATE_SUCCEEDED, 20);
  outlook = get_outlook (history, add_run (history, "build", 2));
  g_assert_cmpint (outlook->usual, ==, 20);
  g_assert_null (outlook->current);
  other = get_outlook (history, add_run (history, "other", 2));
  g_assert_cmpint (other->usual, ==, 0);
}

/* What was usual long ago is not any more. */
static void
test_latest (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = NULL;

  for (guint i = 0; i < 2 * RUNNEL_OUTLOOK_RUNS; i++)
    add_ended (history, "build", RUNNEL_STATE_SUCCEEDED, i < RUNNEL_OUTLOOK_RUNS ? 1000 : 10);
  outlook = get_outlook (history, 1);
  g_assert_cmpint (outlook->usual, ==, 10);
}

static void
test_imported (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = NULL;

  for (guint i = 0; i < RUNNEL_OUTLOOK_RUNS; i++)
    add_ended (history, "build", RUNNEL_STATE_SUCCEEDED, 10);
  for (guint i = 0; i < RUNNEL_OUTLOOK_RUNS; i++)
    add_old (history, T0 - G_TIME_SPAN_DAY, 1000);
  outlook = get_outlook (history, 1);
  g_assert_cmpint (outlook->usual, ==, 10);
}

static void
test_current (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = NULL;
  g_autoptr(RunnelOutlook) over = NULL;
  gint64 run = add_run (history, "build", 3);

  start_run (history, run);
  start_step (history, run, 1);
  start_step (history, run, 2);
  outlook = get_outlook (history, run);
  g_assert_cmpstr (outlook->current, ==, "Step 1");
  g_assert_cmpuint (outlook->n_current, ==, 2);

  end_run (history, run, RUNNEL_STATE_FAILED, 10);
  over = get_outlook (history, run);
  g_assert_null (over->current);
}

static void
fail_step (RunnelHistory *history,
           gint64         run,
           guint          step_index,
           gboolean       tolerated,
           const char    *reason)
{
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_FINISHED, .time = T0 + step_index, .run = run,
    .step_index = step_index, .state = RUNNEL_STATE_FAILED, .tolerated = tolerated,
    .reason = (char *) reason,
  };

  record_event (history, &event);
}

static void
test_culprit (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = NULL;
  gint64 run = add_run (history, "build", 4);

  start_run (history, run);
  fail_step (history, run, 0, TRUE, "nobody minds");
  fail_step (history, run, 1, FALSE, "exit status 1");
  fail_step (history, run, 2, FALSE, "exit status 2");
  end_run (history, run, RUNNEL_STATE_FAILED, 10);
  outlook = get_outlook (history, run);
  g_assert_cmpstr (outlook->culprit, ==, "Step 1");
  g_assert_cmpstr (outlook->reason, ==, "exit status 1");
}

static void
test_gone (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelOutlook) outlook = get_outlook (history, 77);

  g_assert_cmpint (outlook->run, ==, 77);
  g_assert_cmpint (outlook->usual, ==, 0);
}

/* Anything that is written gives the history another version, whoever writes it. */
static void
test_version (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-outlook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr(RunnelHistory) history = open_history (path);
  g_autoptr(RunnelHistory) other = open_history (path);
  gint64 version = runnel_history_get_version (history, NULL);
  gint64 later;

  g_assert_cmpint (version, >=, 0);
  g_assert_cmpint (runnel_history_get_version (history, NULL), ==, version);
  add_run (other, "build", 1);
  later = runnel_history_get_version (history, NULL);
  g_assert_cmpint (later, !=, version);
  g_assert_cmpint (runnel_history_get_version (history, NULL), ==, later);
  add_run (history, "build", 1);
  g_assert_cmpint (runnel_history_get_version (history, NULL), !=, later);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/outlook/usual", test_usual);
  g_test_add_func ("/history/outlook/latest", test_latest);
  g_test_add_func ("/history/outlook/imported", test_imported);
  g_test_add_func ("/history/outlook/current", test_current);
  g_test_add_func ("/history/outlook/culprit", test_culprit);
  g_test_add_func ("/history/outlook/gone", test_gone);
  g_test_add_func ("/history/outlook/version", test_version);

  return g_test_run ();
}
