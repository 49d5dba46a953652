/* test-run-queue.c: a run among the others of its group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/limits/runnel-folder-lock.h"
#include "engine/limits/runnel-run-queue.h"
#include "limits-fixture.h"

/* The runs of a test are all of this process, and told apart by their numbers. */
static RunnelClock *clock_;
static char *folder;

typedef struct
{
  RunnelRunQueue *queue;
  RunnelPlace place;
  char *reason;
  GString *cancelled; /* the runs it wanted to have cancelled */
} Run;

static void
moved_cb (RunnelPlace  place,
          const char  *reason,
          gpointer     user_data)
{
  Run *self = user_data;

  self->place = place;
  g_free (self->reason);
  self->reason = g_strdup (reason);
}

static void
cancel_cb (gint64      run,
           const char *reason,
           gpointer    user_data)
{
  Run *self = user_data;

  g_string_append_printf (self->cancelled, "%" G_GINT64_FORMAT ": %s\n", run, reason);
}

static const RunnelRunQueueCallbacks callbacks = { moved_cb, cancel_cb };

static Run *
enter_inside (gint64        number,
              RunnelPolicy  policy,
              guint         max,
              const char   *ancestry)
{
  const RunnelConcurrency concurrency = { .group = "deploy", .policy = policy, .max = max };
  Run *self = g_new0 (Run, 1);

  self->cancelled = g_string_new (NULL);
  self->queue = runnel_run_queue_new (folder, &concurrency, number, ancestry, clock_);
  self->place = runnel_run_queue_enter (self->queue, &callbacks, self, &self->reason);

  return self;
}

static Run *
enter (gint64       number,
       RunnelPolicy policy,
       guint        max)
{
  return enter_inside (number, policy, max, "");
}

static void
leave (Run *self)
{
  runnel_run_queue_free (self->queue);
  g_string_free (self->cancelled, TRUE);
  g_free (self->reason);
  g_free (self);
}

static void
pass_time (void)
{
  runnel_fake_clock_advance (clock_, 2 * G_TIME_SPAN_SECOND);
}

static void
assert_waits (Run        *run,
              const char *reason)
{
  g_assert_cmpint (run->place, ==, RUNNEL_PLACE_WAITING);
  g_assert_cmpstr (run->reason, ==, reason);
}

