/* runnel-cli-told.c: who is told of a run, if anybody is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli-told.h"

static void
add_steps (RunnelRunFacts *facts,
           RunnelPipeline *pipeline)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      runnel_run_facts_add_step (facts, step->id, step->name, step->kind);
    }
}

static RunnelRunFacts *
gather_facts (RunnelCliOrder  *order,
              gint64           run,
              GError         **error)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, error);
  RunnelRunFacts *facts = NULL;

  if (history)
    facts = runnel_run_facts_new (history, run, g_getenv (RUNNEL_TRACE_VARIABLE), order->trigger,
                                  error);
  if (facts)
    add_steps (facts, order->pipeline);

  return facts;
}

/**
 * runnel_cli_told_init:
 * @self: all zero
 * @order: what is to run
 * @settings: those of the machine
 * @run: the number of the run, which is in the history
 *
 * Looks into the settings of the machine whether somebody is to be told of the run. What is wrong
 * with them is said, and keeps nothing from running.
 */
void
runnel_cli_told_init (RunnelCliTold  *self,
                      RunnelCliOrder *order,
                      RunnelSettings *settings,
                      gint64          run)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelTelemetryConfig) config = runnel_telemetry_config_new (settings, &error);
  RunnelRunFacts *facts = NULL;

  if (config && runnel_telemetry_config_is_empty (config))
    return;
  if (config)
    facts = gather_facts (order, run, &error);
  if (!facts)
    {
      runnel_terminal_print (stderr, "runnel: nobody is told of this run: %s\n", error->message);
      return;
    }

  if (config->otlp && config->traces)
    self->trace = runnel_trace_context_ref (facts->trace);
  self->telemetry = runnel_telemetry_new (g_steal_pointer (&config), facts);
}

/**
 * runnel_cli_told_close:
 *
 * Waits for a short time until those who are told have got it.
 */
void
runnel_cli_told_close (RunnelCliTold *self)
{
  g_clear_pointer (&self->telemetry, runnel_telemetry_close);
  g_clear_pointer (&self->trace, runnel_trace_context_unref);
}
