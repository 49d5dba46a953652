/* runnel-cli-show.c: runnel show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-outcome.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/runnel-fingerprint.h"
#include "util/runnel-format.h"

static const char *const titles[] = { "STEP", "STATE", "TIME", "TRIES", "REASON", NULL };

/* What a file from elsewhere may say must not act on the terminal. */
static void
print_text (const char *title,
            const char *text)
{
  g_autofree char *line = runnel_text_make_line (text ? text : "");

  printf ("%-9s %s\n", title, line);
}

static void
print_head (const RunnelRunRecord *run)
{
  g_autofree char *started = runnel_format_time (run->started);
  g_autofree char *duration =
    runnel_format_duration ((run->finished > 0 ? run->finished : g_get_real_time ()) -
                            run->started);

  printf ("Run %" G_GINT64_FORMAT "  %s%s %s%s\n", run->id, runnel_state_get_color (run->state),
          runnel_state_get_mark (run->state), runnel_state_to_string (run->state),
          runnel_terminal_get_reset ());
  if (run->reason)
    print_text ("Reason", run->reason);
  print_text ("Pipeline", run->pipeline);
  print_text ("File", run->file);
  if (run->parent > 0)
    {
      g_autofree char *step = runnel_text_make_line (run->parent_step ? run->parent_step : "");

      printf ("Part of   run %" G_GINT64_FORMAT ", step %s\n", run->parent, step);
    }
  if (run->origin > 0)
    printf ("Takes up  run %" G_GINT64_FORMAT "\n", run->origin);
  if (run->imported_from)
    {
      g_autofree char *host = runnel_text_make_line (run->imported_from);

      printf ("Imported  from %s, where it was run %" G_GINT64_FORMAT "\n", host, run->imported_number);
    }
  printf ("%-9s %s, %s %s\n", run->state == RUNNEL_STATE_QUEUED ? "Queued" : "Started", started,
          run->finished > 0 ? "took" : "for", duration);
}

static void
print_parameters (const RunnelRunRecord *run)
{
  JsonNode *parameters = run->details ? json_object_get_member (run->details, "parameters") : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!parameters || !JSON_NODE_HOLDS_OBJECT (parameters))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (parameters));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = json_to_string (value, FALSE);
      g_autofree char *assignment = g_strdup_printf ("%s = %s", name, text);

      print_text ("Parameter", assignment);
    }
}

static void
print_fingerprint (const RunnelRunRecord *run)
{
  JsonNode *node = run->details ? json_object_get_member (run->details, "fingerprint") : NULL;
  JsonObject *fingerprint = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                  : NULL;
  g_autofree char *sources = runnel_fingerprint_describe_sources (fingerprint);

  if (run->user && run->host)
    runnel_terminal_print (stdout, "By        %s on %s\n", run->user, run->host);
  if (sources)
    runnel_terminal_print (stdout, "Sources   %s\n", sources);
}

/* The links between the steps are in the pipeline as it ran. */
static void
print_fallbacks (RunnelHistory *history,
                 gint64         run,
                 GPtrArray     *steps)
{
  g_autofree char *text = runnel_history_get_text (history, run, NULL);
  g_autoptr(RunnelPipeline) pipeline =
    text ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
  g_autoptr(RunnelCliOutcome) outcome = pipeline ? runnel_cli_outcome_new (pipeline) : NULL;
  g_autofree char *fallbacks = NULL;

  if (!outcome)
    return;

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      runnel_cli_outcome_set (outcome, step->id, step->state, step->handled);
    }
  fallbacks = runnel_cli_outcome_fallbacks (outcome);
  if (fallbacks)
    runnel_terminal_print (stdout, "Handled   %s\n", fallbacks);
}

static char *
describe_time (const RunnelStepRecord *step)
{
  if (step->started == 0)
    return g_strdup ("");

  return runnel_format_duration ((step->finished > 0 ? step->finished : g_get_real_time ()) -
                                 step->started);
}

static char *
describe_reason (const RunnelStepRecord *step)
{
  const char *note = step->handled ? "made good by a fallback"
                     : step->tolerated ? "the run goes on" : NULL;

  g_autofree char *reason = step->reason ? runnel_text_make_line (step->reason) : NULL;

  if (reason && note)
    return g_strdup_printf ("%s (%s)", reason, note);

  return reason ? g_steal_pointer (&reason) : g_strdup (note ? note : "");
}

/* The table under way. Rows of what belongs to a step, its legs and the run of its subpipeline,
 * stand indented below it. */
typedef struct
{
  RunnelHistory *history;
  RunnelCliTable *table;
} Rows;

static void add_run (Rows      *self,
                     gint64     run,
                     GPtrArray *steps,
                     guint      depth);

