/* runnel-cli-gantt.c: runnel gantt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "charts/runnel-gantt-svg.h"
#include "charts/runnel-gantt-text.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"

/* The pipeline as it ran gives the chart its dependencies; it is drawn without, too. */
static RunnelPipeline *
read_pipeline (RunnelHistory *history,
               gint64         run)
{
  g_autofree char *text = runnel_history_get_text (history, run, NULL);

  return text ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
}

static void
nest_family (RunnelHistory *history,
             RunnelTiming  *timing,
             gint64         now)
{
  g_autoptr(GPtrArray) family = runnel_history_list_family (history, timing->run, NULL);

  if (family)
    runnel_timing_nest_family (timing, family, now);
}

static RunnelTiming *
read_timing (RunnelHistory  *history,
             gint64          id,
             gboolean        folded,
             GError        **error)
{
  RunnelRunRecord *run = runnel_history_get_run (history, id, error);
  g_autoptr(GPtrArray) steps = run ? runnel_history_get_steps (history, id, error) : NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  gint64 now = g_get_real_time ();
  RunnelTiming *timing = NULL;

  if (steps)
    {
      pipeline = read_pipeline (history, id);
      timing = runnel_timing_new (run, steps, pipeline, now);
      if (!folded)
        nest_family (history, timing, now);
    }
  g_clear_pointer (&run, runnel_run_record_free);

  return timing;
}

static void
print_chart (RunnelTiming *timing)
{
  RunnelGanttTextOptions options = { 0, };
  g_autofree char *text = NULL;

  options.width = runnel_terminal_get_width ();
  options.ascii = !g_get_charset (NULL);
  options.color = *runnel_terminal_get_reset () != '\0';
  text = runnel_gantt_to_text (timing, &options);
  fputs (text, stdout);
}

static gboolean
write_chart (RunnelTiming  *timing,
             const char    *path,
             GError       **error)
{
  g_autofree char *svg = runnel_gantt_to_svg (timing, RUNNEL_GANTT_SVG_WIDTH);

  return g_file_set_contents (path, svg, -1, error);
}

int
runnel_cli_gantt (int      argc,
                  char   **argv,
                  GError **error)
{
  g_autofree char *output = NULL;
  gboolean folded = FALSE;
  const GOptionEntry entries[] = {
    { "fold", 0, 0, G_OPTION_ARG_NONE, &folded, "Leave out the steps of subpipelines", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      "Write the chart to an SVG file in place of the terminal", "FILE.svg" },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(RunnelTiming) timing = NULL;
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN",
                         "Shows when the steps of a run waited and ran, and what it took its time "
                         "for.", 1, 1, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run != 0)
    history = runnel_cli_open_history (error);
  if (history)
    timing = read_timing (history, run, folded, error);
  if (!timing)
    return RUNNEL_EXIT_USAGE;

  if (!output)
    print_chart (timing);
  else if (!write_chart (timing, output, error))
    return RUNNEL_EXIT_STORE;

  return RUNNEL_EXIT_SUCCEEDED;
}
