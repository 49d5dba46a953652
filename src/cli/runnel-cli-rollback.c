/* runnel-cli-rollback.c: runnel rollback
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/runnel-cli-earlier.h"
#include "cli/runnel-cli-terminal.h"
#include "history/runnel-history-earlier.h"

typedef struct
{
  char *to;
  char *of;
  char *parent;
  char **assignments;
  gboolean inherit;
  gboolean rehearse;
  gboolean as_json;
  gboolean detach;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->parent, g_free);
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
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to,
      "Keep this step and what started before it", "STEP" },
    { "rehearse", 'n', 0, G_OPTION_ARG_NONE, &options->rehearse,
      "Print what would be undone, in order, and undo nothing", NULL },
    RUNNEL_CLI_SECRETS_OPTION (&order->secrets_file),
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json,
      "Print every event as a JSON object on a line", NULL },
    { "detach", 0, 0, G_OPTION_ARG_NONE, &options->detach,
      "Print the run's number and return; the run goes on by itself", NULL },
    { "param", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options->assignments,
      "Give a parameter that held a secret its value; may be repeated", "NAME=VALUE" },
    { "inherit", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->inherit,
      "Read secrets and parameters of the parent from standard input", NULL },
    { "of", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->of,
      "Roll back all runs that this step started", "RUN:STEP" },
    { "parent", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->parent,
      "The step that this is carried out for", "RUN:STEP" },
    { NULL }
  };

  if (!runnel_cli_parse (argc, argv, entries, "RUN",
                         "Undoes what the steps of a run did, the latest first.", 0, 1, error))
    return FALSE;
  if (*argc == 2 || options->of)
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "the run that is to be rolled back is missing; see runnel list");

  return FALSE;
}

/* Nobody else may roll the run back as long as this process, or the one of the run that it starts,
 * lives: each would find the same undos, and carry them out. The folder of a run is locked by
 * nothing else; when it was deleted by hand, that is no reason not to undo. */
static gboolean
lock_run (gint64    run,
          GError  **error)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  close (fd);
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE,
               "Run %" G_GINT64_FORMAT " is being rolled back already. Wait for the end of that.",
               run);

  return FALSE;
}

static gboolean
select_undos (RunnelCliOrder  *order,
              const char      *to,
              GError         **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(GHashTable) undone =
    history ? runnel_history_get_undone (history, order->earlier->run, error) : NULL;

  if (!undone)
    return FALSE;
  order->undos = runnel_earlier_list_undos (order->earlier, undone, to, error);
  if (order->undos)
    order->selection = runnel_selection_new (order->pipeline, RUNNEL_SELECT_NONE, NULL,
                                             order->earlier, error);

  return order->selection != NULL;
}

/* The rollback is a part of that run, as a subpipeline is. */
static void
set_parent (JsonObject *trigger,
            const char *parent)
{
  const char *colon = parent ? strchr (parent, ':') : NULL;

  if (!colon)
    return;
  json_object_set_int_member (trigger, "parent", g_ascii_strtoll (parent, NULL, 10));
  json_object_set_string_member (trigger, "step", colon + 1);
}

/* In a process of its own: a process carries out one run. What it inherits is in a file in memory,
 * which each reads from its beginning. Returns whether it went well. */
static gboolean
roll_back_child (gint64       run,
                 Options     *options,
                 GError     **error)
{
  g_autofree char *binary = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, run);
  const char *argv[] = { binary, "rollback", number, "--parent", options->parent,
                         options->inherit ? "--inherit" : NULL, NULL };
  int status;

  lseek (STDIN_FILENO, 0, SEEK_SET);

  return binary &&
         g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL,
                       NULL, &status, error) &&
         g_spawn_check_wait_status (status, error);
}

/* What one run could not undo does not keep the others from it. */
static int
roll_back_children (Options  *options,
                    GError  **error)
{
  g_autoptr(GArray) runs = runnel_cli_find_children (options->of, error);
  int code = RUNNEL_EXIT_SUCCEEDED;

  if (!runs)
    return RUNNEL_EXIT_STORE;

  for (guint i = 0; i < runs->len; i++)
    {
      g_autoptr(GError) problem = NULL;

      if (roll_back_child (g_array_index (runs, gint64, i), options, &problem))
        continue;
      runnel_terminal_print (stderr, "runnel: run %" G_GINT64_FORMAT " is not rolled back: %s\n",
                             g_array_index (runs, gint64, i), problem->message);
      code = RUNNEL_EXIT_FAILED;
    }

  return code;
}

int
runnel_cli_rollback (int      argc,
                     char   **argv,
                     GError **error)
{
  g_auto(Options) options = { 0, };
  g_auto(RunnelCliOrder) order = { 0, };
  gint64 run;

  if (!parse (&options, &order, &argc, &argv, error))
    return RUNNEL_EXIT_USAGE;
  if (options.of)
    return roll_back_children (&options, error);
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || (options.inherit && !runnel_cli_inherit (&order, error)) ||
      !runnel_cli_read_earlier (run, "rollback", RUNNEL_CLI_AS_IT_RAN,
                                (const char *const *) options.assignments, &order, error) ||
      (!options.rehearse && !lock_run (run, error)) ||
      !select_undos (&order, options.to, error))
    return RUNNEL_EXIT_USAGE;

  if (order.undos->len == 0)
    {
      fprintf (stderr, "Nothing of run %" G_GINT64_FORMAT " is to be undone.\n", run);
      return RUNNEL_EXIT_SUCCEEDED;
    }
  set_parent (order.trigger, options.parent);
  order.as_json = options.as_json;
  order.is_detached = options.detach;

  return runnel_cli_carry_out (&order, options.rehearse, error);
}
