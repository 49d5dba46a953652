/* random-runs.h: runs of all sorts, as the engine would tell of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history-fixture.h"

#define RANDOM_MAX_STEPS 6

/* A run while its events are made up. */
typedef struct
{
  RunnelHistory *history;
  gint64 run;
  gint64 now;
  guint n_steps;
  guint n_added;
} RandomRun;

static inline void
random_send (RandomRun  *self,
             RunnelEvent event)
{
  event.run = self->run;
  event.time = self->now;
  record_event (self->history, &event);
}

static inline void
random_pass_time (RandomRun *self)
{
  if (g_test_rand_int_range (0, 4) > 0)
    self->now += g_test_rand_int_range (1, 20 * G_TIME_SPAN_SECOND);
}

static inline void
random_wait (RandomRun *self,
             guint      step)
{
  if (g_test_rand_int_range (0, 4) > 0)
    return;
  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_WAITING, .step_index = step,
                                     .state = RUNNEL_STATE_WAITING,
                                     .wait = g_test_rand_int_range (0, RUNNEL_N_WAIT_KINDS) });
  random_pass_time (self);
}

static inline RunnelState
random_attempts (RandomRun *self,
                 guint      step)
{
  static const RunnelState ends[] = {
    RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED, RUNNEL_STATE_TIMED_OUT,
  };
  guint n_attempts = g_test_rand_int_range (1, 4);
  RunnelState state = RUNNEL_STATE_SUCCEEDED;

  for (guint attempt = 1; attempt <= n_attempts; attempt++)
    {
      state = ends[g_test_rand_int_range (0, G_N_ELEMENTS (ends))];
      random_pass_time (self);
      random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .step_index = step,
                                         .attempt = attempt });
      random_pass_time (self);
      random_wait (self, step); /* for a person */
      random_pass_time (self);
      random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .step_index = step,
                                         .attempt = attempt, .state = state });
      if (state == RUNNEL_STATE_SUCCEEDED)
        break;
      random_wait (self, step); /* before it is tried again */
    }
  return state;
}

static inline void
random_end_step (RandomRun  *self,
                 guint       step,
                 RunnelState state,
                 gint64      reused)
{
  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_FINISHED, .step_index = step,
                                     .state = state, .reused = reused });
}

static inline void
random_live (RandomRun *self,
             guint      step)
{
  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = step });
  random_pass_time (self);
  random_wait (self, step);
  random_end_step (self, step, random_attempts (self, step), 0);
}

/* A leg or an undo of the step, or a hook. */
static inline void
random_add_step (RandomRun  *self,
                 guint       step,
                 const char *role)
{
  guint index = self->n_steps + self->n_added++;
  g_autofree char *id = g_strdup_printf ("added%u", index);
  g_autofree char *text = g_strdup_printf ("{\"role\": \"%s\", \"kind\": \"command\", \"parent\":"
                                           " \"s%u\"}", role, step);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_ADDED, .step_index = index,
                                     .step = id, .details = json_node_get_object (node) });
  random_live (self, index);
}

static inline void
random_step (RandomRun *self,
             guint      step)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      random_end_step (self, step, RUNNEL_STATE_SKIPPED, 0);
      break;
    case 1:
      random_end_step (self, step, RUNNEL_STATE_SUCCEEDED, 3);
      break;
    case 2:
      random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = step });
      for (guint i = 0; i < 3; i++)
        random_add_step (self, step, "leg");
      random_end_step (self, step, RUNNEL_STATE_SUCCEEDED, 0);
      break;
    case 3:
      random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_QUEUED, .step_index = step });
      random_pass_time (self);
      random_end_step (self, step, RUNNEL_STATE_CANCELLED, 0);
      break;
    default:
      random_live (self, step);
    }
}

static inline void
random_begin (RandomRun *self)
{
  static const char *const details[] = {
    "{\"trigger\": {\"kind\": \"manual\"}}", "{}", "{\"trigger\": {\"kind\": \"rollback\", \"run\": 1}}",
  };
  g_autoptr(JsonNode) node =
    json_from_string (details[g_test_rand_int_range (0, G_N_ELEMENTS (details))], NULL);

  if (g_test_rand_bit ())
    random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_QUEUED,
                                       .details = json_node_get_object (node) });
  random_pass_time (self);
  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED,
                                     .details = json_node_get_object (node) });
}

/* Returns: a run of one of three pipelines and definitions, somewhere in four days; it is not over */
static inline RandomRun
random_run_start (RunnelHistory *history)
{
  static const char *const names[] = { "build", "deploy", "night" };
  RandomRun self = {
    .history = history,
    .n_steps = g_test_rand_int_range (RANDOM_MAX_STEPS - 2, RANDOM_MAX_STEPS + 1),
    .now = T0 + g_test_rand_int_range (0, 4 * 24) * G_TIME_SPAN_HOUR,
  };

  self.run = add_run (history, names[g_test_rand_int_range (0, G_N_ELEMENTS (names))],
                      self.n_steps);
  random_begin (&self);
  for (guint i = 0; i < self.n_steps; i++)
    random_step (&self, i);
  if (g_test_rand_bit ())
    random_add_step (&self, g_test_rand_int_range (0, self.n_steps), "undo");
  if (g_test_rand_bit ())
    random_add_step (&self, 0, "hook");
  return self;
}

static inline void
random_run_end (RandomRun *self)
{
  static const RunnelState ends[] = {
    RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED, RUNNEL_STATE_CANCELLED,
    RUNNEL_STATE_INTERRUPTED,
  };

  random_pass_time (self);
  random_send (self, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED,
                                     .state = ends[g_test_rand_int_range (0, G_N_ELEMENTS (ends))] });
}
