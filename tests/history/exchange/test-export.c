/* test-export.c: runs with their logs and artifacts, into one file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "exchange-fixture.h"
#include "log/runnel-log-pack.h"

static void
assert_has (GBytes     *data,
            const char *text)
{
  if (!strstr (g_bytes_get_data (data, NULL), text))
    g_error ("there is no %s in\n%s", text, (const char *) g_bytes_get_data (data, NULL));
}

static guint
count (GBytes     *data,
       const char *text)
{
  const char *at = g_bytes_get_data (data, NULL);
  guint n = 0;

  while ((at = strstr (at, text)) != NULL)
    {
      at += strlen (text);
      n++;
    }
  return n;
}

static void
test_empty (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GBytes) data = export_all (history, FALSE);

  assert_has (data, "{\"type\": \"runnel-history\", \"version\": 1,");
  assert_has (data, "\n{\"type\": \"end\", \"runs\": 0}\n");
  g_assert_cmpuint (count (data, "\n"), ==, 2);
}

/* A definition once for its runs; a run under way not at all. */
static void
test_runs (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GBytes) data = NULL;

  add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 30);
  add_finished (history, "many", RUNNEL_STATE_FAILED, 30);
  add_run (history, "many", 3);
  data = export_all (history, FALSE);
  g_assert_cmpuint (count (data, "{\"type\": \"definition\""), ==, 1);
  g_assert_cmpuint (count (data, "{\"type\": \"run\""), ==, 2);
  g_assert_cmpuint (count (data, "{\"type\": \"run-end\"}"), ==, 2);
  assert_has (data, "\"state\": \"failed\"");
  assert_has (data, "{\"type\": \"file\", \"name\": \"s0.1.log\"}");
  assert_has (data, "{\"type\": \"data\", \"text\": \"line 0\\nline 7\\n");
  assert_has (data, "{\"type\": \"file-end\", \"size\": 30, \"sha256\": \"");
}

/* What is no text is told as bytes; a character that a piece ends in goes on in the next. */
static void
test_bytes (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 1);
  g_autofree char *path = write_run_file (run, "s0.1.log", 0);
  g_autoptr(GString) umlauts = g_string_new ("a");
  g_autoptr(GBytes) data = NULL;

  g_assert_true (g_file_set_contents (path, "x\xff", 2, NULL));
  data = export_all (history, FALSE);
  assert_has (data, "{\"type\": \"data\", \"base64\": \"eP8=\"}");
  g_clear_pointer (&data, g_bytes_unref);

  g_assert_true (g_file_set_contents (path, "x\0y", 3, NULL));
  data = export_all (history, FALSE);
  assert_has (data, "{\"type\": \"data\", \"base64\": \"eAB5\"}");
  g_clear_pointer (&data, g_bytes_unref);

  for (guint i = 0; i < 100000; i++)
    g_string_append (umlauts, "ü");
  g_assert_true (g_file_set_contents (path, umlauts->str, umlauts->len, NULL));
  data = export_all (history, FALSE);
  g_assert_cmpuint (count (data, "base64"), ==, 0);
  g_assert_cmpuint (count (data, "{\"type\": \"data\""), ==, 5);
}

/* A compressed log is exported as it was. */
static void
test_packed (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10000);
  g_autofree char *path = write_run_file (run, "s0.1.log", 10000);
  g_autoptr(GBytes) before = export_all (history, FALSE);
  g_autoptr(GBytes) after = NULL;
  gint64 saved;

  g_assert_true (runnel_log_pack (path, &saved, NULL, NULL));
  after = export_all (history, FALSE);
  assert_has (after, "{\"type\": \"file\", \"name\": \"s0.1.log\"}");
  g_assert_cmpstr (strchr (g_bytes_get_data (before, NULL), '\n'), ==,
                   strchr (g_bytes_get_data (after, NULL), '\n'));
}

static void
test_left_out (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  gint64 run = add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_autofree char *folder = runnel_history_get_run_dir (run);
  g_autofree char *link = g_build_filename (folder, "passwd", NULL);
  g_autofree char *damaged = write_run_file (run, "s1.1.log.zst", 100);
  const RunnelExportOptions no_artifacts = { .without_artifacts = TRUE };
  const RunnelExportOptions no_files = { .without_files = TRUE };
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  g_autoptr(GBytes) data = NULL;
  RunnelExportResult result;

  g_free (write_run_file (run, "lock", 0));
  g_free (write_run_file (run, "socket", 0));
  g_free (write_run_file (run, "artifacts/s0/out/app", 10));
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  data = export_all (history, FALSE);
  g_assert_cmpuint (count (data, "{\"type\": \"file\""), ==, 2);
  assert_has (data, "\"artifacts/s0/out/app\"");

  g_assert_true (runnel_history_export (history, NULL, fd, &no_artifacts, &result, NULL, NULL));
  g_assert_cmpuint (result.n_unreadable, ==, 1);
  g_assert_true (runnel_history_export (history, NULL, fd, &no_files, &result, NULL, NULL));
  g_assert_cmpuint (result.n_unreadable, ==, 0);
  close (fd);
}

static void
test_no_room (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  const RunnelExportOptions options = { 0, };
  g_autoptr(GError) error = NULL;
  RunnelExportResult result;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_assert_false (runnel_history_export (history, NULL, fd, &options, &result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  close (fd);
}

static void
test_cancelled (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const RunnelExportOptions options = { 0, };
  g_autoptr(GError) error = NULL;
  RunnelExportResult result;
  int fd = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  add_finished (history, "many", RUNNEL_STATE_SUCCEEDED, 10);
  g_cancellable_cancel (cancellable);
  g_assert_false (runnel_history_export (history, NULL, fd, &options, &result, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/exchange/export/empty", test_empty);
  g_test_add_func ("/history/exchange/export/runs", test_runs);
  g_test_add_func ("/history/exchange/export/bytes", test_bytes);
  g_test_add_func ("/history/exchange/export/packed", test_packed);
  g_test_add_func ("/history/exchange/export/left-out", test_left_out);
  g_test_add_func ("/history/exchange/export/no-room", test_no_room);
  g_test_add_func ("/history/exchange/export/cancelled", test_cancelled);

  return g_test_run ();
}
