/* runnel-metrics.c: all figures that are watched over time, as they are now
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names for Prometheus follow https://prometheus.io/docs/practices/naming/, those of OpenTelemetry
 * its semantic conventions for CI/CD (1.44) where there are any. The number of runs is in no name
 * and no label, so however many there are, there is the same number of values.
 */
#include "config.h"

#include "engine/limits/runnel-pool-usage.h"
#include "engine/limits/runnel-state-dir.h"
#include "history/runnel-history-live.h"
#include "history/runnel-history-space.h"
#include "telemetry/runnel-metrics.h"
#include "telemetry/runnel-receiver-status.h"

enum
{
  BUILD_INFO,
  RUNS,
  RUN_WAITS,
  RUN_DURATIONS,
  RUN_ERRORS,
  RUNS_ACTIVE,
  STEPS,
  STEP_DURATIONS,
  STEP_WAITS,
  STEP_RETRIES,
  FLAKY_STEPS,
  STEPS_ACTIVE,
  LAST_RUN,
  LAST_SUCCESS,
  POOL_SLOTS,
  POOL_USED,
  POOL_WAITING,
  HISTORY_RUNS,
  HISTORY_SIZE,
  TELEMETRY_SENT,
  TELEMETRY_DROPPED,
  TELEMETRY_WAITING,
  N_METRICS
};

#define OTEL_NAME "cicd.pipeline.name"
#define OTEL_RESULT "cicd.pipeline.result"
#define OTEL_STATE "cicd.pipeline.run.state"
#define OTEL_TASK_RESULT "cicd.pipeline.task.run.result"

