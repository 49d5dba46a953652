/* test-log-rows.c: which lines of a log are shown, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-rows.h"

typedef struct
{
  LogFixture log;
  GString *text;
  GArray *lines;           /* of RunnelLogLine: all there are */
  GArray *offsets;         /* of gsize: where they begin */
  RunnelLogIndex *index;
  RunnelLogFolds *folds;
  RunnelLogRows *rows;
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
  fixture->lines = g_array_new (FALSE, FALSE, sizeof (RunnelLogLine));
  fixture->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  fixture->index = runnel_log_index_new ();
  fixture->folds = runnel_log_folds_new (fixture->log.source, changed, NULL);
  fixture->rows = runnel_log_rows_new ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  runnel_log_folds_free (fixture->folds);
  runnel_log_rows_free (fixture->rows);
  runnel_log_index_free (fixture->index);
  g_array_unref (fixture->lines);
  g_array_unref (fixture->offsets);
  g_string_free (fixture->text, TRUE);
  log_fixture_tear_down (&fixture->log, NULL);
}

static void
find_lines (Fixture *fixture)
{
  RunnelLogLine line = { 0, 0 };

  g_array_set_size (fixture->lines, 0);
  g_array_set_size (fixture->offsets, 0);
  for (gsize i = 0; i < fixture->text->len; i++)
    {
      if (i > 0 && fixture->text->str[i - 1] != '\n')
        continue;
      line.nth = runnel_log_block_of (i) == line.block ? line.nth : 0;
      line.block = runnel_log_block_of (i);
      g_array_append_val (fixture->lines, line);
      g_array_append_val (fixture->offsets, i);
      line.nth++;
    }
}

static void
append (Fixture    *fixture,
        const char *text,
        gssize      length)
{
  guint64 unchanged, size;

  g_string_append_len (fixture->text, text, length);
  log_fixture_append (&fixture->log, text, length < 0 ? strlen (text) : (gsize) length);
  unchanged = runnel_log_source_refresh (fixture->log.source);
  size = fixture->text->len;
  runnel_log_folds_extend (fixture->folds, unchanged, size);
  while (runnel_log_folds_is_busy (fixture->folds))
    g_main_context_iteration (NULL, TRUE);

  find_lines (fixture);
  runnel_log_index_set_size (fixture->index, runnel_log_block_count (size));
  for (guint64 block = 0, n = 0, i = 0; block < runnel_log_block_count (size); block++, n = 0)
    {
      for (; i < fixture->lines->len
             && g_array_index (fixture->lines, RunnelLogLine, i).block == block; i++)
        n++;
      runnel_log_index_set (fixture->index, block, (guint32) n);
    }
}

static const char *
get_line (Fixture *fixture,
          guint    line,
          gsize   *length)
{
  gsize start = g_array_index (fixture->offsets, gsize, line);
  const char *end = strchr (fixture->text->str + start, '\n');

  *length = end ? (gsize) (end - fixture->text->str) - start : fixture->text->len - start;
  return fixture->text->str + start;
}

static void
assert_shown (Fixture        *fixture,
              const gboolean *shown)
{
  RunnelLogLine found;
  guint64 row = 0;

  for (guint i = 0; i < fixture->lines->len; i++)
    {
      const RunnelLogLine *line = &g_array_index (fixture->lines, RunnelLogLine, i);

      g_assert_cmpuint (runnel_log_rows_get_row (fixture->rows, line), ==, row);
      g_assert_cmpint (runnel_log_rows_is_shown (fixture->rows, line), ==, shown[i]);
      if (!shown[i])
        continue;
      g_assert_true (runnel_log_rows_find (fixture->rows, row, &found));
      g_assert_cmpint (runnel_log_line_compare (&found, line), ==, 0);
      row++;
    }
  g_assert_cmpuint (runnel_log_rows_get_total (fixture->rows), ==, row);
  g_assert_false (runnel_log_rows_find (fixture->rows, row, &found));
}

/* The lines that are shown, joined. */
static char *
get_shown (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  runnel_log_rows_show_unfolded (fixture->rows, fixture->index, fixture->folds);
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      gsize length;
      const char *line = get_line (fixture, i, &length);

      if (!runnel_log_rows_is_shown (fixture->rows,
                                     &g_array_index (fixture->lines, RunnelLogLine, i)))
        continue;
      g_string_append_len (text, line, length);
      g_string_append_c (text, '|');
    }
  return g_string_free (text, FALSE);
}

static void
assert_text (Fixture    *fixture,
             const char *expected)
{
  g_autofree char *shown = get_shown (fixture);

  g_assert_cmpstr (shown, ==, expected);
}

static void
close_fold (Fixture *fixture,
            guint    index,
            gboolean closed)
{
  runnel_log_folds_set_closed (fixture->folds, index, closed);
}

/* --- Folds ------------------------------------------------------------------------------ */

