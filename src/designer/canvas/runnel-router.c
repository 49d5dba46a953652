/* runnel-router.c: finds a way for a link that goes round the cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First it looks close by, then in a wider area. How it looks is in runnel-router-search.c, how
 * what it found is drawn in runnel-router-wire.c.
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-router-private.h"
#include "util/runnel-sort.h"

#define WIDE RUNNEL_ROUTER_MARGIN
#define NARROW 5.f
#define CURVE_MARGIN 6.f /* of a curve that goes straight to its end */

/* Where to look, one after the other, until there is a way. */
static const struct
{
  float reach;     /* to both sides of the two ends */
  float margin;
  gboolean upright;
} attempts[] = {
  { 0, WIDE, FALSE },     { 200, WIDE, FALSE }, { 400, WIDE, TRUE },
  { 800, WIDE, FALSE },   { 800, WIDE, TRUE },  { 800, NARROW, FALSE },
  { 800, NARROW, TRUE },  { 3000, NARROW, FALSE }, { 3000, NARROW, TRUE },
};

/**
 * runnel_router_new:
 * @gather: (scope forever): tells which cards there are
 *
 * Returns: (transfer full): a router, which is for one thread at a time
 */
RunnelRouter *
runnel_router_new (RunnelRouterGather gather,
                   gpointer           user_data)
{
  RunnelRouter *self = g_new0 (RunnelRouter, 1);

  self->gather = gather;
  self->user_data = user_data;
  self->walls = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
  return self;
}

void
runnel_router_free (RunnelRouter *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->walls);
  g_free (self);
}

/* By where they are alone: the way must not depend on the order of the cards. */
static int
compare_walls (gconstpointer a,
               gconstpointer b)
{
  const RunnelBox *left = a, *right = b;
  const float keys[][2] = { { left->x0, right->x0 }, { left->y0, right->y0 },
                            { left->x1, right->x1 }, { left->y1, right->y1 } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] != keys[i][1])
      return keys[i][0] < keys[i][1] ? -1 : 1;

  return 0;
}

static RunnelBox
grow (const RunnelBox *box,
      float            by)
{
  return (RunnelBox) { box->x0 - by, box->y0 - by, box->x1 + by, box->y1 + by };
}

static RunnelBox
to_frame (const RunnelBox         *box,
          const RunnelRouterFrame *frame)
{
  RunnelBox turned = *box;

  if (frame->upright)
    turned = (RunnelBox) { box->y0, box->x0, box->y1, box->x1 };
  if (frame->mirror)
    turned = (RunnelBox) { -turned.x1, turned.y0, -turned.x0, turned.y1 };

  return turned;
}

/* Returns: whether they are few enough to look for a way between them */
static gboolean
find_walls (RunnelRouter *self,
            float         margin)
{
  const RunnelBox around = grow (&self->area, RUNNEL_ROUTER_MARGIN);
  guint n_walls = 0;

  g_array_set_size (self->walls, 0);
  self->gather (&around, self->walls, self->user_data);
  if (self->walls->len > RUNNEL_ROUTER_MAX_CARDS)
    return FALSE;

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox wall = grow (runnel_router_wall (self, i), margin);

      if (runnel_box_intersects (&wall, &self->area))
        g_array_index (self->walls, RunnelBox, n_walls++) = to_frame (&wall, &self->frame);
    }

  g_array_set_size (self->walls, n_walls);
  runnel_sort (self->walls->data, n_walls, sizeof (RunnelBox), compare_walls);
  return TRUE;
}

/* Returns: whether both ends are free. With `drop`, the cards that cover them don't count. */
static gboolean
free_ends (RunnelRouter *self,
           gboolean      drop)
{
  for (guint i = self->walls->len; i-- > 0;)
    {
      const RunnelBox *wall = runnel_router_wall (self, i);

      if (!runnel_wall_bars_upright (wall, self->x1, self->y1, self->y1)
          && !runnel_wall_bars_upright (wall, self->x2, self->y2, self->y2))
        continue;
      if (!drop)
        return FALSE;
      g_array_remove_index (self->walls, i);
    }

  return TRUE;
}

