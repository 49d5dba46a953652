/* test-run-teller.c: tells receivers of runs once more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "../history/history-fixture.h"
#include "../telemetry/canned-server.h"
#include "designer/telemetry/runnel-run-teller.h"
#include "engine/limits/runnel-settings.h"
#include "telemetry/runnel-telemetry-config.h"

#define FINE ANSWER ("200 OK", "Content-Length: 0\r\n", "")
#define BUSY ANSWER ("503 Busy", "Content-Length: 0\r\n", "")

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
tell (const gint64  *runs,
      guint          n_runs,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  runnel_run_teller_tell_async (runs, n_runs, cancellable, done_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return runnel_run_teller_tell_finish (result, error);
}

/* NULL = nobody is told. */
static void
write_settings (const char *url)
{
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = url ? g_strdup_printf ("{\"telemetry\": {\"webhook\": {\"url\": \"%s\"}}}",
                                                 url)
                              : g_strdup ("{}");

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gint64
add_past (RunnelHistory *history)
{
  gint64 run = add_run (history, "Build", 1);
  const RunnelEvent start = { .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
                              .state = RUNNEL_STATE_RUNNING };

  record_event (history, &start);
  finish_run (history, run, RUNNEL_STATE_FAILED);
  return run;
}

static void
test_tells (void)
{
  const char *answers[] = { FINE, NULL };
  CannedServer *server = canned_server_new (answers);
  g_autoptr(RunnelHistory) history = open_history (NULL);
  const gint64 runs[] = { add_past (history), add_past (history) };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  write_settings (server->url);
  text = tell (runs, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "4 spans and events sent");
  g_assert_cmpuint (canned_server_count (server), ==, 4);
  canned_server_free (server);
}

static void
test_nobody (void)
{
  const gint64 run = 1;
  g_autoptr(GError) error = NULL;

  write_settings (NULL);
  g_assert_null (tell (&run, 1, NULL, &error));
  g_assert_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_CONFIG);
}

static void
test_busy (void)
{
  const char *answers[] = { BUSY, NULL };
  CannedServer *server = canned_server_new (answers);
  g_autoptr(RunnelHistory) history = open_history (NULL);
  const gint64 runs[] = { add_past (history), add_past (history) };
  g_autoptr(GError) error = NULL;

  write_settings (server->url);
  g_assert_null (tell (runs, 2, NULL, &error));
  g_assert_error (error, RUNNEL_TELEMETRY_ERROR, RUNNEL_TELEMETRY_ERROR_UNREACHED);
  g_assert_nonnull (strstr (error->message, "503"));
  g_assert_cmpuint (canned_server_count (server), ==, 1); /* it is not asked for each run again */
  canned_server_free (server);
}

static void
test_runs_that_cannot_be_told (void)
{
  const char *answers[] = { FINE, NULL };
  CannedServer *server = canned_server_new (answers);
  g_autoptr(RunnelHistory) history = open_history (NULL);
  const gint64 live = add_run (history, "Build", 1);
  const gint64 missing = 99;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  write_settings (server->url);
  g_assert_null (tell (&live, 1, NULL, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_LIVE);
  g_clear_error (&error);
  g_assert_null (tell (&missing, 1, NULL, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (tell (&missing, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  canned_server_free (server);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/designer/run-teller/tells", test_tells);
  g_test_add_func ("/designer/run-teller/nobody", test_nobody);
  g_test_add_func ("/designer/run-teller/busy", test_busy);
  g_test_add_func ("/designer/run-teller/runs-that-cannot-be-told", test_runs_that_cannot_be_told);
  return g_test_run ();
}
