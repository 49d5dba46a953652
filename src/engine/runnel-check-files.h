/* runnel-check-files.h: follows pipelines into the files of those that they run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-diagnostic.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

void runnel_check_files (RunnelPipeline    *pipeline,
                         const char        *file,
                         RunnelDiagnostics *diagnostics);

G_END_DECLS
