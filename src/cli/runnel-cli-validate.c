/* runnel-cli-validate.c: runnel validate
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"

static int
validate_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = runnel_cli_read_file (path, &length, &error);
  if (text)
    pipeline = runnel_cli_read_pipeline (path, text, length, &error);
  if (!pipeline)
    {
      runnel_terminal_print (stderr, "runnel: %s\n", error->message);
      return runnel_cli_get_exit_code (error);
    }

  runnel_terminal_print (stdout, "%s: %u step%s, can be run\n", path,
                         runnel_pipeline_get_n_steps (pipeline),
                         runnel_pipeline_get_n_steps (pipeline) == 1 ? "" : "s");

  return RUNNEL_EXIT_SUCCEEDED;
}

/* All files are looked at, whatever is wrong with the first; the worst decides. */
int
runnel_cli_validate (int      argc,
                     char   **argv,
                     GError **error)
{
  int code = RUNNEL_EXIT_SUCCEEDED;

  if (!runnel_cli_parse (&argc, &argv, NULL, "FILE…",
                         "Checks pipelines and says where what is wrong, and what to do.", 1, -1,
                         error))
    return RUNNEL_EXIT_USAGE;

  for (int i = 1; i < argc; i++)
    {
      int file_code = validate_file (argv[i]);

      code = MAX (code, file_code);
    }

  return code;
}
