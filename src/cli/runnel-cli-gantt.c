/* runnel-cli-gantt.c: runnel gantt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "charts/runnel-timing-table.h"
#include "cli/runnel-cli-chart.h"
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
      nest_family (history, timing, now);
    }
  g_clear_pointer (&run, runnel_run_record_free);

  return timing;
}

typedef struct
{
  gboolean fold;
  gboolean unfold;
  gboolean slack;
  gboolean as_csv;
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
  if (options->fold || options->unfold || options->as_csv)
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
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      "Write the chart to an SVG file in place of the terminal", "FILE.svg" },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN",
                         "Shows when the steps of a run waited and ran, and what it took its time "
                         "for.", 1, 1, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run != 0)
    history = runnel_cli_open_history (error);
  if (history)
    timing = read_timing (history, run, error);
  if (timing)
    tree = make_tree (timing, &options, error);
  if (!tree)
    return RUNNEL_EXIT_USAGE;

  if (options.as_csv)
    print_csv (tree);
  else if (!options.output)
    runnel_cli_print_chart (tree, options.slack);
  else if (!runnel_cli_write_chart (tree, options.output, error))
    return RUNNEL_EXIT_STORE;

  return RUNNEL_EXIT_SUCCEEDED;
}
