/* test-graphviz.c: what Graphviz makes of a graph
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "layout/runnel-graphviz.h"
#include "layout/runnel-measures.h"

static const RunnelArrangeSize sizes[] = {
  { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT }, { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT },
  { RUNNEL_NODE_WIDTH, RUNNEL_NODE_HEIGHT },
};
static const RunnelArrangeLink links[] = { { 0, 1 }, { 0, 2 } };
static const RunnelArrangeGraph branch = { .n_steps = 3, .sizes = sizes, .links = links, .n_links = 2 };

/* puts a program of ours in the place of dot for the rest of the test */
static char *
pretend (const char *script)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("graphviz-XXXXXX", &error);
  g_autofree char *program = g_build_filename (folder, "dot", NULL);
  g_autofree char *path = g_strconcat (folder, ":/usr/bin:/bin", NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (program, script, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  g_setenv ("PATH", path, TRUE);

  return g_steal_pointer (&folder);
}

static void
stop_pretending (char *folder)
{
  g_autofree char *program = g_build_filename (folder, "dot", NULL);

  g_remove (program);
  g_rmdir (folder);
  g_free (folder);
  g_setenv ("PATH", "/usr/bin:/bin", TRUE);
}

static void
test_arrange (void)
{
  g_autofree char *dot = g_find_program_in_path ("dot");
  RunnelArrangeGraph graph = branch;
  g_autoptr(GError) error = NULL;
  RunnelPoint points[3];

  if (dot == NULL)
    {
      g_test_skip ("Graphviz is not installed");
      return;
    }

  g_assert_true (runnel_graphviz_arrange (&graph, 30, points, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (points[0].x + RUNNEL_NODE_WIDTH, <, points[1].x);
  g_assert_cmpfloat (points[1].x, ==, points[2].x);
  g_assert_cmpfloat (points[1].y + RUNNEL_NODE_HEIGHT, <, points[2].y);

  graph.before = (const RunnelPoint[]) { { 0, 0 }, { 0, 100 }, { 0, 0 } };
  g_assert_true (runnel_graphviz_arrange (&graph, 30, points, &error));
  g_assert_cmpfloat (points[1].y, >, points[2].y);

  graph.direction = RUNNEL_DIRECTION_DOWN;
  g_assert_true (runnel_graphviz_arrange (&graph, 30, points, &error));
  g_assert_cmpfloat (points[0].y + RUNNEL_NODE_HEIGHT, <, points[1].y);
  g_assert_cmpfloat (points[1].y, ==, points[2].y);
}

static void
test_absent (void)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr(GError) error = NULL;
  RunnelPoint points[3];

  g_setenv ("PATH", "/nowhere", TRUE);
  g_assert_false (runnel_graphviz_arrange (&branch, 30, points, &error));
  g_assert_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
  g_setenv ("PATH", path, TRUE);
}

/* a program that fails, and one that answers nonsense */
static void
test_failure (void)
{
  static const char *const scripts[] = {
    "#!/bin/sh\necho trouble >&2\nexit 1\n",
    "#!/bin/sh\ncat >/dev/null\necho 'node 7 1 1 3 1'\necho 'node 0 nan 1 3 1'\necho 'node'\n",
    "#!/bin/sh\ncat >/dev/null\nprintf '\\377\\376'\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      char *folder = pretend (scripts[i]);
      g_autoptr(GError) error = NULL;
      RunnelPoint points[3];

      g_assert_false (runnel_graphviz_arrange (&branch, 30, points, &error));
      g_assert_nonnull (error);
      stop_pretending (folder);
    }
}

static void
test_too_long (void)
{
  char *folder = pretend ("#!/bin/sh\nexec sleep 600\n");
  g_autoptr(GError) error = NULL;
  RunnelPoint points[3];

  g_assert_false (runnel_graphviz_arrange (&branch, 1, points, &error));
  g_assert_nonnull (error);
  stop_pretending (folder);
}

static void
test_cancelled (void)
{
  char *folder = pretend ("#!/bin/sh\nexec sleep 600\n");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  RunnelArrangeGraph graph = branch;
  g_autoptr(GError) error = NULL;
  RunnelPoint points[3];

  g_cancellable_cancel (cancellable);
  graph.cancellable = cancellable;
  g_assert_false (runnel_graphviz_arrange (&graph, 600, points, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  stop_pretending (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/graphviz/arrange", test_arrange);
  g_test_add_func ("/layout/graphviz/absent", test_absent);
  g_test_add_func ("/layout/graphviz/failure", test_failure);
  g_test_add_func ("/layout/graphviz/too-long", test_too_long);
  g_test_add_func ("/layout/graphviz/cancelled", test_cancelled);

  return g_test_run ();
}
