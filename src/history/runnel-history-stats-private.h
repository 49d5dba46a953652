/* runnel-history-stats-private.h: what the files of the statistics share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-private.h"
#include "history/runnel-history-stats.h"

G_BEGIN_DECLS

/* A range of local hours. */
typedef struct
{
  gint64 first;
  gint64 end;   /* not in it */
} RunnelHours;

/* A row of the table. */
typedef struct
{
  gint64 id;
  char *name;
  char *file;
} RunnelStatsPipeline;

/* A question while it is answered. */
typedef struct
{
  RunnelHistory *history;
  const RunnelStatsQuery *query;
  GArray *pipelines;     /* of RunnelStatsPipeline */
  RunnelHours hours;
  RunnelStats *stats;
} RunnelStatsReader;

gboolean _runnel_stats_read_tallies (RunnelStatsReader  *self,
                                     GError            **error);
gboolean _runnel_stats_read_points  (RunnelStatsReader  *self,
                                     GError            **error);
gboolean _runnel_stats_read_grid    (RunnelStatsReader  *self,
                                     GError            **error);

G_END_DECLS
