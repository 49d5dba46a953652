/* test-run-rollback.c: undos are registered, and run when the run fails
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "run-fixture.h"

#define FAILS ((RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED, .exit_code = 1, .reason = "no" })
#define HANGS ((RunnelFakeOutcome){ .duration = -1, .state = RUNNEL_STATE_FAILED })
#define UNDO ", `undo`: {`kind`: `test`}"
#define ROLLBACK(steps) "{`format`: 1, `on-failure`: `rollback`, `steps`: [" steps "]}"
#define A_B_C "{`id`: `a`" UNDO "}, {`id`: `b`, `needs`: [`a`]" UNDO "}, {`id`: `c`, `needs`: [`b`]" UNDO "}"

static void
assert_starts (RunFixture *self, const char *expected)
{
  g_autofree char *starts =
    g_strjoinv (" ", (char **) runnel_fake_executor_get_starts (self->executor));

  g_assert_cmpstr (starts, ==, expected);
}

static void
run (RunFixture *self)
{
  run_fixture_start (self, 1);
  run_fixture_complete (self);
}

/* The undo is out, and flushed, before the attempt is started. */
static void
test_registration (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps ("{`id`: `a`" UNDO "}"));

  self->told = G_MAXUINT;
  run (self);
  g_assert_cmpstr (self->log->str, ==,
                   "run-started running\n"
                   "step-queued a queued\n"
                   "step-added a.undo pending\n"
                   "attempt-started a.1 running\n"
                   "attempt-finished a.1 succeeded\n"
                   "step-finished a succeeded\n"
                   "step-finished a.undo skipped: nothing was rolled back\n"
                   "run-finished succeeded\n");
}

static void
check_registered (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  RunFixture *self = user_data;

  if (g_str_equal (attempt->step, "a"))
    g_assert_cmpuint (self->n_flushes, ==, 1);
  g_assert_nonnull (strstr (self->log->str, "step-added a.undo"));
}

static void
test_registration_is_flushed (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps ("{`id`: `a`" UNDO "}"));

  self->told = 1u << RUNNEL_EVENT_STEP_ADDED;
  runnel_fake_executor_set_func (self->executor, check_registered, self);
  run (self);
  assert_starts (self, "a.1");
}

static void
test_reverse_order (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (ROLLBACK (A_B_C)));

  run_fixture_tell (self, "c", 0, FAILS);
  self->told |= 1u << RUNNEL_EVENT_RUN_ROLLING_BACK;
  run (self);
  assert_starts (self, "a.1 b.1 c.1 c.undo.1 b.undo.1 a.undo.1");
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a succeeded\n"
                   "step-finished b succeeded\n"
                   "step-finished c failed: no\n"
                   "run-rolling-back running: 3 steps are to be undone\n"
                   "step-finished c.undo succeeded\n"
                   "step-finished b.undo succeeded\n"
                   "step-finished a.undo succeeded\n"
                   "run-finished failed: 3 steps were rolled back\n");
}

/* The undos run one after another, however many jobs there may be. */
static void
test_one_at_a_time (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    ROLLBACK ("{`id`: `a`" UNDO "}, {`id`: `b`" UNDO "}, {`id`: `c`, `needs`: [`a`, `b`]}")));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_tell (self, "c", 0, FAILS);
  run_fixture_tell (self, "b.undo", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 8);
  runnel_fake_clock_advance (self->clock, 1.5 * SECOND);
  assert_starts (self, "a.1 b.1 c.1 b.undo.1");
  run_fixture_complete (self);
  assert_starts (self, "a.1 b.1 c.1 b.undo.1 a.undo.1");
}

