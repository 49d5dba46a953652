/* test-run-replay.c: how the steps of a run stood at any moment of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-run-replay.h"

#define N_RANDOM 200
#define N_SEEKS 300

typedef struct
{
  RunnelRunRecord run;
  GPtrArray *steps;
} Story;

static Story *
story_new (gint64      started,
           gint64      finished,
           RunnelState state)
{
  Story *self = g_new0 (Story, 1);

  self->run.started = started;
  self->run.finished = finished;
  self->run.state = state;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
  return self;
}

static void
story_free (Story *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Story, story_free)

static RunnelStepRecord *
add_step (Story      *story,
          gint64      queued,
          gint64      finished,
          RunnelState state)
{
  RunnelStepRecord *step = g_new0 (RunnelStepRecord, 1);

  step->id = g_strdup_printf ("s%u", story->steps->len);
  step->queued = queued;
  step->finished = finished;
  step->state = state;
  step->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
  step->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  g_ptr_array_add (story->steps, step);
  return step;
}

static void
add_attempt (RunnelStepRecord *step,
             gint64            started,
             gint64            finished,
             RunnelState       state)
{
  RunnelAttemptRecord *attempt = g_new0 (RunnelAttemptRecord, 1);

  attempt->attempt = step->attempts->len + 1;
  attempt->started = started;
  attempt->finished = finished;
  attempt->state = state;
  g_ptr_array_add (step->attempts, attempt);
}

static void
add_wait (RunnelStepRecord *step,
          gint64            started,
          gint64            finished)
{
  RunnelWaitRecord *wait = g_new0 (RunnelWaitRecord, 1);

  wait->started = started;
  wait->finished = finished;
  g_ptr_array_add (step->waits, wait);
}

static void
ignore_cb (guint               step,
           const RunnelMoment *moment,
           gpointer            user_data)
{
}

static void
assert_at (RunnelRunReplay *replay,
           gint64        time,
           guint         step,
           RunnelState   state,
           guint         attempt)
{
  RunnelMoment moment;

  runnel_run_replay_seek (replay, time, ignore_cb, NULL);
  moment = runnel_run_replay_get_step (replay, step);
  g_assert_cmpstr (runnel_state_to_string (moment.state), ==, runnel_state_to_string (state));
  g_assert_cmpuint (moment.attempt, ==, attempt);
}

static void
test_simple (void)
{
  g_autoptr(Story) story = story_new (100, 200, RUNNEL_STATE_SUCCEEDED);
  RunnelStepRecord *step = add_step (story, 110, 150, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;

  add_attempt (step, 120, 149, RUNNEL_STATE_SUCCEEDED);
  replay = runnel_run_replay_new (&story->run, story->steps);
  g_assert_cmpint (runnel_run_replay_get_start (replay), ==, 100);
  g_assert_cmpint (runnel_run_replay_get_end (replay), ==, 200);
  g_assert_cmpint (runnel_run_replay_get_step (replay, 0).state, ==, RUNNEL_STATE_SUCCEEDED);
  assert_at (replay, 105, 0, RUNNEL_STATE_PENDING, 0);
  assert_at (replay, 110, 0, RUNNEL_STATE_QUEUED, 0);
  assert_at (replay, 119, 0, RUNNEL_STATE_QUEUED, 0);
  assert_at (replay, 120, 0, RUNNEL_STATE_RUNNING, 1);
  assert_at (replay, 500, 0, RUNNEL_STATE_SUCCEEDED, 1);
  assert_at (replay, 0, 0, RUNNEL_STATE_PENDING, 0);
}

static void
test_retry (void)
{
  g_autoptr(Story) story = story_new (100, 200, RUNNEL_STATE_SUCCEEDED);
  RunnelStepRecord *step = add_step (story, 110, 180, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;

  add_attempt (step, 120, 130, RUNNEL_STATE_FAILED);
  add_wait (step, 130, 140);
  add_attempt (step, 150, 180, RUNNEL_STATE_SUCCEEDED);
  replay = runnel_run_replay_new (&story->run, story->steps);
  assert_at (replay, 125, 0, RUNNEL_STATE_RUNNING, 1);
  assert_at (replay, 135, 0, RUNNEL_STATE_WAITING, 1);
  assert_at (replay, 145, 0, RUNNEL_STATE_QUEUED, 1);
  assert_at (replay, 155, 0, RUNNEL_STATE_RUNNING, 2);
  assert_at (replay, 180, 0, RUNNEL_STATE_SUCCEEDED, 2);
}

/* An approval waits within its attempt, and a frozen step does. */
static void
test_wait_within (void)
{
  g_autoptr(Story) story = story_new (100, 200, RUNNEL_STATE_SUCCEEDED);
  RunnelStepRecord *step = add_step (story, 110, 180, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;

  add_attempt (step, 120, 180, RUNNEL_STATE_SUCCEEDED);
  add_wait (step, 130, 150);
  replay = runnel_run_replay_new (&story->run, story->steps);
  assert_at (replay, 140, 0, RUNNEL_STATE_WAITING, 1);
  assert_at (replay, 150, 0, RUNNEL_STATE_RUNNING, 1);
}

/* While a run goes on, its end is what is known last, and all is as the records say. */
static void
test_active (void)
{
  g_autoptr(Story) story = story_new (100, 0, RUNNEL_STATE_RUNNING);
  RunnelStepRecord *running = add_step (story, 110, 0, RUNNEL_STATE_RUNNING);
  RunnelStepRecord *again = add_step (story, 110, 0, RUNNEL_STATE_QUEUED);
  g_autoptr(RunnelRunReplay) replay = NULL;

  add_step (story, 0, 0, RUNNEL_STATE_PENDING);
  add_step (story, 0, 0, RUNNEL_STATE_SKIPPED);
  add_attempt (running, 120, 0, RUNNEL_STATE_RUNNING);
  add_attempt (again, 115, 125, RUNNEL_STATE_FAILED);
  replay = runnel_run_replay_new (&story->run, story->steps);
  g_assert_cmpint (runnel_run_replay_get_end (replay), ==, 125);
  assert_at (replay, 124, 1, RUNNEL_STATE_RUNNING, 1);
  for (guint i = 0; i < story->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (story->steps, i);

      assert_at (replay, G_MAXINT64, i, step->state, step->attempts->len);
    }
}

static void
test_next (void)
{
  g_autoptr(Story) story = story_new (100, 200, RUNNEL_STATE_SUCCEEDED);
  RunnelStepRecord *step = add_step (story, 110, 150, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;

  add_attempt (step, 120, 150, RUNNEL_STATE_SUCCEEDED);
  replay = runnel_run_replay_new (&story->run, story->steps);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 100, FALSE), ==, 110);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 110, FALSE), ==, 120);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 150, FALSE), ==, 200);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 200, TRUE), ==, 150);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 120, TRUE), ==, 110);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 110, TRUE), ==, 100);
}