static const RunnelMetricInfo infos[N_METRICS] = {
  [BUILD_INFO] = {
    RUNNEL_METRIC_GAUGE, "runnel_build_info", NULL, "The version of Runnel; always 1.",
    { "version" },
  },
  [RUNS] = {
    RUNNEL_METRIC_COUNTER, "runnel_runs", NULL, "Runs that are over.",
    { "pipeline", "state" },
  },
  [RUN_WAITS] = {
    RUNNEL_METRIC_HISTOGRAM, "runnel_run_queue_seconds", "seconds",
    "How long runs waited for others of their group before they started.",
    { "pipeline" }, "cicd.pipeline.run.duration", "s", { OTEL_NAME }, "pending",
  },
  [RUN_DURATIONS] = {
    RUNNEL_METRIC_HISTOGRAM, "runnel_run_duration_seconds", "seconds",
    "How long runs took from their start to their end.",
    { "pipeline", "state" }, "cicd.pipeline.run.duration", "s", { OTEL_NAME, OTEL_RESULT },
    "executing",
  },
  [RUN_ERRORS] = {
    RUNNEL_METRIC_COUNTER, NULL, NULL, "Runs that did not come to a good end.",
    { "pipeline", "state" }, "cicd.pipeline.run.errors", "{error}", { OTEL_NAME, "error.type" },
  },
  [RUNS_ACTIVE] = {
    RUNNEL_METRIC_GAUGE, "runnel_runs_active", NULL, "Runs that are queued or running.",
    { "pipeline", "state" }, "cicd.pipeline.run.active", "{run}", { OTEL_NAME, OTEL_STATE },
  },
  [STEPS] = {
    RUNNEL_METRIC_COUNTER, "runnel_steps", NULL, "Steps of runs that are over.",
    { "pipeline", "state" }, "runnel.step.count", "{step}", { OTEL_NAME, OTEL_TASK_RESULT },
  },
  [STEP_DURATIONS] = {
    RUNNEL_METRIC_HISTOGRAM, "runnel_step_duration_seconds", "seconds",
    "How long steps took from the start of their first attempt to their end.",
    { "pipeline", "kind" }, "runnel.step.duration", "s", { OTEL_NAME, "runnel.step.kind" },
  },
  [STEP_WAITS] = {
    RUNNEL_METRIC_HISTOGRAM, "runnel_step_queue_seconds", "seconds",
    "How long steps that could start waited for a free place.",
    { "pipeline" }, "runnel.step.queue.duration", "s", { OTEL_NAME },
  },
  [STEP_RETRIES] = {
    RUNNEL_METRIC_COUNTER, "runnel_step_retries", NULL, "Attempts of steps after the first one.",
    { "pipeline" }, "runnel.step.retries", "{attempt}", { OTEL_NAME },
  },
  [FLAKY_STEPS] = {
    RUNNEL_METRIC_COUNTER, "runnel_flaky_steps", NULL,
    "Steps that failed and then succeeded in the same run.",
    { "pipeline" }, "runnel.step.flaky", "{step}", { OTEL_NAME },
  },
  [STEPS_ACTIVE] = {
    RUNNEL_METRIC_GAUGE, "runnel_steps_active", NULL,
    "Steps of active runs that are queued, waiting or running.",
    { "pipeline", "state" }, "runnel.step.active", "{step}", { OTEL_NAME, "runnel.step.state" },
  },
  [LAST_RUN] = {
    RUNNEL_METRIC_GAUGE, "runnel_last_run_timestamp_seconds", "seconds",
    "When the latest run ended, in seconds since 1970.",
    { "pipeline" },
  },
  [LAST_SUCCESS] = {
    RUNNEL_METRIC_GAUGE, "runnel_last_success_timestamp_seconds", "seconds",
    "When the latest run that succeeded ended, in seconds since 1970.",
    { "pipeline" },
  },
  [POOL_SLOTS] = {
    RUNNEL_METRIC_GAUGE, "runnel_pool_slots", NULL, "Slots of a pool of the machine.",
    { "pool" }, "runnel.pool.slots", "{slot}", { "runnel.pool.name" },
  },
  [POOL_USED] = {
    RUNNEL_METRIC_GAUGE, "runnel_pool_slots_used", NULL, "Slots that steps have.",
    { "pool" }, "runnel.pool.slots.used", "{slot}", { "runnel.pool.name" },
  },
  [POOL_WAITING] = {
    RUNNEL_METRIC_GAUGE, "runnel_pool_waiting", NULL, "Runs with steps that wait for slots.",
    { "pool" }, "runnel.pool.waiting", "{run}", { "runnel.pool.name" },
  },
  [HISTORY_RUNS] = {
    RUNNEL_METRIC_GAUGE, "runnel_history_runs", NULL, "Runs in the history.",
  },
  [HISTORY_SIZE] = {
    RUNNEL_METRIC_GAUGE, "runnel_history_size_bytes", "bytes",
    "What the database of the history takes, without logs.",
  },
  [TELEMETRY_SENT] = {
    RUNNEL_METRIC_COUNTER, "runnel_telemetry_sent", NULL,
    "Spans, values and events that a receiver took.",
    { "sink" },
  },
  [TELEMETRY_DROPPED] = {
    RUNNEL_METRIC_COUNTER, "runnel_telemetry_dropped", NULL,
    "Spans, values and events that a receiver will never get.",
    { "sink" },
  },
  [TELEMETRY_WAITING] = {
    RUNNEL_METRIC_GAUGE, "runnel_telemetry_waiting", NULL,
    "Spans, values and events that wait for a receiver.",
    { "sink" },
  },
};

/* Where a total goes. */
static const int metric_of_total[] = {
  [RUNNEL_TOTAL_BEGAN] = -1,
  [RUNNEL_TOTAL_RUNS] = RUNS,
  [RUNNEL_TOTAL_RUN_DURATIONS] = RUN_DURATIONS,
  [RUNNEL_TOTAL_RUN_WAITS] = RUN_WAITS,
  [RUNNEL_TOTAL_STEPS] = STEPS,
  [RUNNEL_TOTAL_STEP_DURATIONS] = STEP_DURATIONS,
  [RUNNEL_TOTAL_STEP_WAITS] = STEP_WAITS,
  [RUNNEL_TOTAL_RETRIES] = STEP_RETRIES,
  [RUNNEL_TOTAL_FLAKY] = FLAKY_STEPS,
  [RUNNEL_TOTAL_LAST_RUN] = LAST_RUN,
  [RUNNEL_TOTAL_LAST_SUCCESS] = LAST_SUCCESS,
};

