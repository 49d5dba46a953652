/* runnel-run-controller.h: runs the pipeline of an editor page and shows how it goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"
#include "designer/logs/runnel-log-view.h"
#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_CONTROLLER (runnel_run_controller_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunController, runnel_run_controller, RUNNEL, RUN_CONTROLLER, GObject)

/* Adds the actions "run" and "stop" to those of its page, shows states on the canvas and
 * progress in the header bar, and keeps the log of the selected step in its panel.
 *
 * Signals:
 *   "show-log" ()               there is a log a person should see now
 *   "starting" ()               what is being typed must be in the document now
 *   "run-ended" (gint64 run, const char *text)  the text tells how
 *   "message" (const char *text)  for a toast */

RunnelRunController *runnel_run_controller_new              (RunnelPage          *page,
                                                             RunnelCanvas        *canvas);
gint64               runnel_run_controller_get_run          (RunnelRunController *self);
GtkWidget           *runnel_run_controller_get_step_panel   (RunnelRunController *self);
RunnelLogView       *runnel_run_controller_get_log_view     (RunnelRunController *self);
GtkWidget           *runnel_run_controller_get_approval_bar (RunnelRunController *self);

G_END_DECLS