static void
test_policy (void)
{
  g_autoptr(RunFixture) kept = run_fixture_new (pipeline_from_steps (A_B_C));
  g_autoptr(RunFixture) good = run_fixture_new (pipeline_from_text (ROLLBACK (A_B_C)));
  g_autoptr(RunFixture) handled = run_fixture_new (pipeline_from_text (
    ROLLBACK ("{`id`: `a`" UNDO "}, {`id`: `f`, `needs`: [{`step`: `a`, `on`: `failure`}]}")));

  run_fixture_tell (kept, "c", 0, FAILS);
  run (kept);
  assert_starts (kept, "a.1 b.1 c.1");
  run (good);
  assert_starts (good, "a.1 b.1 c.1");
  run_fixture_tell (handled, "a", 0, FAILS);
  run (handled);
  assert_starts (handled, "a.1 f.1");
  g_assert_cmpint (handled->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* Only what was started, but that however it ended. */
static void
test_what_is_undone (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (ROLLBACK (
    "{`id`: `slow`, `timeout`: `1s`" UNDO "}, {`id`: `after`, `needs`: [`slow`]" UNDO "},"
    "{`id`: `off`, `disabled`: `bypass`" UNDO "}, {`id`: `never`, `if`: `false`" UNDO "},"
    "{`id`: `wrong`, `env`: {`X`: `${{ fromJSON('{') }}`}" UNDO "}, {`id`: `plain`}")));

  run_fixture_tell (self, "slow", 0, HANGS);
  run (self);
  assert_starts (self, "slow.1 plain.1 slow.undo.1");
}

static void
test_failing_undo (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (ROLLBACK (
    "{`id`: `a`" UNDO "}, {`id`: `b`, `needs`: [`a`], `undo`: {`kind`: `test`, `retry`: {`max`: 1, "
    "`delay`: `5s`}}}, {`id`: `c`, `needs`: [`b`], `undo`: {`kind`: `test`, `timeout`: `2s`}}")));

  run_fixture_tell (self, "c", 0, FAILS);
  run_fixture_tell (self, "b.undo", 0, FAILS);
  run_fixture_tell (self, "c.undo", 0, HANGS);
  run (self);
  assert_starts (self, "a.1 b.1 c.1 c.undo.1 b.undo.1 b.undo.2 a.undo.1");
  g_assert_true (g_str_has_suffix (
    self->log->str,
    "step-finished c.undo timed-out: it took longer than its timeout, 2s\n"
    "step-finished b.undo failed: no\n"
    "step-finished a.undo succeeded\n"
    "run-finished failed: 1 step was rolled back; the undo failed of b, c\n"));
}

/* A cancel is no failure; one that comes during the rollback ends it. */
static void
test_cancel (void)
{
  g_autoptr(RunFixture) before = run_fixture_new (pipeline_from_text (ROLLBACK (A_B_C)));
  g_autoptr(RunFixture) during = run_fixture_new (pipeline_from_text (ROLLBACK (A_B_C)));

  run_fixture_tell (before, "b", 0, HANGS);
  run_fixture_start (before, 1);
  runnel_fake_clock_advance (before->clock, SECOND);
  runnel_run_cancel (before->run, "enough");
  run_fixture_complete (before);
  assert_starts (before, "a.1 b.1");
  g_assert_cmpint (before->state, ==, RUNNEL_STATE_CANCELLED);

  run_fixture_tell (during, "c", 0, FAILS);
  run_fixture_tell (during, "b.undo", 0, HANGS);
  run_fixture_start (during, 1);
  while (strstr (during->log->str, "c.undo") == NULL)
    runnel_fake_clock_jump (during->clock);
  runnel_run_cancel (during->run, "enough");
  run_fixture_complete (during);
  g_assert_true (g_str_has_suffix (
    during->log->str,
    "step-finished c.undo succeeded\n"
    "step-finished a.undo cancelled: the run was cancelled\n"
    "step-finished b.undo cancelled: the run was cancelled\n"
    "run-finished failed: enough; 1 step was rolled back; not undone: a, b\n"));
}

typedef struct
{
  JsonObject *outputs; /* of a */
  char *url;           /* of its undo */
} Seen;

static void
look (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  Seen *seen = user_data;

  if (g_str_equal (attempt->step, "a"))
    outcome->outputs = seen->outputs;
  if (g_str_equal (attempt->step, "b"))
    outcome->state = RUNNEL_STATE_FAILED;
  if (g_str_equal (attempt->step, "a.undo"))
    seen->url = g_strdup (json_object_get_string_member (attempt->with, "url"));
}

static void
test_expressions (void)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  Seen seen = { outputs, NULL };
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (ROLLBACK (
    "{`id`: `a`, `undo`: {`kind`: `test`, `with`: {`url`: `${{ steps.a.outputs.id }} ${{ "
    "steps.self.outputs.id }} ${{ run.state }} ${{ join(run.failed) }}`}}},"
    "{`id`: `b`, `needs`: [`a`]}")));

  json_object_set_string_member (outputs, "id", "17");
  runnel_fake_executor_set_func (self->executor, look, &seen);
  run (self);
  g_assert_cmpstr (seen.url, ==, "17 17 failed b");
  g_free (seen.url);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-rollback/registration", test_registration);
  g_test_add_func ("/engine/run-rollback/registration-is-flushed", test_registration_is_flushed);
  g_test_add_func ("/engine/run-rollback/reverse-order", test_reverse_order);
  g_test_add_func ("/engine/run-rollback/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/engine/run-rollback/policy", test_policy);
  g_test_add_func ("/engine/run-rollback/what-is-undone", test_what_is_undone);
  g_test_add_func ("/engine/run-rollback/failing-undo", test_failing_undo);
  g_test_add_func ("/engine/run-rollback/cancel", test_cancel);
  g_test_add_func ("/engine/run-rollback/expressions", test_expressions);
  return g_test_run ();
}
