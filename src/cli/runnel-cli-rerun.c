/* runnel-cli-rerun.c: runnel rerun
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/runnel-cli-earlier.h"
#include "cli/runnel-cli-terminal.h"
#include "engine/runnel-container.h"
#include "model/runnel-pipeline-diff.h"

typedef struct
{
  RunnelCliPart part;
  char **assignments;
  int jobs;
  gboolean current;
  gboolean from_stdin;
  gboolean yes;
  gboolean dry_run;
  gboolean no_cache;
  gboolean as_json;
  gboolean detach;
  gboolean in_containers;
} Options;

static void
options_clear (Options *self)
{
  runnel_cli_part_clear (&self->part);
  g_clear_pointer (&self->assignments, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse (Options         *options,
       RunnelCliOrder  *order,
       int             *argc,
       char          ***argv,
       GError         **error)
{
  const GOptionEntry entries[] = {
    { "failed", 0, 0, G_OPTION_ARG_NONE, &options->part.failed,
      "Run what did not come to a good end, and all that come after it", NULL },
    RUNNEL_CLI_PART_OPTIONS (&options->part),
    { "current", 0, 0, G_OPTION_ARG_NONE, &options->current,
      "Run the pipeline as it is now in its file, after showing what changed; else as it ran",
      NULL },
    { "stdin", 0, 0, G_OPTION_ARG_NONE, &options->from_stdin,
      "Run the pipeline as it is on standard input", NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &options->yes, "Don't ask whether the changes are meant",
      NULL },
    { "param", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options->assignments,
      "Give a parameter another value than in RUN; may be repeated", "NAME=VALUE" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs, "Run at most N steps at once", "N" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->dry_run,
      "Print what would be executed, in order, and execute nothing", NULL },
    { "no-cache", 0, 0, G_OPTION_ARG_NONE, &options->no_cache,
      "Use no results of earlier runs for the steps that are run", NULL },
    RUNNEL_CLI_CONTAINER_OPTION (&options->in_containers),
    RUNNEL_CLI_LABEL_OPTION (&order->labels),
    RUNNEL_CLI_SECRETS_OPTION (&order->secrets_file),
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json,
      "Print every event as a JSON object on a line", NULL },
    { "detach", 0, 0, G_OPTION_ARG_NONE, &options->detach,
      "Print the run's number and return; the run goes on by itself", NULL },
    { NULL }
  };

  options->jobs = -1;
  if (!runnel_cli_parse (argc, argv, entries, "RUN",
                         "Runs a pipeline again, or a part of it, with the results of an earlier "
                         "run for the rest.", 1, 1, error))
    return FALSE;
  if (!runnel_cli_check_labels (order, error))
    return FALSE;
  if (options->jobs != 0 && options->jobs >= -1)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--jobs %d: at least one step has to run at once", options->jobs);

  return FALSE;
}

/* The events may go to standard output, so what is said to a person goes to the other. */
static guint
print_differences (gint64          run,
                   RunnelPipeline *pipeline)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (NULL);
  g_autofree char *text = history ? runnel_history_get_text (history, run, NULL) : NULL;
  g_autoptr(RunnelPipeline) earlier =
    text ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;
  g_autoptr(GPtrArray) differences = earlier ? runnel_pipeline_diff (earlier, pipeline) : NULL;

  if (!differences || differences->len == 0)
    {
      fprintf (stderr, "The pipeline is as it was in run %" G_GINT64_FORMAT ".\n", run);
      return 0;
    }

  fprintf (stderr, "Since run %" G_GINT64_FORMAT " the pipeline has changed:\n", run);
  for (guint i = 0; i < differences->len; i++)
    {
      g_autofree char *line = runnel_difference_to_string (g_ptr_array_index (differences, i));

      runnel_terminal_print (stderr, "  %s\n", line);
    }

  return differences->len;
}

static gboolean
ask (void)
{
  char answer[16] = "";

  fprintf (stderr, "Run it as it is now? [y/N] ");
  if (!fgets (answer, sizeof answer, stdin))
    return FALSE;

  return g_ascii_tolower (*answer) == 'y';
}

static RunnelCliDefinition
get_definition (const Options *options)
{
  if (options->from_stdin)
    return RUNNEL_CLI_AS_GIVEN;

  return options->current ? RUNNEL_CLI_AS_IN_FILE : RUNNEL_CLI_AS_IT_RAN;
}

/* Whether the changes are what the person wants; where nobody can be asked, they are. */
static gboolean
confirm (Options         *options,
         gint64           run,
         RunnelPipeline  *pipeline,
         GError         **error)
{
  if (get_definition (options) == RUNNEL_CLI_AS_IT_RAN ||
      print_differences (run, pipeline) == 0 || options->yes ||
      options->dry_run || !isatty (STDIN_FILENO) || ask ())
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "nothing was run; without --current the pipeline runs as it did in run %"
               G_GINT64_FORMAT, run);

  return FALSE;
}

int
runnel_cli_rerun (int      argc,
                  char   **argv,
                  GError **error)
{
  g_auto(Options) options = { 0, };
  g_auto(RunnelCliOrder) order = { 0, };
  gint64 run;

  if (!parse (&options, &order, &argc, &argv, error))
    return RUNNEL_EXIT_USAGE;
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_read_earlier (run, "rerun", get_definition (&options),
                                            (const char *const *) options.assignments, &order,
                                            error) ||
      !runnel_cli_part_select (&options.part, &order, error) ||
      !confirm (&options, run, order.pipeline, error))
    return RUNNEL_EXIT_USAGE;

  if (options.in_containers && !(order.container = runnel_container_find_program (error)))
    return RUNNEL_EXIT_USAGE;

  order.jobs = MAX (options.jobs, 0);
  order.no_cache = options.no_cache;
  order.as_json = options.as_json;
  order.is_detached = options.detach;

  return runnel_cli_carry_out (&order, options.dry_run, error);
}
