/* find-fixture.h: what the tests that look for runs share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history-fixture.h"

static inline RunnelRunFilter *
parse_filter (const char *words)
{
  g_autoptr(GError) error = NULL;
  RunnelRunFilter *filter = runnel_run_filter_parse (words, &error);

  g_assert_no_error (error);
  return filter;
}

/* @expected are the numbers of the runs that pass the filter of @words, in their order. */
static inline void
assert_found (RunnelHistory *history,
              const char    *words,
              const char    *expected)
{
  g_autoptr(RunnelRunFilter) filter = parse_filter (words);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) runs = runnel_history_find_runs (history, filter, &error);
  g_autoptr(GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (runs, gint64, i));
  g_assert_cmpstr (ids->str, ==, expected);
  g_assert_cmpint (runnel_history_count_runs (history, filter, NULL), ==, runs->len);
}
