/* runnel-chart.c: a chart: axes, layers, and what they say as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/plots/runnel-chart-private.h"
#include "util/runnel-csv.h"

G_DEFINE_FINAL_TYPE (RunnelChart, runnel_chart, G_TYPE_OBJECT)

static void
legend_entry_clear (gpointer data)
{
  g_free (((RunnelChartLegendEntry *) data)->label);
}

static RunnelChartLayer *
get_layer (RunnelChart *self,
           guint        layer)
{
  return self->layers->pdata[layer];
}

static void
runnel_chart_finalize (GObject *object)
{
  RunnelChart *self = RUNNEL_CHART (object);

  g_free (self->title);
  g_free (self->description);
  g_free (self->empty_text);
  g_clear_pointer (&self->x_ticks, g_array_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->layers);
  g_array_unref (self->legend);
  g_strfreev (self->columns);
  G_OBJECT_CLASS (runnel_chart_parent_class)->finalize (object);
}

static void
runnel_chart_class_init (RunnelChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_chart_finalize;
}

static void
runnel_chart_init (RunnelChart *self)
{
  self->x = self->y = (RunnelScale) { RUNNEL_SCALE_NUMBER, 0, 1 };
  self->row_height = 24;
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_chart_layer_free);
  self->legend = g_array_new (FALSE, FALSE, sizeof (RunnelChartLegendEntry));
  g_array_set_clear_func (self->legend, legend_entry_clear);
}

/**
 * runnel_chart_new:
 * @title: what it is called
 * @description: a sentence on what it shows, for those who don't see it
 *
 * Returns: (transfer full): a chart without layers
 */
RunnelChart *
runnel_chart_new (const char *title,
                  const char *description)
{
  RunnelChart *self = g_object_new (RUNNEL_TYPE_CHART, NULL);

  self->title = g_strdup (title);
  self->description = g_strdup (description);
  return self;
}

const char *
runnel_chart_get_title (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  return self->title;
}

const char *
runnel_chart_get_description (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  return self->description;
}

const char *
runnel_chart_get_empty_text (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  return self->empty_text;
}

/**
 * runnel_chart_set_empty_text:
 * @self: a chart
 * @text: what to say in its place when it is empty
 */
void
runnel_chart_set_empty_text (RunnelChart *self,
                             const char  *text)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_free (self->empty_text);
  self->empty_text = g_strdup (text);
}

void
runnel_chart_set_x (RunnelChart *self,
                    RunnelScale  scale)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  self->x = scale;
}

/**
 * runnel_chart_set_x_ticks:
 * @self: a chart
 * @ticks: (transfer full) (element-type RunnelScaleTick): the labels of the horizontal axis in
 *   place of those of its scale; `part` of them is not looked at
 */
void
runnel_chart_set_x_ticks (RunnelChart *self,
                          GArray      *ticks)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_clear_pointer (&self->x_ticks, g_array_unref);
  self->x_ticks = ticks;
}

void
runnel_chart_set_y (RunnelChart *self,
                    RunnelScale  scale)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  self->y = scale;
}

/**
 * runnel_chart_add_row:
 * @self: a chart
 * @label: what stands before the row
 *
 * With rows the vertical axis has no scale.
 */
void
runnel_chart_add_row (RunnelChart *self,
                      const char  *label)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_ptr_array_add (self->rows, g_strdup (label));
}

gboolean
runnel_chart_has_rows (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), FALSE);

  return self->rows->len > 0;
}

void
runnel_chart_set_row_height (RunnelChart *self,
                             double       height)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  self->row_height = height;
}

/**
 * runnel_chart_set_column_width:
 * @self: a chart
 * @width: how wide a cell may get; 0 for as wide as there is room
 */
void
runnel_chart_set_column_width (RunnelChart *self,
                               double       width)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  self->column_width = width;
}

/**
 * runnel_chart_take_layer:
 * @self: a chart
 * @layer: (transfer full): what is drawn over the layers that are there
 */
