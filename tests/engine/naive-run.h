/* naive-run.h: what a run should do, found the slow and simple way
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "random-case.h"

/* Written from docs/semantics.md, not from the engine: everything is derived again from the
 * states of all steps at every moment, nothing is counted along. */
typedef struct
{
  RunnelState state;
  gboolean tolerated;
  gboolean skipped_by_failure; /* when it was skipped, a need had failed or was itself so skipped */
  guint attempt;
  gboolean timed_out;
  gboolean cancelled;
  gint64 ends_at;     /* the attempt under way */
  gint64 timeout_at;
  gint64 retries_at;
  gint64 ended_at;    /* the step */
  gint64 started_at[MAX_ATTEMPTS];
} NaiveStep;

typedef struct
{
  const Case *scenario;
  NaiveStep steps[MAX_STEPS];
  gint64 now;
  gboolean cancelled;
  GString *starts; /* of those that count as jobs, in order: "s1.1 s0.1 " */
} NaiveRun;

static inline gboolean
naive_failed (const NaiveStep *step)
{
  return (step->state == RUNNEL_STATE_FAILED || step->state == RUNNEL_STATE_TIMED_OUT) &&
         !step->tolerated;
}

static inline gboolean
naive_went_well (const NaiveStep *step)
{
  return step->state == RUNNEL_STATE_SUCCEEDED || step->tolerated;
}

static inline gboolean
naive_is_over (const NaiveStep *step)
{
  return step->state >= RUNNEL_STATE_SUCCEEDED;
}

static inline gboolean
naive_fires (const NaiveRun *self, const CaseLink *link)
{
  const NaiveStep *from = &self->steps[link->step];

  if (!naive_is_over (from))
    return FALSE;
  return link->on == RUNNEL_ON_ALWAYS || (link->on == RUNNEL_ON_SUCCESS && naive_went_well (from))
         || (link->on == RUNNEL_ON_FAILURE && naive_failed (from))
         || (link->on == RUNNEL_ON_FINISHED && (naive_went_well (from) || naive_failed (from)));
}

typedef struct
{
  guint open;   /* links whose step is not over */
  guint fired;
  guint broken; /* over, but not fired */
  guint failed; /* broken by a failure or a cancel */
} NaiveLinks;

static inline NaiveLinks
naive_count_links (const NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];
  NaiveLinks links = { 0 };

  for (guint i = 0; i < step->n_links; i++)
    {
      const NaiveStep *from = &self->steps[step->links[i].step];

      if (!naive_is_over (from))
        links.open++;
      else if (naive_fires (self, &step->links[i]))
        links.fired++;
      else
        {
          links.broken++;
          links.failed += naive_failed (from) || from->state == RUNNEL_STATE_CANCELLED;
        }
    }
  return links;
}

typedef enum
{
  NAIVE_WAIT,
  NAIVE_START,
  NAIVE_SKIP,
} NaiveDecision;

static inline NaiveDecision
naive_decide (const NaiveRun *self, guint index)
{
  NaiveLinks links = naive_count_links (self, index);

  if (self->scenario->steps[index].n_links == 0)
    return NAIVE_START;
  switch (self->scenario->steps[index].join)
    {
    case RUNNEL_JOIN_ALL:
      return links.broken > 0 ? NAIVE_SKIP : links.open > 0 ? NAIVE_WAIT : NAIVE_START;
    case RUNNEL_JOIN_ANY:
      return links.fired > 0 ? NAIVE_START : links.open > 0 ? NAIVE_WAIT : NAIVE_SKIP;
    case RUNNEL_JOIN_NONE_FAILED:
    default:
      if (links.open > 0)
        return NAIVE_WAIT;
      return links.fired > 0 && links.failed == 0 ? NAIVE_START : NAIVE_SKIP;
    }
}

/* A need failed, or was skipped when a need of it had failed. */
static inline gboolean
naive_failure_before (const NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];

  for (guint i = 0; i < step->n_links; i++)
    {
      const NaiveStep *from = &self->steps[step->links[i].step];

      if (naive_failed (from) || from->skipped_by_failure)
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
naive_condition_holds (const NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];
  NaiveLinks links = naive_count_links (self, index);
  RunnelState first = self->steps[step->links[0].step].state;

  switch (step->condition)
    {
    case CONDITION_FALSE:
      return FALSE;
    case CONDITION_FAILURE:
      return naive_failure_before (self, index);
    case CONDITION_SUCCESS:
      return !naive_failure_before (self, index) && links.fired > 0;
    case CONDITION_NEED_FAILED:
      return first == RUNNEL_STATE_FAILED || first == RUNNEL_STATE_TIMED_OUT;
    case CONDITION_NONE:
    case CONDITION_TRUE:
    default:
      return TRUE;
    }
}

