/* make-history.c: writes a history of made-up runs, to try out what reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: make-history [--runs N] [--pipelines N] [--steps N] [--seed N] [DATABASE]
 *
 * Without a DATABASE it is that of the person, which must not be there yet: set XDG_DATA_HOME to a
 * new folder, make the history, and start `runnel` or `runnel designer` with the same XDG_DATA_HOME.
 */
#include <stdio.h>
#include <stdlib.h>

#include "history-maker.h"
#include "history/runnel-history.h"

int
main (int    argc,
      char **argv)
{
  HistoryPlan plan = HISTORY_PLAN_DEFAULT;
  int seed = plan.seed;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &plan.n_runs, "How many runs (default: 100000)", "N" },
    { "pipelines", 0, 0, G_OPTION_ARG_INT, &plan.n_pipelines, "Of how many pipelines (default: 50)",
      "N" },
    { "steps", 0, 0, G_OPTION_ARG_INT, &plan.n_steps, "Steps of a run on the average (default: 55)",
      "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another history than with other seeds", "N" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("[DATABASE]");
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 start = g_get_monotonic_time ();
  guint64 n_attempts;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2 || plan.n_runs == 0 ||
      plan.n_pipelines == 0)
    {
      fprintf (stderr, "make-history: %s\n", error ? error->message : "see --help");
      return EXIT_FAILURE;
    }
  path = argc == 2 ? g_strdup (argv[1]) : runnel_history_get_path ();
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      fprintf (stderr, "make-history: “%s” is there already; move it away or name another\n", path);
      return EXIT_FAILURE;
    }
  plan.seed = seed;
  n_attempts = history_maker_fill (path, &plan);
  history_maker_count (path);
  printf ("%s: %u runs, %" G_GUINT64_FORMAT " attempts, in %.1f s\n", path, plan.n_runs, n_attempts,
          (g_get_monotonic_time () - start) / (double) G_TIME_SPAN_SECOND);
  return EXIT_SUCCESS;
}