static RunnelMetric *
get_metric (RunnelMetrics *self,
            guint          i)
{
  return g_ptr_array_index (self->metrics, i);
}

static void
set (RunnelMetrics *self,
     guint          i,
     const char    *first,
     const char    *second,
     double         value)
{
  runnel_metric_get_sample (get_metric (self, i), first, second)->value = value;
}

/* --- What was --- */

/* A counter that is first seen when it is 1 was never seen to grow. */
static void
begin_counters (RunnelMetrics *self,
                const char    *pipeline)
{
  for (RunnelState state = 0; state < RUNNEL_N_STATES; state++)
    {
      if (!runnel_state_is_terminal (state))
        continue;
      set (self, RUNS, pipeline, runnel_state_to_string (state), 0);
      set (self, STEPS, pipeline, runnel_state_to_string (state), 0);
    }
  set (self, STEP_RETRIES, pipeline, NULL, 0);
  set (self, FLAKY_STEPS, pipeline, NULL, 0);
}

static void
take_run_total (RunnelMetrics     *self,
                const RunnelTotal *total)
{
  RunnelState state;

  if (runnel_state_from_string (total->label, &state) && runnel_state_is_failure (state))
    set (self, RUN_ERRORS, total->pipeline, total->label, total->n);
}

static void
take_total (RunnelMetrics     *self,
            const RunnelTotal *total)
{
  RunnelMetric *metric = get_metric (self, metric_of_total[total->type]);
  RunnelSample *sample;

  sample = runnel_metric_get_sample (metric, total->pipeline,
                                     metric->info->labels[1] ? total->label : NULL);
  switch (metric->info->type)
    {
    case RUNNEL_METRIC_COUNTER:
      sample->value += total->n;
      break;
    case RUNNEL_METRIC_HISTOGRAM:
      sample->buckets[MIN (total->bucket, RUNNEL_TOTAL_N_BOUNDS)] += total->n;
      sample->count += total->n;
      sample->value += total->sum / (double) G_TIME_SPAN_SECOND;
      break;
    case RUNNEL_METRIC_GAUGE:
    default:
      sample->value = total->sum / (double) G_TIME_SPAN_SECOND;
    }
  if (total->type == RUNNEL_TOTAL_RUNS)
    take_run_total (self, total);
}

static gboolean
read_totals (RunnelMetrics  *self,
             RunnelHistory  *history,
             GError        **error)
{
  g_autoptr(GPtrArray) totals = runnel_history_list_totals (history, error);

  for (guint i = 0; totals && i < totals->len; i++)
    if (*((RunnelTotal *) totals->pdata[i])->pipeline)
      begin_counters (self, ((RunnelTotal *) totals->pdata[i])->pipeline);

  for (guint i = 0; totals && i < totals->len; i++)
    {
      const RunnelTotal *total = totals->pdata[i];

      if (total->type == RUNNEL_TOTAL_BEGAN)
        self->began = total->sum;
      else if (total->type < G_N_ELEMENTS (metric_of_total))
        take_total (self, total);
    }
  return totals != NULL;
}

/* --- What is --- */

static void
take_live (RunnelMetrics         *self,
           const RunnelLiveCount *live)
{
  set (self, RUNS_ACTIVE, live->pipeline, "queued",
       live->n_runs[RUNNEL_STATE_PENDING] + live->n_runs[RUNNEL_STATE_QUEUED]);
  set (self, RUNS_ACTIVE, live->pipeline, "running",
       live->n_runs[RUNNEL_STATE_RUNNING] + live->n_runs[RUNNEL_STATE_WAITING]);
  set (self, STEPS_ACTIVE, live->pipeline, "queued", live->n_steps[RUNNEL_STATE_QUEUED]);
  set (self, STEPS_ACTIVE, live->pipeline, "waiting", live->n_steps[RUNNEL_STATE_WAITING]);
  set (self, STEPS_ACTIVE, live->pipeline, "running", live->n_steps[RUNNEL_STATE_RUNNING]);
}

