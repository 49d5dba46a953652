/* runnel-room.c: which places on the canvas are taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-measures.h"
#include "layout/runnel-room.h"

#define CELL 256.0      /* world units: about a card, so that a card lies in few cells */
#define MAX_CELLS 4096  /* of one box: a larger one is kept in a list */
#define RINGS 400       /* how far to look for a free place */

struct _RunnelRoom
{
  GHashTable *cells; /* cell to GArray of guint */
  GArray *boxes;     /* RunnelBox */
  GArray *large;     /* guint: boxes too large for the cells */
  double gap;
};

typedef struct
{
  int x0, y0, x1, y1; /* both ends included */
} CellRange;

static guint
cell_hash (gconstpointer key)
{
  const gint64 *cell = key;

  return (guint) (*cell ^ *cell >> 32) * 2654435761u;
}

static gint64
make_cell (int x,
           int y)
{
  return (gint64) ((guint64) (guint32) x << 32 | (guint32) y);
}

/* Positions come from files: no number may be too large for a cell. */
static int
to_cell (double value)
{
  return (int) CLAMP (floor (value / CELL), G_MININT / 4, G_MAXINT / 4);
}

static CellRange
get_cells (RunnelRoom      *self,
           const RunnelBox *box)
{
  return (CellRange) { to_cell (box->x0 - self->gap), to_cell (box->y0 - self->gap),
                       to_cell (box->x1 + self->gap), to_cell (box->y1 + self->gap) };
}

/**
 * runnel_room_new:
 * @gap: what boxes keep between each other, in world units
 *
 * Returns: (transfer full): room in which nothing is yet
 */
RunnelRoom *
runnel_room_new (double gap)
{
  RunnelRoom *self = g_new0 (RunnelRoom, 1);

  self->gap = gap;
  self->cells = g_hash_table_new_full (cell_hash, g_int64_equal, g_free,
                                       (GDestroyNotify) g_array_unref);
  self->boxes = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
  self->large = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
runnel_room_free (RunnelRoom *self)
{
  g_hash_table_unref (self->cells);
  g_array_unref (self->boxes);
  g_array_unref (self->large);
  g_free (self);
}

static void
add_to_cell (RunnelRoom *self,
             gint64      cell,
             guint       index)
{
  GArray *inside = g_hash_table_lookup (self->cells, &cell);

  if (inside == NULL)
    {
      inside = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->cells, g_memdup2 (&cell, sizeof cell), inside);
    }

  g_array_append_val (inside, index);
}

/**
 * runnel_room_take:
 * @box: a box in world units that is there from now on
 */
void
runnel_room_take (RunnelRoom       *self,
                  const RunnelBox *box)
{
  CellRange range;
  guint index;

  g_return_if_fail (self != NULL);
  g_return_if_fail (box != NULL);

  range = get_cells (self, box);
  index = self->boxes->len;
  g_array_append_val (self->boxes, *box);

  if (((gint64) range.x1 - range.x0 + 1) * ((gint64) range.y1 - range.y0 + 1) > MAX_CELLS)
    {
      g_array_append_val (self->large, index);
      return;
    }

  for (int x = range.x0; x <= range.x1; x++)
    for (int y = range.y0; y <= range.y1; y++)
      add_to_cell (self, make_cell (x, y), index);
}

static gboolean
is_near (const RunnelBox *a,
         const RunnelBox *b,
         double           gap)
{
  return a->x0 < b->x1 + gap && b->x0 < a->x1 + gap && a->y0 < b->y1 + gap && b->y0 < a->y1 + gap;
}

static gboolean
touches_any (RunnelRoom       *self,
             const GArray     *indices,
             const RunnelBox *box)
{
  for (guint i = 0; indices != NULL && i < indices->len; i++)
    if (is_near (&g_array_index (self->boxes, RunnelBox, g_array_index (indices, guint, i)), box,
                 self->gap))
      return TRUE;

  return FALSE;
}

/**
 * runnel_room_is_free:
 * @box: a box in world units, of a card's or a note's size
 *
 * Returns: whether it would be apart from all that is there
 */
gboolean
runnel_room_is_free (RunnelRoom       *self,
                     const RunnelBox *box)
{
  CellRange range;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (box != NULL, FALSE);

  range = get_cells (self, box);
  if (touches_any (self, self->large, box))
    return FALSE;

  for (int x = range.x0; x <= range.x1; x++)
    for (int y = range.y0; y <= range.y1; y++)
      {
        gint64 cell = make_cell (x, y);

        if (touches_any (self, g_hash_table_lookup (self->cells, &cell), box))
          return FALSE;
      }

  return TRUE;
}

static gboolean
fit (RunnelRoom       *self,
     const RunnelBox *boxes,
     guint             n_boxes,
     RunnelPoint       shift)
{
  for (guint i = 0; i < n_boxes; i++)
    {
      const RunnelBox moved = { boxes[i].x0 + shift.x, boxes[i].y0 + shift.y,
                                boxes[i].x1 + shift.x, boxes[i].y1 + shift.y };

      if (!runnel_room_is_free (self, &moved))
        return FALSE;
    }

  return TRUE;
}

/**
 * runnel_room_find_shift:
 * @boxes: (array length=n_boxes): boxes in world units that keep their places to each other
 * @n_boxes: how many
 *
 * Looks for the nearest free place, down first, then up, right and left, in steps of the grid that
 * grow with the distance.
 *
 * Returns: how far to move the boxes so that all are apart from what is there, in whole grid
 *   steps; 0, 0 when they are, and also when everything around is full
 */
RunnelPoint
runnel_room_find_shift (RunnelRoom       *self,
                        const RunnelBox *boxes,
                        guint             n_boxes)
{
  static const RunnelPoint directions[] = {
    { 0, 1 }, { 0, -1 }, { 1, 0 }, { -1, 0 }, { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 },
  };
  double distance = 0;

  g_return_val_if_fail (self != NULL, ((RunnelPoint) { 0, 0 }));

  if (fit (self, boxes, n_boxes, (RunnelPoint) { 0, 0 }))
    return (RunnelPoint) { 0, 0 };

  for (guint ring = 0; ring < RINGS; ring++)
    {
      distance += RUNNEL_SNAP * (1 + ring / 32);
      for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
        {
          RunnelPoint shift = { directions[i].x * distance, directions[i].y * distance };

          if (fit (self, boxes, n_boxes, shift))
            return shift;
        }
    }

  return (RunnelPoint) { 0, 0 };
}

/**
 * runnel_room_find_near:
 * @box: a box in world units
 *
 * Returns: the left upper corner of the free place nearest to it, as runnel_room_find_shift()
 */
RunnelPoint
runnel_room_find_near (RunnelRoom       *self,
                       const RunnelBox *box)
{
  RunnelPoint shift = runnel_room_find_shift (self, box, 1);

  return (RunnelPoint) { box->x0 + shift.x, box->y0 + shift.y };
}
