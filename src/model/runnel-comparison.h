/* runnel-comparison.h: two versions of a pipeline beside each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline-diff.h"

G_BEGIN_DECLS

/* What became of a step or a link, for drawing it. */
typedef enum
{
  RUNNEL_CHANGE_NONE,
  RUNNEL_CHANGE_ADDED,
  RUNNEL_CHANGE_REMOVED,
  RUNNEL_CHANGE_CHANGED,
  RUNNEL_CHANGE_MOVED,   /* only its place is another */
  RUNNEL_N_CHANGES
} RunnelChange;

typedef struct _RunnelComparison RunnelComparison;

RunnelComparison *runnel_comparison_new             (RunnelPipeline    *from,
                                                     RunnelPipeline    *to);
void              runnel_comparison_free            (RunnelComparison  *self);
/* Of RunnelDifference. */
GPtrArray        *runnel_comparison_get_differences (RunnelComparison  *self);
guint             runnel_comparison_count_work      (RunnelComparison  *self);
RunnelPipeline   *runnel_comparison_get_changed_part (RunnelComparison *self);
RunnelPipeline   *runnel_comparison_get_union       (RunnelComparison  *self);
RunnelChange      runnel_comparison_get_step_change (RunnelComparison  *self,
                                                     const char        *id);
RunnelChange      runnel_comparison_get_link_change (RunnelComparison  *self,
                                                     const char        *from,
                                                     const char        *to,
                                                     RunnelOn           on);
JsonNode         *runnel_comparison_to_json         (RunnelComparison  *self);
const char       *runnel_change_to_string           (RunnelChange       self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelComparison, runnel_comparison_free)

G_END_DECLS
