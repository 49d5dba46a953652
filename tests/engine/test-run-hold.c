/* test-run-hold.c: runs that are paused, and steps that are frozen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "run-fixture.h"

#define ALL_TYPES G_MAXUINT

static const RunnelField no_fields[] = { { NULL } };
static const RunnelKind idle_kind = { .name = "test-idle", .fields = no_fields, .idle = TRUE };

static void
pause_run (RunFixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_run_pause (self->run, "ana", &error));
  g_assert_no_error (error);
}

static void
resume_run (RunFixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_run_resume (self->run, "bob", &error));
  g_assert_no_error (error);
}

static void
freeze (RunFixture *self, const char *step)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_run_freeze (self->run, step, "ana", &error));
  g_assert_no_error (error);
}

static void
thaw (RunFixture *self, const char *step)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_run_thaw (self->run, step, &error));
  g_assert_no_error (error);
}

static void
advance (RunFixture *self, gint64 seconds)
{
  runnel_fake_clock_advance (self->clock, seconds * SECOND);
}

static void
test_pause (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}"));

  self->told = ALL_TYPES;
  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = 5 * SECOND });
  run_fixture_start (self, 1);
  pause_run (self);
  pause_run (self);
  advance (self, 60);
  g_assert_cmpuint (self->n_finished, ==, 0);
  resume_run (self);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "run-started running\n"
                   "step-queued a queued\n"
                   "attempt-started a.1 running\n"
                   "run-paused running: paused by ana\n"
                   "attempt-finished a.1 succeeded\n"
                   "step-finished a succeeded\n"
                   "step-queued b queued\n"
                   "run-resumed running: resumed by bob\n"
                   "attempt-started b.1 running\n"
                   "attempt-finished b.1 succeeded\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
}

/* Neither a retry that is due nor what only waits for a person starts meanwhile. */
static void
test_pause_retry (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `retry`: {`max`: 1, `delay`: `5s`}},"
    "{`id`: `ask`, `kind`: `test-idle`, `needs`: [{`step`: `x`, `on`: `always`}]},"
    "{`id`: `idle`, `kind`: `test-idle`, `retry`: {`max`: 1, `delay`: `5s`}}, {`id`: `x`}"));

  self->told = 1u << RUNNEL_EVENT_ATTEMPT_STARTED;
  run_fixture_tell (self, "a", 1, (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED });
  run_fixture_tell (self, "idle", 1, (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED });
  run_fixture_tell (self, "x", 1, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 4);
  pause_run (self);
  advance (self, 60);
  g_assert_cmpstr (self->log->str, ==,
                   "attempt-started idle.1 running\n"
                   "attempt-started x.1 running\n"
                   "attempt-started a.1 running\n");
  g_string_truncate (self->log, 0);
  resume_run (self);
  g_assert_cmpstr (self->log->str, ==,
                   "attempt-started ask.1 running\n"
                   "attempt-started idle.2 running\n"
                   "attempt-started a.2 running\n");
  run_fixture_complete (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static void
test_pause_cancel (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}"));
  g_autoptr(GError) error = NULL;

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = -1, .reaction = SECOND });
  run_fixture_start (self, 1);
  pause_run (self);
  runnel_run_cancel (self->run, NULL);
  g_assert_false (runnel_run_pause (self->run, "ana", &error));
  g_assert_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID);
  run_fixture_complete (self);
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_CANCELLED);
}

/* Hooks wait, too; but those at the end of a run that is cancelled meanwhile do not. */
static void
test_pause_hooks (gconstpointer data)
{
  gboolean cancel = GPOINTER_TO_INT (data);
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_text (
    "{`format`: 1, `hooks`: {`on-start`: [{`id`: `first`, `retry`: 1}, {`id`: `second`}],"
    " `on-finish`: [{`id`: `last`}]}, `steps`: [{`id`: `a`}]}"));

  self->told = 1u << RUNNEL_EVENT_ATTEMPT_STARTED;
  run_fixture_tell (self, "first", 1,
                    (RunnelFakeOutcome){ .state = RUNNEL_STATE_FAILED, .duration = SECOND });
  run_fixture_start (self, 1);
  pause_run (self);
  advance (self, 60);
  g_assert_cmpstr (self->log->str, ==, "attempt-started first.1 running\n");
  if (cancel)
    runnel_run_cancel (self->run, NULL);
  else
    resume_run (self);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   cancel ? "attempt-started first.1 running\n"
                            "attempt-started last.1 running\n"
                          : "attempt-started first.1 running\n"
                            "attempt-started first.2 running\n"
                            "attempt-started second.1 running\n"
                            "attempt-started a.1 running\n"
                            "attempt-started last.1 running\n");
}

