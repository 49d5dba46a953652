/* history-bench.c: what the history costs, in time and on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor of the same run: the same events, handed to a sink that forgets them.
 */
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "history/runnel-history-writer.h"

#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)
#define N_STEPS 10000
#define N_SMALL_RUNS 2000
#define N_SMALL_STEPS 25
#define N_LOOKS 200

static char *
make_text (guint n_steps)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"many\", \"steps\": [\n");

  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text,
                            "  {\"id\": \"compile-unit-%u\", \"name\": \"Compile unit %u\","
                            " \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}%s\n",
                            i, i, i + 1 < n_steps ? "," : "");
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_TIME_SPAN_SECOND;
}

static void
forget_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
}

/* All that one successful step of a real process tells. */
static void
send_step (RunnelEventSink *sink,
           gint64           run,
           guint            index,
           gint64           time)
{
  RunnelEvent events[] = {
    { .type = RUNNEL_EVENT_STEP_QUEUED, .time = time },
    { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .time = time + 1200, .attempt = 1,
      .pid = 300000 + index, .start_time = 123456789 + index },
    { .type = RUNNEL_EVENT_ATTEMPT_FINISHED, .time = time + 13400, .attempt = 1,
      .state = RUNNEL_STATE_SUCCEEDED, .usage = { 8123, 2345, 10240 } },
    { .type = RUNNEL_EVENT_STEP_FINISHED, .time = time + 13450, .attempt = 1,
      .state = RUNNEL_STATE_SUCCEEDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      events[i].run = run;
      events[i].step_index = index;
      sink->event (sink, &events[i]);
    }
}

static void
send_run (RunnelEventSink *sink,
          gint64           run,
          guint            n_steps)
{
  RunnelEvent event = { .type = RUNNEL_EVENT_RUN_STARTED, .run = run, .time = T0 };

  sink->event (sink, &event);
  for (guint i = 0; i < n_steps; i++)
    send_step (sink, run, i, T0 + i * 400);
  event.type = RUNNEL_EVENT_RUN_FINISHED;
  event.state = RUNNEL_STATE_SUCCEEDED;
  sink->event (sink, &event);
}

static gint64
add_run (RunnelHistory *history,
         const char    *text)
{
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_history_add_run (history, "many", "/home/me/many.runnel.json", text,
                                       strlen (text), T0, &error);

  g_assert_no_error (error);
  return run;
}

static double
measure_large_run (const char *path,
                   double     *ret_add)
{
  g_autofree char *text = make_text (N_STEPS);
  RunnelHistory *history = runnel_history_open (path, NULL);
  RunnelHistoryWriter *writer;
  gint64 start = g_get_monotonic_time ();
  gint64 run = add_run (history, text);
  double elapsed;

  *ret_add = seconds_since (start);
  writer = runnel_history_writer_new (history);
  start = g_get_monotonic_time ();
  send_run (runnel_history_writer_get_sink (writer), run, N_STEPS);
  elapsed = seconds_since (start);
  g_assert_true (runnel_history_writer_flush (writer, NULL));
  runnel_history_writer_free (writer);
  return elapsed;
}

static void
fill (const char *path)
{
  g_autofree char *text = make_text (N_SMALL_STEPS);
  RunnelHistory *history = runnel_history_open (path, NULL);

  for (guint i = 0; i < N_SMALL_RUNS; i++)
    {
      gint64 run = add_run (history, text);
      RunnelHistoryWriter *writer = runnel_history_writer_new (history);

      send_run (runnel_history_writer_get_sink (writer), run, N_SMALL_STEPS);
      runnel_history_writer_free (writer);
      history = runnel_history_open (path, NULL);
    }
  runnel_history_close (history);
}

/* Milliseconds for one page of runs, anywhere in the list. */
static double
measure_pages (const char *path)
{
  g_autoptr(RunnelHistory) history = runnel_history_open (path, NULL);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();
      g_autoptr(GPtrArray) runs = NULL;

      filter->before = N_SMALL_RUNS - i * 7 % N_SMALL_RUNS;
      runs = runnel_history_list_runs (history, filter, 50, NULL);

      g_assert_nonnull (runs);
    }
  return seconds_since (start) / N_LOOKS * 1000;
}

static double
measure_floor (void)
{
  RunnelEventSink sink = { forget_event, NULL };
  gint64 start = g_get_monotonic_time ();

  send_run (&sink, 1, N_STEPS);
  return seconds_since (start);
}

static gint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("history-bench-XXXXXX", NULL);
  g_autofree char *large = g_build_filename (folder, "large.db", NULL);
  g_autofree char *small = g_build_filename (folder, "small.db", NULL);
  double add, floor = measure_floor (), record = measure_large_run (large, &add), page, per_attempt;
  gint64 start = g_get_monotonic_time ();

  fill (small);
  printf ("%d runs of %d steps, one after the other: %.2f s\n", N_SMALL_RUNS, N_SMALL_STEPS,
          seconds_since (start));
  page = measure_pages (small);
  per_attempt = size_of (small) / (double) (N_SMALL_RUNS * N_SMALL_STEPS);
  printf ("a run of %d steps: added in %.0f ms, recorded in %.0f ms (events alone %.1f ms)\n",
          N_STEPS, add * 1000, record * 1000, floor * 1000);
  printf ("disk: %.0f bytes an attempt (large run with its definition: %.0f)\n", per_attempt,
          size_of (large) / (double) N_STEPS);
  printf ("a page of 50 runs: %.2f ms\n", page);
  g_unlink (large);
  g_unlink (small);
  g_rmdir (folder);
  printf ("{\"benchmark\": \"history\", \"add_ms\": %.1f, \"record_ms\": %.1f, "
          "\"bytes_per_attempt\": %.1f, \"page_ms\": %.3f}\n",
          add * 1000, record * 1000, per_attempt, page);
  return 0;
}
