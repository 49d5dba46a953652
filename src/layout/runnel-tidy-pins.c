/* runnel-tidy-pins.c: pinned steps stay, the others stand about them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-arrange-private.h"
#include "layout/runnel-measures.h"
#include "layout/runnel-tidy-private.h"

static gboolean
is_pinned (RunnelTidy *self,
           guint       index)
{
  return g_array_index (self->pinned, gboolean, index);
}

static double
get_median (GArray *values)
{
  g_array_sort (values, _runnel_compare_double);
  return g_array_index (values, double, values->len / 2);
}

/* Moves all so that the pinned steps are, in the median, where they were arranged to be. */
static gboolean
move_to_pins (RunnelTidy *self)
{
  g_autoptr(GArray) dx = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) dy = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->ids->len; i++)
    {
      const RunnelPoint *before = &g_array_index (self->before, RunnelPoint, i);
      double x = before->x - self->points[i].x, y = before->y - self->points[i].y;

      if (!is_pinned (self, i))
        continue;
      g_array_append_val (dx, x);
      g_array_append_val (dy, y);
    }

  if (dx->len == 0)
    return FALSE;

  _runnel_tidy_move_all (self, (RunnelPoint) { _runnel_tidy_snap (get_median (dx)),
                                               _runnel_tidy_snap (get_median (dy)) });
  return TRUE;
}

/* Cards whose place is free come first, and then the others find one near to theirs. */
static void
place_about (RunnelTidy *self,
             RunnelRoom *room)
{
  g_autoptr(GArray) displaced = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->ids->len; i++)
    {
      RunnelBox card = _runnel_tidy_make_card (self->points[i]);

      if (is_pinned (self, i))
        continue;
      if (runnel_room_is_free (room, &card))
        runnel_room_take (room, &card);
      else
        g_array_append_val (displaced, i);
    }

  for (guint k = 0; k < displaced->len; k++)
    {
      RunnelPoint *point = &self->points[g_array_index (displaced, guint, k)];
      RunnelBox card = _runnel_tidy_make_card (*point);

      *point = runnel_room_find_near (room, &card);
      card = _runnel_tidy_make_card (*point);
      runnel_room_take (room, &card);
    }
}

/* Returns: whether there are pinned steps, and so all have their places now */
gboolean
_runnel_tidy_keep_pins (RunnelTidy *self)
{
  g_autoptr(RunnelRoom) room = NULL;

  if (!move_to_pins (self))
    return FALSE;

  room = runnel_room_new (RUNNEL_TIDY_GAP);
  for (guint i = 0; i < self->others->len; i++)
    runnel_room_take (room, &g_array_index (self->others, RunnelBox, i));

  for (guint i = 0; i < self->ids->len; i++)
    {
      RunnelBox card;

      if (!is_pinned (self, i))
        continue;
      self->points[i] = g_array_index (self->before, RunnelPoint, i);
      card = _runnel_tidy_make_card (self->points[i]);
      runnel_room_take (room, &card);
    }

  place_about (self, room);
  return TRUE;
}
