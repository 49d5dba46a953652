/* runnel-cli.c: what the commands of `runnel` share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "alerts/runnel-alert-rule.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/limits/runnel-settings.h"
#include "engine/runnel-check-files.h"
#include "engine/runnel-check.h"
#include "engine/runnel-container.h"
#include "engine/runnel-run.h"
#include "interchange/runnel-target.h"
#include "model/runnel-json-write.h"
#include "telemetry/runnel-metrics-server.h"
#include "telemetry/runnel-telemetry-config.h"

G_DEFINE_QUARK (runnel-cli-error-quark, runnel_cli_error)

/* Takes out the "--" that g_option_context_parse() leaves. */
static void
drop_separator (int    *argc,
                char ***argv)
{
  if (*argc < 2 || !g_str_equal ((*argv)[1], "--"))
    return;

  memmove (*argv + 1, *argv + 2, (*argc - 1) * sizeof **argv);
  (*argc)--;
}

static const GOptionEntry *
find_short_entry (const GOptionEntry *entries,
                  char                short_name)
{
  for (; entries && entries->long_name; entries++)
    if (entries->short_name == short_name && entries->arg != G_OPTION_ARG_NONE)
      return entries;

  return NULL;
}

/* GOption does not know "-j4"; it does know "--jobs=4". */
static void
spell_out_short_options (int                  argc,
                         char               **argv,
                         const GOptionEntry  *entries)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      const GOptionEntry *entry;
      g_autofree char *spelled = NULL;

      if (argv[i][0] != '-' || argv[i][1] == '-' || !argv[i][1] || !argv[i][2])
        continue;
      entry = find_short_entry (entries, argv[i][1]);
      if (!entry)
        continue;
      spelled = g_strdup_printf ("--%s=%s", entry->long_name, argv[i] + 2);
      argv[i] = (char *) g_intern_string (spelled);
    }
}

/**
 * runnel_cli_parse:
 * @argc: (inout): number of arguments, the command's name first
 * @argv: (inout): the arguments; what is left are the positional ones after the name
 * @entries: (nullable): the command's options
 * @arguments: the positional ones, as help shows them
 * @summary: what the command does, as help shows it
 * @min_arguments: how many positional ones there must be
 * @max_arguments: how many there may be, -1 = any number
 * @error: return location for a %RUNNEL_CLI_ERROR_USAGE
 *
 * Reads a command's options and checks how many arguments remain. `--help` prints the help and
 * ends the program.
 *
 * Returns: whether the command can go on
 */
gboolean
runnel_cli_parse (int                 *argc,
                  char              ***argv,
                  const GOptionEntry  *entries,
                  const char          *arguments,
                  const char          *summary,
                  int                  min_arguments,
                  int                  max_arguments,
                  GError             **error)
{
  g_autofree char *program = g_strconcat ("runnel ", (*argv)[0], NULL);
  g_autoptr(GOptionContext) context = g_option_context_new (arguments);
  g_autoptr(GError) problem = NULL;
  int n_arguments;

  g_set_prgname (program);
  spell_out_short_options (*argc, *argv, entries);
  g_option_context_set_summary (context, summary);
  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &problem))
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, "%s; see %s --help",
                   problem->message, program);
      return FALSE;
    }

  drop_separator (argc, argv);
  n_arguments = *argc - 1;
  if (n_arguments >= min_arguments && (max_arguments < 0 || n_arguments <= max_arguments))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "usage: %s [OPTION…] %s; see %s --help", program, arguments, program);

  return FALSE;
}

/**
 * runnel_cli_parse_run:
 * @text: a run's number as typed, "12" or "#12"
 * @error: return location for a %RUNNEL_CLI_ERROR_USAGE
 *
 * Returns: the number, or 0 with @error set when it is none
 */
gint64
runnel_cli_parse_run (const char  *text,
                      GError     **error)
{
  gint64 run;

  if (g_ascii_string_to_signed (*text == '#' ? text + 1 : text, 10, 1, G_MAXINT64, &run, NULL))
    return run;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "“%s” is not the number of a run; see runnel list", text);

  return 0;
}

/**
 * runnel_cli_open_history:
 * @error: return location for a #RunnelHistoryError
 *
 * Opens the history and closes the runs that died without a word since the last look.
 *
 * Returns: (transfer full): the history, or %NULL with @error set
 */
RunnelHistory *
runnel_cli_open_history (GError **error)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, error);

  if (!history || !runnel_history_reconcile (history, error))
    return NULL;

  return g_steal_pointer (&history);
}

static guint
print_diagnostics (RunnelDiagnostics *diagnostics,
                   const char        *path)
{
  guint n_errors = 0;

  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *diagnostic = runnel_diagnostics_get (diagnostics, i);
      g_autofree char *line = runnel_diagnostic_to_string (diagnostic, path);

      runnel_terminal_print (stderr, "%s\n", line);
      n_errors += diagnostic->severity == RUNNEL_SEVERITY_ERROR;
    }

  return n_errors;
}

/**
 * runnel_cli_read_pipeline:
 * @path: (type filename): the pipeline's file, for messages
 * @text: what is in it
 * @length: its length in bytes
 * @error: return location for a %RUNNEL_CLI_ERROR_INVALID
 *
 * Reads and checks a pipeline and prints everything there is to say about it on standard error.
 *
 * Returns: (transfer full): the pipeline, or %NULL with @error set when it can't be run
 */
