/* runnel-sort.h: what sorting asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdlib.h>

#include <glib.h>

G_BEGIN_DECLS

/* A GCompareFunc for arrays of guint: ascending. */
static inline int
runnel_compare_guint (gconstpointer a,
                      gconstpointer b)
{
  const guint *left = a;
  const guint *right = b;

  return (*left > *right) - (*left < *right);
}

/* As qsort(), which must not be given NULL: an array of nothing is. */
static inline void
runnel_sort (gpointer     array,
             gsize        n_items,
             gsize        item_size,
             GCompareFunc compare)
{
  if (n_items > 1)
    qsort (array, n_items, item_size, compare);
}

G_END_DECLS