static void
test_in_order (void)
{
  Run *first = enter (11, RUNNEL_POLICY_QUEUE, 1);
  Run *second = enter (12, RUNNEL_POLICY_QUEUE, 1);
  Run *third = enter (13, RUNNEL_POLICY_QUEUE, 1);

  g_assert_cmpint (first->place, ==, RUNNEL_PLACE_IN);
  assert_waits (second, "1st in the queue of group deploy, behind run 11");
  assert_waits (third, "2nd in the queue of group deploy, behind run 11, run 12");
  pass_time ();
  assert_waits (third, "2nd in the queue of group deploy, behind run 11, run 12");

  leave (first);
  pass_time ();
  g_assert_cmpint (second->place, ==, RUNNEL_PLACE_IN);
  assert_waits (third, "1st in the queue of group deploy, behind run 12");
  leave (second);
  pass_time ();
  g_assert_cmpint (third->place, ==, RUNNEL_PLACE_IN);
  leave (third);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

/* One in the middle goes away; the others move up. */
static void
test_move_up (void)
{
  Run *runs[6];

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    runs[i] = enter (i + 1, RUNNEL_POLICY_QUEUE, 1);
  assert_waits (runs[5], "5th in the queue of group deploy, behind run 1, run 2, run 3 and 2 more");
  leave (runs[2]);
  pass_time ();
  assert_waits (runs[5], "4th in the queue of group deploy, behind run 1, run 2, run 4 and 1 more");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    if (i != 2)
      leave (runs[i]);
}

static void
test_several_at_once (void)
{
  Run *first = enter (1, RUNNEL_POLICY_PARALLEL, 2);
  Run *second = enter (2, RUNNEL_POLICY_PARALLEL, 2);
  Run *third = enter (3, RUNNEL_POLICY_PARALLEL, 2);
  Run *fourth = enter (4, RUNNEL_POLICY_PARALLEL, 0);

  g_assert_cmpint (first->place, ==, RUNNEL_PLACE_IN);
  g_assert_cmpint (second->place, ==, RUNNEL_PLACE_IN);
  assert_waits (third, "1st in the queue of group deploy, behind run 1, run 2");
  g_assert_cmpint (fourth->place, ==, RUNNEL_PLACE_IN);
  leave (fourth);
  leave (second);
  pass_time ();
  g_assert_cmpint (third->place, ==, RUNNEL_PLACE_IN);
  leave (first);
  leave (third);
}

static void
test_skip (void)
{
  Run *first = enter (1, RUNNEL_POLICY_SKIP, 1);
  Run *second = enter (2, RUNNEL_POLICY_SKIP, 1);

  g_assert_cmpint (first->place, ==, RUNNEL_PLACE_IN);
  g_assert_cmpint (second->place, ==, RUNNEL_PLACE_SKIPPED);
  g_assert_cmpstr (second->reason, ==, "run 1 of group deploy is under way");
  leave (second);
  leave (first);
  first = enter (3, RUNNEL_POLICY_SKIP, 1);
  g_assert_cmpint (first->place, ==, RUNNEL_PLACE_IN);
  leave (first);
}

static void
test_cancel_running (void)
{
  Run *first = enter (1, RUNNEL_POLICY_CANCEL_RUNNING, 1);
  Run *second = enter (2, RUNNEL_POLICY_CANCEL_RUNNING, 1);
  Run *third = enter (3, RUNNEL_POLICY_CANCEL_RUNNING, 1);

  g_assert_cmpstr (first->cancelled->str, ==, "");
  g_assert_cmpstr (second->cancelled->str, ==, "1: run 2 of group deploy takes its place\n");
  g_assert_cmpstr (third->cancelled->str, ==, "1: run 3 of group deploy takes its place\n"
                                              "2: run 3 of group deploy takes its place\n");
  leave (second);
  pass_time ();
  g_assert_cmpint (third->place, ==, RUNNEL_PLACE_WAITING);
  leave (first);
  pass_time ();
  g_assert_cmpint (third->place, ==, RUNNEL_PLACE_IN);
  leave (third);
}

/* Only as many as are too many, the earliest first. */
static void
test_cancel_some (void)
{
  Run *first = enter (1, RUNNEL_POLICY_CANCEL_RUNNING, 2);
  Run *second = enter (2, RUNNEL_POLICY_CANCEL_RUNNING, 2);
  Run *third = enter (3, RUNNEL_POLICY_CANCEL_RUNNING, 2);

  g_assert_cmpstr (third->cancelled->str, ==, "1: run 3 of group deploy takes its place\n");
  leave (first);
  leave (second);
  leave (third);
}

/* The run inside of a step has its place through the step's run, and passes by those who wait for
 * that one. Two of them take turns. */
static void
test_inside (void)
{
  Run *outer = enter (1, RUNNEL_POLICY_QUEUE, 1);
  Run *other = enter (2, RUNNEL_POLICY_QUEUE, 1);
  Run *inner = enter_inside (3, RUNNEL_POLICY_QUEUE, 1, "1:migrate");
  Run *sibling = enter_inside (4, RUNNEL_POLICY_QUEUE, 1, "1:check");
  Run *zealot = enter_inside (5, RUNNEL_POLICY_CANCEL_RUNNING, 1, "1:clean");

  g_assert_cmpint (inner->place, ==, RUNNEL_PLACE_IN);
  g_assert_cmpint (sibling->place, ==, RUNNEL_PLACE_WAITING);
  g_assert_cmpint (other->place, ==, RUNNEL_PLACE_WAITING);
  g_assert_null (strstr (zealot->cancelled->str, "1: "));
  leave (zealot);
  leave (inner);
  pass_time ();
  g_assert_cmpint (sibling->place, ==, RUNNEL_PLACE_IN);
  leave (sibling);
  leave (outer);
  pass_time ();
  g_assert_cmpint (other->place, ==, RUNNEL_PLACE_IN);
  leave (other);
}

/* Somebody else has the line in hand just when it is our turn: we look again in a moment. */
static void
test_busy (void)
{
  const RunnelConcurrency concurrency = { .group = "deploy" };
  g_autofree char *id = runnel_concurrency_get_id (&concurrency);
  g_autofree char *path = g_build_filename (folder, id, NULL);
  Run *first = enter (1, RUNNEL_POLICY_QUEUE, 1);
  Run *second = enter (2, RUNNEL_POLICY_QUEUE, 1);
  int lock;

  pass_time ();
  leave (first);
  lock = runnel_folder_lock (path, 0, NULL);
  g_assert_cmpint (lock, >=, 0);
  g_assert_true (runnel_fake_clock_jump (clock_));
  assert_waits (second, "1st in the queue of group deploy, behind run 1");
  runnel_folder_unlock (lock);
  runnel_fake_clock_advance (clock_, 30 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (second->place, ==, RUNNEL_PLACE_IN);
  leave (second);
}

static void
test_killed (void)
{
  Run *run;
  int fds[2];
  char byte;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      enter (1, RUNNEL_POLICY_QUEUE, 1);
      g_assert_cmpint (write (fds[1], "!", 1), ==, 1);
      pause ();
    }
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  run = enter (2, RUNNEL_POLICY_QUEUE, 1);
  assert_waits (run, "1st in the queue of group deploy, behind run 1");

  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  pass_time ();
  g_assert_cmpint (run->place, ==, RUNNEL_PLACE_IN);
  leave (run);
  close (fds[0]);
  close (fds[1]);
}

static void
test_no_folder (void)
{
  char *right = folder;
  Run *run;

  folder = (char *) "/proc/no/such";
  run = enter (1, RUNNEL_POLICY_QUEUE, 1);
  g_assert_cmpint (run->place, ==, RUNNEL_PLACE_FAILED);
  g_assert_true (g_str_has_prefix (run->reason, "the queue of group deploy can't be used: "));
  leave (run);
  folder = right;
}

int
main (int    argc,
      char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  folder = make_folder ();
  clock_ = runnel_fake_clock_new (0);
  g_test_add_func ("/engine/limits/run-queue/in-order", test_in_order);
  g_test_add_func ("/engine/limits/run-queue/move-up", test_move_up);
  g_test_add_func ("/engine/limits/run-queue/several-at-once", test_several_at_once);
  g_test_add_func ("/engine/limits/run-queue/skip", test_skip);
  g_test_add_func ("/engine/limits/run-queue/cancel-running", test_cancel_running);
  g_test_add_func ("/engine/limits/run-queue/cancel-some", test_cancel_some);
  g_test_add_func ("/engine/limits/run-queue/inside", test_inside);
  g_test_add_func ("/engine/limits/run-queue/busy", test_busy);
  g_test_add_func ("/engine/limits/run-queue/killed", test_killed);
  g_test_add_func ("/engine/limits/run-queue/no-folder", test_no_folder);
  code = g_test_run ();
  runnel_fake_clock_free (clock_);
  remove_folder (folder);

  return code;
}
