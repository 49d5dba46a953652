/* runnel-cli-audit.c: runnel audit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "util/runnel-format.h"

#define DEFAULT_LIMIT 50

static const char *const titles[] = { "TIME", "RUN", "WHAT", "WHO", "FROM", NULL };

static char *
describe_place (const RunnelAuditRecord *record)
{
  if (record->origin && record->host)
    return g_strdup_printf ("%s on %s", record->origin, record->host);

  return g_strdup (record->origin ? record->origin : record->host ? record->host : "");
}

static void
add_record (RunnelCliTable          *table,
            const RunnelAuditRecord *record)
{
  g_autofree char *what = runnel_audit_record_describe (record);
  g_autofree char *place = describe_place (record);
  char *cells[] = {
    runnel_format_time (record->time),
    g_strdup_printf ("%" G_GINT64_FORMAT, record->run),
    runnel_text_make_line (what),
    runnel_text_make_line (record->user ? record->user : ""),
    runnel_text_make_line (place),
  };

  runnel_cli_table_take_row (table, cells, RUNNEL_STATE_SUCCEEDED);
}

static void
print_table (GPtrArray *records)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 2);

  for (guint i = 0; i < records->len; i++)
    add_record (table, g_ptr_array_index (records, i));
  runnel_cli_table_print (table);
}

static void
print_json (GPtrArray *records)
{
  JsonArray *array = json_array_sized_new (records->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array,
                                   runnel_cli_audit_to_json (g_ptr_array_index (records, i)));
  json_node_take_array (node, array);
  runnel_cli_print_json (node);
}

int
runnel_cli_audit (int      argc,
                  char   **argv,
                  GError **error)
{
  int limit = DEFAULT_LIMIT;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit,
      "Without a RUN: show the latest N deeds (default: 50, 0 = all)", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON array", NULL },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GPtrArray) records = NULL;
  gint64 run = 0;

  if (!runnel_cli_parse (&argc, &argv, entries, "[RUN]",
                         "Shows who did what to a run, or to all of them, when and from where. "
                         "Also tells of runs that were deleted.", 0, 1, error) ||
      (argc > 1 && (run = runnel_cli_parse_run (argv[1], error)) == 0))
    return RUNNEL_EXIT_USAGE;

  history = runnel_cli_open_history (error);
  if (history)
    records = runnel_history_list_audit (history, run, run == 0 ? MAX (limit, 0) : 0, error);
  if (!records)
    return RUNNEL_EXIT_STORE;

  if (as_json)
    print_json (records);
  else if (records->len > 0)
    print_table (records);
  else if (run > 0)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "nothing is known of a run %" G_GINT64_FORMAT ", nor that there was one", run);
      return RUNNEL_EXIT_NOT_FOUND;
    }
  else
    fprintf (stderr, "Nobody has done anything yet.\n");

  return RUNNEL_EXIT_SUCCEEDED;
}
