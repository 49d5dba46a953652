/* runnel-runs-model.h: the runs that pass a filter, as a list with a selection
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-loader.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUNS_MODEL (runnel_runs_model_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunsModel, runnel_runs_model, RUNNEL, RUNS_MODEL, GObject)

/* A GListModel of RunnelRunItem that holds no more than the numbers of the runs, and a
 * GtkSelectionModel whose selection belongs to runs: it stays with them wherever they go. */

RunnelRunsModel *runnel_runs_model_new          (RunnelRunLoader *loader);
void             runnel_runs_model_set_runs     (RunnelRunsModel *self,
                                                 const gint64    *runs,
                                                 guint            n_runs);
gint64           runnel_runs_model_get_run      (RunnelRunsModel *self,
                                                 guint            position);
guint            runnel_runs_model_find_run     (RunnelRunsModel *self,
                                                 gint64           run);
GArray          *runnel_runs_model_get_selected (RunnelRunsModel *self);
guint            runnel_runs_model_n_selected   (RunnelRunsModel *self);

G_END_DECLS
