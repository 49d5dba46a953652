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

/* The keys of a filter that are options, too. */
enum
{
  KEY_PIPELINE, KEY_STATE, KEY_TRIGGER, KEY_SINCE, KEY_UNTIL, KEY_PARAM, KEY_LABEL, KEY_PARENT,
  KEY_BEFORE, KEY_IS,
};

static const char *const filter_keys[] = {
  "pipeline", "state", "trigger", "since", "until", "param", "label", "parent", "before", "is",
};

#define FILTER_OPTION(key, name, description, value)                                     \
  { name, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.values[key], description, value }

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

/* The values of the options that say which runs are wanted, each NULL or with some in it. */
typedef struct
{
  char **values[G_N_ELEMENTS (filter_keys)];
  char **texts;
  gboolean pinned;
} FilterOptions;

static void
filter_options_clear (FilterOptions *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_keys); i++)
    g_strfreev (self->values[i]);
  g_strfreev (self->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FilterOptions, filter_options_clear)

static gboolean
add_values (RunnelRunFilter  *filter,
            const char       *key,
            char            **values,
            GError          **error)
{
  for (; values && *values; values++)
    if (!runnel_run_filter_add (filter, key, *values, error))
      return FALSE;

  return TRUE;
}

/* The options say the same as the words; an option's value needs no quotes. */
static RunnelRunFilter *
make_filter (const FilterOptions  *options,
             char                **words,
             GError              **error)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (filter_keys); i++)
    if (!add_values (filter, filter_keys[i], options->values[i], error))
      return NULL;
  for (; *words; words++)
    if (!runnel_run_filter_parse_word (filter, *words, error))
      return NULL;
  for (char **text = options->texts; text && *text; text++)
    g_ptr_array_add (filter->texts, g_strdup (*text));
  filter->pinned |= options->pinned;

  return g_steal_pointer (&filter);
}

int
runnel_cli_list (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(FilterOptions) options = { 0, };
  int limit = DEFAULT_LIMIT;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "Show at most N runs (default: 20)", "N" },
    FILTER_OPTION (KEY_PIPELINE, "pipeline", "Only runs of this pipeline or file", "NAME"),
    FILTER_OPTION (KEY_STATE, "state", "Only runs in this state; may be repeated", "STATE"),
    FILTER_OPTION (KEY_TRIGGER, "trigger", "Only runs started by this: manual, rerun, ...", "KIND"),
    FILTER_OPTION (KEY_SINCE, "since", "Only runs that began since then: 2d, 2026-11-01", "TIME"),
    FILTER_OPTION (KEY_UNTIL, "until", "Only runs that began until then", "TIME"),
    FILTER_OPTION (KEY_PARAM, "param", "Only runs with this parameter; may be repeated",
                   "NAME[=VALUE]"),
    FILTER_OPTION (KEY_LABEL, "label", "Only runs with this label; may be repeated", "LABEL"),
    FILTER_OPTION (KEY_PARENT, "parent", "Only runs that steps of this run started", "RUN"),
    FILTER_OPTION (KEY_BEFORE, "before", "Only runs that come after this one in the list", "RUN"),
    FILTER_OPTION (KEY_IS, "is", "Only runs that are active, failure, pinned or top-level", "WHAT"),
    { "pinned", 0, 0, G_OPTION_ARG_NONE, &options.pinned, "Only runs that are pinned", NULL },
    { "text", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.texts,
      "Only runs with this in name, file or what went wrong", "TEXT" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the runs as a JSON array", NULL },
    { NULL }
  };
  g_autoptr(RunnelRunFilter) filter = NULL;
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GPtrArray) runs = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "[WORD…]", "Lists runs, the latest first.", 0,
                         G_MAXINT, error) ||
      !(filter = make_filter (&options, argv + 1, error)))
    return RUNNEL_EXIT_USAGE;

  history = runnel_cli_open_history (error);
  if (history)
    runs = runnel_history_list_runs (history, filter, MAX (limit, 1), error);
  if (!runs)
    return RUNNEL_EXIT_STORE;

  if (as_json)
    print_json (runs);
  else if (runs->len > 0)
    print_table (runs);
  else if (runnel_run_filter_is_empty (filter))
    fprintf (stderr, "There are no runs yet; start one with runnel run FILE.\n");
  else
    fprintf (stderr, "There are no such runs.\n");

  return RUNNEL_EXIT_SUCCEEDED;
}