static void
add_row (Rows                   *self,
         const RunnelStepRecord *step,
         guint                   depth)
{
  guint n_attempts = step->attempts ? step->attempts->len : 0;
  char *cells[] = {
    g_strdup_printf ("%*s%s", depth * 2, "", step->id),
    g_strdup_printf ("%s %s", runnel_state_get_mark (step->state),
                     runnel_state_to_string (step->state)),
    describe_time (step),
    n_attempts > 1 ? g_strdup_printf ("%u", n_attempts) : g_strdup (""),
    describe_reason (step),
  };

  runnel_cli_table_take_row (self->table, cells, step->state);
}

static void
add_children (Rows       *self,
              GPtrArray  *children,
              const char *step,
              guint       depth)
{
  for (guint i = 0; children && i < children->len; i++)
    {
      const RunnelRunRecord *child = g_ptr_array_index (children, i);
      g_autoptr(GPtrArray) steps = NULL;

      if (g_strcmp0 (child->parent_step, step) != 0)
        continue;
      steps = runnel_history_get_steps (self->history, child->id, NULL);
      if (steps)
        add_run (self, child->id, steps, depth);
    }
}

/* What was not needed to take anything back is not worth a line. */
static gboolean
is_undo_not_needed (const RunnelStepRecord *step)
{
  return step->role == RUNNEL_ROLE_UNDO && (step->state == RUNNEL_STATE_PENDING ||
                                            step->state == RUNNEL_STATE_SKIPPED);
}

static void
add_step (Rows      *self,
          GPtrArray *steps,
          guint      index,
          GPtrArray *children,
          guint      depth)
{
  const RunnelStepRecord *step = g_ptr_array_index (steps, index);

  if (is_undo_not_needed (step))
    return;
  add_row (self, step, depth);
  add_children (self, children, step->id, depth + 1);
  if (step->role != RUNNEL_ROLE_STEP)
    return;

  for (guint i = index + 1; i < steps->len; i++)
    {
      const RunnelStepRecord *other = g_ptr_array_index (steps, i);

      if (other->role == RUNNEL_ROLE_LEG && g_strcmp0 (other->parent, step->id) == 0)
        add_step (self, steps, i, children, depth + 1);
    }
}

static void
add_run (Rows      *self,
         gint64     run,
         GPtrArray *steps,
         guint      depth)
{
  g_autoptr(GPtrArray) children = runnel_history_list_children (self->history, run, NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (step->role != RUNNEL_ROLE_LEG)
        add_step (self, steps, i, children, depth);
    }
}

static void
print_steps (RunnelHistory *history,
             gint64         run,
             GPtrArray     *steps)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 4);
  Rows rows = { history, table };

  add_run (&rows, run, steps, 0);
  printf ("\n");
  runnel_cli_table_print (table);
}

static JsonArray *
list_children (RunnelHistory *history,
               gint64         run)
{
  g_autoptr(GPtrArray) children = runnel_history_list_children (history, run, NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; children && i < children->len; i++)
    json_array_add_object_element (array,
                                   runnel_cli_run_to_json (g_ptr_array_index (children, i)));

  return array;
}

static void
print_json (RunnelHistory         *history,
            const RunnelRunRecord *run,
            GPtrArray             *steps,
            GPtrArray             *artifacts)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run->id);
  JsonObject *object = runnel_cli_run_to_json (run);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "steps",
                                runnel_cli_steps_to_json (steps, artifacts, run_dir));
  json_object_set_array_member (object, "children", list_children (history, run->id));
  json_node_take_object (node, object);
  runnel_cli_print_json (node);
}

static void
print_artifacts (gint64     run,
                 GPtrArray *artifacts)
{
  guint64 size = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < artifacts->len; i++)
    size += ((RunnelArtifactRecord *) g_ptr_array_index (artifacts, i))->file->size;
  text = g_format_size (size);
  if (artifacts->len > 0)
    printf ("\n%u artifact%s, %s. See: runnel artifacts %" G_GINT64_FORMAT "\n", artifacts->len,
            artifacts->len == 1 ? "" : "s", text, run);
}

int
runnel_cli_show (int      argc,
                 char   **argv,
                 GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the run as a JSON object", NULL },
    { NULL }
  };
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;
  RunnelRunRecord *run = NULL;
  gint64 id;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN", "Shows a run with its steps.", 1, 1, error))
    return RUNNEL_EXIT_USAGE;
  id = runnel_cli_parse_run (argv[1], error);
  if (id == 0)
    return RUNNEL_EXIT_USAGE;

  history = runnel_cli_open_history (error);
  if (history)
    run = runnel_history_get_run (history, id, error);
  if (run)
    steps = runnel_history_get_steps (history, id, error);
  if (steps)
    artifacts = runnel_history_list_artifacts (history, id, NULL, error);

  if (artifacts && as_json)
    print_json (history, run, steps, artifacts);
  else if (artifacts)
    {
      print_head (run);
      print_fingerprint (run);
      print_parameters (run);
      print_fallbacks (history, id, steps);
      print_steps (history, id, steps);
      print_artifacts (id, artifacts);
    }
  g_clear_pointer (&run, runnel_run_record_free);

  return RUNNEL_EXIT_SUCCEEDED;
}
