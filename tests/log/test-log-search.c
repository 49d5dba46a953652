/* test-log-search.c: all places in a log where a pattern is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-search.h"

typedef struct
{
  LogFixture log;
  RunnelLogSearch *search;
  GString *text;   /* what is in the log */
  GArray *places;  /* of RunnelLogPlace: what is to be found */
  gboolean is_found;
  RunnelLogPlace place;
  guint64 n;
  gboolean is_answered;
} Fixture;

static void
changed (gpointer user_data)
{
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  log_fixture_set_up (&fixture->log, NULL);
  log_fixture_open (&fixture->log);
  fixture->text = g_string_new (NULL);
  fixture->places = g_array_new (FALSE, FALSE, sizeof (RunnelLogPlace));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_clear_pointer (&fixture->search, runnel_log_search_free);
  g_string_free (fixture->text, TRUE);
  g_array_unref (fixture->places);
  log_fixture_tear_down (&fixture->log, NULL);
}

static void
search (Fixture              *fixture,
        const char           *what,
        RunnelLogPatternFlags flags)
{
  g_autoptr(RunnelLogPattern) pattern = runnel_log_pattern_new (what, flags, NULL);

  g_clear_pointer (&fixture->search, runnel_log_search_free);
  fixture->search = runnel_log_search_new (fixture->log.source, pattern, changed, NULL);
}

static void
append (Fixture    *fixture,
        const char *text,
        gsize       length)
{
  guint64 unchanged;

  g_string_append_len (fixture->text, text, length);
  log_fixture_append (&fixture->log, text, length);
  unchanged = runnel_log_source_refresh (fixture->log.source);
  if (fixture->search)
    runnel_log_search_extend (fixture->search, unchanged, fixture->text->len);
}

static void
wait_for_search (Fixture *fixture)
{
  while (runnel_log_search_is_busy (fixture->search))
    g_main_context_iteration (NULL, TRUE);
}

static guint64
get_total (Fixture *fixture)
{
  wait_for_search (fixture);
  g_assert_true (runnel_log_index_is_exact (runnel_log_search_get_counts (fixture->search)));
  return runnel_log_index_get_total (runnel_log_search_get_counts (fixture->search));
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr(GError) error = NULL;

  fixture->is_found = runnel_log_search_find_finish (fixture->search, result, &fixture->place,
                                                     &fixture->n, &error);
  g_assert_no_error (error);
  fixture->is_answered = TRUE;
}

static void
find (Fixture              *fixture,
      const RunnelLogPlace *from,
      RunnelLogDirection    direction)
{
  fixture->is_answered = FALSE;
  runnel_log_search_find_async (fixture->search, from, direction, NULL, found_cb, fixture);
  while (!fixture->is_answered)
    g_main_context_iteration (NULL, TRUE);
}

/* Slowly, line by line and byte by byte. */
static void
find_all_places (Fixture    *fixture,
                 const char *what)
{
  gsize start = 0, n = strlen (what);
  RunnelLogLine line = { 0, 0 };

  g_array_set_size (fixture->places, 0);
  for (gsize i = 0; i < fixture->text->len;)
    {
      RunnelLogPlace place = { line, i - start, i - start + n };

      if (fixture->text->str[i] == '\n')
        {
          start = i + 1;
          line.nth = runnel_log_block_of (start) == line.block ? line.nth + 1 : 0;
          line.block = runnel_log_block_of (start);
        }
      if (strncmp (fixture->text->str + i, what, n) != 0)
        i++;
      else
        {
          g_array_append_val (fixture->places, place);
          i += n;
        }
    }
}

