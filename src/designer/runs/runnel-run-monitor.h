/* runnel-run-monitor.h: one run as the application sees it, live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "designer/canvas/runnel-legs.h"
#include "engine/runnel-added-step.h"
#include "engine/runnel-state.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_MONITOR (runnel_run_monitor_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunMonitor, runnel_run_monitor, RUNNEL, RUN_MONITOR, GObject)

/* What is known of one step. */
typedef struct
{
  char *id;
  RunnelState state;
  guint attempt;   /* the newest; 0 = none yet */
  char *reason;    /* or NULL */
  char *cause;     /* why it was started, or NULL */
  gboolean tolerated;
  gboolean asks;   /* it is an approval: an attempt of it that waits, waits for a person */
  gint64 started;  /* the first attempt; microseconds since 1970, 0 = not yet */
  gint64 finished;
  int exit_code;   /* of the newest attempt, -1 = none */
  RunnelRole role;
  char *parent;    /* id of the step that this one belongs to, or NULL */
  char *name;      /* of an added step: its title, or NULL */
  JsonObject *matrix; /* of a leg: its values by axis, or NULL */
  RunnelLegs legs; /* of a step with a matrix: how its legs stand */
} RunnelStepStatus;

/* Signals:
 *   "step-changed" (const char *id)   its status is another one now
 *   "changed" ()                      state or progress of the run
 *   "finished" (int state)            once, last: a RunnelState
 *   "refused" (const char *message)   the run did not do what was asked of it */

gboolean                runnel_step_status_is_frozen     (const RunnelStepStatus *self);

RunnelRunMonitor       *runnel_run_monitor_new           (gint64            run);
gint64                  runnel_run_monitor_get_run       (RunnelRunMonitor *self);
gboolean                runnel_run_monitor_is_finished   (RunnelRunMonitor *self);
const RunnelStepStatus *runnel_run_monitor_get_step      (RunnelRunMonitor *self,
                                                          const char       *id);
void                    runnel_run_monitor_foreach_step  (RunnelRunMonitor *self,
                                                          void            (*visit) (const RunnelStepStatus *step,
                                                                                    gpointer                user_data),
                                                          gpointer          user_data);
const RunnelStepStatus *runnel_run_monitor_find_question (RunnelRunMonitor *self);
double                  runnel_run_monitor_get_progress  (RunnelRunMonitor *self);
const char             *runnel_run_monitor_get_hold      (RunnelRunMonitor *self);
gboolean                runnel_run_monitor_is_paused     (RunnelRunMonitor *self);
void                    runnel_run_monitor_set_paused    (RunnelRunMonitor *self,
                                                          gboolean          paused);
void                    runnel_run_monitor_set_frozen    (RunnelRunMonitor *self,
                                                          const char       *id,
                                                          gboolean          frozen);
char                   *runnel_run_monitor_get_log_path  (RunnelRunMonitor *self,
                                                          const char       *id,
                                                          guint             attempt);
void                    runnel_run_monitor_cancel        (RunnelRunMonitor *self);
void                    runnel_run_monitor_answer        (RunnelRunMonitor *self,
                                                          const char       *id,
                                                          gboolean          approved,
                                                          const char       *comment);

G_END_DECLS
