/* runnel-cli-stats.c: runnel stats
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-stats.h"
#include "cli/runnel-cli.h"
#include "history/runnel-history-stats.h"
#include "model/runnel-pipeline.h"

#define DEFAULT_RANGE "30d"
#define EVERYTHING "all"

/* The moment that an option says; below 0 is so long before now. */
static gboolean
read_time (const char  *key,
           const char  *value,
           gint64       now,
           gint64      *ret_time,
           GError     **error)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();
  gint64 time;

  if (!runnel_run_filter_add (filter, key, value, error))
    return FALSE;
  time = g_str_equal (key, "since") ? filter->since : filter->until;
  *ret_time = time < 0 ? now + time : time;

  return TRUE;
}

/* The history knows files by their whole path. */
static char *
read_pipeline (const char *argument)
{
  if (argument && (strchr (argument, '/') || g_str_has_suffix (argument, RUNNEL_FILE_SUFFIX)))
    return g_canonicalize_filename (argument, NULL);

  return g_strdup (argument);
}

static gboolean
read_range (RunnelStatsQuery  *query,
            const char        *since,
            const char        *until,
            GError           **error)
{
  gint64 now = g_get_real_time ();

  if (until && !read_time ("until", until, now, &query->until, error))
    return FALSE;
  if (g_str_equal (since, EVERYTHING))
    return TRUE;
  if (!read_time ("since", since, now, &query->since, error))
    return FALSE;
  if (query->since < (query->until ? query->until : now))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "the range ends before it begins; --since says when it begins");

  return FALSE;
}

static gboolean
check_step (const RunnelStatsQuery  *query,
            GError                 **error)
{
  if (!query->step || query->pipeline)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--step needs a pipeline; write runnel stats PIPELINE --step %s", query->step);

  return FALSE;
}

/* Each time some runs of a history of an older version are counted, until all are. */
static RunnelStats *
read_stats (const RunnelStatsQuery  *query,
            GError                 **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelStats *stats = NULL;

  if (!history)
    return NULL;
  do
    {
      g_clear_pointer (&stats, runnel_stats_free);
      stats = runnel_history_get_stats (history, query, error);
    }
  while (stats && !stats->complete);

  return stats;
}

int
runnel_cli_stats (int      argc,
                  char   **argv,
                  GError **error)
{
  g_autoptr(RunnelStatsQuery) query = g_new0 (RunnelStatsQuery, 1);
  g_autofree char *since = NULL;
  g_autofree char *until = NULL;
  gboolean as_json = FALSE, as_csv = FALSE;
  const GOptionEntry entries[] = {
    { "step", 0, 0, G_OPTION_ARG_STRING, &query->step, "Of one step of the pipeline", "STEP" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since,
      "Of the runs that began since then: 2d, 2026-11-01, all (default: " DEFAULT_RANGE ")", "TIME" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, "Of the runs that began until then", "TIME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the numbers as a JSON object", NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &as_csv, "Print the numbers as a table for spreadsheets",
      NULL },
    { NULL }
  };
  g_autoptr(RunnelStats) stats = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "[PIPELINE]",
                         "Says what got slower, what fails, what is flaky and what steps wait for: "
                         "in the runs of a pipeline, or in all.", 0, 1, error))
    return RUNNEL_EXIT_USAGE;
  query->pipeline = read_pipeline (argv[1]);
  if (!check_step (query, error) ||
      !read_range (query, since ? since : DEFAULT_RANGE, until, error))
    return RUNNEL_EXIT_USAGE;
  stats = read_stats (query, error);
  if (!stats)
    return RUNNEL_EXIT_STORE;

  if (as_json)
    runnel_cli_stats_print_json (stats, query);
  else if (as_csv)
    runnel_cli_stats_print_csv (stats, query);
  else
    runnel_cli_stats_print_text (stats, query);

  return RUNNEL_EXIT_SUCCEEDED;
}
