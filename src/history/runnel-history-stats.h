/* runnel-history-stats.h: what there was of a pipeline, or of all, in a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-stats.h"

G_BEGIN_DECLS

RunnelStats *runnel_history_get_stats (RunnelHistory          *self,
                                       const RunnelStatsQuery *query,
                                       GError                **error);

G_END_DECLS
