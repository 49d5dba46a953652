/* test-gantt-text.c: the timing of a run for a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "charts-fixture.h"
#include "charts/runnel-gantt-text.h"
#include "../golden.h"

static void
test_golden (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttTextOptions options = { .width = 100 };
  g_autofree char *unicode = runnel_gantt_to_text (tree, &options);
  g_autofree char *ascii = NULL;
  g_autofree char *color = NULL;

  options.ascii = TRUE;
  ascii = runnel_gantt_to_text (tree, &options);
  options = (RunnelGanttTextOptions) { .width = 80, .color = TRUE };
  color = runnel_gantt_to_text (tree, &options);
  assert_golden (unicode, "charts", "rich.txt");
  assert_golden (ascii, "charts", "rich-ascii.txt");
  assert_golden (color, "charts", "rich-color.txt");
}

static guint
count_columns (const char *line)
{
  guint n_columns = 0;

  for (; *line != '\0'; line = g_utf8_next_char (line))
    if (!g_unichar_iszerowidth (g_utf8_get_char (line)))
      n_columns += g_unichar_iswide (g_utf8_get_char (line)) ? 2 : 1;
  return n_columns;
}

/* Rows, whatever their names, never wrap, and all end at the same column. */
static void
test_width (void)
{
  MadeUpRun run;
  RunnelStepRecord *step;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;

  made_up_run_init (&run, 20);
  step = add_success (&run, "wide", 0, 0, 10);
  step->name = g_strdup ("パイプラインをコンパイルしてテストする、とても長い名前のステップ");
  step = add_success (&run, "combining", 0, 10, 20);
  step->name = g_strdup ("Zu\u0308ge u\u0308ber die Bru\u0308cke");
  add_success (&run, "short", 0, 0, 20);
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (20));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);

  for (guint width = 40; width < 200; width += 7)
    {
      RunnelGanttTextOptions options = { .width = width };
      g_autofree char *text = runnel_gantt_to_text (tree, &options);
      g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint i = 1; i <= 3; i++)
        {
          const char *border = g_utf8_strrchr (lines[i], -1, 0x2502);

          g_assert_nonnull (border);
          g_assert_cmpuint (count_columns (lines[i]), <=, width);
          g_assert_cmpuint (count_columns (lines[i]) - count_columns (border), ==,
                            count_columns (lines[1]) -
                              count_columns (g_utf8_strrchr (lines[1], -1, 0x2502)));
        }
    }
}

static void
test_ascii_only (void)
{
  g_autoptr(RunnelTiming) timing = make_rich_timing ();
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  RunnelGanttTextOptions options = { .width = 80, .ascii = TRUE };
  g_autofree char *text = runnel_gantt_to_text (tree, &options);

  for (const char *c = text; *c != '\0'; c++)
    g_assert_true (g_ascii_isprint (*c) || *c == '\n');
}

/* A name can't move the cursor or ring the bell. */
static void
test_hostile_name (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  g_autofree char *text = NULL;

  made_up_run_init (&run, 20);
  add_success (&run, "x", 0, 0, 20)->name = g_strdup ("a\033[2Jb\ac\nd\302\2331m");
  timing = runnel_timing_new (run.run, run.steps, NULL, AT (20));
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  text = runnel_gantt_to_text (tree, NULL);
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '\a'));
  g_assert_null (strstr (text, "\302\233"));
  g_assert_nonnull (strstr (text, "a?[2Jb?c?d?1m"));
}

static void
test_empty (void)
{
  MadeUpRun run;
  g_autoptr(RunnelTiming) timing = NULL;
  g_autoptr(RunnelGanttTree) tree = NULL;
  RunnelGanttTextOptions options = { .width = 1 };
  g_autofree char *text = NULL;

  made_up_run_init (&run, 0);
  timing = runnel_timing_new (run.run, run.steps, NULL, T0);
  made_up_run_clear (&run);
  tree = runnel_gantt_tree_new (timing);
  text = runnel_gantt_to_text (tree, &options);
  g_assert_nonnull (strstr (text, "Took 0 ms"));
}

static void
test_many (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(RunnelTiming) timing = make_random_timing (rand, 10000);
  g_autoptr(RunnelGanttTree) tree = runnel_gantt_tree_new (timing);
  g_autofree char *text = runnel_gantt_to_text (tree, NULL);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/gantt-text/golden", test_golden);
  g_test_add_func ("/charts/gantt-text/width", test_width);
  g_test_add_func ("/charts/gantt-text/ascii-only", test_ascii_only);
  g_test_add_func ("/charts/gantt-text/hostile-name", test_hostile_name);
  g_test_add_func ("/charts/gantt-text/empty", test_empty);
  g_test_add_func ("/charts/gantt-text/many", test_many);
  return g_test_run ();
}
