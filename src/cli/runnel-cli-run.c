/* runnel-cli-run.c: runnel run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-earlier.h"
#include "cli/runnel-cli-run.h"
#include "engine/limits/runnel-ancestry.h"
#include "engine/runnel-container.h"

#define MAX_TRIGGER_LENGTH 40

typedef struct
{
  char **assignments;
  char *parameters_file;
  char *outputs_file;
  char *trigger;
  char *parent;
  char *resume;
  RunnelCliPart part;
  int jobs;
  gboolean dry_run;
  gboolean no_cache;
  gboolean as_json;
  gboolean detach;
  gboolean from_stdin;
  gboolean inherit;
  gboolean in_containers;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->assignments, g_strfreev);
  g_clear_pointer (&self->parameters_file, g_free);
  g_clear_pointer (&self->outputs_file, g_free);
  g_clear_pointer (&self->trigger, g_free);
  g_clear_pointer (&self->parent, g_free);
  g_clear_pointer (&self->resume, g_free);
  runnel_cli_part_clear (&self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Runs of these kinds belong to another run, which they name. */
static gboolean
check_trigger (const char  *trigger,
               GError     **error)
{
  static const char *const taken[] = { "pipeline", "rerun", "rollback", NULL };
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

  if (!trigger || (*trigger && strlen (trigger) <= MAX_TRIGGER_LENGTH &&
                   strspn (trigger, letters) == strlen (trigger) &&
                   !g_strv_contains (taken, trigger)))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--trigger %s: write a word of small letters, such as schedule; pipeline, rerun and "
               "rollback are taken", trigger);

  return FALSE;
}

static gboolean
parse (Options         *options,
       RunnelCliOrder  *order,
       int             *argc,
       char          ***argv,
       GError         **error)
{
  const GOptionEntry entries[] = {
    { "param", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options->assignments,
      "Give a parameter a value; may be repeated", "NAME=VALUE" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs,
      "Run at most N steps at once (default: as the pipeline says, else one per processor)", "N" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->dry_run,
      "Print what would be executed, in order, and execute nothing", NULL },
    { "no-cache", 0, 0, G_OPTION_ARG_NONE, &options->no_cache,
      "Use no result of an earlier run; results are kept all the same", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json,
      "Print every event as a JSON object on a line", NULL },
    { "detach", 0, 0, G_OPTION_ARG_NONE, &options->detach,
      "Print the run's number and return; the run goes on by itself", NULL },
    RUNNEL_CLI_PART_OPTIONS (&options->part),
    RUNNEL_CLI_CONTAINER_OPTION (&options->in_containers),
    { "stdin", 0, 0, G_OPTION_ARG_NONE, &options->from_stdin,
      "Read the pipeline from standard input; FILE only says where it belongs", NULL },
    { "parameters-file", 0, 0, G_OPTION_ARG_FILENAME, &options->parameters_file,
      "Read values of parameters from a JSON object", "FILE" },
    RUNNEL_CLI_SECRETS_OPTION (&order->secrets_file),
    RUNNEL_CLI_LABEL_OPTION (&order->labels),
    { "trigger", 0, 0, G_OPTION_ARG_STRING, &options->trigger,
      "Say what starts the run: schedule, webhook, ... (default: manual)", "KIND" },
    { "inherit", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->inherit,
      "Read secrets and parameters of the parent from standard input", NULL },
    { "outputs-file", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->outputs_file,
      "Write the outputs that this JSON object names to $RUNNEL_OUTPUT", "FILE" },
    { "parent", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->parent,
      "The step that this run is carried out for", "RUN:STEP" },
    { "resume", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->resume,
      "Carry on what failed in the run that was carried out for this step", "RUN:STEP" },
    { NULL }
  };

  options->jobs = -1;
  if (!runnel_cli_parse (argc, argv, entries, "FILE", "Runs a pipeline and shows how it goes.", 1,
                         1, error))
    return FALSE;
  if (!runnel_cli_check_labels (order, error) || !check_trigger (options->trigger, error))
    return FALSE;
  if (options->jobs != 0 && options->jobs >= -1)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--jobs %d: at least one step has to run at once", options->jobs);

  return FALSE;
}

