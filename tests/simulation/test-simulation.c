/* test-simulation.c: runs in time that is made up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-run.h"
#include "history/runnel-history-estimates.h"
#include "simulation/runnel-simulation.h"

#define SECOND G_USEC_PER_SEC

typedef struct
{
  RunnelSimulationOptions options;
  RunnelPipeline *pipeline;
  RunnelSimulation *simulation;
  GError *error;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  user_data)
{
  self->options.jobs = 2;
  self->options.durations = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->options.failures = g_hash_table_new (g_str_hash, g_str_equal);
  self->options.estimates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data)
{
  g_clear_pointer (&self->simulation, runnel_simulation_free);
  g_clear_object (&self->pipeline);
  g_clear_error (&self->error);
  g_hash_table_unref (self->options.durations);
  g_hash_table_unref (self->options.failures);
  g_hash_table_unref (self->options.estimates);
}

static void
give_duration (Fixture    *self,
               const char *step,
               gint64      seconds)
{
  gint64 duration = seconds * SECOND;

  g_hash_table_insert (self->options.durations, (char *) step,
                       g_memdup2 (&duration, sizeof duration));
}

static RunnelEstimate *
give_estimate (Fixture    *self,
               const char *step,
               gint64      seconds)
{
  RunnelEstimate *estimate = g_new0 (RunnelEstimate, 1);

  estimate->duration = seconds * SECOND;
  estimate->n_attempts = 1;
  g_hash_table_insert (self->options.estimates, (char *) step, estimate);

  return estimate;
}

/* `text` is the members of a pipeline with ` in place of ". */
static void
simulate (Fixture    *self,
          const char *text)
{
  g_autofree char *json = g_strdup_printf ("{`format`: 1, %s}", text);

  g_strdelimit (json, "`", '"');
  self->pipeline = runnel_pipeline_new_from_text (json, -1, NULL, &self->error);
  g_assert_no_error (self->error);
  self->simulation = runnel_simulation_new (self->pipeline, &self->options, &self->error);
}

static const RunnelTimingRow *
get_row (Fixture    *self,
         const char *step)
{
  guint row;

  g_assert_no_error (self->error);
  g_assert_true (runnel_timing_find_row (self->simulation->timing, step, &row));

  return &self->simulation->timing->rows[row];
}

static void
assert_times (Fixture    *self,
              const char *step,
              gint64      start,
              gint64      end)
{
  const RunnelTimingRow *row = get_row (self, step);

  g_assert_cmpint (row->start - self->simulation->timing->start, ==, start * SECOND);
  g_assert_cmpint (row->end - self->simulation->timing->start, ==, end * SECOND);
}

static void
assert_source (Fixture              *self,
               const char           *step,
               RunnelForecastSource  source)
{
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (self->simulation->sources, step)), ==,
                   source);
}

static guint
get_peak (Fixture    *self,
          guint       index,
          const char *pool,
          guint       slots)
{
  RunnelSimulationPeak *peak = &g_array_index (self->simulation->peaks, RunnelSimulationPeak,
                                               index);

  g_assert_cmpstr (peak->pool, ==, pool);
  g_assert_cmpuint (peak->slots, ==, slots);

  return peak->peak;
}

static void
test_durations (Fixture       *self,
                gconstpointer  user_data)
{
  give_duration (self, "a", 3);
  give_estimate (self, "a", 100);
  give_estimate (self, "b", 4);
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`},"
                  "{`id`: `b`, `kind`: `command`, `needs`: [`a`]},"
                  "{`id`: `c`, `kind`: `command`, `needs`: [`b`]},"
                  "{`id`: `d`, `kind`: `wait`, `with`: {`for`: `1m`}, `needs`: [`c`]}]");
  assert_times (self, "a", 0, 3);
  assert_times (self, "b", 3, 7);
  assert_times (self, "c", 7, 17);
  assert_times (self, "d", 17, 77);
  assert_source (self, "a", RUNNEL_FORECAST_GIVEN);
  assert_source (self, "b", RUNNEL_FORECAST_HISTORY);
  assert_source (self, "c", RUNNEL_FORECAST_DEFAULT);
  assert_source (self, "d", RUNNEL_FORECAST_PIPELINE);
  g_assert_cmpint (self->simulation->timing->totals.wall, ==, 77 * SECOND);
  g_assert_cmpuint (self->simulation->n_by_source[RUNNEL_FORECAST_GIVEN], ==, 1);
}

static void
test_critical_path (Fixture       *self,
                    gconstpointer  user_data)
{
  give_duration (self, "short", 1);
  give_duration (self, "long", 9);
  simulate (self, "`steps`: [{`id`: `first`, `kind`: `command`},"
                  "{`id`: `short`, `kind`: `command`, `needs`: [`first`]},"
                  "{`id`: `long`, `kind`: `command`, `needs`: [`first`]},"
                  "{`id`: `last`, `kind`: `command`, `needs`: [`short`, `long`]}]");
  g_assert_true (get_row (self, "first")->critical);
  g_assert_false (get_row (self, "short")->critical);
  g_assert_true (get_row (self, "long")->critical);
  g_assert_true (get_row (self, "last")->critical);
  g_assert_cmpint (get_row (self, "short")->slack, ==, 8 * SECOND);
}

static void
test_jobs (Fixture       *self,
           gconstpointer  user_data)
{
  self->options.duration = SECOND;
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`}, {`id`: `b`, `kind`: `command`},"
                  "{`id`: `c`, `kind`: `command`}, {`id`: `w`, `kind`: `approval`}]");
  assert_times (self, "c", 0, 2); /* with the time in which it was queued */
  assert_times (self, "w", 0, 1);
  g_assert_cmpuint (get_peak (self, 0, NULL, 2), ==, 2);
}

