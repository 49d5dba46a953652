/* runnel-nearest.c: the word somebody probably meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "util/runnel-nearest.h"

#define LONGEST 100 /* longer words, which no id is, are not compared: the cost is quadratic */

/* Edits that turn one word into the other: a letter put in, taken out, changed, or two neighbours
 * swapped (Damerau's distance in its restricted form, optimal string alignment), not telling
 * upper from lower case. */
static guint
measure_distance (const char *a,
                  gsize       a_length,
                  const char *b,
                  gsize       b_length)
{
  guint rows[3][LONGEST + 1];

  for (gsize j = 0; j <= b_length; j++)
    rows[0][j] = j;

  for (gsize i = 1; i <= a_length; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (gsize j = 1; j <= b_length; j++)
        {
          char x = g_ascii_tolower (a[i - 1]), y = g_ascii_tolower (b[j - 1]);

          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) &&
              y == g_ascii_tolower (a[i - 2]))
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }

  return rows[a_length % 3][b_length];
}

/**
 * runnel_nearest_consider:
 * @self: a search
 * @candidate: a word that would have been right; stays valid while @self is used
 *
 * Keeps @candidate if it is nearer than all before. Words that differ in more than a third of
 * their letters are not near.
 */
void
runnel_nearest_consider (RunnelNearest *self,
                         const char    *candidate)
{
  gsize word_length = strlen (self->word), length = strlen (candidate);
  gsize longer = MAX (word_length, length), shorter = MIN (word_length, length);
  guint limit = self->nearest != NULL ? self->distance - 1 : MAX (1, longer / 3);
  guint distance;

  if ((self->nearest != NULL && self->distance == 0) || longer > LONGEST ||
      longer - shorter > limit)
    return;

  distance = measure_distance (self->word, word_length, candidate, length);
  if (distance > limit || distance >= longer)
    return;

  self->nearest = candidate;
  self->distance = distance;
}

/**
 * runnel_nearest_suggest:
 * @self: a search
 *
 * Returns: (transfer full) (nullable): "did you mean “build”?", or %NULL when nothing is near
 */
char *
runnel_nearest_suggest (const RunnelNearest *self)
{
  return self->nearest != NULL ? g_strdup_printf ("did you mean “%s”?", self->nearest) : NULL;
}

/**
 * runnel_nearest:
 * @word: a word that is not among @candidates
 * @candidates: (array zero-terminated=1): the words there are
 *
 * Searches all @candidates at once; see runnel_nearest_consider().
 *
 * Returns: (transfer none) (nullable): the first nearest candidate, or %NULL
 */
const char *
runnel_nearest (const char        *word,
                const char *const *candidates)
{
  RunnelNearest search = { .word = word };

  g_return_val_if_fail (word != NULL, NULL);
  g_return_val_if_fail (candidates != NULL, NULL);

  for (; *candidates; candidates++)
    runnel_nearest_consider (&search, *candidates);

  return search.nearest;
}
