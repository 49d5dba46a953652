/* test-run-earlier.c: runs that take up earlier ones
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run-fixture.h"

/* How a step ended in the earlier run; the outputs are {"v": output} if there is one. */
static void
had (RunnelEarlier *earlier, const char *id, RunnelState state, const char *output)
{
  RunnelEarlierStep *step = g_new0 (RunnelEarlierStep, 1);

  step->id = g_strdup (id);
  step->state = state;
  step->exit_code = state == RUNNEL_STATE_FAILED ? 3 : -1;
  if (output != NULL)
    {
      step->outputs = json_object_new ();
      json_object_set_string_member (step->outputs, "v", output);
    }
  runnel_earlier_take (earlier, step);
}

static void
had_undo (RunnelEarlier *earlier, const char *parent)
{
  RunnelEarlierStep *undo = g_new0 (RunnelEarlierStep, 1);

  undo->id = g_strconcat (parent, ".undo", NULL);
  undo->role = RUNNEL_ROLE_UNDO;
  undo->parent = g_strdup (parent);
  undo->state = RUNNEL_STATE_SKIPPED;
  runnel_earlier_take (earlier, undo);
}

/* Runs what is selected, and returns what was told. */
static char *
rerun (const char *steps,
       RunnelSelectVerb verb,
       const char *step,
       const RunnelEarlier *earlier,
       RunnelFakeFunc outcomes)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (steps));
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelSelection) selection =
    runnel_selection_new (self->pipeline, verb, step, earlier, &error);
  char *told;

  g_assert_no_error (error);
  self->selection = selection;
  if (outcomes != NULL)
    runnel_fake_executor_set_func (self->executor, outcomes, NULL);
  run_fixture_start (self, 2);
  run_fixture_complete (self);
  told = g_strdup (self->log->str);
  g_clear_pointer (&self->run, runnel_run_free);
  return told;
}

#define A_B_C                                                                                      \
  "{`id`: `a`}, {`id`: `b`, `needs`: [`a`], `with`: {`url`: `${{ steps.a.outputs.v }}`}},"         \
  " {`id`: `c`, `needs`: [`b`]}"

static void
check_url (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  if (g_str_equal (attempt->step, "b"))
    g_assert_cmpstr (json_object_get_string_member (attempt->with, "url"), ==, "17");
}

static void
test_failed (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (9);
  g_autofree char *told = NULL;

  had (earlier, "a", RUNNEL_STATE_SUCCEEDED, "17");
  had (earlier, "b", RUNNEL_STATE_FAILED, NULL);
  had (earlier, "c", RUNNEL_STATE_SKIPPED, NULL);
  told = rerun (A_B_C, RUNNEL_SELECT_FAILED, NULL, earlier, check_url);
  g_assert_cmpstr (told, ==,
                   "step-finished a succeeded (of 9): reused from run 9\n"
                   "step-finished b succeeded\n"
                   "step-finished c succeeded\n"
                   "run-finished succeeded\n");
}

/* What failed before can't fail this run, and does not keep the step that was asked for. */
static void
test_step_behind_failure (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (9);
  g_autofree char *told = NULL;

  had (earlier, "a", RUNNEL_STATE_SUCCEEDED, NULL);
  had (earlier, "b", RUNNEL_STATE_FAILED, NULL);
  had (earlier, "c", RUNNEL_STATE_SKIPPED, NULL);
  told = rerun (A_B_C, RUNNEL_SELECT_STEP, "c", earlier, NULL);
  g_assert_cmpstr (told, ==,
                   "step-finished a succeeded (of 9): reused from run 9\n"
                   "step-finished b failed (of 9): reused from run 9\n"
                   "step-finished c succeeded\n"
                   "run-finished succeeded\n");
}

/* Behind the step that was asked for the links decide again. */
static void
test_links_decide (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (9);
  g_autofree char *told = NULL;

  had (earlier, "a", RUNNEL_STATE_FAILED, NULL);
  had (earlier, "b", RUNNEL_STATE_SUCCEEDED, NULL);
  told = rerun ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `needs`: [`a`, `b`]}", RUNNEL_SELECT_FROM,
                "b", earlier, NULL);
  g_assert_cmpstr (told, ==,
                   "step-finished a failed (of 9): reused from run 9\n"
                   "step-finished c skipped: a failed, and this link needs success\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
}