/* The timeout has as much time left as when it was stopped. */
static void
test_freeze (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`, `timeout`: `10s`}"));

  self->told = ALL_TYPES;
  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = 9 * SECOND });
  run_fixture_start (self, 1);
  advance (self, 6);
  freeze (self, "a");
  freeze (self, "a");
  advance (self, 3600);
  thaw (self, "a");
  advance (self, 2);
  g_assert_cmpuint (self->n_finished, ==, 0);
  run_fixture_complete (self);
  g_assert_cmpint (self->clock->now (self->clock), ==, (9 + 3600) * SECOND);
  g_assert_cmpstr (self->log->str, ==,
                   "run-started running\n"
                   "step-queued a queued\n"
                   "attempt-started a.1 running\n"
                   "step-waiting a waiting (hold): frozen by ana\n"
                   "step-waiting a running\n"
                   "attempt-finished a.1 succeeded\n"
                   "step-finished a succeeded\n"
                   "run-finished succeeded\n");
}

static void
test_freeze_timeout (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`, `timeout`: `10s`}"));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = -1 });
  run_fixture_start (self, 1);
  advance (self, 6);
  freeze (self, "a");
  advance (self, 60);
  thaw (self, "a");
  run_fixture_complete (self);
  g_assert_cmpint (self->clock->now (self->clock), ==, (10 + 60) * SECOND);
  g_assert_nonnull (strstr (self->log->str, "step-finished a timed-out: "));
}

/* What waited goes on waiting for the same, and an answer reaches it all the same. */
static void
test_freeze_waiting (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps ("{`id`: `a`}"));

  self->told = 1u << RUNNEL_EVENT_STEP_WAITING;
  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .waits_for = "Release?" });
  run_fixture_start (self, 1);
  advance (self, 1);
  freeze (self, "a");
  thaw (self, "a");
  freeze (self, "a");
  g_assert_true (runnel_run_answer (self->run, "a", TRUE, "bob", NULL, NULL));
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-waiting a waiting (approval): Release?\n"
                   "step-waiting a waiting (hold): frozen by ana\n"
                   "step-waiting a waiting (approval): Release?\n"
                   "step-waiting a waiting (hold): frozen by ana\n");
}

