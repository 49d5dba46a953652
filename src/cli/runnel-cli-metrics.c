/* runnel-cli-metrics.c: runnel metrics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <stdio.h>

#include "cli/runnel-cli.h"
#include "engine/secrets/runnel-secrets.h"
#include "telemetry/runnel-exposition.h"
#include "telemetry/runnel-metrics-server.h"

static RunnelMetrics *
read_metrics (GError **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  return history ? runnel_metrics_read (history, settings, error) : NULL;
}

static int
print (RunnelExpositionFormat   format,
       GError                 **error)
{
  g_autoptr(RunnelMetrics) metrics = read_metrics (error);
  g_autofree char *text = metrics ? runnel_exposition_write (metrics, format) : NULL;

  if (!text)
    return RUNNEL_EXIT_STORE;
  fputs (text, stdout);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
save (const char  *path,
      GError     **error)
{
  g_autoptr(RunnelMetrics) metrics = read_metrics (error);

  return metrics && runnel_exposition_save (metrics, path, error) ? RUNNEL_EXIT_SUCCEEDED
                                                                  : RUNNEL_EXIT_STORE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static int
serve (const char  *address,
       const char  *token,
       GError     **error)
{
  g_autoptr(RunnelMetricsServer) server = runnel_metrics_server_new (address, token, error);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *url = NULL;

  if (!server)
    return RUNNEL_EXIT_USAGE;

  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  url = runnel_metrics_server_get_url (server);
  printf ("Listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
serve_with_token (const char  *address,
                  const char  *token,
                  GError     **error)
{
  const char *names[] = { token, NULL };
  g_autoptr(RunnelSecrets) secrets = NULL;

  if (!token)
    return serve (address, NULL, error);

  secrets = runnel_secrets_find_sync (names, NULL, error);

  return secrets ? serve (address, runnel_secrets_lookup (secrets, token), error)
                 : RUNNEL_EXIT_USAGE;
}

int
runnel_cli_metrics (int      argc,
                    char   **argv,
                    GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *token = NULL;
  g_autofree char *path = NULL;
  gboolean open_metrics = FALSE;
  const GOptionEntry entries[] = {
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &address,
      "Answer at http://ADDRESS/metrics until interrupted", "ADDRESS" },
    { "token", 0, 0, G_OPTION_ARG_STRING, &token,
      "Answer only who sends the value of this secret as bearer token", "SECRET" },
    { "textfile", 0, 0, G_OPTION_ARG_FILENAME, &path,
      "Replace a file for the textfile collector of the node exporter", "FILE" },
    { "openmetrics", 0, 0, G_OPTION_ARG_NONE, &open_metrics, "Print in the format OpenMetrics",
      NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "", "Prints figures of all runs for Prometheus, or "
                         "lets it ask for them.", 0, 0, error))
    return RUNNEL_EXIT_USAGE;
  if ((address && (path || open_metrics)) || (path && open_metrics) || (token && !address))
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "give one of --listen, --textfile and --openmetrics; --token goes with "
                           "--listen");
      return RUNNEL_EXIT_USAGE;
    }

  if (address)
    return serve_with_token (address, token, error);
  if (path)
    return save (path, error);

  return print (open_metrics ? RUNNEL_EXPOSITION_OPEN_METRICS : RUNNEL_EXPOSITION_TEXT, error);
}
