/* runnel-cli-approve.c: runnel approve and runnel reject
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-request.h"

static int
answer (int          argc,
        char       **argv,
        const char  *request,
        const char  *summary,
        const char  *done,
        GError     **error)
{
  g_autofree char *comment = NULL;
  const GOptionEntry entries[] = {
    { "comment", 'm', 0, G_OPTION_ARG_STRING, &comment, "Say why", "TEXT" },
    { NULL }
  };
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN STEP", summary, 2, 2, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_request (run, request, argv[2], comment, error))
    return RUNNEL_EXIT_USAGE;

  printf ("Step %s of run %" G_GINT64_FORMAT " is %s.\n", argv[2], run, done);

  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_approve (int      argc,
                    char   **argv,
                    GError **error)
{
  return answer (argc, argv, "approve", "Lets a step that waits for a person go on.", "approved",
                 error);
}

int
runnel_cli_reject (int      argc,
                   char   **argv,
                   GError **error)
{
  return answer (argc, argv, "reject", "Makes a step that waits for a person fail.", "rejected",
                 error);
}
