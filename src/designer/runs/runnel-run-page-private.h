/* runnel-run-page-private.h: what the parts of the run page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/charts/runnel-gantt-pane.h"
#include "designer/charts/runnel-timing-maker.h"
#include "designer/logs/runnel-log-bundle.h"
#include "designer/runs/runnel-approval-bar.h"
#include "designer/runs/runnel-rerunner.h"
#include "designer/runs/runnel-run-canvas.h"
#include "designer/runs/runnel-run-details.h"
#include "designer/runs/runnel-run-monitor.h"
#include "designer/runs/runnel-run-page.h"
#include "designer/runs/runnel-state-label.h"
#include "designer/runs/runnel-step-bar.h"
#include "designer/runs/runnel-step-panel.h"
#include "designer/runs/runnel-time-scrubber.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

typedef struct _RunnelRunLine RunnelRunLine;

struct _RunnelRunPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  RunnelStateLabel *state_label;
  GtkLabel *facts_label;
  GtkLabel *parameters_label;
  RunnelApprovalBar *approval_bar;
  GtkStack *views;
  RunnelGanttPane *gantt_pane;
  RunnelRunCanvas *canvas;
  RunnelRunDetails *details;
  RunnelTimeScrubber *scrubber;
  RunnelStepBar *step_bar;
  RunnelStepPanel *panel;
  GtkButton *pause_button;
  GtkButton *resume_button;

  /* Borrowed references */
  RunnelGantt *gantt;           /* of the pane */

  /* Owned references */
  GCancellable *cancellable;
  RunnelRunMonitor *monitor;    /* while the run goes on */
  char *text;                   /* the pipeline as it ran; NULL until read */
  RunnelPipeline *pipeline;     /* the same; NULL also when it can't be understood */
  RunnelRunRecord *record;
  GPtrArray *steps;             /* of RunnelStepRecord */
  GPtrArray *family;            /* of RunnelInnerRun: the runs of its subpipelines */
  GPtrArray *artifacts;         /* of RunnelArtifactRecord; NULL until read */
  RunnelTimingMaker *timing_maker;
  GSimpleAction *stop_action;
  GSimpleAction *roll_back_action;
  RunnelRerunner *rerunner;
  RunnelLogBundle *bundle;      /* the logs of all steps; NULL until they are wanted */

  RunnelRunLine *wanted_line;   /* to be shown when the run is loaded; or NULL */
  char *details_version;        /* of what the details show */

  gint64 run;
  guint shown_attempt;          /* of the selected step, in the log; 0 = the last */
  guint reload_timeout;
  gboolean updating;            /* the table of legs */
};

void        _runnel_run_page_actions_init      (RunnelRunPage *self);
void        _runnel_run_page_details_init      (RunnelRunPage *self);
void        _runnel_run_page_update_details    (RunnelRunPage *self);
void        _runnel_run_page_time_init         (RunnelRunPage *self);
void        _runnel_run_page_update_time       (RunnelRunPage *self);
guint       _runnel_run_page_get_attempt       (RunnelRunPage *self);
void        _runnel_run_page_show_log          (RunnelRunPage *self);
void        _runnel_run_page_place_log         (RunnelRunPage *self);
void        _runnel_run_page_message_cb        (RunnelRunPage *self,
                                                const char    *text);
void        _runnel_run_page_load              (RunnelRunPage *self);
void        _runnel_run_page_begin             (RunnelRunPage *self);
void        _runnel_run_page_show              (RunnelRunPage *self,
                                                RunnelTiming  *timing);
void        _runnel_run_page_show_wanted_line  (RunnelRunPage *self);
void        _runnel_run_line_free              (RunnelRunLine *self);
void        _runnel_run_page_show_error        (RunnelRunPage *self,
                                                const GError  *error);
gboolean    _runnel_run_page_is_over           (RunnelRunPage *self);
const char *_runnel_run_page_get_selected_id   (RunnelRunPage *self);
void        _runnel_run_page_update_step_holds (RunnelRunPage *self);
void        _runnel_run_page_selected_cb       (RunnelRunPage *self);
void        _runnel_run_page_canvas_selected_cb (RunnelRunPage *self);
void        _runnel_run_page_chosen_cb         (RunnelRunPage *self);
void        _runnel_run_page_leg_selected_cb   (RunnelRunPage *self);
void        _runnel_run_page_step_activated_cb (RunnelRunPage *self,
                                                const char    *id,
                                                guint          attempt);

G_END_DECLS
