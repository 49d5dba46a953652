/* runnel-cli-after-run.c: what is done in the background when a run is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-alerts.h"
#include "cli/runnel-cli.h"

/* Somebody is told first: cleaning up may take long. */
int
runnel_cli_after_run (int      argc,
                      char   **argv,
                      GError **error)
{
  char *cleanup[] = { (char *) "gc", (char *) "--automatic", NULL };
  int code = runnel_cli_alerts_check (error);

  g_clear_error (error); /* the next one tries again */
  return MAX (code, runnel_cli_gc (G_N_ELEMENTS (cleanup) - 1, cleanup, error));
}
