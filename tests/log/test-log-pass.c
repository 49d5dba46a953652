/* test-log-pass.c: a look at all blocks of a log, in the background
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log-fixture.h"
#include "log/runnel-log-pass.h"

typedef struct
{
  LogFixture log;
  RunnelLogPass *pass;
  GString *text;  /* what is in the log */
  GArray *sums;   /* of guint32: what was delivered */
  guint n_done;
} Fixture;

static int items_alive; /* atomic */

static guint32
sum_of (const char *data,
        gsize       length)
{
  guint32 sum = 1; /* an item of a block without lines is not an item that was not filled in */

  for (gsize i = 0; i < length; i++)
    sum = sum * 31 + (guchar) data[i];
  return sum;
}

static void
work (RunnelLogSource *source,
      RunnelLogBlock  *block,
      guint64          number,
      guint64          size,
      gpointer         item,
      gpointer         work_data)
{
  guint32 **sum = item;

  g_assert_cmpuint (GPOINTER_TO_UINT (work_data), ==, 7);
  *sum = g_new (guint32, 1);
  g_atomic_int_inc (&items_alive);
  **sum = sum_of (block->data, block->length);
}

static void
clear_item (gpointer item)
{
  guint32 **sum = item;

  if (*sum && g_atomic_int_dec_and_test (&items_alive))
    g_debug ("The last one");
  g_free (*sum);
}

static void
deliver (guint64  first,
         gpointer items,
         guint    n_items,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  guint32 **sums = items;

  g_assert_cmpuint (first, <=, fixture->sums->len);
  g_array_set_size (fixture->sums, first);
  for (guint i = 0; i < n_items; i++)
    {
      g_array_append_val (fixture->sums, *sums[i]);
      clear_item (&sums[i]);
    }
}

static void
done (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_done++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  static const RunnelLogPassFuncs funcs = { sizeof (guint32 *), clear_item, work, deliver, done };

  log_fixture_set_up (&fixture->log, NULL);
  log_fixture_open (&fixture->log);
  fixture->sums = g_array_new (FALSE, FALSE, sizeof (guint32));
  fixture->text = g_string_new (NULL);
  fixture->pass = runnel_log_pass_new (fixture->log.source, &funcs, GUINT_TO_POINTER (7), NULL,
                                       fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  runnel_log_pass_free (fixture->pass);
  while (g_atomic_int_get (&items_alive) > 0) /* what a thread still has in hand */
    g_main_context_iteration (NULL, TRUE);
  g_string_free (fixture->text, TRUE);
  g_array_unref (fixture->sums);
  log_fixture_tear_down (&fixture->log, NULL);
}

static void
append (Fixture *fixture,
        gsize    size)
{
  g_autoptr(GString) more = log_fixture_make_random (size);

  g_string_append_len (fixture->text, more->str, more->len);
  log_fixture_append (&fixture->log, more->str, more->len);
}

static void
extend (Fixture *fixture)
{
  guint64 unchanged = runnel_log_source_refresh (fixture->log.source);

  runnel_log_pass_extend (fixture->pass, unchanged,
                          runnel_log_source_get_size (fixture->log.source));
}

static void
wait_for_pass (Fixture *fixture)
{
  while (runnel_log_pass_is_busy (fixture->pass))
    g_main_context_iteration (NULL, TRUE);
}

static void
check (Fixture *fixture)
{
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 n_blocks = runnel_log_block_count (fixture->text->len);

  g_assert_cmpuint (fixture->sums->len, ==, n_blocks);
  g_assert_cmpuint (runnel_log_pass_get_done (fixture->pass), ==, n_blocks);
  for (guint64 i = 0; i < n_blocks; i++)
    {
      runnel_log_block_load (&block, fixture->log.source, i, fixture->text->len, TRUE);
      g_assert_cmpuint (g_array_index (fixture->sums, guint32, i), ==,
                        sum_of (block.data, block.length));
    }
}

static void
test_empty (Fixture      *fixture,
            gconstpointer user_data)
{
  extend (fixture);
  g_assert_false (runnel_log_pass_is_busy (fixture->pass));
  g_assert_cmpuint (fixture->n_done, ==, 1);
  check (fixture);
}

static void
test_many_blocks (Fixture      *fixture,
                  gconstpointer user_data)
{
  append (fixture, 8 * 1000 * 1000);
  extend (fixture);
  wait_for_pass (fixture);
  g_assert_cmpuint (fixture->n_done, ==, 1);
  check (fixture);
}

/* It grows, also while it is looked at, and by less than a line. */
static void
test_grows (Fixture      *fixture,
            gconstpointer user_data)
{
  for (guint turn = 0; turn < 100; turn++)
    {
      append (fixture, g_test_rand_bit () ? g_test_rand_int_range (0, 100)
                                          : g_test_rand_int_range (0, 200000));
      extend (fixture);
      if (g_test_rand_bit ())
        {
          wait_for_pass (fixture);
          check (fixture);
        }
    }
  wait_for_pass (fixture);
  check (fixture);
}

static void
test_is_cut (Fixture      *fixture,
             gconstpointer user_data)
{
  for (guint turn = 0; turn < 40; turn++)
    {
      append (fixture, g_test_rand_int_range (100000, 900000));
      extend (fixture);
      if (g_test_rand_bit ())
        wait_for_pass (fixture);

      g_string_truncate (fixture->text, g_test_rand_int_range (0, (int) fixture->text->len));
      g_assert_cmpint (truncate (fixture->log.path, (off_t) fixture->text->len), ==, 0);
      extend (fixture);
      if (g_test_rand_bit ())
        {
          wait_for_pass (fixture);
          check (fixture);
        }
    }
  wait_for_pass (fixture);
  check (fixture);
}

/* What was cut was changed behind a place that is not the beginning. */
static void
test_end_is_replaced (Fixture      *fixture,
                      gconstpointer user_data)
{
  append (fixture, 1000000);
  extend (fixture);
  wait_for_pass (fixture);
  for (guint turn = 0; turn < 40; turn++)
    {
      gsize unchanged = (gsize) g_test_rand_int_range (0, (int) fixture->text->len);

      g_string_truncate (fixture->text, unchanged);
      g_assert_cmpint (truncate (fixture->log.path, (off_t) unchanged), ==, 0);
      append (fixture, g_test_rand_int_range (0, 400000));
      runnel_log_source_refresh (fixture->log.source);
      runnel_log_pass_extend (fixture->pass, unchanged, fixture->text->len);
      if (g_test_rand_bit ())
        {
          wait_for_pass (fixture);
          check (fixture);
        }
    }
  wait_for_pass (fixture);
  check (fixture);
}

static void
test_is_given_up (Fixture      *fixture,
                  gconstpointer user_data)
{
  append (fixture, 20 * 1000 * 1000);
  extend (fixture);
  g_main_context_iteration (NULL, TRUE); /* some of it was delivered, some lies in wait */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(name, func) g_test_add ("/log/pass/" name, Fixture, NULL, set_up, func, tear_down)
  add ("empty", test_empty);
  add ("many-blocks", test_many_blocks);
  add ("grows", test_grows);
  add ("is-cut", test_is_cut);
  add ("end-is-replaced", test_end_is_replaced);
  add ("is-given-up", test_is_given_up);
#undef add
  return g_test_run ();
}
