/* test-run-matrix.c: steps that run once for each combination, and steps that share pools
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "run-fixture.h"

#define STOPPED "cancelled because a.1 failed and the matrix is to fail fast"

static RunFixture *
begin (const char *steps, guint jobs)
{
  RunFixture *self = run_fixture_new (pipeline_from_steps (steps));

  self->told = 1u << RUNNEL_EVENT_STEP_FINISHED | 1u << RUNNEL_EVENT_RUN_FINISHED
               | 1u << RUNNEL_EVENT_STEP_ADDED | 1u << RUNNEL_EVENT_STEP_WAITING;
  run_fixture_start (self, jobs);
  return self;
}

/* Tells how the first attempt of a step goes. */
static void
tell (RunFixture *self, const char *step, RunnelState state, gint64 duration)
{
  const RunnelFakeOutcome outcome = {
    .state = state,
    .exit_code = state == RUNNEL_STATE_FAILED,
    .duration = duration,
  };

  run_fixture_tell (self, step, 1, outcome);
}

static void
tell_outputs (RunFixture *self, const char *step, JsonObject *outputs)
{
  run_fixture_tell (self, step, 1, (RunnelFakeOutcome){ .outputs = outputs });
}

static void
assert_log (RunFixture *self, const char *expected)
{
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, expected);
}

static void
test_legs (void)
{
  g_autoptr(RunFixture) self =
    begin ("{`id`: `a`, `matrix`: {`os`: [`x`, `y`]}}, {`id`: `b`, `needs`: [`a`]}", 2);

  assert_log (self, "step-added a.1 pending\n"
                    "step-added a.2 pending\n"
                    "step-waiting a running\n"
                    "step-finished a.1 succeeded\n"
                    "step-finished a.2 succeeded\n"
                    "step-finished a succeeded\n"
                    "step-finished b succeeded\n"
                    "run-finished succeeded\n");
}

static void
test_fail_fast (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `matrix`: {`n`: [1, 2, 3]}}, {`id`: `b`, `needs`: [`a`]}"));

  tell (self, "a.1", RUNNEL_STATE_FAILED, SECOND);
  tell (self, "a.2", RUNNEL_STATE_SUCCEEDED, 9 * SECOND);
  run_fixture_start (self, 2);
  assert_log (self,
              "step-finished a.1 failed\n"
              "step-finished a.3 cancelled: " STOPPED "\n"
              "step-finished a.2 cancelled: " STOPPED "\n"
              "step-finished a failed: 1 of 3 legs failed: a.1 (n=1)\n"
              "step-finished b skipped: a failed, and this link needs success\n"
              "run-finished failed\n");
}

static void
test_goes_on (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `matrix`: {`n`: [1, 2], `fail-fast`: false}}"));

  tell (self, "a.1", RUNNEL_STATE_FAILED, 0);
  run_fixture_start (self, 1);
  assert_log (self, "step-finished a.1 failed\n"
                    "step-finished a.2 succeeded\n"
                    "step-finished a failed: 1 of 2 legs failed: a.1 (n=1)\n"
                    "run-finished failed\n");
}

static void
test_tolerated (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `matrix`: {`n`: [1, 2]}, `continue-on-error`: `${{ matrix.n == 1 }}`}"));

  tell (self, "a.1", RUNNEL_STATE_FAILED, 0);
  run_fixture_start (self, 1);
  assert_log (self, "step-finished a.1 failed (tolerated)\n"
                    "step-finished a.2 succeeded\n"
                    "step-finished a failed (tolerated): 1 of 2 legs failed: a.1 (n=1)\n"
                    "run-finished succeeded\n");
}

static void
test_max_parallel (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `matrix`: {`n`: [1, 2, 3, 4, 5], `max-parallel`: 2}}"));

  run_fixture_start (self, 4);
  run_fixture_complete (self);
  g_assert_cmpuint (runnel_fake_executor_get_max_parallel (self->executor), ==, 2);
  g_assert_cmpuint (g_strv_length ((char **) runnel_fake_executor_get_starts (self->executor)),
                    ==, 5);
}

static void
test_retry (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `matrix`: {`n`: [1, 2]}, `retry`: {`max`: 1, `delay`: `1s`}}"));

  tell (self, "a.2", RUNNEL_STATE_FAILED, 0);
  run_fixture_start (self, 1);
  assert_log (self, "step-finished a.1 succeeded\n"
                    "step-finished a.2 succeeded\n"
                    "step-finished a succeeded\n"
                    "run-finished succeeded\n");
}

static void
test_no_combinations (void)
{
  g_autoptr(RunFixture) self = begin (
    "{`id`: `a`, `matrix`: `${{ fromJSON('[]') }}`}, {`id`: `b`, `matrix`: {`n`: `${{ 1 }}`}}", 1);

  assert_log (self, "step-finished a skipped: its matrix has no combinations\n"
                    "step-finished b failed: its matrix can't be made: matrix.n must be a list of "
                    "values\n"
                    "run-finished failed\n");
}

