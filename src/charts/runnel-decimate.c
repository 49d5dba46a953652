/* runnel-decimate.c: no more points than there are pixels to see them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * U. Jugel, Z. Jerzak, G. Hackenbroich and V. Markl, "M4: A Visualization-Oriented Time Series Data
 * Aggregation" (VLDB 2014): of all points in one column of pixels the first, the lowest, the
 * highest and the last make the same pixels of a line as all of them.
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-decimate.h"

/* The points of one column that matter, as positions. */
typedef struct
{
  guint first;
  guint lowest;
  guint highest;
  guint last;
} Column;

static void
append_once (GArray *kept,
             guint   point)
{
  if (kept->len == 0 || g_array_index (kept, guint, kept->len - 1) != point)
    g_array_append_val (kept, point);
}

static void
append_column (GArray       *kept,
               const Column *column)
{
  append_once (kept, column->first);
  append_once (kept, MIN (column->lowest, column->highest));
  append_once (kept, MAX (column->lowest, column->highest));
  append_once (kept, column->last);
}

/* From @begin on, what lies in the same column of pixels up to a gap. Returns: where it ends */
static guint
take_column (const double *x,
             const double *y,
             guint         n_points,
             guint         begin,
             Column       *column)
{
  double pixel = floor (x[begin]);
  guint i;

  *column = (Column) { begin, begin, begin, begin };
  for (i = begin; i < n_points && floor (x[i]) == pixel && !isnan (y[i]); i++)
    {
      if (y[i] < y[column->lowest])
        column->lowest = i;
      if (y[i] > y[column->highest])
        column->highest = i;
      column->last = i;
    }
  return i;
}

/**
 * runnel_decimate:
 * @x: (array length=n_points): where the points lie, in pixels, ascending
 * @y: (array length=n_points): how high they are; NAN is a gap in the line
 * @n_points: how many they are
 *
 * Returns: (transfer full) (element-type guint): the positions of the points that make the line,
 *   ascending, at most four for each column of pixels; of each gap one
 */
GArray *
runnel_decimate (const double *x,
                 const double *y,
                 guint         n_points)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i = 0;

  while (i < n_points)
    {
      Column column;

      if (isnan (y[i]))
        {
          g_array_append_val (kept, i);
          while (i < n_points && isnan (y[i]))
            i++;
          continue;
        }
      i = take_column (x, y, n_points, i, &column);
      append_column (kept, &column);
    }
  return kept;
}