static void
test_pool_peak (Fixture       *self,
                gconstpointer  user_data)
{
  self->options.jobs = 8;
  simulate (self, "`pools`: {`idle`: 3, `gpu`: 4}, `steps`: ["
                  "{`id`: `a`, `kind`: `command`, `pool`: `gpu`},"
                  "{`id`: `b`, `kind`: `command`, `pool`: {`name`: `gpu`, `slots`: 2}},"
                  "{`id`: `c`, `kind`: `command`, `pool`: `gpu`, `needs`: [`a`, `b`]}]");
  g_assert_no_error (self->error);
  g_assert_cmpuint (get_peak (self, 0, NULL, 8), ==, 2);
  g_assert_cmpuint (get_peak (self, 1, "idle", 3), ==, 0);
  g_assert_cmpuint (get_peak (self, 2, "gpu", 4), ==, 3);
}

static void
test_failure (Fixture       *self,
              gconstpointer  user_data)
{
  g_hash_table_insert (self->options.failures, (char *) "deploy", GUINT_TO_POINTER (0));
  simulate (self, "`steps`: [{`id`: `deploy`, `kind`: `command`,"
                  " `retry`: {`max`: 1, `delay`: `5s`}},"
                  "{`id`: `announce`, `kind`: `command`, `needs`: [`deploy`]},"
                  "{`id`: `mend`, `kind`: `command`,"
                  " `needs`: [{`step`: `deploy`, `on`: `failure`}]}]");
  assert_times (self, "deploy", 0, 25);
  g_assert_cmpint (get_row (self, "deploy")->state, ==, RUNNEL_STATE_FAILED);
  g_assert_cmpint (get_row (self, "announce")->state, ==, RUNNEL_STATE_SKIPPED);
  assert_times (self, "mend", 25, 35);
  g_assert_cmpint (self->simulation->timing->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* The first attempt fails, the second does not. */
static void
test_failure_once (Fixture       *self,
                   gconstpointer  user_data)
{
  g_hash_table_insert (self->options.failures, (char *) "a", GUINT_TO_POINTER (1));
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`, `retry`: 3}]");
  assert_times (self, "a", 0, 20);
  g_assert_cmpint (get_row (self, "a")->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* Conditions see the outputs of the last success. */
static void
test_outputs (Fixture       *self,
              gconstpointer  user_data)
{
  g_autoptr(JsonObject) outputs = json_object_new ();

  json_object_set_string_member (outputs, "changed", "yes");
  give_estimate (self, "a", 1)->outputs = outputs;
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`},"
                  "{`id`: `b`, `kind`: `command`, `needs`: [`a`],"
                  " `if`: `steps.a.outputs.changed == 'yes'`},"
                  "{`id`: `c`, `kind`: `command`, `needs`: [`a`],"
                  " `if`: `steps.a.outputs.changed == 'no'`}]");
  g_assert_cmpint (get_row (self, "b")->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpint (get_row (self, "c")->state, ==, RUNNEL_STATE_SKIPPED);
}

/* A folder that an earlier step would have made. */
static void
test_folder (Fixture       *self,
             gconstpointer  user_data)
{
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`, `working-directory`: `not/yet`}]");
  g_assert_cmpint (get_row (self, "a")->state, ==, RUNNEL_STATE_SUCCEEDED);
}

/* Legs go by what is known of their step, and share its pool. */
static void
test_matrix (Fixture       *self,
             gconstpointer  user_data)
{
  give_duration (self, "a", 3);
  self->options.jobs = 8;
  simulate (self, "`pools`: {`gpu`: 2}, `steps`: [{`id`: `a`, `kind`: `command`, `pool`: `gpu`,"
                  " `matrix`: {`n`: [1, 2, 3, 4]}}]");
  assert_times (self, "a.1", 0, 3);
  g_assert_cmpint (self->simulation->timing->totals.wall, ==, 6 * SECOND);
  g_assert_cmpuint (get_peak (self, 0, NULL, 8), ==, 2);
  g_assert_cmpuint (get_peak (self, 1, "gpu", 2), ==, 2);
}

static void
test_timeout (Fixture       *self,
              gconstpointer  user_data)
{
  simulate (self, "`steps`: [{`id`: `a`, `kind`: `command`, `timeout`: `4s`}]");
  assert_times (self, "a", 0, 4);
  g_assert_cmpint (get_row (self, "a")->state, ==, RUNNEL_STATE_TIMED_OUT);
  g_assert_cmpint (self->simulation->timing->state, ==, RUNNEL_STATE_FAILED);
}

static void
test_error (Fixture       *self,
            gconstpointer  user_data)
{
  simulate (self, "`parameters`: {`p`: {`required`: true}}, `steps`: []");
  g_assert_error (self->error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_PARAMETERS);
  g_assert_null (self->simulation);
}

#define add(path, func) \
  g_test_add ("/simulation/simulation/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  add ("durations", test_durations);
  add ("critical-path", test_critical_path);
  add ("jobs", test_jobs);
  add ("pool-peak", test_pool_peak);
  add ("failure", test_failure);
  add ("failure-once", test_failure_once);
  add ("outputs", test_outputs);
  add ("folder", test_folder);
  add ("matrix", test_matrix);
  add ("timeout", test_timeout);
  add ("error", test_error);

  return g_test_run ();
}
