/* runnel-grid.c: finds which items lie in a part of the world
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "designer/canvas/runnel-grid.h"

#define CELL_SIZE 600.f       /* world units; about two cards a side */
#define CELLS_PER_ITEM 4      /* a few far-off items must not make millions of cells */
#define MIN_CELLS 4096
#define MAX_ITEM_CELLS 1024   /* an item over more cells is cheaper in the list of strays */
#define MIN_STRAYS 512        /* that many changed items cost less than building again */

typedef struct
{
  int x0;
  int y0;
  int x1; /* inclusive */
  int y1;
} CellRange;

struct _RunnelGrid
{
  guint n_items;       /* as it was built */
  RunnelBox extents;
  float cell_size;
  int columns;
  int rows;
  guint *starts;       /* columns * rows + 1 offsets into `items` */
  guint *items;
  GArray *strays;      /* items that are not in the cells, or no longer where the cells say */
  guint n_large;       /* those of them that would fill too many cells */
  guint64 *astray;     /* bit set of them, for `astray_limit` items */
  guint astray_limit;
};

RunnelGrid *
runnel_grid_new (void)
{
  RunnelGrid *self = g_new0 (RunnelGrid, 1);

  self->cell_size = CELL_SIZE;
  self->strays = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
runnel_grid_free (RunnelGrid *self)
{
  g_array_unref (self->strays);
  g_free (self->astray);
  g_free (self->starts);
  g_free (self->items);
  g_free (self);
}

static gboolean
measure (RunnelGrid      *self,
         const RunnelBox *boxes,
         guint            n_items)
{
  RunnelBox all = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < n_items; i++)
    {
      if (boxes[i].x1 < boxes[i].x0)
        continue;
      all.x0 = MIN (all.x0, boxes[i].x0);
      all.y0 = MIN (all.y0, boxes[i].y0);
      all.x1 = MAX (all.x1, boxes[i].x1);
      all.y1 = MAX (all.y1, boxes[i].y1);
    }

  self->extents = all;
  return all.x0 <= all.x1;
}

static void
choose_cells (RunnelGrid *self,
              guint       n_items)
{
  const double limit = MAX ((double) n_items * CELLS_PER_ITEM, MIN_CELLS);
  const double width = (double) self->extents.x1 - self->extents.x0;
  const double height = (double) self->extents.y1 - self->extents.y0;
  double size = CELL_SIZE;

  while ((floor (width / size) + 1) * (floor (height / size) + 1) > limit)
    size *= 2;

  self->cell_size = size;
  self->columns = (int) (width / size) + 1;
  self->rows = (int) (height / size) + 1;
}

/* Clamped in floating point first: a box may be far outside of what an int holds. */
static int
cell_of (float position,
         float origin,
         float cell_size,
         int   n_cells)
{
  return (int) CLAMP ((position - origin) / cell_size, 0.f, n_cells - 1.f);
}

static CellRange
get_range (RunnelGrid      *self,
           const RunnelBox *box)
{
  return (CellRange) {
    cell_of (box->x0, self->extents.x0, self->cell_size, self->columns),
    cell_of (box->y0, self->extents.y0, self->cell_size, self->rows),
    cell_of (box->x1, self->extents.x0, self->cell_size, self->columns),
    cell_of (box->y1, self->extents.y0, self->cell_size, self->rows),
  };
}

static gboolean
fits_cells (const CellRange *range)
{
  return (gint64) (range->x1 - range->x0 + 1) * (range->y1 - range->y0 + 1) <= MAX_ITEM_CELLS;
}

static void
count_items (RunnelGrid      *self,
             const RunnelBox *boxes)
{
  for (guint i = 0; i < self->n_items; i++)
    {
      CellRange range;

      if (boxes[i].x1 < boxes[i].x0)
        continue;

      range = get_range (self, &boxes[i]);
      if (!fits_cells (&range))
        {
          runnel_grid_touch (self, i);
          continue;
        }
      for (int y = range.y0; y <= range.y1; y++)
        for (int x = range.x0; x <= range.x1; x++)
          self->starts[y * self->columns + x]++;
    }
}

