/* test-run-words.c: what is said of runs, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "designer/runs/runnel-run-words.h"

static void
assert_trigger (const char *trigger,
                gint64      origin,
                gint64      parent,
                const char *expected)
{
  const RunnelRunRecord record = {
    .trigger = (char *) trigger, .origin = origin, .parent = parent,
  };
  g_autofree char *text = runnel_run_describe_trigger (&record);

  g_assert_cmpstr (text, ==, expected);
}

/* Of which run it is, where that is known. */
static void
test_trigger (void)
{
  assert_trigger ("manual", 0, 0, "By hand");
  assert_trigger ("schedule", 0, 0, "On schedule");
  assert_trigger ("rerun", 12, 0, "Rerun of 12");
  assert_trigger ("rerun", 0, 0, "Run again");
  assert_trigger ("rollback", 12, 0, "Rollback of 12");
  assert_trigger ("pipeline", 0, 9, "Part of run 9");
  assert_trigger ("pipeline", 0, 0, "A pipeline");
}

/* Words that somebody made up read like words. */
static void
test_other_trigger (void)
{
  assert_trigger ("webhook", 0, 0, "Webhook");
  assert_trigger ("file-watch", 0, 0, "File watch");
  assert_trigger ("", 0, 0, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/run-words/trigger", test_trigger);
  g_test_add_func ("/designer/run-words/other-trigger", test_other_trigger);
  return g_test_run ();
}
