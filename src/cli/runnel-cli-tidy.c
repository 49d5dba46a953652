/* runnel-cli-tidy.c: runnel tidy
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli.h"
#include "layout/runnel-tidy.h"

typedef struct
{
  RunnelDirection direction;
  char **steps;        /* or NULL = all */
  const char *output;  /* or NULL = the file itself */
  gboolean only_check;
} Request;

static gboolean
parse_direction (const char       *text,
                 RunnelDirection  *ret_direction,
                 GError          **error)
{
  *ret_direction = g_strcmp0 (text, "down") == 0 ? RUNNEL_DIRECTION_DOWN : RUNNEL_DIRECTION_RIGHT;
  if (text == NULL || g_str_equal (text, "right") || g_str_equal (text, "down"))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "“%s” is no direction; say right or down", text);
  return FALSE;
}

static gboolean
check_steps (RunnelPipeline  *pipeline,
             char           **steps,
             const char      *path,
             GError         **error)
{
  for (guint i = 0; steps != NULL && steps[i] != NULL; i++)
    {
      g_strstrip (steps[i]);
      if (runnel_pipeline_find_step (pipeline, steps[i], NULL))
        continue;

      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "there is no step “%s” in %s", steps[i], path);
      return FALSE;
    }

  return TRUE;
}

/* Returns whether anything moved. */
static gboolean
tidy (RunnelPipeline *pipeline,
      const Request  *request)
{
  g_autoptr(RunnelTidy) task = NULL;
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(RunnelEdit) inverse = NULL;

  task = runnel_tidy_new (pipeline, NULL, (const char *const *) request->steps,
                          request->direction);
  runnel_tidy_run (task, RUNNEL_TIDY_THOROUGH, NULL);
  edit = runnel_tidy_make_edit (task, pipeline);
  if (edit != NULL)
    inverse = runnel_edit_apply (edit, pipeline, NULL);

  return inverse != NULL;
}

static gboolean
write_to (const char  *path,
          GBytes      *content,
          GError     **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (path);
  g_autoptr(RunnelFile) file = NULL;

  if (g_str_equal (path, "-"))
    return fwrite (g_bytes_get_data (content, NULL), 1, g_bytes_get_size (content), stdout)
           == g_bytes_get_size (content);

  file = runnel_file_new (location, error);
  return file != NULL && runnel_file_write (file, content, /* overwrite= */ TRUE, error);
}

static GBytes *
make_text (RunnelPipeline *pipeline)
{
  gsize length;
  char *text = runnel_pipeline_to_text (pipeline, &length);

  return g_bytes_new_take (text, length);
}

static int
tidy_file (const char    *path,
           const Request *request,
           GError       **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (path);
  g_autoptr(RunnelFile) file = runnel_file_new (location, error);
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GBytes) text = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  gboolean moved;

  content = file != NULL ? runnel_cli_read_document (file, error) : NULL;
  if (content == NULL)
    return RUNNEL_EXIT_USAGE;

  pipeline = runnel_cli_read_pipeline (path, g_bytes_get_data (content, NULL),
                                       g_bytes_get_size (content), error);
  if (pipeline == NULL || !check_steps (pipeline, request->steps, path, error))
    return RUNNEL_EXIT_USAGE;

  moved = tidy (pipeline, request);
  if (request->only_check)
    {
      if (moved)
        printf ("%s\n", path);
      return moved ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
    }

  text = moved ? make_text (pipeline) : g_bytes_ref (content);
  if (request->output != NULL)
    write_to (request->output, text, error);
  else if (moved && runnel_file_write (file, text, /* overwrite= */ FALSE, error))
    printf ("%s: tidied\n", path);

  return RUNNEL_EXIT_SUCCEEDED;
}

/* Only places change: what the pipeline does, and what it says elsewhere, stays. */
int
runnel_cli_tidy (int      argc,
                 char   **argv,
                 GError **error)
{
  g_autofree char *direction = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *output = NULL;
  gboolean only_check = FALSE;
  const GOptionEntry entries[] = {
    { "direction", 'd', 0, G_OPTION_ARG_STRING, &direction,
      "Where links go: right or down (default: right)", "DIRECTION" },
    { "steps", 's', 0, G_OPTION_ARG_STRING, &steps,
      "Move only these steps; nothing is put upon the others", "STEP,STEP…" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &only_check,
      "Change nothing; print the file's name and exit with 1 if steps would move", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Write the tidied pipeline there instead, - is standard output", "FILE" },
    { NULL }
  };
  g_auto(GStrv) names = NULL;
  Request request = { 0 };

  if (!runnel_cli_parse (&argc, &argv, entries, "FILE",
                         "Puts the steps of a pipeline in order on the canvas and changes nothing "
                         "else. What is tidy already stays as it is.", 1, 1, error)
      || !parse_direction (direction, &request.direction, error))
    return RUNNEL_EXIT_USAGE;

  names = steps != NULL ? g_strsplit (steps, ",", -1) : NULL;
  request.steps = names;
  request.output = output;
  request.only_check = only_check;

  return tidy_file (argv[1], &request, error);
}