static void
test_part_of_a_first_run (void)
{
  g_autofree char *from = rerun ("{`id`: `a`}, {`id`: `x`}, {`id`: `b`, `needs`: [`a`]},"
                                 " {`id`: `c`, `needs`: [`b`, `x`]}",
                                 RUNNEL_SELECT_FROM, "b", NULL, NULL);
  g_autofree char *until = rerun ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, {`id`: `c`, `needs`: "
                                  "[`b`]}",
                                  RUNNEL_SELECT_UNTIL, "b", NULL, NULL);

  g_assert_cmpstr (from, ==,
                   "step-finished a skipped: not part of this run\n"
                   "step-finished x skipped: not part of this run\n"
                   "step-finished b succeeded\n"
                   "step-finished c succeeded\n"
                   "run-finished succeeded\n");
  g_assert_cmpstr (until, ==,
                   "step-finished c skipped: not part of this run\n"
                   "step-finished a succeeded\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
}

static void
had_leg (RunnelEarlier *earlier, guint number, const char *os, RunnelState state, const char *output)
{
  g_autofree char *id = g_strdup_printf ("m.%u", number);
  RunnelEarlierStep *leg;

  had (earlier, id, state, output);
  leg = g_ptr_array_index (earlier->steps, earlier->steps->len - 1);
  leg->role = RUNNEL_ROLE_LEG;
  leg->parent = g_strdup ("m");
  leg->matrix = json_object_new ();
  json_object_set_string_member (leg->matrix, "os", os);
}

static void
check_legs (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  if (g_str_equal (attempt->step, "after"))
    g_assert_cmpstr (json_object_get_string_member (attempt->with, "url"), ==, "1");
}

/* Legs are known by their values: that with b has another number now. */
static void
test_legs (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (9);
  g_autofree char *failed = NULL;
  g_autofree char *step = NULL;

  had (earlier, "m", RUNNEL_STATE_FAILED, NULL);
  had (earlier, "after", RUNNEL_STATE_SKIPPED, NULL);
  had_leg (earlier, 1, "b", RUNNEL_STATE_SUCCEEDED, "1");
  had_leg (earlier, 2, "a", RUNNEL_STATE_FAILED, NULL);
  failed = rerun ("{`id`: `m`, `matrix`: {`os`: [`a`, `b`, `c`]}},"
                  "{`id`: `after`, `needs`: [`m`], `with`: {`url`: `${{ steps.m.outputs.v[1] }}`}}",
                  RUNNEL_SELECT_FAILED, NULL, earlier, check_legs);
  g_assert_cmpstr (failed, ==,
                   "step-finished m.2 succeeded (of 9): reused from run 9\n"
                   "step-finished m.1 succeeded\n"
                   "step-finished m.3 succeeded\n"
                   "step-finished m succeeded\n"
                   "step-finished after succeeded\n"
                   "run-finished succeeded\n");

  step = rerun ("{`id`: `m`, `matrix`: {`os`: [`a`, `b`]}},"
                "{`id`: `after`, `needs`: [`m`], `with`: {`url`: `${{ steps.m.legs[0].outputs.v }}`}}",
                RUNNEL_SELECT_STEP, "after", earlier, check_legs);
  g_assert_cmpstr (step, ==,
                   "step-finished m.1 succeeded (of 9): reused from run 9\n"
                   "step-finished m.2 failed (of 9): reused from run 9\n"
                   "step-finished m failed (of 9): reused from run 9\n"
                   "step-finished after succeeded\n"
                   "run-finished succeeded\n");
}

static void
fail_undo_of_b (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  if (g_str_equal (attempt->step, "a.undo"))
    g_assert_cmpstr (json_object_get_string_member (attempt->with, "url"), ==, "17");
  if (g_str_equal (attempt->step, "b.undo"))
    outcome->state = RUNNEL_STATE_FAILED;
}

/* Only the lane runs, with what the earlier run left; hooks belong to runs of steps. */
static void
test_rollback (void)
{
  g_autoptr(RunnelEarlier) earlier = runnel_earlier_new (9);
  g_autoptr(GHashTable) undone = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `hooks`: {`on-start`: [{`id`: `s`}], `on-finish`: [{`id`: `f`}]}, `steps`: ["
    "{`id`: `a`, `undo`: {`kind`: `test`, `with`: {`url`: `${{ steps.a.outputs.v }}`}}},"
    "{`id`: `b`, `undo`: {`kind`: `test`}}]}"));
  g_autoptr(RunnelSelection) selection = NULL;
  g_autoptr(GPtrArray) undos = NULL;

  had (earlier, "a", RUNNEL_STATE_SUCCEEDED, "17");
  had (earlier, "b", RUNNEL_STATE_INTERRUPTED, NULL);
  had_undo (earlier, "a");
  had_undo (earlier, "b");
  self->selection = selection =
    runnel_selection_new (self->pipeline, RUNNEL_SELECT_NONE, NULL, earlier, NULL);
  self->undos = undos = runnel_earlier_list_undos (earlier, undone, NULL, NULL);
  runnel_fake_executor_set_func (self->executor, fail_undo_of_b, NULL);
  run_fixture_start (self, 2);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a succeeded (of 9): reused from run 9\n"
                   "step-finished b interrupted (of 9): reused from run 9\n"
                   "step-finished b.undo failed\n"
                   "step-finished a.undo succeeded\n"
                   "run-finished failed: 1 step was rolled back; the undo failed of b\n");
  g_clear_pointer (&self->run, runnel_run_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-earlier/failed", test_failed);
  g_test_add_func ("/engine/run-earlier/step-behind-failure", test_step_behind_failure);
  g_test_add_func ("/engine/run-earlier/links-decide", test_links_decide);
  g_test_add_func ("/engine/run-earlier/part-of-a-first-run", test_part_of_a_first_run);
  g_test_add_func ("/engine/run-earlier/legs", test_legs);
  g_test_add_func ("/engine/run-earlier/rollback", test_rollback);
  return g_test_run ();
}
