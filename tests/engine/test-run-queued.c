/* test-run-queued.c: a run that waits for others before it begins, or never begins
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "run-fixture.h"

static RunFixture *
new_run_for (const char *concurrency,
             JsonObject *trigger)
{
  g_autofree char *text = g_strdup_printf (
    "{`format`: 1, `parameters`: {`env`: {`default`: `prod`}}, `concurrency`: %s,"
    " `steps`: [{`id`: `a`, `kind`: `command`}, {`id`: `b`, `kind`: `command`, `needs`: [`a`]}]}",
    concurrency);
  RunFixture *self = run_fixture_new (pipeline_from_text (text));
  g_autoptr(GError) error = NULL;

  self->told = G_MAXUINT;
  self->trigger = trigger;
  run_fixture_make_run (self, 1, NULL, &error);
  g_assert_no_error (error);

  return self;
}

static RunFixture *
new_run (const char *concurrency)
{
  return new_run_for (concurrency, NULL);
}

static void
test_start (void)
{
  g_autoptr(RunFixture) self = new_run ("{}");

  runnel_run_queue (self->run, "2nd, behind run 7, run 8", run_fixture_finished, self);
  runnel_run_queue (self->run, "1st, behind run 8", run_fixture_finished, self);
  g_assert_cmpint (runnel_run_get_state (self->run), ==, RUNNEL_STATE_QUEUED);
  g_assert_cmpuint (self->n_flushes, >, 0);
  runnel_run_start (self->run, run_fixture_finished, self);
  run_fixture_complete (self);
  g_assert_true (g_str_has_prefix (self->log->str, "run-queued queued: 2nd, behind run 7, run 8\n"
                                                   "run-queued queued: 1st, behind run 8\n"
                                                   "run-started running\n"
                                                   "step-queued a queued\n"));
  g_assert_true (g_str_has_suffix (self->log->str, "run-finished succeeded\n"));
}

static void
test_snapshot (void)
{
  g_autoptr(RunFixture) self = new_run ("{}");
  g_autoptr(JsonNode) snapshot = NULL;
  JsonObject *object;

  runnel_run_queue (self->run, "1st, behind run 8", run_fixture_finished, self);
  snapshot = runnel_run_snapshot (self->run);
  object = json_node_get_object (snapshot);
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "queued");
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "1st, behind run 8");
  runnel_run_cancel (self->run, NULL);
  run_fixture_complete (self);
}

static void
test_cancel (void)
{
  g_autoptr(RunFixture) self = new_run ("{}");

  runnel_run_queue (self->run, "1st, behind run 8", run_fixture_finished, self);
  runnel_run_cancel (self->run, "Cancelled by ana");
  runnel_run_cancel (self->run, "again");
  g_assert_cmpuint (self->n_finished, ==, 0);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, "run-queued queued: 1st, behind run 8\n"
                                       "step-finished a cancelled: the run was cancelled\n"
                                       "step-finished b cancelled: the run was cancelled\n"
                                       "run-finished cancelled: Cancelled by ana\n");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_CANCELLED);
  g_assert_null (runnel_fake_executor_get_starts (self->executor)[0]);
}

/* What belongs to the run is told even if it never starts. */
static void
check_details (RunnelEventSink   *sink,
               const RunnelEvent *event)
{
  if (event->type == RUNNEL_EVENT_RUN_QUEUED)
    {
      g_assert_nonnull (event->details);
      g_assert_true (json_object_has_member (event->details, "parameters"));
    }
}

static void
test_skip (void)
{
  g_autoptr(RunFixture) self = new_run ("{}");
  RunnelEventSink sink = { .event = check_details };

  runnel_run_add_sink (self->run, &sink);
  runnel_run_decline (self->run, RUNNEL_STATE_SKIPPED, "run 8 is under way", run_fixture_finished,
                      self);
  run_fixture_complete (self);
  g_assert_cmpstr (self->log->str, ==, "run-queued queued\n"
                                       "step-finished a skipped: the run did not begin\n"
                                       "step-finished b skipped: the run did not begin\n"
                                       "run-finished skipped: run 8 is under way\n");
  g_assert_cmpint (self->state, ==, RUNNEL_STATE_SKIPPED);
}

static void
test_decline_later (void)
{
  g_autoptr(RunFixture) self = new_run ("{}");

  runnel_run_queue (self->run, "1st, behind run 8", run_fixture_finished, self);
  runnel_run_decline (self->run, RUNNEL_STATE_FAILED, "the queue is gone", run_fixture_finished, self);
  run_fixture_complete (self);
  g_assert_true (g_str_has_suffix (self->log->str, "run-finished failed: the queue is gone\n"));
}

static void
assert_group (const char *concurrency,
              const char *group,
              gboolean    has_group)
{
  g_autoptr(RunFixture) self = new_run (concurrency);
  g_auto(RunnelConcurrency) read = { NULL, };
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_run_get_concurrency (self->run, &read, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read.group, ==, group);
  g_assert_cmpint (read.file != NULL, ==, has_group);
}

static void
test_group (void)
{
  g_autoptr(RunFixture) self = new_run ("{`group`: `${{ fromJSON('{') }}`}");
  g_auto(RunnelConcurrency) concurrency = { NULL, };
  g_autoptr(GError) error = NULL;

  assert_group ("{}", NULL, FALSE);
  assert_group ("{`max`: 1}", NULL, TRUE);
  assert_group ("{`group`: `deploy`}", "deploy", TRUE);
  assert_group ("{`group`: `deploy to ${{ params.env }}`}", "deploy to prod", TRUE);

  g_assert_false (runnel_run_get_concurrency (self->run, &concurrency, &error));
  g_assert_nonnull (error);
}

/* A rollback is neither skipped nor does it cancel anybody. */
static void
test_rollback (void)
{
  static const RunnelPolicy expected[] = { RUNNEL_POLICY_QUEUE, RUNNEL_POLICY_QUEUE,
                                           RUNNEL_POLICY_QUEUE, RUNNEL_POLICY_PARALLEL };
  static const char *const policies[] = { "queue", "skip", "cancel-running", "parallel" };
  g_autoptr(JsonNode) trigger = json_from_string ("{\"kind\": \"rollback\", \"run\": 7}", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *concurrency = g_strdup_printf ("{`policy`: `%s`}", policies[i]);
      g_autoptr(RunFixture) self = new_run_for (concurrency, json_node_get_object (trigger));
      g_auto(RunnelConcurrency) read = { NULL, };

      g_assert_true (runnel_run_get_concurrency (self->run, &read, NULL));
      g_assert_cmpint (read.policy, ==, expected[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run-queued/start", test_start);
  g_test_add_func ("/engine/run-queued/snapshot", test_snapshot);
  g_test_add_func ("/engine/run-queued/cancel", test_cancel);
  g_test_add_func ("/engine/run-queued/skip", test_skip);
  g_test_add_func ("/engine/run-queued/decline-later", test_decline_later);
  g_test_add_func ("/engine/run-queued/group", test_group);
  g_test_add_func ("/engine/run-queued/rollback", test_rollback);

  return g_test_run ();
}
