/* runnel-cli-list.c: runnel list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "util/runnel-format.h"

#define DEFAULT_LIMIT 20

static const char *const titles[] = {
  "RUN", "STATE", "PIPELINE", "STARTED", "TIME", "STEPS", NULL
};

static char *
describe_steps (const RunnelRunRecord *run)
{
  guint n_over = 0;

  for (int i = 0; i < RUNNEL_N_STATES; i++)
    if (runnel_state_is_terminal (i))
      n_over += run->n_by_state[i];

  return g_strdup_printf ("%u/%u", n_over, run->n_steps);
}

/* A run that waits for others says for whom. */
static char *
describe_pipeline (const RunnelRunRecord *run)
{
  const char *name = run->pipeline ? run->pipeline : "";

  if (run->state == RUNNEL_STATE_QUEUED && run->reason)
    return g_strdup_printf ("%s (%s)", name, run->reason);

  return g_strdup (name);
}

static void
add_run (RunnelCliTable        *table,
         const RunnelRunRecord *run,
         gint64                 now)
{
  gint64 end = run->finished > 0 ? run->finished : now;
  char *cells[] = {
    g_strdup_printf ("%" G_GINT64_FORMAT, run->id),
    g_strdup_printf ("%s %s", runnel_state_get_mark (run->state),
                     runnel_state_to_string (run->state)),
    describe_pipeline (run),
    runnel_format_time (run->started),
    runnel_format_duration (end - run->started),
    describe_steps (run),
  };

  runnel_cli_table_take_row (table, cells, run->state);
}

static void
print_table (GPtrArray *runs)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 2);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < runs->len; i++)
    add_run (table, g_ptr_array_index (runs, i), now);
  runnel_cli_table_print (table);
}

static void
print_json (GPtrArray *runs)
{
  JsonArray *array = json_array_sized_new (runs->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < runs->len; i++)
    json_array_add_object_element (array, runnel_cli_run_to_json (g_ptr_array_index (runs, i)));
  json_node_take_array (node, array);
  runnel_cli_print_json (node);
}

static gboolean
set_state (RunnelHistoryFilter  *filter,
           const char           *text,
           GError              **error)
{
  RunnelState state;

  if (!text)
    return TRUE;
  if (runnel_state_from_string (text, &state))
    {
      filter->state = state;
      return TRUE;
    }

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--state: there is no state “%s”; write running, succeeded, failed, ...", text);

  return FALSE;
}

int
runnel_cli_list (int      argc,
                 char   **argv,
                 GError **error)
{
  RunnelHistoryFilter filter = { NULL, -1, NULL, 0, 0 };
  g_autofree char *pipeline = NULL;
  g_autofree char *state = NULL;
  g_autofree char *text = NULL;
  int limit = DEFAULT_LIMIT;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "Show at most N runs (default: 20)", "N" },
    { "pipeline", 0, 0, G_OPTION_ARG_STRING, &pipeline, "Only runs of this pipeline or file",
      "NAME" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &state, "Only runs in this state", "STATE" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, "Only runs with this in name, file or reason",
      "TEXT" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the runs as a JSON array", NULL },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GPtrArray) runs = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "", "Lists runs, the latest first.", 0, 0, error) ||
      !set_state (&filter, state, error))
    return RUNNEL_EXIT_USAGE;

  filter.pipeline = pipeline;
  filter.text = text;
  filter.limit = MAX (limit, 1);
  history = runnel_cli_open_history (error);
  if (history)
    runs = runnel_history_list_runs (history, &filter, error);
  if (!runs)
    return RUNNEL_EXIT_STORE;

  if (as_json)
    print_json (runs);
  else if (runs->len > 0)
    print_table (runs);
  else
    fprintf (stderr, "There are no such runs yet; start one with runnel run FILE.\n");

  return RUNNEL_EXIT_SUCCEEDED;
}
