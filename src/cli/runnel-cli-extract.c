/* runnel-cli-extract.c: runnel extract
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include <glib/gstdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "model/runnel-extract.h"

typedef struct
{
  const char *path;
  const char *to;
  const char *name;
  char **steps;
  gboolean only_check;
} Request;

/* Paths in steps are relative to the folder of their pipeline, so the new one has to be in the same. */
static gboolean
check_folder (const Request  *request,
              GError        **error)
{
  g_autoptr(GFile) from = g_file_new_for_commandline_arg (request->path);
  g_autoptr(GFile) to = g_file_new_for_commandline_arg (request->to);
  g_autoptr(GFile) folder = g_file_get_parent (from);
  g_autoptr(GFile) other = g_file_get_parent (to);

  if (folder && other && g_file_equal (folder, other))
    return TRUE;
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "“%s” has to be in the folder of %s, for the paths in its steps are relative to it",
               request->to, request->path);
  return FALSE;
}

static gboolean
write_pipeline (RunnelFile      *file,
                RunnelPipeline  *pipeline,
                GError         **error)
{
  gsize length;
  char *text = runnel_pipeline_to_text (pipeline, &length);
  g_autoptr(GBytes) content = g_bytes_new_take (text, length);

  return runnel_file_write (file, content, /* overwrite= */ FALSE, error);
}

/* The new file first: a pipeline never names one that is not there. */
static gboolean
write_both (RunnelFile       *file,
            RunnelPipeline   *pipeline,
            RunnelExtraction *extraction,
            const Request    *request,
            GError          **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (request->to);
  g_autoptr(RunnelFile) new_file = runnel_file_new (location, error);
  g_autoptr(RunnelEdit) inverse = NULL;

  if (!new_file || !write_pipeline (new_file, extraction->inner, error))
    return FALSE;
  inverse = runnel_edit_apply (extraction->edit, pipeline, error);
  if (inverse && write_pipeline (file, pipeline, error))
    return TRUE;
  g_unlink (request->to);
  return FALSE;
}

static RunnelExtraction *
extract (RunnelPipeline  *pipeline,
         const Request   *request,
         GError         **error)
{
  g_autofree char *file = g_path_get_basename (request->to);
  g_autofree char *name = NULL;
  g_autoptr(GError) local_error = NULL;
  RunnelExtraction *extraction;

  if (request->name)
    name = g_strdup (request->name);
  else if (g_str_has_suffix (file, RUNNEL_FILE_SUFFIX))
    name = g_strndup (file, strlen (file) - strlen (RUNNEL_FILE_SUFFIX));
  else
    name = g_strdup (file);
  extraction = runnel_extraction_new (pipeline, (const char *const *) request->steps, name, file,
                                      &local_error);
  if (!extraction)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, "%s: %s", request->path,
                 local_error->message);
  return extraction;
}

static int
extract_from_file (const Request  *request,
                   GError        **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (request->path);
  g_autoptr(RunnelFile) file = runnel_file_new (location, error);
  g_autoptr(GBytes) content = file ? runnel_cli_read_document (file, error) : NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelExtraction) extraction = NULL;

  if (content)
    pipeline = runnel_cli_read_pipeline (request->path, g_bytes_get_data (content, NULL),
                                         g_bytes_get_size (content), error);
  if (pipeline && check_folder (request, error))
    extraction = extract (pipeline, request, error);
  if (!extraction)
    return RUNNEL_EXIT_USAGE;
  for (guint i = 0; extraction->warnings[i]; i++)
    runnel_terminal_print (stderr, "warning: %s\n", extraction->warnings[i]);
  if (request->only_check)
    return RUNNEL_EXIT_SUCCEEDED;
  if (write_both (file, pipeline, extraction, request, error))
    runnel_terminal_print (stdout, "%s: %u step%s, run by “%s” of %s\n", request->to,
                           runnel_pipeline_get_n_steps (extraction->inner),
                           runnel_pipeline_get_n_steps (extraction->inner) == 1 ? "" : "s",
                           extraction->id, request->path);
  return RUNNEL_EXIT_SUCCEEDED;
}

/* What the pipeline does stays the same; what can't be kept is refused or told. */
int
runnel_cli_extract (int      argc,
                    char   **argv,
                    GError **error)
{
  g_autofree char *steps = NULL, *to = NULL, *name = NULL;
  g_auto(GStrv) list = NULL;
  Request request = { NULL };
  const GOptionEntry entries[] = {
    { "steps", 's', 0, G_OPTION_ARG_STRING, &steps, "The steps to take out", "STEP,STEP…" },
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &to, "The new file, in the folder of FILE", "FILE" },
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "The new pipeline's name (default: its file's)",
      "NAME" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &request.only_check,
      "Change nothing; say what would not be as before", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "FILE",
                         "Makes a pipeline of its own of some steps, and runs it in their place.", 1,
                         1, error))
    return RUNNEL_EXIT_USAGE;
  if (!steps || !to)
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "say which steps and where to: --steps a,b --to part" RUNNEL_FILE_SUFFIX);
      return RUNNEL_EXIT_USAGE;
    }
  list = g_strsplit (steps, ",", -1);
  for (guint i = 0; list[i]; i++)
    g_strstrip (list[i]);
  request.path = argv[1];
  request.to = to;
  request.name = name;
  request.steps = list;
  return extract_from_file (&request, error);
}
