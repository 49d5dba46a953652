/* runnel-simulation-text.c: what came out of a simulation, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "simulation/runnel-simulation.h"
#include "util/runnel-format.h"

/**
 * runnel_simulation_describe_end:
 * @self: a simulation
 *
 * Returns: (transfer full): "The run would have succeeded after 3 min 20 s"
 */
char *
runnel_simulation_describe_end (RunnelSimulation *self)
{
  g_autofree char *duration = runnel_format_duration (self->timing->totals.wall);

  return g_strdup_printf ("The run would have %s after %s",
                          runnel_state_to_string (self->timing->state), duration);
}

/**
 * runnel_simulation_describe_path:
 * @self: a simulation
 *
 * Returns: (transfer full): the critical path: "build → deploy (2 min 0 s of work)"
 */
char *
runnel_simulation_describe_path (RunnelSimulation *self)
{
  const RunnelTiming *timing = self->timing;
  g_autofree char *duration = runnel_format_duration (timing->totals.critical);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < timing->n_critical; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " → " : "",
                            timing->rows[timing->critical_path[i]].id);
  g_string_append_printf (text, " (%s of work)", duration);
  return g_string_free (text, FALSE);
}

/**
 * runnel_simulation_describe_peaks:
 * @self: a simulation
 *
 * Returns: (transfer full): "2 of 4 jobs, 1 of 1 of the pool gpu"
 */
char *
runnel_simulation_describe_peaks (RunnelSimulation *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->peaks->len; i++)
    {
      RunnelSimulationPeak *peak = &g_array_index (self->peaks, RunnelSimulationPeak, i);

      if (peak->pool)
        g_string_append_printf (text, ", %u of %u of the pool %s", peak->peak, peak->slots,
                                peak->pool);
      else
        g_string_append_printf (text, "%u of %u job%s", peak->peak, peak->slots,
                                peak->slots == 1 ? "" : "s");
    }
  return g_string_free (text, FALSE);
}

/**
 * runnel_simulation_describe_sources:
 * @self: a simulation
 *
 * Says where the durations come from, so that nobody takes a guess for a measurement.
 *
 * Returns: (transfer full): "3 from the history, 1 given, 0 of waits, 1 unknown, taken as 10 s"
 */
char *
runnel_simulation_describe_sources (RunnelSimulation *self)
{
  g_autofree char *guess = runnel_format_duration (self->duration);

  return g_strdup_printf ("%u from the history, %u given, %u of waits, %u unknown, taken as %s",
                          self->n_by_source[RUNNEL_FORECAST_HISTORY],
                          self->n_by_source[RUNNEL_FORECAST_GIVEN],
                          self->n_by_source[RUNNEL_FORECAST_PIPELINE],
                          self->n_by_source[RUNNEL_FORECAST_DEFAULT], guess);
}