void
runnel_chart_take_layer (RunnelChart      *self,
                         RunnelChartLayer *layer)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_ptr_array_add (self->layers, layer);
}

/**
 * runnel_chart_add_key:
 * @self: a chart
 * @key: what stands for something in the chart
 * @ink: what with
 * @label: what it stands for
 *
 * Adds to the legend.
 */
void
runnel_chart_add_key (RunnelChart    *self,
                      RunnelChartKey  key,
                      RunnelChartInk  ink,
                      const char     *label)
{
  const RunnelChartLegendEntry entry = { key, ink, g_strdup (label) };

  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_array_append_val (self->legend, entry);
}

void
runnel_chart_set_columns (RunnelChart       *self,
                          const char *const *titles)
{
  g_return_if_fail (RUNNEL_IS_CHART (self));

  g_strfreev (self->columns);
  self->columns = g_strdupv ((GStrv) titles);
}

const char *const *
runnel_chart_get_columns (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  return (const char *const *) self->columns;
}

/* Several layers may draw one series. */
static gboolean
is_seen_before (RunnelChart *self,
                guint        layer)
{
  for (guint i = 0; i < layer; i++)
    if (get_layer (self, i)->series == get_layer (self, layer)->series)
      return TRUE;
  return FALSE;
}

/**
 * runnel_chart_list_items:
 * @self: a chart
 *
 * Returns: (transfer full): all items that have a row in the table, a list of RunnelDatum
 */
GListModel *
runnel_chart_list_items (RunnelChart *self)
{
  GListStore *items = g_list_store_new (RUNNEL_TYPE_DATUM);

  g_return_val_if_fail (RUNNEL_IS_CHART (self), NULL);

  for (guint layer = 0; layer < self->layers->len; layer++)
    {
      RunnelSeries *series = get_layer (self, layer)->series;

      for (guint i = 0; !is_seen_before (self, layer) && i < runnel_series_get_n (series); i++)
        if (runnel_series_get (series, i)->cells != NULL)
          g_list_store_append (items, runnel_series_get (series, i));
    }
  return G_LIST_MODEL (items);
}

gboolean
runnel_chart_is_empty (RunnelChart *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART (self), TRUE);

  for (guint i = 0; i < self->layers->len; i++)
    if (runnel_series_get_n (get_layer (self, i)->series) > 0)
      return FALSE;
  return TRUE;
}

/**
 * runnel_chart_to_csv:
 * @self: a chart with columns
 *
 * Returns: (transfer full): its table for spreadsheets
 */
char *
runnel_chart_to_csv (RunnelChart *self)
{
  g_autoptr(GListModel) items = runnel_chart_list_items (self);
  GString *csv = g_string_new (NULL);

  runnel_csv_append_row (csv, (const char *const *) self->columns);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(RunnelDatum) datum = g_list_model_get_item (items, i);

      runnel_csv_append_row (csv, (const char *const *) datum->cells);
    }
  return g_string_free (csv, FALSE);
}

/**
 * runnel_chart_draw:
 * @self: a chart
 * @pen: what to draw with
 * @scheme: its colours
 * @width: how large it is to be
 * @height: how large it is to be
 *
 * Draws axes, layers and legend; the background is left to others.
 */
void
runnel_chart_draw (RunnelChart  *self,
                   RunnelPen    *pen,
                   RunnelScheme  scheme,
                   double        width,
                   double        height)
{
  RunnelChartFrame frame;

  g_return_if_fail (RUNNEL_IS_CHART (self));

  frame = _runnel_chart_lay_out (self, pen->glyphs, scheme, width, height);
  frame.pen = pen;
  _runnel_chart_draw_axes (self, &frame);
  for (guint i = 0; i < self->layers->len; i++)
    get_layer (self, i)->klass->draw (get_layer (self, i), &frame);
  _runnel_chart_draw_legend (self, &frame, width, height);
}
