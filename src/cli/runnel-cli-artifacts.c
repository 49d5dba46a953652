/* runnel-cli-artifacts.c: runnel artifacts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/files/runnel-artifacts.h"

static const char *const titles[] = { "STEP", "SIZE", "SHA-256", "PATH", NULL };

typedef struct
{
  gint64 run;
  const char *step; /* or NULL: of all */
  const char *copy_to;
  gboolean as_json;
} Request;

static void
print_table (GPtrArray *artifacts)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 2);

  for (guint i = 0; i < artifacts->len; i++)
    {
      const RunnelArtifactRecord *record = g_ptr_array_index (artifacts, i);
      char *cells[] = {
        g_strdup (record->step),
        g_format_size (record->file->size),
        g_strdup (record->file->sha256),
        g_strdup (record->file->path),
      };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
    }
  runnel_cli_table_print (table);
}

static void
print_json (gint64     run,
            GPtrArray *artifacts)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  JsonArray *array = json_array_sized_new (artifacts->len);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < artifacts->len; i++)
    json_array_add_object_element (array,
                                   runnel_cli_artifact_to_json (g_ptr_array_index (artifacts, i),
                                                                run_dir));
  json_node_take_array (node, array);
  runnel_cli_print_json (node);
}

/* All lie in a folder of their step, as below $RUNNEL_ARTIFACTS; those of one step need none. */
static gboolean
copy_artifacts (const Request  *request,
                GPtrArray      *artifacts,
                GError        **error)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (request->run);

  for (guint i = 0; i < artifacts->len; i++)
    {
      const RunnelArtifactRecord *record = g_ptr_array_index (artifacts, i);
      g_autofree char *folder = request->step
                                  ? g_strdup (request->copy_to)
                                  : g_build_filename (request->copy_to, record->step, NULL);

      if (!runnel_artifacts_copy_out (run_dir, record->step, record->file, folder, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_step (RunnelHistory  *history,
          const Request  *request,
          GError        **error)
{
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (history, request->run, error);

  for (guint i = 0; steps && i < steps->len; i++)
    if (g_str_equal (((RunnelStepRecord *) g_ptr_array_index (steps, i))->id, request->step))
      return TRUE;
  if (steps)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "run %" G_GINT64_FORMAT " has no step “%s”; see runnel show %" G_GINT64_FORMAT,
                 request->run, request->step, request->run);

  return FALSE;
}

static GPtrArray *
find_artifacts (const Request  *request,
                GError        **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelRunRecord *run = history ? runnel_history_get_run (history, request->run, error) : NULL;

  if (!run)
    return NULL;
  runnel_run_record_free (run);
  if (request->step && !has_step (history, request, error))
    return NULL;

  return runnel_history_list_artifacts (history, request->run, request->step, error);
}

static int
answer (const Request  *request,
        GError        **error)
{
  g_autoptr(GPtrArray) artifacts = find_artifacts (request, error);

  if (!artifacts)
    return RUNNEL_EXIT_STORE;
  if (request->copy_to && !copy_artifacts (request, artifacts, error))
    return RUNNEL_EXIT_STORE;

  if (request->as_json)
    print_json (request->run, artifacts);
  else if (artifacts->len == 0)
    fprintf (stderr, "There are no artifacts.\n");
  else if (request->copy_to)
    runnel_terminal_print (stderr, "%u file%s copied to %s.\n", artifacts->len,
                           artifacts->len == 1 ? "" : "s", request->copy_to);
  else
    print_table (artifacts);

  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_artifacts (int      argc,
                      char   **argv,
                      GError **error)
{
  g_autofree char *copy_to = NULL;
  Request request = { 0, };
  const GOptionEntry entries[] = {
    { "copy-to", 0, 0, G_OPTION_ARG_FILENAME, &copy_to,
      "Copy the files into a folder and check that they are what the steps made", "FOLDER" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.as_json, "Print a JSON array", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN [STEP]",
                         "Lists the files that the steps of a run left to it.", 1, 2, error))
    return RUNNEL_EXIT_USAGE;
  request.run = runnel_cli_parse_run (argv[1], error);
  if (request.run == 0)
    return RUNNEL_EXIT_USAGE;
  request.step = argc > 2 ? argv[2] : NULL;
  request.copy_to = copy_to;

  return answer (&request, error);
}