static void
test_github (Fixture      *fixture,
             gconstpointer user_data)
{
  append (fixture, "a\n::group::one\nb\nc\n::endgroup::\nd\n::group::two\ne\n", -1);
  g_assert_cmpuint (runnel_log_folds_get_n (fixture->folds), ==, 2);
  assert_text (fixture, "a|::group::one|b|c|::endgroup::|d|::group::two|e|");
  close_fold (fixture, 0, TRUE);
  assert_text (fixture, "a|::group::one|d|::group::two|e|");
  close_fold (fixture, 1, TRUE); /* has no end yet */
  append (fixture, "f\n", -1);
  assert_text (fixture, "a|::group::one|d|::group::two|");
  append (fixture, "::endgroup::\ng\n", -1);
  assert_text (fixture, "a|::group::one|d|::group::two|g|");
  runnel_log_folds_set_all_closed (fixture->folds, FALSE);
  g_assert_cmpuint (runnel_log_folds_get (fixture->folds, 1)->depth, ==, 0);
}

static void
test_nested (Fixture      *fixture,
             gconstpointer user_data)
{
  RunnelLogLine inside = { 0, 2 };
  guint index;

  append (fixture, "::group::1\n::group::2\na\n::endgroup::\nb\n::endgroup::\nc\n", -1);
  close_fold (fixture, 1, TRUE);
  assert_text (fixture, "::group::1|::group::2|b|::endgroup::|c|");
  close_fold (fixture, 0, TRUE);
  assert_text (fixture, "::group::1|c|");
  g_assert_true (runnel_log_folds_find_around (fixture->folds, &inside, &index));
  g_assert_cmpuint (index, ==, 1);
  g_assert_true (runnel_log_folds_reveal (fixture->folds, &inside));
  g_assert_false (runnel_log_folds_reveal (fixture->folds, &inside));
  assert_text (fixture, "::group::1|::group::2|a|::endgroup::|b|::endgroup::|c|");
}

/* The end of one is in the line in which the next begins. */
static void
test_gitlab (Fixture      *fixture,
             gconstpointer user_data)
{
  RunnelLogLine head = { 0, 2 };
  guint index;

  append (fixture,
          "section_start:1:a\r\033[0KA\n1\nsection_end:2:a\r\033[0Ksection_start:2:b\r\033[0KB\n2\n"
          "section_end:3:b\r\033[0Kafter\n3\n"
          "section_start:1:c\r\033[0KC\n4\nsection_end:2:c\r\033[0K\n5\n", -1);
  close_fold (fixture, 2, TRUE);
  close_fold (fixture, 0, TRUE);
  g_assert_true (runnel_log_folds_find_head (fixture->folds, &head, &index));
  close_fold (fixture, index, TRUE);
  assert_text (fixture, "section_start:1:a\r\033[0KA|"
                        "section_end:2:a\r\033[0Ksection_start:2:b\r\033[0KB|"
                        "section_end:3:b\r\033[0Kafter|3|"
                        "section_start:1:c\r\033[0KC|5|");
}

static void
test_wants_to_be_closed (Fixture      *fixture,
                         gconstpointer user_data)
{
  append (fixture, "section_start:1:a[collapsed=true]\r\033[0KA\n1\nsection_end:2:a\n2\n", -1);
  assert_text (fixture, "section_start:1:a[collapsed=true]\r\033[0KA|2|");
  close_fold (fixture, 0, FALSE);
  append (fixture, "3\n", -1);
  assert_text (fixture, "section_start:1:a[collapsed=true]\r\033[0KA|1|section_end:2:a|2|3|");
}

static void
test_ends_without_start (Fixture      *fixture,
                         gconstpointer user_data)
{
  append (fixture, "::endgroup::\nsection_end:1:x\n::group::1\nsection_end:1:x\na\n", -1);
  g_assert_cmpuint (runnel_log_folds_get_n (fixture->folds), ==, 1);
  close_fold (fixture, 0, TRUE);
  assert_text (fixture, "::endgroup::|section_end:1:x|::group::1|");
}

static GString *
make_grouped (gsize size)
{
  GString *text = g_string_new (NULL);

  while (text->len < size)
    {
      g_autoptr(GString) lines = log_fixture_make_random ((gsize) g_test_rand_int_range (0, 5000));

      g_string_append (text, g_test_rand_int_range (0, 5) > 2 ? "::group::x\n" : "::endgroup::\n");
      g_string_append_len (text, lines->str, lines->len);
      g_string_append_c (text, '\n');
    }
  return text;
}

