/* test-merge.c: two people's changes to a pipeline brought together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-merge.h"

#define PIPELINE(members, steps) "{\"format\": 1" members ", \"steps\": [" steps "]}"
#define A(more) "{\"id\": \"a\", \"kind\": \"wait\"" more "}"
#define B(more) "{\"id\": \"b\", \"kind\": \"wait\"" more "}"

static RunnelMerge *
merge (const char *base,
       const char *ours,
       const char *theirs)
{
  const char *texts[] = { base, ours, theirs };
  RunnelPipeline *pipelines[3];
  RunnelMerge *self;

  for (guint i = 0; i < 3; i++)
    pipelines[i] = runnel_pipeline_new_from_text (texts[i], -1, NULL, NULL);
  self = runnel_merge_new (pipelines[0], pipelines[1], pipelines[2], RUNNEL_MERGE_OURS);
  for (guint i = 0; i < 3; i++)
    g_object_unref (pipelines[i]);
  return self;
}

static void
assert_result (RunnelMerge *self,
               const char  *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPipeline) result = runnel_merge_make_result (self, &error);
  g_autoptr(RunnelPipeline) other = runnel_pipeline_new_from_text (expected, -1, NULL, NULL);
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;

  g_assert_no_error (error);
  text = runnel_pipeline_to_text (result, NULL);
  wanted = runnel_pipeline_to_text (other, NULL);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_both_sides (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE ("", A ("") "," B ("")), PIPELINE ("", A (", \"priority\": 1") "," B ("")),
           PIPELINE (", \"name\": \"new\"", A ("") "," B (", \"priority\": 2")));

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 0);
  assert_result (self, PIPELINE (", \"name\": \"new\"",
                                 A (", \"priority\": 1") "," B (", \"priority\": 2")));
}

static void
test_same_change (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE ("", A ("")), PIPELINE ("", A (", \"priority\": 1")),
           PIPELINE ("", A (", \"priority\": 1")));

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 0);
}

static void
test_choices (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE ("", A ("")), PIPELINE ("", A (", \"priority\": 1")),
           PIPELINE ("", A (", \"priority\": 2")));
  RunnelMergeConflict *conflict = g_ptr_array_index (runnel_merge_get_conflicts (self), 0);

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 1);
  g_assert_cmpstr (conflict->path, ==, "steps.a.priority");
  g_assert_cmpstr (conflict->step, ==, "a");
  g_assert_null (conflict->base);
  assert_result (self, PIPELINE ("", A (", \"priority\": 1")));
  runnel_merge_choose (self, "steps.a.priority", RUNNEL_MERGE_THEIRS);
  assert_result (self, PIPELINE ("", A (", \"priority\": 2")));
}

static void
test_removed_and_changed (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE ("", A ("") "," B ("")), PIPELINE ("", B ("")),
           PIPELINE ("", A (", \"priority\": 2") "," B ("")));

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 1);
  assert_result (self, PIPELINE ("", B ("")));
  runnel_merge_choose (self, "steps.a", RUNNEL_MERGE_THEIRS);
  assert_result (self, PIPELINE ("", B ("") "," A (", \"priority\": 2")));
}

static void
test_removed (void)
{
  g_autoptr(RunnelMerge) self = merge (PIPELINE ("", A ("") "," B ("")), PIPELINE ("", B ("")),
                                       PIPELINE ("", A ("") "," B ("")));

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 0);
  assert_result (self, PIPELINE ("", B ("")));
}

static void
test_layout_never_conflicts (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE (", \"layout\": {\"steps\": {\"a\": [0, 0]}}", A ("")),
           PIPELINE (", \"layout\": {\"steps\": {\"a\": [8, 0]}}", A ("")),
           PIPELINE (", \"layout\": {\"steps\": {\"a\": [0, 8]}}", A ("")));

  g_assert_cmpuint (runnel_merge_get_conflicts (self)->len, ==, 0);
  assert_result (self, PIPELINE (", \"layout\": {\"steps\": {\"a\": [8, 0]}}", A ("")));
}

static void
test_unknown_keys (void)
{
  g_autoptr(RunnelMerge) self =
    merge (PIPELINE (", \"x-tool\": {\"a\": 1, \"b\": 1}", A ("")),
           PIPELINE (", \"x-tool\": {\"a\": 2, \"b\": 1}", A ("")),
           PIPELINE (", \"x-tool\": {\"a\": 1, \"b\": 2}", A ("")));

  assert_result (self, PIPELINE (", \"x-tool\": {\"a\": 2, \"b\": 2}", A ("")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/merge/both-sides", test_both_sides);
  g_test_add_func ("/model/merge/same-change", test_same_change);
  g_test_add_func ("/model/merge/choices", test_choices);
  g_test_add_func ("/model/merge/removed-and-changed", test_removed_and_changed);
  g_test_add_func ("/model/merge/removed", test_removed);
  g_test_add_func ("/model/merge/layout-never-conflicts", test_layout_never_conflicts);
  g_test_add_func ("/model/merge/unknown-keys", test_unknown_keys);

  return g_test_run ();
}
