/* test-run-times.c: timeouts, delays and conditions that are expressions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include <glib/gstdio.h>

#include "run-fixture.h"

#define PARAMETERS                                                                                 \
  "`parameters`: {`t`: {`default`: `4s`}, `n`: {`type`: `number`, `default`: 3},"                  \
  " `nothing`: {`type`: `string`}}"

static RunFixture *
new_fixture (const char *steps)
{
  g_autofree char *text =
    g_strdup_printf ("{`format`: 1, " PARAMETERS ", `steps`: [%s]}", steps);

  return run_fixture_new (pipeline_from_text (text));
}

static void
never_end (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  outcome->duration = -1;
}

static void
fail_always (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  outcome->state = RUNNEL_STATE_FAILED;
  outcome->exit_code = attempt->attempt;
}

static void
run_with (RunFixture *self, RunnelFakeFunc func)
{
  runnel_fake_executor_set_func (self->executor, func, self);
  run_fixture_start (self, 8);
  run_fixture_complete (self);
}

static void
assert_tells (RunFixture *self, const char *text)
{
  g_test_message ("%s", self->log->str);
  g_assert_nonnull (strstr (self->log->str, text));
}

static void
test_timeout (void)
{
  g_autoptr(RunFixture) self = new_fixture ("{`id`: `a`, `timeout`: `${{ params.t }}`},"
                                            "{`id`: `b`, `timeout`: `${{ params.n }}m`}");

  run_with (self, never_end);
  assert_tells (self, "step-finished a timed-out: it took longer than its timeout, 4s\n");
  assert_tells (self, "step-finished b timed-out: it took longer than its timeout, 3m\n");
  g_assert_cmpint (self->clock->now (self->clock), ==, 180 * SECOND);
}

static void
test_timeout_of_defaults (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_text ("{`format`: 1, " PARAMETERS ", `defaults`: {`timeout`: `${{ params.t }}`},"
                        " `steps`: [{`id`: `a`}, {`id`: `b`, `timeout`: `1s`}]}"));

  run_with (self, never_end);
  assert_tells (self, "step-finished a timed-out: it took longer than its timeout, 4s\n");
  assert_tells (self, "step-finished b timed-out: it took longer than its timeout, 1s\n");
}

/* Null is no timeout; what is no duration fails the step, and says where. */
static void
test_bad_timeout (void)
{
  g_autoptr(RunFixture) self = new_fixture ("{`id`: `a`, `timeout`: `${{ params.nothing }}`},"
                                            "{`id`: `b`, `timeout`: `${{ params.n }}`},"
                                            "{`id`: `c`, `timeout`: `${{ fromJSON('{') }}`}");

  run_with (self, NULL);
  assert_tells (self, "step-finished a succeeded\n");
  assert_tells (self, "step-finished b failed: it could not be started: timeout: ");
  assert_tells (self, "step-finished c failed: it could not be started: timeout: at column ");
}

/* The delay may look at the attempt that failed, here at its exit code, which is its number. */
static void
test_delay (void)
{
  g_autoptr(RunFixture) self = new_fixture (
    "{`id`: `a`, `retry`: {`max`: 3, `delay`: `${{ steps.self.exit_code }}0s`,"
    " `max-delay`: `${{ format('{0}5s', 1) }}`}}");

  self->told |= 1u << RUNNEL_EVENT_STEP_WAITING;
  run_with (self, fail_always);
  assert_tells (self, "step-waiting a waiting (retry): retries in 10 s (attempt 2 of 4)\n");
  assert_tells (self, "step-waiting a waiting (retry): retries in 15 s (attempt 3 of 4)\n");
  g_assert_cmpint (self->clock->now (self->clock), ==, (10 + 15 + 15) * SECOND);
}

static void
test_bad_delay (void)
{
  g_autoptr(RunFixture) self =
    new_fixture ("{`id`: `a`, `retry`: {`max`: 3, `delay`: `${{ params.n }}`}}");

  run_with (self, fail_always);
  assert_tells (self, "step-finished a failed: it failed; retry.delay: ");
}

