/* random-case.h: pipelines drawn at random, together with how their attempts go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"
#include "model/runnel-step.h"

#define MAX_STEPS 24
#define MAX_LINKS 4
#define MAX_ATTEMPTS 3
#define MAX_LEGS 4
#define MAX_POOLS 2
#define NEVER G_MAXINT64

typedef enum
{
  CONDITION_NONE,
  CONDITION_TRUE,
  CONDITION_FALSE,
  CONDITION_SUCCESS,
  CONDITION_FAILURE,
  CONDITION_NEED_FAILED, /* the first link's step failed */
  N_CONDITIONS
} CaseCondition;

typedef enum
{
  TOLERATES_NOTHING,
  TOLERATES_ALL,
  TOLERATES_EXIT_CODE_2,
  N_TOLERATIONS
} CaseToleration;

typedef struct
{
  guint step;
  RunnelOn on;
  int handles; /* -1 = not said */
} CaseLink;

typedef struct
{
  gboolean fails;
  int exit_code;
  gint64 duration;
  gint64 reaction;
  gboolean ignores_cancel;
} CaseAttempt;

typedef struct
{
  CaseLink links[MAX_LINKS];
  guint n_links;
  RunnelJoin join;
  RunnelEnabled enabled;
  int priority;
  CaseCondition condition;
  CaseToleration toleration;
  gint64 timeout;       /* 0 = none */
  guint n_retries;
  gint64 retry_delay;
  gboolean retries_only_exit_code_1;
  gboolean idle;
  gboolean has_matrix;
  guint n_legs;         /* of the matrix; there may be none */
  guint max_parallel;   /* 0 = not said */
  gboolean fail_fast;
  int pool;             /* -1 = none */
  guint slots;
  CaseAttempt attempts[MAX_LEGS][MAX_ATTEMPTS]; /* without a matrix, those of the first leg */
} CaseStep;

typedef struct
{
  guint32 seed;
  gboolean has_ties; /* many things happen at the same time: only what does not depend on their
                        order is fixed */
  guint jobs;
  gint64 cancel_at;  /* NEVER = not */
  guint n_pools;
  guint pools[MAX_POOLS];
  guint n_steps;
  CaseStep steps[MAX_STEPS];
} Case;

static inline gboolean
chance (GRand *rand, double probability)
{
  return g_rand_double (rand) < probability;
}

/* A span of time: whole seconds where ties are wanted, else one that hardly comes twice. */
static inline gint64
draw_span (const Case *self, GRand *rand)
{
  return self->has_ties ? g_rand_int_range (rand, 0, 4) * G_TIME_SPAN_SECOND
                        : g_rand_int_range (rand, 1, 2000000000);
}

/* Timeouts and delays are written in milliseconds; a half second never ties with a duration. */
static inline gint64
draw_milliseconds (const Case *self, GRand *rand)
{
  return self->has_ties ? g_rand_int_range (rand, 0, 4) * G_TIME_SPAN_SECOND + 500000
                        : g_rand_int_range (rand, 1, 2000000) * G_TIME_SPAN_MILLISECOND;
}

static inline void
draw_attempts (const Case *self, CaseAttempt *attempts, GRand *rand)
{
  double failing = chance (rand, 0.3) ? 0.8 : 0.2;

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      CaseAttempt *attempt = &attempts[i];

      attempt->fails = chance (rand, failing);
      attempt->exit_code = attempt->fails ? g_rand_int_range (rand, 1, 3) : 0;
      attempt->duration = draw_span (self, rand);
      attempt->reaction = draw_span (self, rand);
      attempt->ignores_cancel = chance (rand, 0.2);
    }
}

/* Where there are ties, whether a leg ends before or after another fails is not fixed. */
static inline void
draw_matrix (const Case *self, CaseStep *step, GRand *rand)
{
  step->has_matrix = !step->idle && chance (rand, 0.25);
  step->n_legs = step->has_matrix ? g_rand_int_range (rand, chance (rand, 0.1) ? 0 : 1, MAX_LEGS + 1)
                                  : 0;
  step->max_parallel = chance (rand, 0.5) ? 0 : g_rand_int_range (rand, 1, 3);
  step->fail_fast = !self->has_ties && chance (rand, 0.6);
}

