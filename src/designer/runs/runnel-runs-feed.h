/* runnel-runs-feed.h: keeps a list of runs as the history has it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runs/runnel-run-query.h"
#include "designer/runs/runnel-runs-model.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUNS_FEED (runnel_runs_feed_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunsFeed, runnel_runs_feed, RUNNEL, RUNS_FEED, GObject)

/* Signals:
 *   "found" (gboolean is_other)   the list is what the query wants; for the first time since that
 *                                 was another one, or only anew
 *   "failed" (const char *text)   why the history can't be read
 *   "tick" ()                     a second has passed */

RunnelRunsFeed  *runnel_runs_feed_new        (RunnelHistoryService *history,
                                              RunnelRunQuery       *query);
RunnelRunsModel *runnel_runs_feed_get_model  (RunnelRunsFeed       *self);
RunnelRunLoader *runnel_runs_feed_get_loader (RunnelRunsFeed       *self);
gint64           runnel_runs_feed_get_n_all  (RunnelRunsFeed       *self);
void             runnel_runs_feed_start      (RunnelRunsFeed       *self);
void             runnel_runs_feed_stop       (RunnelRunsFeed       *self);
void             runnel_runs_feed_refresh    (RunnelRunsFeed       *self);

G_END_DECLS
