/* test-run-model.c: thousands of runs drawn at random, against the slow and simple way
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RUNNEL_TEST_GRAPHS says how many (100,000 by default, with an instrumented engine a tenth of
 * that), RUNNEL_TEST_SEED where to begin.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/runnel-fake-executor.h"
#include "engine/runnel-run.h"
#include "naive-run.h"

#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_GRAPHS 10000
#else
#define DEFAULT_GRAPHS 100000
#endif

/* How long a run is frozen. */
#define HOLD (10000 * G_TIME_SPAN_SECOND)

/* What a real run did. */
typedef struct
{
  RunnelEventSink sink; /* first: the sink is the trial */
  const Case *scenario;
  RunnelClock *clock;
  RunnelRun *run;
  gint64 held_at; /* the whole run is frozen then, for HOLD; NEVER = it is not */
  /* Legs from 1 on; 0 is the step itself. */
  RunnelState states[MAX_STEPS][MAX_LEGS + 1];
  gboolean tolerated[MAX_STEPS][MAX_LEGS + 1];
  gint64 ended_at[MAX_STEPS][MAX_LEGS + 1];
  gint64 started_at[MAX_STEPS][MAX_LEGS + 1][MAX_ATTEMPTS];
  guint n_running[MAX_STEPS];
  guint n_slots[MAX_POOLS];
  guint n_jobs;
  guint n_finished;
  gboolean cancelling;
  RunnelState outcome;
  GString *starts;
  GString *log;  /* every event, as JSON */
  GString *faults;
} Trial;

static void
fault (Trial *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (Trial *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->faults, format, arguments);
  g_string_append_c (self->faults, '\n');
  va_end (arguments);
}

/* "s3" or "s3.2". */
typedef struct
{
  guint step;
  guint leg; /* from 1; 0 = the step itself */
} Unit;

static Unit
parse_unit (const char *id)
{
  Unit unit = { 0 };

  g_assert_cmpint (sscanf (id, "s%u.%u", &unit.step, &unit.leg), >=, 1);
  return unit;
}

static gboolean
is_over (const Trial *self, guint index)
{
  return runnel_state_is_terminal (self->states[index][0]);
}

/* Looks only at what a start must have behind it; whether the links fired the model tells. */
static void
check_start (Trial *self, Unit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];
  guint n_over = 0;

  for (guint i = 0; i < step->n_links; i++)
    n_over += is_over (self, step->links[i].step);
  if (n_over < (step->join == RUNNEL_JOIN_ANY ? MIN (step->n_links, 1) : step->n_links))
    fault (self, "s%u started before what it needs", unit.step);
  if (self->cancelling)
    fault (self, "s%u started after the cancel", unit.step);
}

/* Limits hold at every moment. */
static void
check_limits (Trial *self, Unit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];

  if (step->max_parallel > 0 && self->n_running[unit.step] > step->max_parallel)
    fault (self, "%u legs of s%u at once", self->n_running[unit.step], unit.step);
  if (step->pool >= 0 && self->n_slots[step->pool] > self->scenario->pools[step->pool])
    fault (self, "%u slots of p%d taken", self->n_slots[step->pool], step->pool);
  if (self->n_jobs > self->scenario->jobs)
    fault (self, "%u jobs at once, not %u", self->n_jobs, self->scenario->jobs);
}

static void
note_start (Trial *self, Unit unit, const RunnelEvent *event)
{
  const CaseStep *step = &self->scenario->steps[unit.step];

  check_start (self, unit);
  self->started_at[unit.step][unit.leg][event->attempt - 1] = self->clock->now (self->clock);
  self->n_running[unit.step]++;
  if (step->pool >= 0)
    self->n_slots[step->pool] += step->slots;
  if (step->idle)
    return;
  g_string_append_printf (self->starts, "%s.%u ", event->step, event->attempt);
  self->n_jobs++;
  check_limits (self, unit);
}

static void
note_end (Trial *self, Unit unit)
{
  const CaseStep *step = &self->scenario->steps[unit.step];

  self->n_running[unit.step]--;
  if (step->pool >= 0)
    self->n_slots[step->pool] -= step->slots;
  if (!step->idle)
    self->n_jobs--;
}

static void
note_step_event (Trial *self, const RunnelEvent *event)
{
  Unit unit = parse_unit (event->step);
  RunnelState *state = &self->states[unit.step][unit.leg];

  if (runnel_state_is_terminal (*state) || is_over (self, unit.step))
    fault (self, "%s of %s after its end", runnel_event_type_to_string (event->type), event->step);
  if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED)
    note_start (self, unit, event);
  if (event->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    note_end (self, unit);
  if (event->type == RUNNEL_EVENT_STEP_FINISHED)
    {
      *state = event->state;
      self->tolerated[unit.step][unit.leg] = event->tolerated;
      self->ended_at[unit.step][unit.leg] = self->clock->now (self->clock);
    }
}

