/* runnel-cli-gc.c: runnel gc
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/runnel-cli-gc.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "model/runnel-duration.h"
#include "model/runnel-size.h"

/* Of ioprio_set(2), which has no header: this process, only when the disk is idle. */
#define IOPRIO_WHO_PROCESS 1
#define IOPRIO_IDLE (3 << 13)

typedef struct
{
  gboolean dry_run;
  gboolean as_json;
  gboolean status;
  gboolean orphans;
  gboolean automatic;
  char *older_than;
  char *max_size;
  char *pipeline;
  int keep;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->older_than);
  g_free (self->max_size);
  g_free (self->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- The policy --- */

static gboolean
parse_limits (const Options          *options,
              RunnelRetentionLimits  *limits,
              GError                **error)
{
  guint64 size;

  if (options->older_than && !runnel_duration_parse (options->older_than, &limits->max_age, error))
    return FALSE;
  if (options->max_size && !runnel_size_parse (options->max_size, &size, error))
    return FALSE;
  if (options->max_size)
    limits->max_size = MIN (size, G_MAXINT64);
  if (options->keep > 0)
    limits->max_runs = options->keep;
  return TRUE;
}

/* Limits that are given hold instead of those of the settings. How many runs are kept is counted
 * for each pipeline; what they may take, for all together or for the one that was asked for. */
static gboolean
set_limits (const Options    *options,
            RunnelRetention  *policy,
            GError          **error)
{
  RunnelRetentionLimits *each;

  if (!options->older_than && !options->max_size && options->keep <= 0)
    return TRUE;
  g_hash_table_remove_all (policy->pipelines);
  policy->all.max_age = policy->all.max_runs = policy->all.max_size = RUNNEL_RETENTION_NOT_GIVEN;
  each = runnel_retention_add_pipeline (policy, RUNNEL_RETENTION_ANY_PIPELINE);
  if (!parse_limits (options, each, error))
    return FALSE;
  if (options->pipeline)
    return TRUE;
  policy->all.max_size = each->max_size;
  each->max_size = RUNNEL_RETENTION_NOT_GIVEN;
  return TRUE;
}

static RunnelRetention *
make_policy (const Options  *options,
             GError        **error)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);
  g_autofree char *problems = NULL;

  problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);
  if (problems)
    runnel_terminal_print (stderr, "%s\n", problems);
  return set_limits (options, policy, error) ? g_steal_pointer (&policy) : NULL;
}

/* --- Cleaning --- */

static void
show_progress_cb (guint    n_done,
                  guint    n_all,
                  gpointer user_data)
{
  fprintf (stderr, "\r%u of %u runs\033[K", n_done, n_all);
  fflush (stderr);
}

static int
clean (const Options    *options,
       RunnelHistory    *history,
       RunnelRetention  *policy,
       GError          **error)
{
  gboolean shows_progress = isatty (STDERR_FILENO) && !options->as_json && !options->automatic;
  g_auto(RunnelCleanupStatus) status = { 0, };
  RunnelCleanupOptions cleanup = {
    .policy = policy,
    .pipeline = options->pipeline,
    .orphans = options->orphans,
    .automatic = options->automatic,
    .progress = shows_progress ? show_progress_cb : NULL,
  };
  gboolean ok = runnel_cleanup (history, &cleanup, &status, NULL, error);

  if (shows_progress)
    fprintf (stderr, "\r\033[K");
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_clear_error (error);
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_STORE,
                           "the history is being cleaned at the moment; runnel gc --status tells "
                           "when that is done");
    }
  if (ok)
    runnel_cli_gc_print_status (&status, options->as_json);
  return ok ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_STORE;
}

static int
preview (const Options    *options,
         RunnelHistory    *history,
         RunnelRetention  *policy,
         GError          **error)
{
  g_autoptr(RunnelCleanupPlan) plan =
    runnel_cleanup_plan_new (history, policy, options->pipeline, NULL, error);

  if (!plan)
    return RUNNEL_EXIT_STORE;
  runnel_cli_gc_print_plan (plan, options->as_json);
  return RUNNEL_EXIT_SUCCEEDED;
}

static int
show_status (gboolean as_json)
{
  g_auto(RunnelCleanupStatus) status = { 0, };

  runnel_cleanup_status_load (&status);
  runnel_cli_gc_print_status (&status, as_json);
  return RUNNEL_EXIT_SUCCEEDED;
}

/* Nobody waits for it, so it takes what others leave. It has no terminal, and nobody who could read
 * what it says. */
static void
step_back (void)
{
  const struct sched_param none = { 0, };

  setsid ();
  setpriority (PRIO_PROCESS, 0, 19);
  sched_setscheduler (0, SCHED_IDLE, &none);
  syscall (SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_IDLE);
}

static int
carry_out (const Options  *options,
           GError        **error)
{
  g_autoptr(RunnelRetention) policy = make_policy (options, error);
  g_autoptr(RunnelHistory) history = NULL;

  if (!policy)
    return RUNNEL_EXIT_USAGE;
  if (options->automatic)
    {
      step_back ();
      if (!policy->automatic || !runnel_cleanup_is_due (g_get_real_time ()))
        return RUNNEL_EXIT_SUCCEEDED;
    }
  history = runnel_cli_open_history (error);
  if (!history)
    return RUNNEL_EXIT_STORE;
  return options->dry_run ? preview (options, history, policy, error)
                          : clean (options, history, policy, error);
}

int
runnel_cli_gc (int      argc,
               char   **argv,
               GError **error)
{
  g_auto(Options) options = { 0, };
  const GOptionEntry entries[] = {
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
      "Say what would go, and delete nothing", NULL },
    { "older-than", 0, 0, G_OPTION_ARG_STRING, &options.older_than,
      "Delete runs that ended so long ago: 30d, 12h", "AGE" },
    { "keep", 0, 0, G_OPTION_ARG_INT, &options.keep,
      "Delete all but the latest N runs of each pipeline", "N" },
    { "max-size", 0, 0, G_OPTION_ARG_STRING, &options.max_size,
      "Delete the oldest runs until the rest takes at most so much: \"5 GB\"", "SIZE" },
    { "pipeline", 'p', 0, G_OPTION_ARG_STRING, &options.pipeline,
      "Delete only runs of this pipeline, by its name or file", "PIPELINE" },
    { "orphans", 0, 0, G_OPTION_ARG_NONE, &options.orphans,
      "Delete also folders of runs that the history does not know", NULL },
    { "status", 0, 0, G_OPTION_ARG_NONE, &options.status,
      "Say when the history was cleaned last, and what went", NULL },
    { "automatic", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options.automatic,
      "Do it as runs do that end", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, "Print JSON", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "",
                         "Deletes old runs with their logs and artifacts, compresses logs, and "
                         "gives the room back. What is kept is told by the settings "
                         "history.…, or by the options. Runs that are pinned or under way and the "
                         "latest run of a pipeline that succeeded always stay.", 0, 0, error))
    return RUNNEL_EXIT_USAGE;
  if (options.keep < 0)
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "--keep takes a number from 1 on");
      return RUNNEL_EXIT_USAGE;
    }
  return options.status ? show_status (options.as_json) : carry_out (&options, error);
}
