/* runnel-status-explain.h: why a step of a run that is watched is what it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runs/runnel-run-monitor.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

char *runnel_status_explain (RunnelRunMonitor *monitor,
                             RunnelPipeline   *pipeline,
                             const char       *id);

G_END_DECLS
