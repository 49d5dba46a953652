/* runnel-cli-gantt.c: runnel gantt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "charts/runnel-timing-diff-svg.h"
#include "charts/runnel-timing-diff-text.h"
#include "charts/runnel-timing-read.h"
#include "charts/runnel-timing-table.h"
#include "cli/runnel-cli-chart.h"
#include "cli/runnel-cli-gantt.h"
#include "cli/runnel-cli.h"

typedef struct
{
  gboolean fold;
  gboolean unfold;
  gboolean slack;
  gboolean as_csv;
  gboolean as_json;
  char *order;
  char *filter;
  char **states;
  char *output;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->filter, g_free);
  g_clear_pointer (&self->states, g_strfreev);
  g_clear_pointer (&self->output, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_order (const Options     *options,
            RunnelGanttOrder  *ret_order,
            GError           **error)
{
  *ret_order = g_strcmp0 (options->order, "topology") == 0 ? RUNNEL_GANTT_BY_TOPOLOGY
                                                           : RUNNEL_GANTT_BY_START;
  if (options->order == NULL || *ret_order != RUNNEL_GANTT_BY_START ||
      g_str_equal (options->order, "start"))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--order: “%s” is no order; write start or topology", options->order);
  return FALSE;
}

static gboolean
read_states (const Options  *options,
             guint          *ret_states,
             GError        **error)
{
  *ret_states = 0;
  for (guint i = 0; options->states != NULL && options->states[i] != NULL; i++)
    {
      RunnelState state;

      if (!runnel_state_from_string (options->states[i], &state))
        {
          g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "--state: there is no state “%s”; write running, succeeded, failed, ...",
                       options->states[i]);
          return FALSE;
        }
      *ret_states |= 1u << state;
    }
  return TRUE;
}

static RunnelGanttTree *
make_tree (RunnelTiming   *timing,
           const Options  *options,
           GError        **error)
{
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttOrder order;
  guint states;

  if (!read_order (options, &order, error) || !read_states (options, &states, error))
    return NULL;
  runnel_gantt_tree_set_order (tree, order);
  if (options->fold || options->unfold || options->as_csv || options->as_json)
    runnel_gantt_tree_fold_all (tree, options->fold);
  runnel_gantt_tree_set_filter (tree, options->filter, states);
  return g_steal_pointer (&tree);
}

static void
print_csv (const RunnelGanttTree *tree)
{
  g_autofree char *csv = runnel_timing_to_csv (tree);

  fputs (csv, stdout);
}

static int
show (RunnelHistory  *history,
      gint64          run,
      const Options  *options,
      GError        **error)
{
  g_autoptr(RunnelTiming) timing = runnel_timing_read (history, run, NULL, error);
  g_autoptr(RunnelGanttTree) tree = timing ? make_tree (timing, options, error) : NULL;

  if (!tree)
    return RUNNEL_EXIT_USAGE;
  if (options->output && !runnel_cli_write_chart (tree, options->output, error))
    return RUNNEL_EXIT_STORE;
  if (options->as_json)
    runnel_cli_print_json (runnel_cli_timing_to_json (tree));
  else if (options->as_csv)
    print_csv (tree);
  else if (!options->output)
    runnel_cli_print_chart (tree, options->slack);

  return RUNNEL_EXIT_SUCCEEDED;
}

static RunnelTimingDiff *
read_diff (RunnelHistory  *history,
           gint64          before,
           gint64          after,
           GError        **error)
{
  RunnelTiming *timings[RUNNEL_N_SIDES] = { NULL };
  RunnelPipeline *pipelines[RUNNEL_N_SIDES] = { NULL };
  RunnelTimingDiff *diff = NULL;

  timings[RUNNEL_BEFORE] =
    runnel_timing_read (history, before, &pipelines[RUNNEL_BEFORE], error);
  if (timings[RUNNEL_BEFORE])
    timings[RUNNEL_AFTER] = runnel_timing_read (history, after, &pipelines[RUNNEL_AFTER], error);
  if (timings[RUNNEL_AFTER])
    diff = runnel_timing_diff_new (timings[RUNNEL_BEFORE], pipelines[RUNNEL_BEFORE],
                                   timings[RUNNEL_AFTER], pipelines[RUNNEL_AFTER]);
  for (guint i = 0; i < RUNNEL_N_SIDES; i++)
    {
      runnel_timing_unref (timings[i]);
      g_clear_object (&pipelines[i]);
    }

  return diff;
}

static int
compare (RunnelHistory  *history,
         gint64          before,
         gint64          after,
         const Options  *options,
         GError        **error)
{
  g_autoptr(RunnelTimingDiff) diff = read_diff (history, before, after, error);
  g_autofree char *svg = NULL;

  if (!diff)
    return RUNNEL_EXIT_USAGE;
  if (options->output)
    svg = runnel_timing_diff_to_svg (diff, 0);
  if (svg && !g_file_set_contents (options->output, svg, -1, error))
    return RUNNEL_EXIT_STORE;
  if (options->as_json)
    runnel_cli_print_json (runnel_cli_timing_diff_to_json (diff));
  else if (!options->output)
    runnel_cli_print_timing_diff (diff);

  return RUNNEL_EXIT_SUCCEEDED;
}

/* What says how one run is drawn says nothing about two. */
static gboolean
check_comparison (const Options  *options,
                  GError        **error)
{
  if (!options->fold && !options->unfold && !options->slack && !options->as_csv &&
      !options->order && !options->filter && !options->states)
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "two runs are compared with --json and -o alone");
  return FALSE;
}

int
runnel_cli_gantt (int      argc,
                  char   **argv,
                  GError **error)
{
  g_auto(Options) options = { 0, };
  const GOptionEntry entries[] = {
    { "order", 0, 0, G_OPTION_ARG_STRING, &options.order,
      "start, or topology: each step behind those it needs", "ORDER" },
    { "fold", 0, 0, G_OPTION_ARG_NONE, &options.fold,
      "One line for each group, matrix and subpipeline", NULL },
    { "unfold", 0, 0, G_OPTION_ARG_NONE, &options.unfold,
      "All legs, also those of a large matrix", NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &options.filter,
      "Only steps with this in their name or id", "TEXT" },
    { "state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.states,
      "Only steps in this state; may be given several times", "STATE" },
    { "slack", 0, 0, G_OPTION_ARG_NONE, &options.slack,
      "Show how much later each step could have ended", NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.as_csv,
      "Print a row for each step, with its times in seconds", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, "Print a JSON object", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      "Write the chart to an SVG file in place of the terminal", "FILE.svg" },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  gint64 runs[2] = { 0, 0 };

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN [OTHER]",
                         "Shows when the steps of a run waited and ran, and what it took its time "
                         "for; with another run, which steps were slower there.", 1, 2, error) ||
      (argc == 3 && !check_comparison (&options, error)))
    return RUNNEL_EXIT_USAGE;
  for (int i = 1; i < argc; i++)
    if ((runs[i - 1] = runnel_cli_parse_run (argv[i], error)) == 0)
      return RUNNEL_EXIT_USAGE;
  history = runnel_cli_open_history (error);
  if (!history)
    return RUNNEL_EXIT_STORE;

  return argc == 3 ? compare (history, runs[0], runs[1], &options, error)
                   : show (history, runs[0], &options, error);
}
