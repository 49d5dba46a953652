/* runnel-nearest.c: the name somebody probably meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "util/runnel-nearest.h"

/* Longer names are never compared: nobody mistypes them by hand, and the cost is quadratic. */
#define MAX_LENGTH 64

/* Damerau's distance in its restricted form (optimal string alignment): insertions, deletions,
 * replacements and swaps of neighbours, without regard to case. */
static guint
distance (const char *left,
          const char *right)
{
  gsize n = strlen (left);
  gsize m = strlen (right);
  guint rows[3][MAX_LENGTH + 1];
  guint *before = rows[0];
  guint *previous = rows[1];
  guint *current = rows[2];

  for (gsize j = 0; j <= m; j++)
    previous[j] = j;

  for (gsize i = 1; i <= n; i++)
    {
      guint *oldest = before;

      current[0] = i;
      for (gsize j = 1; j <= m; j++)
        {
          char l = g_ascii_tolower (left[i - 1]);
          char r = g_ascii_tolower (right[j - 1]);

          current[j] = MIN (MIN (previous[j], current[j - 1]) + 1, previous[j - 1] + (l != r));
          if (i > 1 && j > 1 && l == g_ascii_tolower (right[j - 2]) &&
              g_ascii_tolower (left[i - 2]) == r)
            current[j] = MIN (current[j], before[j - 2] + 1);
        }
      before = previous;
      previous = current;
      current = oldest;
    }

  return previous[m];
}

/**
 * runnel_nearest:
 * @name: a name that is not among @candidates
 * @candidates: (array zero-terminated=1): the names there are
 *
 * Finds the candidate that differs least from @name, if it differs so little that it was
 * probably meant: at most in one character of three.
 *
 * Returns: (transfer none) (nullable): the first nearest candidate, or %NULL
 */
const char *
runnel_nearest (const char        *name,
                const char *const *candidates)
{
  const char *nearest = NULL;
  guint least;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (candidates != NULL, NULL);

  if (strlen (name) > MAX_LENGTH)
    return NULL;

  least = MAX (strlen (name) / 3, 1) + 1;
  for (; *candidates; candidates++)
    {
      guint d;

      if (strlen (*candidates) > MAX_LENGTH)
        continue;
      d = distance (name, *candidates);
      if (d < least && d < strlen (*candidates))
        {
          least = d;
          nearest = *candidates;
        }
    }

  return nearest;
}
