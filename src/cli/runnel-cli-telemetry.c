/* runnel-cli-telemetry.c: runnel telemetry
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "telemetry/runnel-dispatch.h"
#include "telemetry/runnel-probe.h"
#include "telemetry/runnel-receiver-status.h"
#include "util/runnel-format.h"

static const char *const titles[] = {
  "RECEIVER", "SENT", "WAITING", "LOST", "LATEST", "URL", NULL
};

static RunnelTelemetryConfig *
load_config (RunnelSettings **ret_settings,
             GError         **error)
{
  RunnelTelemetryConfig *config;

  *ret_settings = runnel_settings_load ();
  config = runnel_telemetry_config_new (*ret_settings, error);
  if (!config)
    g_clear_pointer (ret_settings, runnel_settings_free);

  return config;
}

static RunnelTelemetryConfig *
require_config (RunnelSettings **ret_settings,
                GError         **error)
{
  RunnelTelemetryConfig *config = load_config (ret_settings, error);

  if (!config || config->otlp || config->webhook)
    return config;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "nobody is told of runs; set telemetry.otlp.endpoint or "
                       "telemetry.webhook.url with runnel settings set");
  runnel_telemetry_config_free (config);
  g_clear_pointer (ret_settings, runnel_settings_free);

  return NULL;
}

/* --- status --- */

static const RunnelReceiver *
find_receiver (RunnelTelemetryConfig *config,
               const char            *name)
{
  return g_str_equal (name, "otlp") ? config->otlp : config->webhook;
}

static void
add_row (RunnelCliTable             *table,
         const char                 *name,
         const RunnelReceiver       *receiver,
         const RunnelReceiverStatus *status)
{
  gboolean is_ok = runnel_delivery_record_is_ok (&status->record);
  gint64 now = g_get_real_time ();
  char *cells[] = {
    g_strdup (name),
    g_strdup_printf ("%" G_GUINT64_FORMAT, status->record.n_sent),
    g_strdup_printf ("%u", status->waiting.n_facts),
    g_strdup_printf ("%" G_GUINT64_FORMAT, status->record.n_dropped),
    status->record.delivered ? runnel_format_age (status->record.delivered, now) : g_strdup ("-"),
    g_strdup (receiver ? receiver->url : "off"),
  };

  runnel_cli_table_take_row (table, cells, receiver && !is_ok ? RUNNEL_STATE_FAILED
                                                              : RUNNEL_STATE_PENDING);
}

static void
print_problem (const char                 *name,
               const RunnelDeliveryRecord *record)
{
  g_autofree char *time = NULL;

  if (runnel_delivery_record_is_ok (record))
    return;
  time = runnel_format_time (record->failed);
  runnel_terminal_print (stdout, "%s: at %s: %s\n", name, time,
                         record->problem ? record->problem : "it failed");
}

static void
print_status (RunnelTelemetryConfig *config)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 5);
  RunnelReceiverStatus statuses[2] = { 0, };

  for (guint i = 0; runnel_receiver_names[i]; i++)
    {
      runnel_receiver_status_load (runnel_receiver_names[i], &statuses[i]);
      add_row (table, runnel_receiver_names[i], find_receiver (config, runnel_receiver_names[i]),
               &statuses[i]);
    }
  runnel_cli_table_print (table);
  for (guint i = 0; runnel_receiver_names[i]; i++)
    {
      print_problem (runnel_receiver_names[i], &statuses[i].record);
      runnel_receiver_status_clear (&statuses[i]);
    }
  if (config->textfile)
    runnel_terminal_print (stdout, "metrics are written to %s after each run\n", config->textfile);
}

static JsonObject *
status_to_json (const RunnelReceiver       *receiver,
                const RunnelReceiverStatus *status)
{
  JsonObject *object = json_object_new ();

  if (receiver)
    json_object_set_string_member (object, "url", receiver->url);
  else
    json_object_set_null_member (object, "url");
  json_object_set_int_member (object, "sent", status->record.n_sent);
  json_object_set_int_member (object, "waiting", status->waiting.n_facts);
  json_object_set_int_member (object, "waiting-size", status->waiting.size);
  json_object_set_int_member (object, "dropped", status->record.n_dropped);
  json_object_set_int_member (object, "delivered", status->record.delivered);
  json_object_set_int_member (object, "failed", status->record.failed);
  if (status->record.problem)
    json_object_set_string_member (object, "problem", status->record.problem);

  return object;
}

