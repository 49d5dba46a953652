/* run-fixture.h: a run on a fake executor and clock, with what it told written down
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

#include "engine/runnel-fake-executor.h"
#include "engine/runnel-run.h"
#include "pipeline-text.h"

#define SECOND G_TIME_SPAN_SECOND

typedef struct
{
  RunnelEventSink sink; /* first: the sink is the fixture */
  RunnelPipeline *pipeline;
  RunnelClock *clock;
  RunnelExecutor *executor;
  RunnelKeeper *keeper; /* or NULL; given before the start, freed with the fixture */
  gboolean no_cache;
  RunnelBreakers *breakers; /* may be set before the run is made */
  RunnelSecrets *secrets;   /* this, too */
  RunnelRun *run;
  const RunnelSelection *selection; /* given to the run, or NULL */
  GPtrArray *undos;
  JsonObject *trigger; /* (transfer none): what started it, or NULL */
  char *run_dir;
  GString *log;      /* "step-finished build failed: reason" per line, of the types in `told` */
  guint told;        /* bits by RunnelEventType */
  guint n_events;
  guint n_flushes;
  guint n_finished;  /* calls of the finished function */
  RunnelState state; /* told by it */
} RunFixture;

static inline void
run_fixture_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  RunFixture *self = (RunFixture *) sink;

  self->n_events++;
  if (!(self->told & (1u << event->type)))
    return;
  g_string_append (self->log, runnel_event_type_to_string (event->type));
  if (event->step != NULL)
    g_string_append_printf (self->log, " %s", event->step);
  if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED || event->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    g_string_append_printf (self->log, ".%u", event->attempt);
  if (event->type != RUNNEL_EVENT_RUN_CANCELLING)
    g_string_append_printf (self->log, " %s", runnel_state_to_string (event->state));
  if (event->wait != RUNNEL_WAIT_UNKNOWN)
    g_string_append_printf (self->log, " (%s)", runnel_wait_kind_to_string (event->wait));
  if (event->tolerated)
    g_string_append (self->log, " (tolerated)");
  if (event->reused != 0)
    g_string_append_printf (self->log, " (of %" G_GINT64_FORMAT ")", event->reused);
  if (event->reason != NULL)
    g_string_append_printf (self->log, ": %s", event->reason);
  g_string_append_c (self->log, '\n');
}

static inline void
run_fixture_flush (RunnelEventSink *sink)
{
  ((RunFixture *) sink)->n_flushes++;
}

static inline void
run_fixture_finished (RunnelRun *run, RunnelState state, gpointer user_data)
{
  RunFixture *self = user_data;

  self->n_finished++;
  self->state = state;
}

/* Ready to be told outcomes; runs in the folder of temporary files. */
static inline RunFixture *
run_fixture_new (RunnelPipeline *pipeline)
{
  RunFixture *self = g_new0 (RunFixture, 1);

  self->sink.event = run_fixture_event;
  self->sink.flush = run_fixture_flush;
  self->pipeline = pipeline;
  self->clock = runnel_fake_clock_new (G_GINT64_CONSTANT (1700000000000000));
  self->executor = runnel_fake_executor_new (self->clock);
  self->run_dir = g_dir_make_tmp ("runnel-run-XXXXXX", NULL);
  self->log = g_string_new (NULL);
  self->told = 1u << RUNNEL_EVENT_STEP_FINISHED | 1u << RUNNEL_EVENT_RUN_FINISHED;
  g_assert_nonnull (self->run_dir);
  return self;
}

static inline gboolean
run_fixture_make_run (RunFixture *self, guint jobs, JsonObject *parameters, GError **error)
{
  g_autofree char *file = g_build_filename (self->run_dir, "test.runnel.json", NULL);
  const RunnelRunOptions options = {
    .id = 42,
    .jobs = jobs,
    .parameters = parameters,
    .file = file,
    .run_dir = self->run_dir,
    .seed = 7,
    .selection = self->selection,
    .undos = self->undos,
    .breakers = self->breakers,
    .trigger = self->trigger,
    .keeper = self->keeper,
    .no_cache = self->no_cache,
    .secrets = self->secrets,
  };

  self->run = runnel_run_new (self->pipeline, &options, self->executor, self->clock, error);
  if (self->run != NULL)
    runnel_run_add_sink (self->run, &self->sink);
  return self->run != NULL;
}

static inline void
run_fixture_start (RunFixture *self, guint jobs)
{
  g_autoptr(GError) error = NULL;

  run_fixture_make_run (self, jobs, NULL, &error);
  g_assert_no_error (error);
  runnel_run_start (self->run, run_fixture_finished, self);
  g_assert_cmpuint (self->n_finished, ==, 0);
}

/* Lets time pass until the run is over. */
static inline void
run_fixture_complete (RunFixture *self)
{
  while (self->n_finished == 0 && runnel_fake_clock_jump (self->clock))
    continue;
  g_assert_cmpuint (self->n_finished, ==, 1);
}

static inline void
run_fixture_tell (RunFixture *self, const char *step, guint attempt, RunnelFakeOutcome outcome)
{
  runnel_fake_executor_tell (self->executor, step, attempt, &outcome);
}

static inline void
run_fixture_free (RunFixture *self)
{
  g_clear_pointer (&self->run, runnel_run_free);
  g_clear_pointer (&self->breakers, runnel_breakers_free);
  runnel_executor_free (self->executor);
  g_clear_pointer (&self->keeper, runnel_keeper_free);
  runnel_fake_clock_free (self->clock);
  g_object_unref (self->pipeline);
  g_rmdir (self->run_dir);
  g_free (self->run_dir);
  g_string_free (self->log, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunFixture, run_fixture_free)
