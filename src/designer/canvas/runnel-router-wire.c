/* runnel-router-wire.c: draws the way that was found
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links that start at the same port stay together as long as they can, and those of different ports
 * run beside each other: which place each takes follows from where its port is.
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-router-private.h"

#define LANE_ROOM 16.f        /* links in the same lane spread over so much of it */
#define TRUNK_ROOM 72.f       /* and so do those that turn in the same channel */
#define BACK_TRUNK_ROOM 24.f
#define BULGE 0.75f           /* how far a half circle goes, per reach */
#define MIN_BULGE 8.f
#define SLOT 20.f             /* ports this far apart go beside each other */
#define N_SLOTS 9

/* A number from 0 to 1 that differs among neighbouring ports. */
static float
get_slot (float y)
{
  const int slot = (int) lrintf (y / SLOT) % N_SLOTS;

  return ((slot < 0 ? slot + N_SLOTS : slot) + 0.5f) / N_SLOTS;
}

/* Links that share a lane run beside each other, those of one port on one another. */
static void
spread_level (RunnelRouter     *self,
              RunnelRouterTurn *turn,
              float             slot)
{
  float top = MAX (turn->y - LANE_ROOM, self->top);
  float bottom = MIN (turn->y + LANE_ROOM, self->bottom);

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (wall->x0 >= turn[1].high || wall->x1 <= turn->low)
        continue;
      if (wall->y1 <= turn->y)
        top = MAX (top, wall->y1);
      else
        bottom = MIN (bottom, wall->y0);
    }

  if (top < bottom)
    turn->y = top + (bottom - top) * slot;
}

/* How far there is no wall beside an upright way, on the side where the link's end is. */
static float
get_room (RunnelRouter *self,
          float         x,
          float         from,
          float         to,
          gboolean      before)
{
  const float y0 = MIN (from, to), y1 = MAX (from, to);
  float room = RUNNEL_ROUTER_BULGE_ROOM;

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (wall->y0 >= y1 || wall->y1 <= y0)
        continue;
      if (before && wall->x1 <= x)
        room = MIN (room, x - wall->x1);
      else if (!before && wall->x0 >= x)
        room = MIN (room, wall->x0 - x);
    }

  return room;
}

static RunnelTurn
bend (RunnelRouter           *self,
      const RunnelRouterTurn *turn,
      float                   level,
      gboolean                first,
      gboolean                last)
{
  const float low = turn->low - (first ? RUNNEL_ROUTER_MARGIN : 0);
  const float high = turn->high + (last ? RUNNEL_ROUTER_MARGIN : 0);

  if (self->frame.mirror && (first || last))
    {
      const float x = first ? self->x1 : self->x2;
      const float room = MAX (get_room (self, x, level, turn->y, first), MIN_BULGE);

      return (RunnelTurn) { x, turn->y,
                            MIN (runnel_wire_get_reach (level, turn->y), room / BULGE) };
    }

  return (RunnelTurn) { (low + high) / 2, turn->y, (high - low) / 2 };
}

/* From where a way back may go up or down to where it does. */
static float
get_trunk (RunnelRouter *self,
           float         x,
           float         from,
           float         to,
           float         slot,
           gboolean      before)
{
  return MIN (get_room (self, x, from, to, before), BACK_TRUNK_ROOM * slot);
}

/* All links from a port turn at the same place at first, and at last all into a port. */
static RunnelTurn
corner (RunnelRouter           *self,
        const RunnelRouterTurn *turn,
        float                   level,
        gboolean                first,
        gboolean                last)
{
  const float room = MIN (turn->high - turn->low, TRUNK_ROOM);
  const float slot = get_slot (first ? self->y1 : self->y2);

  if (self->frame.mirror && first)
    return (RunnelTurn) { self->x1 - get_trunk (self, self->x1, level, turn->y, slot, TRUE),
                          turn->y, 0 };
  if (self->frame.mirror && last)
    return (RunnelTurn) { self->x2 + get_trunk (self, self->x2, level, turn->y, slot, FALSE),
                          turn->y, 0 };

  return (RunnelTurn) { first ? turn->low + room * slot : turn->high - room * slot, turn->y, 0 };
}

static void
make_level_wire (RunnelRouter     *self,
                 RunnelRouterTurn *turns,
                 guint             n_turns,
                 RunnelWire       *wire)
{
  float level = self->y1, x = self->x1;

  for (guint i = 0; i < n_turns; i++)
    {
      const gboolean first = i == 0, last = i + 1 == n_turns;
      RunnelTurn *turn = &wire->turns[i];

      runnel_router_find_channel (self, x, turns[i].high, level, turns[i].y, &turns[i].low,
                                  &turns[i].high);
      *turn = wire->style == RUNNEL_LINKS_CURVED ? bend (self, &turns[i], level, first, last)
                                                 : corner (self, &turns[i], level, first, last);
      if (self->frame.mirror)
        turn->x = -turn->x;
      level = turns[i].y;
      x = turns[i].high;
    }

  wire->n_turns = n_turns;
}

/* In the frame a turn is a level of the wire. It has corners in any style: a curve as high as this
 * would hardly bend, and soon run over a card. */
static void
make_upright_wire (RunnelRouter           *self,
                   const RunnelRouterTurn *turns,
                   guint                   n_turns,
                   RunnelWire             *wire)
{
  float x = wire->x1 + RUNNEL_ROUTER_MARGIN;

  for (guint i = 0; i < n_turns; i++)
    {
      const float room = MIN (turns[i].high - turns[i].low, LANE_ROOM);
      const float y = turns[i].high - room * get_slot (wire->y1);

      wire->turns[i] = (RunnelTurn) { x, self->frame.mirror ? -y : y, 0 };
      x = turns[i].y;
    }

  wire->turns[n_turns] = (RunnelTurn) { x, wire->y2, 0 };
  wire->n_turns = n_turns + 1;
  wire->style = RUNNEL_LINKS_ANGULAR;
}

/* `wire` has its ends already, and gets the turns. */
void
runnel_router_make_wire (RunnelRouter     *self,
                         RunnelRouterTurn  turns[RUNNEL_WIRE_MAX_TURNS],
                         guint             n_turns,
                         RunnelWire       *wire)
{
  for (guint i = 0; i + 1 < n_turns; i++)
    spread_level (self, &turns[i], get_slot (wire->y1));

  if (self->frame.upright)
    make_upright_wire (self, turns, n_turns, wire);
  else
    make_level_wire (self, turns, n_turns, wire);
  if (wire->style == RUNNEL_LINKS_ANGULAR)
    runnel_wire_round_corners (wire);
}
