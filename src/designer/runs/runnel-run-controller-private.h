/* runnel-run-controller-private.h: what the parts of the run controller share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/logs/runnel-log-bundle.h"
#include "designer/runs/runnel-approval-bar.h"
#include "designer/runs/runnel-rerunner.h"
#include "designer/runs/runnel-run-controller.h"
#include "designer/runs/runnel-run-forecast.h"
#include "designer/runs/runnel-run-monitor.h"
#include "designer/runs/runnel-state-label.h"
#include "designer/runs/runnel-step-panel.h"

G_BEGIN_DECLS

struct _RunnelRunController
{
  GObject parent_instance;

  /* Borrowed references: the page owns this object */
  RunnelPage *page;
  RunnelCanvas *canvas;

  /* Owned references */
  RunnelStepPanel *panel;       /* the log of the selected step */
  RunnelApprovalBar *approval_bar;
  RunnelRunMonitor *monitor;    /* of the run shown, over or not; NULL before the first */
  GSignalGroup *monitor_signals;
  RunnelRunForecast *forecast;
  RunnelRerunner *rerunner;
  RunnelLogBundle *bundle;      /* the logs of all steps of the run; NULL until they are wanted */
  GSimpleAction *run_action;
  GSimpleAction *stop_action;
  GCancellable *cancellable;
  JsonObject *last_parameters;
  RunnelRerunVerb verb;         /* the part to run once the parameters are known */
  char *verb_step;

  guint legs_timeout;           /* source id: the table of legs is out of date */
  guint starting : 1;
  guint updating : 1;           /* the table of legs */
};

/* runnel-run-controller-log.c */
void  _runnel_run_controller_log_init      (RunnelRunController    *self);
void  _runnel_run_controller_update_log    (RunnelRunController    *self);
void  _runnel_run_controller_queue_legs    (RunnelRunController    *self);
void  _runnel_run_controller_add_log       (RunnelRunController    *self,
                                            const RunnelStepStatus *step);
void  _runnel_run_controller_forget_logs   (RunnelRunController    *self);
char *_runnel_run_controller_get_selected  (RunnelRunController    *self);

G_END_DECLS
