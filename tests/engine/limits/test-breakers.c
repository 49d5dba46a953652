/* test-breakers.c: the breakers of all pipelines, kept from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/limits/runnel-breakers.h"
#include "limits-fixture.h"

#define FILE_NAME "/home/ana/it's.runnel.json"

static const RunnelBreakerRule rule = { 2, G_TIME_SPAN_HOUR };
static RunnelClock *clock_;

/* A run in which the step ends so, if it may begin. */
static gboolean
run_step (const char  *folder,
          gint64       run,
          RunnelState  outcome,
          char       **ret_reason)
{
  g_autoptr(RunnelBreakers) breakers = runnel_breakers_new (folder, FILE_NAME, run, clock_);
  gboolean is_admitted = runnel_breakers_admit (breakers, "deploy", &rule, ret_reason);

  if (is_admitted)
    runnel_breakers_record (breakers, "deploy", &rule, outcome);
  g_assert_null (runnel_breakers_get_problem (breakers));

  return is_admitted;
}

/* A run to which the step is refused. */
static void
refuse_step (const char *folder,
             gint64      run)
{
  g_autofree char *reason = NULL;

  g_assert_false (run_step (folder, run, RUNNEL_STATE_SUCCEEDED, &reason));
  g_assert_nonnull (reason);
}

static char *
get_path (const char *folder)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, FILE_NAME, -1);

  return g_strdup_printf ("%s/%s.json", folder, digest);
}

static void
test_across_runs (void)
{
  char *folder = make_folder ();
  g_autofree char *reason = NULL;

  g_assert_true (run_step (folder, 1, RUNNEL_STATE_FAILED, NULL));
  g_assert_true (run_step (folder, 2, RUNNEL_STATE_TIMED_OUT, NULL));
  g_assert_false (run_step (folder, 3, RUNNEL_STATE_SUCCEEDED, &reason));
  g_assert_true (g_str_has_prefix (reason, "its breaker is open since "));
  g_assert_true (g_str_has_suffix (reason, "; to try it at once: runnel breakers reset "
                                           "'/home/ana/it'\\''s.runnel.json' deploy"));

  runnel_fake_clock_advance (clock_, G_TIME_SPAN_HOUR);
  g_assert_true (run_step (folder, 4, RUNNEL_STATE_SUCCEEDED, NULL));
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_assert_true (run_step (folder, 5, RUNNEL_STATE_FAILED, NULL));
  g_assert_true (run_step (folder, 6, RUNNEL_STATE_FAILED, NULL));
  remove_folder (folder);
}

static void
test_counts_as_nothing (void)
{
  char *folder = make_folder ();

  g_assert_true (run_step (folder, 1, RUNNEL_STATE_FAILED, NULL));
  g_assert_true (run_step (folder, 2, RUNNEL_STATE_CANCELLED, NULL));
  g_assert_true (run_step (folder, 3, RUNNEL_STATE_SKIPPED, NULL));
  g_assert_true (run_step (folder, 4, RUNNEL_STATE_FAILED, NULL));
  refuse_step (folder, 5);
  remove_folder (folder);
}

/* A cancelled probe lets the next run probe. */
static void
test_cancelled_probe (void)
{
  char *folder = make_folder ();

  run_step (folder, 1, RUNNEL_STATE_FAILED, NULL);
  run_step (folder, 2, RUNNEL_STATE_FAILED, NULL);
  runnel_fake_clock_advance (clock_, G_TIME_SPAN_HOUR);
  g_assert_true (run_step (folder, 3, RUNNEL_STATE_CANCELLED, NULL));
  g_assert_true (run_step (folder, 4, RUNNEL_STATE_SUCCEEDED, NULL));
  remove_folder (folder);
}