static inline void
naive_end (NaiveRun *self, guint index, RunnelState state)
{
  self->steps[index].state = state;
  self->steps[index].ended_at = self->now;
  self->steps[index].skipped_by_failure =
    state == RUNNEL_STATE_SKIPPED && naive_failure_before (self, index);
}

static inline void
naive_start (NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];
  NaiveStep *state = &self->steps[index];

  state->state = RUNNEL_STATE_RUNNING;
  state->timed_out = FALSE;
  state->started_at[state->attempt] = self->now;
  state->ends_at = self->now + step->attempts[state->attempt].duration;
  state->timeout_at = step->timeout > 0 ? self->now + step->timeout : NEVER;
  state->attempt++;
  if (!step->idle)
    g_string_append_printf (self->starts, "s%u.%u ", index, state->attempt);
}

static inline void
naive_make_ready (NaiveRun *self, guint index)
{
  self->steps[index].state = RUNNEL_STATE_QUEUED;
  if (self->scenario->steps[index].idle)
    naive_start (self, index);
}

static inline gboolean
naive_settle_step (NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];
  NaiveDecision decision;

  if (self->steps[index].state != RUNNEL_STATE_PENDING)
    return FALSE;
  decision = naive_decide (self, index);
  if (decision == NAIVE_WAIT)
    return FALSE;
  if (decision == NAIVE_SKIP || step->enabled == RUNNEL_DISABLED)
    naive_end (self, index, RUNNEL_STATE_SKIPPED);
  else if (step->enabled == RUNNEL_BYPASSED)
    naive_end (self, index, RUNNEL_STATE_SUCCEEDED);
  else if (!naive_condition_holds (self, index))
    naive_end (self, index, RUNNEL_STATE_SKIPPED);
  else
    naive_make_ready (self, index);
  return TRUE;
}

static inline void
naive_settle (NaiveRun *self)
{
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < self->scenario->n_steps; i++)
        changed |= naive_settle_step (self, i);
    }
}

static inline guint
naive_path_length (const Case *scenario, guint index)
{
  guint longest = 0;

  for (guint i = 0; i < scenario->n_steps; i++)
    {
      for (guint j = 0; j < scenario->steps[i].n_links; j++)
        {
          if (scenario->steps[i].links[j].step == index)
            longest = MAX (longest, naive_path_length (scenario, i));
        }
    }
  return longest + 1;
}

static inline gboolean
naive_goes_first (const Case *scenario, guint a, guint b)
{
  guint length_a = naive_path_length (scenario, a);
  guint length_b = naive_path_length (scenario, b);

  if (scenario->steps[a].priority != scenario->steps[b].priority)
    return scenario->steps[a].priority > scenario->steps[b].priority;
  return length_a != length_b ? length_a > length_b : a < b;
}

static inline guint
naive_count_jobs (const NaiveRun *self)
{
  guint n = 0;

  for (guint i = 0; i < self->scenario->n_steps; i++)
    n += self->steps[i].state == RUNNEL_STATE_RUNNING && !self->scenario->steps[i].idle;
  return n;
}

static inline void
naive_start_what_fits (NaiveRun *self)
{
  while (naive_count_jobs (self) < self->scenario->jobs)
    {
      guint best = G_MAXUINT;

      for (guint i = 0; i < self->scenario->n_steps; i++)
        {
          if (self->steps[i].state == RUNNEL_STATE_QUEUED
              && (best == G_MAXUINT || naive_goes_first (self->scenario, i, best)))
            best = i;
        }
      if (best == G_MAXUINT)
        return;
      naive_start (self, best);
    }
}

static inline void
naive_retry (NaiveRun *self, guint index)
{
  gint64 delay = self->scenario->steps[index].retry_delay;

  if (delay == 0)
    {
      naive_make_ready (self, index);
      return;
    }
  self->steps[index].state = RUNNEL_STATE_WAITING;
  self->steps[index].retries_at = self->now + delay;
}

