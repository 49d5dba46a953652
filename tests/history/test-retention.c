/* test-retention.c: which runs are kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "history/runnel-retention.h"

#define DAY (24 * G_TIME_SPAN_HOUR)
#define NOW (1000 * DAY)

static GArray *
make_runs (void)
{
  return g_array_new (FALSE, TRUE, sizeof (RunnelRetentionRun));
}

/* The run's number is its place, and it ended @age days ago. */
static RunnelRetentionRun *
add_run (GArray     *runs,
         const char *pipeline,
         gint64      age,
         gint64      size)
{
  RunnelRetentionRun run = { 0, };

  run.id = runs->len + 1;
  run.pipeline = pipeline;
  run.file = "/f";
  run.time = NOW - age * DAY;
  run.size = size;
  g_array_append_val (runs, run);
  return &g_array_index (runs, RunnelRetentionRun, runs->len - 1);
}

/* What goes, in the order of the plan: "3:age 1:size". */
static void
assert_plan (RunnelRetention *policy,
             GArray          *runs,
             const char      *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_retention_plan (policy, runs, NOW);
  for (guint i = 0; i < runs->len; i++)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);

      if (run->reason != RUNNEL_RETENTION_KEEP)
        g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%s", text->len > 0 ? " " : "",
                                run->id, runnel_retention_reason_to_string (run->reason));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_no_limits (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  assert_plan (policy, runs, "");
  add_run (runs, "a", 900, G_GINT64_CONSTANT (1) << 50);
  assert_plan (policy, runs, "");
}

static void
test_age (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  add_run (runs, "a", 31, 1);
  add_run (runs, "b", 30, 1);
  add_run (runs, "b", 99, 1);
  policy->all.max_age = 30 * DAY;
  assert_plan (policy, runs, "1:age 3:age");

  runnel_retention_add_pipeline (policy, "a")->max_age = RUNNEL_RETENTION_UNLIMITED;
  assert_plan (policy, runs, "3:age");
  runnel_retention_add_pipeline (policy, "*")->max_age = 1 * DAY;
  assert_plan (policy, runs, "2:age 3:age");
}

static void
test_count (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  for (guint i = 0; i < 3; i++)
    {
      add_run (runs, "a", 10 - i, 1);
      add_run (runs, "b", 20 - i, 1);
    }
  policy->all.max_runs = 5;
  assert_plan (policy, runs, "2:count");
  runnel_retention_add_pipeline (policy, "*")->max_runs = 2;
  assert_plan (policy, runs, "1:count 2:count");
  runnel_retention_add_pipeline (policy, "a")->max_runs = 1;
  assert_plan (policy, runs, "3:count 1:count 2:count");
}

static void
test_size (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  add_run (runs, "a", 1, 10);
  add_run (runs, "b", 2, 10);
  add_run (runs, "a", 3, 10);
  add_run (runs, "b", 4, 10);
  policy->all.max_size = 25;
  assert_plan (policy, runs, "3:size 4:size");
  policy->all.max_size = 40;
  assert_plan (policy, runs, "");
  runnel_retention_add_pipeline (policy, "a")->max_size = 10;
  assert_plan (policy, runs, "3:size");
}

/* What is held counts, so that the limit for all is kept if it can be. */
static void
test_held (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  add_run (runs, "a", 1, 10);
  add_run (runs, "a", 2, 10)->hold = RUNNEL_RETENTION_ACTIVE;
  add_run (runs, "a", 3, 10);
  add_run (runs, "a", 4, 10)->hold = RUNNEL_RETENTION_PINNED;
  policy->all.max_size = 20;
  assert_plan (policy, runs, "1:size 3:size");
  policy->all.max_size = 1;
  policy->all.max_age = 0;
  policy->all.max_runs = 1;
  assert_plan (policy, runs, "1:age 3:age");
}

static void
test_latest_success (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();
  g_autoptr(GArray) runs = make_runs ();

  add_run (runs, "a", 1, 1);
  add_run (runs, "a", 50, 1)->succeeded = TRUE;
  add_run (runs, "a", 60, 1)->succeeded = TRUE;
  add_run (runs, "b", 70, 1)->succeeded = TRUE;
  policy->all.max_age = 30 * DAY;
  assert_plan (policy, runs, "3:age");
  g_assert_cmpstr (runnel_retention_hold_to_string (
                     g_array_index (runs, RunnelRetentionRun, 1).hold), ==, "latest success");
}