static void
test_list_and_reset (void)
{
  char *folder = make_folder ();
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) none = NULL;
  RunnelBreakerRecord *record;
  struct stat status;
  g_autofree char *path = NULL;

  run_step (folder, 1, RUNNEL_STATE_FAILED, NULL);
  run_step (folder, 2, RUNNEL_STATE_FAILED, NULL);
  all = runnel_breakers_list (folder, NULL, NULL);
  none = runnel_breakers_list (folder, "/other.runnel.json", NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 1);
  record = g_ptr_array_index (all, 0);
  g_assert_cmpstr (record->file, ==, FILE_NAME);
  g_assert_cmpstr (record->step, ==, "deploy");
  g_assert_cmpint (record->breaker.run, ==, 2);
  path = get_path (folder);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_cmpint (runnel_breakers_reset (folder, FILE_NAME, "build", NULL), ==, 0);
  g_assert_cmpint (runnel_breakers_reset (folder, FILE_NAME, "deploy", NULL), ==, 1);
  g_assert_true (run_step (folder, 3, RUNNEL_STATE_FAILED, NULL));
  g_assert_cmpint (runnel_breakers_reset (folder, FILE_NAME, NULL, NULL), ==, 1);
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (folder);
}

static void
test_no_folder (void)
{
  g_autoptr(RunnelBreakers) breakers = runnel_breakers_new ("/proc/no/such", FILE_NAME, 1, clock_);
  g_autoptr(GPtrArray) records = runnel_breakers_list ("/proc/no/such", NULL, NULL);

  /* What can't be kept stops nothing, but is not kept quiet. */
  g_assert_true (runnel_breakers_admit (breakers, "deploy", &rule, NULL));
  g_assert_nonnull (runnel_breakers_get_problem (breakers));
  g_assert_cmpuint (records->len, ==, 0);
}

static void
test_strange_file (void)
{
  char *folder = make_folder ();
  g_autofree char *path = get_path (folder);

  g_assert_true (g_file_set_contents (path, "{\"steps\": {\"deploy\": 7}, \"file", -1, NULL));
  g_assert_true (run_step (folder, 1, RUNNEL_STATE_FAILED, NULL));
  g_assert_true (run_step (folder, 2, RUNNEL_STATE_FAILED, NULL));
  refuse_step (folder, 3);
  remove_folder (folder);
}

/* Runs at the same time lose no failure of each other. */
static void
test_at_once (void)
{
  static const RunnelBreakerRule patient = { 1000, G_TIME_SPAN_HOUR };
  char *folder = make_folder ();
  g_autoptr(GPtrArray) records = NULL;
  int status;

  for (guint i = 0; i < 4; i++)
    if (fork () == 0)
      {
        RunnelBreakers *breakers = runnel_breakers_new (folder, FILE_NAME, i + 1, clock_);

        for (guint j = 0; j < 50; j++)
          runnel_breakers_record (breakers, "deploy", &patient, RUNNEL_STATE_FAILED);
        _exit (runnel_breakers_get_problem (breakers) != NULL);
      }
  while (wait (&status) > 0)
    g_assert_cmpint (status, ==, 0);

  records = runnel_breakers_list (folder, FILE_NAME, NULL);
  g_assert_cmpuint (((RunnelBreakerRecord *) g_ptr_array_index (records, 0))->breaker.failures, ==, 200);
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  clock_ = runnel_fake_clock_new (G_GINT64_CONSTANT (1700000000000000));
  g_test_add_func ("/engine/limits/breakers/across-runs", test_across_runs);
  g_test_add_func ("/engine/limits/breakers/counts-as-nothing", test_counts_as_nothing);
  g_test_add_func ("/engine/limits/breakers/cancelled-probe", test_cancelled_probe);
  g_test_add_func ("/engine/limits/breakers/list-and-reset", test_list_and_reset);
  g_test_add_func ("/engine/limits/breakers/no-folder", test_no_folder);
  g_test_add_func ("/engine/limits/breakers/strange-file", test_strange_file);
  g_test_add_func ("/engine/limits/breakers/at-once", test_at_once);
  code = g_test_run ();
  runnel_fake_clock_free (clock_);

  return code;
}
