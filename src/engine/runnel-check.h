/* runnel-check.h: finds what would go wrong in a run before it is started
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

void runnel_check_pipeline (RunnelPipeline    *pipeline,
                            RunnelDiagnostics *diagnostics);

G_END_DECLS