static void
test_file_before_name (void)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new ();

  runnel_retention_add_pipeline (policy, "*")->max_runs = 1;
  runnel_retention_add_pipeline (policy, "a")->max_runs = 2;
  runnel_retention_add_pipeline (policy, "/f")->max_runs = 3;
  g_assert_cmpint (runnel_retention_find_limits (policy, "b", "/g")->max_runs, ==, 1);
  g_assert_cmpint (runnel_retention_find_limits (policy, "a", "/g")->max_runs, ==, 2);
  g_assert_cmpint (runnel_retention_find_limits (policy, "a", "/f")->max_runs, ==, 3);
}

/* --- Against a model that only knows one run at a time --- */

static gint64
random_limit (gint64 most)
{
  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      return RUNNEL_RETENTION_UNLIMITED;
    case 1:
    case 2:
      return RUNNEL_RETENTION_NOT_GIVEN;
    default:
      return g_test_rand_int_range (1, most);
    }
}

static void
set_random_limits (RunnelRetentionLimits *limits)
{
  limits->max_age = random_limit (100);
  if (limits->max_age > 0 && limits->max_age < RUNNEL_RETENTION_UNLIMITED)
    limits->max_age *= DAY;
  limits->max_runs = random_limit (20);
  limits->max_size = random_limit (200);
}

static GArray *
make_random_runs (void)
{
  static const char *const names[] = { "a", "b", "c" };
  GArray *runs = make_runs ();
  guint n = g_test_rand_int_range (0, 40);

  for (guint i = 0; i < n; i++)
    {
      RunnelRetentionRun *run = add_run (runs, names[g_test_rand_int_range (0, 3)],
                                         g_test_rand_int_range (0, 120),
                                         g_test_rand_int_range (0, 30));

      run->succeeded = g_test_rand_int_range (0, 3) == 0;
      if (g_test_rand_int_range (0, 6) == 0)
        run->hold = g_test_rand_int_range (RUNNEL_RETENTION_ACTIVE, RUNNEL_RETENTION_PINNED + 1);
    }
  return runs;
}

static gboolean
is_later (const RunnelRetentionRun *left,
          const RunnelRetentionRun *right)
{
  return left->time > right->time || (left->time == right->time && left->id > right->id);
}

/* How many there are in @runs of @pipeline (NULL = any) that are left, or (with @after) that are
 * later than one. */
static gint64
count (GArray                   *runs,
       const char               *pipeline,
       const RunnelRetentionRun *after,
       gint64                   *ret_size)
{
  gint64 n = 0;

  *ret_size = 0;
  for (guint i = 0; i < runs->len; i++)
    {
      const RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);

      if (pipeline && !g_str_equal (run->pipeline, pipeline))
        continue;
      if (after ? !is_later (run, after) : run->reason != RUNNEL_RETENTION_KEEP)
        continue;
      n++;
      *ret_size += run->size;
    }
  return n;
}

static gboolean
is_latest_success (GArray                   *runs,
                   const RunnelRetentionRun *run)
{
  if (!run->succeeded)
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      const RunnelRetentionRun *other = &g_array_index (runs, RunnelRetentionRun, i);

      if (other->succeeded && g_str_equal (other->pipeline, run->pipeline) && is_later (other, run))
        return FALSE;
    }
  return TRUE;
}

/* The oldest one that may go, of @pipeline or of all. */
static RunnelRetentionRun *
find_oldest (GArray     *runs,
             const char *pipeline)
{
  RunnelRetentionRun *oldest = NULL;

  for (guint i = 0; i < runs->len; i++)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);

      if (run->hold == RUNNEL_RETENTION_FREE && run->reason == RUNNEL_RETENTION_KEEP &&
          (!pipeline || g_str_equal (run->pipeline, pipeline)) &&
          (!oldest || is_later (oldest, run)))
        oldest = run;
    }
  return oldest;
}

static gboolean
is_too_much (gint64 value,
             gint64 limit)
{
  return limit >= 0 && value > limit;
}

