/* test-run-filter.c: which runs someone wants to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-fixture.h"

#define MASK(state) (1u << RUNNEL_STATE_##state)

static void
assert_error (const char *words,
              const char *in_message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_run_filter_parse (words, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FILTER);
  g_assert_nonnull (strstr (error->message, in_message));
}

static void
test_words (void)
{
  g_autoptr(RunnelRunFilter) filter =
    parse_filter (" state:failed,timed-out pipeline:\"my build\" trigger:schedule label:nightly"
                  " label:\"a b\" param:env=prod param:debug is:pinned is:top-level parent:4 before:9"
                  " some \"whole text\" state:skipped ");

  g_assert_cmpuint (filter->states, ==, MASK (FAILED) | MASK (TIMED_OUT) | MASK (SKIPPED));
  g_assert_cmpstr (filter->pipeline, ==, "my build");
  g_assert_cmpstr (filter->trigger, ==, "schedule");
  g_assert_cmpuint (filter->labels->len, ==, 2);
  g_assert_cmpstr (filter->labels->pdata[1], ==, "a b");
  g_assert_cmpuint (filter->parameters->len, ==, 2);
  g_assert_cmpstr (filter->parameters->pdata[0], ==, "env=prod");
  g_assert_true (filter->pinned);
  g_assert_true (filter->top_level);
  g_assert_cmpint (filter->parent, ==, 4);
  g_assert_cmpint (filter->before, ==, 9);
  g_assert_cmpuint (filter->texts->len, ==, 2);
  g_assert_cmpstr (filter->texts->pdata[0], ==, "some");
  g_assert_cmpstr (filter->texts->pdata[1], ==, "whole text");
}

static void
test_empty (void)
{
  g_autoptr(RunnelRunFilter) filter = parse_filter ("  \t \"\" ");
  g_autoptr(RunnelRunFilter) pinned = parse_filter ("is:pinned");

  g_assert_true (runnel_run_filter_is_empty (filter));
  g_assert_false (runnel_run_filter_is_empty (pinned));
}

static void
assert_text (const char *words,
             const char *expected)
{
  g_autoptr(RunnelRunFilter) filter = parse_filter (words);

  g_assert_cmpuint (filter->texts->len, ==, 1);
  g_assert_cmpstr (filter->texts->pdata[0], ==, expected);
}

/* What a person copies out of a log has colons, too. */
static void
test_text_with_colons (void)
{
  assert_text ("https://example.org/a", "https://example.org/a");
  assert_text ("main.c:12:", "main.c:12:");
  assert_text ("error:", "error:");
  assert_text ("std::string", "std::string");
  assert_text ("Error:5", "Error:5");
  assert_text ("\"state:failed\"", "state:failed");
  assert_text ("\"say \\\"hi\\\" \\\\", "say \"hi\" \\");
  assert_text ("\"not closed", "not closed");
}

static void
test_times (void)
{
  g_autoptr(RunnelRunFilter) ago = parse_filter ("since:2d until:1h30m");
  g_autoptr(RunnelRunFilter) day = parse_filter ("since:2026-01-01 until:2026-01-01");
  g_autoptr(RunnelRunFilter) moment = parse_filter ("since:2026-01-01T12:30 until:2026-01-01T12:30:01Z");

  g_assert_cmpint (ago->since, ==, -2 * G_TIME_SPAN_DAY);
  g_assert_cmpint (ago->until, ==, -90 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (day->since, ==, T0);
  g_assert_cmpint (day->until, ==, T0 + G_TIME_SPAN_DAY);
  g_assert_cmpint (moment->since, ==, T0 + 750 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (moment->until, ==, moment->since + G_TIME_SPAN_SECOND);
}

static void
test_errors (void)
{
  assert_error ("state:broken", "“broken”");
  assert_error ("state:", "missing");
  assert_error ("stat:failed", "did you mean “state:”");
  assert_error ("labels:nightly", "did you mean “label:”");
  assert_error ("since:tomorrow", "2026-11-01");
  assert_error ("since:5", "2d");
  assert_error ("pipeline:a pipeline:b", "twice");
  assert_error ("is:nice", "is:pinned");
  assert_error ("param:=x", "name");
  assert_error ("parent:x", "number");
  assert_error ("before:0", "number");
}

/* The text of a filter means the filter. */
static void
assert_round_trip (const char *words,
                   const char *expected)
{
  g_autoptr(RunnelRunFilter) filter = parse_filter (words);
  g_autoptr(RunnelRunFilter) copy = runnel_run_filter_copy (filter);
  g_autofree char *text = runnel_run_filter_to_string (copy);
  g_autoptr(RunnelRunFilter) again = parse_filter (text);
  g_autofree char *text_again = runnel_run_filter_to_string (again);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_cmpint (again->since, ==, filter->since);
  g_assert_cmpint (again->until, ==, filter->until);
}

static void
test_to_string (void)
{
  assert_round_trip ("", "");
  assert_round_trip ("disk full state:failed", "state:failed disk full");
  assert_round_trip ("state:queued,failed", "state:queued,failed");
  assert_round_trip ("is:active", "is:active");
  assert_round_trip ("is:failure is:pinned is:top-level", "is:failure is:pinned is:top-level");
  assert_round_trip ("since:48h", "since:2d");
  assert_round_trip ("until:2026-11-01", "until:2026-11-02T00:00");
  assert_round_trip ("since:2026-11-01T12:00:03.25", "since:2026-11-01T12:00:03.250000");
  assert_round_trip ("label:\"a b\" param:x=\"1", "label:\"a b\" param:\"x=\\\"1\"");
  assert_round_trip ("pipeline:\"x y\" trigger:rerun parent:3 before:7",
                     "pipeline:\"x y\" trigger:rerun parent:3 before:7");
  assert_round_trip ("\"a:b\" c\\d \"e\\\"f\"", "\"a:b\" c\\d \"e\\\"f\"");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/run-filter/words", test_words);
  g_test_add_func ("/history/run-filter/empty", test_empty);
  g_test_add_func ("/history/run-filter/text-with-colons", test_text_with_colons);
  g_test_add_func ("/history/run-filter/times", test_times);
  g_test_add_func ("/history/run-filter/errors", test_errors);
  g_test_add_func ("/history/run-filter/to-string", test_to_string);
  return g_test_run ();
}
