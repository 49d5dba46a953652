/* runnel-simulation.c: how a run would go, without carrying anything out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run.h"
#include "history/runnel-history.h"
#include "simulation/runnel-simulation-private.h"

/* The run itself is the real one; only its clock and its executor are made up. What it tells goes
 * into a history in memory, so that all that reads histories can read it. */
typedef struct
{
  RunnelEventSink sink;    /* first: writes into the history */
  const RunnelSimulationOptions *options;
  RunnelPipeline *pipeline;
  RunnelClock *clock;
  RunnelExecutor *executor;
  RunnelHistory *history;
  GError *history_error;   /* the first one */
  RunnelRun *run;
  RunnelSimulationLoad *load;
  GHashTable *sources;
  gint64 id;
  gboolean is_over;
} Stage;

/* Where logs would be. Nothing is written, so it does not have to exist. */
#define NO_DIR "/nonexistent"

static void
stage_clear (Stage *self)
{
  g_clear_pointer (&self->run, runnel_run_free);
  g_clear_pointer (&self->load, _runnel_simulation_load_free);
  g_clear_pointer (&self->executor, runnel_executor_free);
  g_clear_pointer (&self->clock, runnel_fake_clock_free);
  g_clear_pointer (&self->history, runnel_history_close);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_error (&self->history_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stage, stage_clear)

static void
record_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  Stage *self = (Stage *) sink;

  if (!self->history_error)
    runnel_history_record (self->history, event, &self->history_error);
}

static void
foresee_cb (const RunnelAttempt *attempt,
            RunnelFakeOutcome   *ret_outcome,
            gpointer             user_data)
{
  Stage *self = user_data;
  RunnelForecastSource source = _runnel_simulation_foresee (self->options, attempt, ret_outcome);

  g_hash_table_replace (self->sources, g_strdup (attempt->step), GINT_TO_POINTER (source));
}

static void
finished_cb (RunnelRun   *run,
             RunnelState  state,
             gpointer     user_data)
{
  ((Stage *) user_data)->is_over = TRUE;
}

static gboolean
open_history (Stage   *self,
              GError **error)
{
  gsize length;
  g_autofree char *text = runnel_pipeline_to_text (self->pipeline, &length);

  self->history = runnel_history_open (":memory:", error);
  if (self->history)
    self->id = runnel_history_add_run (self->history, runnel_pipeline_get_name (self->pipeline),
                                       self->options->file, text, length,
                                       self->clock->wall (self->clock), error);

  return self->id != 0 && runnel_history_begin (self->history, error);
}

static gboolean
make_run (Stage   *self,
          GError **error)
{
  guint jobs = runnel_run_choose_jobs (self->pipeline, self->options->jobs);
  g_autoptr(JsonObject) trigger = json_object_new ();
  RunnelRunOptions options = { 0, };

  json_object_set_string_member (trigger, "kind", "manual");
  options.id = self->id;
  options.jobs = jobs;
  options.parameters = self->options->parameters;
  options.trigger = trigger;
  options.file = self->options->file;
  options.run_dir = NO_DIR;
  options.is_rehearsal = TRUE;
  self->run = runnel_run_new (self->pipeline, &options, self->executor, self->clock, error);
  if (!self->run)
    return FALSE;

  self->load = _runnel_simulation_load_new (self->pipeline, jobs);
  runnel_run_add_sink (self->run, &self->sink);
  runnel_run_add_sink (self->run, _runnel_simulation_load_get_sink (self->load));

  return TRUE;
}

static gboolean
prepare (Stage                         *self,
         RunnelPipeline                *pipeline,
         const RunnelSimulationOptions *options,
         GError                       **error)
{
  self->sink.event = record_event;
  self->pipeline = pipeline;
  self->options = options;
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->clock = runnel_fake_clock_new (g_get_real_time ());
  self->executor = runnel_fake_executor_new (self->clock);
  runnel_fake_executor_set_func (self->executor, foresee_cb, self);

  return open_history (self, error) && make_run (self, error);
}

static gboolean
play (Stage   *self,
      GError **error)
{
  runnel_run_start (self->run, finished_cb, self);
  while (!self->is_over && runnel_fake_clock_jump (self->clock))
    continue;

  if (self->history_error)
    {
      g_propagate_error (error, g_steal_pointer (&self->history_error));
      return FALSE;
    }

  return runnel_history_commit (self->history, error);
}

static gboolean
read_results (Stage            *self,
              RunnelSimulation *result,
              GError          **error)
{
  RunnelRunRecord *run = runnel_history_get_run (self->history, self->id, error);

  if (run)
    result->steps = runnel_history_get_steps (self->history, self->id, error);
  if (result->steps)
    result->timing = runnel_timing_new (run, result->steps, self->pipeline,
                                        self->clock->wall (self->clock));
  g_clear_pointer (&run, runnel_run_record_free);

  return result->timing != NULL;
}

static void
count_sources (RunnelSimulation *self)
{
  GHashTableIter iter;
  gpointer source;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    self->n_by_source[GPOINTER_TO_INT (source)]++;
}

/**
 * runnel_simulation_new:
 * @pipeline: what would be run; must not change meanwhile
 * @options: how, and what is known of its steps
 * @error: return location for a #RunnelRunError, or a #RunnelHistoryError
 *
 * Runs a pipeline in time that is made up: steps take as long as they are expected to, and nothing
 * is carried out. May be called in any thread.
 *
 * Returns: (transfer full) (nullable): how it went
 */
RunnelSimulation *
runnel_simulation_new (RunnelPipeline                 *pipeline,
                       const RunnelSimulationOptions  *options,
                       GError                        **error)
{
  g_autoptr(RunnelSimulation) self = g_new0 (RunnelSimulation, 1);
  g_auto(Stage) stage = { { NULL, NULL }, };

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  if (!prepare (&stage, pipeline, options, error) || !play (&stage, error) ||
      !read_results (&stage, self, error))
    return NULL;

  self->sources = g_hash_table_ref (stage.sources);
  self->peaks = _runnel_simulation_load_get_peaks (stage.load);
  self->duration = options->duration > 0 ? options->duration : RUNNEL_SIMULATION_DURATION;
  count_sources (self);

  return g_steal_pointer (&self);
}

void
runnel_simulation_free (RunnelSimulation *self)
{
  g_clear_pointer (&self->timing, runnel_timing_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_pointer (&self->peaks, g_array_unref);
  g_free (self);
}
