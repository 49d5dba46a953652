/* main.c: the `runnel` command
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/kinds/runnel-kinds.h"
#include "util/runnel-nearest.h"

#define USAGE_WIDTH 24

static int help (int argc, char **argv, GError **error);

/* The completion scripts and docs/cli.md list the same commands. */
static const RunnelCliCommand commands[] = {
  { "run", runnel_cli_run, "FILE", "Run a pipeline" },
  { "rerun", runnel_cli_rerun, "RUN", "Run a pipeline again, or a part of it" },
  { "rollback", runnel_cli_rollback, "RUN", "Undo what the steps of a run did" },
  { "validate", runnel_cli_validate, "FILE…", "Check pipelines without running them" },
  { "format", runnel_cli_format, "FILE…", "Rewrite pipelines in canonical form" },
  { "tidy", runnel_cli_tidy, "FILE", "Put the steps of a pipeline in order on the canvas" },
  { "extract", runnel_cli_extract, "FILE", "Make a pipeline of its own of some steps" },
  { "find", runnel_cli_find, "TEXT [PATH…]", "Find a text in pipelines" },
  { "list", runnel_cli_list, "", "List runs, the latest first" },
  { "show", runnel_cli_show, "RUN", "Show one run with its steps" },
  { "logs", runnel_cli_logs, "RUN [STEP]", "Print the logs of a run or a step, or search those of many" },
  { "artifacts", runnel_cli_artifacts, "RUN [STEP]", "List or copy the files that steps left" },
  { "gantt", runnel_cli_gantt, "RUN [OTHER]", "Show where the time of a run went, or what got slower" },
  { "stats", runnel_cli_stats, "[PIPELINE]", "Say what got slower, fails or is flaky" },
  { "explain", runnel_cli_explain, "RUN STEP", "Say why a step ran, waited or was skipped" },
  { "simulate", runnel_cli_simulate, "FILE", "Say how a run would go" },
  { "draw", runnel_cli_draw, "FILE", "Draw a pipeline into an SVG, PNG or PDF file" },
  { "diff", runnel_cli_diff, "OLD NEW", "Say how two versions of a pipeline differ" },
  { "merge", runnel_cli_merge, "BASE OURS THEIRS", "Bring two sides' changes together" },
  { "export", runnel_cli_export, "FILE", "Write a pipeline for another system" },
  { "import", runnel_cli_import, "PATH…", "Make pipelines of files of other systems" },
  { "systems", runnel_cli_systems, "", "List the systems that pipelines are written for and read from" },
  { "cancel", runnel_cli_cancel, "RUN", "Cancel a run" },
  { "approve", runnel_cli_approve, "RUN STEP", "Let a step that waits for a person go on" },
  { "reject", runnel_cli_reject, "RUN STEP", "Make a step that waits for a person fail" },
  { "pause", runnel_cli_pause, "RUN", "Let nothing new start in a run" },
  { "resume", runnel_cli_resume, "RUN", "Let a paused run go on" },
  { "freeze", runnel_cli_freeze, "RUN STEP", "Stop a running step where it is" },
  { "thaw", runnel_cli_thaw, "RUN STEP", "Let a frozen step go on" },
  { "audit", runnel_cli_audit, "[RUN]", "Show who did what to runs, and from where" },
  { "label", runnel_cli_label, "RUN… ±LABEL…", "Put labels on runs, or take them off" },
  { "pin", runnel_cli_pin, "RUN…", "Keep runs when old ones are cleared away" },
  { "unpin", runnel_cli_unpin, "RUN…", "Let pinned runs be cleared away" },
  { "breakers", runnel_cli_breakers, "[FILE]", "Show steps that keep failing, or let them be tried" },
  { "alerts", runnel_cli_alerts, "[rules|check|test]", "Show what is wrong by the rules, and tell of it" },
  { "cache", runnel_cli_cache, "[list|gc|clear]", "Show or empty the cache of results" },
  { "history", runnel_cli_history, "export|import", "Write runs into a file, or add those of one" },
  { "gc", runnel_cli_gc, "", "Delete old runs, and give their room back" },
  { "metrics", runnel_cli_metrics, "", "Print figures of all runs for Prometheus" },
  { "telemetry", runnel_cli_telemetry, "[status|test|send]", "Show or try who is told of runs" },
  { "settings", runnel_cli_settings, "get|set|unset", "Show or change what holds on this machine" },
  { "secrets", runnel_cli_secrets, "set|delete|list", "Keep secrets in the keyring" },
  { "kinds", runnel_cli_kinds, "[KIND]", "Describe the kinds of steps and their fields" },
  { "schema", runnel_cli_schema, "", "Print the JSON Schema of pipelines" },
  { "designer", runnel_cli_designer, "[FILE…]", "Open the designer" },
  { "help", help, "", "Print this text" },
  { "after-run", runnel_cli_after_run, NULL, NULL }, /* not for people */
};

static void
print_command (const RunnelCliCommand *command)
{
  g_autofree char *usage = g_strdup_printf ("%s %s", command->name, command->arguments);
  int padding = MAX (USAGE_WIDTH - (int) g_utf8_strlen (usage, -1), 1);

  printf ("  %s%*s%s\n", usage, padding, "", command->summary);
}

static int
help (int      argc,
      char   **argv,
      GError **error)
{
  printf ("usage: runnel COMMAND [OPTION…] [ARGUMENT…]\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary)
      print_command (&commands[i]);
  printf ("\nrunnel COMMAND --help tells more; runnel --version prints the version.\n");

  return RUNNEL_EXIT_SUCCEEDED;
}

static const RunnelCliCommand *
find_command (const char  *name,
              GError     **error)
{
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL, };
  const char *nearest;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
      names[i] = commands[i].name;
    }

  nearest = runnel_nearest (name, names);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "there is no command “%s”%s%s%s; see runnel help", name,
               nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");

  return NULL;
}

static int
call_command (int      argc,
              char   **argv,
              GError **error)
{
  const RunnelCliCommand *command;

  if (argc == 0)
    {
      help (0, NULL, NULL);
      return RUNNEL_EXIT_USAGE;
    }
  if (g_str_equal (argv[0], "--version"))
    {
      puts ("runnel " RUNNEL_VERSION);
      return RUNNEL_EXIT_SUCCEEDED;
    }
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return help (argc, argv, error);

  command = find_command (argv[0], error);

  return command ? command->function (argc, argv, error) : RUNNEL_EXIT_USAGE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  int code;

  setlocale (LC_ALL, "");
  signal (SIGXFSZ, SIG_IGN); /* a file that may not grow any more is an error, not the end */
  runnel_kinds_init ();

  code = call_command (argc - 1, argv + 1, &error);
  if (!error)
    return code;

  runnel_terminal_print (stderr, "runnel: %s\n", error->message);

  return runnel_cli_get_exit_code (error);
}
