/* runnel-cli-alerts.c: runnel alerts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "alerts/runnel-alerts.h"
#include "cli/runnel-cli-alerts.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "history/runnel-history-incidents.h"
#include "util/runnel-format.h"

#define MAX_INCIDENTS 100

static RunnelAlertConfig *
load_config (void)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  RunnelAlertConfig *config = runnel_alert_config_new_for (settings);
  g_autofree char *problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);

  if (problems)
    runnel_terminal_print (stderr, "%s\n", problems);
  for (guint i = 0; i < config->problems->len; i++)
    runnel_terminal_print (stderr, "runnel: %s\n",
                           (const char *) g_ptr_array_index (config->problems, i));
  return config;
}

/* --- Incidents --- */

static JsonObject *
notice_to_json (const RunnelNoticeRecord *notice)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "channel", notice->channel);
  json_object_set_string_member (object, "about", notice->is_end ? "resolved" : "opened");
  json_object_set_string_member (object, "state",
                                 notice->delivered ? "delivered" : notice->given_up ? "given-up" : "pending");
  if (notice->problem)
    json_object_set_string_member (object, "problem", notice->problem);
  return object;
}

static JsonObject *
incident_to_json (const RunnelIncident *incident)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_int_member (object, "incident", incident->id);
  json_object_set_string_member (object, "state", incident->resolved > 0 ? "resolved" : "open");
  json_object_set_string_member (object, "rule", incident->rule);
  json_object_set_string_member (object, "pipeline", incident->pipeline);
  json_object_set_string_member (object, "file", incident->file);
  if (incident->step)
    json_object_set_string_member (object, "step", incident->step);
  json_object_set_int_member (object, "opened", incident->opened);
  if (incident->resolved > 0)
    json_object_set_int_member (object, "resolved", incident->resolved);
  if (incident->run > 0)
    {
      json_object_set_int_member (object, "runs", incident->n_runs);
      json_object_set_int_member (object, "first-run", incident->first_run);
      json_object_set_int_member (object, "run", incident->run);
    }
  json_object_set_string_member (object, "text", incident->text);
  if (incident->end)
    json_object_set_string_member (object, "end", incident->end);
  for (guint i = 0; i < incident->told->len; i++)
    json_array_add_object_element (array, notice_to_json (g_ptr_array_index (incident->told, i)));
  json_object_set_array_member (object, "told", array);
  return object;
}

static void
print_json (GPtrArray *incidents)
{
  g_autoptr(JsonArray) array = json_array_sized_new (incidents->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < incidents->len; i++)
    json_array_add_object_element (array, incident_to_json (g_ptr_array_index (incidents, i)));
  json_node_set_array (node, array);
  runnel_cli_print_json (node);
}

static void
print_table (GPtrArray *incidents)
{
  static const char *const titles[] = { "ALERT", "PIPELINE", "STEP", "RULE", "SINCE", "LASTED", "WHAT", NULL };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 6);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < incidents->len; i++)
    {
      const RunnelIncident *incident = g_ptr_array_index (incidents, i);
      gboolean is_open = incident->resolved == 0;
      char *cells[] = {
        g_strdup_printf ("%s %" G_GINT64_FORMAT, is_open ? "open" : "resolved", incident->id),
        g_strdup (incident->pipeline),
        g_strdup (incident->step ? incident->step : ""),
        g_strdup (incident->rule),
        runnel_format_time (incident->opened),
        runnel_format_duration_roughly ((is_open ? now : incident->resolved) - incident->opened),
        g_strdup (is_open ? incident->text : incident->end),
      };

      runnel_cli_table_take_row (table, cells, is_open ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED);
    }
  runnel_cli_table_print (table);
}

static void
print_that_none_is_open (void)
{
  g_autoptr(RunnelAlertConfig) config = load_config ();

  if (config->rules->len == 0)
    fprintf (stderr, "There are no rules: docs/alerts.md tells how to write one.\n");
  else
    fprintf (stderr, "Nothing is wrong by the rules; runnel alerts rules lists them.\n");
}

static int
list (gboolean   all,
      gboolean   as_json,
      GError   **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(GPtrArray) incidents = NULL;

  if (history)
    incidents = runnel_history_list_incidents (history, !all, MAX_INCIDENTS, error);
  if (!incidents)
    return RUNNEL_EXIT_STORE;
  if (as_json)
    print_json (incidents);
  else if (incidents->len > 0)
    print_table (incidents);
  else
    print_that_none_is_open ();
  return RUNNEL_EXIT_SUCCEEDED;
}

