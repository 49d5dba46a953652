/* test-comparison.c: two versions of a pipeline beside each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-comparison.h"

#define OLD \
  "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"wait\"}," \
  " {\"id\": \"b\", \"kind\": \"wait\", \"needs\": [\"a\"]}," \
  " {\"id\": \"c\", \"kind\": \"wait\", \"needs\": [\"a\"]}]," \
  " \"groups\": [{\"id\": \"g\", \"steps\": [\"a\"]}]," \
  " \"layout\": {\"steps\": {\"a\": [0, 0], \"b\": [300, 0], \"c\": [300, 100]}}}"

#define NEW \
  "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"wait\"}," \
  " {\"id\": \"b\", \"kind\": \"wait\", \"priority\": 3}," \
  " {\"id\": \"d\", \"kind\": \"command\", \"needs\": [\"b\"]}]," \
  " \"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}]," \
  " \"layout\": {\"steps\": {\"a\": [8, 0], \"b\": [300, 0], \"d\": [600, 0]}}}"

static RunnelPipeline *
load (const char *text)
{
  g_autoptr(GError) error = NULL;
  RunnelPipeline *pipeline = runnel_pipeline_new_from_text (text, -1, NULL, &error);

  g_assert_no_error (error);
  return pipeline;
}

static RunnelComparison *
compare (const char *old,
         const char *new)
{
  g_autoptr(RunnelPipeline) from = load (old);
  g_autoptr(RunnelPipeline) to = load (new);

  return runnel_comparison_new (from, to);
}

static void
test_steps (void)
{
  g_autoptr(RunnelComparison) both = compare (OLD, NEW);

  g_assert_cmpint (runnel_comparison_get_step_change (both, "a"), ==, RUNNEL_CHANGE_MOVED);
  g_assert_cmpint (runnel_comparison_get_step_change (both, "b"), ==, RUNNEL_CHANGE_CHANGED);
  g_assert_cmpint (runnel_comparison_get_step_change (both, "c"), ==, RUNNEL_CHANGE_REMOVED);
  g_assert_cmpint (runnel_comparison_get_step_change (both, "d"), ==, RUNNEL_CHANGE_ADDED);
  g_assert_cmpint (runnel_comparison_get_step_change (both, "e"), ==, RUNNEL_CHANGE_NONE);
}

static void
test_links (void)
{
  g_autoptr(RunnelComparison) both = compare (OLD, NEW);

  g_assert_cmpint (runnel_comparison_get_link_change (both, "a", "b", RUNNEL_ON_SUCCESS), ==,
                   RUNNEL_CHANGE_REMOVED);
  g_assert_cmpint (runnel_comparison_get_link_change (both, "b", "d", RUNNEL_ON_SUCCESS), ==,
                   RUNNEL_CHANGE_ADDED);
  g_assert_cmpint (runnel_comparison_get_link_change (both, "a", "d", RUNNEL_ON_SUCCESS), ==,
                   RUNNEL_CHANGE_NONE);
}

static void
test_layout_is_apart (void)
{
  g_autoptr(RunnelComparison) both = compare (OLD, NEW);
  GPtrArray *differences = runnel_comparison_get_differences (both);
  const guint n_work = runnel_comparison_count_work (both);

  g_assert_cmpuint (differences->len - n_work, ==, 2);
  g_assert_cmpstr (((RunnelDifference *) differences->pdata[n_work])->key, ==, "layout");
  g_assert_cmpstr (((RunnelDifference *) differences->pdata[n_work + 1])->key, ==, "groups.g");
}

static void
test_union (void)
{
  g_autoptr(RunnelComparison) both = compare (OLD, NEW);
  RunnelPipeline *all = runnel_comparison_get_union (both);
  RunnelPoint point;
  guint index;

  g_assert_cmpuint (runnel_pipeline_get_n_steps (all), ==, 4);
  g_assert_true (runnel_pipeline_find_step (all, "b", &index));
  g_assert_cmpuint (runnel_pipeline_get_step (all, index)->n_needs, ==, 1); /* that of before */
  g_assert_true (runnel_pipeline_get_position (all, "c", &point));
  g_assert_cmpfloat (point.y, ==, 100);
  g_assert_true (runnel_pipeline_get_position (all, "a", &point));
  g_assert_cmpfloat (point.x, ==, 8);
}

static void
test_same (void)
{
  g_autoptr(RunnelComparison) both = compare (NEW, NEW);

  g_assert_cmpuint (runnel_comparison_get_differences (both)->len, ==, 0);
}

static void
test_empty (void)
{
  g_autoptr(RunnelPipeline) nothing = runnel_pipeline_new ();
  g_autoptr(RunnelPipeline) all = load (NEW);
  g_autoptr(RunnelComparison) gone = runnel_comparison_new (all, nothing);
  g_autoptr(RunnelComparison) come = runnel_comparison_new (nothing, all);

  g_assert_cmpint (runnel_comparison_get_step_change (gone, "a"), ==, RUNNEL_CHANGE_REMOVED);
  g_assert_cmpuint (runnel_pipeline_get_n_steps (runnel_comparison_get_union (gone)), ==, 3);
  g_assert_cmpint (runnel_comparison_get_step_change (come, "a"), ==, RUNNEL_CHANGE_ADDED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/comparison/steps", test_steps);
  g_test_add_func ("/model/comparison/links", test_links);
  g_test_add_func ("/model/comparison/layout-is-apart", test_layout_is_apart);
  g_test_add_func ("/model/comparison/union", test_union);
  g_test_add_func ("/model/comparison/same", test_same);
  g_test_add_func ("/model/comparison/empty", test_empty);

  return g_test_run ();
}
