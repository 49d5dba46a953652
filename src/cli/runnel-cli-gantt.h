/* runnel-cli-gantt.h: what the parts of `runnel gantt` share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"
#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

JsonNode *runnel_cli_timing_to_json      (const RunnelGanttTree  *tree);
JsonNode *runnel_cli_timing_diff_to_json (const RunnelTimingDiff *diff);

G_END_DECLS
