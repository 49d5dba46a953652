/* runnel-cli-simulate.c: runnel simulate
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-chart.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/runnel-run.h"
#include "history/runnel-history-estimates.h"
#include "model/runnel-duration.h"
#include "model/runnel-hooks.h"
#include "simulation/runnel-simulation.h"
#include "util/runnel-format.h"

static const char *const titles[] = { "START", "TIME", "STEP", "STATE", "REASON", NULL };

typedef struct
{
  /* As given */
  char **assignments;
  char **failures;
  char **durations;
  char *output;
  int jobs;
  gboolean as_json;
  gboolean with_chart;

  /* What it means */
  char *file;
  RunnelPipeline *pipeline;
  JsonObject *parameters;
  GHashTable *given_failures;
  GHashTable *given_durations;
  GHashTable *estimates;
  gint64 duration;
} Order;

static void
order_clear (Order *self)
{
  g_clear_pointer (&self->assignments, g_strfreev);
  g_clear_pointer (&self->failures, g_strfreev);
  g_clear_pointer (&self->durations, g_strfreev);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->file, g_free);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_clear_pointer (&self->given_failures, g_hash_table_unref);
  g_clear_pointer (&self->given_durations, g_hash_table_unref);
  g_clear_pointer (&self->estimates, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static gboolean
parse (Order    *self,
       int      *argc,
       char   ***argv,
       GError  **error)
{
  const GOptionEntry entries[] = {
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &self->jobs,
      "Run at most N steps at once (default: as the pipeline says, else one per processor)", "N" },
    { "fail", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->failures,
      "Let a step fail: always, or only its first N attempts; may be repeated", "STEP[=N]" },
    { "duration", 'd', 0, G_OPTION_ARG_STRING_ARRAY, &self->durations,
      "Say how long a step takes, or all steps of which nothing is known; may be repeated",
      "[STEP=]TIME" },
    { "param", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &self->assignments,
      "Give a parameter a value; may be repeated", "NAME=VALUE" },
    { "gantt", 'g', 0, G_OPTION_ARG_NONE, &self->with_chart, "Draw the chart of the run", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, "Write the chart to an SVG file",
      "FILE.svg" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->as_json, "Print a JSON object", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (argc, argv, entries, "FILE",
                         "Says how a run would go, and carries nothing out. Steps take as long as "
                         "they did in the latest runs.", 1, 1, error))
    return FALSE;
  if (self->jobs >= 0)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--jobs %d: at least one step has to run at once", self->jobs);

  return FALSE;
}

static gboolean
is_hook (RunnelPipeline *pipeline,
         const char     *id)
{
  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    {
      g_autoptr(GPtrArray) hooks = runnel_hooks_get (pipeline, point);

      for (guint i = 0; i < hooks->len; i++)
        if (g_str_equal (((RunnelStep *) g_ptr_array_index (hooks, i))->id, id))
          return TRUE;
    }

  return FALSE;
}

/* Legs and undos have the id of a step, a dot, and more. */
static gboolean
check_step (Order       *self,
            const char  *option,
            const char  *id,
            GError     **error)
{
  g_autofree char *stem = g_strndup (id, strcspn (id, "."));
  guint index;

  if (runnel_pipeline_find_step (self->pipeline, stem, &index) || is_hook (self->pipeline, id))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--%s: the pipeline has no step “%s”", option, id);

  return FALSE;
}

static gboolean
take_failure (Order       *self,
              const char  *text,
              GError     **error)
{
  const char *equals = strchr (text, '=');
  char *id = g_strndup (text, equals ? (gsize) (equals - text) : strlen (text));
  guint64 n = 0;

  g_hash_table_replace (self->given_failures, id, NULL);
  if (!check_step (self, "fail", id, error))
    return FALSE;
  if (equals && !g_ascii_string_to_unsigned (equals + 1, 10, 1, G_MAXUINT, &n, NULL))
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "--fail %s: “%s” is not how many attempts fail", text, equals + 1);
      return FALSE;
    }
  g_hash_table_replace (self->given_failures, g_strdup (id), GUINT_TO_POINTER (n));

  return TRUE;
}

