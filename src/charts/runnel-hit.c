/* runnel-hit.c: what lies under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All by binary search over positions that ascend: a chart of a hundred thousand points is asked
 * at every motion of the pointer.
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-hit.h"

/**
 * runnel_hit_find_first:
 * @x: (array length=n): positions, ascending
 * @n: how many they are
 * @position: where
 *
 * Returns: the first one that is not before @position; @n when all are
 */
guint
runnel_hit_find_first (const double *x,
                       guint         n,
                       double        position)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (x[middle] < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * runnel_hit_find_nearest:
 * @x: (array length=n): positions, ascending
 * @n: how many they are
 * @position: where
 *
 * Returns: the nearest one, the earlier of two; %RUNNEL_NO_HIT when there is none
 */
guint
runnel_hit_find_nearest (const double *x,
                         guint         n,
                         double        position)
{
  guint after = runnel_hit_find_first (x, n, position);

  if (n == 0)
    return RUNNEL_NO_HIT;
  if (after == 0)
    return 0;
  if (after == n || position - x[after - 1] <= x[after] - position)
    return after - 1;
  return after;
}

/**
 * runnel_hit_find_point:
 * @x: (array length=n): where points lie, ascending
 * @y: (array length=n): how high they are; NAN is none
 * @n: how many they are
 * @pointer_x: where the pointer is
 * @pointer_y: where the pointer is
 * @reach: how far it may be from a point
 *
 * Returns: the nearest point within reach; of those that lie on each other the last, which is on
 *   top; %RUNNEL_NO_HIT when there is none
 */
guint
runnel_hit_find_point (const double *x,
                       const double *y,
                       guint         n,
                       double        pointer_x,
                       double        pointer_y,
                       double        reach)
{
  guint found = RUNNEL_NO_HIT;
  double nearest = reach;

  for (guint i = runnel_hit_find_first (x, n, pointer_x - reach);
       i < n && x[i] <= pointer_x + reach; i++)
    {
      double distance = hypot (x[i] - pointer_x, y[i] - pointer_y);

      if (distance <= nearest) /* never of NAN */
        {
          nearest = distance;
          found = i;
        }
    }
  return found;
}
