/* figures.h: clocks and percentiles for the benchmarks of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <time.h>

#include <glib.h>

static inline double
figures_now_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static inline int
figures_compare (gconstpointer a,
                 gconstpointer b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Of doubles; sorts them. */
static inline double
figures_get_percentile (GArray *figures,
                        double  share)
{
  g_array_sort (figures, figures_compare);
  return g_array_index (figures, double, (guint) (share * (figures->len - 1)));
}
