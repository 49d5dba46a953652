/* runnel-run-replay.c: how the steps of a run stood at any moment of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All changes of all steps in the order of their times, each with what it changes from and to. The
 * replay stands between two of them; going elsewhere costs a binary search and the changes on the
 * way, in either direction, and never a look at every step.
 */
#include "config.h"

#include "history/runnel-run-replay.h"

typedef struct
{
  gint64 time;
  guint step;
  guint order;             /* of the changes of one step at the same time */
  RunnelMoment from, to;
} Change;

struct _RunnelRunReplay
{
  gint64 start, end;
  GArray *changes;         /* of Change, by time */
  guint n_made;            /* the changes before this one have been made */
  RunnelMoment *steps;     /* how each stands then */
  guint n_steps;
  guint *seen;             /* by step: the last seek that touched it */
  guint seek;
};

/* --- Changes ---------------------------------------------------------------------------------- */

static void
add_change (RunnelRunReplay *self,
            gint64        time,
            guint         step,
            RunnelState   state,
            guint         attempt)
{
  Change change = { .time = time, .step = step, .order = self->changes->len,
                    .to = { state, attempt } };

  if (time > 0)
    g_array_append_val (self->changes, change);
}

/* Begins and ends of attempts, or of waits, by their number: first its begin, then its end. */
static gint64
get_attempt_time (GPtrArray *attempts,
                  guint      i)
{
  const RunnelAttemptRecord *attempt = g_ptr_array_index (attempts, i / 2);

  return i % 2 == 0 ? attempt->started : attempt->finished;
}

static gint64
get_wait_time (GPtrArray *waits,
               guint      i)
{
  const RunnelWaitRecord *wait = g_ptr_array_index (waits, i / 2);

  return i % 2 == 0 ? wait->started : wait->finished;
}

/* At the same time the end of a wait lets an attempt begin; otherwise a wait is about the attempt
 * that begins, or after the one that ends. */
static gboolean
is_wait_next (const RunnelStepRecord *record,
              guint                   attempt,
              guint                   wait)
{
  gint64 attempt_time, wait_time;

  if (wait == 2 * record->waits->len || attempt == 2 * record->attempts->len)
    return wait < 2 * record->waits->len;
  attempt_time = get_attempt_time (record->attempts, attempt);
  wait_time = get_wait_time (record->waits, wait);
  if (attempt_time == wait_time)
    return attempt % 2 == 0 && wait % 2 == 1;
  /* What has no time has not happened (yet), and so nothing after it. */
  return attempt_time == 0 || (wait_time != 0 && wait_time < attempt_time);
}

/* After an attempt that is not the last one a step waits for its turn once more; the last one ends
 * with the step. */
static void
add_attempt (RunnelRunReplay        *self,
             guint                   step,
             const RunnelStepRecord *record,
             guint                   i)
{
  const RunnelAttemptRecord *attempt = g_ptr_array_index (record->attempts, i / 2);
  gboolean is_last =
    i / 2 + 1 == record->attempts->len && runnel_state_is_terminal (record->state);

  if (i % 2 == 0)
    add_change (self, attempt->started, step, RUNNEL_STATE_RUNNING, attempt->attempt);
  else if (!is_last)
    add_change (self, attempt->finished, step, RUNNEL_STATE_QUEUED, attempt->attempt);
}

/* After a wait within an attempt that goes on; `attempt` is the next of its begins and ends. */
static void
add_wait (RunnelRunReplay        *self,
          guint                   step,
          const RunnelStepRecord *record,
          guint                   attempt,
          guint                   i)
{
  gboolean is_within = attempt % 2 == 1;

  add_change (self, get_wait_time (record->waits, i), step,
              i % 2 == 0  ? RUNNEL_STATE_WAITING
              : is_within ? RUNNEL_STATE_RUNNING
                          : RUNNEL_STATE_QUEUED,
              (attempt + 1) / 2);
}

static void
add_step (RunnelRunReplay        *self,
          guint                   step,
          const RunnelStepRecord *record)
{
  guint n_events = 2 * (record->attempts->len + record->waits->len);
  guint attempt = 0, wait = 0;

  add_change (self, record->queued, step, RUNNEL_STATE_QUEUED, 0);
  while (attempt + wait < n_events)
    if (is_wait_next (record, attempt, wait))
      add_wait (self, step, record, attempt, wait++);
    else
      add_attempt (self, step, record, attempt++);
  add_change (self, record->finished, step, record->state, record->attempts->len);
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const Change *left = a, *right = b;

  if (left->time != right->time)
    return left->time < right->time ? -1 : 1;
  return (left->order > right->order) - (left->order < right->order);
}

/* Fills in what each change changes from. The end of a step is its last word, whatever comes after
 * it by the clock. */
static void
link_changes (RunnelRunReplay *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      Change *change = &g_array_index (self->changes, Change, i);
      RunnelMoment *moment = &self->steps[change->step];

      change->from = *moment;
      if (runnel_state_is_terminal (moment->state) && !runnel_state_is_terminal (change->to.state))
        change->to = *moment;
      *moment = change->to;
    }
}

/* At the end all is as the records say, also what they give no time for. */
static void
settle (RunnelRunReplay *self,
        GPtrArray    *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *record = g_ptr_array_index (steps, i);
      Change change = { .time = self->end, .step = i, .from = self->steps[i],
                        .to = { record->state, self->steps[i].attempt } };

      if (change.from.state == change.to.state)
        continue;
      g_array_append_val (self->changes, change);
      self->steps[i] = change.to;
    }
}

