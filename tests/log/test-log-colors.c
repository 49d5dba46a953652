/* test-log-colors.c: the colours in which a log is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "log/runnel-log-colors.h"

static void
for_each (void (*check) (const RunnelLogColors *colors))
{
  for (guint i = 0; i < 4; i++)
    check (runnel_log_colors_get (i & 1, i & 2));
}

static void
assert_readable (const RunnelLogColors *colors,
                 RunnelLogColor         foreground,
                 RunnelLogColor         background,
                 RunnelLogEffects       effects)
{
  const RunnelLogStyle style = { foreground, background, effects };
  guint32 text, ground;

  gboolean has_ground = runnel_log_colors_resolve (colors, &style, &text, &ground);

  /* On some grounds neither black nor white does better. */
  g_assert_cmpfloat (runnel_log_colors_get_contrast (text, ground), >=,
                     has_ground ? 4.5 : colors->contrast);
}

/* Whatever a program chooses can be read. */
static void
check_contrast (const RunnelLogColors *colors)
{
  for (guint i = 0; i < 256; i++)
    {
      assert_readable (colors, RUNNEL_LOG_COLOR_PALETTE (i), 0, 0);
      assert_readable (colors, RUNNEL_LOG_COLOR_PALETTE (i), 0, RUNNEL_LOG_DIM);
      assert_readable (colors, 0, RUNNEL_LOG_COLOR_PALETTE (i), 0);
      assert_readable (colors, RUNNEL_LOG_COLOR_PALETTE (i), 0, RUNNEL_LOG_INVERSE);
    }
  for (guint i = 0; i < 2000; i++)
    assert_readable (colors, RUNNEL_LOG_COLOR_RGB ((guint) g_test_rand_int_range (0, 256),
                                                   (guint) g_test_rand_int_range (0, 256),
                                                   (guint) g_test_rand_int_range (0, 256)),
                     RUNNEL_LOG_COLOR_RGB ((guint) g_test_rand_int_range (0, 256),
                                           (guint) g_test_rand_int_range (0, 256),
                                           (guint) g_test_rand_int_range (0, 256)), 0);
}

/* Our own need no mending, and what is marked can be read as well. */
static void
check_own (const RunnelLogColors *colors)
{
  const guint32 grounds[] = { colors->ground, colors->selection, colors->found,
                              colors->found_current, colors->line };

  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat (runnel_log_colors_get_contrast (colors->palette[i], colors->ground), >=,
                       colors->contrast);
  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    g_assert_cmpfloat (runnel_log_colors_get_contrast (colors->text, grounds[i]), >=,
                       colors->contrast);
  g_assert_cmpfloat (runnel_log_colors_get_contrast (colors->faint, colors->ground), >=,
                     colors->contrast);
}

static void
test_contrast (void)
{
  for_each (check_contrast);
}

static void
test_own (void)
{
  for_each (check_own);
}

static void
test_resolve (void)
{
  const RunnelLogColors *colors = runnel_log_colors_get (FALSE, FALSE);
  const RunnelLogStyle plain = { 0, };
  const RunnelLogStyle inverse = { .effects = RUNNEL_LOG_INVERSE };
  const RunnelLogStyle hidden = { .effects = RUNNEL_LOG_HIDDEN };
  guint32 text, ground;

  g_assert_false (runnel_log_colors_resolve (colors, &plain, &text, &ground));
  g_assert_cmphex (text, ==, colors->text);
  g_assert_true (runnel_log_colors_resolve (colors, &inverse, &text, &ground));
  g_assert_cmphex (text, ==, colors->ground);
  g_assert_cmphex (ground, ==, colors->text);
  runnel_log_colors_resolve (colors, &hidden, &text, &ground);
  g_assert_cmphex (text, ==, ground);
  g_assert_cmpfloat (runnel_log_colors_get_contrast (0x000000, 0xffffff), ==, 21);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/colors/contrast", test_contrast);
  g_test_add_func ("/log/colors/own", test_own);
  g_test_add_func ("/log/colors/resolve", test_resolve);
  return g_test_run ();
}