RunnelPipeline *
runnel_cli_read_pipeline (const char  *path,
                          const char  *text,
                          gsize        length,
                          GError     **error)
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) problem = NULL;
  g_autoptr(RunnelPipeline) pipeline =
    runnel_pipeline_new_from_text (text, length, /* diagnostics= */ NULL, &problem);
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  guint n_errors;

  if (pipeline)
    {
      runnel_check_pipeline (pipeline, diagnostics);
      runnel_check_files (pipeline, file, diagnostics);
    }
  runnel_diagnostics_locate (diagnostics, text, length);
  n_errors = print_diagnostics (diagnostics, path);

  if (!pipeline && n_errors == 0)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_INVALID, "%s: %s", path,
                 problem->message);
  else if (n_errors > 0)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_INVALID, "%s has %u error%s and can't "
                 "be run", path, n_errors, n_errors == 1 ? "" : "s");
  else
    return g_steal_pointer (&pipeline);

  return NULL;
}

/**
 * runnel_cli_load_pipeline:
 * @path: (type filename): a pipeline's file of whatever name, “-” is standard input
 * @error: return location for an error that names the file
 *
 * Reads a pipeline to look at it, not to run it: it may have mistakes as long as it can be read.
 *
 * Returns: (transfer full): the pipeline, or %NULL with @error set
 */
RunnelPipeline *
runnel_cli_load_pipeline (const char  *path,
                          GError     **error)
{
  gsize length;
  g_autofree char *text = g_str_equal (path, "-") ? runnel_cli_read_stdin (&length, error)
                                                  : runnel_cli_read_file (path, &length, error);
  RunnelPipeline *pipeline;

  if (text == NULL)
    return NULL;

  pipeline = runnel_pipeline_new_from_text (text, length, /* diagnostics= */ NULL, error);
  if (pipeline == NULL)
    g_prefix_error (error, "%s: ", path);
  return pipeline;
}

/**
 * runnel_cli_print_json:
 * @node: (transfer full): what to print, indented, on standard output
 */
void
runnel_cli_print_json (JsonNode *node)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write (text, node, /* shape= */ NULL, /* indent= */ 0);
  puts (text->str);
  json_node_unref (node);
}

static int
get_own_exit_code (RunnelCliError code)
{
  switch (code)
    {
    case RUNNEL_CLI_ERROR_NOT_FOUND:
      return RUNNEL_EXIT_NOT_FOUND;
    case RUNNEL_CLI_ERROR_STORE:
      return RUNNEL_EXIT_STORE;
    case RUNNEL_CLI_ERROR_USAGE:
    case RUNNEL_CLI_ERROR_INVALID:
    default:
      return RUNNEL_EXIT_USAGE;
    }
}

static int
get_metrics_exit_code (RunnelMetricsServerError code)
{
  return code == RUNNEL_METRICS_SERVER_ERROR_ADDRESS ? RUNNEL_EXIT_USAGE : RUNNEL_EXIT_STORE;
}

static int
get_settings_exit_code (RunnelSettingsError code)
{
  switch (code)
    {
    case RUNNEL_SETTINGS_ERROR_UNKNOWN:
      return RUNNEL_EXIT_NOT_FOUND;
    case RUNNEL_SETTINGS_ERROR_INVALID:
      return RUNNEL_EXIT_USAGE;
    case RUNNEL_SETTINGS_ERROR_UNWRITABLE:
    default:
      return RUNNEL_EXIT_STORE;
    }
}

/**
 * runnel_cli_get_exit_code:
 * @error: why a command failed
 *
 * Returns: the exit code that tells a script the same
 */
int
runnel_cli_get_exit_code (const GError *error)
{
  if (error->domain == RUNNEL_CLI_ERROR)
    return get_own_exit_code (error->code);
  if (error->domain == RUNNEL_SETTINGS_ERROR)
    return get_settings_exit_code (error->code);
  if (error->domain == RUNNEL_METRICS_SERVER_ERROR)
    return get_metrics_exit_code (error->code);
  if (error->domain == RUNNEL_ALERT_ERROR)
    return RUNNEL_EXIT_FAILED;
  if (g_error_matches (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND) ||
      g_error_matches (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE) ||
      g_error_matches (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP) ||
      g_error_matches (error, RUNNEL_CONTAINER_ERROR, RUNNEL_CONTAINER_ERROR_NO_PROGRAM))
    return RUNNEL_EXIT_NOT_FOUND;
  if (g_error_matches (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS))
    return RUNNEL_EXIT_FAILED;
  if (error->domain == RUNNEL_RUN_ERROR || error->domain == RUNNEL_PIPELINE_ERROR ||
      error->domain == RUNNEL_SECRETS_ERROR || error->domain == RUNNEL_EXPORT_ERROR ||
      error->domain == RUNNEL_IMPORT_ERROR ||
      error->domain == RUNNEL_TELEMETRY_ERROR ||
      g_error_matches (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FILTER) ||
      g_error_matches (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE))
    return RUNNEL_EXIT_USAGE;

  return RUNNEL_EXIT_STORE;
}