/* What a frozen process holds, it still holds: with one job nothing else starts. */
static void
test_freeze_keeps_place (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`}, {`id`: `b`}"));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 1);
  freeze (self, "a");
  advance (self, 60);
  g_assert_cmpstr (self->log->str, ==, "");
  thaw (self, "a");
  run_fixture_complete (self);
}

static void
test_freeze_cancel (void)
{
  g_autoptr(RunFixture) self =
    run_fixture_new (pipeline_from_steps ("{`id`: `a`, `timeout`: `10s`}"));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = -1, .reaction = SECOND });
  run_fixture_start (self, 1);
  freeze (self, "a");
  runnel_run_cancel (self->run, NULL);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "step-finished a cancelled: the run was cancelled\n"
                   "run-finished cancelled\n");
}

static void
assert_refused (gboolean done, GError **error, RunnelRunError code, const char *message)
{
  g_assert_false (done);
  g_assert_error (*error, RUNNEL_RUN_ERROR, (int) code);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

static void
test_freeze_errors (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}"));
  GError *error = NULL;

  run_fixture_tell (self, "a", 0,
                    (RunnelFakeOutcome){ .duration = SECOND, .refuses_freeze = TRUE });
  run_fixture_start (self, 1);
  assert_refused (runnel_run_freeze (self->run, "x", "ana", &error), &error,
                  RUNNEL_RUN_ERROR_NO_STEP, "The run has no step \"x\"");
  assert_refused (runnel_run_freeze (self->run, "b", "ana", &error), &error,
                  RUNNEL_RUN_ERROR_NO_STEP, "Step \"b\" is not under way: it is pending");
  assert_refused (runnel_run_freeze (self->run, "a", "ana", &error), &error,
                  RUNNEL_RUN_ERROR_INVALID, "It can't be frozen");
  assert_refused (runnel_run_thaw (self->run, "a", &error), &error, RUNNEL_RUN_ERROR_NO_STEP,
                  "Step \"a\" is not frozen: it is running");
  run_fixture_complete (self);
}

/* Ctrl+Z and fg: what was frozen by name before stays so. */
static void
test_hold (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (
    pipeline_from_steps ("{`id`: `a`}, {`id`: `b`}, {`id`: `c`, `needs`: [`a`]}"));
  GError *error = NULL;

  self->told = ALL_TYPES & ~(1u << RUNNEL_EVENT_STEP_QUEUED | 1u << RUNNEL_EVENT_ATTEMPT_FINISHED);
  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_tell (self, "b", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 2);
  freeze (self, "b");
  runnel_run_hold (self->run, RUNNEL_HOLD_ALL, "its terminal");
  advance (self, 60);
  assert_refused (runnel_run_resume (self->run, "ana", &error), &error, RUNNEL_RUN_ERROR_INVALID,
                  "The run is still paused with its terminal");
  assert_refused (runnel_run_thaw (self->run, "a", &error), &error, RUNNEL_RUN_ERROR_INVALID,
                  "The whole run is still paused with its terminal");
  runnel_run_hold (self->run, RUNNEL_HOLD_STARTS, "its terminal");
  runnel_run_hold (self->run, RUNNEL_HOLD_NONE, "its terminal");
  advance (self, 60);
  thaw (self, "b");
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==,
                   "run-started running\n"
                   "attempt-started a.1 running\n"
                   "attempt-started b.1 running\n"
                   "step-waiting b waiting (hold): frozen by ana\n"
                   "step-waiting a waiting (hold): frozen with its terminal\n"
                   "run-paused running: paused with its terminal\n"
                   "step-waiting a running\n"
                   "run-resumed running: resumed with its terminal\n"
                   "step-finished a succeeded\n"
                   "attempt-started c.1 running\n"
                   "step-finished c succeeded\n"
                   "step-waiting b running\n"
                   "step-finished b succeeded\n"
                   "run-finished succeeded\n");
}

static void
test_snapshot (void)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps ("{`id`: `a`}"));
  g_autoptr(JsonNode) node = NULL;
  JsonObject *step;

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = SECOND });
  run_fixture_start (self, 1);
  pause_run (self);
  freeze (self, "a");
  node = runnel_run_snapshot (self->run);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "paused"), ==,
                   "paused by ana");
  step = json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (node), "steps"), 0);
  g_assert_cmpstr (json_object_get_string_member (step, "state"), ==, "waiting");
  g_assert_cmpstr (json_object_get_string_member (step, "reason"), ==, "frozen by ana");
  g_assert_true (json_object_get_boolean_member (step, "frozen"));
  thaw (self, "a");
  run_fixture_complete (self);
}

/* Somebody sets the date while a timeout and a delay are under way. */
static void
test_date_set (gconstpointer data)
{
  g_autoptr(RunFixture) self = run_fixture_new (pipeline_from_steps (
    "{`id`: `a`, `timeout`: `10s`, `retry`: {`max`: 1, `delay`: `5s`}}"));

  run_fixture_tell (self, "a", 0, (RunnelFakeOutcome){ .duration = -1 });
  run_fixture_start (self, 1);
  advance (self, 1);
  runnel_fake_clock_set_wall (self->clock, GPOINTER_TO_INT (data) * SECOND);
  run_fixture_complete (self);
  g_assert_cmpint (self->clock->now (self->clock), ==, (10 + 5 + 10) * SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kind_register (&idle_kind);
  g_test_add_func ("/engine/run-hold/pause", test_pause);
  g_test_add_func ("/engine/run-hold/pause-retry", test_pause_retry);
  g_test_add_func ("/engine/run-hold/pause-cancel", test_pause_cancel);
  g_test_add_data_func ("/engine/run-hold/pause-hooks", GINT_TO_POINTER (FALSE), test_pause_hooks);
  g_test_add_data_func ("/engine/run-hold/pause-hooks-cancel", GINT_TO_POINTER (TRUE),
                        test_pause_hooks);
  g_test_add_func ("/engine/run-hold/freeze", test_freeze);
  g_test_add_func ("/engine/run-hold/freeze-timeout", test_freeze_timeout);
  g_test_add_func ("/engine/run-hold/freeze-waiting", test_freeze_waiting);
  g_test_add_func ("/engine/run-hold/freeze-keeps-place", test_freeze_keeps_place);
  g_test_add_func ("/engine/run-hold/freeze-cancel", test_freeze_cancel);
  g_test_add_func ("/engine/run-hold/freeze-errors", test_freeze_errors);
  g_test_add_func ("/engine/run-hold/hold", test_hold);
  g_test_add_func ("/engine/run-hold/snapshot", test_snapshot);
  g_test_add_data_func ("/engine/run-hold/date-set-back", GINT_TO_POINTER (1600000000),
                        test_date_set);
  g_test_add_data_func ("/engine/run-hold/date-set-on", GINT_TO_POINTER (2000000000),
                        test_date_set);
  return g_test_run ();
}
