/* runnel-cli-no-draw.c: runnel draw, where there is nothing to draw with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli.h"

int
runnel_cli_draw (int      argc,
                 char   **argv,
                 GError **error)
{
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                       "this runnel was built without cairo and Pango and can't draw; build it "
                       "where libcairo2-dev and libpango1.0-dev are installed");
  return RUNNEL_EXIT_NOT_FOUND;
}
