/* runnel-run-forecast.h: what earlier runs tell of the steps of a pipeline, on its canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"
#include "designer/runs/runnel-run-monitor.h"
#include "history/runnel-history-service.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_FORECAST (runnel_run_forecast_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunForecast, runnel_run_forecast, RUNNEL, RUN_FORECAST, GObject)

RunnelRunForecast *runnel_run_forecast_new       (RunnelCanvas           *canvas,
                                                  RunnelHistoryService   *history);
void               runnel_run_forecast_set_file  (RunnelRunForecast      *self,
                                                  GFile                  *file);
void               runnel_run_forecast_reload    (RunnelRunForecast      *self);
void               runnel_run_forecast_show_step (RunnelRunForecast      *self,
                                                  const RunnelStepStatus *step,
                                                  const char             *text);
void               runnel_run_forecast_stop      (RunnelRunForecast      *self);

char              *runnel_run_forecast_describe  (gint64                  elapsed,
                                                  gint64                  usual);

G_END_DECLS
