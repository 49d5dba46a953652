/* test-log-block.c: the lines that begin in one block of a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-block.h"

/* Puts together what is found in all blocks. */
static GString *
join_blocks (LogFixture *fixture,
             guint      *ret_lines)
{
  g_auto(RunnelLogBlock) block = { 0, };
  GString *text = g_string_new (NULL);
  guint64 size = runnel_log_source_get_size (fixture->source);

  *ret_lines = 0;
  for (guint64 i = 0; i < runnel_log_block_count (size); i++)
    {
      RunnelLogSpan line;
      gsize position = 0;
      guint n_lines = 0;

      g_assert_true (runnel_log_block_load (&block, fixture->source, i, size, TRUE));
      while (runnel_log_block_next (&block, &position, &line))
        {
          g_assert_cmpuint (line.offset, ==, text->len);
          g_assert_cmpuint (runnel_log_block_of (line.offset), ==, i);
          g_assert_null (memchr (line.text, '\n', line.length));
          g_string_append_len (text, line.text, line.length);
          if (text->len < size)
            g_string_append_c (text, '\n');
          n_lines++;
        }
      g_assert_cmpuint (n_lines, ==, runnel_log_block_n_lines (&block));
      *ret_lines += n_lines;
    }
  return text;
}

static guint
count_lines (GString *text)
{
  guint n = text->len > 0 && text->str[text->len - 1] != '\n';

  for (gsize i = 0; i < text->len; i++)
    n += text->str[i] == '\n';
  return n;
}

static void
test_random (LogFixture   *fixture,
             gconstpointer user_data)
{
  for (guint turn = 0; turn < 30; turn++)
    {
      g_autoptr(GString) text = log_fixture_make_random (g_test_rand_int_range (0, 600000));
      g_autoptr(GString) joined = NULL;
      guint n_lines;

      g_unlink (fixture->path);
      log_fixture_append (fixture, text->str, text->len);
      log_fixture_open (fixture);
      joined = join_blocks (fixture, &n_lines);
      g_assert_true (g_string_equal (text, joined));
      g_assert_cmpuint (n_lines, ==, count_lines (text));
      g_clear_pointer (&fixture->source, runnel_log_source_unref);
    }
}

/* A newline as the last byte of a block, and as the first of the next. */
static void
test_edges (LogFixture   *fixture,
            gconstpointer user_data)
{
  for (int shift = -2; shift <= 2; shift++)
    {
      g_autofree char *first = g_strnfill (RUNNEL_LOG_BLOCK_SIZE + shift, 'x');
      g_autofree char *text = g_strconcat (first, "\nsecond\n", NULL);
      g_autoptr(GString) joined = NULL;
      guint n_lines;

      g_unlink (fixture->path);
      log_fixture_append (fixture, text, strlen (text));
      log_fixture_open (fixture);
      joined = join_blocks (fixture, &n_lines);
      g_assert_cmpstr (joined->str, ==, text);
      g_assert_cmpuint (n_lines, ==, 2);
      g_clear_pointer (&fixture->source, runnel_log_source_unref);
    }
}

static void
test_very_long_line (LogFixture   *fixture,
                     gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (3 * RUNNEL_LOG_MAX_LINE, 'x');
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 size = 3 * RUNNEL_LOG_MAX_LINE + 5;

  log_fixture_append (fixture, text, 3 * RUNNEL_LOG_MAX_LINE);
  log_fixture_append (fixture, "\nend\n", 5);
  log_fixture_open (fixture);

  runnel_log_block_load (&block, fixture->source, 0, size, TRUE);
  g_assert_true (block.is_cut);
  g_assert_cmpuint (block.length, ==, RUNNEL_LOG_MAX_LINE);
  runnel_log_block_load (&block, fixture->source, 1, size, TRUE);
  g_assert_cmpuint (block.length, ==, 0);
  runnel_log_block_load (&block, fixture->source, 48, size, TRUE);
  g_assert_cmpmem (block.data, block.length, "end\n", 4);
  g_assert_false (block.is_cut);
}

/* The log is shorter than it was when somebody asked for its size. */
static void
test_cut_meanwhile (LogFixture   *fixture,
                    gconstpointer user_data)
{
  g_auto(RunnelLogBlock) block = { 0, };

  log_fixture_append (fixture, "one\ntwo\n", 8);
  log_fixture_open (fixture);
  g_assert_cmpint (truncate (fixture->path, 5), ==, 0);

  runnel_log_block_load (&block, fixture->source, 0, 8, TRUE);
  g_assert_cmpmem (block.data, block.length, "one\nt", 5);
  runnel_log_block_load (&block, fixture->source, 7, 8, TRUE);
  g_assert_cmpuint (block.length, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func)                                                                          \
  g_test_add ("/log/block/" name, LogFixture, NULL, log_fixture_set_up, func, log_fixture_tear_down)
  add ("random", test_random);
  add ("edges", test_edges);
  add ("very-long-line", test_very_long_line);
  add ("cut-meanwhile", test_cut_meanwhile);
#undef add
  return g_test_run ();
}
