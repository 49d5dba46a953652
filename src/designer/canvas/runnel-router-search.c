/* runnel-router-search.c: the search for a way between cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way keeps to one direction along x, or else along y. It goes ahead until a card is in
 * front, then aside to an edge of the card, and on: of all ways that are made like this, the one
 * that goes aside least and has the fewest turns. The shortest way is among them (P. J. de
 * Rezende, D. T. Lee, Y. F. Wu, "Rectilinear shortest paths with rectangular barriers", 1985).
 *
 * All of the search is written for a way to the right. For the other directions the world is
 * turned over or mirrored: see RunnelRouterFrame.
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-router-private.h"

#define TURN_COST 40.f /* a turn is worth a detour of so many world units */

/* The first wall in front on the level, or the number of walls. */
static guint
find_hit (RunnelRouter *self,
          float         x,
          float         y)
{
  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (runnel_wall_bars (wall, y) && wall->x1 > x)
        return i;
    }

  return self->walls->len;
}

/* The rightmost part of low..high where one can go upright from a level to another. */
gboolean
runnel_router_find_channel (RunnelRouter *self,
                            float         low,
                            float         high,
                            float         from,
                            float         to,
                            float        *ret_low,
                            float        *ret_high)
{
  const float y0 = MIN (from, to), y1 = MAX (from, to);

  for (guint i = self->walls->len; i-- > 0;)
    if (runnel_wall_bars_upright (runnel_router_wall (self, i), high, y0, y1))
      high = runnel_router_wall (self, i)->x0;
  if (high < low)
    return FALSE;

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (wall->y0 < y1 && wall->y1 > y0 && wall->x1 <= high)
        low = MAX (low, wall->x1);
    }

  *ret_low = low;
  *ret_high = high;
  return TRUE;
}

static void
add_place (RunnelRouter *self,
           int           parent,
           float         low,
           float         x,
           float         y)
{
  const RunnelRouterPlace *before = &self->places[parent];
  const gboolean turns = before->parent < 0 || x != before->x;
  const float cost = before->cost + fabsf (y - before->y) + (turns ? TURN_COST : 0);
  const RunnelRouterPlace place = { low, x, y, cost, parent, before->n_turns + turns, FALSE,
                                    y == self->y2 && x >= self->clear };

  /* The upright end of a way is one more turn of the wire. */
  if (y == before->y || y < self->top || y > self->bottom
      || place.n_turns + self->frame.upright > RUNNEL_WIRE_MAX_TURNS)
    return;

  for (int i = 0; i < self->n_places; i++)
    {
      RunnelRouterPlace *other = &self->places[i];

      if (other->x != x || other->y != y)
        continue;
      if (!other->left && place.cost < other->cost)
        *other = place;
      return;
    }

  if (self->n_places < RUNNEL_ROUTER_MAX_PLACES)
    self->places[self->n_places++] = place;
}

static void
try_level (RunnelRouter *self,
           int           parent,
           float         low,
           float         high,
           float         y)
{
  float ret_low, ret_high;

  if (runnel_router_find_channel (self, low, high, self->places[parent].y, y, &ret_low, &ret_high))
    add_place (self, parent, ret_low, ret_high, y);
}

/* Above and below a wall that is in the way. */
static void
try_round (RunnelRouter *self,
           int           parent,
           guint         wall,
           float         end)
{
  try_level (self, parent, self->places[parent].x, end, runnel_router_wall (self, wall)->y0);
  try_level (self, parent, self->places[parent].x, end, runnel_router_wall (self, wall)->y1);
}

/* From the level of a place to that of the end, or else round what is in between. */
static void
try_end (RunnelRouter *self,
         int           parent,
         float         end)
{
  const float y = self->places[parent].y, low = MAX (self->places[parent].x, self->clear);
  const float y0 = MIN (y, self->y2), y1 = MAX (y, self->y2);
  float ret_low, ret_high;

  if (low <= end && runnel_router_find_channel (self, low, end, y, self->y2, &ret_low, &ret_high))
    {
      add_place (self, parent, ret_low, ret_high, self->y2);
      return;
    }

  for (guint i = 0; i < self->walls->len; i++)
    if (runnel_wall_bars_upright (runnel_router_wall (self, i), end, y0, y1))
      try_round (self, parent, i, end);
}

static void
look_on (RunnelRouter *self,
         int           index)
{
  const float x = self->places[index].x, y = self->places[index].y;
  const guint hit = find_hit (self, x, y);
  const gboolean barred = hit < self->walls->len && runnel_router_wall (self, hit)->x0 < self->x2;
  const float end = barred ? MAX (runnel_router_wall (self, hit)->x0, x) : self->x2;

  self->places[index].left = TRUE;
  if (barred)
    try_round (self, index, hit, end);
  try_end (self, index, end);
}

static gboolean
is_better (RunnelRouter            *self,
           const RunnelRouterPlace *place,
           const RunnelRouterPlace *other)
{
  const float a = place->cost + fabsf (self->y2 - place->y);
  const float b = other->cost + fabsf (self->y2 - other->y);

  if (a != b)
    return a < b;
  if (place->y != other->y)
    return place->y < other->y;
  return place->x < other->x;
}

static int
find_best (RunnelRouter *self)
{
  int best = -1;

  for (int i = 0; i < self->n_places; i++)
    if (!self->places[i].left
        && (best < 0 || is_better (self, &self->places[i], &self->places[best])))
      best = i;

  return best;
}

/* The level of the end, looked at from there. */
static float
find_clear (RunnelRouter *self)
{
  float clear = self->x1;

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (runnel_wall_bars (wall, self->y2) && wall->x0 < self->x2)
        clear = MAX (clear, wall->x1);
    }

  return clear;
}

/* Returns: the place from where the end is straight ahead, or -1 */
static int
find_way (RunnelRouter *self)
{
  int best;

  self->clear = find_clear (self);
  self->places[0] = (RunnelRouterPlace) {
    .low = self->x1, .x = self->x1, .y = self->y1, .parent = -1,
    .arrived = self->y1 == self->y2 && self->x1 >= self->clear,
  };
  self->n_places = 1;

  while ((best = find_best (self)) >= 0)
    {
      if (self->places[best].arrived)
        return best;
      look_on (self, best);
    }

  return -1;
}

/* Two turns at the same x are one. Returns: how many there are */
static guint
list_turns (RunnelRouter     *self,
            int               last,
            RunnelRouterTurn *turns)
{
  guint n_turns = 0;
  int chain[RUNNEL_ROUTER_MAX_PLACES];
  guint n = 0;

  for (int i = last; self->places[i].parent >= 0; i = self->places[i].parent)
    chain[n++] = i;

  while (n-- > 0)
    {
      const RunnelRouterPlace *place = &self->places[chain[n]];

      if (n_turns > 0 && turns[n_turns - 1].high == place->x)
        turns[n_turns - 1].y = place->y;
      else
        turns[n_turns++] = (RunnelRouterTurn) { place->low, place->x, place->y };
    }

  return n_turns;
}

/* Returns: whether there is a way; then how it turns, in the frame */
gboolean
runnel_router_search (RunnelRouter     *self,
                      RunnelRouterTurn  turns[RUNNEL_WIRE_MAX_TURNS],
                      guint            *ret_n_turns)
{
  const int last = find_way (self);

  if (last < 0)
    return FALSE;

  *ret_n_turns = list_turns (self, last, turns);
  return TRUE;
}