static void
print_status_json (RunnelTelemetryConfig *config)
{
  JsonObject *object = json_object_new ();

  for (const char *const *name = runnel_receiver_names; *name; name++)
    {
      g_auto(RunnelReceiverStatus) status = { 0, };

      runnel_receiver_status_load (*name, &status);
      json_object_set_object_member (object, *name,
                                     status_to_json (find_receiver (config, *name), &status));
    }
  if (config->textfile)
    json_object_set_string_member (object, "textfile", config->textfile);
  else
    json_object_set_null_member (object, "textfile");
  runnel_cli_print_json (json_node_init_object (json_node_alloc (), object));
  json_object_unref (object);
}

static int
show_status (gboolean   as_json,
             GError   **error)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelTelemetryConfig) config = load_config (&settings, error);

  if (!config)
    return RUNNEL_EXIT_USAGE;
  if (as_json)
    print_status_json (config);
  else
    print_status (config);

  return RUNNEL_EXIT_SUCCEEDED;
}

/* --- test --- */

static int
test (GError **error)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelTelemetryConfig) config = require_config (&settings, error);
  g_autoptr(GPtrArray) probes = NULL;
  int code = RUNNEL_EXIT_SUCCEEDED;

  if (!config)
    return RUNNEL_EXIT_USAGE;
  probes = runnel_probe_all (config, settings, NULL);
  for (guint i = 0; i < probes->len; i++)
    {
      const RunnelProbe *probe = g_ptr_array_index (probes, i);

      runnel_terminal_print (stdout, "%s: %s\n", probe->what, probe->answer);
      if (!probe->ok)
        code = RUNNEL_EXIT_FAILED;
    }

  return code;
}

/* --- send --- */

static int
print_dispatches (GPtrArray *dispatches)
{
  int code = RUNNEL_EXIT_SUCCEEDED;

  for (guint i = 0; i < dispatches->len; i++)
    {
      const RunnelDispatch *dispatch = g_ptr_array_index (dispatches, i);

      printf ("%s: %" G_GUINT64_FORMAT " sent", dispatch->receiver, dispatch->n_sent);
      if (dispatch->n_dropped > 0)
        printf (", %" G_GUINT64_FORMAT " thrown away", dispatch->n_dropped);
      if (dispatch->problem)
        code = RUNNEL_EXIT_FAILED;
      printf ("%s%s\n", dispatch->problem ? ": " : "", dispatch->problem ? dispatch->problem : "");
    }

  return code;
}

static int
send_run (RunnelTelemetryConfig  *config,
          const char             *text,
          GError                **error)
{
  gint64 run = runnel_cli_parse_run (text, error);
  g_autoptr(RunnelHistory) history = run > 0 ? runnel_cli_open_history (error) : NULL;
  g_autoptr(GPtrArray) dispatches = NULL;

  if (run == 0)
    return RUNNEL_EXIT_USAGE;
  if (history)
    dispatches = runnel_dispatch_run (config, history, run, error);

  return dispatches ? print_dispatches (dispatches) : RUNNEL_EXIT_STORE;
}

static int
send (const char  *run,
      GError     **error)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelTelemetryConfig) config = require_config (&settings, error);
  g_autoptr(GPtrArray) dispatches = NULL;

  if (!config)
    return RUNNEL_EXIT_USAGE;
  if (run)
    return send_run (config, run, error);
  dispatches = runnel_dispatch_waiting (config);

  return print_dispatches (dispatches);
}

int
runnel_cli_telemetry (int      argc,
                      char   **argv,
                      GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the status as a JSON object", NULL },
    { NULL }
  };
  const char *verb;

  if (!runnel_cli_parse (&argc, &argv, entries, "[status | test | send [RUN]]",
                         "Shows who is told of runs, tells them something to try it, or tells them "
                         "of a run once more; send without RUN delivers what waits.", 0, 2, error))
    return RUNNEL_EXIT_USAGE;

  verb = argc > 1 ? argv[1] : "status";
  if (argc < 3 && g_str_equal (verb, "status"))
    return show_status (as_json, error);
  if (argc < 3 && g_str_equal (verb, "test"))
    return test (error);
  if (g_str_equal (verb, "send"))
    return send (argc > 2 ? argv[2] : NULL, error);

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "usage: runnel telemetry [status | test | send [RUN]]; see runnel telemetry --help");

  return RUNNEL_EXIT_USAGE;
}
