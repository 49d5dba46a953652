/* test-gantt-links.c: from which bars to which the links of a step lead
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-gantt-links.h"

/* "from>to start-end" for each, "from" being the id of a line; a release has a letter. */
static void
assert_links (const RunnelGanttTree *tree,
              const char            *id,
              const char            *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) links = NULL;
  guint line;

  g_assert_true (runnel_gantt_tree_find_line (tree, id, &line));
  links = runnel_gantt_list_links (tree, line);
  for (guint i = 0; i < links->len; i++)
    {
      const RunnelGanttLink *link = &g_array_index (links, RunnelGanttLink, i);

      g_assert_cmpint (link->incoming, ==, link->to == line);
      g_string_append_printf (text, "%s%s>%s %g-%g%s", i > 0 ? ", " : "",
                              tree->lines[link->from].id, tree->lines[link->to].id,
                              (link->start - T0) / 1e6, (link->end - T0) / 1e6,
                              link->release == RUNNEL_RELEASE_POOL    ? " pool"
                              : link->release == RUNNEL_RELEASE_PLACE ? " place"
                                                                      : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_needs (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);

  assert_links (tree, "compile", "configure>compile 8-8, compile>unit-tests 30-30");
  assert_links (tree, "configure", "configure>compile 8-8, configure>analysis 8-8");
  assert_links (tree, "fallback", "unit-tests>fallback 52-52");
}

/* What gave the slots back leads to where the step began to run. */
static void
test_releases (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 40);
  add_success (&run, "first", 0, 0, 20);
  add_wait (add_success (&run, "second", 0, 20, 30), 0, 20, RUNNEL_WAIT_POOL, "pool gpu");
  add_success (&run, "third", 20, 30, 40);
  g_hash_table_insert (run.members, "first", "\"pool\": \"gpu\"");
  g_hash_table_insert (run.members, "second", "\"pool\": \"gpu\"");
  timing = make_timing (&run, "third: first", 40);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  assert_links (tree, "second", "first>second 20-20 pool");
  assert_links (tree, "third", "first>third 20-20, second>third 30-30 place");
}

/* A leg has the links of its step; what is folded stands for what is in it. */
static void
test_legs (void)
{
  MadeUpRun run;
  g_autoptr(RunnelPipeline) pipeline = NULL;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  guint line;

  made_up_run_init (&run, 10);
  add_success (&run, "list", 0, 0, 2);
  add_step (&run, "build", RUNNEL_STATE_SUCCEEDED, 2, 4);
  add_success (&run, "sum", 4, 4, 10);
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"list\"]}]";
  pipeline = make_pipeline (&run, "build: list; sum: build");
  add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 2);
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (10));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  assert_links (tree, "build.1", "list>build.1 2-2, build.1>sum 3-4");
  g_assert_true (runnel_gantt_tree_find_line (tree, "group:g", &line));
  g_assert_true (runnel_gantt_tree_set_folded (tree, line, TRUE));
  assert_links (tree, "build.1", "group:g>build.1 2-2, build.1>sum 3-4");
  assert_links (tree, "group:g", "");
}

static void
assert_described (const RunnelGanttTree *tree,
                  const char            *id,
                  const char            *expected)
{
  g_autofree char *text = NULL;
  guint line;

  g_assert_true (runnel_gantt_tree_find_line (tree, id, &line));
  text = runnel_gantt_describe_links (tree, line);
  g_assert_cmpstr (text, ==, expected);
}

/* Each once, though two of them are folded in one line, and not more than anybody would hear out. */
static void
test_describe (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  g_autoptr(GString) needs = g_string_new ("b: a; c: a");
  guint line;

  made_up_run_init (&run, 10);
  add_success (&run, "a", 0, 0, 2);
  add_success (&run, "b", 2, 2, 4);
  add_success (&run, "c", 2, 2, 4);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("d%u", i);

      add_success (&run, id, 4, 4, 5);
      g_string_append_printf (needs, "; %s: c", id);
    }
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"b\", \"c\"]}]";
  timing = make_timing (&run, needs->str, 10);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  assert_described (tree, "a", "Was needed by: b, c");
  assert_described (tree, "b", "Needed: a");
  assert_described (tree, "c",
                    "Needed: a\nWas needed by: d0, d1, d2, d3, d4, d5, d6, d7 and 2 more");
  g_assert_true (runnel_gantt_tree_find_line (tree, "group:g", &line));
  g_assert_true (runnel_gantt_tree_set_folded (tree, line, TRUE));
  assert_described (tree, "a", "Was needed by: g");
  assert_described (tree, "group:g", "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/gantt-links/needs", test_needs);
  g_test_add_func ("/charts/gantt-links/releases", test_releases);
  g_test_add_func ("/charts/gantt-links/legs", test_legs);
  g_test_add_func ("/charts/gantt-links/describe", test_describe);
  return g_test_run ();
}