static inline void
draw_pool (const Case *self, CaseStep *step, GRand *rand)
{
  step->pool = -1;
  if (self->n_pools == 0 || step->idle || chance (rand, 0.5))
    return;
  step->pool = g_rand_int_range (rand, 0, self->n_pools);
  step->slots = chance (rand, 0.6) ? 1 : g_rand_int_range (rand, 1, self->pools[step->pool] + 1);
}

static inline void
draw_links (const Case *self, guint index, const guint *ranks, GRand *rand)
{
  CaseStep *step = (CaseStep *) &self->steps[index];
  guint wanted = g_rand_int_range (rand, 0, MAX_LINKS + 1);

  for (guint i = 0; i < wanted; i++)
    {
      guint from = g_rand_int_range (rand, 0, self->n_steps);

      if (ranks[from] >= ranks[index])
        continue;
      step->links[step->n_links].step = from;
      step->links[step->n_links].on =
        chance (rand, 0.5) ? RUNNEL_ON_SUCCESS : g_rand_int_range (rand, 0, 4);
      step->links[step->n_links].handles = chance (rand, 0.7) ? -1 : g_rand_int_range (rand, 0, 2);
      step->n_links++;
    }
}

/* What a condition sees of an `any` join depends on the order of what happens at one time, and
 * so does, where there are ties, whether a step was skipped before or after another failed. */
static inline CaseCondition
draw_condition (const Case *self, const CaseStep *step, GRand *rand)
{
  if (chance (rand, 0.6))
    return CONDITION_NONE;
  if (step->join == RUNNEL_JOIN_ANY || step->n_links == 0 || self->has_ties)
    return chance (rand, 0.7) ? CONDITION_TRUE : CONDITION_FALSE;
  return g_rand_int_range (rand, 0, N_CONDITIONS);
}

static inline void
draw_step (const Case *self, guint index, const guint *ranks, GRand *rand)
{
  CaseStep *step = (CaseStep *) &self->steps[index];

  draw_links (self, index, ranks, rand);
  step->join = g_rand_int_range (rand, 0, 3);
  step->enabled = chance (rand, 0.9) ? RUNNEL_ENABLED : g_rand_int_range (rand, 0, 3);
  step->priority = chance (rand, 0.7) ? 0 : g_rand_int_range (rand, -2, 3);
  step->condition = draw_condition (self, step, rand);
  step->toleration =
    chance (rand, 0.8) ? TOLERATES_NOTHING : g_rand_int_range (rand, 0, N_TOLERATIONS);
  step->timeout = chance (rand, 0.8) ? 0 : draw_milliseconds (self, rand);
  step->n_retries = chance (rand, 0.7) ? 0 : g_rand_int_range (rand, 0, MAX_ATTEMPTS);
  step->retry_delay = chance (rand, 0.2) ? 0 : draw_milliseconds (self, rand);
  step->retries_only_exit_code_1 = chance (rand, 0.3);
  step->idle = chance (rand, 0.1);
  draw_matrix (self, step, rand);
  draw_pool (self, step, rand);
  for (guint i = 0; i < MAX_LEGS; i++)
    draw_attempts (self, step->attempts[i], rand);
}

/* The same seed gives the same case. */
static inline void
case_draw (Case *self, guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  guint ranks[MAX_STEPS];

  memset (self, 0, sizeof *self);
  self->seed = seed;
  self->has_ties = chance (rand, 0.3);
  self->jobs = g_rand_int_range (rand, 1, 5);
  self->n_steps = g_rand_int_range (rand, 1, chance (rand, 0.1) ? MAX_STEPS + 1 : 9);
  self->cancel_at =
    !self->has_ties && chance (rand, 0.3) ? g_rand_double_range (rand, 0, 6e9) : NEVER;

  self->n_pools = g_rand_int_range (rand, 0, MAX_POOLS + 1);
  for (guint i = 0; i < self->n_pools; i++)
    self->pools[i] = g_rand_int_range (rand, 1, 4);

  /* The order in the file says nothing of the order of the needs. */
  for (guint i = 0; i < self->n_steps; i++)
    {
      guint j = g_rand_int_range (rand, 0, i + 1);

      ranks[i] = ranks[j];
      ranks[j] = i;
    }
  for (guint i = 0; i < self->n_steps; i++)
    draw_step (self, i, ranks, rand);
}

