/* runnel-cli-rollback.c: runnel rollback
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-earlier.h"
#include "history/runnel-history-earlier.h"

typedef struct
{
  char *to;
  gboolean rehearse;
  gboolean as_json;
  gboolean detach;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->to, g_free);
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
    { NULL }
  };

  return runnel_cli_parse (argc, argv, entries, "RUN",
                           "Undoes what the steps of a run did, the latest first.", 1, 1, error);
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
  run = runnel_cli_parse_run (argv[1], error);
  if (run == 0 || !runnel_cli_read_earlier (run, "rollback", RUNNEL_CLI_AS_IT_RAN, NULL, &order, error) ||
      !select_undos (&order, options.to, error))
    return RUNNEL_EXIT_USAGE;

  if (order.undos->len == 0)
    {
      fprintf (stderr, "Nothing of run %" G_GINT64_FORMAT " is to be undone.\n", run);
      return RUNNEL_EXIT_SUCCEEDED;
    }
  order.as_json = options.as_json;
  order.is_detached = options.detach;

  return runnel_cli_carry_out (&order, options.rehearse, error);
}