static void
set_frame (RunnelRouter     *self,
           const RunnelWire *wire,
           gboolean          upright)
{
  const float left = wire->x1 + RUNNEL_ROUTER_MARGIN, right = wire->x2 - RUNNEL_ROUTER_MARGIN;
  const RunnelBox start = { left, wire->y1, left, wire->y1 };
  const RunnelBox end = { right, wire->y2, right, wire->y2 };
  RunnelBox turned;

  self->frame = (RunnelRouterFrame) { upright, upright ? wire->y2 < wire->y1 : wire->back };
  turned = to_frame (&start, &self->frame);
  self->x1 = turned.x0;
  self->y1 = turned.y0;
  turned = to_frame (&end, &self->frame);
  self->x2 = turned.x0;
  self->y2 = turned.y0;
}

static void
set_area (RunnelRouter     *self,
          const RunnelWire *wire,
          float             reach)
{
  const float along = wire->back ? RUNNEL_ROUTER_BULGE_ROOM : 0;
  const float reach_x = self->frame.upright ? reach : along;
  const float reach_y = self->frame.upright ? along : reach;
  const float left = MIN (wire->x1 + RUNNEL_ROUTER_MARGIN, wire->x2 - RUNNEL_ROUTER_MARGIN);
  const float right = MAX (wire->x1 + RUNNEL_ROUTER_MARGIN, wire->x2 - RUNNEL_ROUTER_MARGIN);

  self->area = (RunnelBox) { left - reach_x, MIN (wire->y1, wire->y2) - reach_y, right + reach_x,
                             MAX (wire->y1, wire->y2) + reach_y };
  self->top = self->frame.upright ? self->area.x0 : self->area.y0;
  self->bottom = self->frame.upright ? self->area.x1 : self->area.y1;
  self->seen = (RunnelBox) { MIN (self->seen.x0, self->area.x0), MIN (self->seen.y0, self->area.y0),
                             MAX (self->seen.x1, self->area.x1),
                             MAX (self->seen.y1, self->area.y1) };
}

/* Whether the plain curve goes by all cards. */
static gboolean
is_plain_free (RunnelRouter     *self,
               const RunnelWire *wire)
{
  if (wire->back || wire->style != RUNNEL_LINKS_CURVED)
    return FALSE;

  for (guint i = 0; i < self->walls->len; i++)
    {
      const RunnelBox near = grow (runnel_router_wall (self, i), CURVE_MARGIN - WIDE);

      if (runnel_wire_crosses (wire, &near))
        return FALSE;
    }

  return TRUE;
}

static gboolean
attempt (RunnelRouter *self,
         guint         number,
         RunnelWire   *wire)
{
  const gboolean last = number + 1 == G_N_ELEMENTS (attempts);
  RunnelRouterTurn turns[RUNNEL_WIRE_MAX_TURNS];
  guint n_turns;

  set_frame (self, wire, attempts[number].upright);
  set_area (self, wire, attempts[number].reach);
  self->crowded = !find_walls (self, attempts[number].margin);
  if (self->crowded)
    return FALSE;
  if (number == 0 && is_plain_free (self, wire))
    return TRUE;
  if (!free_ends (self, last) || !runnel_router_search (self, turns, &n_turns))
    return FALSE;

  runnel_router_make_wire (self, turns, n_turns, wire);
  return TRUE;
}

/**
 * runnel_router_route:
 * @x1: where it starts, at an output port, in world units
 * @x2: where it ends, at an input port
 * @ret_area: the part of the world on whose cards the way depends
 *
 * Returns: whether there is a way between the cards; if not, or if there are very many, the plain way
 *   is taken
 */
gboolean
runnel_router_route (RunnelRouter    *self,
                     RunnelLinkStyle  style,
                     float            x1,
                     float            y1,
                     float            x2,
                     float            y2,
                     RunnelWire      *ret_wire,
                     RunnelBox       *ret_area)
{
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && ret_wire != NULL && ret_area != NULL, FALSE);

  runnel_wire_go (ret_wire, style, x1, y1, x2, y2);
  self->seen = (RunnelBox) { INFINITY, INFINITY, -INFINITY, -INFINITY };
  self->crowded = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (attempts) && !found && !self->crowded; i++)
    found = attempt (self, i, ret_wire);

  *ret_area = grow (&self->seen, RUNNEL_ROUTER_MARGIN);
  return found;
}