/* --- Rules and channels --- */

static void
print_rules (const RunnelAlertConfig *config)
{
  static const char *const titles[] = { "RULE", "PIPELINE", "WHEN IT", "TELLS", NULL };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 2);

  for (guint i = 0; i < config->rules->len; i++)
    {
      const RunnelAlertRule *rule = g_ptr_array_index (config->rules, i);
      char *cells[] = {
        g_strdup (rule->name),
        g_strdup (rule->pipeline),
        runnel_alert_rule_describe (rule),
        g_strjoinv (", ", rule->channels),
      };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
    }
  runnel_cli_table_print (table);
}

static void
print_channels (const RunnelAlertConfig *config)
{
  static const char *const titles[] = { "CHANNEL", "HOW", NULL };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 1);

  for (guint i = 0; i < config->channels->len; i++)
    {
      const RunnelAlertChannel *channel = g_ptr_array_index (config->channels, i);
      char *cells[] = { g_strdup (channel->name), runnel_alert_channel_describe (channel) };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
    }
  runnel_cli_table_print (table);
}

static int
show_rules (void)
{
  g_autoptr(RunnelAlertConfig) config = load_config ();

  if (config->rules->len > 0)
    print_rules (config);
  else
    fprintf (stderr, "There are no rules: docs/alerts.md tells how to write one.\n");
  printf ("\n");
  print_channels (config);
  return config->problems->len > 0 ? RUNNEL_EXIT_USAGE : RUNNEL_EXIT_SUCCEEDED;
}

/* --- Telling --- */

/**
 * runnel_cli_alerts_check:
 * @error: return location for a #RunnelHistoryError
 *
 * Looks whether rules are broken or kept again, and tells whoever is to be told.
 *
 * Returns: the exit code
 */
int
runnel_cli_alerts_check (GError **error)
{
  g_autoptr(RunnelAlertConfig) config = load_config ();
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  guint n_failed = 0;

  if (!history || !runnel_alerts_check (config, history, g_get_real_time (), error) ||
      !runnel_alerts_deliver (config, history, &n_failed, error))
    return RUNNEL_EXIT_STORE;
  if (n_failed > 0)
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                 "%u notice%s did not arrive and will be tried again; runnel alerts --json tells why", n_failed,
                 n_failed == 1 ? "" : "s");
  return n_failed > 0 ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
}

static int
test (const char  *name,
      GError     **error)
{
  g_autoptr(RunnelAlertConfig) config = load_config ();
  const RunnelAlertChannel *channel = runnel_alert_config_find_channel (config, name);
  g_autoptr(RunnelAlertMessage) message = NULL;
  g_autofree char *how = NULL;

  if (!channel)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "there is no channel “%s”; runnel alerts rules lists them", name);
      return RUNNEL_EXIT_NOT_FOUND;
    }
  message = runnel_alert_message_new_test (g_get_real_time ());
  if (!runnel_alert_channel_tell (channel, message, error))
    return RUNNEL_EXIT_FAILED;
  how = runnel_alert_channel_describe (channel);
  runnel_terminal_print (stdout, "A test was sent: %s.\n", how);
  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_alerts (int      argc,
                   char   **argv,
                   GError **error)
{
  gboolean all = FALSE;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, "List also what is resolved", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the incidents as a JSON array", NULL },
    { NULL }
  };
  const char *verb;

  if (!runnel_cli_parse (&argc, &argv, entries, "[rules | check | test CHANNEL]",
                         "Lists what is wrong by the rules in the settings. check looks for it now and tells whoever "
                         "is to be told, as every run does at its end; rules lists the rules and the channels; test "
                         "sends a test message.", 0, 2, error))
    return RUNNEL_EXIT_USAGE;

  verb = argc > 1 ? argv[1] : "list";
  if (argc <= 2 && g_str_equal (verb, "list"))
    return list (all, as_json, error);
  if (argc == 2 && g_str_equal (verb, "rules"))
    return show_rules ();
  if (argc == 2 && g_str_equal (verb, "check"))
    return runnel_cli_alerts_check (error);
  if (argc == 3 && g_str_equal (verb, "test"))
    return test (argv[2], error);

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "usage: runnel alerts, runnel alerts rules, runnel alerts check, or runnel alerts test CHANNEL; "
                       "see runnel alerts --help");
  return RUNNEL_EXIT_USAGE;
}
