/* runnel-series.h: items of a chart that belong together, as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-datum.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_SERIES (runnel_series_get_type ())
G_DECLARE_FINAL_TYPE (RunnelSeries, runnel_series, RUNNEL, SERIES, GObject)

/* A GListModel of RunnelDatum, the horizontal axis ascending. */

RunnelSeries *runnel_series_new       (void);
void          runnel_series_take      (RunnelSeries *self,
                                       RunnelDatum  *datum);
guint         runnel_series_get_n     (RunnelSeries *self);
RunnelDatum  *runnel_series_get       (RunnelSeries *self,
                                       guint         position);
gboolean      runnel_series_get_range (RunnelSeries *self,
                                       guint         value,
                                       double       *ret_min,
                                       double       *ret_max);

G_END_DECLS