static gboolean
take_duration (Order       *self,
               const char  *text,
               GError     **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *id = equals ? g_strndup (text, equals - text) : NULL;
  gint64 duration;

  if (id && !check_step (self, "duration", id, error))
    return FALSE;
  if (!runnel_duration_parse (equals ? equals + 1 : text, &duration, error))
    {
      g_prefix_error (error, "--duration %s: ", text);
      return FALSE;
    }
  if (id)
    g_hash_table_replace (self->given_durations, g_steal_pointer (&id),
                          g_memdup2 (&duration, sizeof duration));
  else
    self->duration = MAX (duration, 1);

  return TRUE;
}

static gboolean
take_all (Order       *self,
          char       **texts,
          gboolean   (*take) (Order *self, const char *text, GError **error),
          GError     **error)
{
  for (gsize i = 0; texts && texts[i]; i++)
    if (!take (self, texts[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
read_pipeline (Order       *self,
               const char  *path,
               GError     **error)
{
  gsize length;
  g_autofree char *text = runnel_cli_read_file (path, &length, error);

  self->file = g_canonicalize_filename (path, NULL);
  if (text)
    self->pipeline = runnel_cli_read_pipeline (path, text, length, error);
  if (self->pipeline)
    self->parameters =
      runnel_parameters_from_strings (self->pipeline, (const char *const *) self->assignments,
                                      error);

  return self->parameters != NULL;
}

static gboolean
fill_in (Order       *self,
         const char  *path,
         GError     **error)
{
  g_autoptr(RunnelHistory) history = NULL;

  self->given_failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->given_durations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_pipeline (self, path, error) ||
      !take_all (self, self->failures, take_failure, error) ||
      !take_all (self, self->durations, take_duration, error))
    return FALSE;

  history = runnel_cli_open_history (error);
  if (history)
    self->estimates = runnel_history_get_estimates (history, self->file, error);

  return self->estimates != NULL;
}

static RunnelSimulation *
simulate (Order   *self,
          GError **error)
{
  RunnelSimulationOptions options = { 0, };

  options.file = self->file;
  options.jobs = self->jobs;
  options.parameters = self->parameters;
  options.estimates = self->estimates;
  options.durations = self->given_durations;
  options.failures = self->given_failures;
  options.duration = self->duration;

  return runnel_simulation_new (self->pipeline, &options, error);
}

/* For people. */

static void
print_steps (RunnelSimulation *simulation)
{
  const RunnelTiming *timing = simulation->timing;
  g_autofree guint *order = runnel_timing_sort_by_start (timing);
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 4);

  for (guint i = 0; i < timing->n_rows; i++)
    {
      const RunnelTimingRow *row = &timing->rows[order[i]];
      char *cells[] = {
        runnel_format_duration (row->start - timing->start),
        row->n_spans > 0 ? runnel_format_duration (row->end - row->start) : g_strdup (""),
        g_strdup (row->id),
        g_strdup_printf ("%s %s", runnel_state_get_mark (row->state),
                         runnel_state_to_string (row->state)),
        row->reason ? runnel_text_make_line (row->reason) : g_strdup (""),
      };

      runnel_cli_table_take_row (table, cells, row->state);
    }
  runnel_cli_table_print (table);
}

static void
print_figures (RunnelSimulation *simulation)
{
  g_autofree char *path = runnel_simulation_describe_path (simulation);
  g_autofree char *peaks = runnel_simulation_describe_peaks (simulation);
  g_autofree char *sources = runnel_simulation_describe_sources (simulation);

  printf ("Critical path  %s\n"
          "At most        %s at once\n"
          "Durations      %s\n",
          path, peaks, sources);
}

static void
print_text (RunnelSimulation *simulation,
            gboolean          with_chart)
{
  const RunnelTiming *timing = simulation->timing;
  g_autofree char *end = runnel_simulation_describe_end (simulation);

  printf ("%s%s %s%s\n\n", runnel_state_get_color (timing->state),
          runnel_state_get_mark (timing->state), end, runnel_terminal_get_reset ());
  print_steps (simulation);
  printf ("\n");
  print_figures (simulation);
  if (with_chart)
    {
      g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (simulation->timing);

      printf ("\n");
      runnel_cli_print_chart (tree, FALSE);
    }
}

/* For programs. */

static JsonObject *
row_to_json (RunnelSimulation      *simulation,
             const RunnelTimingRow *row)
{
  JsonObject *object = json_object_new ();
  gpointer source;

  json_object_set_string_member (object, "id", row->id);
  json_object_set_string_member (object, "state", runnel_state_to_string (row->state));
  json_object_set_int_member (object, "start-us", row->start - simulation->timing->start);
  json_object_set_int_member (object, "end-us", row->end - simulation->timing->start);
  json_object_set_int_member (object, "slack-us", row->slack);
  if (row->critical)
    json_object_set_boolean_member (object, "critical", TRUE);
  if (row->reason)
    json_object_set_string_member (object, "reason", row->reason);
  if (g_hash_table_lookup_extended (simulation->sources, row->id, NULL, &source))
    json_object_set_string_member (object, "duration-from",
                                   runnel_forecast_source_to_string (GPOINTER_TO_INT (source)));

  return object;
}

static JsonObject *
peak_to_json (const RunnelSimulationPeak *peak)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "peak", peak->peak);
  json_object_set_int_member (object, "slots", peak->slots);

  return object;
}