static JsonNode *
parse_object (const char  *path,
              const char  *text,
              gsize        length,
              GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) problem = NULL;
  JsonNode *root = NULL;

  if (json_parser_load_from_data (parser, text, length, &problem))
    root = json_parser_get_root (parser);
  if (root && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_ref (root);

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, "%s: %s", path,
               problem ? problem->message : "there is no JSON object in it");

  return NULL;
}

/* A small file with one JSON object. */
static JsonNode *
read_object (const char  *path,
             GError     **error)
{
  gsize length;
  g_autofree char *text = runnel_cli_read_file (path, &length, error);

  return text ? parse_object (path, text, length, error) : NULL;
}

static JsonObject *
read_parameters (Options         *options,
                 RunnelCliOrder  *order,
                 GError         **error)
{
  g_autoptr(JsonObject) parameters = NULL;
  g_autoptr(JsonNode) file = NULL;
  JsonObject *more = runnel_cli_get_inherited (order, "parameters");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  parameters = runnel_parameters_from_strings (order->pipeline,
                                               (const char *const *) options->assignments, error);
  if (parameters && options->parameters_file)
    {
      file = read_object (options->parameters_file, error);
      if (!file)
        return NULL;
      more = json_node_get_object (file);
    }
  if (!parameters || !more)
    return g_steal_pointer (&parameters);

  json_object_iter_init (&iter, more);
  while (json_object_iter_next (&iter, &name, &value))
    if (!json_object_has_member (parameters, name))
      json_object_set_member (parameters, name, json_node_ref (value));

  return g_steal_pointer (&parameters);
}

/* "12:deploy" is the step deploy of run 12. */
static JsonObject *
make_trigger (const char *kind,
              const char *parent)
{
  JsonObject *trigger = json_object_new ();
  const char *colon = parent ? strchr (parent, ':') : NULL;

  json_object_set_string_member (trigger, "kind", colon ? "pipeline" : kind);
  if (colon)
    {
      json_object_set_int_member (trigger, "run", g_ascii_strtoll (parent, NULL, 10));
      json_object_set_string_member (trigger, "step", colon + 1);
    }

  return trigger;
}

static gboolean
fill_in (RunnelCliOrder  *order,
         Options         *options,
         const char      *path,
         GError         **error)
{
  order->file = g_canonicalize_filename (path, NULL);
  order->text = options->from_stdin ? runnel_cli_read_stdin (&order->length, error)
                                    : runnel_cli_read_file (path, &order->length, error);
  if (!order->text)
    return FALSE;

  order->pipeline = runnel_cli_read_pipeline (path, order->text, order->length, error);
  if (!order->pipeline)
    return FALSE;

  if (options->inherit && !runnel_cli_inherit (order, error))
    return FALSE;

  order->parameters = read_parameters (options, order, error);
  if (!order->parameters)
    return FALSE;

  if (options->outputs_file && !(order->outputs = read_object (options->outputs_file, error)))
    return FALSE;

  if (options->resume && !runnel_cli_carry_on (options->resume, order, error))
    return FALSE;
  if (!order->selection && !runnel_cli_part_select (&options->part, order, error))
    return FALSE;

  if (options->in_containers && !(order->container = runnel_container_find_program (error)))
    return FALSE;

  order->trigger = make_trigger (options->trigger ? options->trigger : "manual", options->parent);
  if (order->earlier)
    json_object_set_int_member (order->trigger, "resumes", order->earlier->run);
  order->ancestry = options->detach ? NULL : runnel_ancestry_from_environment ();
  runnel_ancestry_hand_on (order->ancestry);
  order->jobs = MAX (options->jobs, 0);
  order->no_cache = options->no_cache;
  order->as_json = options->as_json;
  order->is_detached = options->detach;

  return TRUE;
}

int
runnel_cli_run (int      argc,
                char   **argv,
                GError **error)
{
  g_auto(Options) options = { 0, };
  g_auto(RunnelCliOrder) order = { 0, };

  if (!parse (&options, &order, &argc, &argv, error) || !fill_in (&order, &options, argv[1], error))
    return RUNNEL_EXIT_USAGE;

  return runnel_cli_carry_out (&order, options.dry_run, error);
}
