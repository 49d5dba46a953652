/* history-bench.c: what a large history costs, in time and on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: history-bench [--runs N] [--database FILE]
 *
 * The history is made up (see make-history), which takes a minute; a FILE is used as it is, and kept,
 * with some runs more.
 */
#include <stdio.h>
#include <stdlib.h>

#include <glib/gstdio.h>

#include "goals.h"
#include "history-maker.h"
#include "history-reads.h"
#include "history-writes.h"
#include "history/runnel-sqlite.h"

#define MOST_BYTES_AN_ATTEMPT 600

static gint64
read_int (const char *path,
          const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelSqlite) db = runnel_sqlite_open (path, &error);
  gint64 value = 0;

  if (db == NULL || !runnel_sqlite_read_int (db, sql, &value, &error))
    g_error ("%s", error->message);
  return value;
}

static void
measure_size (const char *path,
              GString    *figures,
              GString    *goals)
{
  gint64 n_attempts = read_int (path, "SELECT count (*) FROM attempt");
  gint64 n_runs = read_int (path, "SELECT count (*) FROM run");
  gint64 size = read_int (path, "PRAGMA page_count") * read_int (path, "PRAGMA page_size");
  double bytes = size / (double) MAX (n_attempts, 1);

  printf ("  %" G_GINT64_FORMAT " runs, %" G_GINT64_FORMAT " attempts, %.0f MB: %.0f bytes an attempt\n",
          n_runs, n_attempts, size / 1e6, bytes);
  goals_add (goals, "bytes an attempt", bytes, GOAL_AT_MOST, MOST_BYTES_AN_ATTEMPT);
  g_string_append_printf (figures, "\"runs\": %" G_GINT64_FORMAT ", \"attempts\": %" G_GINT64_FORMAT
                                   ", \"bytes_per_attempt\": %.1f", n_runs, n_attempts, bytes);
}

static void
measure (const char *path)
{
  g_autoptr(GString) figures = g_string_new (NULL);
  g_autoptr(GString) reads = g_string_new (NULL);
  g_autoptr(GString) goals = g_string_new (NULL);

  measure_size (path, figures, goals);
  history_reads_measure (path, reads, goals);
  history_writes_measure (path, figures, goals);
  history_writes_measure_large_run (path, figures);
  printf ("{\"benchmark\": \"history\", %s, \"reads\": [%s], \"goals\": [%s]}\n", figures->str,
          reads->str, goals->str);
}

static void
measure_new (guint n_runs)
{
  HistoryPlan plan = HISTORY_PLAN_DEFAULT;
  g_autofree char *folder = g_dir_make_tmp ("history-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);

  plan.n_runs = n_runs;
  history_maker_fill (path, &plan);
  history_maker_count (path);
  measure (path);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  int n_runs = 100000;
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "How many runs to make up (default: 100000)", "N" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &path, "Use this one, and keep it", "FILE" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "history-bench: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (path != NULL)
    measure (path);
  else
    measure_new (n_runs);
  return EXIT_SUCCESS;
}
