/* runnel-router-private.h: what the files of the router share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-router.h"

G_BEGIN_DECLS

#define RUNNEL_ROUTER_MARGIN RUNNEL_WIRE_STUB /* between cards and the way */
#define RUNNEL_ROUTER_BULGE_ROOM 68.f         /* for the half circles of a way back */
#define RUNNEL_ROUTER_MAX_PLACES 64           /* of a search */

/* How the world lies in a search, so that the way leads to the right. */
typedef struct
{
  gboolean upright; /* x and y are exchanged */
  gboolean mirror;  /* then x is negative */
} RunnelRouterFrame;

/* The upright part of a turn is anywhere from `low` to `x`; then the way is level, at `y`. */
typedef struct
{
  float low;
  float x;
  float y;
  float cost;
  int parent;     /* the place before, -1 = none */
  guint8 n_turns;
  guint8 left;    /* it was looked at what follows */
  guint8 arrived;
} RunnelRouterPlace;

/* Two levels, and where one can go upright between them. */
typedef struct
{
  float low;
  float high;
  float y; /* the level after it */
} RunnelRouterTurn;

struct _RunnelRouter
{
  RunnelRouterGather gather;
  gpointer user_data;

  RunnelBox area; /* of this attempt, in the world */
  RunnelBox seen; /* of all attempts */

  RunnelRouterFrame frame; /* all that follows lies in it */
  gboolean crowded; /* too many cards in the area */
  GArray *walls;  /* RunnelBox: the cards in the area with their margin, by their left edge */
  float x1, y1;   /* from where to where, behind the stubs */
  float x2, y2;
  float top;      /* of the area */
  float bottom;
  float clear;    /* the level of the end is free from here on */
  RunnelRouterPlace places[RUNNEL_ROUTER_MAX_PLACES];
  int n_places;
};

static inline const RunnelBox *
runnel_router_wall (RunnelRouter *self,
                    guint         index)
{
  return &g_array_index (self->walls, RunnelBox, index);
}

/* Across the inside of a wall; along its edge there is room. */
static inline gboolean
runnel_wall_bars (const RunnelBox *wall,
                  float            y)
{
  return wall->y0 < y && y < wall->y1;
}

static inline gboolean
runnel_wall_bars_upright (const RunnelBox *wall,
                          float            x,
                          float            y0,
                          float            y1)
{
  return wall->x0 < x && x < wall->x1 && wall->y0 < y1 && wall->y1 > y0;
}

/* runnel-router-search.c */
gboolean runnel_router_find_channel (RunnelRouter     *self,
                                     float             low,
                                     float             high,
                                     float             from,
                                     float             to,
                                     float            *ret_low,
                                     float            *ret_high);
gboolean runnel_router_search       (RunnelRouter     *self,
                                     RunnelRouterTurn  turns[RUNNEL_WIRE_MAX_TURNS],
                                     guint            *ret_n_turns);

/* runnel-router-wire.c */
void     runnel_router_make_wire    (RunnelRouter     *self,
                                     RunnelRouterTurn  turns[RUNNEL_WIRE_MAX_TURNS],
                                     guint             n_turns,
                                     RunnelWire       *wire);

G_END_DECLS
