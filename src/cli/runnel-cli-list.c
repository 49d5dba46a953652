/* runnel-cli-list.c: runnel list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-run-columns.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli.h"
#include "util/runnel-csv.h"

#define DEFAULT_LIMIT 20
#define CSV_PAGE 500

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

static guint
find_flexible (GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (runnel_cli_run_column_get_name (columns->pdata[i]), "pipeline"))
      return i;

  return columns->len - 1;
}

static void
print_table (GPtrArray *runs,
             GPtrArray *columns)
{
  g_autofree const char **titles = g_new0 (const char *, columns->len + 1);
  g_autofree char **cells = g_new0 (char *, columns->len);
  g_autoptr(RunnelCliTable) table = NULL;

  for (guint i = 0; i < columns->len; i++)
    titles[i] = runnel_cli_run_column_get_title (columns->pdata[i]);
  table = runnel_cli_table_new (titles, find_flexible (columns));
  for (guint i = 0; i < runs->len; i++)
    {
      const RunnelRunRecord *run = g_ptr_array_index (runs, i);

      for (guint j = 0; j < columns->len; j++)
        cells[j] = runnel_cli_run_column_show (columns->pdata[j], run);
      runnel_cli_table_take_row (table, cells, run->state);
    }
  runnel_cli_table_print (table);
}

static void
print_csv_row (GPtrArray             *columns,
               const RunnelRunRecord *run,
               GString               *csv)
{
  g_auto(GStrv) values = g_new0 (char *, columns->len + 1);

  for (guint i = 0; i < columns->len; i++)
    values[i] = run ? runnel_cli_run_column_write (columns->pdata[i], run)
                    : g_strdup (runnel_cli_run_column_get_name (columns->pdata[i]));
  g_string_truncate (csv, 0);
  runnel_csv_append_row (csv, (const char *const *) values);
  fputs (csv->str, stdout);
}

/* A whole history is not to be in memory at once. */
static gboolean
print_csv (RunnelHistory  *history,
           GArray         *runs,
           GPtrArray      *columns,
           GError        **error)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  print_csv_row (columns, NULL, csv);
  for (guint i = 0; i < runs->len; i += CSV_PAGE)
    {
      g_autoptr(GPtrArray) page =
        runnel_history_load_runs (history, &g_array_index (runs, gint64, i),
                                  MIN (runs->len - i, CSV_PAGE), error);

      if (!page)
        return FALSE;
      for (guint j = 0; j < page->len; j++)
        print_csv_row (columns, page->pdata[j], csv);
    }

  return TRUE;
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

/* How the runs are printed. */
typedef struct
{
  gboolean as_json;
  gboolean as_csv;
  char *names;
  GPtrArray *columns; /* of RunnelCliRunColumn */
} Form;

static void
form_clear (Form *self)
{
  g_free (self->names);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

static gboolean
form_complete (Form    *self,
               GError **error)
{
  const char *names = self->as_csv ? RUNNEL_CLI_ALL_RUN_COLUMNS : RUNNEL_CLI_RUN_COLUMNS;

  if (self->as_json && (self->as_csv || self->names))
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "--json prints all there is; leave out --csv and --columns");
      return FALSE;
    }
  self->columns = runnel_cli_run_columns_parse (self->names ? self->names : names, error);

  return self->columns != NULL;
}

static gboolean
print_runs (RunnelHistory  *history,
            GArray         *runs,
            const Form     *form,
            GError        **error)
{
  g_autoptr(GPtrArray) records = NULL;

  if (form->as_csv)
    return print_csv (history, runs, form->columns, error);

  records = runnel_history_load_runs (history, (const gint64 *) runs->data, runs->len, error);
  if (!records)
    return FALSE;
  if (form->as_json)
    print_json (records);
  else if (records->len > 0)
    print_table (records, form->columns);

  return TRUE;
}

/* What stands there in place of an empty table. */
static void
explain_emptiness (const RunnelRunFilter *filter)
{
  if (runnel_run_filter_is_empty (filter))
    fprintf (stderr, "There are no runs yet; start one with runnel run FILE.\n");
  else
    fprintf (stderr, "There are no such runs.\n");
}

int
runnel_cli_list (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(FilterOptions) options = { 0, };
  g_auto(Form) form = { 0, };
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 'n', 0, G_OPTION_ARG_INT, &limit, "Show at most N runs (default: 20, 0 = all)", "N" },
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
    { "columns", 0, 0, G_OPTION_ARG_STRING, &form.names,
      "Print these, with commas between them: run, state, labels, param:NAME, ...", "NAMES" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &form.as_json, "Print the runs as a JSON array", NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &form.as_csv, "Print a table for spreadsheets", NULL },
    { NULL }
  };
  g_autoptr(RunnelRunFilter) filter = NULL;
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GArray) runs = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "[WORD…]", "Lists runs, the latest first.", 0,
                         G_MAXINT, error) ||
      !form_complete (&form, error) || !(filter = make_filter (&options, argv + 1, error)))
    return RUNNEL_EXIT_USAGE;

  history = runnel_cli_open_history (error);
  if (history)
    runs = runnel_history_find_runs (history, filter, error);
  if (!runs)
    return RUNNEL_EXIT_STORE;
  if (limit > 0 && runs->len > (guint) limit)
    g_array_set_size (runs, limit);
  if (!print_runs (history, runs, &form, error))
    return RUNNEL_EXIT_STORE;
  if (runs->len == 0 && !form.as_json && !form.as_csv)
    explain_emptiness (filter);

  return RUNNEL_EXIT_SUCCEEDED;
}
