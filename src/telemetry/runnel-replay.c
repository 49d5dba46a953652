/* runnel-replay.c: the events of a run that is over, made of what the history knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Not its journal: that of a run from another machine, or of one whose process died, is not there
 * or has no end.
 */
#include "config.h"

#include "telemetry/runnel-replay.h"
#include "util/runnel-sort.h"

typedef struct
{
  RunnelEvent event; /* strings are those of the records */
  JsonObject *details;
  guint order;       /* among those of the same time */
} Moment;

static void
moment_clear (gpointer data)
{
  Moment *self = data;

  g_clear_pointer (&self->details, json_object_unref);
}

static int
compare_moments (gconstpointer a,
                 gconstpointer b)
{
  const Moment *left = a;
  const Moment *right = b;

  if (left->event.time != right->event.time)
    return left->event.time < right->event.time ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static void
add (GArray      *moments,
     RunnelEvent  event,
     JsonObject  *details)
{
  const Moment moment = { event, details, moments->len };

  g_array_append_val (moments, moment);
}

static void
add_attempt (GArray                    *moments,
             const RunnelStepRecord    *step,
             const RunnelAttemptRecord *attempt)
{
  const RunnelEvent start = {
    .type = RUNNEL_EVENT_ATTEMPT_STARTED,
    .time = attempt->started,
    .step = step->id,
    .attempt = attempt->attempt,
    .state = RUNNEL_STATE_RUNNING,
    .pid = attempt->pid,
    .exit_code = -1,
  };
  const RunnelEvent end = {
    .type = RUNNEL_EVENT_ATTEMPT_FINISHED,
    .time = attempt->finished,
    .step = step->id,
    .attempt = attempt->attempt,
    .state = attempt->state,
    .reason = attempt->reason,
    .exit_code = attempt->exit_code,
    .term_signal = attempt->term_signal,
    .usage = attempt->usage,
  };

  if (attempt->started > 0)
    add (moments, start, NULL);
  if (attempt->finished > 0)
    add (moments, end, NULL);
}

static void
add_wait (GArray                 *moments,
          const RunnelStepRecord *step,
          const RunnelWaitRecord *wait)
{
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_WAITING,
    .time = wait->started,
    .step = step->id,
    .state = RUNNEL_STATE_WAITING,
    .reason = wait->reason,
    .exit_code = -1,
  };

  add (moments, event, NULL);
}

/* That a step was added is told first, when the run starts: when it was is not known. */
static void
add_added (GArray                 *moments,
           const RunnelStepRecord *step,
           gint64                  time)
{
  const RunnelAddedStep added = {
    step->role, step->parent, step->name, step->kind, step->matrix,
  };
  const RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_ADDED,
    .time = time,
    .step = step->id,
    .exit_code = -1,
  };

  add (moments, event, runnel_added_step_to_json (&added));
}

static void
add_step (GArray                 *moments,
          const RunnelStepRecord *step,
          gint64                  run_started)
{
  const RunnelEvent queued = {
    .type = RUNNEL_EVENT_STEP_QUEUED,
    .time = step->queued,
    .step = step->id,
    .state = RUNNEL_STATE_QUEUED,
    .exit_code = -1,
  };
  const RunnelEvent end = {
    .type = RUNNEL_EVENT_STEP_FINISHED,
    .time = step->finished,
    .step = step->id,
    .attempt = step->attempts->len,
    .state = step->state,
    .reason = step->reason,
    .reused = step->reused,
    .tolerated = step->tolerated,
    .exit_code = -1,
  };

  if (step->role != RUNNEL_ROLE_STEP)
    add_added (moments, step, run_started);
  if (step->queued > 0)
    add (moments, queued, NULL);
  for (guint i = 0; i < step->waits->len; i++)
    add_wait (moments, step, step->waits->pdata[i]);
  for (guint i = 0; i < step->attempts->len; i++)
    add_attempt (moments, step, step->attempts->pdata[i]);
  if (runnel_state_is_terminal (step->state) && step->finished > 0)
    add (moments, end, NULL);
}

static void
add_run (GArray                *moments,
         const RunnelRunRecord *run,
         RunnelEventType        type,
         gint64                 time)
{
  const RunnelEvent event = {
    .type = type,
    .time = time,
    .state = type == RUNNEL_EVENT_RUN_FINISHED ? run->state : RUNNEL_STATE_RUNNING,
    .reason = type == RUNNEL_EVENT_RUN_FINISHED ? run->reason : NULL,
    .exit_code = -1,
  };

  add (moments, event, NULL);
}

/* A matrix begins when its first leg does, which is written down with the leg: the end of a step
 * is told behind those of its legs, which are as old or older. */
static GArray *
list_moments (const RunnelRunRecord *run,
              GPtrArray             *steps)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));

  g_array_set_clear_func (moments, moment_clear);
  add_run (moments, run, RUNNEL_EVENT_RUN_STARTED, run->started);
  for (guint i = steps->len; i-- > 0;)
    add_step (moments, steps->pdata[i], run->started);
  if (runnel_state_is_terminal (run->state))
    add_run (moments, run, RUNNEL_EVENT_RUN_FINISHED, run->finished);
  runnel_sort (moments->data, moments->len, sizeof (Moment), compare_moments);
  return moments;
}

/**
 * runnel_replay:
 * @run: a run
 * @steps: (element-type RunnelStepRecord): all its steps
 * @func: called for each event, in order
 *
 * Tells what happened in a run once more. Of what the history does not keep, such as that it was
 * paused, there are no events.
 */
void
runnel_replay (const RunnelRunRecord *run,
               GPtrArray             *steps,
               RunnelReplayFunc       func,
               gpointer               user_data)
{
  g_autoptr(GArray) moments = list_moments (run, steps);

  for (guint i = 0; i < moments->len; i++)
    {
      Moment *moment = &g_array_index (moments, Moment, i);

      moment->event.run = run->id;
      moment->event.details = moment->details;
      func (&moment->event, user_data);
    }
}
