/* runnel-plan-pool.h: slots that only so many steps have at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-heap.h"

G_BEGIN_DECLS

/* Who has slots. */
typedef struct
{
  guint32 step;
  guint32 leg; /* 0 = the step itself */
  guint slots;
} RunnelPlanHolder;

/* The slots are given in the order of urgency: a step that needs many is not passed over for
 * ever by those that need few. */
typedef struct
{
  char *name;
  guint size;
  guint taken;
  RunnelHeap *waiting; /* ranks of steps that wait for slots */
  GArray *holders;     /* of RunnelPlanHolder, in the order in which they got theirs */
} RunnelPlanPool;

RunnelPlanPool *_runnel_plan_pool_new       (const char     *name,
                                             guint           size);
void            _runnel_plan_pool_free      (RunnelPlanPool *self);
gboolean        _runnel_plan_pool_has_room  (RunnelPlanPool *self,
                                             guint           slots);
void            _runnel_plan_pool_take      (RunnelPlanPool *self,
                                             guint           step,
                                             guint           leg,
                                             guint           slots);
gboolean        _runnel_plan_pool_give_back (RunnelPlanPool *self,
                                             guint           step,
                                             guint           leg);

G_END_DECLS
