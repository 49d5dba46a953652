/* test-run-phase.c: hooks before and after the steps of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run-fixture.h"

#define FAILS ((RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED, .exit_code = 1, .reason = "no" })
#define HANGS ((RunnelFakeOutcome){ .duration = -1, .state = RUNNEL_STATE_FAILED })
#define ALL_HOOKS                                                                                  \
  "`hooks`: {`on-start`: [{`id`: `s1`}, {`id`: `s2`}], `on-success`: [{`id`: `good`}],"            \
  " `on-failure`: [{`id`: `bad`}], `on-finish`: [{`id`: `f1`}, {`id`: `f2`}]}"

static RunFixture *
make (const char *more)
{
  g_autofree char *text = g_strdup_printf ("{`format`: 1, " ALL_HOOKS ", %s}", more);

  return run_fixture_new (pipeline_from_text (text));
}

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
  run_fixture_start (self, 4);
  run_fixture_complete (self);
}

static void
test_success (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}, {`id`: `b`}]");

  run_fixture_tell (self, "s1", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run (self);
  assert_starts (self, "s1.1 s2.1 a.1 b.1 good.1 f1.1 f2.1");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static void
test_failure (void)
{
  g_autoptr(RunFixture) self = make ("`on-failure`: `rollback`, `steps`: [{`id`: `a`, `undo`: "
                                     "{`kind`: `test`}}]");

  run_fixture_tell (self, "a", 0, FAILS);
  run (self);
  assert_starts (self, "s1.1 s2.1 a.1 a.undo.1 bad.1 f1.1 f2.1");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_FAILED);
}

/* Hooks do not decide how the run ends, but what failed is told. */
static void
test_failing_hooks (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}]");

  run_fixture_tell (self, "s1", 0, FAILS);
  run_fixture_tell (self, "f1", 0, FAILS);
  run (self);
  assert_starts (self, "s1.1 s2.1 a.1 good.1 f1.1 f2.1");
  g_assert_true (g_str_has_suffix (self->log->str, "run-finished succeeded: failed hooks: s1, f1\n"));
}

static void
test_cancel (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}]");

  run_fixture_tell (self, "a", 0, HANGS);
  run_fixture_start (self, 4);
  runnel_fake_clock_advance (self->clock, SECOND);
  runnel_run_cancel (self->run, "enough");
  run_fixture_complete (self);
  assert_starts (self, "s1.1 s2.1 a.1 f1.1 f2.1");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_CANCELLED);
}

static void
test_cancel_at_start (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}]");

  run_fixture_tell (self, "s1", 0, HANGS);
  run_fixture_start (self, 4);
  runnel_run_cancel (self->run, "enough");
  run_fixture_complete (self);
  assert_starts (self, "s1.1 f1.1 f2.1");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_CANCELLED);
}

/* The first cancel ended the steps, the second one ends the hooks. */
static void
test_second_cancel (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}]");

  run_fixture_tell (self, "a", 0, HANGS);
  run_fixture_tell (self, "f1", 0, HANGS);
  run_fixture_start (self, 4);
  runnel_fake_clock_advance (self->clock, SECOND);
  runnel_run_cancel (self->run, "enough");
  runnel_fake_clock_advance (self->clock, SECOND);
  assert_starts (self, "s1.1 s2.1 a.1 f1.1");
  runnel_run_cancel (self->run, "now");
  run_fixture_complete (self);
  assert_starts (self, "s1.1 s2.1 a.1 f1.1");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_CANCELLED);
}

/* What is decided stays decided. */
static void
test_cancel_of_end_hooks (void)
{
  g_autoptr(RunFixture) self = make ("`steps`: [{`id`: `a`}]");

  run_fixture_tell (self, "f1", 0, HANGS);
  run_fixture_start (self, 4);
  runnel_fake_clock_advance (self->clock, SECOND);
  assert_starts (self, "s1.1 s2.1 a.1 good.1 f1.1");
  runnel_run_cancel (self->run, "enough");
  run_fixture_complete (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static void
test_expressions (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `hooks`: {"
    "`on-start`: [{`id`: `h1`, `if`: `run.state == 'running'`}, {`id`: `h2`, `if`: `failure()`}],"
    "`on-finish`: [{`id`: `h3`, `if`: `run.state == 'failed' && run.failed[0] == 'a' && failure() && "
    "steps.h2.state == 'skipped' && steps.b.state == 'skipped'`}, {`id`: `h4`, `if`: `success()`}]},"
    "`steps`: [{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}]}"));

  run_fixture_tell (self, "a", 0, FAILS);
  run (self);
  assert_starts (self, "h1.1 a.1 h3.1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-phase/success", test_success);
  g_test_add_func ("/engine/run-phase/failure", test_failure);
  g_test_add_func ("/engine/run-phase/failing-hooks", test_failing_hooks);
  g_test_add_func ("/engine/run-phase/cancel", test_cancel);
  g_test_add_func ("/engine/run-phase/cancel-at-start", test_cancel_at_start);
  g_test_add_func ("/engine/run-phase/second-cancel", test_second_cancel);
  g_test_add_func ("/engine/run-phase/cancel-of-end-hooks", test_cancel_of_end_hooks);
  g_test_add_func ("/engine/run-phase/expressions", test_expressions);
  return g_test_run ();
}
