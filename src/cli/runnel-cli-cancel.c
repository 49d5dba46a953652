/* runnel-cli-cancel.c: runnel cancel
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-request.h"

int
runnel_cli_cancel (int      argc,
                   char   **argv,
                   GError **error)
{
  g_autofree char *comment = NULL;
  const GOptionEntry entries[] = {
    { "comment", 'm', 0, G_OPTION_ARG_STRING, &comment, "Say why", "TEXT" },
    { NULL }
  };
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN",
                         "Cancels a run: running steps are ended, nothing new starts.", 1, 1,
                         error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_request (run, "cancel", NULL, comment, error))
    return RUNNEL_EXIT_USAGE;

  printf ("Run %" G_GINT64_FORMAT " is being cancelled.\n", run);

  return RUNNEL_EXIT_SUCCEEDED;
}
