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
  NaiveStep legs[MAX_STEPS][MAX_LEGS];
  gboolean expanded[MAX_STEPS]; /* the legs run in place of the step */
  gboolean stopped[MAX_STEPS];  /* a leg failed, and the others are to end */
  gint64 now;
  gboolean cancelled;
  GString *starts; /* of those that count as jobs, in order: "s1.1 s0.2.1 " */
} NaiveRun;

/* What can be started: a step, or a leg of one. */
typedef struct
{
  guint step;
  int leg; /* -1 = the step itself */
} NaiveUnit;

static inline NaiveStep *
naive_get (NaiveRun *self, NaiveUnit unit)
{
  return unit.leg < 0 ? &self->steps[unit.step] : &self->legs[unit.step][unit.leg];
}

static inline NaiveUnit
naive_unit (guint step)
{
  return (NaiveUnit){ step, -1 };
}

static inline const CaseAttempt *
naive_attempt (const NaiveRun *self, NaiveUnit unit, guint attempt)
{
  return &self->scenario->steps[unit.step].attempts[MAX (unit.leg, 0)][attempt];
}

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
naive_end (NaiveRun *self, NaiveUnit unit, RunnelState state)
{
  NaiveStep *step = naive_get (self, unit);

  step->state = state;
  step->ended_at = self->now;
  step->skipped_by_failure =
    state == RUNNEL_STATE_SKIPPED && naive_failure_before (self, unit.step);
}

static inline void
naive_start (NaiveRun *self, NaiveUnit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];
  NaiveStep *state = naive_get (self, unit);

  state->state = RUNNEL_STATE_RUNNING;
  state->timed_out = FALSE;
  state->started_at[state->attempt] = self->now;
  state->ends_at = self->now + naive_attempt (self, unit, state->attempt)->duration;
  state->timeout_at = step->timeout > 0 ? self->now + step->timeout : NEVER;
  state->attempt++;
  if (step->idle)
    return;
  g_string_append_printf (self->starts, "s%u", unit.step);
  if (unit.leg >= 0)
    g_string_append_printf (self->starts, ".%d", unit.leg + 1);
  g_string_append_printf (self->starts, ".%u ", state->attempt);
}

static inline void
naive_queue (NaiveRun *self, NaiveUnit unit)
{
  naive_get (self, unit)->state = RUNNEL_STATE_QUEUED;
  if (self->scenario->steps[unit.step].idle)
    naive_start (self, unit);
}

static inline void
naive_make_ready (NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];

  if (!step->has_matrix)
    naive_queue (self, naive_unit (index));
  else if (step->n_legs == 0)
    naive_end (self, naive_unit (index), RUNNEL_STATE_SKIPPED);
  else
    {
      self->steps[index].state = RUNNEL_STATE_RUNNING;
      self->expanded[index] = TRUE;
      for (guint i = 0; i < step->n_legs; i++)
        naive_queue (self, (NaiveUnit){ index, i });
    }
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
    naive_end (self, naive_unit (index), RUNNEL_STATE_SKIPPED);
  else if (step->enabled == RUNNEL_BYPASSED)
    naive_end (self, naive_unit (index), RUNNEL_STATE_SUCCEEDED);
  else if (!naive_condition_holds (self, index))
    naive_end (self, naive_unit (index), RUNNEL_STATE_SKIPPED);
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

/* The units of a step: itself, or its legs once it has them. */
static inline guint
naive_list_units (const NaiveRun *self, guint index, NaiveUnit *units)
{
  guint n = self->expanded[index] ? self->scenario->steps[index].n_legs : 1;

  for (guint i = 0; i < n; i++)
    units[i] = (NaiveUnit){ index, self->expanded[index] ? (int) i : -1 };
  return n;
}

static inline guint
naive_list_all_units (const NaiveRun *self, NaiveUnit *units)
{
  guint n = 0;

  for (guint i = 0; i < self->scenario->n_steps; i++)
    n += naive_list_units (self, i, units + n);
  return n;
}

#define MAX_UNITS (MAX_STEPS * MAX_LEGS)

static inline guint
naive_count_running (NaiveRun *self, guint index)
{
  NaiveUnit units[MAX_LEGS];
  guint n_units = naive_list_units (self, index, units);
  guint n = 0;

  for (guint i = 0; i < n_units; i++)
    n += naive_get (self, units[i])->state == RUNNEL_STATE_RUNNING;
  return n;
}

