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

/* What the plan decided by itself about a step. */
typedef struct
{
  guint step;
  RunnelState state; /* queued: it may start; skipped, succeeded (bypassed) or cancelled: it is over */
  char *reason;      /* (transfer full): a sentence for people, or NULL */
} RunnelPlanChange;

/* A step, or one leg of its matrix. */
typedef struct
{
  guint step;
  guint leg; /* from 1; 0 = the step itself */
} RunnelPlanItem;

/* Whether a step that has the slots it wants of the pipeline's pool may start as far as others are
 * concerned. If not, `ret_reason` (transfer full) is a sentence that says for whom it has to wait,
 * and it is asked again after runnel_plan_wake_pools(). */
typedef gboolean (*RunnelPlanGate) (const RunnelPlanItem *item,
                                    const char           *pool,
                                    guint                 slots,
                                    char                **ret_reason,
                                    gpointer              user_data);

/* What is decided of a step before the plan begins. */
typedef struct
{
  RunnelState state;  /* terminal: it is over from the beginning, and does not count for the outcome;
                       * pending: the plan decides */
  gboolean tolerated;
  gboolean satisfies; /* every link from it fires */
  gboolean starts;    /* it starts whatever its links say, which are all from steps that are over */
} RunnelPlanPreset;

RunnelPlan *runnel_plan_new_preset  (RunnelPipeline         *pipeline,
                                     const RunnelPlanPreset *presets,
                                     GError                **error);
RunnelPlan *runnel_plan_new         (RunnelPipeline   *pipeline,
                                     GError          **error);
void        runnel_plan_free        (RunnelPlan       *self);
gboolean    runnel_plan_take_change (RunnelPlan       *self,
                                     RunnelPlanChange *ret_change);
gboolean    runnel_plan_next        (RunnelPlan       *self,
                                     gboolean          has_job,
                                     RunnelPlanItem   *ret_item);
gboolean    runnel_plan_take_delay  (RunnelPlan       *self,
                                     RunnelPlanItem   *ret_item,
                                     char            **ret_reason);
void        runnel_plan_put_back    (RunnelPlan       *self,
                                     guint             step);
void        runnel_plan_rest        (RunnelPlan       *self,
                                     guint             step,
                                     guint             leg);
void        runnel_plan_expand      (RunnelPlan       *self,
                                     guint             step,
                                     guint             n_legs,
                                     guint             max_parallel);
void        runnel_plan_put_back_leg (RunnelPlan      *self,
                                     guint             step,
                                     guint             leg);
void        runnel_plan_finish_leg  (RunnelPlan       *self,
                                     guint             step,
                                     guint             leg);
void        runnel_plan_set_gate    (RunnelPlan       *self,
                                     RunnelPlanGate    gate,
                                     gpointer          user_data);
void        runnel_plan_wake_pools  (RunnelPlan       *self);
void        runnel_plan_finish      (RunnelPlan       *self,
                                     guint             step,
                                     RunnelState       outcome,
                                     gboolean          tolerated);
void        runnel_plan_cancel      (RunnelPlan       *self);
RunnelState runnel_plan_get_state   (RunnelPlan       *self,
                                     guint             step);
gboolean    runnel_plan_is_done     (RunnelPlan       *self);
RunnelState runnel_plan_get_outcome (RunnelPlan       *self);
gboolean    runnel_plan_is_handled  (RunnelPlan       *self,
                                     guint             step);
gboolean    runnel_plan_get_status  (RunnelPlan       *self,
                                     guint             step,
                                     const char       *function);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPlan, runnel_plan_free)

G_END_DECLS
