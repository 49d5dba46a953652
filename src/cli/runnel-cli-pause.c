/* runnel-cli-pause.c: runnel pause and resume, freeze and thaw
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-request.h"

static const GOptionEntry no_entries[] = { { NULL } };

static int
hold_run (int          argc,
          char       **argv,
          const char  *request,
          const char  *summary,
          const char  *done,
          GError     **error)
{
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, no_entries, "RUN", summary, 1, 1, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_request (run, request, NULL, NULL, error))
    return RUNNEL_EXIT_USAGE;

  printf ("Run %" G_GINT64_FORMAT " %s.\n", run, done);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
hold_step (int          argc,
           char       **argv,
           const char  *request,
           const char  *summary,
           const char  *done,
           GError     **error)
{
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, no_entries, "RUN STEP", summary, 2, 2, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_request (run, request, argv[2], NULL, error))
    return RUNNEL_EXIT_USAGE;

  printf ("Step %s of run %" G_GINT64_FORMAT " %s.\n", argv[2], run, done);

  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_pause (int      argc,
                  char   **argv,
                  GError **error)
{
  return hold_run (argc, argv, "pause", "Pauses a run: what runs goes on, nothing new starts.",
                   "is paused", error);
}

int
runnel_cli_resume (int      argc,
                   char   **argv,
                   GError **error)
{
  return hold_run (argc, argv, "resume", "Lets a paused run go on.", "goes on", error);
}

int
runnel_cli_freeze (int      argc,
                   char   **argv,
                   GError **error)
{
  return hold_step (argc, argv, "freeze",
                    "Freezes a running step: its processes are stopped, and so is its timeout.",
                    "is frozen", error);
}

int
runnel_cli_thaw (int      argc,
                 char   **argv,
                 GError **error)
{
  return hold_step (argc, argv, "thaw", "Lets a frozen step go on.", "goes on", error);
}
