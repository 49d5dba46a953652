/* runnel-plan.h: decides what may start; knows no processes, files or clocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* The state of one run over an immutable pipeline. Deterministic: of the steps that
 * may start, first the higher priority, then the longer remaining path, then the
 * order in the file. */
typedef struct _RunnelPlan RunnelPlan;

RunnelPlan *runnel_plan_new          (RunnelPipeline *pipeline,
                                      GError        **error);   /* refuses cycles and unknown steps */
void        runnel_plan_free         (RunnelPlan     *self);
/* Takes the most urgent step that may start; it is then in hand until finished. */
gboolean    runnel_plan_next         (RunnelPlan     *self,
                                      guint          *ret_step);
/* Puts a step back that could not start after all. */
void        runnel_plan_put_back     (RunnelPlan     *self,
                                      guint           step);
/* Tells the plan how a step in hand ended. `tolerated`: a failure that counts as success for its links. */
void        runnel_plan_finish       (RunnelPlan     *self,
                                      guint           step,
                                      RunnelState     outcome,
                                      gboolean        tolerated);
/* Steps that became ready, or were skipped because their links can no longer fire, since
 * the last call; in the order in which it was decided. */
gboolean    runnel_plan_take_ready   (RunnelPlan     *self,
                                      guint          *ret_step);
gboolean    runnel_plan_take_skipped (RunnelPlan     *self,
                                      guint          *ret_step,
                                      char          **ret_reason);
/* Nothing starts any more; what is not in hand is cancelled. */
void        runnel_plan_cancel       (RunnelPlan     *self);
RunnelState runnel_plan_get_state    (RunnelPlan     *self,
                                      guint           step);
gboolean    runnel_plan_is_done      (RunnelPlan     *self);
/* How the run as a whole ends, once done: a failure counts unless it is tolerated or
 * handled by a fallback that succeeded. */
RunnelState runnel_plan_get_outcome  (RunnelPlan     *self);
gboolean    runnel_plan_is_handled   (RunnelPlan     *self,
                                      guint           step);
gboolean    runnel_plan_status       (RunnelPlan     *self,      /* success(), failure() of a step's direct needs */
                                      guint           step,
                                      const char     *function);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPlan, runnel_plan_free)

G_END_DECLS
