/* test-approval.c: asking a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "kind-fixture.h"

static gboolean
answer (KindFixture *fixture,
        gboolean     approved,
        const char  *comment)
{
  return fixture->task->klass->answer (fixture->task, approved, "ana", comment);
}

static void
test_approved (KindFixture   *fixture,
               gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?'}");
  g_assert_cmpstr (fixture->waiting, ==, "Release?");
  g_assert_cmpint (fixture->wait_kind, ==, RUNNEL_WAIT_APPROVAL);
  g_assert_true (answer (fixture, TRUE, "looks good"));
  g_assert_cmpuint (fixture->n_finished, ==, 0);
  fixture_assert_succeeded (fixture);
  fixture_assert_output (fixture, "approved-by", "ana");
  fixture_assert_output (fixture, "comment", "looks good");
}

static void
test_rejected (KindFixture   *fixture,
               gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?'}");
  g_assert_true (answer (fixture, FALSE, "too early"));
  fixture_assert_failed (fixture, "rejected by ana: too early");
}

static void
test_rejected_silently (KindFixture   *fixture,
                        gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?'}");
  g_assert_true (answer (fixture, FALSE, NULL));
  fixture_assert_failed (fixture, "rejected by ana");
}

static void
test_second_answer (KindFixture   *fixture,
                    gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?'}");
  g_assert_true (answer (fixture, TRUE, NULL));
  g_assert_false (answer (fixture, FALSE, NULL));
  fixture_assert_succeeded (fixture);
}

static void
test_timeout_fail (KindFixture   *fixture,
                   gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?', 'timeout': '1ms'}");
  fixture_assert_failed (fixture, "nobody answered within 1ms");
}

/* The time for an answer stands still, but an answer is taken. */
static void
test_frozen (KindFixture   *fixture,
             gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?', 'timeout': '0s'}");
  fixture->task->klass->freeze (fixture->task, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (fixture->n_finished, ==, 0);
  g_assert_true (answer (fixture, TRUE, NULL));
  fixture_assert_succeeded (fixture);
}

static void
test_timeout_reject (KindFixture   *fixture,
                     gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind,
                 "{'prompt': 'Release?', 'timeout': '1ms', 'on-timeout': 'reject'}");
  fixture_assert_failed (fixture, "rejected: nobody answered within 1ms");
}

static void
test_timeout_approve (KindFixture   *fixture,
                      gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind,
                 "{'prompt': 'Release?', 'timeout': '1ms', 'on-timeout': 'approve'}");
  fixture_assert_succeeded (fixture);
  fixture_assert_output (fixture, "approved-by", "timeout");
}

static void
test_answer_in_time (KindFixture   *fixture,
                     gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?', 'timeout': '1d'}");
  g_assert_true (answer (fixture, TRUE, NULL));
  fixture_assert_succeeded (fixture);
  fixture_assert_output (fixture, "comment", "");
}

static void
test_cancel (KindFixture   *fixture,
             gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'Release?'}");
  fixture->task->klass->cancel (fixture->task);
  g_assert_false (answer (fixture, TRUE, NULL));
  fixture_wait (fixture);
  g_assert_cmpint (fixture->state, ==, RUNNEL_STATE_CANCELLED);
}

static void
test_no_prompt (KindFixture   *fixture,
                gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{}");
  fixture_assert_failed (fixture, "with.prompt");
}

static void
test_bad_choice (KindFixture   *fixture,
                 gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'x', 'on-timeout': 'explode'}");
  fixture_assert_failed (fixture, "“explode” is none of fail, reject and approve");
}

static void
test_bad_timeout (KindFixture   *fixture,
                  gconstpointer  user_data)
{
  fixture_start (fixture, &runnel_approval_kind, "{'prompt': 'x', 'timeout': 'soon'}");
  fixture_assert_failed (fixture, "with.timeout: “soon”");
}

#define add(path, func) \
  g_test_add (path, KindFixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/engine/approval/frozen", test_frozen);
  add ("/engine/approval/approved", test_approved);
  add ("/engine/approval/rejected", test_rejected);
  add ("/engine/approval/rejected-silently", test_rejected_silently);
  add ("/engine/approval/second-answer", test_second_answer);
  add ("/engine/approval/timeout-fail", test_timeout_fail);
  add ("/engine/approval/timeout-reject", test_timeout_reject);
  add ("/engine/approval/timeout-approve", test_timeout_approve);
  add ("/engine/approval/answer-in-time", test_answer_in_time);
  add ("/engine/approval/cancel", test_cancel);
  add ("/engine/approval/no-prompt", test_no_prompt);
  add ("/engine/approval/bad-choice", test_bad_choice);
  add ("/engine/approval/bad-timeout", test_bad_timeout);

  return g_test_run ();
}
