/* runnel-chart.h: a chart: axes, layers, and what they say as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/plots/runnel-chart-layer.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHART (runnel_chart_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChart, runnel_chart, RUNNEL, CHART, GObject)

/* An item of a layer. */
typedef struct
{
  guint layer; /* %RUNNEL_NO_HIT = none */
  guint item;
} RunnelChartPlace;

#define RUNNEL_CHART_NOWHERE ((RunnelChartPlace) { RUNNEL_NO_HIT, RUNNEL_NO_HIT })

/* A line of the legend. */
typedef enum
{
  RUNNEL_KEY_AREA,
  RUNNEL_KEY_LINE,
  RUNNEL_KEY_BAND,
  RUNNEL_KEY_OUTLIER,
  RUNNEL_KEY_FAILURE,
} RunnelChartKey;

RunnelChart      *runnel_chart_new             (const char         *title,
                                                const char         *description);
const char       *runnel_chart_get_title       (RunnelChart        *self);
const char       *runnel_chart_get_description (RunnelChart        *self);
const char       *runnel_chart_get_empty_text  (RunnelChart        *self);
void              runnel_chart_set_empty_text  (RunnelChart        *self,
                                                const char         *text);
void              runnel_chart_set_x           (RunnelChart        *self,
                                                RunnelScale         scale);
void              runnel_chart_set_x_ticks     (RunnelChart        *self,
                                                GArray             *ticks);
void              runnel_chart_set_y           (RunnelChart        *self,
                                                RunnelScale         scale);
void              runnel_chart_add_row         (RunnelChart        *self,
                                                const char         *label);
gboolean          runnel_chart_has_rows        (RunnelChart        *self);
void              runnel_chart_set_row_height  (RunnelChart        *self,
                                                double              height);
void              runnel_chart_set_column_width (RunnelChart       *self,
                                                double              width);
void              runnel_chart_take_layer      (RunnelChart        *self,
                                                RunnelChartLayer   *layer);
void              runnel_chart_add_key         (RunnelChart        *self,
                                                RunnelChartKey      key,
                                                RunnelChartInk      ink,
                                                const char         *label);
void              runnel_chart_set_columns     (RunnelChart        *self,
                                                const char *const  *titles);
const char *const *runnel_chart_get_columns    (RunnelChart        *self);
GListModel       *runnel_chart_list_items      (RunnelChart        *self);
gboolean          runnel_chart_is_empty        (RunnelChart        *self);
char             *runnel_chart_to_csv          (RunnelChart        *self);

double            runnel_chart_get_height      (RunnelChart        *self);
void              runnel_chart_draw            (RunnelChart        *self,
                                                RunnelPen          *pen,
                                                RunnelScheme        scheme,
                                                double              width,
                                                double              height);
RunnelDatum      *runnel_chart_get_datum       (RunnelChart        *self,
                                                RunnelChartPlace    place);
RunnelChartPlace  runnel_chart_find            (RunnelChart        *self,
                                                RunnelGlyphs       *glyphs,
                                                double width, double height,
                                                double x, double    y);
RunnelBox         runnel_chart_get_box         (RunnelChart        *self,
                                                RunnelGlyphs       *glyphs,
                                                double width, double height,
                                                RunnelChartPlace    place);
RunnelChartPlace  runnel_chart_move            (RunnelChart        *self,
                                                RunnelChartPlace    place,
                                                int                 right,
                                                int                 down);

G_END_DECLS
