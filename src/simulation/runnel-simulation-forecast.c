/* runnel-simulation-forecast.c: how an attempt will probably go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-event.h"
#include "history/runnel-history-estimates.h"
#include "model/runnel-duration.h"
#include "simulation/runnel-simulation-private.h"

/* The leg `build.2` of a matrix goes by `build` when nothing is known of itself. An undo does not:
 * it is another thing to do. */
static gpointer
look_up (GHashTable *table,
         const char *step,
         gboolean   *ret_found)
{
  const char *dot = g_str_has_suffix (step, ".undo") ? NULL : strchr (step, '.');
  g_autofree char *stem = g_strndup (step, dot ? (gsize) (dot - step) : strlen (step));
  gpointer value = NULL;

  *ret_found = table && (g_hash_table_lookup_extended (table, step, NULL, &value) ||
                         g_hash_table_lookup_extended (table, stem, NULL, &value));
  return value;
}

/* A step that lets time pass says itself how much. */
static gboolean
read_own_duration (const RunnelAttempt *attempt,
                   gint64              *ret_duration)
{
  const char *text;

  if (!g_str_equal (attempt->kind, "wait"))
    return FALSE;
  text = json_object_get_string_member_with_default (attempt->with, "for", NULL);

  return text && runnel_duration_parse (text, ret_duration, NULL);
}

static RunnelForecastSource
foresee_duration (const RunnelSimulationOptions *options,
                  const RunnelAttempt           *attempt,
                  gint64                        *ret_duration)
{
  gboolean found;
  const gint64 *given = look_up (options->durations, attempt->step, &found);
  const RunnelEstimate *estimate = look_up (options->estimates, attempt->step, &found);

  if (given)
    {
      *ret_duration = *given;
      return RUNNEL_FORECAST_GIVEN;
    }
  if (read_own_duration (attempt, ret_duration))
    return RUNNEL_FORECAST_PIPELINE;
  if (estimate && estimate->n_attempts > 0)
    {
      *ret_duration = estimate->duration;
      return RUNNEL_FORECAST_HISTORY;
    }
  *ret_duration = options->duration > 0 ? options->duration : RUNNEL_SIMULATION_DURATION;

  return RUNNEL_FORECAST_DEFAULT;
}

static gboolean
foresee_failure (const RunnelSimulationOptions *options,
                 const RunnelAttempt           *attempt)
{
  gboolean found;
  guint n = GPOINTER_TO_UINT (look_up (options->failures, attempt->step, &found));

  return found && (n == 0 || attempt->attempt <= n);
}

/* What waits for a person or a time is shown as waiting. */
static const char *
foresee_wait (const RunnelAttempt *attempt)
{
  if (g_str_equal (attempt->kind, "approval"))
    return "for a person";
  if (g_str_equal (attempt->kind, "wait"))
    return "for its time";

  return NULL;
}

/*
 * _runnel_simulation_foresee:
 * @attempt: an attempt that would be carried out
 * @ret_outcome: (out): how it goes
 *
 * Returns: where its duration comes from
 */
RunnelForecastSource
_runnel_simulation_foresee (const RunnelSimulationOptions *options,
                            const RunnelAttempt           *attempt,
                            RunnelFakeOutcome             *ret_outcome)
{
  gboolean found;
  const RunnelEstimate *estimate = look_up (options->estimates, attempt->step, &found);

  ret_outcome->state = RUNNEL_STATE_SUCCEEDED;
  ret_outcome->waits_for = foresee_wait (attempt);
  if (foresee_failure (options, attempt))
    {
      ret_outcome->state = RUNNEL_STATE_FAILED;
      ret_outcome->exit_code = 1;
      ret_outcome->reason = "It was told to fail";
    }
  else if (estimate)
    ret_outcome->outputs = estimate->outputs;

  return foresee_duration (options, attempt, &ret_outcome->duration);
}

const char *
runnel_forecast_source_to_string (RunnelForecastSource self)
{
  static const char *const names[] = { "default", "history", "pipeline", "given" };

  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (names), NULL);

  return names[self];
}