static void
test_empty (void)
{
  g_autoptr(Story) story = story_new (100, 0, RUNNEL_STATE_QUEUED);
  g_autoptr(RunnelRunReplay) replay = runnel_run_replay_new (&story->run, story->steps);

  g_assert_cmpint (runnel_run_replay_get_end (replay), ==, 100);
  runnel_run_replay_seek (replay, 50, ignore_cb, NULL);
  g_assert_cmpint (runnel_run_replay_find_next (replay, 50, FALSE), ==, 100);
}

static void
add_random_step (Story *story)
{
  gint64 time = g_test_rand_int_range (1, 1000);
  RunnelStepRecord *step = add_step (story, time, 0, RUNNEL_STATE_SUCCEEDED);
  int n_attempts = g_test_rand_int_range (0, 4);

  for (int i = 0; i < n_attempts; i++)
    {
      gint64 started = time + g_test_rand_int_range (0, 50);
      gint64 finished = started + g_test_rand_int_range (0, 50);

      add_attempt (step, started, finished,
                   i + 1 == n_attempts ? RUNNEL_STATE_SUCCEEDED : RUNNEL_STATE_FAILED);
      time = finished;
    }
  step->finished = time + g_test_rand_int_range (0, 5);
}

/* Who hears of the changes only. */
static void
note_cb (guint               step,
         const RunnelMoment *moment,
         gpointer            user_data)
{
  RunnelMoment *notes = user_data;

  notes[step] = *moment;
}