/* Fills each cell from its end, so that `starts` ends up as the starts. */
static void
place_items (RunnelGrid      *self,
             const RunnelBox *boxes)
{
  for (guint i = self->n_items; i-- > 0;)
    {
      CellRange range;

      if (boxes[i].x1 < boxes[i].x0 || runnel_bits_get (self->astray, i))
        continue;

      range = get_range (self, &boxes[i]);
      for (int y = range.y0; y <= range.y1; y++)
        for (int x = range.x0; x <= range.x1; x++)
          self->items[--self->starts[y * self->columns + x]] = i;
    }
}

static void
reset (RunnelGrid *self,
       guint       n_items)
{
  g_clear_pointer (&self->starts, g_free);
  g_clear_pointer (&self->items, g_free);
  g_clear_pointer (&self->astray, g_free);
  g_array_set_size (self->strays, 0);
  self->n_large = 0;
  self->columns = 0;
  self->rows = 0;
  self->n_items = n_items;
  self->astray_limit = RUNNEL_BITS_WORDS (n_items) * 64;
  self->astray = g_new0 (guint64, self->astray_limit / 64);
}

/**
 * runnel_grid_build:
 * @boxes: (array length=n_items): where each item is; not kept
 */
void
runnel_grid_build (RunnelGrid      *self,
                   const RunnelBox *boxes,
                   guint            n_items)
{
  guint n_cells;

  reset (self, n_items);
  if (!measure (self, boxes, n_items))
    return;

  choose_cells (self, n_items);
  n_cells = (guint) self->columns * self->rows;
  self->starts = g_new0 (guint, n_cells + 1);
  count_items (self, boxes);

  for (guint i = 1; i <= n_cells; i++)
    self->starts[i] += self->starts[i - 1];

  self->items = g_new (guint, self->starts[n_cells]);
  place_items (self, boxes);
  self->n_large = self->strays->len;
}

void
runnel_grid_touch (RunnelGrid *self,
                   guint       item)
{
  if (item >= self->astray_limit)
    {
      const guint limit = MAX (self->astray_limit * 2, (guint) RUNNEL_BITS_WORDS (item + 1) * 64);

      self->astray = g_renew (guint64, self->astray, limit / 64);
      memset (self->astray + self->astray_limit / 64, 0, (limit - self->astray_limit) / 8);
      self->astray_limit = limit;
    }

  if (runnel_bits_get (self->astray, item))
    return;

  runnel_bits_set (self->astray, item);
  g_array_append_val (self->strays, item);
}

gboolean
runnel_grid_is_worn (RunnelGrid *self)
{
  return self->strays->len - self->n_large > MIN_STRAYS + self->n_items / 16;
}

static gboolean
touches_cells (RunnelGrid      *self,
               const RunnelBox *box)
{
  return self->columns > 0
         && box->x1 >= self->extents.x0 && box->x0 <= self->extents.x1
         && box->y1 >= self->extents.y0 && box->y0 <= self->extents.y1;
}

/**
 * runnel_grid_visit:
 * @visit: (scope call): must not change the grid
 *
 * For items in one cell each, such as points: those are visited once.
 */
void
runnel_grid_visit (RunnelGrid      *self,
                   const RunnelBox *box,
                   RunnelGridVisit  visit,
                   gpointer         user_data)
{
  CellRange range;

  for (guint i = 0; i < self->strays->len; i++)
    if (!visit (g_array_index (self->strays, guint, i), user_data))
      return;

  if (!touches_cells (self, box))
    return;

  range = get_range (self, box);
  for (int y = range.y0; y <= range.y1; y++)
    {
      /* The cells of a row are neighbours in `items`. */
      const guint first = self->starts[y * self->columns + range.x0];
      const guint last = self->starts[y * self->columns + range.x1 + 1];

      for (guint i = first; i < last; i++)
        if (!runnel_bits_get (self->astray, self->items[i])
            && !visit (self->items[i], user_data))
          return;
    }
}

static gboolean
set_bit (guint    item,
         gpointer user_data)
{
  runnel_bits_set (user_data, item);
  return TRUE;
}

/**
 * runnel_grid_query:
 * @bits: room for all items; bits are only set, never cleared
 */
void
runnel_grid_query (RunnelGrid      *self,
                   const RunnelBox *box,
                   guint64         *bits)
{
  runnel_grid_visit (self, box, set_bit, bits);
}