static void
assert_found (Fixture *fixture,
              guint    n)
{
  const RunnelLogPlace *place = &g_array_index (fixture->places, RunnelLogPlace, n);

  g_assert_true (fixture->is_found);
  g_assert_cmpuint (fixture->n, ==, n);
  g_assert_cmpint (runnel_log_line_compare (&fixture->place.line, &place->line), ==, 0);
  g_assert_cmpuint (fixture->place.start, ==, place->start);
  g_assert_cmpuint (fixture->place.end, ==, place->end);
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer user_data)
{
  const RunnelLogPlace start = { { 0, 0 }, 0, 0 };

  search (fixture, "x", RUNNEL_LOG_PATTERN_PLAIN);
  g_assert_cmpuint (get_total (fixture), ==, 0);
  find (fixture, &start, RUNNEL_LOG_FORWARD);
  g_assert_false (fixture->is_found);
  append (fixture, "one\ntwo\n", 8);
  g_assert_cmpuint (get_total (fixture), ==, 0);
  find (fixture, &start, RUNNEL_LOG_BACKWARD);
  g_assert_false (fixture->is_found);
}

/* All of them are found, forward and backward, and round the end. */
static void
test_random (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr(GString) text = log_fixture_make_random (700000);
  const char *what = "abc";
  RunnelLogPlace place = { { 0, 0 }, 0, 0 };
  guint n;

  append (fixture, "abc", 3);
  append (fixture, text->str, text->len);
  search (fixture, what, RUNNEL_LOG_PATTERN_PLAIN);
  append (fixture, "abc", 3);
  find_all_places (fixture, what);
  n = fixture->places->len;
  g_assert_cmpuint (get_total (fixture), ==, n);

  find (fixture, &place, RUNNEL_LOG_BACKWARD);
  assert_found (fixture, n - 1);
  find (fixture, &place, RUNNEL_LOG_FORWARD);
  assert_found (fixture, 0); /* an empty place has what begins in it behind it */
  find (fixture, &fixture->place, RUNNEL_LOG_BACKWARD);
  assert_found (fixture, n - 1);
  place = fixture->place;
  for (guint i = 0; i < n; i++)
    {
      find (fixture, &place, RUNNEL_LOG_FORWARD);
      assert_found (fixture, i);
      place = fixture->place;
    }
  for (guint i = n - 1; i-- > n - MIN (n, 200);)
    {
      find (fixture, &place, RUNNEL_LOG_BACKWARD);
      assert_found (fixture, i);
      place = fixture->place;
    }
}

static void
test_grows (Fixture      *fixture,
            gconstpointer user_data)
{
  search (fixture, "ab", RUNNEL_LOG_PATTERN_PLAIN);
  for (guint turn = 0; turn < 60; turn++)
    {
      g_autoptr(GString) text = log_fixture_make_random (g_test_rand_int_range (0, 50000));

      append (fixture, text->str, text->len);
      if (turn % 3 == 0)
        {
          find_all_places (fixture, "ab");
          g_assert_cmpuint (get_total (fixture), ==, fixture->places->len);
        }
    }
}

static void
test_is_cut (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr(GString) text = log_fixture_make_random (1000000);

  search (fixture, "a", RUNNEL_LOG_PATTERN_PLAIN);
  append (fixture, text->str, text->len);
  g_assert_cmpint (truncate (fixture->log.path, 0), ==, 0);
  g_string_truncate (fixture->text, 0);
  append (fixture, "banana\n", 7);
  g_assert_cmpuint (get_total (fixture), ==, 3);
}

/* It is the text of the line that has the place, not the bytes. */
static void
test_regex_as_shown (Fixture      *fixture,
                     gconstpointer user_data)
{
  const char *text = "one\n\033[31merror\033[0m: 2\ntwo\n";
  const RunnelLogPlace start = { { 0, 0 }, 0, 0 };

  search (fixture, "r: \\d", RUNNEL_LOG_PATTERN_REGEX);
  append (fixture, text, strlen (text));
  g_assert_cmpuint (get_total (fixture), ==, 1);
  find (fixture, &start, RUNNEL_LOG_FORWARD);
  g_assert_true (fixture->is_found);
  g_assert_cmpuint (fixture->place.line.nth, ==, 1);
  g_assert_cmpuint (fixture->place.start, ==, 4);
  g_assert_cmpuint (fixture->place.end, ==, 8);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/log/search/" name, Fixture, NULL, set_up, func, tear_down)
  add ("nothing", test_nothing);
  add ("random", test_random);
  add ("grows", test_grows);
  add ("is-cut", test_is_cut);
  add ("regex-as-shown", test_regex_as_shown);
#undef add
  return g_test_run ();
}
