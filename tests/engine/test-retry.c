/* test-retry.c: whether and when a failed attempt is repeated
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/runnel-retry.h"
#include "run-fixture.h"

static void
test_applies (void)
{
  int codes[] = { 2, 75 };
  RunnelRetry any = { .max = 2 };
  RunnelRetry some = { .max = 2, .exit_codes = codes, .n_exit_codes = 2 };

  g_assert_false (runnel_retry_applies (NULL, 1, 1));
  g_assert_true (runnel_retry_applies (&any, 1, 1));
  g_assert_true (runnel_retry_applies (&any, 2, -1));
  g_assert_false (runnel_retry_applies (&any, 3, 1));
  g_assert_true (runnel_retry_applies (&some, 1, 75));
  g_assert_false (runnel_retry_applies (&some, 1, 1));
  g_assert_false (runnel_retry_applies (&some, 1, -1));
}

static void
test_delay (void)
{
  RunnelRetry constant = { .max = 9, .delay = 5 * SECOND, .backoff = 1 };
  RunnelRetry growing = { .max = 9, .delay = SECOND, .backoff = 2, .max_delay = 5 * SECOND };
  RunnelRetry endless = { .max = 9, .delay = SECOND, .backoff = 1000 };

  g_assert_cmpint (runnel_retry_get_delay (&constant, 7, 1), ==, 5 * SECOND);
  g_assert_cmpint (runnel_retry_get_delay (&growing, 1, 1), ==, SECOND);
  g_assert_cmpint (runnel_retry_get_delay (&growing, 3, 1), ==, 4 * SECOND);
  g_assert_cmpint (runnel_retry_get_delay (&growing, 4, 1), ==, 5 * SECOND);
  g_assert_cmpint (runnel_retry_get_delay (&endless, 1000000, 1), ==, 366 * G_TIME_SPAN_DAY);
}

static void
test_jitter (void)
{
  RunnelRetry retry = { .max = 9, .delay = 10 * SECOND, .backoff = 1, .jitter = 0.5 };
  gint64 least = G_MAXINT64;
  gint64 most = 0;

  for (guint32 seed = 0; seed < 1000; seed++)
    {
      gint64 delay = runnel_retry_get_delay (&retry, 1, seed);

      least = MIN (least, delay);
      most = MAX (most, delay);
    }
  g_assert_cmpint (least, >=, 5 * SECOND);
  g_assert_cmpint (least, <, 5.1 * SECOND);
  g_assert_cmpint (most, <=, 10 * SECOND);
  g_assert_cmpint (most, >, 9.9 * SECOND);
  g_assert_cmpint (runnel_retry_get_delay (&retry, 1, 3), ==,
                   runnel_retry_get_delay (&retry, 1, 3));
  g_assert_cmpint (runnel_retry_get_delay (&retry, 1, 3), !=,
                   runnel_retry_get_delay (&retry, 2, 3));
}

static RunnelFakeOutcome
failure (int exit_code)
{
  return (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED, .exit_code = exit_code };
}

static void
test_run (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `retry`: {`max`: 3, `delay`: `5s`, `backoff`: 2}}"));

  self->told = G_MAXUINT & ~(1u << RUNNEL_EVENT_RUN_STARTED);
  run_fixture_tell (self, "a", 1, failure (1));
  run_fixture_tell (self, "a", 2, failure (1));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-queued a queued\n"
                   "attempt-started a.1 running\n"
                   "attempt-finished a.1 failed\n"
                   "step-waiting a waiting (retry): retries in 5.0 s (attempt 2 of 4)\n"
                   "step-queued a queued\n"
                   "attempt-started a.2 running\n"
                   "attempt-finished a.2 failed\n"
                   "step-waiting a waiting (retry): retries in 10 s (attempt 3 of 4)\n"
                   "step-queued a queued\n"
                   "attempt-started a.3 running\n"
                   "attempt-finished a.3 succeeded\n"
                   "step-finished a succeeded\n"
                   "run-finished succeeded\n");
  g_assert_cmpint (self->clock->now (self->clock), ==, 15 * SECOND);
}

static void
test_run_gives_up (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `defaults`: {`retry`: 2}, `steps`: [{`id`: `a`}, {`id`: `b`, `retry`: 0}]}"));

  run_fixture_tell (self, "a", 0, failure (1));
  run_fixture_tell (self, "b", 0, failure (1));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (runnel_fake_executor_get_starts (self->executor)[2], ==, "a.3");
  g_assert_cmpstr (runnel_fake_executor_get_starts (self->executor)[3], ==, "b.1");
  g_assert_null (runnel_fake_executor_get_starts (self->executor)[4]);
}

static void
test_condition (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `retry`: {`max`: 5, `if`: `steps.self.exit_code == 7`}},"
    "{`id`: `b`, `retry`: {`max`: 5, `if`: `fromJSON('x')`}}"));

  run_fixture_tell (self, "a", 1, failure (7));
  run_fixture_tell (self, "a", 2, failure (8));
  run_fixture_tell (self, "b", 0, failure (1));
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (runnel_fake_executor_get_starts (self->executor)[1], ==, "a.2");
  g_assert_cmpstr (runnel_fake_executor_get_starts (self->executor)[2], ==, "b.1");
  g_assert_null (runnel_fake_executor_get_starts (self->executor)[3]);
  g_assert_nonnull (strstr (self->log->str, "step-finished b failed: it failed; retry.if: "));
}

/* A step that waits for its next attempt leaves its place to others. */
static void
test_frees_its_job (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `retry`: {`max`: 1, `delay`: `10s`}}, {`id`: `b`}"));

  run_fixture_tell (self, "a", 1, failure (1));
  run_fixture_start (self, 1);
  runnel_fake_clock_advance (self->clock, SECOND);
  g_assert_cmpstr (self->log->str, ==, "step-finished b succeeded\n");
  run_fixture_complete (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/retry/applies", test_applies);
  g_test_add_func ("/engine/retry/delay", test_delay);
  g_test_add_func ("/engine/retry/jitter", test_jitter);
  g_test_add_func ("/engine/retry/run", test_run);
  g_test_add_func ("/engine/retry/run-gives-up", test_run_gives_up);
  g_test_add_func ("/engine/retry/condition", test_condition);
  g_test_add_func ("/engine/retry/frees-its-job", test_frees_its_job);
  return g_test_run ();
}