static inline void
naive_end_attempt (NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];
  NaiveStep *state = &self->steps[index];
  const CaseAttempt *attempt = &step->attempts[state->attempt - 1];
  gboolean was_ended = (state->timed_out || state->cancelled) && !attempt->ignores_cancel;
  int exit_code = was_ended ? -1 : attempt->exit_code;

  if (!state->timed_out && !was_ended && !attempt->fails)
    naive_end (self, index, RUNNEL_STATE_SUCCEEDED);
  else if (!state->timed_out && state->cancelled)
    naive_end (self, index, RUNNEL_STATE_CANCELLED);
  else if (!self->cancelled && state->attempt <= step->n_retries
           && (!step->retries_only_exit_code_1 || exit_code == 1))
    naive_retry (self, index);
  else
    {
      state->tolerated = step->toleration == TOLERATES_ALL
                         || (step->toleration == TOLERATES_EXIT_CODE_2 && exit_code == 2);
      naive_end (self, index, state->timed_out ? RUNNEL_STATE_TIMED_OUT : RUNNEL_STATE_FAILED);
    }
}

static inline void
naive_ask_to_end (NaiveRun *self, guint index)
{
  NaiveStep *state = &self->steps[index];

  state->ends_at = self->now + self->scenario->steps[index].attempts[state->attempt - 1].reaction;
  state->timeout_at = NEVER;
}

static inline void
naive_cancel (NaiveRun *self)
{
  self->cancelled = TRUE;
  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      NaiveStep *state = &self->steps[i];

      if (state->state == RUNNEL_STATE_RUNNING && !state->timed_out)
        {
          gint64 timeout_at = state->timeout_at;

          state->cancelled = TRUE;
          naive_ask_to_end (self, i);
          state->timeout_at = timeout_at;
        }
      else if (!naive_is_over (state) && state->state != RUNNEL_STATE_RUNNING)
        naive_end (self, i, RUNNEL_STATE_CANCELLED);
    }
}

/* When something happens to a step next. */
static inline gint64
naive_next_time (const NaiveStep *state)
{
  if (state->state == RUNNEL_STATE_RUNNING)
    return MIN (state->ends_at, state->timeout_at);
  return state->state == RUNNEL_STATE_WAITING ? state->retries_at : NEVER;
}

static inline void
naive_happen (NaiveRun *self, guint index)
{
  NaiveStep *state = &self->steps[index];

  if (state->state == RUNNEL_STATE_WAITING)
    naive_make_ready (self, index);
  else if (state->timeout_at < state->ends_at)
    {
      gboolean already_asked = state->cancelled;
      gint64 ends_at = state->ends_at;

      state->timed_out = TRUE;
      naive_ask_to_end (self, index);
      if (already_asked)
        state->ends_at = ends_at;
    }
  else
    naive_end_attempt (self, index);
}

/* Goes to what happens next; FALSE when nothing does. */
static inline gboolean
naive_step_on (NaiveRun *self)
{
  guint next = G_MAXUINT;

  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      if (naive_next_time (&self->steps[i]) != NEVER
          && (next == G_MAXUINT
              || naive_next_time (&self->steps[i]) < naive_next_time (&self->steps[next])))
        next = i;
    }
  if (next == G_MAXUINT)
    return FALSE;
  if (!self->cancelled && self->scenario->cancel_at < naive_next_time (&self->steps[next]))
    {
      self->now = self->scenario->cancel_at;
      naive_cancel (self);
      return TRUE;
    }
  self->now = naive_next_time (&self->steps[next]);
  naive_happen (self, next);
  return TRUE;
}

static inline gboolean
naive_is_handled (const NaiveRun *self, guint index)
{
  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      const CaseStep *step = &self->scenario->steps[i];

      for (guint j = 0; j < step->n_links; j++)
        {
          const CaseLink *link = &step->links[j];
          gboolean handles = link->handles >= 0 ? link->handles : link->on == RUNNEL_ON_FAILURE;

          if (link->step == index && handles && naive_fires (self, link)
              && (self->steps[i].state == RUNNEL_STATE_SUCCEEDED
                  || (naive_failed (&self->steps[i]) && naive_is_handled (self, i))))
            return TRUE;
        }
    }
  return FALSE;
}

static inline RunnelState
naive_outcome (const NaiveRun *self)
{
  if (self->cancelled)
    return RUNNEL_STATE_CANCELLED;
  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      if (naive_failed (&self->steps[i]) && !naive_is_handled (self, i))
        return RUNNEL_STATE_FAILED;
    }
  return RUNNEL_STATE_SUCCEEDED;
}

/* Free `starts` after use. */
static inline void
naive_run (NaiveRun *self, const Case *scenario)
{
  memset (self, 0, sizeof *self);
  self->scenario = scenario;
  self->starts = g_string_new (NULL);
  do
    {
      if (!self->cancelled)
        {
          naive_settle (self);
          naive_start_what_fits (self);
        }
    }
  while (naive_step_on (self));
}