/* Line by line, with a stack of what is open. */
static void
hide_slowly (Fixture  *fixture,
             gboolean *shown)
{
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (gboolean)); /* closed by a person */
  guint n_folds = 0;

  for (guint i = 0; i < fixture->lines->len; i++)
    {
      gsize length;
      const char *line = get_line (fixture, i, &length);

      shown[i] = TRUE;
      for (guint k = 0; k < open->len; k++)
        shown[i] &= !g_array_index (open, gboolean, k);
      if (g_str_has_prefix (line, "::group::"))
        {
          gboolean is_closed = runnel_log_folds_get (fixture->folds, n_folds++)->is_closed;

          g_array_append_val (open, is_closed);
        }
      else if (g_str_has_prefix (line, "::endgroup::") && open->len > 0)
        g_array_set_size (open, open->len - 1);
    }
}

static void
test_random_folds (Fixture      *fixture,
                   gconstpointer user_data)
{
  for (guint turn = 0; turn < 20; turn++)
    {
      g_autoptr(GString) more = make_grouped ((gsize) g_test_rand_int_range (0, 60000));
      g_autofree gboolean *shown = NULL;

      append (fixture, more->str, (gssize) more->len);
      for (guint k = 0; k < 5 && runnel_log_folds_get_n (fixture->folds) > 0; k++)
        close_fold (fixture,
                    g_test_rand_int_range (0, (int) runnel_log_folds_get_n (fixture->folds)),
                    g_test_rand_bit ());
      shown = g_new (gboolean, fixture->lines->len);
      hide_slowly (fixture, shown);
      runnel_log_rows_show_unfolded (fixture->rows, fixture->index, fixture->folds);
      assert_shown (fixture, shown);
    }
}

/* Nobody has counted the lines yet: they are guessed, and folded blocks are not shown. */
static void
test_estimated (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr(RunnelLogIndex) unknown = runnel_log_index_new ();
  g_autofree char *text = g_strnfill (5 * RUNNEL_LOG_BLOCK_SIZE, '\n');

  append (fixture, "::group::x\n", -1);
  append (fixture, text, 5 * RUNNEL_LOG_BLOCK_SIZE);
  runnel_log_index_set_size (unknown, 6);
  runnel_log_index_set (unknown, 0, 1000);
  runnel_log_rows_show_unfolded (fixture->rows, unknown, fixture->folds);
  g_assert_false (runnel_log_rows_is_exact (fixture->rows));
  g_assert_cmpuint (runnel_log_rows_get_total (fixture->rows), ==, 6000);
  close_fold (fixture, 0, TRUE);
  runnel_log_rows_show_unfolded (fixture->rows, unknown, fixture->folds);
  g_assert_cmpuint (runnel_log_rows_get_total (fixture->rows), ==, 1);
}

/* --- Filters ------------------------------------------------------------------------------ */

static void
match_slowly (Fixture    *fixture,
              const char *what,
              guint       context,
              gboolean   *shown)
{
  memset (shown, 0, fixture->lines->len * sizeof (gboolean));
  for (guint i = 0; i < fixture->lines->len; i++)
    {
      gsize length;
      const char *line = get_line (fixture, i, &length);

      if (!memmem (line, length, what, strlen (what)))
        continue;
      for (guint k = i - MIN (i, context); k <= i + context && k < fixture->lines->len; k++)
        shown[k] = TRUE;
    }
}

static void
test_random_filter (Fixture      *fixture,
                    gconstpointer user_data)
{
  for (guint turn = 0; turn < 12; turn++)
    {
      g_autoptr(GString) more = log_fixture_make_random ((gsize) g_test_rand_int_range (0, 150000));
      g_autoptr(GString) last = log_fixture_make_random (3000);
      g_autoptr(RunnelLogPattern) pattern = runnel_log_pattern_new ("abc", 0, NULL);
      g_autoptr(RunnelLogSieve) sieve = NULL;
      g_autofree gboolean *shown = NULL;
      guint context = turn % 3 == 0 ? 0 : (guint) g_test_rand_int_range (1, 20);

      append (fixture, more->str, (gssize) more->len);
      sieve = runnel_log_sieve_new (fixture->log.source, pattern, context, changed, NULL);
      runnel_log_sieve_extend (sieve, 0, fixture->text->len);
      append (fixture, last->str, (gssize) last->len);
      runnel_log_sieve_extend (sieve, fixture->text->len - last->len, fixture->text->len);
      while (runnel_log_sieve_is_busy (sieve))
        g_main_context_iteration (NULL, TRUE);

      shown = g_new (gboolean, fixture->lines->len);
      match_slowly (fixture, "abc", context, shown);
      runnel_log_rows_show_matching (fixture->rows, fixture->index, sieve);
      assert_shown (fixture, shown);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/log/rows/" name, Fixture, NULL, set_up, func, tear_down)
  add ("github", test_github);
  add ("nested", test_nested);
  add ("gitlab", test_gitlab);
  add ("wants-to-be-closed", test_wants_to_be_closed);
  add ("ends-without-start", test_ends_without_start);
  add ("random-folds", test_random_folds);
  add ("estimated", test_estimated);
  add ("random-filter", test_random_filter);
#undef add
  return g_test_run ();
}
