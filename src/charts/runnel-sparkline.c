/* runnel-sparkline.c: a row of numbers as a word-sized chart in text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The word-sized graphics of E. R. Tufte, "Beautiful Evidence" (2006), made of the eight block
 * elements of Unicode, U+2581 to U+2588.
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-sparkline.h"

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const letters[] = { "_", ".", ",", "-", "=", "+", "*", "#" };

/* The largest of the values that share a column; NAN when there is none. */
static double
get_column (const double *values,
            guint         n_values,
            guint         column,
            guint         width)
{
  guint end = (guint64) (column + 1) * n_values / width;
  double largest = NAN;

  for (guint i = (guint64) column * n_values / width; i < end; i++)
    if (!isnan (values[i]) && !(values[i] <= largest))
      largest = values[i];
  return largest;
}

/* Heights count from 0, so that twice the height is twice as much. */
static guint
get_level (double value,
           double largest)
{
  double level = largest > 0 ? ceil (value / largest * G_N_ELEMENTS (blocks)) : 1;

  return (guint) CLAMP (level, 1, G_N_ELEMENTS (blocks)) - 1;
}

/**
 * runnel_sparkline_new:
 * @values: (array length=n_values): numbers that are not negative; NAN where there is none
 * @n_values: how many they are
 * @width: columns at most; where there are more values, the largest of each column is shown
 * @ascii: without the characters that need Unicode
 *
 * Returns: (transfer full): the chart, a character for each column and a space where there is
 *   nothing
 */
char *
runnel_sparkline_new (const double *values,
                      guint         n_values,
                      guint         width,
                      gboolean      ascii)
{
  GString *text = g_string_new (NULL);
  guint n_columns = MIN (width, n_values);
  double largest = get_column (values, n_values, 0, 1);

  for (guint i = 0; i < n_columns; i++)
    {
      double value = get_column (values, n_values, i, n_columns);

      if (isnan (value))
        g_string_append_c (text, ' ');
      else
        g_string_append (text, (ascii ? letters : blocks)[get_level (value, largest)]);
    }
  return g_string_free (text, FALSE);
}
