/* runnel-plan-legs.h: the legs of a matrix step, as far as starting them goes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Legs are numbered from 1, and the lower ones start first. */
typedef struct _RunnelPlanLegs RunnelPlanLegs;

RunnelPlanLegs *_runnel_plan_legs_new       (guint           n_legs,
                                             guint           max_parallel);
void            _runnel_plan_legs_free      (RunnelPlanLegs *self);
gboolean        _runnel_plan_legs_may_start (RunnelPlanLegs *self);
guint           _runnel_plan_legs_peek      (RunnelPlanLegs *self);
guint           _runnel_plan_legs_take      (RunnelPlanLegs *self);
void            _runnel_plan_legs_rest      (RunnelPlanLegs *self,
                                             guint           leg);
void            _runnel_plan_legs_put_back  (RunnelPlanLegs *self,
                                             guint           leg);
void            _runnel_plan_legs_finish    (RunnelPlanLegs *self,
                                             guint           leg);

G_END_DECLS
