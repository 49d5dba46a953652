/* runnel-cli-compare.h: draws two versions of a pipeline in one picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-comparison.h"

G_BEGIN_DECLS

gboolean runnel_cli_draw_comparison (RunnelComparison *comparison,
                                     const char       *path,
                                     GError          **error);

G_END_DECLS
