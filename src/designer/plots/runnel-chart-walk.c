/* runnel-chart-walk.c: from item to item of a chart, by pointer and by key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/plots/runnel-chart-private.h"

static RunnelChartLayer *
get_layer (RunnelChart *self,
           guint        layer)
{
  return self->layers->pdata[layer];
}

static gboolean
can_walk (RunnelChart *self,
          guint        layer)
{
  return get_layer (self, layer)->klass->move != NULL &&
         runnel_series_get_n (get_layer (self, layer)->series) > 0;
}

/* Several layers may draw one series. */
static gboolean
is_walked_before (RunnelChart *self,
                  guint        layer)
{
  for (guint i = 0; i < layer; i++)
    if (can_walk (self, i) && get_layer (self, i)->series == get_layer (self, layer)->series)
      return TRUE;
  return FALSE;
}

/**
 * runnel_chart_get_datum:
 * @self: a chart
 * @place: an item, or nowhere
 *
 * Returns: (transfer none) (nullable): the item
 */
RunnelDatum *
runnel_chart_get_datum (RunnelChart      *self,
                        RunnelChartPlace  place)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  if (place.layer >= self->layers->len ||
      place.item >= runnel_series_get_n (get_layer (self, place.layer)->series))
    return NULL;
  return runnel_series_get (get_layer (self, place.layer)->series, place.item);
}

/**
 * runnel_chart_find:
 * @self: a chart
 * @glyphs: what its texts are laid out with
 * @width: how large it is
 * @height: how large it is
 * @x: where
 * @y: where
 *
 * Returns: what lies there, of the highest layer that has something
 */
RunnelChartPlace
runnel_chart_find (RunnelChart  *self,
                   RunnelGlyphs *glyphs,
                   double        width,
                   double        height,
                   double        x,
                   double        y)
{
  RunnelChartFrame frame;

  g_return_val_if_fail (RUNNEL_IS_CHART (self), RUNNEL_CHART_NOWHERE);

  frame = _runnel_chart_lay_out (self, glyphs, RUNNEL_SCHEME_LIGHT, width, height);
  for (guint i = self->layers->len; i-- > 0;)
    {
      guint item = RUNNEL_NO_HIT;

      if (can_walk (self, i))
        item = get_layer (self, i)->klass->find (get_layer (self, i), &frame, x, y);
      if (item != RUNNEL_NO_HIT)
        return (RunnelChartPlace) { i, item };
    }
  return RUNNEL_CHART_NOWHERE;
}

/**
 * runnel_chart_get_box:
 * @self: a chart
 * @glyphs: what its texts are laid out with
 * @width: how large it is
 * @height: how large it is
 * @place: an item that is there
 *
 * Returns: where the item is
 */
RunnelBox
runnel_chart_get_box (RunnelChart      *self,
                      RunnelGlyphs     *glyphs,
                      double            width,
                      double            height,
                      RunnelChartPlace  place)
{
  RunnelChartFrame frame = _runnel_chart_lay_out (self, glyphs, RUNNEL_SCHEME_LIGHT, width, height);
  RunnelChartLayer *layer = get_layer (self, place.layer);

  return layer->klass->get_box (layer, &frame, place.item);
}

/* The first item of the next layer in a direction. */
static RunnelChartPlace
find_layer (RunnelChart *self,
            int          first,
            int          direction)
{
  for (int i = first; i >= 0 && i < (int) self->layers->len; i += direction)
    if (can_walk (self, i) && !is_walked_before (self, i))
      return (RunnelChartPlace) { i, 0 };
  return RUNNEL_CHART_NOWHERE;
}

/**
 * runnel_chart_move:
 * @self: a chart
 * @place: an item, or nowhere to come in
 * @right: one step to the right, or to the left when -1
 * @down: one step down, or up when -1
 *
 * Returns: where a key leads to; @place when it leads nowhere
 */
RunnelChartPlace
runnel_chart_move (RunnelChart      *self,
                   RunnelChartPlace  place,
                   int               right,
                   int               down)
{
  RunnelChartLayer *layer;
  RunnelChartPlace other;
  guint item;

  g_return_val_if_fail (RUNNEL_IS_CHART (self), RUNNEL_CHART_NOWHERE);

  if (!runnel_chart_get_datum (self, place))
    return find_layer (self, 0, 1);
  layer = get_layer (self, place.layer);
  item = layer->klass->move (layer, place.item, right, down);
  if (item != RUNNEL_NO_HIT)
    return (RunnelChartPlace) { place.layer, item };
  if (down == 0)
    return place;
  other = find_layer (self, (int) place.layer - down, -down);
  return runnel_chart_get_datum (self, other) ? other : place;
}
