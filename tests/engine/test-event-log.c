/* test-event-log.c: facts that survive
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/runnel-event-log.h"

typedef struct
{
  char *runs_dir;
  char *events;
  RunnelRunDir *dir;
  RunnelEventLog *log;
  guint n_failures;
  GError *error;
} Fixture;

static const char *
get_path (Fixture *fixture)
{
  return runnel_run_dir_get_path (fixture->dir);
}

static void
failed_cb (RunnelEventLog *log,
           const GError   *error,
           gpointer        user_data)
{
  Fixture *fixture = user_data;

  fixture->n_failures++;
  fixture->error = g_error_copy (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->runs_dir = g_dir_make_tmp ("runnel-events-XXXXXX", NULL);
  fixture->dir = runnel_run_dir_create (fixture->runs_dir, 1, NULL);
  fixture->events = g_build_filename (get_path (fixture), RUNNEL_RUN_DIR_EVENTS, NULL);
  fixture->log = runnel_event_log_new (fixture->dir, failed_cb, fixture, NULL);
  g_assert_nonnull (fixture->log);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *lock = g_build_filename (get_path (fixture), RUNNEL_RUN_DIR_LOCK, NULL);

  g_clear_pointer (&fixture->log, runnel_event_log_free);
  g_unlink (fixture->events);
  g_unlink (lock);
  g_rmdir (get_path (fixture));
  g_rmdir (fixture->runs_dir);
  runnel_run_dir_free (fixture->dir);
  g_clear_error (&fixture->error);
  g_free (fixture->events);
  g_free (fixture->runs_dir);
}

static void
tell (Fixture    *fixture,
      const char *step,
      gint64      time)
{
  RunnelEventSink *sink = runnel_event_log_get_sink (fixture->log);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_QUEUED,
    .run = 1,
    .time = time,
    .step = step,
    .state = RUNNEL_STATE_QUEUED,
    .exit_code = -1,
  };

  sink->event (sink, &event);
}

static void
flush (Fixture *fixture)
{
  RunnelEventSink *sink = runnel_event_log_get_sink (fixture->log);

  sink->flush (sink);
}

static gboolean
collect_cb (const RunnelEvent *event,
            gpointer           user_data)
{
  g_string_append_printf (user_data, "%s@%" G_GINT64_FORMAT " ", event->step, event->time);
  return TRUE;
}

static void
assert_events (Fixture    *fixture,
               const char *expected)
{
  g_autoptr(GString) events = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_event_log_read (get_path (fixture), collect_cb, events, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (events->str, ==, expected);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  tell (fixture, "a", 1);
  tell (fixture, "b", 2);
  assert_events (fixture, "");
  flush (fixture);
  assert_events (fixture, "a@1 b@2 ");
  tell (fixture, "c", 3);
  g_clear_pointer (&fixture->log, runnel_event_log_free);
  assert_events (fixture, "a@1 b@2 c@3 ");
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      tell (fixture, "a", 1);
      flush (fixture);
      tell (fixture, "b", 2);
      raise (SIGKILL);
    }
  waitpid (pid, NULL, 0);
  assert_events (fixture, "a@1 ");
}

static void
append (Fixture    *fixture,
        const char *text)
{
  FILE *file = fopen (fixture->events, "a");

  fputs (text, file);
  fclose (file);
}

static void
test_torn (Fixture       *fixture,
           gconstpointer  data)
{
  tell (fixture, "a", 1);
  flush (fixture);
  append (fixture, "nonsense\n{}\n[1]\n\n");
  tell (fixture, "b", 2);
  flush (fixture);
  append (fixture, "{\"event\":\"step-queued\",\"time\":3,\"run\":1,\"step\":\"c\","
                   "\"state\":\"queued\"}");
  assert_events (fixture, "a@1 b@2 ");
}

static gboolean
stop_cb (const RunnelEvent *event,
         gpointer           user_data)
{
  return ++*(guint *) user_data < 2;
}

static void
test_stop (Fixture       *fixture,
           gconstpointer  data)
{
  guint count = 0;

  for (guint i = 0; i < 5; i++)
    tell (fixture, "a", i);
  flush (fixture);
  g_assert_true (runnel_event_log_read (get_path (fixture), stop_cb, &count, NULL));
  g_assert_cmpuint (count, ==, 2);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (runnel_event_log_read ("/no/such/folder", stop_cb, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* A limit on the size of files stands in for a disk that is full and then is not. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  struct rlimit before, limit;

  signal (SIGXFSZ, SIG_IGN);
  tell (fixture, "a", 1);
  flush (fixture);
  getrlimit (RLIMIT_FSIZE, &before);
  limit = (struct rlimit) { 150, before.rlim_max };
  setrlimit (RLIMIT_FSIZE, &limit);
  tell (fixture, "b", 2);
  tell (fixture, "c", 3);
  flush (fixture);
  flush (fixture);
  g_assert_cmpuint (fixture->n_failures, ==, 0); /* not in the middle of the run's work */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_failures, ==, 1);
  g_assert_error (fixture->error, G_IO_ERROR, (int) g_io_error_from_errno (EFBIG));

  setrlimit (RLIMIT_FSIZE, &before);
  tell (fixture, "d", 4);
  flush (fixture);
  assert_events (fixture, "a@1 b@2 c@3 d@4 ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/event-log/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("round-trip", test_round_trip);
  ADD ("killed", test_killed);
  ADD ("torn", test_torn);
  ADD ("stop", test_stop);
  ADD ("missing", test_missing);
  ADD ("full-disk", test_full_disk);
  return g_test_run ();
}
