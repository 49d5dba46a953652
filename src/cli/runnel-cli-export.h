/* runnel-cli-export.h: what `runnel export` and `runnel import` share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"
#include "interchange/runnel-export.h"

G_BEGIN_DECLS

const RunnelTarget *runnel_cli_find_target  (const char          *name,
                                             gboolean             to_export,
                                             GError             **error);
int                 runnel_cli_export_check (RunnelPipeline      *pipeline,
                                             const char          *path,
                                             GPtrArray           *targets,
                                             const RunnelExportOptions *options,
                                             gboolean             as_json,
                                             GError             **error);

G_END_DECLS
