/* runnel-plan-pool.c: slots that only so many steps have at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-plan-pool.h"

RunnelPlanPool *
_runnel_plan_pool_new (const char *name, guint size)
{
  RunnelPlanPool *self = g_new0 (RunnelPlanPool, 1);

  self->name = g_strdup (name);
  self->size = size;
  self->waiting = runnel_heap_new ();
  self->holders = g_array_new (FALSE, FALSE, sizeof (RunnelPlanHolder));
  return self;
}

void
_runnel_plan_pool_free (RunnelPlanPool *self)
{
  g_array_unref (self->waiting);
  g_array_unref (self->holders);
  g_free (self->name);
  g_free (self);
}

gboolean
_runnel_plan_pool_has_room (RunnelPlanPool *self, guint slots)
{
  return slots <= self->size - self->taken;
}

void
_runnel_plan_pool_take (RunnelPlanPool *self, guint step, guint leg, guint slots)
{
  const RunnelPlanHolder holder = { step, leg, slots };

  g_assert (_runnel_plan_pool_has_room (self, slots));

  self->taken += slots;
  g_array_append_val (self->holders, holder);
}

/*
 * _runnel_plan_pool_give_back:
 *
 * Returns: whether the step had any slots
 */
gboolean
_runnel_plan_pool_give_back (RunnelPlanPool *self, guint step, guint leg)
{
  for (guint i = 0; i < self->holders->len; i++)
    {
      const RunnelPlanHolder *holder = &g_array_index (self->holders, RunnelPlanHolder, i);

      if (holder->step == step && holder->leg == leg)
        {
          self->taken -= holder->slots;
          g_array_remove_index (self->holders, i);
          return TRUE;
        }
    }
  return FALSE;
}