static void
plan_naively (RunnelRetention *policy,
              GArray          *runs)
{
  static const char *const names[] = { "a", "b", "c" };
  gint64 size, n;

  for (guint i = 0; i < runs->len; i++)
    {
      RunnelRetentionRun *run = &g_array_index (runs, RunnelRetentionRun, i);
      const RunnelRetentionLimits *own = runnel_retention_find_limits (policy, run->pipeline, "/f");
      gint64 max_age = own->max_age >= 0 ? own->max_age : policy->all.max_age;

      if (run->hold == RUNNEL_RETENTION_FREE && is_latest_success (runs, run))
        run->hold = RUNNEL_RETENTION_LATEST_SUCCESS;
      if (run->hold != RUNNEL_RETENTION_FREE)
        continue;
      if (is_too_much (NOW - run->time, max_age))
        run->reason = RUNNEL_RETENTION_AGE;
      else if (is_too_much (count (runs, run->pipeline, run, &size) + 1, own->max_runs))
        run->reason = RUNNEL_RETENTION_COUNT;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gint64 limit = runnel_retention_find_limits (policy, names[i], "/f")->max_size;
      RunnelRetentionRun *oldest;

      while (count (runs, names[i], NULL, &size), is_too_much (size, limit) &&
             (oldest = find_oldest (runs, names[i])) != NULL)
        oldest->reason = RUNNEL_RETENTION_SIZE;
    }
  for (;;)
    {
      RunnelRetentionRun *oldest = find_oldest (runs, NULL);

      n = count (runs, NULL, NULL, &size);
      if (oldest && is_too_much (n, policy->all.max_runs))
        oldest->reason = RUNNEL_RETENTION_COUNT;
      else if (oldest && is_too_much (size, policy->all.max_size))
        oldest->reason = RUNNEL_RETENTION_SIZE;
      else
        break;
    }
}

static void
assert_same_plan (GArray *planned,
                  GArray *model)
{
  for (guint i = 0; i < planned->len; i++)
    {
      const RunnelRetentionRun *run = &g_array_index (planned, RunnelRetentionRun, i);
      const RunnelRetentionRun *same = &g_array_index (model, RunnelRetentionRun, run->id - 1);

      g_assert_cmpint (same->id, ==, run->id);
      g_assert_cmpint (run->reason, ==, same->reason);
      g_assert_cmpint (run->hold, ==, same->hold);
      if (i > 0)
        g_assert_true (is_later (run - 1, run));
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr(RunnelRetention) policy = runnel_retention_new ();
      g_autoptr(GArray) runs = make_random_runs ();
      g_autoptr(GArray) model = g_array_copy (runs);

      set_random_limits (&policy->all);
      if (g_test_rand_bit ())
        set_random_limits (runnel_retention_add_pipeline (policy, "a"));
      if (g_test_rand_bit ())
        set_random_limits (runnel_retention_add_pipeline (policy, "*"));
      runnel_retention_plan (policy, runs, NOW);
      plan_naively (policy, model);
      assert_same_plan (runs, model);
    }
}

/* --- Settings --- */

static void
test_defaults (void)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);

  g_assert_cmpint (policy->all.max_age, ==, RUNNEL_RETENTION_NOT_GIVEN);
  g_assert_cmpint (policy->all.max_runs, ==, RUNNEL_RETENTION_NOT_GIVEN);
  g_assert_cmpint (policy->all.max_size, ==, G_GINT64_CONSTANT (10000000000));
  g_assert_cmpint (policy->compress_after, ==, 7 * DAY);
  g_assert_cmpint (policy->compress_above, ==, 10000000);
  g_assert_true (policy->automatic);
  g_assert_cmpuint (g_hash_table_size (policy->pipelines), ==, 0);
}

static void
test_settings (void)
{
  static const char text[] =
    "{\"history\": {\"max-age\": \"90d\", \"max-runs\": 500, \"max-size\": \"none\","
    " \"automatic\": false, \"pipelines\": {\"a b\": {\"max-age\": \"none\", \"max-size\": \"1 GiB\"}}}}";
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(RunnelRetention) policy = NULL;
  const RunnelRetentionLimits *limits;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  settings = runnel_settings_load ();
  policy = runnel_retention_new_for (settings);
  g_assert_cmpint (policy->all.max_age, ==, 90 * DAY);
  g_assert_cmpint (policy->all.max_runs, ==, 500);
  g_assert_cmpint (policy->all.max_size, ==, RUNNEL_RETENTION_UNLIMITED);
  g_assert_false (policy->automatic);
  limits = runnel_retention_find_limits (policy, "a b", "/f");
  g_assert_cmpint (limits->max_age, ==, RUNNEL_RETENTION_UNLIMITED);
  g_assert_cmpint (limits->max_runs, ==, RUNNEL_RETENTION_NOT_GIVEN);
  g_assert_cmpint (limits->max_size, ==, 1 << 30);
  g_assert_cmpint (g_remove (path), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/retention/no-limits", test_no_limits);
  g_test_add_func ("/history/retention/age", test_age);
  g_test_add_func ("/history/retention/count", test_count);
  g_test_add_func ("/history/retention/size", test_size);
  g_test_add_func ("/history/retention/held", test_held);
  g_test_add_func ("/history/retention/latest-success", test_latest_success);
  g_test_add_func ("/history/retention/file-before-name", test_file_before_name);
  g_test_add_func ("/history/retention/random", test_random);
  g_test_add_func ("/history/retention/defaults", test_defaults);
  g_test_add_func ("/history/retention/settings", test_settings);

  return g_test_run ();
}
