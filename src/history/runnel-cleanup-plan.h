/* runnel-cleanup-plan.h: what would go if the history were cleaned now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-cleanup-status.h"
#include "history/runnel-history-orphans.h"
#include "history/runnel-retention.h"
#include "history/runnel-run-size.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelHistorySize size; /* at present */
  GArray *runs;           /* of RunnelRetentionRun, the latest first */
  GStringChunk *strings;
  guint n_going;          /* without those inside others */
  guint n_inner_going;
  gint64 database;        /* bytes that would go, roughly */
  gint64 logs;
  gint64 artifacts;
  guint64 cache;          /* bytes that cached results take ... */
  guint64 cache_max;      /* ... and may take; what is above would go */
  GPtrArray *orphans;     /* of RunnelOrphan; they stay unless somebody asks for it */
  gint64 n_unused_rows;
  RunnelCleanupStatus last; /* when it was done last */
} RunnelCleanupPlan;

RunnelCleanupPlan *runnel_cleanup_plan_new  (RunnelHistory      *history,
                                             RunnelRetention    *policy,
                                             const char         *pipeline,
                                             GCancellable       *cancellable,
                                             GError            **error);
void               runnel_cleanup_plan_free (RunnelCleanupPlan  *self);
guint              runnel_cleanup_plan_count_held (RunnelCleanupPlan   *self,
                                                   RunnelRetentionHold  hold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCleanupPlan, runnel_cleanup_plan_free)

G_END_DECLS
