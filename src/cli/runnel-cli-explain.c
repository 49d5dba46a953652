/* runnel-cli-explain.c: runnel explain
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "history/runnel-explain.h"

static const RunnelStepRecord *
find_step (GPtrArray   *steps,
           gint64       run,
           const char  *id,
           GError     **error)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (g_str_equal (step->id, id))
        return step;
    }
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
               "run %" G_GINT64_FORMAT " has no step “%s”; runnel show %" G_GINT64_FORMAT
               " lists those it has", run, id, run);

  return NULL;
}

static void
print_text (const RunnelStepRecord *step,
            GPtrArray              *facts)
{
  printf ("%s%s %s%s", runnel_state_get_color (step->state), runnel_state_get_mark (step->state),
          step->id, runnel_terminal_get_reset ());
  runnel_terminal_print (stdout, "  %s\n", step->name && *step->name ? step->name : "");
  for (guint i = 0; i < facts->len; i++)
    {
      const RunnelFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *line = runnel_text_make_line (fact->text);

      printf ("  %-8s %s\n", runnel_fact_topic_to_string (fact->topic), line);
    }
}

static JsonArray *
facts_to_json (GPtrArray *facts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < facts->len; i++)
    {
      const RunnelFact *fact = g_ptr_array_index (facts, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "topic", runnel_fact_topic_to_string (fact->topic));
      if (fact->step)
        json_object_set_string_member (object, "step", fact->step);
      json_object_set_string_member (object, "text", fact->text);
      json_array_add_object_element (array, object);
    }

  return array;
}

static void
print_json (gint64                  run,
            const RunnelStepRecord *step,
            GPtrArray              *facts)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "run", run);
  json_object_set_string_member (object, "step", step->id);
  json_object_set_string_member (object, "state", runnel_state_to_string (step->state));
  json_object_set_array_member (object, "facts", facts_to_json (facts));
  json_node_take_object (node, object);
  runnel_cli_print_json (node);
}

static gboolean
explain (gint64       run,
         const char  *id,
         gboolean     as_json,
         GError     **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(GPtrArray) steps = history ? runnel_history_get_steps (history, run, error) : NULL;
  const RunnelStepRecord *step = steps ? find_step (steps, run, id, error) : NULL;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(GPtrArray) facts = NULL;
  g_autofree char *text = NULL;

  if (!step)
    return FALSE;

  text = runnel_history_get_text (history, run, NULL);
  pipeline = text ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
  facts = runnel_explain_step (steps, pipeline, step);
  if (as_json)
    print_json (run, step, facts);
  else
    print_text (step, facts);

  return TRUE;
}

int
runnel_cli_explain (int      argc,
                    char   **argv,
                    GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the facts as a JSON object", NULL },
    { NULL }
  };
  gint64 run;

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN STEP",
                         "Says why a step ran, waited, was skipped or was reused.", 2, 2, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !explain (run, argv[2], as_json, error))
    return RUNNEL_EXIT_USAGE;

  return RUNNEL_EXIT_SUCCEEDED;
}
