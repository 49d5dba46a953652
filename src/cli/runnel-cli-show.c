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
#include "util/runnel-format.h"

static const char *const titles[] = { "STEP", "STATE", "TIME", "TRIES", "REASON", NULL };

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
    printf ("Reason    %s\n", run->reason);
  printf ("Pipeline  %s\n", run->pipeline ? run->pipeline : "");
  printf ("File      %s\n", run->file ? run->file : "");
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

      printf ("Parameter %s = %s\n", name, text);
    }
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
    printf ("Handled   %s\n", fallbacks);
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

static void
print_steps (GPtrArray *steps)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 4);

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);
      guint n_attempts = step->attempts ? step->attempts->len : 0;
      char *cells[] = {
        g_strdup (step->id),
        g_strdup_printf ("%s %s", runnel_state_get_mark (step->state),
                         runnel_state_to_string (step->state)),
        describe_time (step),
        n_attempts > 1 ? g_strdup_printf ("%u", n_attempts) : g_strdup (""),
        describe_reason (step),
      };

      runnel_cli_table_take_row (table, cells, step->state);
    }
  printf ("\n");
  runnel_cli_table_print (table);
}

static void
print_json (const RunnelRunRecord *run,
            GPtrArray             *steps,
            GPtrArray             *artifacts)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run->id);
  JsonObject *object = runnel_cli_run_to_json (run);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "steps",
                                runnel_cli_steps_to_json (steps, artifacts, run_dir));
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
    print_json (run, steps, artifacts);
  else if (artifacts)
    {
      print_head (run);
      print_parameters (run);
      print_fallbacks (history, id, steps);
      print_steps (steps);
      print_artifacts (id, artifacts);
    }
  g_clear_pointer (&run, runnel_run_record_free);

  return RUNNEL_EXIT_SUCCEEDED;
}
