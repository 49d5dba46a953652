/* runnel-validate-private.h: the parts of validation
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline-private.h"

G_BEGIN_DECLS

void _runnel_validate_graph (RunnelPipeline    *pipeline,
                             RunnelDiagnostics *diagnostics);
void _runnel_validate_kind  (RunnelJsonSlice    body,
                             const char        *path,
                             const char        *step,
                             RunnelDiagnostics *diagnostics);

G_END_DECLS