static void
print_json (RunnelSimulation *simulation)
{
  const RunnelTiming *timing = simulation->timing;
  JsonObject *object = json_object_new ();
  JsonArray *steps = json_array_new ();
  JsonArray *path = json_array_new ();
  JsonObject *pools = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree guint *order = runnel_timing_sort_by_start (timing);

  for (guint i = 0; i < timing->n_rows; i++)
    json_array_add_object_element (steps, row_to_json (simulation, &timing->rows[order[i]]));
  for (guint i = 0; i < timing->n_critical; i++)
    json_array_add_string_element (path, timing->rows[timing->critical_path[i]].id);
  for (guint i = 1; i < simulation->peaks->len; i++)
    {
      RunnelSimulationPeak *peak = &g_array_index (simulation->peaks, RunnelSimulationPeak, i);

      json_object_set_object_member (pools, peak->pool, peak_to_json (peak));
    }

  json_object_set_string_member (object, "state", runnel_state_to_string (timing->state));
  json_object_set_int_member (object, "makespan-us", timing->totals.wall);
  json_object_set_int_member (object, "work-us", timing->totals.by_kind[RUNNEL_SPAN_ATTEMPT]);
  json_object_set_array_member (object, "critical-path", path);
  json_object_set_object_member (object, "jobs",
                                 peak_to_json (&g_array_index (simulation->peaks,
                                                               RunnelSimulationPeak, 0)));
  json_object_set_object_member (object, "pools", pools);
  json_object_set_array_member (object, "steps", steps);
  json_node_take_object (node, object);
  runnel_cli_print_json (node);
}

static gboolean
write_chart (RunnelSimulation  *simulation,
             const char        *path,
             GError           **error)
{
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (simulation->timing);

  return runnel_cli_write_chart (tree, path, error);
}

int
runnel_cli_simulate (int      argc,
                     char   **argv,
                     GError **error)
{
  g_auto(Order) order = { 0, };
  g_autoptr(RunnelSimulation) simulation = NULL;

  if (!parse (&order, &argc, &argv, error) || !fill_in (&order, argv[1], error))
    return RUNNEL_EXIT_USAGE;
  simulation = simulate (&order, error);
  if (!simulation)
    return RUNNEL_EXIT_USAGE;

  if (order.output && !write_chart (simulation, order.output, error))
    return RUNNEL_EXIT_STORE;
  if (order.as_json)
    print_json (simulation);
  else
    print_text (simulation, order.with_chart);

  return simulation->timing->state == RUNNEL_STATE_SUCCEEDED ? RUNNEL_EXIT_SUCCEEDED
                                                             : RUNNEL_EXIT_FAILED;
}
