/* test-sparkline.c: a row of numbers as a word-sized chart in text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-sparkline.h"

static void
assert_line (const double *values,
             guint         n_values,
             guint         width,
             const char   *unicode,
             const char   *ascii)
{
  g_autofree char *blocks = runnel_sparkline_new (values, n_values, width, FALSE);
  g_autofree char *letters = runnel_sparkline_new (values, n_values, width, TRUE);

  g_assert_cmpstr (blocks, ==, unicode);
  g_assert_cmpstr (letters, ==, ascii);
}

static void
test_heights (void)
{
  assert_line ((double[]) { 1, 2, 3, 4, 5, 6, 7, 8 }, 8, 20, "▁▂▃▄▅▆▇█", "_.,-=+*#");
  assert_line ((double[]) { 0, 50, 100 }, 3, 20, "▁▄█", "_-#");
  assert_line ((double[]) { 3, 3 }, 2, 20, "██", "##");
  assert_line ((double[]) { 0, 0 }, 2, 20, "▁▁", "__");
}

static void
test_gaps (void)
{
  assert_line ((double[]) { 4, NAN, 2 }, 3, 20, "█ ▄", "# -");
  assert_line ((double[]) { NAN }, 1, 20, " ", " ");
  assert_line (NULL, 0, 20, "", "");
}

/* a column shows the largest of its values, and no value is in two of them or in none */
static void
test_narrow (void)
{
  assert_line ((double[]) { 1, 8, 2, 4, NAN, NAN }, 6, 3, "█▄ ", "#- ");
  assert_line ((double[]) { 8, 1, 1, 1, 1, 1, 8 }, 7, 2, "██", "##");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/charts/sparkline/heights", test_heights);
  g_test_add_func ("/charts/sparkline/gaps", test_gaps);
  g_test_add_func ("/charts/sparkline/narrow", test_narrow);

  return g_test_run ();
}
