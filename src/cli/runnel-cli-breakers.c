/* runnel-cli-breakers.c: runnel breakers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli.h"
#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-state-dir.h"
#include "util/runnel-format.h"

static const char *const titles[] = {
  "STEP", "BREAKER", "FAILURES", "LAST IN", "TRIED AGAIN", "FILE", NULL
};

static gint64
get_retry_time (const RunnelBreaker *breaker)
{
  return breaker->opened + breaker->rule.cool_down;
}

static char *
describe_retry (const RunnelBreaker *breaker,
                RunnelBreakerState   state)
{
  switch (state)
    {
    case RUNNEL_BREAKER_OPEN:
      return runnel_format_time (get_retry_time (breaker));
    case RUNNEL_BREAKER_HALF_OPEN:
      if (breaker->probe.run != 0)
        return g_strdup_printf ("by run %" G_GINT64_FORMAT, breaker->probe.run);
      return g_strdup ("by the next run");
    case RUNNEL_BREAKER_CLOSED:
    default:
      return g_strdup ("");
    }
}

static void
add_record (RunnelCliTable            *table,
            const RunnelBreakerRecord *record,
            gint64                     now)
{
  static const RunnelState colors[] = {
    [RUNNEL_BREAKER_CLOSED] = RUNNEL_STATE_PENDING,
    [RUNNEL_BREAKER_OPEN] = RUNNEL_STATE_FAILED,
    [RUNNEL_BREAKER_HALF_OPEN] = RUNNEL_STATE_WAITING,
  };
  const RunnelBreaker *breaker = &record->breaker;
  RunnelBreakerState state = runnel_breaker_get_state (breaker, now);
  char *cells[] = {
    g_strdup (record->step),
    g_strdup (runnel_breaker_state_to_string (state)),
    g_strdup_printf ("%u of %u", breaker->failures, breaker->rule.failures),
    g_strdup_printf ("run %" G_GINT64_FORMAT, breaker->run),
    describe_retry (breaker, state),
    g_strdup (record->file),
  };

  runnel_cli_table_take_row (table, cells, colors[state]);
}

static void
print_table (GPtrArray *records)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 5);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < records->len; i++)
    add_record (table, g_ptr_array_index (records, i), now);
  runnel_cli_table_print (table);
}

static JsonObject *
record_to_json (const RunnelBreakerRecord *record)
{
  const RunnelBreaker *breaker = &record->breaker;
  RunnelBreakerState state = runnel_breaker_get_state (breaker, g_get_real_time ());
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", record->file);
  json_object_set_string_member (object, "step", record->step);
  json_object_set_string_member (object, "state", runnel_breaker_state_to_string (state));
  json_object_set_int_member (object, "failures", breaker->failures);
  json_object_set_int_member (object, "limit", breaker->rule.failures);
  json_object_set_int_member (object, "run", breaker->run);
  if (breaker->opened == 0)
    return object;

  json_object_set_int_member (object, "opened", breaker->opened);
  json_object_set_int_member (object, "retry", get_retry_time (breaker));
  if (breaker->probe.run != 0)
    json_object_set_int_member (object, "probe", breaker->probe.run);

  return object;
}

static void
print_json (GPtrArray *records)
{
  JsonArray *array = json_array_sized_new (records->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, record_to_json (g_ptr_array_index (records, i)));
  json_node_take_array (node, array);
  runnel_cli_print_json (node);
}

static int
list (const char  *path,
      gboolean     as_json,
      GError     **error)
{
  g_autofree char *folder = runnel_state_dir_get ("breakers");
  g_autofree char *file = path ? g_canonicalize_filename (path, NULL) : NULL;
  g_autoptr(GPtrArray) records = runnel_breakers_list (folder, file, error);

  if (!records)
    return RUNNEL_EXIT_STORE;

  if (as_json)
    print_json (records);
  else if (records->len > 0)
    print_table (records);
  else
    fprintf (stderr, "No step with a breaker has failed since it succeeded last.\n");

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
reset (const char  *path,
       const char  *step,
       GError     **error)
{
  g_autofree char *folder = runnel_state_dir_get ("breakers");
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  int n_reset = runnel_breakers_reset (folder, file, step, error);

  if (n_reset < 0)
    return RUNNEL_EXIT_STORE;
  if (n_reset == 0 && step)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "no breaker of a step “%s” of %s has counted a failure; see runnel breakers", step,
                 path);
  else
    printf ("%d breaker%s closed.\n", n_reset, n_reset == 1 ? " is" : "s are");

  return n_reset == 0 && step ? RUNNEL_EXIT_NOT_FOUND : RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_breakers (int      argc,
                     char   **argv,
                     GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the breakers as a JSON array", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "[FILE | reset FILE [STEP]]",
                         "Lists the breakers that have counted failures, or closes them.", 0, 3,
                         error))
    return RUNNEL_EXIT_USAGE;

  if (argc > 2 && g_str_equal (argv[1], "reset"))
    return reset (argv[2], argc > 3 ? argv[3] : NULL, error);
  if (argc <= 2)
    return list (argc > 1 ? argv[1] : NULL, as_json, error);

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "usage: runnel breakers [FILE], or runnel breakers reset FILE [STEP]; "
                       "see runnel breakers --help");

  return RUNNEL_EXIT_USAGE;
}
