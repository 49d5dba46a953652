/* plan-bench.c: how fast the engine is when the steps themselves cost nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: plan-bench [STEPS]
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/runnel-executor.h"
#include "engine/runnel-plan.h"
#include "engine/runnel-run.h"

#include "goals.h"
#include "layers.h"

#define PLANNED_PER_SECOND 200000
#define BYTES_PER_STEP 1200

typedef struct
{
  RunnelEventSink sink; /* first: the sink is the counter */
  GString *lines;
  gsize n_bytes;
  guint n_events;
} Counter;

typedef struct
{
  double load;
  double plan;
  double run;
  double run_with_events;
  guint n_events;
  gsize n_bytes;
  gsize pipeline_memory;
  gsize plan_memory;
  gsize run_memory;
} Figures;

static double
get_seconds (void)
{
  return g_get_monotonic_time () / (double) G_TIME_SPAN_SECOND;
}

static gsize
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static RunnelPipeline *
load (guint n_steps, Figures *figures)
{
  g_autofree char *text = layers_make_text (n_steps);
  gsize memory = get_memory ();
  double start = get_seconds ();
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);

  figures->load = get_seconds () - start;
  figures->pipeline_memory = get_memory () - memory;
  return pipeline;
}

/* The plan alone, with as many steps in hand as there are places. */
static void
drive_plan (RunnelPlan *plan, guint n_places)
{
  g_autofree RunnelPlanItem *in_hand = g_new (RunnelPlanItem, n_places);
  guint n = 0;

  while (!runnel_plan_is_done (plan))
    {
      RunnelPlanChange change;

      while (runnel_plan_take_change (plan, &change))
        g_free (change.reason);
      while (n < n_places && runnel_plan_next (plan, TRUE, &in_hand[n]))
        n++;
      runnel_plan_finish (plan, in_hand[--n].step, RUNNEL_STATE_SUCCEEDED, FALSE);
    }
}

static void
measure_plan (RunnelPipeline *pipeline, Figures *figures)
{
  gsize memory = get_memory ();
  double start = get_seconds ();
  g_autoptr(RunnelPlan) plan = runnel_plan_new (pipeline, NULL);

  figures->plan_memory = get_memory () - memory;
  drive_plan (plan, 8);
  figures->plan = get_seconds () - start;
}

static void
count_event (RunnelEventSink *sink, const RunnelEvent *event)
{
  Counter *self = (Counter *) sink;

  runnel_event_append_json (event, self->lines);
  g_string_append_c (self->lines, '\n');
  self->n_events++;
}

static void
flush_events (RunnelEventSink *sink)
{
  Counter *self = (Counter *) sink;

  self->n_bytes += self->lines->len;
  g_string_truncate (self->lines, 0);
}

static void
quit (RunnelRun *run, RunnelState state, gpointer user_data)
{
  g_assert (state == RUNNEL_STATE_SUCCEEDED);

  g_main_loop_quit (user_data);
}

static double
measure_run (RunnelPipeline *pipeline, RunnelEventSink *sink, gsize *ret_memory)
{
  g_autoptr(RunnelExecutor) executor = runnel_dry_run_executor_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  const RunnelRunOptions options = { .id = 1, .jobs = 8, .run_dir = "/tmp" };
  gsize memory = get_memory ();
  double start = get_seconds ();
  g_autoptr(RunnelRun) run =
    runnel_run_new (pipeline, &options, executor, runnel_clock_get_system (), NULL);

  *ret_memory = get_memory () - memory;
  if (sink != NULL)
    runnel_run_add_sink (run, sink);
  runnel_run_start (run, quit, loop);
  g_main_loop_run (loop);
  return get_seconds () - start;
}

static void
measure_events (RunnelPipeline *pipeline, Figures *figures)
{
  Counter counter = {
    .sink = { .event = count_event, .flush = flush_events },
    .lines = g_string_new (NULL),
  };
  gsize memory;

  figures->run_with_events = measure_run (pipeline, &counter.sink, &memory);
  figures->n_events = counter.n_events;
  figures->n_bytes = counter.n_bytes;
  g_string_free (counter.lines, TRUE);
}

static void
print_figures (const Figures *figures, guint n_steps)
{
  g_autoptr(GString) goals = g_string_new (NULL);

  printf ("%u steps, 2 needs each, nothing executed\n", n_steps);
  printf ("  %-34s %8.3f s  %9.0f steps/s\n", "load", figures->load, n_steps / figures->load);
  printf ("  %-34s %8.3f s  %9.0f steps/s\n", "plan alone", figures->plan, n_steps / figures->plan);
  printf ("  %-34s %8.3f s  %9.0f steps/s\n", "run", figures->run, n_steps / figures->run);
  printf ("  %-34s %8.3f s  %9.0f steps/s\n", "run with events as JSON", figures->run_with_events,
          n_steps / figures->run_with_events);
  printf ("  %-34s %8.1f a step, %zu bytes a step\n", "events",
          figures->n_events / (double) n_steps, figures->n_bytes / n_steps);
  printf ("  %-34s %zu + %zu + %zu bytes a step\n", "memory: pipeline, plan, rest of run",
          figures->pipeline_memory / n_steps, figures->plan_memory / n_steps,
          (figures->run_memory - figures->plan_memory) / n_steps);
  goals_add (goals, "plan alone, steps a second", n_steps / figures->plan, GOAL_AT_LEAST,
             PLANNED_PER_SECOND);
  goals_add (goals, "bytes a step, pipeline and run",
             (figures->pipeline_memory + figures->run_memory) / (double) n_steps, GOAL_AT_MOST,
             BYTES_PER_STEP);
  printf (
    "{\"benchmark\": \"plan\", \"steps\": %u, \"load-s\": %.4f, \"plan-s\": %.4f, \"run-s\": %.4f, "
    "\"run-with-events-s\": %.4f, \"pipeline-bytes\": %zu, \"plan-bytes\": %zu, \"run-bytes\": "
    "%zu, \"goals\": [%s]}\n",
    n_steps, figures->load, figures->plan, figures->run, figures->run_with_events,
    figures->pipeline_memory / n_steps, figures->plan_memory / n_steps,
    figures->run_memory / n_steps, goals->str);
}

int
main (int argc, char **argv)
{
  guint n_steps = argc > 1 ? strtoul (argv[1], NULL, 10) : 100000;
  Figures figures = { 0 };
  g_autoptr(RunnelPipeline) pipeline = NULL;

  if (n_steps < 1 || n_steps > 10000000)
    {
      fprintf (stderr, "usage: plan-bench [STEPS], from 1 to 10000000\n");
      return 2;
    }
  pipeline = load (n_steps, &figures);
  measure_plan (pipeline, &figures);
  figures.run = measure_run (pipeline, NULL, &figures.run_memory);
  measure_events (pipeline, &figures);
  print_figures (&figures, n_steps);
  return 0;
}