/* --- Seeking ------------------------------------------------------------------------------------ */

/* Returns: how many changes are made at `time` */
static guint
count_until (const RunnelRunReplay *self,
             gint64              time)
{
  guint first = 0, last = self->changes->len;

  while (first < last)
    {
      guint middle = first + (last - first) / 2;

      if (g_array_index (self->changes, Change, middle).time <= time)
        first = middle + 1;
      else
        last = middle;
    }
  return first;
}

static void
move (RunnelRunReplay *self,
      guint         to)
{
  for (; self->n_made < to; self->n_made++)
    {
      const Change *change = &g_array_index (self->changes, Change, self->n_made);

      self->steps[change->step] = change->to;
    }
  for (; self->n_made > to; self->n_made--)
    {
      const Change *change = &g_array_index (self->changes, Change, self->n_made - 1);

      self->steps[change->step] = change->from;
    }
}

/* Tells of each step once, however often it changed on the way. */
static void
tell (RunnelRunReplay     *self,
      guint             first,
      guint             last,
      RunnelRunReplayFunc  changed,
      gpointer          user_data)
{
  self->seek++;
  for (guint i = first; i < last; i++)
    {
      guint step = g_array_index (self->changes, Change, i).step;

      if (self->seen[step] == self->seek)
        continue;
      self->seen[step] = self->seek;
      changed (step, &self->steps[step], user_data);
    }
}

/**
 * runnel_run_replay_new:
 * @run: a run
 * @steps: (element-type RunnelStepRecord): its steps
 *
 * Returns: (transfer full): a replay that stands at the end, so that steps are as the records say;
 *   it needs the records no more
 */
RunnelRunReplay *
runnel_run_replay_new (const RunnelRunRecord *run,
                   GPtrArray             *steps)
{
  RunnelRunReplay *self;

  g_return_val_if_fail (run != NULL && steps != NULL, NULL);

  self = g_new0 (RunnelRunReplay, 1);
  self->n_steps = steps->len;
  self->steps = g_new0 (RunnelMoment, steps->len);
  self->seen = g_new0 (guint, steps->len);
  self->changes = g_array_new (FALSE, TRUE, sizeof (Change));
  for (guint i = 0; i < steps->len; i++)
    add_step (self, i, g_ptr_array_index (steps, i));
  g_array_sort (self->changes, compare_changes);
  link_changes (self);
  self->start = run->started;
  self->end = MAX (run->finished, run->started);
  if (self->changes->len > 0)
    self->end = MAX (self->end, g_array_index (self->changes, Change, self->changes->len - 1).time);
  settle (self, steps);
  self->n_made = self->changes->len;
  return self;
}

void
runnel_run_replay_free (RunnelRunReplay *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->changes);
  g_free (self->steps);
  g_free (self->seen);
  g_free (self);
}

/**
 * runnel_run_replay_get_start:
 * @self: a replay
 *
 * Returns: when the run began, in microseconds since 1970
 */
gint64
runnel_run_replay_get_start (const RunnelRunReplay *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->start;
}

/**
 * runnel_run_replay_get_end:
 * @self: a replay
 *
 * Returns: when the run ended or, while it goes on, what is known last of it happened
 */
gint64
runnel_run_replay_get_end (const RunnelRunReplay *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->end;
}

/**
 * runnel_run_replay_seek:
 * @self: a replay
 * @time: microseconds since 1970; what happened at that very moment has happened
 * @changed: (scope call): told of each step that may stand in another way than before
 * @user_data: for @changed
 *
 * Goes to a moment.
 */
void
runnel_run_replay_seek (RunnelRunReplay     *self,
                    gint64            time,
                    RunnelRunReplayFunc  changed,
                    gpointer          user_data)
{
  guint before, after;

  g_return_if_fail (self != NULL && changed != NULL);

  before = self->n_made;
  after = count_until (self, time);
  move (self, after);
  tell (self, MIN (before, after), MAX (before, after), changed, user_data);
}

/**
 * runnel_run_replay_get_step:
 * @self: a replay
 * @step: position of a step among the records
 *
 * Returns: how it stands at the moment that was sought last
 */
RunnelMoment
runnel_run_replay_get_step (const RunnelRunReplay *self,
                        guint               step)
{
  const RunnelMoment none = { 0 };

  g_return_val_if_fail (self != NULL && step < self->n_steps, none);

  return self->steps[step];
}

static gboolean
is_change (const RunnelRunReplay *self,
           guint                  i)
{
  const Change *change = &g_array_index (self->changes, Change, i);

  return change->from.state != change->to.state || change->from.attempt != change->to.attempt;
}

/**
 * runnel_run_replay_find_next:
 * @self: a replay
 * @time: a moment
 * @backwards: whether to look before it
 *
 * Returns: when something changes next after @time, or did last before it; the end, or the start,
 *   of the run when nothing does
 */
gint64
runnel_run_replay_find_next (const RunnelRunReplay *self,
                         gint64              time,
                         gboolean            backwards)
{
  guint place;

  g_return_val_if_fail (self != NULL, 0);

  place = count_until (self, backwards ? time - 1 : time);
  if (backwards)
    {
      while (place > 0 && !is_change (self, place - 1))
        place--;
      return place > 0 ? MAX (g_array_index (self->changes, Change, place - 1).time, self->start)
                       : self->start;
    }
  while (place < self->changes->len && !is_change (self, place))
    place++;
  return place < self->changes->len ? g_array_index (self->changes, Change, place).time : self->end;
}