static inline guint
naive_count_jobs (NaiveRun *self)
{
  guint n = 0;

  for (guint i = 0; i < self->scenario->n_steps; i++)
    n += self->scenario->steps[i].idle ? 0 : naive_count_running (self, i);
  return n;
}

static inline guint
naive_count_slots (NaiveRun *self, int pool)
{
  guint n = 0;

  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      if (self->scenario->steps[i].pool == pool)
        n += naive_count_running (self, i) * self->scenario->steps[i].slots;
    }
  return n;
}

/* Legs that are as many at once as their matrix allows are not in the race. */
static inline gboolean
naive_may_race (NaiveRun *self, NaiveUnit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];

  if (naive_get (self, unit)->state != RUNNEL_STATE_QUEUED)
    return FALSE;
  return unit.leg < 0 || step->max_parallel == 0
         || naive_count_running (self, unit.step) < step->max_parallel;
}

static inline gboolean
naive_fits (NaiveRun *self, guint index)
{
  const CaseStep *step = &self->scenario->steps[index];

  return step->pool < 0
         || naive_count_slots (self, step->pool) + step->slots
              <= self->scenario->pools[step->pool];
}

/* The most urgent of those that may start. One that finds no room in its pool keeps all that are
 * less urgent out of it. */
static inline gboolean
naive_find_next (NaiveRun *self, NaiveUnit *ret_unit)
{
  gboolean shut[MAX_POOLS] = { FALSE };
  gboolean passed[MAX_UNITS] = { FALSE };
  NaiveUnit units[MAX_UNITS];
  guint n_units = naive_list_all_units (self, units);

  for (;;)
    {
      int pool, best = -1;

      for (guint i = 0; i < n_units; i++)
        {
          if (!passed[i] && naive_may_race (self, units[i])
              && (best < 0 || naive_goes_first (self->scenario, units[i].step, units[best].step)))
            best = i;
        }
      if (best < 0)
        return FALSE;
      pool = self->scenario->steps[units[best].step].pool;
      if (pool < 0 || (!shut[pool] && naive_fits (self, units[best].step)))
        {
          *ret_unit = units[best];
          return TRUE;
        }
      shut[pool] = TRUE;
      passed[best] = TRUE;
    }
}

static inline void
naive_start_what_fits (NaiveRun *self)
{
  NaiveUnit unit;

  while (naive_count_jobs (self) < self->scenario->jobs && naive_find_next (self, &unit))
    naive_start (self, unit);
}

static inline void
naive_retry (NaiveRun *self, NaiveUnit unit)
{
  gint64 delay = self->scenario->steps[unit.step].retry_delay;

  if (delay == 0)
    {
      naive_queue (self, unit);
      return;
    }
  naive_get (self, unit)->state = RUNNEL_STATE_WAITING;
  naive_get (self, unit)->retries_at = self->now + delay;
}

static inline void
naive_ask_to_end (NaiveRun *self, NaiveUnit unit)
{
  NaiveStep *state = naive_get (self, unit);

  state->ends_at = self->now + naive_attempt (self, unit, state->attempt - 1)->reaction;
  state->timeout_at = NEVER;
}

static inline void
naive_cancel_unit (NaiveRun *self, NaiveUnit unit)
{
  NaiveStep *state = naive_get (self, unit);

  if (state->state == RUNNEL_STATE_RUNNING && !state->timed_out && !state->cancelled)
    {
      gint64 timeout_at = state->timeout_at;

      state->cancelled = TRUE;
      naive_ask_to_end (self, unit);
      state->timeout_at = timeout_at;
    }
  else if (!naive_is_over (state) && state->state != RUNNEL_STATE_RUNNING)
    naive_end (self, unit, RUNNEL_STATE_CANCELLED);
}

/* What the ends of the legs make of their step. */
static inline RunnelState
naive_sum_up (NaiveRun *self, guint index, gboolean *ret_tolerated)
{
  RunnelState state = RUNNEL_STATE_SUCCEEDED;
  gboolean tolerated = FALSE;
  gboolean failed = FALSE;

  for (guint i = 0; i < self->scenario->steps[index].n_legs; i++)
    {
      NaiveStep *leg = &self->legs[index][i];

      failed |= naive_failed (leg);
      tolerated |= leg->tolerated;
      if (leg->state == RUNNEL_STATE_CANCELLED)
        state = RUNNEL_STATE_CANCELLED;
    }
  *ret_tolerated = tolerated && !failed && state != RUNNEL_STATE_CANCELLED;
  return failed || *ret_tolerated ? RUNNEL_STATE_FAILED : state;
}

