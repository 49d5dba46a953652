/* runnel-run-teller.c: tells receivers of runs once more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/telemetry/runnel-run-teller.h"
#include "telemetry/runnel-dispatch.h"

static RunnelTelemetryConfig *
load_config (GError **error)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  RunnelTelemetryConfig *config = runnel_telemetry_config_new (settings, error);

  if (!config || config->otlp || config->webhook)
    return config;
  runnel_telemetry_config_free (config);
  g_set_error_literal (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_CONFIG,
                       _("Nobody is told of runs; see the preferences under Telemetry"));
  return NULL;
}

/* Stops at the first receiver that can't be told: it is none the wiser of the next run. */
static gboolean
take_dispatches (GPtrArray *dispatches,
                 guint64   *n_sent,
                 GError   **error)
{
  for (guint i = 0; i < dispatches->len; i++)
    {
      const RunnelDispatch *dispatch = g_ptr_array_index (dispatches, i);

      *n_sent += dispatch->n_sent;
      if (dispatch->problem)
        {
          g_set_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED, "%s: %s",
                       dispatch->receiver, dispatch->problem);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
tell_all (GArray       *runs,
          GCancellable *cancellable,
          guint64      *n_sent,
          GError      **error)
{
  g_autoptr(RunnelTelemetryConfig) config = load_config (error);
  g_autoptr(RunnelHistory) history = config ? runnel_history_open (NULL, error) : NULL;

  for (guint i = 0; history && i < runs->len; i++)
    {
      g_autoptr(GPtrArray) dispatches = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      dispatches = runnel_dispatch_run (config, history, g_array_index (runs, gint64, i), error);
      if (!dispatches || !take_dispatches (dispatches, n_sent, error))
        return FALSE;
    }
  return history != NULL;
}

static void
tell_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  guint64 n_sent = 0;
  GError *error = NULL;

  if (tell_all (task_data, cancellable, &n_sent, &error))
    /* translators: spans and events that receivers of telemetry took */
    g_task_return_pointer (task, g_strdup_printf (_("%lu spans and events sent"), (gulong) n_sent),
                           g_free);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_run_teller_tell_async:
 * @runs: (array length=n_runs): numbers of runs that are over
 *
 * Tells the receivers of the settings of each run, as `runnel telemetry send` does.
 */
void
runnel_run_teller_tell_async (const gint64        *runs,
                              guint                n_runs,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof *runs, n_runs);

  g_task_set_source_tag (task, runnel_run_teller_tell_async);
  g_array_append_vals (copy, runs, n_runs);
  g_task_set_task_data (task, copy, (GDestroyNotify) g_array_unref);
  g_task_run_in_thread (task, tell_thread);
}

/**
 * runnel_run_teller_tell_finish:
 * @error: a #RunnelTelemetryError or #RunnelHistoryError: why not all runs were told
 *
 * Returns: (transfer full) (nullable): how much was told, for people
 */
char *
runnel_run_teller_tell_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_run_teller_tell_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
