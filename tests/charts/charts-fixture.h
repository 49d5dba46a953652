/* charts-fixture.h: made-up runs for the tests of the charts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "charts/runnel-gantt-tree.h"

/* 2026-01-01 00:00:00 UTC */
#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)

/* Seconds of the run. */
#define AT(seconds) (T0 + (gint64) ((seconds) * G_TIME_SPAN_SECOND))

typedef struct
{
  RunnelRunRecord *run;
  GPtrArray *steps;
  GHashTable *members;  /* by id of a step, more of it as JSON: "\"pool\": \"gpu\"" */
  const char *document; /* more of the pipeline as JSON, or NULL */
} MadeUpRun;

static inline void
made_up_run_init (MadeUpRun *self,
                  double     finished)
{
  self->run = g_new0 (RunnelRunRecord, 1);
  self->run->id = 42;
  self->run->pipeline = g_strdup ("Build & test");
  self->run->state = finished > 0 ? RUNNEL_STATE_FAILED : RUNNEL_STATE_RUNNING;
  self->run->started = T0;
  self->run->finished = finished > 0 ? AT (finished) : 0;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_record_free);
  self->members = g_hash_table_new (g_str_hash, g_str_equal);
  self->document = NULL;
}

static inline void
made_up_run_clear (MadeUpRun *self)
{
  runnel_run_record_free (self->run);
  g_ptr_array_unref (self->steps);
  g_hash_table_unref (self->members);
}

static inline RunnelStepRecord *
add_step (MadeUpRun   *run,
          const char  *id,
          RunnelState  state,
          double       queued,
          double       finished)
{
  RunnelStepRecord *step = g_new0 (RunnelStepRecord, 1);

  step->id = g_strdup (id);
  step->kind = g_strdup ("command");
  step->index = run->steps->len;
  step->state = state;
  step->queued = queued >= 0 ? AT (queued) : 0;
  step->finished = finished >= 0 ? AT (finished) : 0;
  step->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_attempt_record_free);
  step->waits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_wait_record_free);
  g_ptr_array_add (run->steps, step);
  return step;
}

static inline char *
set_string (char       *old,
            const char *text)
{
  g_free (old);
  return g_strdup (text);
}

static inline void
add_attempt (RunnelStepRecord *step,
             RunnelState       state,
             double            started,
             double            finished)
{
  RunnelAttemptRecord *attempt = g_new0 (RunnelAttemptRecord, 1);

  attempt->attempt = step->attempts->len + 1;
  attempt->state = state;
  attempt->started = AT (started);
  attempt->finished = finished >= 0 ? AT (finished) : 0;
  g_ptr_array_add (step->attempts, attempt);
}

static inline void
add_wait (RunnelStepRecord *step,
          double            started,
          double            finished,
          RunnelWaitKind    kind,
          const char       *reason)
{
  RunnelWaitRecord *wait = g_new0 (RunnelWaitRecord, 1);

  wait->started = AT (started);
  wait->finished = finished >= 0 ? AT (finished) : 0;
  wait->kind = kind;
  wait->reason = g_strdup (reason);
  g_ptr_array_add (step->waits, wait);
}

/* A step that was queued, ran and succeeded. */
static inline RunnelStepRecord *
add_success (MadeUpRun  *run,
             const char *id,
             double      queued,
             double      started,
             double      finished)
{
  RunnelStepRecord *step = add_step (run, id, RUNNEL_STATE_SUCCEEDED, queued, finished);

  add_attempt (step, RUNNEL_STATE_SUCCEEDED, started, finished);
  return step;
}

