/* runnel-cli-chart.c: the chart of a run in the terminal or in a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "charts/runnel-gantt-svg.h"
#include "charts/runnel-gantt-text.h"
#include "charts/runnel-timing-diff-text.h"
#include "cli/runnel-cli-chart.h"
#include "cli/runnel-cli-terminal.h"

/* What the terminal can show. */
static RunnelGanttTextOptions
get_options (void)
{
  return (RunnelGanttTextOptions) {
    .width = runnel_terminal_get_width (),
    .ascii = !g_get_charset (NULL),
    .color = *runnel_terminal_get_reset () != '\0',
  };
}

/**
 * runnel_cli_print_chart:
 * @tree: the lines of a chart
 * @slack: with how much later steps could have ended
 *
 * Prints the chart as the terminal can show it.
 */
void
runnel_cli_print_chart (const RunnelGanttTree *tree,
                        gboolean               slack)
{
  RunnelGanttTextOptions options = get_options ();
  g_autofree char *text = NULL;

  options.slack = slack;
  text = runnel_gantt_to_text (tree, &options);
  fputs (text, stdout);
}

/**
 * runnel_cli_print_timing_diff:
 * @diff: a comparison of two runs
 *
 * Prints both as the terminal can show them.
 */
void
runnel_cli_print_timing_diff (const RunnelTimingDiff *diff)
{
  const RunnelGanttTextOptions options = get_options ();
  g_autofree char *text = runnel_timing_diff_to_text (diff, &options);

  fputs (text, stdout);
}

/**
 * runnel_cli_write_chart:
 * @tree: the lines of a chart
 * @path: (type filename): where the SVG document goes
 * @error: return location for an error of the file
 *
 * Returns: whether it was written
 */
gboolean
runnel_cli_write_chart (const RunnelGanttTree *tree,
                        const char            *path,
                        GError               **error)
{
  g_autofree char *svg = runnel_gantt_to_svg (tree, RUNNEL_GANTT_SVG_WIDTH, TRUE);

  return g_file_set_contents (path, svg, -1, error);
}
