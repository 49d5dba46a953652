/* runnel-chart-painter.h: marks and texts of charts on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "charts/runnel-gantt-style.h"

G_BEGIN_DECLS

/* Keeps what is drawn again and again: patterns, and texts that were laid out. Made anew when the
 * colours are others. A plain value on the heap. */
typedef struct _RunnelChartPainter RunnelChartPainter;

RunnelScheme             runnel_chart_get_scheme             (void);
RunnelChartPainter      *runnel_chart_painter_new            (GtkWidget             *widget);
void                     runnel_chart_painter_free           (RunnelChartPainter    *self);
void                     runnel_chart_painter_reset          (RunnelChartPainter    *self);
const RunnelChartColors *runnel_chart_painter_get_colors     (RunnelChartPainter    *self);
void                     runnel_chart_painter_fill           (RunnelChartPainter    *self,
                                                              GtkSnapshot           *snapshot,
                                                              double                 x,
                                                              double                 y,
                                                              double                 width,
                                                              double                 height,
                                                              guint32                color,
                                                              double                 alpha);
void                     runnel_chart_painter_outline        (RunnelChartPainter    *self,
                                                              GtkSnapshot           *snapshot,
                                                              const graphene_rect_t *bounds,
                                                              double                 width,
                                                              guint32                color);
void                     runnel_chart_painter_text           (RunnelChartPainter    *self,
                                                              GtkSnapshot           *snapshot,
                                                              const char            *text,
                                                              double                 x,
                                                              double                 middle,
                                                              double                 max_width,
                                                              gboolean               bold,
                                                              guint32                color);
double                   runnel_chart_painter_measure        (RunnelChartPainter    *self,
                                                              const char            *text);
void                     runnel_chart_painter_mark           (RunnelChartPainter    *self,
                                                              GtkSnapshot           *snapshot,
                                                              const graphene_rect_t *bounds,
                                                              guint                  look,
                                                              RunnelMark             mark,
                                                              gboolean               critical,
                                                              double                 alpha);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelChartPainter, runnel_chart_painter_free)

G_END_DECLS
