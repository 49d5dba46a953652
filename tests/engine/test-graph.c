/* test-graph.c: steps and links as compact arrays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/runnel-graph.h"
#include "pipeline-text.h"

#define DIAMOND                                                                                    \
  "{`id`: `end`, `needs`: [`left`, {`step`: `right`, `on`: `failure`}]}, {`id`: `left`, `needs`: " \
  "[`start`]},"                                                                                    \
  "{`id`: `right`, `needs`: [`start`]}, {`id`: `start`}, {`id`: `alone`}"

static void
test_links (void)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (DIAMOND);
  RunnelGraph graph;

  g_assert_true (runnel_graph_init (&graph, pipeline, NULL));
  g_assert_cmpuint (graph.n_steps, ==, 5);
  g_assert_cmpuint (graph.first_in[0], ==, 0);
  g_assert_cmpuint (graph.first_in[1], ==, 2);
  g_assert_cmpuint (graph.links[1].from, ==, 2);
  g_assert_cmpuint (graph.links[1].to, ==, 0);
  g_assert_cmpint (graph.links[1].on, ==, RUNNEL_ON_FAILURE);
  g_assert_cmpint (graph.links[1].handles, ==, TRUE);
  g_assert_cmpint (graph.links[0].handles, ==, FALSE);
  g_assert_cmpuint (graph.first_out[4] - graph.first_out[3], ==, 2);
  g_assert_cmpuint (graph.links[graph.out[graph.first_out[3]]].to, ==, 1);
  g_assert_cmpuint (graph.links[graph.out[graph.first_out[3] + 1]].to, ==, 2);
  runnel_graph_clear (&graph);
}

static void
test_order (void)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (DIAMOND);
  RunnelGraph graph;
  guint place[5];

  g_assert_true (runnel_graph_init (&graph, pipeline, NULL));
  for (guint i = 0; i < graph.n_steps; i++)
    place[graph.order[i]] = i;
  for (guint i = 0; i < graph.first_in[graph.n_steps]; i++)
    g_assert_cmpuint (place[graph.links[i].from], <, place[graph.links[i].to]);
  runnel_graph_clear (&graph);
}

static void
test_paths (void)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (DIAMOND);
  g_autofree guint32 *lengths = NULL;
  RunnelGraph graph;

  g_assert_true (runnel_graph_init (&graph, pipeline, NULL));
  lengths = runnel_graph_measure_paths (&graph);
  g_assert_cmpuint (lengths[0], ==, 1);
  g_assert_cmpuint (lengths[1], ==, 2);
  g_assert_cmpuint (lengths[3], ==, 3);
  g_assert_cmpuint (lengths[4], ==, 1);
  runnel_graph_clear (&graph);
}

static void
assert_refused (const char *steps, const char *message)
{
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_steps (steps);
  g_autoptr(GError) error = NULL;
  RunnelGraph graph;

  g_assert_false (runnel_graph_init (&graph, pipeline, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
  runnel_graph_clear (&graph);
}

static void
test_refused (void)
{
  assert_refused ("{`id`: `a`, `needs`: [`b`]}", "a needs b, but there is no such step");
  assert_refused ("{`id`: `a`, `needs`: [`a`]}", "The steps need each other in a circle: a -> a");
  assert_refused ("{`id`: `s`}, {`id`: `a`, `needs`: [`s`, `c`]}, {`id`: `b`, `needs`: [`a`]},"
                  "{`id`: `c`, `needs`: [`b`]}, {`id`: `d`, `needs`: [`c`]}",
                  "The steps need each other in a circle: a -> b -> c -> a");
  assert_refused ("{`id`: `a`}, {`id`: `a`}", "Two steps have the id a: give one of them another");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/graph/links", test_links);
  g_test_add_func ("/engine/graph/order", test_order);
  g_test_add_func ("/engine/graph/paths", test_paths);
  g_test_add_func ("/engine/graph/refused", test_refused);
  return g_test_run ();
}