static void
test_retry_if (void)
{
  g_autoptr(RunFixture) self = new_fixture (
    "{`id`: `a`, `retry`: {`max`: 5, `if`: `${{ steps.self.exit_code < params.n }}`}},"
    "{`id`: `b`, `retry`: {`max`: 5, `if`: false}}, {`id`: `c`, `retry`: {`max`: 1, `if`: true}}");

  run_with (self, fail_always);
  assert_tells (self, "step-finished a failed: it failed; not retried, for retry.if is false: "
                      "${{ steps.self.exit_code < params.n }} (steps.self.exit_code is 3, "
                      "params.n is 3)\n");
  assert_tells (self, "step-finished b failed\n");
  g_assert_true (g_strv_contains (runnel_fake_executor_get_starts (self->executor), "c.2"));
  g_assert_false (g_strv_contains (runnel_fake_executor_get_starts (self->executor), "b.2"));
}

/* Attempts that leave a log in the folder of the run. */
static void
write_log (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  g_autofree char *path = g_build_filename (attempt->run_dir, attempt->log_name, NULL);
  g_autoptr(GString) log = g_string_new (attempt->attempt == 1 ? "early: busy\n" : "");

  if (attempt->attempt == 3) /* so much that the rest is out of sight */
    for (guint i = 0; i < 2000; i++)
      g_string_append_printf (log, "line %u of a long log of a step\n", i);
  g_string_append_printf (log, "attempt %u: %s\n", attempt->attempt,
                          attempt->attempt < 3 ? "Connection reset" : "Syntax error");
  g_assert_true (g_file_set_contents (path, log->str, log->len, NULL));
  fail_always (attempt, outcome, user_data);
  outcome->outputs = user_data;
}

static void
remove_logs (RunFixture *self)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("a.%u.log", i);
      g_autofree char *path = g_build_filename (self->run_dir, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static void
test_retry_by_output (void)
{
  g_autoptr(RunFixture) self = new_fixture (
    "{`id`: `a`, `continue-on-error`: `${{ contains(steps.self.log, 'syntax error') }}`,"
    " `retry`: {`max`: 5, `if`: `contains(steps.self.log, 'connection reset')"
    " && steps.self.outputs.code == 'e1'`}}");
  g_autoptr(JsonObject) outputs = json_object_new ();

  json_object_set_string_member (outputs, "code", "e1");
  runnel_fake_executor_set_func (self->executor, write_log, outputs);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  remove_logs (self);
  assert_tells (self, "step-finished a failed (tolerated): it failed; not retried, for retry.if is "
                      "false: contains(steps.self.log, 'connection reset')");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_true (g_strv_contains (runnel_fake_executor_get_starts (self->executor), "a.3"));
  g_assert_false (g_strv_contains (runnel_fake_executor_get_starts (self->executor), "a.4"));
}

/* Why a step ran or was skipped is told with what its condition saw. */
typedef struct
{
  RunnelEventSink sink;
  GString *causes;
} Causes;

static void
take_cause (RunnelEventSink *sink, const RunnelEvent *event)
{
  if (event->cause != NULL)
    g_string_append_printf (((Causes *) sink)->causes, "%s: %s\n", event->step, event->cause);
}

static void
test_accounts (void)
{
  g_autoptr(RunFixture) self = new_fixture (
    "{`id`: `a`, `if`: `params.n == 3 && params.t`}, {`id`: `b`, `if`: ` params.n > 3`},"
    "{`id`: `c`}, {`id`: `d`, `if`: `always()`}");
  Causes causes = { { take_cause, NULL }, g_string_new (NULL) };
  g_autoptr(GError) error = NULL;

  g_assert_true (run_fixture_make_run (self, 1, NULL, &error));
  runnel_run_add_sink (self->run, &causes.sink);
  runnel_run_start (self->run, run_fixture_finished, self);
  run_fixture_complete (self);
  g_assert_cmpstr (causes.causes->str, ==,
                   "a: its condition is true: params.n == 3 && params.t "
                   "(params.n is 3, params.t is '4s')\n"
                   "d: its condition is true: always() (always() is true)\n");
  assert_tells (self,
                "step-finished b skipped: its condition is false: params.n > 3 (params.n is 3)\n");
  g_string_free (causes.causes, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-times/timeout", test_timeout);
  g_test_add_func ("/engine/run-times/timeout-of-defaults", test_timeout_of_defaults);
  g_test_add_func ("/engine/run-times/bad-timeout", test_bad_timeout);
  g_test_add_func ("/engine/run-times/delay", test_delay);
  g_test_add_func ("/engine/run-times/bad-delay", test_bad_delay);
  g_test_add_func ("/engine/run-times/retry-if", test_retry_if);
  g_test_add_func ("/engine/run-times/retry-by-output", test_retry_by_output);
  g_test_add_func ("/engine/run-times/accounts", test_accounts);
  return g_test_run ();
}
