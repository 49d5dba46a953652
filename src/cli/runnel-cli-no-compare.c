/* runnel-cli-no-compare.c: the picture of a comparison, where there is nothing to draw with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-compare.h"
#include "cli/runnel-cli.h"

gboolean
runnel_cli_draw_comparison (RunnelComparison *comparison,
                            const char       *path,
                            GError          **error)
{
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                       "this runnel was built without cairo and Pango and can't draw");
  return FALSE;
}
