/* runnel-cli-history.c: runnel history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/runnel-cli.h"
#include "history/exchange/runnel-export.h"
#include "history/exchange/runnel-import.h"

/* --- Progress --- */

static void
show_export_cb (guint64  n_done,
                guint64  n_all,
                gpointer user_data)
{
  fprintf (stderr, "\r%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " runs\033[K", n_done, n_all);
  fflush (stderr);
}

static void
show_import_cb (const RunnelImportResult *result,
                gpointer                  user_data)
{
  g_autofree char *read = g_format_size (result->offset);

  fprintf (stderr, "\r%s read, %" G_GUINT64_FORMAT " runs added\033[K", read, result->n_added);
  fflush (stderr);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    fprintf (stderr, "\r\033[K");
}

/* --- Export --- */

typedef struct
{
  char *output;    /* NULL or "-" = standard output */
  gboolean compress;
  gboolean without_files;
  gboolean without_artifacts;
} ExportOptions;

static RunnelRunFilter *
make_filter (char   **words,
             GError **error)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  for (; *words; words++)
    if (!runnel_run_filter_parse_word (filter, *words, error))
      return NULL;
  return g_steal_pointer (&filter);
}

/* Where the runs themselves may go, nothing else does. */
static void
print_exported (const RunnelExportResult *result)
{
  fprintf (stderr, "%" G_GUINT64_FORMAT " run%s exported\n", result->n_runs,
           result->n_runs == 1 ? "" : "s");
  if (result->n_active > 0)
    fprintf (stderr, "%" G_GUINT64_FORMAT " left out: not over yet\n", result->n_active);
  if (result->n_unreadable > 0)
    fprintf (stderr, "%" G_GUINT64_FORMAT " %s could not be read and %s left out\n",
             result->n_unreadable, result->n_unreadable == 1 ? "file or folder" : "files or folders",
             result->n_unreadable == 1 ? "is" : "are");
}

/* To standard output without a path. */
static int
export_to (const char             *path,
           const RunnelRunFilter  *filter,
           const ExportOptions    *options,
           GError                **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelExportResult result;
  RunnelExportOptions export = {
    .compress = options->compress,
    .without_files = options->without_files,
    .without_artifacts = options->without_artifacts,
    .progress = isatty (STDERR_FILENO) ? show_export_cb : NULL,
  };
  gboolean ok;

  if (!history)
    return RUNNEL_EXIT_STORE;
  ok = path ? runnel_history_export_to_file (history, filter, path, &export, &result, NULL, error)
            : runnel_history_export (history, filter, STDOUT_FILENO, &export, &result, NULL, error);
  end_progress ();
  if (ok)
    print_exported (&result);
  return ok ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_STORE;
}

static int
export_history (int      argc,
                char   **argv,
                GError **error)
{
  g_autofree char *output = NULL;
  ExportOptions options = { 0, };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Write to this file; - is standard output, which it is without this option", "FILE" },
    { "compress", 'z', 0, G_OPTION_ARG_NONE, &options.compress,
      "Compress with zstd, as it is done for files that end in .zst", NULL },
    { "no-artifacts", 0, 0, G_OPTION_ARG_NONE, &options.without_artifacts,
      "Leave out the files that steps left", NULL },
    { "no-files", 0, 0, G_OPTION_ARG_NONE, &options.without_files,
      "Leave out logs, too: only facts", NULL },
    { NULL }
  };
  g_autoptr(RunnelRunFilter) filter = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "[WORD…]",
                         "Writes runs with their logs and artifacts into one file, those that pass "
                         "the filter of the words (as in runnel list), or all. They can be added "
                         "to another history with runnel history import.", 0, G_MAXINT, error))
    return RUNNEL_EXIT_USAGE;
  filter = make_filter (argv + 1, error);
  if (!filter)
    return RUNNEL_EXIT_USAGE;

  if (output && !g_str_equal (output, "-"))
    return export_to (output, filter, &options, error);
  if (isatty (STDOUT_FILENO))
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "say where to: -o FILE, or into another program");
      return RUNNEL_EXIT_USAGE;
    }
  return export_to (NULL, filter, &options, error);
}

/* --- Import --- */

static void
print_imported (const RunnelImportResult *result,
                gboolean                  as_json)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "added", result->n_added);
  json_object_set_int_member (object, "known", result->n_known);
  json_node_take_object (node, object);
  if (as_json)
    {
      runnel_cli_print_json (node);
      return;
    }
  json_node_unref (node);
  printf ("%" G_GUINT64_FORMAT " run%s added, %" G_GUINT64_FORMAT " known already\n",
          result->n_added, result->n_added == 1 ? "" : "s", result->n_known);
}

static int
import_from (int         fd,
             const char *path,
             gboolean    as_json,
             GError    **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelImportResult result;
  gboolean ok;

  if (!history)
    return RUNNEL_EXIT_STORE;
  ok = runnel_history_import (history, fd, isatty (STDERR_FILENO) ? show_import_cb : NULL, NULL,
                              &result, NULL, error);
  end_progress ();
  if (ok || result.n_added > 0)
    print_imported (&result, as_json);
  if (!ok)
    g_prefix_error (error, "%s: ", path);
  return ok ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_STORE;
}

static int
import_history (int      argc,
                char   **argv,
                GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print what was added as a JSON object", NULL },
    { NULL }
  };
  int fd, code;

  if (!runnel_cli_parse (&argc, &argv, entries, "FILE|-",
                         "Adds the runs of a file that runnel history export wrote. Those that "
                         "are in the history already stay as they are.", 1, 1, error))
    return RUNNEL_EXIT_USAGE;
  if (g_str_equal (argv[1], "-"))
    return import_from (STDIN_FILENO, "standard input", as_json, error);

  fd = open (argv[1], O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "Can't read the file “%s”: %s", argv[1], g_strerror (errno));
      return RUNNEL_EXIT_NOT_FOUND;
    }
  code = import_from (fd, argv[1], as_json, error);
  close (fd);
  return code;
}

/* The verb has options of its own. */
int
runnel_cli_history (int      argc,
                    char   **argv,
                    GError **error)
{
  const char *verb = argc > 1 ? argv[1] : "";

  if (g_str_equal (verb, "export") || g_str_equal (verb, "import"))
    {
      g_autofree char *name = g_strconcat (argv[0], " ", verb, NULL);

      argv[1] = name;
      return g_str_equal (verb, "export") ? export_history (argc - 1, argv + 1, error)
                                          : import_history (argc - 1, argv + 1, error);
    }
  if (!runnel_cli_parse (&argc, &argv, NULL, "export|import",
                         "Writes runs into a file, or adds those of a file: runnel history export "
                         "--help and runnel history import --help tell more.", 0, 0, error))
    return RUNNEL_EXIT_USAGE;
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "usage: runnel history export [WORD…] [-o FILE] or runnel history import "
                       "FILE; see runnel history --help");
  return RUNNEL_EXIT_USAGE;
}
