/* test-log-model.c: a log as it is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-model.h"
#include "log/runnel-log-times.h"

typedef struct
{
  LogFixture log;
  RunnelLogModel *model;
  GString *text;   /* what is in the log */
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  log_fixture_set_up (&fixture->log, NULL);
  fixture->text = g_string_new (NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *times = runnel_log_times_make_path (fixture->log.path);

  if (fixture->model)
    runnel_log_model_close (fixture->model);
  g_clear_object (&fixture->model);
  g_string_free (fixture->text, TRUE);
  g_unlink (times);
  log_fixture_tear_down (&fixture->log, NULL);
}

static void
open_model (Fixture *fixture,
            gboolean is_live)
{
  fixture->model = runnel_log_model_new (fixture->log.path, is_live);
  g_signal_connect_swapped (fixture->model, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
append (Fixture    *fixture,
        const char *text)
{
  g_string_append (fixture->text, text);
  log_fixture_append (&fixture->log, text, strlen (text));
}

static void
wait_until_known (Fixture *fixture)
{
  while (runnel_log_model_is_busy (fixture->model) ||
         runnel_log_model_get_size (fixture->model) != fixture->text->len)
    g_main_context_iteration (NULL, TRUE);
}

static RunnelLogCacheResult
wait_for_line (Fixture             *fixture,
               const RunnelLogLine *line,
               RunnelLogSpan       *span)
{
  RunnelLogCacheResult result;
  RunnelLogStyle style;

  while ((result = runnel_log_model_get_line (fixture->model, line, span, &style))
         == RUNNEL_LOG_CACHE_LATER)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

static char *
get_shown (Fixture *fixture)
{
  GString *shown = g_string_new (NULL);

  wait_until_known (fixture);
  for (guint64 row = 0; row < runnel_log_model_get_n_rows (fixture->model); row++)
    {
      RunnelLogLine line;
      RunnelLogSpan span;

      g_assert_cmpint (runnel_log_model_get_row (fixture->model, row, &line), ==,
                       RUNNEL_LOG_CACHE_READY);
      g_assert_cmpuint (runnel_log_model_find_row (fixture->model, &line), ==, row);
      g_assert_cmpint (wait_for_line (fixture, &line, &span), ==, RUNNEL_LOG_CACHE_READY);
      g_string_append_len (shown, span.text, span.length);
      g_string_append_c (shown, '\n');
    }
  return g_string_free (shown, FALSE);
}

static void
assert_shown (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *shown = get_shown (fixture);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_missing (Fixture      *fixture,
              gconstpointer user_data)
{
  RunnelLogLine line = { 0, 0 };
  RunnelLogSpan span;

  open_model (fixture, FALSE);
  g_assert_false (runnel_log_model_is_open (fixture->model));
  assert_shown (fixture, "");
  g_assert_true (runnel_log_model_is_open (fixture->model));
  g_assert_cmpint (runnel_log_model_get_row (fixture->model, 0, &line), ==, RUNNEL_LOG_CACHE_NONE);
  g_assert_cmpint (wait_for_line (fixture, &line, &span), ==, RUNNEL_LOG_CACHE_NONE);
  g_assert_cmpuint (fixture->n_changed, >, 0);
}

static void
test_grows (Fixture      *fixture,
            gconstpointer user_data)
{
  open_model (fixture, TRUE);
  assert_shown (fixture, "");
  append (fixture, "one\ntw");
  assert_shown (fixture, "one\ntw\n");
  append (fixture, "o\nthree\n");
  assert_shown (fixture, "one\ntwo\nthree\n");
  runnel_log_model_set_live (fixture->model, FALSE);
  assert_shown (fixture, "one\ntwo\nthree\n");
}

/* What is written before somebody says that it is over is seen, and nothing after. */
static void
test_ends (Fixture      *fixture,
           gconstpointer user_data)
{
  open_model (fixture, TRUE);
  append (fixture, "last\n");
  runnel_log_model_set_live (fixture->model, FALSE);
  assert_shown (fixture, "last\n");
  log_fixture_append (&fixture->log, "late\n", 5);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_shown (fixture, "last\n");
}

static void
test_is_cut (Fixture      *fixture,
             gconstpointer user_data)
{
  append (fixture, "one\ntwo\nthree\n");
  open_model (fixture, TRUE);
  assert_shown (fixture, "one\ntwo\nthree\n");
  g_assert_cmpint (truncate (fixture->log.path, 0), ==, 0);
  g_string_truncate (fixture->text, 0);
  append (fixture, "new\n");
  assert_shown (fixture, "new\n");
}

static void
test_large (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr(GString) text = log_fixture_make_random (3000000);
  g_autofree char *shown = NULL;
  RunnelLogLine line;
  guint64 number;

  append (fixture, text->str);
  open_model (fixture, FALSE);
  shown = get_shown (fixture);
  if (text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
  g_assert_true (strcmp (shown, text->str) == 0);

  g_assert_true (runnel_log_model_find_number (fixture->model, 100, &line));
  g_assert_true (runnel_log_model_get_number (fixture->model, &line, &number));
  g_assert_cmpuint (number, ==, 100);
}

static gboolean
is_end_known (Fixture       *fixture,
              RunnelLogLine *line)
{
  guint64 n_rows = runnel_log_model_get_n_rows (fixture->model);

  return runnel_log_model_get_row (fixture->model, n_rows - 1, line) == RUNNEL_LOG_CACHE_READY &&
         runnel_log_model_get_n_rows (fixture->model) == n_rows;
}

/* The end can be looked at before the rest is counted. */
static void
test_end_first (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *start = g_strnfill (3000000, '\n');
  RunnelLogLine line;
  RunnelLogSpan span;
  append (fixture, start);
  append (fixture, "last\n");
  open_model (fixture, FALSE);
  while (!runnel_log_model_is_open (fixture->model))
    g_main_context_iteration (NULL, TRUE);

  while (!is_end_known (fixture, &line))
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (wait_for_line (fixture, &line, &span), ==, RUNNEL_LOG_CACHE_READY);
  g_assert_cmpmem (span.text, span.length, "last", 4);
}

static void
test_folds (Fixture      *fixture,
            gconstpointer user_data)
{
  append (fixture, "::group::a\n1\n::endgroup::\n2\n");
  open_model (fixture, FALSE);
  wait_until_known (fixture);
  runnel_log_folds_set_all_closed (runnel_log_model_get_folds (fixture->model), TRUE);
  runnel_log_model_update_folds (fixture->model);
  assert_shown (fixture, "::group::a\n2\n");
}

static void
test_sieve_and_search (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr(RunnelLogPattern) pattern = runnel_log_pattern_new ("o", 0, NULL);

  open_model (fixture, TRUE);
  runnel_log_model_set_search (fixture->model, pattern); /* before it is open */
  runnel_log_model_set_sieve (fixture->model, pattern, 0);
  append (fixture, "one\ntwo\nthree\nfour\n");
  assert_shown (fixture, "one\ntwo\nfour\n");
  g_assert_true (runnel_log_model_has_sieve (fixture->model));
  append (fixture, "of four\n");
  assert_shown (fixture, "one\ntwo\nfour\nof four\n");
  g_assert_cmpuint (runnel_log_index_get_total (
                      runnel_log_search_get_counts (runnel_log_model_get_search (fixture->model))),
                    ==, 5);
  runnel_log_model_set_sieve (fixture->model, NULL, 0);
  runnel_log_model_set_search (fixture->model, NULL);
  g_assert_null (runnel_log_model_get_search (fixture->model));
  assert_shown (fixture, "one\ntwo\nthree\nfour\nof four\n");
}

static guint64
count_errors (Fixture *fixture)
{
  wait_until_known (fixture);
  return runnel_log_index_get_total (
    runnel_log_search_get_counts (runnel_log_model_get_errors (fixture->model)));
}

static void
test_errors (Fixture      *fixture,
             gconstpointer user_data)
{
  append (fixture, "good\n\033[31mred\033[0m\n");
  open_model (fixture, TRUE);
  g_assert_cmpuint (count_errors (fixture), ==, 1);
  append (fixture, "a.c:1: error: no\nb.c:2: error: no\n");
  g_assert_cmpuint (count_errors (fixture), ==, 2);
}

static void
write_time (Fixture *fixture,
            gint64   time)
{
  g_autofree char *path = runnel_log_times_make_path (fixture->log.path);
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  runnel_log_times_write (fd, &(RunnelLogTime) { fixture->text->len, time });
  close (fd);
}

static gint64
get_time (Fixture *fixture,
          guint    row)
{
  RunnelLogLine line;
  RunnelLogSpan span;

  wait_until_known (fixture);
  runnel_log_model_get_row (fixture->model, row, &line);
  wait_for_line (fixture, &line, &span);
  return runnel_log_model_get_time (fixture->model, &span);
}

static void
test_times (Fixture      *fixture,
            gconstpointer user_data)
{
  append (fixture, "one\n");
  write_time (fixture, 1000);
  append (fixture, "two\n");
  write_time (fixture, 2000);
  append (fixture, "2026-01-01T00:00:00Z three\n");
  open_model (fixture, FALSE);
  g_assert_cmpint (get_time (fixture, 0), ==, 1000);
  g_assert_cmpint (get_time (fixture, 1), ==, 2000);
  g_assert_cmpint (get_time (fixture, 2), ==, G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND);
}

/* Returns: the text of the last line that had come, or NULL */
static char *
find_time (Fixture *fixture,
           gint64   time)
{
  RunnelLogCacheResult result;
  RunnelLogLine line;
  RunnelLogSpan span;

  wait_until_known (fixture);
  while ((result = runnel_log_model_find_time (fixture->model, time, &line))
         == RUNNEL_LOG_CACHE_LATER)
    g_main_context_iteration (NULL, TRUE);
  if (result == RUNNEL_LOG_CACHE_NONE)
    return NULL;
  g_assert_cmpint (wait_for_line (fixture, &line, &span), ==, RUNNEL_LOG_CACHE_READY);
  return g_strndup (span.text, span.length);
}

static void
assert_time (Fixture    *fixture,
             gint64      time,
             const char *expected)
{
  g_autofree char *found = find_time (fixture, time);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_find_time (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *long_line = g_strnfill (3 * RUNNEL_LOG_BLOCK_SIZE, 'x');

  append (fixture, "one\ntwo\n");
  write_time (fixture, 1000);
  append (fixture, "three\n");
  append (fixture, long_line);
  append (fixture, "\n");
  write_time (fixture, 2000);
  append (fixture, "five\n");
  write_time (fixture, 3000);
  open_model (fixture, FALSE);
  assert_time (fixture, 999, NULL);
  assert_time (fixture, 1000, "two");
  assert_time (fixture, 1999, "two");
  assert_time (fixture, 2000, long_line);
  assert_time (fixture, G_MAXINT64, "five");
}

static void
test_find_merged_time (Fixture      *fixture,
                       gconstpointer user_data)
{
  RunnelLogMerge *merge = runnel_log_merge_new ();

  append (fixture, "one\n");
  write_time (fixture, 1000);
  append (fixture, "two\n");
  write_time (fixture, 2000);
  runnel_log_merge_add (merge, "build", fixture->log.path, 1);
  fixture->model = runnel_log_model_new_for_merge (merge, FALSE);
  runnel_log_source_unref (runnel_log_merge_get_source (merge));
  assert_time (fixture, 999, NULL);
  assert_time (fixture, 1500, "one");
  assert_time (fixture, 2000, "two");
}

static void
test_merge (Fixture      *fixture,
            gconstpointer user_data)
{
  RunnelLogMerge *merge = runnel_log_merge_new ();
  RunnelLogLine line = { 0, 0 };
  RunnelLogSpan span;
  guint part;

  append (fixture, "one\n");
  write_time (fixture, 1000);
  runnel_log_merge_add (merge, "build", fixture->log.path, 1);
  fixture->model = runnel_log_model_new_for_merge (merge, FALSE);
  runnel_log_source_unref (runnel_log_merge_get_source (merge));
  assert_shown (fixture, "one\n");
  wait_for_line (fixture, &line, &span);
  g_assert_cmpuint (runnel_log_model_get_longest_label (fixture->model), ==, 5);
  g_assert_cmpstr (runnel_log_model_get_label (fixture->model, &span, &part), ==, "build");
  g_assert_cmpint (runnel_log_model_get_time (fixture->model, &span), ==, 1000);
}

/* Threads are still at work. */
static void
test_is_closed (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (9000000, '\n');

  append (fixture, text);
  open_model (fixture, TRUE);
  while (!runnel_log_model_is_open (fixture->model))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/log/model/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("missing", test_missing);
  ADD ("grows", test_grows);
  ADD ("ends", test_ends);
  ADD ("is-cut", test_is_cut);
  ADD ("large", test_large);
  ADD ("end-first", test_end_first);
  ADD ("folds", test_folds);
  ADD ("sieve-and-search", test_sieve_and_search);
  ADD ("errors", test_errors);
  ADD ("times", test_times);
  ADD ("find-time", test_find_time);
  ADD ("find-merged-time", test_find_merged_time);
  ADD ("merge", test_merge);
  ADD ("is-closed", test_is_closed);
#undef ADD
  return g_test_run ();
}