/* From anywhere to anywhere, forwards and backwards: it is as if it had come from the end at once,
 * and who follows what is told knows all. */
static void
test_random (void)
{
  g_autoptr(Story) story = story_new (1, 1200, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;
  g_autofree RunnelMoment *notes = g_new0 (RunnelMoment, N_RANDOM);

  for (guint i = 0; i < N_RANDOM; i++)
    add_random_step (story);
  replay = runnel_run_replay_new (&story->run, story->steps);
  for (guint i = 0; i < N_RANDOM; i++)
    notes[i] = runnel_run_replay_get_step (replay, i);

  for (guint seek = 0; seek < N_SEEKS; seek++)
    {
      gint64 time = g_test_rand_int_range (0, 1300);
      g_autoptr(RunnelRunReplay) fresh = runnel_run_replay_new (&story->run, story->steps);

      runnel_run_replay_seek (replay, time, note_cb, notes);
      runnel_run_replay_seek (fresh, time, ignore_cb, NULL);
      for (guint i = 0; i < N_RANDOM; i++)
        {
          RunnelMoment expected = runnel_run_replay_get_step (fresh, i);

          g_assert_cmpint (runnel_run_replay_get_step (replay, i).state, ==, expected.state);
          g_assert_cmpint (notes[i].state, ==, expected.state);
          g_assert_cmpuint (notes[i].attempt, ==, expected.attempt);
        }
    }
}

static void
count_cb (guint               step,
          const RunnelMoment *moment,
          gpointer            user_data)
{
  guint *n_told = user_data;

  (*n_told)++;
}

/* A short way costs what happened on it, however many steps there are. */
static void
test_differences (void)
{
  g_autoptr(Story) story = story_new (1, 20000, RUNNEL_STATE_SUCCEEDED);
  g_autoptr(RunnelRunReplay) replay = NULL;
  guint n_told = 0;

  for (guint i = 0; i < 10000; i++)
    add_attempt (add_step (story, i + 1, i + 3, RUNNEL_STATE_SUCCEEDED), i + 2, i + 3,
                 RUNNEL_STATE_SUCCEEDED);
  replay = runnel_run_replay_new (&story->run, story->steps);
  runnel_run_replay_seek (replay, 5000, ignore_cb, NULL);
  runnel_run_replay_seek (replay, 5001, count_cb, &n_told);
  g_assert_cmpuint (n_told, <=, 3);
  n_told = 0;
  runnel_run_replay_seek (replay, 5001, count_cb, &n_told);
  g_assert_cmpuint (n_told, ==, 0);
  runnel_run_replay_seek (replay, 0, count_cb, &n_told);
  g_assert_cmpuint (n_told, <=, 5001);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/run-replay/simple", test_simple);
  g_test_add_func ("/history/run-replay/retry", test_retry);
  g_test_add_func ("/history/run-replay/wait-within", test_wait_within);
  g_test_add_func ("/history/run-replay/active", test_active);
  g_test_add_func ("/history/run-replay/next", test_next);
  g_test_add_func ("/history/run-replay/empty", test_empty);
  g_test_add_func ("/history/run-replay/random", test_random);
  g_test_add_func ("/history/run-replay/differences", test_differences);

  return g_test_run ();
}
