/* runnel-run-canvas.h: a pipeline as it ran, on the canvas, with the states of its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/canvas/runnel-canvas.h"
#include "history/runnel-history.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_CANVAS (runnel_run_canvas_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunCanvas, runnel_run_canvas, RUNNEL, RUN_CANVAS, GtkWidget)

/* Signal "selection-changed" (): another step is selected. */

GtkWidget    *runnel_run_canvas_new           (void);
RunnelCanvas *runnel_run_canvas_get_canvas    (RunnelRunCanvas       *self);
void          runnel_run_canvas_set_pipeline  (RunnelRunCanvas       *self,
                                               RunnelPipeline        *pipeline);
void          runnel_run_canvas_set_run       (RunnelRunCanvas       *self,
                                               const RunnelRunRecord *run,
                                               GPtrArray             *steps);
gint64        runnel_run_canvas_get_end       (RunnelRunCanvas       *self);
void          runnel_run_canvas_set_time      (RunnelRunCanvas       *self,
                                               gint64                 time);
gint64        runnel_run_canvas_find_next     (RunnelRunCanvas       *self,
                                               gint64                 time,
                                               gboolean               backwards);
guint         runnel_run_canvas_get_attempt   (RunnelRunCanvas       *self,
                                               const char            *id);
char         *runnel_run_canvas_get_selection (RunnelRunCanvas       *self);
void          runnel_run_canvas_set_selection (RunnelRunCanvas       *self,
                                               const char            *id);

G_END_DECLS
