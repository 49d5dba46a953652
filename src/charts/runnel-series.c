/* runnel-series.c: items of a chart that belong together, as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-series.h"

struct _RunnelSeries
{
  GObject parent_instance;

  GPtrArray *items; /* of RunnelDatum */
};

static GType
runnel_series_get_item_type (GListModel *model)
{
  return RUNNEL_TYPE_DATUM;
}

static guint
runnel_series_get_n_items (GListModel *model)
{
  return RUNNEL_SERIES (model)->items->len;
}

static gpointer
runnel_series_get_item (GListModel *model,
                        guint       position)
{
  RunnelSeries *self = RUNNEL_SERIES (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = runnel_series_get_item_type;
  iface->get_n_items = runnel_series_get_n_items;
  iface->get_item = runnel_series_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelSeries, runnel_series, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
runnel_series_finalize (GObject *object)
{
  g_ptr_array_unref (RUNNEL_SERIES (object)->items);
  G_OBJECT_CLASS (runnel_series_parent_class)->finalize (object);
}

static void
runnel_series_class_init (RunnelSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_series_finalize;
}

static void
runnel_series_init (RunnelSeries *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * runnel_series_new:
 *
 * Returns: (transfer full): a series without items
 */
RunnelSeries *
runnel_series_new (void)
{
  return g_object_new (RUNNEL_TYPE_SERIES, NULL);
}

/**
 * runnel_series_take:
 * @self: a series
 * @datum: (transfer full): an item that is not before those that are there
 */
void
runnel_series_take (RunnelSeries *self,
                    RunnelDatum  *datum)
{
  g_return_if_fail (RUNNEL_IS_SERIES (self) && RUNNEL_IS_DATUM (datum));

  g_ptr_array_add (self->items, datum);
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
}

/**
 * runnel_series_get_n:
 * @self: a series
 *
 * Returns: how many items there are
 */
guint
runnel_series_get_n (RunnelSeries *self)
{
  g_return_val_if_fail (RUNNEL_IS_SERIES (self), 0);

  return self->items->len;
}

/**
 * runnel_series_get:
 * @self: a series
 * @position: less than there are items
 *
 * Returns: (transfer none): the item
 */
RunnelDatum *
runnel_series_get (RunnelSeries *self,
                   guint         position)
{
  return self->items->pdata[position];
}

/**
 * runnel_series_get_range:
 * @self: a series
 * @value: which of the values of its items
 * @ret_min: (out): the smallest
 * @ret_max: (out): the largest
 *
 * Returns: %FALSE when no item has this value
 */
gboolean
runnel_series_get_range (RunnelSeries *self,
                         guint         value,
                         double       *ret_min,
                         double       *ret_max)
{
  g_return_val_if_fail (RUNNEL_IS_SERIES (self) && value < RUNNEL_DATUM_VALUES, FALSE);

  *ret_min = INFINITY;
  *ret_max = -INFINITY;
  for (guint i = 0; i < self->items->len; i++)
    {
      double number = runnel_series_get (self, i)->values[value];

      if (isnan (number))
        continue;
      *ret_min = MIN (*ret_min, number);
      *ret_max = MAX (*ret_max, number);
    }
  return *ret_min <= *ret_max;
}