static void
note_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  Trial *self = (Trial *) sink;

  runnel_event_append_json (event, self->log);
  g_string_append_c (self->log, '\n');
  if (event->step != NULL)
    note_step_event (self, event);
  if (event->type == RUNNEL_EVENT_RUN_CANCELLING)
    self->cancelling = TRUE;
}

static void
finished (RunnelRun *run, RunnelState state, gpointer user_data)
{
  Trial *self = user_data;

  self->n_finished++;
  self->outcome = state;
}

static void
go (const RunnelAttempt *attempt, RunnelFakeOutcome *outcome, gpointer user_data)
{
  Trial *self = user_data;
  Unit unit = parse_unit (attempt->step);
  guint leg = MAX (unit.leg, 1) - 1;
  const CaseAttempt *planned =
    &self->scenario->steps[unit.step].attempts[leg][attempt->attempt - 1];

  outcome->state = planned->fails ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED;
  outcome->exit_code = planned->exit_code;
  outcome->duration = planned->duration;
  outcome->reaction = planned->reaction;
  outcome->ignores_cancel = planned->ignores_cancel;
}

static void
cancel (gpointer user_data)
{
  runnel_run_cancel (user_data, "the test said so");
}

static void
release (gpointer user_data)
{
  runnel_run_hold (user_data, RUNNEL_HOLD_NONE, "the test");
}

static void
hold (gpointer user_data)
{
  Trial *self = user_data;

  runnel_run_hold (self->run, RUNNEL_HOLD_ALL, "the test");
  self->clock->add_timer (self->clock, self->clock->now (self->clock) + HOLD, release, self->run);
}

static void
trial_run (Trial *self, const Case *scenario, gint64 held_at)
{
  g_autofree char *json = case_to_json (scenario);
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (json, -1, NULL, &error);
  RunnelClock *clock = runnel_fake_clock_new (0);
  g_autoptr(RunnelExecutor) executor = runnel_fake_executor_new (clock);
  g_autoptr(RunnelRun) run = NULL;
  const RunnelRunOptions options = { .id = 1,
                                     .jobs = scenario->jobs,
                                     .file = "/x",
                                     .run_dir = "/" };

  g_assert_no_error (error);
  *self = (Trial){ .sink = { .event = note_event },
                   .scenario = scenario,
                   .clock = clock,
                   .held_at = held_at };
  self->starts = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->faults = g_string_new (NULL);
  runnel_fake_executor_set_func (executor, go, self);
  run = runnel_run_new (pipeline, &options, executor, clock, &error);
  g_assert_no_error (error);
  self->run = run;
  runnel_run_add_sink (run, &self->sink);
  if (held_at != NEVER)
    clock->add_timer (clock, held_at, hold, self);
  runnel_run_start (run, finished, self);
  if (scenario->cancel_at != NEVER)
    clock->add_timer (clock, scenario->cancel_at, cancel, run);
  while (self->n_finished == 0 && runnel_fake_clock_jump (clock))
    continue;
  if (self->n_finished != 1)
    fault (self, "the run never ended");
  g_clear_pointer (&run, runnel_run_free);
  runnel_fake_clock_free (clock);
}

static void
trial_clear (Trial *self)
{
  g_string_free (self->starts, TRUE);
  g_string_free (self->log, TRUE);
  g_string_free (self->faults, TRUE);
}

/* When a thing happens that would have happened at @time. */
static gint64
shift (const Trial *self, gint64 time)
{
  return self->held_at != NEVER && time > self->held_at ? time + HOLD : time;
}

static void
compare_unit (Trial *self, const NaiveStep *expected, guint index, guint leg)
{
  RunnelState state = self->states[index][leg];

  if (state != expected->state)
    fault (self, "s%u.%u is %s, not %s", index, leg, runnel_state_to_string (state),
           runnel_state_to_string (expected->state));
  if (self->tolerated[index][leg] != expected->tolerated)
    fault (self, "s%u.%u is %stolerated", index, leg, self->tolerated[index][leg] ? "" : "not ");
  if (self->scenario->has_ties)
    return;
  if (self->ended_at[index][leg] != shift (self, expected->ended_at))
    fault (self, "s%u.%u ended at %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, index, leg,
           self->ended_at[index][leg], shift (self, expected->ended_at));
  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      if (self->started_at[index][leg][i] != shift (self, expected->started_at[i]))
        fault (self, "s%u.%u started at %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, index, leg,
               self->started_at[index][leg][i], shift (self, expected->started_at[i]));
    }
}

