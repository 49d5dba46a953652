/* runnel-history-trends.h: how long each step took in the latest runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

#define RUNNEL_TREND_RUNS 10

/* The latest runs in which a step came to an end by itself, the newest last. */
typedef struct
{
  guint n_runs;
  struct
  {
    gint64 duration;   /* from its first attempt to its end, microseconds */
    RunnelState state; /* a terminal one */
  } runs[RUNNEL_TREND_RUNS];
} RunnelTrend;

gint64      runnel_trend_get_usual    (const RunnelTrend *self);

/* RunnelTrend by the id of the step. */
GHashTable *runnel_history_get_trends (RunnelHistory     *self,
                                       const char        *file,
                                       GError           **error);

G_END_DECLS
