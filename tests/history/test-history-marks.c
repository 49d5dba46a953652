/* test-history-marks.c: pins and labels, which people put on runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "find-fixture.h"

static void
test_pin (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  const gint64 runs[] = { 1, 3, 99 };

  for (guint i = 0; i < 3; i++)
    add_run (history, "build", 1);
  g_assert_true (runnel_history_set_pinned (history, runs, 3, TRUE, NULL));
  assert_found (history, "is:pinned", "3 1");
  g_assert_true (runnel_history_set_pinned (history, runs, 1, FALSE, NULL));
  assert_found (history, "is:pinned", "3");
  g_assert_true (runnel_history_set_pinned (history, NULL, 0, TRUE, NULL));
}

static void
test_label (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  const gint64 runs[] = { 1, 2, 99 };

  add_run (history, "build", 1);
  add_run (history, "build", 1);
  g_assert_true (runnel_history_add_label (history, runs, 3, "nightly", NULL));
  g_assert_true (runnel_history_add_label (history, runs, 1, "nightly", NULL));
  g_assert_true (runnel_history_add_label (history, runs, 1, "größer als", NULL));
  assert_found (history, "label:nightly", "2 1");
  assert_found (history, "label:\"größer als\"", "1");
  g_assert_true (runnel_history_remove_label (history, runs + 1, 1, "nightly", NULL));
  g_assert_true (runnel_history_remove_label (history, runs + 1, 1, "never", NULL));
  assert_found (history, "label:nightly", "1");
}

static void
assert_no_label (const char *label)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GError) error = NULL;
  gint64 run = add_run (history, "build", 1);

  g_assert_false (runnel_history_add_label (history, &run, 1, label, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FILTER);
}

static void
test_check_label (void)
{
  g_autofree char *long_label = g_strnfill (61, 'x');

  assert_no_label ("");
  assert_no_label (" ");
  assert_no_label ("x ");
  assert_no_label ("two\nlines");
  assert_no_label ("\xff");
  assert_no_label (long_label);
}

/* A label that was taken off while the run went on does not come back with its journal. */
static void
test_label_stays_off (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(JsonNode) details = json_from_string ("{\"labels\": [\"nightly\"]}", NULL);
  gint64 run = add_run (history, "build", 1);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_STARTED, .time = T0, .run = run,
    .details = json_node_get_object (details),
  };

  record_event (history, &event);
  assert_found (history, "label:nightly", "1");
  g_assert_true (runnel_history_remove_label (history, &run, 1, "nightly", NULL));
  record_event (history, &event);
  assert_found (history, "label:nightly", "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/history/marks/pin", test_pin);
  g_test_add_func ("/history/marks/label", test_label);
  g_test_add_func ("/history/marks/check-label", test_check_label);
  g_test_add_func ("/history/marks/label-stays-off", test_label_stays_off);
  return g_test_run ();
}
