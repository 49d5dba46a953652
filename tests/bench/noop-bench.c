/* noop-bench.c: whole runs of steps that do nothing, with journal and history
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: noop-bench [STEPS]
 *
 * From the text of the file until the history has everything, as `runnel run` does it, but for the
 * executor, under which every attempt succeeds at once. Memory is what the process takes more at
 * its peak than before it had the text.
 */
#include <stdlib.h>

#include "engine/runnel-event-log.h"
#include "engine/runnel-executor.h"
#include "engine/runnel-run-dir.h"
#include "engine/runnel-run.h"
#include "history/runnel-history-writer.h"
#include "model/runnel-pipeline.h"

#include "goals.h"
#include "layers.h"

#define JOBS LAYERS_WIDTH
#define STEPS_PER_SECOND 50000
#define BYTES_PER_STEP 1200

/* Seconds, and bytes. */
typedef struct
{
  double load;
  double store;
  double run;
  double total;
  gsize memory;
} Figures;

static double
get_seconds (void)
{
  return g_get_monotonic_time () / (double) G_TIME_SPAN_SECOND;
}

/* A line of /proc/self/status that gives kilobytes, as bytes. */
static gsize
get_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024;
}

static void
fail_cb (RunnelEventLog *log,
         const GError   *error,
         gpointer        user_data)
{
  g_error ("%s", error->message);
}

static void
quit_cb (RunnelRun   *run,
         RunnelState  state,
         gpointer     user_data)
{
  g_assert_cmpint (state, ==, RUNNEL_STATE_SUCCEEDED);

  g_main_loop_quit (user_data);
}

static void
carry_out (RunnelPipeline      *pipeline,
           gint64               id,
           RunnelRunDir        *dir,
           RunnelHistoryWriter *writer)
{
  g_autoptr(RunnelEventLog) log = runnel_event_log_new (dir, fail_cb, NULL, NULL);
  g_autoptr(RunnelExecutor) executor = runnel_dry_run_executor_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  const RunnelRunOptions options = {
    .id = id,
    .jobs = JOBS,
    .run_dir = runnel_run_dir_get_path (dir),
  };
  g_autoptr(RunnelRun) run =
    runnel_run_new (pipeline, &options, executor, runnel_clock_get_system (), NULL);

  runnel_run_add_sink (run, runnel_event_log_get_sink (log));
  runnel_run_add_sink (run, runnel_history_writer_get_sink (writer));
  runnel_run_start (run, quit_cb, loop);
  g_main_loop_run (loop);
  g_assert_true (runnel_history_writer_flush (writer, NULL));
}

static Figures
measure (const char *folder,
         guint       n_steps)
{
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  RunnelHistory *history = runnel_history_open (path, NULL);
  gsize memory = get_status ("VmRSS:");
  g_autofree char *text = layers_make_text (n_steps);
  Figures figures = { 0, };
  double start = get_seconds (), stored;
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  double loaded = get_seconds ();
  gint64 id = runnel_history_add_run (history, "bench", "/bench.runnel.json", text, strlen (text),
                                      g_get_real_time (), NULL);
  g_autoptr(RunnelRunDir) dir = runnel_run_dir_create (folder, id, NULL);
  g_autoptr(RunnelHistoryWriter) writer = runnel_history_writer_new (history);

  g_assert_true (runnel_run_dir_write_pipeline (dir, text, strlen (text), NULL));
  g_clear_pointer (&text, g_free);
  stored = get_seconds ();
  carry_out (pipeline, id, dir, writer);

  figures.load = loaded - start;
  figures.store = stored - loaded;
  figures.run = get_seconds () - stored;
  figures.total = get_seconds () - start;
  figures.memory = get_status ("VmHWM:") - memory;

  return figures;
}

static void
print_figures (const Figures *figures,
               guint          n_steps)
{
  g_autoptr(GString) goals = g_string_new (NULL);

  printf ("%u steps, 2 needs each, nothing executed, journal and history written\n", n_steps);
  printf ("  %-36s %9.3f s\n", "load", figures->load);
  printf ("  %-36s %9.3f s\n", "store the definition", figures->store);
  printf ("  %-36s %9.3f s\n", "plan and run", figures->run);
  goals_add (goals, "steps a second, all in all", n_steps / figures->total, GOAL_AT_LEAST,
             STEPS_PER_SECOND);
  goals_add (goals, "bytes of memory a step", figures->memory / (double) n_steps, GOAL_AT_MOST,
             BYTES_PER_STEP);
  printf ("{\"benchmark\": \"noop\", \"steps\": %u, \"load-s\": %.4f, \"store-s\": %.4f, "
          "\"run-s\": %.4f, \"total-s\": %.4f, \"goals\": [%s]}\n",
          n_steps, figures->load, figures->store, figures->run, figures->total, goals->str);
}

static void
remove_folder (const char *folder)
{
  const char *const argv[] = { "rm", "-r", folder, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

int
main (int    argc,
      char **argv)
{
  guint n_steps = argc > 1 ? strtoul (argv[1], NULL, 10) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("noop-bench-XXXXXX", NULL);
  Figures figures;

  if (n_steps < 1 || n_steps > 10000000)
    {
      fprintf (stderr, "usage: noop-bench [STEPS], from 1 to 10000000\n");
      return 2;
    }
  figures = measure (folder, n_steps);
  print_figures (&figures, n_steps);
  remove_folder (folder);

  return 0;
}
