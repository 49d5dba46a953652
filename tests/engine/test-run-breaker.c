/* test-run-breaker.c: a step of a run and its breaker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "run-fixture.h"

#define STEPS                                                                                      \
  "{`id`: `deploy`, `breaker`: {`failures`: 2, `cool-down`: `30m`}, `retry`: 1},"                  \
  "{`id`: `fallback`, `needs`: [{`step`: `deploy`, `on`: `failure`}]}"

/* The folder of the breakers is that of main(). */
static char *folder;

static RunFixture *
make_run (gint64 wall)
{
  RunFixture *self = run_fixture_new (pipeline_from_steps (STEPS));

  runnel_fake_clock_advance (self->clock, wall);
  self->breakers = runnel_breakers_new (folder, "/test.runnel.json", 42, self->clock);

  return self;
}

/* Returns: (transfer full): what was told of the steps of a run at @wall, counted from the first
 * run, in which deploy fails or succeeds */
static char *
run_at (gint64   wall,
        gboolean fails)
{
  g_autoptr(RunFixture) self = make_run (wall);
  RunnelFakeOutcome outcome = { .state = fails ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED };

  run_fixture_tell (self, "deploy", 1, outcome);
  run_fixture_tell (self, "deploy", 2, outcome);
  run_fixture_start (self, 1);
  run_fixture_complete (self);

  return g_strdup (self->log->str);
}

static void
reset (void)
{
  g_assert_cmpint (runnel_breakers_reset (folder, "/test.runnel.json", NULL, NULL), >=, 0);
}

/* Two failures in a row, each after a retry; then the fallback runs without a third. */
static void
test_open (void)
{
  g_autofree char *first = run_at (0, TRUE);
  g_autofree char *second = run_at (0, TRUE);
  g_autofree char *third = run_at (SECOND, FALSE);
  g_autofree char *fourth = run_at (31 * 60 * SECOND, FALSE);

  g_assert_true (g_str_has_prefix (first, "step-finished deploy failed\n"));
  g_assert_true (g_str_has_prefix (second, "step-finished deploy failed\n"));
  g_assert_true (g_str_has_prefix (third, "step-finished deploy failed: its breaker is open since "));
  g_assert_nonnull (strstr (third, "step-finished fallback succeeded\n"));
  g_assert_true (g_str_has_prefix (fourth, "step-finished deploy succeeded\n"));
  reset ();
}

static void
test_no_attempt (void)
{
  g_autoptr(RunFixture) self = NULL;

  g_free (run_at (0, TRUE));
  g_free (run_at (0, TRUE));
  self = make_run (SECOND);
  run_fixture_start (self, 1);
  run_fixture_complete (self);
  g_assert_cmpstr (runnel_fake_executor_get_starts (self->executor)[0], ==, "fallback.1");
  reset ();
}

/* A cancelled run has not found out anything. */
static void
test_cancelled_probe (void)
{
  RunFixture *self;
  g_autofree char *next = NULL;

  g_free (run_at (0, TRUE));
  g_free (run_at (0, TRUE));
  self = make_run (31 * 60 * SECOND);
  run_fixture_tell (self, "deploy", 1, (RunnelFakeOutcome) { .duration = -1 });
  run_fixture_start (self, 1);
  runnel_run_cancel (self->run, NULL);
  run_fixture_complete (self);
  g_assert_nonnull (strstr (self->log->str, "step-finished deploy cancelled"));
  run_fixture_free (self);

  next = run_at (31 * 60 * SECOND, FALSE);
  g_assert_true (g_str_has_prefix (next, "step-finished deploy succeeded\n"));
  reset ();
}

/* The count begins again with a success. */
static void
test_in_a_row (void)
{
  static const gboolean fails[] = { TRUE, FALSE, TRUE, FALSE, TRUE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (fails); i++)
    {
      g_autofree char *log = run_at (0, fails[i]);

      g_assert_null (strstr (log, "its breaker is open"));
    }
  reset ();
}

int
main (int    argc,
      char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("runnel-breakers-XXXXXX", NULL);
  g_test_add_func ("/engine/run-breaker/open", test_open);
  g_test_add_func ("/engine/run-breaker/no-attempt", test_no_attempt);
  g_test_add_func ("/engine/run-breaker/cancelled-probe", test_cancelled_probe);
  g_test_add_func ("/engine/run-breaker/in-a-row", test_in_a_row);
  code = g_test_run ();
  g_rmdir (folder);
  g_free (folder);

  return code;
}