static inline void
naive_end_matrices (NaiveRun *self)
{
  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      gboolean over = self->expanded[i] && self->steps[i].state == RUNNEL_STATE_RUNNING;

      for (guint j = 0; j < self->scenario->steps[i].n_legs; j++)
        over &= naive_is_over (&self->legs[i][j]);
      if (over)
        naive_end (self, naive_unit (i), naive_sum_up (self, i, &self->steps[i].tolerated));
    }
}

static inline void
naive_stop_others (NaiveRun *self, NaiveUnit failed)
{
  const CaseStep *step = &self->scenario->steps[failed.step];

  if (failed.leg < 0 || !step->fail_fast || self->stopped[failed.step] || self->cancelled)
    return;
  self->stopped[failed.step] = TRUE;
  for (guint i = 0; i < step->n_legs; i++)
    naive_cancel_unit (self, (NaiveUnit){ failed.step, i });
}

static inline void
naive_end_attempt (NaiveRun *self, NaiveUnit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];
  NaiveStep *state = naive_get (self, unit);
  const CaseAttempt *attempt = naive_attempt (self, unit, state->attempt - 1);
  gboolean was_ended = (state->timed_out || state->cancelled) && !attempt->ignores_cancel;
  int exit_code = was_ended ? -1 : attempt->exit_code;
  gboolean may_retry = !self->cancelled && !(unit.leg >= 0 && self->stopped[unit.step]);

  if (!state->timed_out && !was_ended && !attempt->fails)
    naive_end (self, unit, RUNNEL_STATE_SUCCEEDED);
  else if (!state->timed_out && state->cancelled)
    naive_end (self, unit, RUNNEL_STATE_CANCELLED);
  else if (may_retry && state->attempt <= step->n_retries
           && (!step->retries_only_exit_code_1 || exit_code == 1))
    naive_retry (self, unit);
  else
    {
      state->tolerated = step->toleration == TOLERATES_ALL
                         || (step->toleration == TOLERATES_EXIT_CODE_2 && exit_code == 2);
      naive_end (self, unit, state->timed_out ? RUNNEL_STATE_TIMED_OUT : RUNNEL_STATE_FAILED);
      if (!state->tolerated)
        naive_stop_others (self, unit);
    }
}

static inline void
naive_cancel (NaiveRun *self)
{
  NaiveUnit units[MAX_UNITS];
  guint n_units = naive_list_all_units (self, units);

  self->cancelled = TRUE;
  for (guint i = 0; i < n_units; i++)
    naive_cancel_unit (self, units[i]);
}

/* When something happens to a unit next. */
static inline gint64
naive_next_time (const NaiveStep *state)
{
  if (state->state == RUNNEL_STATE_RUNNING)
    return MIN (state->ends_at, state->timeout_at);
  return state->state == RUNNEL_STATE_WAITING ? state->retries_at : NEVER;
}

static inline void
naive_happen (NaiveRun *self, NaiveUnit unit)
{
  NaiveStep *state = naive_get (self, unit);

  if (state->state == RUNNEL_STATE_WAITING)
    naive_queue (self, unit);
  else if (state->timeout_at < state->ends_at)
    {
      gboolean already_asked = state->cancelled;
      gint64 ends_at = state->ends_at;

      state->timed_out = TRUE;
      naive_ask_to_end (self, unit);
      if (already_asked)
        state->ends_at = ends_at;
    }
  else
    naive_end_attempt (self, unit);
}

/* Goes to what happens next; FALSE when nothing does. */
static inline gboolean
naive_step_on (NaiveRun *self)
{
  NaiveUnit units[MAX_UNITS];
  guint n_units = naive_list_all_units (self, units);
  gint64 next_time = NEVER;
  guint next = 0;

  for (guint i = 0; i < n_units; i++)
    {
      if (naive_next_time (naive_get (self, units[i])) < next_time)
        {
          next = i;
          next_time = naive_next_time (naive_get (self, units[i]));
        }
    }
  if (next_time == NEVER)
    return FALSE;
  if (!self->cancelled && self->scenario->cancel_at < next_time)
    {
      self->now = self->scenario->cancel_at;
      naive_cancel (self);
      return TRUE;
    }
  self->now = next_time;
  naive_happen (self, units[next]);
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
      naive_end_matrices (self);
      if (!self->cancelled)
        {
          naive_settle (self);
          naive_start_what_fits (self);
        }
    }
  while (naive_step_on (self));
}
