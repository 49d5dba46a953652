/* test-run-server.c: a run and those who ask and watch it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "engine/runnel-line-channel.h"
#include "engine/runnel-run-client.h"
#include "engine/runnel-run-server.h"
#include "run-fixture.h"

#define STEPS "{`id`: `gate`, `kind`: `approval`}, {`id`: `after`, `needs`: [`gate`]}"

#define LONG_NAME "a-name-that-alone-takes-more-than-half-of-the-address-of-a-socket"

typedef struct
{
  RunnelEventSink sink; /* first: passes events on as long as there is a server */
  RunFixture *run;
  char *runs_dir;
  RunnelRunDir *dir;
  RunnelRunServer *server;
} Fixture;

static const char *
get_path (Fixture *fixture)
{
  return runnel_run_dir_get_path (fixture->dir);
}

static void
pass_on (RunnelEventSink   *sink,
         const RunnelEvent *event)
{
  Fixture *fixture = (Fixture *) sink;
  RunnelEventSink *server_sink;

  if (!fixture->server)
    return;
  server_sink = runnel_run_server_get_sink (fixture->server);
  server_sink->event (server_sink, event);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->run = run_fixture_new (pipeline_from_steps (STEPS));
  run_fixture_tell (fixture->run, "gate", 0,
                    (RunnelFakeOutcome){ .duration = -1, .waits_for = "approval" });
  /* A folder whose name is longer than the address of a socket may be. */
  fixture->runs_dir = g_build_filename (fixture->run->run_dir, LONG_NAME, LONG_NAME, NULL);
  fixture->dir = runnel_run_dir_create (fixture->runs_dir, 42, &error);
  g_assert_no_error (error);
  run_fixture_start (fixture->run, 1);
  fixture->server = runnel_run_server_new (fixture->dir, fixture->run->run, &error);
  g_assert_no_error (error);
  fixture->sink.event = pass_on;
  runnel_run_add_sink (fixture->run->run, &fixture->sink);
  while (!strstr (fixture->run->log->str, "step-waiting")
         && runnel_fake_clock_jump (fixture->run->clock))
    ;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *lock = g_build_filename (get_path (fixture), RUNNEL_RUN_DIR_LOCK, NULL);
  g_autofree char *above = g_path_get_dirname (fixture->runs_dir);

  if (fixture->run->n_finished == 0)
    {
      runnel_run_cancel (fixture->run->run, NULL);
      run_fixture_complete (fixture->run);
    }
  g_clear_pointer (&fixture->server, runnel_run_server_free);
  g_unlink (lock);
  g_assert_cmpint (g_rmdir (get_path (fixture)), ==, 0); /* the socket is gone */
  g_rmdir (fixture->runs_dir);
  g_rmdir (above);
  runnel_run_dir_free (fixture->dir);
  run_fixture_free (fixture->run);
  g_free (fixture->runs_dir);
}

/* The command line blocks for its answer, so it has a thread of its own here. */
typedef struct
{
  const char *run_dir;
  JsonObject *request;
  JsonObject *answer;
  GError *error;
  gboolean done;
} Question;