/* @needs: "to: from from; to: from" */
static inline RunnelPipeline *
make_pipeline (MadeUpRun  *run,
               const char *needs)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"name\": \"x\", \"steps\": [");
  g_auto(GStrv) entries = g_strsplit (needs, "; ", -1);
  RunnelPipeline *pipeline;

  for (guint i = 0; i < run->steps->len; i++)
    {
      const RunnelStepRecord *step = run->steps->pdata[i];
      g_autofree char *prefix = g_strconcat (step->id, ": ", NULL);
      const char *members = g_hash_table_lookup (run->members, step->id);

      g_string_append_printf (text, "%s{\"id\": \"%s\", \"kind\": \"command\", \"needs\": [",
                              i > 0 ? ", " : "", step->id);
      for (char **entry = entries; *entry != NULL; entry++)
        if (g_str_has_prefix (*entry, prefix))
          {
            g_auto(GStrv) words = g_strsplit (*entry + strlen (prefix), " ", -1);
            g_autofree char *list = g_strjoinv ("\", \"", words);

            g_string_append_printf (text, "\"%s\"", list);
          }
      g_string_append_printf (text, "]%s%s}", members != NULL ? ", " : "",
                              members != NULL ? members : "");
    }
  g_string_append_printf (text, "]%s%s}", run->document != NULL ? ", " : "",
                          run->document != NULL ? run->document : "");
  pipeline = runnel_pipeline_new_from_text (text->str, text->len, diagnostics, &error);
  g_assert_no_error (error);
  return pipeline;
}

static inline RunnelTiming *
make_timing (MadeUpRun  *run,
             const char *needs,
             double      now)
{
  g_autoptr(RunnelPipeline) pipeline = make_pipeline (run, needs);

  return runnel_timing_new (run->run, run->steps, pipeline, AT (now));
}

static inline RunnelStepRecord *
add_added (MadeUpRun   *run,
           const char  *id,
           RunnelRole   role,
           const char  *parent,
           double       started)
{
  RunnelStepRecord *step = add_success (run, id, started, started, started + 1);

  step->role = role;
  step->parent = g_strdup (parent);
  return step;
}

/* A run with something of everything, and a name that tries to break out. */
static inline RunnelTiming *
make_rich_timing (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  RunnelTiming *timing;

  made_up_run_init (&run, 60);
  add_success (&run, "configure", 0, 0.5, 8);
  step = add_success (&run, "compile", 8, 9, 30);
  step->name = g_strdup ("Compile <b>\"all\"</b> & \001more");
  step = add_step (&run, "unit-tests", RUNNEL_STATE_FAILED, 30, 52);
  add_attempt (step, RUNNEL_STATE_FAILED, 30, 38);
  add_attempt (step, RUNNEL_STATE_FAILED, 43, 52);
  step->reason = g_strdup ("Exit code 1.");
  step = add_step (&run, "analysis", RUNNEL_STATE_TIMED_OUT, 8, 40);
  add_attempt (step, RUNNEL_STATE_TIMED_OUT, 10, 40);
  step->tolerated = TRUE;
  step = add_step (&run, "approve", RUNNEL_STATE_SUCCEEDED, 40, 50);
  add_attempt (step, RUNNEL_STATE_SUCCEEDED, 40, 50);
  step->kind = set_string (step->kind, "approval");
  add_wait (step, 40, 50, RUNNEL_WAIT_APPROVAL, "Waits for a person.");
  add_step (&run, "install", RUNNEL_STATE_SKIPPED, -1, 52)->reason =
    g_strdup ("unit-tests failed.");
  add_success (&run, "fallback", 52, 52, 60);
  timing = make_timing (&run, "compile: configure; unit-tests: compile; analysis: configure; "
                              "approve: analysis; install: unit-tests; fallback: unit-tests", 60);
  made_up_run_clear (&run);
  return timing;
}

/* Many steps of random lengths, some repeated, some failed. */
static inline RunnelTiming *
make_random_timing (GRand *rand,
                    guint  n_steps)
{
  MadeUpRun run;
  RunnelTiming *timing;

  made_up_run_init (&run, 1000);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      double time = g_rand_double_range (rand, 0, 900);
      RunnelStepRecord *step = add_step (&run, id, RUNNEL_STATE_SUCCEEDED, time, -1);
      guint n_attempts = g_rand_int_range (rand, 0, 5);

      for (guint j = 0; j < n_attempts; j++)
        {
          double start = time + g_rand_double_range (rand, 0, 5);

          time = start + (g_rand_boolean (rand) ? g_rand_double_range (rand, 0, 20) : 0.0001);
          add_attempt (step, g_rand_int_range (rand, RUNNEL_STATE_SUCCEEDED, RUNNEL_N_STATES),
                       start, time);
        }
      step->finished = AT (time);
    }
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (1000));
  made_up_run_clear (&run);
  return timing;
}
