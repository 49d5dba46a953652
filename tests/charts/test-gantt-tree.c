/* test-gantt-tree.c: the lines of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"

/* Each line as its id, below what it is inside of with a dot for each level, folded with a +. */
static void
assert_lines (const RunnelGanttTree *tree,
              const char            *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tree->n_lines; i++)
    {
      const RunnelGanttLine *line = &tree->lines[i];

      g_string_append_c (text, i > 0 ? ' ' : '|');
      for (guint j = 0; j < line->depth; j++)
        g_string_append_c (text, '.');
      g_string_append_printf (text, "%s%s", line->id, line->folded ? "+" : "");
      g_assert_cmpint (line->parent, <, i);
      g_assert_true (line->parent < 0 ? line->depth == 0
                                      : tree->lines[line->parent].depth + 1 == line->depth);
    }
  g_assert_cmpstr (text->str + MIN (text->len, 1), ==, expected);
}

static guint
find_line (const RunnelGanttTree *tree,
           const char            *id)
{
  guint line;

  g_assert_true (runnel_gantt_tree_find_line (tree, id, &line));
  return line;
}

/* Something of everything that has parts. */
static RunnelTiming *
make_nested_timing (void)
{
  MadeUpRun run;
  RunnelTiming *timing;

  made_up_run_init (&run, 30);
  add_success (&run, "list", 0, 0, 2);
  add_success (&run, "deploy", 14, 14, 20);
  add_step (&run, "build", RUNNEL_STATE_FAILED, 2, 12);
  add_success (&run, "lint", 1, 1, 3);
  add_success (&run, "check", 13, 13, 14);
  run.document = "\"groups\": [{\"id\": \"g1\", \"name\": \"Quality\","
                 " \"steps\": [\"check\", \"lint\", \"gone\", 5]},"
                 " {\"id\": \"empty\", \"steps\": []}]";
  g_autoptr(RunnelPipeline) pipeline =
    make_pipeline (&run, "build: list; check: build; deploy: check");
  add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 4);
  add_added (&run, "build.2", RUNNEL_ROLE_LEG, "build", 3)->state = RUNNEL_STATE_FAILED;
  add_added (&run, "deploy.undo", RUNNEL_ROLE_UNDO, "deploy", 22);
  add_added (&run, "warm-up", RUNNEL_ROLE_HOOK, NULL, 0);
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (30));
  made_up_run_clear (&run);
  return timing;
}

#define ALL_BY_START \
  "list group:g1 .lint .check build .build.2 .build.1 deploy rollback: .deploy.undo hooks: .warm-up"

static void
test_order (void)
{
  g_autoptr(RunnelTiming) timing = make_nested_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);

  assert_lines (tree, ALL_BY_START);
  runnel_gantt_tree_set_order (tree, RUNNEL_GANTT_BY_TOPOLOGY);
  assert_lines (tree, "list group:g1 .lint .check build .build.1 .build.2 deploy "
                      "rollback: .deploy.undo hooks: .warm-up");
}

/* What has not begun comes last, in the order of the file. */
static void
test_not_begun (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 60);
  add_step (&run, "never", RUNNEL_STATE_PENDING, -1, -1);
  add_step (&run, "skipped", RUNNEL_STATE_SKIPPED, -1, 30);
  add_success (&run, "tie-a", 10, 10, 12);
  add_success (&run, "tie-b", 10, 10, 11);
  add_success (&run, "first", 0, 10, 20);
  timing = make_timing (&run, "never: first", 60);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  assert_lines (tree, "first tie-a tie-b skipped never");
}

static void
test_fold (void)
{
  g_autoptr(RunnelTiming) timing = make_nested_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  guint row;

  g_assert_false (runnel_gantt_tree_set_folded (tree, find_line (tree, "list"), TRUE));
  g_assert_true (runnel_gantt_tree_set_folded (tree, find_line (tree, "build"), TRUE));
  g_assert_false (runnel_gantt_tree_set_folded (tree, find_line (tree, "build"), TRUE));
  g_assert_true (runnel_gantt_tree_set_folded (tree, find_line (tree, "group:g1"), TRUE));
  assert_lines (tree, "list group:g1+ build+ deploy rollback: .deploy.undo hooks: .warm-up");

  /* What is folded is shown by what it is folded in. */
  g_assert_cmpuint (find_line (tree, "build.2"), ==, find_line (tree, "build"));
  g_assert_cmpuint (find_line (tree, "lint"), ==, find_line (tree, "group:g1"));

  /* It stays so with a later picture of the run. */
  g_autoptr(RunnelTiming) later = make_nested_timing ();
  runnel_gantt_tree_set_timing (tree, later);
  assert_lines (tree, "list group:g1+ build+ deploy rollback: .deploy.undo hooks: .warm-up");

  g_assert_true (runnel_timing_find_row (later, "build.2", &row));
  runnel_gantt_tree_reveal (tree, row);
  g_assert_cmpint (tree->lines[find_line (tree, "build.2")].row, ==, row);
  runnel_gantt_tree_fold_all (tree, TRUE);
  assert_lines (tree, "list group:g1+ build+ deploy rollback:+ hooks:+");
  runnel_gantt_tree_fold_all (tree, FALSE);
  assert_lines (tree, ALL_BY_START);
}

