/* runnel-sort.h: what sorting asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

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

G_END_DECLS
