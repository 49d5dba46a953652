/* test-drawing.c: pipelines as drawings and as a page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-drawing.h"
#include "interchange/runnel-targets.h"
#include "script-run.h"
#include "util/runnel-remove-tree.h"

static const char pipeline[] =
  "{\"format\": 1, \"name\": \"A | B\", \"description\": \"What it is for\", \"secrets\": "
  "[\"token\"],"
  " \"parameters\": {\"channel\": {\"type\": \"choice\", \"choices\": [\"beta\", \"stable\"], "
  "\"default\":"
  " \"beta\", \"description\": \"Where | it goes\"}}, \"hooks\": {\"on-finish\": [{\"id\": "
  "\"tidy\", \"kind\":"
  " \"script\", \"with\": {\"run\": \"rm -rf tmp\"}}]}, \"steps\": ["
  "{\"id\": \"end\", \"name\": \"Say \\\"hi\\\" <b>\\\\\", \"kind\": \"script\", \"with\": "
  "{\"run\": \"a | b\\nc\\n\"},"
  " \"if\": \"params.channel == 'beta'\", \"retry\": 2, \"timeout\": \"5m\"},"
  "{\"id\": \"graph\", \"kind\": \"script\", \"with\": {\"run\": \"x\"}, \"needs\": [{\"step\": "
  "\"end\", \"on\":"
  " \"failure\"}], \"matrix\": {\"os\": [1, 2]}, \"disabled\": true}]}";

static void
test_dot (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (pipeline);
  g_autofree char *text = runnel_drawing_to_dot (flow);

  g_assert_nonnull (
    strstr (text, "s0 [label=\"Say \\\"hi\\\" <b>\\\\\\nif params.channel == 'beta'\"];"));
  g_assert_nonnull (strstr (text, "s1 [label=\"graph\\nmatrix: 2\\ndisabled\"];"));
  g_assert_nonnull (strstr (text, "s0 -> s1 [label=\"failure\", style=dashed];"));
}

static void
test_graphviz (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-drawing-XXXXXX", NULL);
  g_autofree char *program = g_find_program_in_path ("dot");

  write_export (folder, &runnel_target_dot, pipeline);
  if (program == NULL)
    g_test_skip ("dot is not installed");
  else
    g_assert_cmpint (run (folder, "dot -Tsvg p.dot >p.svg", NULL), ==, 0);
  runnel_remove_tree (folder, NULL);
}

static void
test_mermaid (void)
{
  g_autoptr(RunnelFlow) flow = read_flow (pipeline);
  g_autofree char *text = runnel_drawing_to_mermaid (flow);

  g_assert_cmpstr (text, ==,
                   "flowchart LR\n"
                   "  s0[\"Say #quot;hi#quot; #lt;b#gt;\\<br>if params.channel == 'beta'\"]\n"
                   "  s1[\"graph<br>matrix: 2<br>disabled\"]\n"
                   "  s0 -.->|failure| s1\n");
}

static void
test_markdown (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-drawing-XXXXXX", NULL);
  g_autofree char *page = NULL;

  write_export (folder, &runnel_target_markdown, pipeline);
  run (folder, "cat p.md", &page);
  g_assert_true (g_str_has_prefix (page, "# A \\| B\n\nWhat it is for\n\n## Parameters\n"));
  g_assert_nonnull (
    strstr (page, "| `channel` | one of beta, stable | beta | Where \\| it goes |\n"));
  g_assert_nonnull (strstr (page, "```mermaid\nflowchart LR\n"));
  g_assert_nonnull (strstr (page, "| `end` Say \"hi\" \\<b>\\\\ | script | `a \\| b` … |  | "
                                  "if params.channel == 'beta'; at most 5m; up to 2 retries |\n"));
  g_assert_nonnull (strstr (page, "| end (failure) | disabled; 2 combinations |\n"));
  g_assert_nonnull (strstr (page, "## At the end of every run\n"));
  g_assert_nonnull (strstr (page, "## Secrets\n\n- `token`\n"));
  runnel_remove_tree (folder, NULL);
}

/* No drawing asks for losses to be allowed. */
static void
test_nothing_is_lost (void)
{
  const RunnelTarget *targets[] = { &runnel_target_dot, &runnel_target_mermaid,
                                    &runnel_target_markdown };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr(RunnelFlow) flow = read_flow (pipeline);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) files = runnel_target_export (targets[i], flow, &options, FALSE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (files->len, ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/interchange/drawing/dot", test_dot);
  g_test_add_func ("/interchange/drawing/graphviz", test_graphviz);
  g_test_add_func ("/interchange/drawing/mermaid", test_mermaid);
  g_test_add_func ("/interchange/drawing/markdown", test_markdown);
  g_test_add_func ("/interchange/drawing/nothing-is-lost", test_nothing_is_lost);

  return g_test_run ();
}