/* Each output becomes a list, in the order of the legs; each leg can be asked by itself. */
static void
test_outputs (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `matrix`: {`n`: [1, 2]}},"
    "{`id`: `b`, `needs`: [`a`], `if`: `join(steps.a.outputs.v, '+') == 'x+y' && "
    "steps.a.legs[1].outputs.v == 'y' && steps.a.legs[1].matrix.n == 2`}"));
  g_autoptr(JsonObject) x = json_object_new ();
  g_autoptr(JsonObject) y = json_object_new ();

  json_object_set_string_member (x, "v", "x");
  json_object_set_string_member (y, "v", "y");
  tell_outputs (self, "a.1", x);
  tell_outputs (self, "a.2", y);
  run_fixture_start (self, 1);
  assert_log (self, "step-finished a.1 succeeded\n"
                    "step-finished a.2 succeeded\n"
                    "step-finished a succeeded\n"
                    "step-finished b succeeded\n"
                    "run-finished succeeded\n");
}

static void
cancel_cb (gpointer user_data)
{
  runnel_run_cancel (user_data, "enough");
}

static void
test_cancel (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`, `matrix`: {`n`: [1, 2]}}, {`id`: `b`, `needs`: [`a`]}"));

  tell (self, "a.1", RUNNEL_STATE_SUCCEEDED, 9 * SECOND);
  run_fixture_start (self, 1);
  self->clock->add_timer (self->clock, self->clock->now (self->clock) + SECOND, cancel_cb,
                          self->run);
  assert_log (self, "step-finished a.2 cancelled: the run was cancelled\n"
                    "step-finished b cancelled: the run was cancelled\n"
                    "step-finished a.1 cancelled: the run was cancelled\n"
                    "step-finished a cancelled: the run was cancelled\n"
                    "run-finished cancelled: enough\n");
}

static RunnelPipeline *
pipeline_with_pools (const char *pools, const char *steps)
{
  g_autofree char *text =
    g_strdup_printf ("{`format`: 1, `pools`: %s, `steps`: [%s]}", pools, steps);
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline;

  g_strdelimit (text, "`", '"');
  pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);
  g_assert_no_error (error);
  return pipeline;
}

static void
test_pool (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_with_pools (
    "{`gpu`: 1}", "{`id`: `a`, `pool`: `gpu`}, {`id`: `b`, `pool`: `gpu`}, {`id`: `c`}"));

  self->told |= 1u << RUNNEL_EVENT_STEP_WAITING;
  tell (self, "a", RUNNEL_STATE_SUCCEEDED, 2 * SECOND);
  tell (self, "c", RUNNEL_STATE_SUCCEEDED, SECOND);
  run_fixture_start (self, 8);
  assert_log (self, "step-waiting b waiting (pool): pool gpu: 1 of 1 held by step a\n"
                    "step-finished c succeeded\n"
                    "step-finished a succeeded\n"
                    "step-finished b succeeded\n"
                    "run-finished succeeded\n");
}

/* A step that needs many slots is not passed over for ever by those that need few. */
static void
test_pool_is_fair (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_with_pools (
    "{`p`: 2}", "{`id`: `a`, `pool`: `p`},"
                "{`id`: `big`, `pool`: {`name`: `p`, `slots`: 2}, `priority`: 1, `needs`: [`z`]},"
                "{`id`: `z`, `priority`: 2}, {`id`: `b`, `pool`: `p`, `needs`: [`z`]}"));

  self->told |= 1u << RUNNEL_EVENT_STEP_WAITING;
  tell (self, "z", RUNNEL_STATE_SUCCEEDED, SECOND);
  tell (self, "a", RUNNEL_STATE_SUCCEEDED, 2 * SECOND);
  run_fixture_start (self, 8);
  assert_log (self, "step-finished z succeeded\n"
                    "step-waiting big waiting (pool): pool p: 1 of 2 held by step a\n"
                    "step-waiting b waiting (pool): pool p: step big waits for it and comes first\n"
                    "step-finished a succeeded\n"
                    "step-waiting b waiting (pool): pool p: 2 of 2 held by step big\n"
                    "step-finished big succeeded\n"
                    "step-finished b succeeded\n"
                    "run-finished succeeded\n");
}

/* Who waits for its next attempt holds nothing. */
static void
test_pool_and_retry (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_with_pools (
    "{`p`: 1}", "{`id`: `a`, `pool`: `p`, `retry`: {`max`: 1, `delay`: `10s`}},"
                "{`id`: `b`, `pool`: `p`}"));

  tell (self, "a", RUNNEL_STATE_FAILED, SECOND);
  tell (self, "b", RUNNEL_STATE_SUCCEEDED, SECOND);
  run_fixture_start (self, 8);
  assert_log (self, "step-finished b succeeded\n"
                    "step-finished a succeeded\n"
                    "run-finished succeeded\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-matrix/legs", test_legs);
  g_test_add_func ("/engine/run-matrix/fail-fast", test_fail_fast);
  g_test_add_func ("/engine/run-matrix/goes-on", test_goes_on);
  g_test_add_func ("/engine/run-matrix/tolerated", test_tolerated);
  g_test_add_func ("/engine/run-matrix/max-parallel", test_max_parallel);
  g_test_add_func ("/engine/run-matrix/retry", test_retry);
  g_test_add_func ("/engine/run-matrix/no-combinations", test_no_combinations);
  g_test_add_func ("/engine/run-matrix/outputs", test_outputs);
  g_test_add_func ("/engine/run-matrix/cancel", test_cancel);
  g_test_add_func ("/engine/run-matrix/pool", test_pool);
  g_test_add_func ("/engine/run-matrix/pool-is-fair", test_pool_is_fair);
  g_test_add_func ("/engine/run-matrix/pool-and-retry", test_pool_and_retry);
  return g_test_run ();
}