static void
test_summary (void)
{
  g_autoptr(RunnelTiming) timing = make_nested_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  const RunnelGanttLine *group = &tree->lines[find_line (tree, "group:g1")];
  const RunnelGanttLine *build = &tree->lines[find_line (tree, "build")];
  g_autofree char *text = runnel_gantt_tree_describe (tree, find_line (tree, "build"), -1);

  g_assert_cmpstr (group->title, ==, "Quality");
  g_assert_cmpint (group->start, ==, AT (1));
  g_assert_cmpint (group->end, ==, AT (14));
  g_assert_cmpint (group->state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (group->n_parts, ==, 2);
  g_assert_cmpuint (build->n_parts, ==, 2);
  g_assert_cmpuint (build->n_failed, ==, 1);
  g_assert_true (runnel_gantt_tree_has_summary (tree, find_line (tree, "build")));
  g_assert_false (runnel_gantt_tree_has_summary (tree, find_line (tree, "deploy")));
  g_assert_cmpstr (text, ==, "build (failed)\n2 steps, 1 failed\nat 3.0 s, for 9.0 s");
}

/* A failure that was tolerated is not that of the group. */
static void
test_tolerated (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 10);
  add_success (&run, "a", 0, 0, 5);
  add_step (&run, "b", RUNNEL_STATE_FAILED, 0, 5)->tolerated = TRUE;
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}]";
  timing = make_timing (&run, "", 10);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  g_assert_cmpint (tree->lines[0].state, ==, RUNNEL_STATE_SUCCEEDED);
  g_assert_cmpuint (tree->lines[0].n_failed, ==, 0);
}

static void
test_filter (void)
{
  g_autoptr(RunnelTiming) timing = make_nested_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);

  runnel_gantt_tree_fold_all (tree, TRUE);
  runnel_gantt_tree_set_filter (tree, "LI", 0);
  assert_lines (tree, "list group:g1 .lint .check");
  runnel_gantt_tree_set_filter (tree, "lint", 0);
  assert_lines (tree, "group:g1 .lint");
  g_assert_false (runnel_gantt_tree_set_folded (tree, 0, TRUE));
  runnel_gantt_tree_set_filter (tree, NULL, 1u << RUNNEL_STATE_FAILED);
  assert_lines (tree, "build .build.2");
  runnel_gantt_tree_set_filter (tree, "build.1", 1u << RUNNEL_STATE_FAILED);
  assert_lines (tree, "");
  runnel_gantt_tree_set_filter (tree, "", 0);
  assert_lines (tree, "list group:g1+ build+ deploy rollback:+ hooks:+");
}

/* A matrix with many legs is one line at first. */
static void
test_many_legs (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 10);
  add_step (&run, "build", RUNNEL_STATE_SUCCEEDED, 2, 4);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *id = g_strdup_printf ("build.%u", i);

      add_added (&run, id, RUNNEL_ROLE_LEG, "build", 2);
    }
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (10));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  assert_lines (tree, "build+");
  g_assert_true (runnel_gantt_tree_set_folded (tree, 0, FALSE));
  g_assert_cmpuint (tree->n_lines, ==, 10);
}

/* The present is the end of what is under way, without another look at it. */
static void
test_live (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 0);
  add_attempt (add_step (&run, "a", RUNNEL_STATE_RUNNING, 0, -1), RUNNEL_STATE_RUNNING, 0, -1);
  add_success (&run, "b", 0, 0, 3);
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"a\", \"b\"]}]";
  timing = make_timing (&run, "", 5);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  runnel_timing_set_now (timing, AT (9));
  g_assert_cmpint (runnel_gantt_tree_get_end (tree, find_line (tree, "group:g")), ==, AT (9));
  g_assert_cmpint (runnel_gantt_tree_get_end (tree, find_line (tree, "b")), ==, AT (3));
  g_assert_cmpint (tree->lines[0].state, ==, RUNNEL_STATE_RUNNING);
}

static void
test_empty (void)
{
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (NULL);
  guint line;

  runnel_gantt_tree_set_order (tree, RUNNEL_GANTT_BY_TOPOLOGY);
  runnel_gantt_tree_set_filter (tree, "x", 0);
  runnel_gantt_tree_fold_all (tree, TRUE);
  g_assert_cmpuint (tree->n_lines, ==, 0);
  g_assert_false (runnel_gantt_tree_find_line (tree, "x", &line));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/gantt-tree/order", test_order);
  g_test_add_func ("/charts/gantt-tree/not-begun", test_not_begun);
  g_test_add_func ("/charts/gantt-tree/fold", test_fold);
  g_test_add_func ("/charts/gantt-tree/summary", test_summary);
  g_test_add_func ("/charts/gantt-tree/tolerated", test_tolerated);
  g_test_add_func ("/charts/gantt-tree/filter", test_filter);
  g_test_add_func ("/charts/gantt-tree/many-legs", test_many_legs);
  g_test_add_func ("/charts/gantt-tree/live", test_live);
  g_test_add_func ("/charts/gantt-tree/empty", test_empty);
  return g_test_run ();
}
