/* test-dry-run-executor.c: runs in which nothing happens
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-run.h"
#include "pipeline-text.h"

typedef struct
{
  RunnelEventSink sink; /* first: the sink is the rehearsal */
  GMainLoop *loop;
  RunnelState state;
  guint n_succeeded;
} Rehearsal;

static void
note_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  Rehearsal *self = (Rehearsal *) sink;

  if (event->type == RUNNEL_EVENT_STEP_FINISHED && event->state == RUNNEL_STATE_SUCCEEDED)
    self->n_succeeded++;
}

static void
finished (RunnelRun *run, RunnelState state, gpointer user_data)
{
  Rehearsal *self = user_data;

  self->state = state;
  g_main_loop_quit (self->loop);
}

static void
rehearse (Rehearsal *self, const char *steps, gboolean cancel)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (steps);
  g_autoptr(RunnelExecutor) executor = runnel_dry_run_executor_new ();
  g_autoptr(RunnelRun) run = NULL;
  const RunnelRunOptions options = { .id = 1, .jobs = 2, .run_dir = "/tmp" };

  self->sink.event = note_event;
  self->loop = g_main_loop_new (NULL, FALSE);
  run = runnel_run_new (pipeline, &options, executor, runnel_clock_get_system (), NULL);
  runnel_run_add_sink (run, &self->sink);
  runnel_run_start (run, finished, self);
  if (cancel)
    runnel_run_cancel (run, NULL);
  g_main_loop_run (self->loop);
  g_main_loop_unref (self->loop);
}

static void
test_all_succeed (void)
{
  Rehearsal self = { 0 };

  rehearse (
    &self,
    "{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}, {`id`: `c`}, {`id`: `d`, `needs`: [`b`, `c`]}",
    FALSE);
  g_assert_cmpint (self.state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (self.n_succeeded, ==, 4);
}

static void
test_cancel (void)
{
  Rehearsal self = { 0 };

  rehearse (&self, "{`id`: `a`}, {`id`: `b`, `needs`: [`a`]}", TRUE);
  g_assert_cmpint (self.state, ==, RUNNEL_STATE_CANCELLED);
  g_assert_cmpuint (self.n_succeeded, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/dry-run-executor/all-succeed", test_all_succeed);
  g_test_add_func ("/engine/dry-run-executor/cancel", test_cancel);
  return g_test_run ();
}