/* Known pipelines of which nothing runs have the value 0, so that a graph goes down to it. */
static void
begin_live (RunnelMetrics *self)
{
  GPtrArray *known = get_metric (self, LAST_RUN)->samples;

  for (guint i = 0; i < known->len; i++)
    {
      const RunnelSample *sample = g_ptr_array_index (known, i);
      const RunnelLiveCount none = { .pipeline = sample->labels[0] };

      take_live (self, &none);
    }
}

static gboolean
read_live (RunnelMetrics  *self,
           RunnelHistory  *history,
           GError        **error)
{
  g_autoptr(GPtrArray) live = runnel_history_count_live (history, error);

  begin_live (self);
  for (guint i = 0; live && i < live->len; i++)
    take_live (self, g_ptr_array_index (live, i));
  return live != NULL;
}

static gboolean
read_size (RunnelMetrics  *self,
           RunnelHistory  *history,
           GError        **error)
{
  gint64 n_runs = runnel_history_count_runs (history, NULL, error);
  gint64 size, n_free;

  if (n_runs < 0 || !runnel_history_get_database_size (history, &size, &n_free, error))
    return FALSE;
  set (self, HISTORY_RUNS, NULL, NULL, n_runs);
  set (self, HISTORY_SIZE, NULL, NULL, size);
  return TRUE;
}

static void
read_pools (RunnelMetrics  *self,
            RunnelSettings *settings)
{
  g_autofree char *folder = runnel_state_dir_get ("pools");
  g_autoptr(GPtrArray) pools = runnel_pool_usage_list (settings, folder);

  for (guint i = 0; i < pools->len; i++)
    {
      const RunnelPoolUsage *pool = g_ptr_array_index (pools, i);

      set (self, POOL_SLOTS, pool->pool, NULL, pool->n_slots);
      set (self, POOL_USED, pool->pool, NULL, pool->n_used);
      set (self, POOL_WAITING, pool->pool, NULL, pool->n_waiting);
    }
}

static void
read_receivers (RunnelMetrics *self)
{
  for (const char *const *name = runnel_receiver_names; *name; name++)
    {
      g_auto(RunnelReceiverStatus) status = { 0, };

      if (!runnel_receiver_is_known (*name))
        continue;
      runnel_receiver_status_load (*name, &status);
      set (self, TELEMETRY_SENT, *name, NULL, status.record.n_sent);
      set (self, TELEMETRY_DROPPED, *name, NULL, status.record.n_dropped);
      set (self, TELEMETRY_WAITING, *name, NULL, status.waiting.n_facts);
    }
}

/**
 * runnel_metrics_read:
 * @history: where the figures of runs are
 * @settings: which pools there are
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Reads files and the history; that takes the same time however many runs there were, but for
 * counting them.
 *
 * Returns: (transfer full) (nullable): the figures of this moment
 */
RunnelMetrics *
runnel_metrics_read (RunnelHistory   *history,
                     RunnelSettings  *settings,
                     GError         **error)
{
  g_autoptr(RunnelMetrics) self = g_new0 (RunnelMetrics, 1);

  self->metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_metric_free);
  for (guint i = 0; i < N_METRICS; i++)
    g_ptr_array_add (self->metrics, runnel_metric_new (&infos[i]));
  self->time = g_get_real_time ();
  set (self, BUILD_INFO, RUNNEL_VERSION, NULL, 1);
  if (!read_totals (self, history, error) || !read_live (self, history, error) ||
      !read_size (self, history, error))
    return NULL;
  read_pools (self, settings);
  read_receivers (self);
  return g_steal_pointer (&self);
}

void
runnel_metrics_free (RunnelMetrics *self)
{
  g_ptr_array_unref (self->metrics);
  g_free (self);
}