static gpointer
ask_thread (gpointer user_data)
{
  Question *question = user_data;

  question->answer = runnel_run_client_request (question->run_dir, question->request,
                                                &question->error);
  g_atomic_int_set (&question->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static JsonObject *
ask (Fixture     *fixture,
     const char  *request,
     const char  *step,
     const char  *comment,
     GError     **error)
{
  g_autoptr(JsonObject) object = runnel_run_client_make_request (request, step, comment);
  Question question = { get_path (fixture), object, NULL, NULL, FALSE };
  GThread *thread = g_thread_new ("ask", ask_thread, &question);

  while (!g_atomic_int_get (&question.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  if (question.error)
    g_propagate_error (error, question.error);
  return question.answer;
}

static void
test_snapshot (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = ask (fixture, "snapshot", NULL, NULL, &error);
  JsonObject *snapshot;
  JsonObject *gate;
  JsonArray *steps;

  g_assert_no_error (error);
  snapshot = json_object_get_object_member (answer, "snapshot");
  g_assert_cmpint (json_object_get_int_member (snapshot, "run"), ==, 42);
  steps = json_object_get_array_member (snapshot, "steps");
  g_assert_cmpuint (json_array_get_length (steps), ==, 2);
  gate = json_array_get_object_element (steps, 0);
  g_assert_cmpstr (json_object_get_string_member (gate, "kind"), ==, "approval");
}

static void
test_approve (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = ask (fixture, "approve", "gate", "fine", &error);

  g_assert_no_error (error);
  run_fixture_complete (fixture->run);
  g_assert_cmpint (fixture->run->state, ==, RUNNEL_STATE_SUCCEEDED);
}

static void
test_reject (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(JsonObject) answer = ask (fixture, "reject", "gate", NULL, NULL);

  g_assert_nonnull (answer);
  run_fixture_complete (fixture->run);
  g_assert_cmpint (fixture->run->state, ==, RUNNEL_STATE_FAILED);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(JsonObject) answer = ask (fixture, "cancel", NULL, "enough", NULL);

  g_assert_nonnull (answer);
  run_fixture_complete (fixture->run);
  g_assert_cmpint (fixture->run->state, ==, RUNNEL_STATE_CANCELLED);
  g_assert_nonnull (strstr (fixture->run->log->str, "enough"));
}

static void
assert_taken (Fixture    *fixture,
              const char *request,
              const char *step)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = ask (fixture, request, step, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

static void
test_hold (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->run->told |= 1u << RUNNEL_EVENT_RUN_PAUSED | 1u << RUNNEL_EVENT_RUN_RESUMED;
  fixture->run->told |= 1u << RUNNEL_EVENT_STEP_WAITING;
  assert_taken (fixture, "pause", NULL);
  assert_taken (fixture, "freeze", "gate");
  assert_taken (fixture, "resume", NULL);
  assert_taken (fixture, "thaw", "gate");
  assert_taken (fixture, "approve", "gate");
  run_fixture_complete (fixture->run);
  g_assert_cmpint (fixture->run->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_nonnull (strstr (fixture->run->log->str, "run-paused running: paused by "));
  g_assert_nonnull (strstr (fixture->run->log->str, "step-waiting gate waiting (hold): frozen by "));
  g_assert_nonnull (strstr (fixture->run->log->str, "run-resumed running: resumed by "));
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const cases[][3] = {
    { "approve", "no-such-step", "no-such-step" },
    { "approve", "after", "after" },
    { "approve", NULL, "names no step" },
    { "freeze", "after", "it is pending" },
    { "freeze", NULL, "names no step" },
    { "thaw", "gate", "is not frozen" },
    { "dance", NULL, "Unknown request" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      JsonObject *answer = ask (fixture, cases[i][0], cases[i][1], NULL, &error);

      g_assert_null (answer);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
      g_assert_nonnull (strstr (error->message, cases[i][2]));
    }
}

static void
test_over (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(JsonObject) request = runnel_run_client_make_request ("snapshot", NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&fixture->server, runnel_run_server_free);
  g_assert_null (runnel_run_client_request (get_path (fixture), request, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (runnel_run_client_new (get_path (fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

typedef struct
{
  GString *log;
  gboolean closed;
} Watcher;

static void
snapshot_cb (RunnelRunClient *client,
             JsonObject      *snapshot,
             gpointer         user_data)
{
  Watcher *watcher = user_data;

  g_string_append_printf (watcher->log, "snapshot %s\n",
                          json_object_get_string_member (snapshot, "state"));
}

static void
event_cb (RunnelRunClient   *client,
          const RunnelEvent *event,
          const char        *line,
          gpointer           user_data)
{
  Watcher *watcher = user_data;

  g_assert_true (g_str_has_prefix (line, "{"));
  g_string_append_printf (watcher->log, "%s %s %s\n", runnel_event_type_to_string (event->type),
                          event->step ? event->step : "-", runnel_state_to_string (event->state));
}

static void
refused_cb (RunnelRunClient *client,
            const char      *error,
            gpointer         user_data)
{
  g_string_append (((Watcher *) user_data)->log, "refused\n");
}

static void
closed_cb (RunnelRunClient *client,
           const char      *error,
           gpointer         user_data)
{
  Watcher *watcher = user_data;

  g_string_append_printf (watcher->log, "closed%s\n", error ? " by accident" : "");
  watcher->closed = TRUE;
}

static RunnelRunClient *
watch (Fixture *fixture,
       Watcher *watcher)
{
  g_autoptr(GError) error = NULL;
  RunnelRunClient *client = runnel_run_client_new (get_path (fixture), &error);

  g_assert_no_error (error);
  watcher->log = g_string_new (NULL);
  watcher->closed = FALSE;
  g_signal_connect (client, "snapshot", G_CALLBACK (snapshot_cb), watcher);
  g_signal_connect (client, "event", G_CALLBACK (event_cb), watcher);
  g_signal_connect (client, "refused", G_CALLBACK (refused_cb), watcher);
  g_signal_connect (client, "closed", G_CALLBACK (closed_cb), watcher);
  return client;
}

static void
wait_for (Watcher    *watcher,
          const char *words)
{
  while (!strstr (watcher->log->str, words))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_subscribe (Fixture       *fixture,
                gconstpointer  data)
{
  Watcher watchers[2];
  g_autoptr(RunnelRunClient) first = watch (fixture, &watchers[0]);
  g_autoptr(RunnelRunClient) second = watch (fixture, &watchers[1]);
  g_autoptr(JsonObject) wrong = runnel_run_client_make_request ("approve", "after", NULL);
  g_autoptr(JsonObject) right = runnel_run_client_make_request ("approve", "gate", NULL);

  wait_for (&watchers[0], "snapshot");
  wait_for (&watchers[1], "snapshot");
  runnel_run_client_send (first, wrong);
  wait_for (&watchers[0], "refused");
  runnel_run_client_send (first, right);
  while (!strstr (fixture->run->log->str, "step-finished gate"))
    if (!runnel_fake_clock_jump (fixture->run->clock))
      g_main_context_iteration (NULL, TRUE);
  run_fixture_complete (fixture->run);
  g_clear_pointer (&fixture->server, runnel_run_server_free);
  wait_for (&watchers[0], "closed");
  wait_for (&watchers[1], "closed");

  g_assert_true (g_str_has_prefix (watchers[0].log->str, "snapshot running\nrefused\n"));
  g_assert_true (g_str_has_suffix (watchers[0].log->str, "step-finished after succeeded\n"
                                                         "run-finished - succeeded\n"
                                                         "closed\n"));
  g_assert_true (g_str_has_suffix (watchers[1].log->str, "run-finished - succeeded\nclosed\n"));
  g_string_free (watchers[0].log, TRUE);
  g_string_free (watchers[1].log, TRUE);
}

static void
test_broken_off (Fixture       *fixture,
                 gconstpointer  data)
{
  Watcher watcher;
  g_autoptr(RunnelRunClient) client = watch (fixture, &watcher);

  wait_for (&watcher, "snapshot");
  g_clear_pointer (&fixture->server, runnel_run_server_free);
  wait_for (&watcher, "closed by accident");
  g_string_free (watcher.log, TRUE);
}

static void
close_cb (RunnelRunClient *client,
          JsonObject      *snapshot,
          gpointer         user_data)
{
  runnel_run_client_close (client);
}

static void
test_close_in_callback (Fixture       *fixture,
                        gconstpointer  data)
{
  Watcher watcher;
  RunnelRunClient *client = watch (fixture, &watcher);

  g_signal_connect (client, "snapshot", G_CALLBACK (close_cb), NULL);
  wait_for (&watcher, "snapshot");
  g_assert_finalize_object (client);
  g_string_free (watcher.log, TRUE);
}

static int
connect_raw (Fixture *fixture)
{
  struct sockaddr_un address;
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  runnel_line_channel_make_address (runnel_run_dir_get_fd (fixture->dir), RUNNEL_RUN_DIR_SOCKET,
                                    &address);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

/* Reads what comes until the other end is closed or @words have come. */
static char *
read_until (int         fd,
            const char *words)
{
  g_autoptr(GString) text = g_string_new (NULL);
  char buffer[65536];

  while (!words || !strstr (text->str, words))
    {
      ssize_t n;

      g_main_context_iteration (NULL, FALSE);
      n = recv (fd, buffer, sizeof buffer, 0);
      if (n == 0)
        break;
      if (n > 0)
        g_string_append_len (text, buffer, n);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const lines[] = {
    "\n", "nonsense\n", "[]\n", "{}\n", "{\"request\": 5}\n", "{\"request\": {\"a\": 1}}\n",
    "\377\376\n", "{{{{{{{{\n", "{\"request\": \"snapshot\"\n",
  };
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autofree char *rest = NULL;
  int fd = connect_raw (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *answer = NULL;

      g_assert_cmpint (send (fd, lines[i], strlen (lines[i]), 0), >, 0);
      answer = read_until (fd, "}\n");
      g_assert_true (g_str_has_prefix (answer, "{\"ok\":false"));
    }
  g_assert_cmpint (send (fd, deep, strlen (deep), 0), ==, strlen (deep));
  g_assert_cmpint (send (fd, "\n", 1, 0), ==, 1);
  g_free (read_until (fd, "}\n"));

  /* A line without an end is not taken in for ever. */
  g_assert_cmpint (send (fd, endless, strlen (endless), 0), ==, strlen (endless));
  rest = read_until (fd, NULL);
  g_assert_cmpstr (rest, ==, "");
  close (fd);
}

static void
test_half_closed (Fixture       *fixture,
                  gconstpointer  data)
{
  int fd = connect_raw (fixture);
  g_autofree char *answer = NULL;

  g_assert_cmpint (send (fd, "{\"request\": \"snapshot\"}\n", 24, 0), ==, 24);
  shutdown (fd, SHUT_WR);
  answer = read_until (fd, NULL);
  g_assert_true (g_str_has_suffix (answer, "}\n"));
  close (fd);
}

/* The run goes on at its own pace; who does not read is told so after what was on its way. */
static void
test_slow_reader (Fixture       *fixture,
                  gconstpointer  data)
{
  RunnelEventSink *sink = runnel_run_server_get_sink (fixture->server);
  g_autofree char *reason = g_strnfill (1000, 'r');
  RunnelEvent event = { .type = RUNNEL_EVENT_STEP_QUEUED, .step = "gate", .reason = reason };
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_lines;
  int fd = connect_raw (fixture);

  g_assert_cmpint (send (fd, "{\"request\": \"subscribe\"}\n", 25, 0), ==, 25);
  g_free (read_until (fd, "}\n"));
  for (guint i = 0; i < 10000; i++)
    sink->event (sink, &event);
  text = read_until (fd, NULL);

  lines = g_strsplit (text, "\n", -1);
  n_lines = g_strv_length (lines);
  g_assert_cmpuint (n_lines, <, 10000);
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  g_assert_nonnull (strstr (lines[n_lines - 2], "too slow"));
  for (guint i = 0; i < n_lines - 2; i++)
    g_assert_true (g_str_has_suffix (lines[i], "}"));
  close (fd);
}

static void
test_private (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (get_path (fixture), RUNNEL_RUN_DIR_SOCKET, NULL);
  struct stat st;

  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/run-server/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("snapshot", test_snapshot);
  ADD ("approve", test_approve);
  ADD ("reject", test_reject);
  ADD ("hold", test_hold);
  ADD ("cancel", test_cancel);
  ADD ("refusals", test_refusals);
  ADD ("over", test_over);
  ADD ("subscribe", test_subscribe);
  ADD ("broken-off", test_broken_off);
  ADD ("close-in-callback", test_close_in_callback);
  ADD ("nonsense", test_nonsense);
  ADD ("half-closed", test_half_closed);
  ADD ("slow-reader", test_slow_reader);
  ADD ("private", test_private);
  return g_test_run ();
}
