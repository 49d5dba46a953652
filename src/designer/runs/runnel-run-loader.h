/* runnel-run-loader.h: reads of the history what rows show of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runs/runnel-run-item.h"
#include "history/runnel-history-service.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_LOADER (runnel_run_loader_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunLoader, runnel_run_loader, RUNNEL, RUN_LOADER, GObject)

/* Records that are kept when no row shows them, so that scrolling back shows them at once. */
#define RUNNEL_RUN_LOADER_KEPT 1000

RunnelRunLoader *runnel_run_loader_new          (RunnelHistoryService *history);
RunnelRunItem   *runnel_run_loader_get_item     (RunnelRunLoader      *self,
                                                 gint64                run);
void             runnel_run_loader_show         (RunnelRunLoader      *self,
                                                 RunnelRunItem        *item);
void             runnel_run_loader_hide         (RunnelRunLoader      *self,
                                                 RunnelRunItem        *item);
void             runnel_run_loader_reload_active (RunnelRunLoader     *self);
void             runnel_run_loader_reload       (RunnelRunLoader      *self);

G_END_DECLS
