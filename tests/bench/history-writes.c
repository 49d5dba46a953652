/* history-writes.c: how fast runs come into a large history
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floors of the same run: SQLite alone, putting as many rows as there are attempts into a table
 * without an index, a transaction that waits for the disk for each run; and for a large run its
 * events, given to a sink that forgets them.
 */
#include "history-writes.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>

#include "goals.h"
#include "history/runnel-history-writer.h"
#include "history/runnel-sqlite.h"

#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)
#define N_RUNS 100
#define N_STEPS 50
#define N_STEPS_OF_LARGE_RUN 10000
#define N_READERS 4

/* Attempts that no person waits for: a run of fifty steps every second. */
#define ATTEMPTS_A_SECOND 1000

typedef struct
{
  const char *path;
  gint over;
} Traffic;

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static char *
make_text (guint n_steps)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"bench\", \"steps\": [\n");

  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text,
                            "  {\"id\": \"compile-unit-%u\", \"name\": \"Compile unit %u\","
                            " \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}%s\n",
                            i, i, i + 1 < n_steps ? "," : "");
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
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

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_TIME_SPAN_SECOND;
}

/* As `runnel run` does it: the history opened, the run added, its events recorded. */
static void
write_run (const char *path,
           const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelHistory *history = runnel_history_open (path, &error);
  RunnelHistoryWriter *writer;
  gint64 run;

  check (error);
  run = runnel_history_add_run (history, "bench", "/home/ana/bench.runnel.json", text,
                                strlen (text), T0, &error);
  check (error);
  writer = runnel_history_writer_new (history);
  send_run (runnel_history_writer_get_sink (writer), run, N_STEPS);
  runnel_history_writer_flush (writer, &error);
  check (error);
  runnel_history_writer_free (writer);
}

/* A person who looks at the list all the time. */
static gpointer
read_in_thread (gpointer data)
{
  Traffic *traffic = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelHistory) history = runnel_history_open (traffic->path, &error);
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse ("state:failed", NULL);
  guint n_pages = 0;

  check (error);
  while (!g_atomic_int_get (&traffic->over))
    {
      g_autoptr(GPtrArray) runs = runnel_history_list_runs (history, filter, 50, &error);

      check (error);
      n_pages++;
    }
  return GUINT_TO_POINTER (n_pages);
}

/* Attempts a second. */
static double
measure_writes (const char *path,
                guint       n_readers)
{
  g_autofree char *text = make_text (N_STEPS);
  Traffic traffic = { path, FALSE };
  GThread *readers[N_READERS];
  gint64 start;
  double elapsed;

  write_run (path, text); /* the definition is there from now on */
  for (guint i = 0; i < n_readers; i++)
    readers[i] = g_thread_new ("reader", read_in_thread, &traffic);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_RUNS; i++)
    write_run (path, text);
  elapsed = seconds_since (start);
  g_atomic_int_set (&traffic.over, TRUE);
  for (guint i = 0; i < n_readers; i++)
    g_thread_join (readers[i]);
  return N_RUNS * N_STEPS / elapsed;
}

static void
execute (RunnelSqlite *db,
         const char   *sql)
{
  g_autoptr(GError) error = NULL;

  runnel_sqlite_exec (db, sql, &error);
  check (error);
}

static void
insert_bare_run (RunnelSqlite    *db,
                 RunnelStatement *statement,
                 guint            run)
{
  execute (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < N_STEPS; i++)
    {
      for (guint j = 0; j < 8; j++)
        runnel_statement_bind_int (statement, j, T0 + run * 1000 + i * j);
      runnel_statement_run (statement, NULL);
    }
  execute (db, "COMMIT");
}

static double
measure_floor (const char *path)
{
  g_autofree char *bare = g_strconcat (path, ".floor", NULL);
  g_autoptr(GError) error = NULL;
  RunnelSqlite *db = runnel_sqlite_open (bare, &error);
  RunnelStatement *statement;
  gint64 start;
  double elapsed;

  check (error);
  execute (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
               "CREATE TABLE t (a, b, c, d, e, f, g, h)");
  statement = runnel_sqlite_get_statement (db, "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                           &error);
  check (error);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_RUNS; i++)
    insert_bare_run (db, statement, i);
  elapsed = seconds_since (start);
  runnel_sqlite_close (db);
  g_unlink (bare);
  return N_RUNS * N_STEPS / elapsed;
}

/**
 * history_writes_measure:
 * @path: a history, into which some runs more are written
 * @figures: what to append to, as members of a JSON object
 * @goals: the same for goals_add()
 */
void
history_writes_measure (const char *path,
                        GString    *figures,
                        GString    *goals)
{
  double floor = measure_floor (path);
  double alone = measure_writes (path, 0);
  double beside = measure_writes (path, N_READERS);

  printf ("  %-34s %8s %17s\n", "writing", "a second", "of the floor");
  printf ("  %-34s %8.0f\n", "rows, SQLite alone", floor);
  printf ("  %-34s %8.0f %16.0f%%\n", "attempts", alone, alone / floor * 100);
  printf ("  %-34s %8.0f %16.0f%%\n", "attempts, beside four readers", beside, beside / floor * 100);
  goals_add (goals, "attempts written a second", alone, GOAL_AT_LEAST, ATTEMPTS_A_SECOND);
  goals_add (goals, "the same beside four readers", beside, GOAL_AT_LEAST, ATTEMPTS_A_SECOND);
  g_string_append_printf (figures, ", \"writes_per_s\": %.0f, \"writes_beside_readers_per_s\": %.0f, "
                                   "\"floor_per_s\": %.0f", alone, beside, floor);
}

static void
forget_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
}

static double
measure_events (void)
{
  RunnelEventSink sink = { forget_event, NULL };
  gint64 start = g_get_monotonic_time ();

  send_run (&sink, 1, N_STEPS_OF_LARGE_RUN);
  return seconds_since (start);
}

/**
 * history_writes_measure_large_run:
 * @path: a history, into which a run of ten thousand steps is written
 * @figures: what to append to, as members of a JSON object
 */
void
history_writes_measure_large_run (const char *path,
                                  GString    *figures)
{
  g_autofree char *text = make_text (N_STEPS_OF_LARGE_RUN);
  g_autoptr(GError) error = NULL;
  RunnelHistory *history = runnel_history_open (path, &error);
  RunnelHistoryWriter *writer;
  gint64 start = g_get_monotonic_time (), run;
  double add, record;

  check (error);
  run = runnel_history_add_run (history, "large", "/home/ana/large.runnel.json", text, strlen (text),
                                T0, &error);
  add = seconds_since (start) * 1000;
  check (error);
  writer = runnel_history_writer_new (history);
  start = g_get_monotonic_time ();
  send_run (runnel_history_writer_get_sink (writer), run, N_STEPS_OF_LARGE_RUN);
  record = seconds_since (start) * 1000;
  runnel_history_writer_free (writer);
  printf ("  a run of %d steps: added in %.0f ms, recorded in %.0f ms (its events alone %.1f ms)\n",
          N_STEPS_OF_LARGE_RUN, add, record, measure_events () * 1000);
  g_string_append_printf (figures, ", \"add_ms\": %.1f, \"record_ms\": %.1f", add, record);
}
