/* runnel-grid.h: finds which items lie in a part of the world
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

/* A uniform grid of cells, each with the items whose box touches it, in one array by
 * counting sort; items that changed since it was built are in a short list apart. */
typedef struct _RunnelGrid RunnelGrid;

RunnelGrid *runnel_grid_new   (void);
void        runnel_grid_free  (RunnelGrid      *self);
/* Item i has boxes[i]; a box with x1 < x0 is none. */
void        runnel_grid_build (RunnelGrid      *self,
                               const RunnelBox *boxes,
                               guint            n_items);
/* The item is new, or its box is no longer the one it was built with. */
void        runnel_grid_touch (RunnelGrid      *self,
                               guint            item);
/* So many changed that it should be built again. */
gboolean    runnel_grid_is_worn (RunnelGrid    *self);
/* Sets the bit of each item that may touch `box`: all that do, and some near it. `bits` has
 * room for every item. Safe from many threads while nobody builds or touches. */
void        runnel_grid_query (RunnelGrid      *self,
                               const RunnelBox *box,
                               guint64         *bits);

/* Returns: whether to go on */
typedef gboolean (*RunnelGridVisit) (guint    item,
                                     gpointer user_data);

/* Calls `visit` for each item that may touch `box`, once for every cell it is in. */
void        runnel_grid_visit (RunnelGrid      *self,
                               const RunnelBox *box,
                               RunnelGridVisit  visit,
                               gpointer         user_data);

/* Bit sets of items, walked in ascending order: that is the drawing order. */
#define RUNNEL_BITS_WORDS(n_items) (((gsize) (n_items) + 63) / 64)

static inline void
runnel_bits_set (guint64 *bits,
                 guint    item)
{
  bits[item / 64] |= G_GUINT64_CONSTANT (1) << (item % 64);
}

static inline gboolean
runnel_bits_get (const guint64 *bits,
                 guint          item)
{
  return (bits[item / 64] >> (item % 64)) & 1;
}

/* Returns the first item at or after `from`, or RUNNEL_NO_INDEX. */
static inline guint
runnel_bits_next (const guint64 *bits,
                  guint          n_items,
                  guint          from)
{
  const gsize n_words = RUNNEL_BITS_WORDS (n_items);
  gsize word = from / 64;
  guint64 rest;

  if (from >= n_items)
    return RUNNEL_NO_INDEX;

  rest = bits[word] & (~G_GUINT64_CONSTANT (0) << (from % 64));
  while (rest == 0)
    {
      if (++word == n_words)
        return RUNNEL_NO_INDEX;
      rest = bits[word];
    }

  return word * 64 + __builtin_ctzll (rest);
}

/* Walks the items of a set, in ascending order. */
#define RUNNEL_BITS_FOREACH(item, bits, n_items) \
  for (guint item = runnel_bits_next (bits, n_items, 0); item != RUNNEL_NO_INDEX; \
       item = runnel_bits_next (bits, n_items, item + 1))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelGrid, runnel_grid_free)

G_END_DECLS