static inline void
write_links (const CaseStep *step, GString *text)
{
  g_string_append (text, ",\"needs\":[");
  for (guint i = 0; i < step->n_links; i++)
    {
      g_string_append_printf (text, "%s{\"step\":\"s%u\",\"on\":\"%s\"", i > 0 ? "," : "",
                              step->links[i].step, runnel_on_to_string (step->links[i].on));
      if (step->links[i].handles >= 0)
        g_string_append_printf (text, ",\"handles\":%s", step->links[i].handles ? "true" : "false");
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
}

static inline void
write_condition (const CaseStep *step, GString *text)
{
  static const char *const conditions[] = {
    [CONDITION_NONE] = "",
    [CONDITION_TRUE] = "2 > 1",
    [CONDITION_FALSE] = "1 == 2",
    [CONDITION_SUCCESS] = "success()",
    [CONDITION_FAILURE] = "${{ failure() }}",
  };

  if (step->condition == CONDITION_NEED_FAILED)
    g_string_append_printf (text, ",\"if\":\"steps.s%u.outcome == 'failure'\"",
                            step->links[0].step);
  else if (step->condition != CONDITION_NONE)
    g_string_append_printf (text, ",\"if\":\"%s\"", conditions[step->condition]);
}

static inline void
write_retry (const CaseStep *step, GString *text)
{
  if (step->n_retries == 0)
    return;
  g_string_append_printf (text, ",\"retry\":{\"max\":%u", step->n_retries);
  if (step->retry_delay > 0)
    g_string_append_printf (text, ",\"delay\":\"%" G_GINT64_FORMAT "ms\"",
                            step->retry_delay / 1000);
  if (step->retries_only_exit_code_1)
    g_string_append (text, ",\"exit-codes\":[1]");
  g_string_append_c (text, '}');
}

static inline void
write_matrix (const CaseStep *step, GString *text)
{
  if (!step->has_matrix)
    return;
  g_string_append (text, ",\"matrix\":{\"n\":[");
  for (guint i = 0; i < step->n_legs; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", i);
  g_string_append_printf (text, "],\"fail-fast\":%s", step->fail_fast ? "true" : "false");
  if (step->max_parallel > 0)
    g_string_append_printf (text, ",\"max-parallel\":%u", step->max_parallel);
  g_string_append_c (text, '}');
}

static inline void
write_step (const CaseStep *step, guint index, GString *text)
{
  g_string_append_printf (text, "{\"id\":\"s%u\",\"kind\":\"%s\",\"join\":\"%s\",\"priority\":%d",
                          index, step->idle ? "idle" : "work", runnel_join_to_string (step->join),
                          step->priority);
  write_links (step, text);
  write_condition (step, text);
  write_retry (step, text);
  write_matrix (step, text);
  if (step->pool >= 0)
    g_string_append_printf (text, ",\"pool\":{\"name\":\"p%d\",\"slots\":%u}", step->pool,
                            step->slots);
  if (step->enabled == RUNNEL_DISABLED)
    g_string_append (text, ",\"disabled\":true");
  if (step->enabled == RUNNEL_BYPASSED)
    g_string_append (text, ",\"disabled\":\"bypass\"");
  if (step->timeout > 0)
    g_string_append_printf (text, ",\"timeout\":\"%" G_GINT64_FORMAT "ms\"", step->timeout / 1000);
  if (step->toleration == TOLERATES_ALL)
    g_string_append (text, ",\"continue-on-error\":true");
  if (step->toleration == TOLERATES_EXIT_CODE_2)
    g_string_append (text, ",\"continue-on-error\":\"${{ steps.self.exit_code == 2 }}\"");
  g_string_append (text, "}");
}

/* The case as a pipeline's file. */
static inline char *
case_to_json (const Case *self)
{
  GString *text = g_string_new ("{\"format\":1,\"pools\":{");

  for (guint i = 0; i < self->n_pools; i++)
    g_string_append_printf (text, "%s\"p%u\":%u", i > 0 ? "," : "", i, self->pools[i]);
  g_string_append (text, "},\"steps\":[\n");

  for (guint i = 0; i < self->n_steps; i++)
    {
      write_step (&self->steps[i], i, text);
      g_string_append (text, i + 1 < self->n_steps ? ",\n" : "\n");
    }
  g_string_append (text, "]}\n");
  return g_string_free (text, FALSE);
}
