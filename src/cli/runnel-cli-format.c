/* runnel-cli-format.c: runnel format
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"

/* What the file would hold in canonical form; NULL with the error set when it is no valid
 * pipeline, of which nobody can say what it was to be. */
static GBytes *
make_canonical (const char  *path,
                GBytes      *content,
                GError     **error)
{
  g_autoptr(RunnelPipeline) pipeline = NULL;
  gsize length;
  const char *text = g_bytes_get_data (content, &length);
  char *canonical;

  pipeline = runnel_cli_read_pipeline (path, text, length, error);
  if (!pipeline)
    return NULL;

  canonical = runnel_pipeline_to_text (pipeline, &length);

  return g_bytes_new_take (canonical, length);
}

static int
format_file (const char  *path,
             gboolean     only_check,
             GError     **error)
{
  g_autoptr(GFile) location = g_file_new_for_path (path);
  g_autoptr(RunnelFile) file = runnel_file_new (location, error);
  g_autoptr(GBytes) content = file ? runnel_cli_read_document (file, error) : NULL;
  g_autoptr(GBytes) canonical = content ? make_canonical (path, content, error) : NULL;

  if (!canonical)
    return RUNNEL_EXIT_USAGE;
  if (g_bytes_equal (content, canonical))
    return RUNNEL_EXIT_SUCCEEDED;
  if (only_check)
    {
      runnel_terminal_print (stdout, "%s\n", path);
      return RUNNEL_EXIT_FAILED;
    }
  if (runnel_file_write (file, canonical, /* overwrite= */ FALSE, error))
    runnel_terminal_print (stdout, "%s: formatted\n", path);

  return RUNNEL_EXIT_SUCCEEDED;
}

/* All files are looked at, whatever is wrong with the first; the worst decides. */
int
runnel_cli_format (int      argc,
                   char   **argv,
                   GError **error)
{
  gboolean only_check = FALSE;
  const GOptionEntry entries[] = {
    { "check", 0, 0, G_OPTION_ARG_NONE, &only_check,
      "Change nothing; name the files that are not in canonical form, and exit with 1 if there "
      "are any", NULL },
    { NULL }
  };
  int code = RUNNEL_EXIT_SUCCEEDED;

  if (!runnel_cli_parse (&argc, &argv, entries, "FILE…",
                         "Rewrites pipelines in canonical form. What is no valid pipeline stays "
                         "as it is.", 1, -1, error))
    return RUNNEL_EXIT_USAGE;

  for (int i = 1; i < argc; i++)
    {
      g_autoptr(GError) problem = NULL;
      int file_code = format_file (argv[i], only_check, &problem);

      if (problem)
        {
          runnel_terminal_print (stderr, "runnel: %s\n", problem->message);
          file_code = runnel_cli_get_exit_code (problem);
        }
      code = MAX (code, file_code);
    }

  return code;
}
