/* runnel-check-pools.h: finds pools that are not there, or are too small
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

void runnel_check_pools (RunnelPipeline    *pipeline,
                         RunnelDiagnostics *diagnostics);

G_END_DECLS
