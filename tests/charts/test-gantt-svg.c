/* test-gantt-svg.c: the timing of a run as a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-gantt-svg.h"
#include "../golden.h"

#define N_LANES 2 /* of the rich timing: what ran and what waited */

static void
count_element_cb (GMarkupParseContext *context,
                  const char          *name,
                  const char         **attribute_names,
                  const char         **attribute_values,
                  gpointer             user_data,
                  GError             **error)
{
  guint *n_bars = user_data;

  if (g_str_equal (name, "g"))
    (*n_bars)++;
}

/* Returns: the number of bars and lanes, after making sure that it is well-formed */
static guint
parse (const char *svg)
{
  static const GMarkupParser parser = { .start_element = count_element_cb };
  g_autoptr(GError) error = NULL;
  guint n_bars = 0;
  g_autoptr(GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, 0, &n_bars, NULL);

  g_assert_true (g_utf8_validate (svg, -1, NULL));
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return n_bars;
}

static void
test_golden (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *svg = runnel_gantt_to_svg (tree, 0, FALSE);

  parse (svg);
  assert_golden (svg, "charts", "rich.svg");
}

static void
test_every_bar_has_a_title (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *svg = runnel_gantt_to_svg (tree, 0, FALSE);
  guint n_titles = 0;

  for (const char *at = strstr (svg, "<title"); at != NULL; at = strstr (at + 1, "<title"))
    n_titles++;
  g_assert_cmpuint (parse (svg), ==, timing->n_spans + N_LANES);
  g_assert_cmpuint (n_titles, ==, timing->n_spans + N_LANES + 1);
}

/* What ran at once is below the bars, as high as it may be, and what it took of the machine. */
static void
test_curves (void)
{
  MadeUpRun run;
  RunnelAttemptRecord *attempt;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  g_autofree char *svg = NULL;

  made_up_run_init (&run, 10);
  run.run->details = json_object_new ();
  json_object_set_int_member (run.run->details, "jobs", 4);
  attempt = add_success (&run, "a", 0, 0, 10)->attempts->pdata[0];
  attempt->usage = (RunnelUsage) { .user_us = 20 * G_TIME_SPAN_SECOND, .max_rss_kb = 1000 };
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (10));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  svg = runnel_gantt_to_svg (tree, 0, FALSE);

  g_assert_nonnull (strstr (svg, "<title>Running: at most 1 of 4</title>"));
  g_assert_nonnull (strstr (svg, "<title>Processors: at most 2.0</title>"));
  g_assert_nonnull (strstr (svg, "<title>Memory: at most 1.0\302\240MB</title>"));
  g_assert_null (strstr (svg, "<title>Waiting"));
  g_assert_nonnull (strstr (svg, "class=\"grid limit\""));
  g_assert_nonnull (strstr (svg, "class=\"running area\""));
}

static void
test_hostile_text (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *svg = runnel_gantt_to_svg (tree, 0, FALSE);

  g_assert_null (strstr (svg, "<b>"));
  g_assert_null (strchr (svg, '\001'));
  g_assert_null (strstr (svg, "&#x1;"));
  g_assert_nonnull (strstr (svg, "Compile &lt;b&gt;"));
}

static void
test_empty (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  g_autofree char *svg = NULL;

  made_up_run_init (&run, 0);
  timing = runnel_timing_new (run.run, run.steps, NULL, T0);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  svg = runnel_gantt_to_svg (tree, 1, TRUE);
  g_assert_cmpuint (parse (svg), ==, 0);
}

static void
test_many (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 10000);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *svg = runnel_gantt_to_svg (tree, 0, FALSE);

  g_assert_cmpuint (parse (svg), >, 5000);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/gantt-svg/golden", test_golden);
  g_test_add_func ("/charts/gantt-svg/every-bar-has-a-title", test_every_bar_has_a_title);
  g_test_add_func ("/charts/gantt-svg/curves", test_curves);
  g_test_add_func ("/charts/gantt-svg/hostile-text", test_hostile_text);
  g_test_add_func ("/charts/gantt-svg/empty", test_empty);
  g_test_add_func ("/charts/gantt-svg/many", test_many);
  return g_test_run ();
}
