/* test-run-query.c: what is typed and chosen to find runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/runs/runnel-run-query.h"

static void
assert_words (const RunnelRunFilter *filter,
              const char            *expected)
{
  g_autofree char *words = runnel_run_filter_to_string (filter);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_typed (void)
{
  g_autoptr(RunnelRunQuery) query = runnel_run_query_new ();

  runnel_run_query_type (query, "state:failed disk full");
  assert_words (runnel_run_query_get_filter (query), "state:failed disk full");
  assert_words (runnel_run_query_get_chosen (query), "");
}

/* Words with a key become what was chosen; text stays where it can be edited. */
static void
test_absorb (void)
{
  g_autoptr(RunnelRunQuery) query = runnel_run_query_new ();

  runnel_run_query_type (query, "label:nightly \"disk full\" is:pinned ");
  runnel_run_query_absorb (query);
  assert_words (runnel_run_query_get_chosen (query), "label:nightly is:pinned");
  g_assert_cmpstr (runnel_run_query_get_text (query), ==, "\"disk full\"");
  assert_words (runnel_run_query_get_filter (query), "label:nightly is:pinned \"disk full\"");
}

static void
test_both (void)
{
  g_autoptr(RunnelRunQuery) query = runnel_run_query_new ();
  RunnelRunFilter *chosen = runnel_run_filter_parse ("pipeline:Build", NULL);

  runnel_run_query_choose (query, chosen);
  runnel_run_query_type (query, "since:2d");
  assert_words (runnel_run_query_get_filter (query), "pipeline:Build since:2d");
}

/* While a word is not finished, the list stays as it was. */
static void
test_mistake (void)
{
  g_autoptr(RunnelRunQuery) query = runnel_run_query_new ();

  runnel_run_query_type (query, "state:failed");
  runnel_run_query_type (query, "state:fail");
  g_assert_nonnull (strstr (runnel_run_query_get_mistake (query), "fail"));
  assert_words (runnel_run_query_get_filter (query), "state:failed");
  runnel_run_query_absorb (query);
  g_assert_cmpstr (runnel_run_query_get_text (query), ==, "state:fail");
  runnel_run_query_type (query, "");
  g_assert_null (runnel_run_query_get_mistake (query));
  g_assert_true (runnel_run_filter_is_empty (runnel_run_query_get_filter (query)));
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_clear (void)
{
  g_autoptr(RunnelRunQuery) query = runnel_run_query_new ();
  guint n_changes = 0;

  runnel_run_query_type (query, "is:active text");
  runnel_run_query_absorb (query);
  g_signal_connect_swapped (query, "changed", G_CALLBACK (changed_cb), &n_changes);
  runnel_run_query_type (query, "text");
  g_assert_cmpuint (n_changes, ==, 0);
  runnel_run_query_clear (query);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (runnel_run_filter_is_empty (runnel_run_query_get_filter (query)));
  g_assert_cmpstr (runnel_run_query_get_text (query), ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/designer/run-query/typed", test_typed);
  g_test_add_func ("/designer/run-query/absorb", test_absorb);
  g_test_add_func ("/designer/run-query/both", test_both);
  g_test_add_func ("/designer/run-query/mistake", test_mistake);
  g_test_add_func ("/designer/run-query/clear", test_clear);

  return g_test_run ();
}