static void
compare (Trial *self, const NaiveRun *naive)
{
  for (guint i = 0; i < self->scenario->n_steps; i++)
    {
      compare_unit (self, &naive->steps[i], i, 0);
      for (guint j = 0; j < self->scenario->steps[i].n_legs; j++)
        compare_unit (self, &naive->legs[i][j], i, j + 1);
    }
  if (self->outcome != naive_outcome (naive))
    fault (self, "the run is %s, not %s", runnel_state_to_string (self->outcome),
           runnel_state_to_string (naive_outcome (naive)));
  if (!self->scenario->has_ties && !g_str_equal (self->starts->str, naive->starts->str))
    fault (self, "started %s\nnot     %s", self->starts->str, naive->starts->str);
}

/* The same case again gives the same events, to the letter. */
static void
compare_replay (Trial *self)
{
  Trial again;

  trial_run (&again, self->scenario, self->held_at);
  if (!g_str_equal (self->log->str, again.log->str))
    fault (self, "the replay differs:\n%s", again.log->str);
  trial_clear (&again);
}

/* What is not frozen with the run is left out: delays before next attempts, attempts that are
 * ending, and whoever cancels. Of what is left everything happens later by the same time. */
static gint64
make_holdable (Case *scenario, guint32 seed)
{
  scenario->cancel_at = NEVER;
  for (guint i = 0; i < scenario->n_steps; i++)
    {
      CaseStep *step = &scenario->steps[i];

      step->retry_delay = 0;
      step->fail_fast = FALSE;
      for (guint j = 0; j < MAX_LEGS; j++)
        for (guint k = 0; k < MAX_ATTEMPTS; k++)
          step->attempts[j][k].reaction = 0;
    }
  /* When nothing else happens just then. */
  return scenario->has_ties ? (seed % 8) * G_TIME_SPAN_SECOND + 250000
                            : (gint64) (seed * G_GUINT64_CONSTANT (2654435761) % 4000000000);
}

static void
test_case (guint32 seed, gboolean with_replay, gboolean with_hold)
{
  Case scenario;
  NaiveRun naive;
  Trial trial;
  gint64 held_at = NEVER;

  case_draw (&scenario, seed);
  if (with_hold)
    held_at = make_holdable (&scenario, seed);
  naive_run (&naive, &scenario);
  trial_run (&trial, &scenario, held_at);
  compare (&trial, &naive);
  if (with_replay)
    compare_replay (&trial);
  if (trial.faults->len > 0)
    {
      g_autofree char *json = case_to_json (&scenario);

      g_printerr ("RUNNEL_TEST_SEED=%u, %u jobs%s\n%s%s\n%s", seed, scenario.jobs,
                  scenario.has_ties ? ", ties" : "", json, trial.log->str, trial.faults->str);
      g_assert_not_reached ();
    }
  trial_clear (&trial);
  g_string_free (naive.starts, TRUE);
}

static guint
get_number (const char *variable, guint fallback)
{
  const char *text = g_getenv (variable);

  return text != NULL ? strtoul (text, NULL, 10) : fallback;
}

static void
test_random_graphs (void)
{
  guint n = get_number ("RUNNEL_TEST_GRAPHS", DEFAULT_GRAPHS);
  guint first = get_number ("RUNNEL_TEST_SEED", 1);

  for (guint i = 0; i < n; i++)
    test_case (first + i, i % 20 == 0, FALSE);
  g_test_message ("%u graphs", n);
}

/* Whoever looks at a run that was frozen and let go on sees the same run, only later. */
static void
test_held_graphs (void)
{
  guint n = get_number ("RUNNEL_TEST_GRAPHS", DEFAULT_GRAPHS) / 10;
  guint first = get_number ("RUNNEL_TEST_SEED", 1);

  for (guint i = 0; i < n; i++)
    test_case (first + i, i % 20 == 0, TRUE);
  g_test_message ("%u graphs", n);
}

int
main (int argc, char **argv)
{
  static const RunnelField no_fields[] = { { .name = NULL } };
  static const RunnelKind idle = { .name = "idle", .fields = no_fields, .idle = TRUE };

  g_test_init (&argc, &argv, NULL);
  runnel_kind_register (&idle);
  g_test_add_func ("/engine/run-model/random-graphs", test_random_graphs);
  g_test_add_func ("/engine/run-model/held-graphs", test_held_graphs);
  return g_test_run ();
}
