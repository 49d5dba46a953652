/* runnel-run-pools.c: the pools that a run shares with all others on the machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

/* Between the run and the machine's pools stands the plan: it asks at its gate for each step that
 * has what it wants of the run's own pool. */

typedef struct
{
  RunnelMachinePools *pools;
  RunnelPoolLease *lease;
} Held;

static void
held_free (gpointer data)
{
  Held *self = data;

  self->pools->give_back (self->pools, self->lease);
  g_free (self);
}

static void
hold (RunnelRunStep *step, RunnelPoolLease *lease)
{
  Held *held = g_new (Held, 1);

  *held = (Held){ step->run->pools, lease };
  g_hash_table_insert (step->run->leases, step, held);
}

static gboolean
is_declared (RunnelRun *self, const char *pool)
{
  JsonNode *pools = runnel_pipeline_get_member (self->pipeline, "pools");

  return pools != NULL && JSON_NODE_HOLDS_OBJECT (pools)
         && json_object_has_member (json_node_get_object (pools), pool);
}

static void
refuse (RunnelRunStep *step, char *reason)
{
  g_hash_table_insert (step->run->pool_errors, step, reason);
}

/* A pool that can't be had at all lets the step pass: it then fails with that reason, see
 * _runnel_run_step_pass_pools(). */
static gboolean
gate (const RunnelPlanItem *item,
      const char *pool,
      guint slots,
      char **ret_reason,
      gpointer user_data)
{
  RunnelRun *self = user_data;
  RunnelRunStep *step = _runnel_run_get_item (self, item);
  g_autoptr(GError) error = NULL;
  RunnelPoolLease *lease;

  if (self->pools->get_size (self->pools, pool) == 0)
    {
      if (!is_declared (self, pool))
        refuse (step, g_strdup_printf ("there is no pool \"%s\", neither in the pipeline nor in "
                                       "the settings of this machine", pool));
      return TRUE;
    }
  lease = self->pools->take (self->pools, pool, slots, _runnel_run_step_get_id (step), ret_reason,
                             &error);
  if (lease != NULL)
    hold (step, lease);
  else if (error != NULL)
    refuse (step, g_strdup (error->message));
  return lease != NULL || error != NULL;
}

static void
changed_cb (gpointer user_data)
{
  RunnelRun *self = user_data;

  _runnel_run_enter (self);
  runnel_plan_wake_pools (self->plan);
  _runnel_run_leave (self);
}

/*
 * _runnel_run_init_pools:
 * @self: a run with a plan
 * @pools: (nullable): the machine's
 */
void
_runnel_run_init_pools (RunnelRun *self, RunnelMachinePools *pools)
{
  self->pools = pools;
  if (pools == NULL)
    return;
  self->leases = g_hash_table_new_full (NULL, NULL, NULL, held_free);
  self->pool_errors = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pools->changed = changed_cb;
  pools->user_data = self;
  runnel_plan_set_gate (self->plan, gate, self);
}

/*
 * _runnel_run_clear_pools:
 *
 * Gives everything back.
 */
void
_runnel_run_clear_pools (RunnelRun *self)
{
  if (self->pools != NULL)
    self->pools->changed = NULL;
  g_clear_pointer (&self->leases, g_hash_table_unref);
  g_clear_pointer (&self->pool_errors, g_hash_table_unref);
}

/*
 * _runnel_run_step_pass_pools:
 * @step: a step that the plan has in hand
 * @ret_reason: (out) (transfer full): why it can't have what it wants
 *
 * Returns: whether nothing is wrong with its pool
 */
gboolean
_runnel_run_step_pass_pools (RunnelRunStep *step, char **ret_reason)
{
  gpointer reason;

  if (step->run->pool_errors == NULL
      || !g_hash_table_steal_extended (step->run->pool_errors, step, NULL, &reason))
    return TRUE;
  *ret_reason = reason;
  return FALSE;
}

/*
 * _runnel_run_step_leave_pools:
 * @step: a step that does not run (any more)
 *
 * Gives back what it has of the machine's pools; of the run's own the plan knows by itself.
 */
void
_runnel_run_step_leave_pools (RunnelRunStep *step)
{
  if (step->run->leases != NULL)
    g_hash_table_remove (step->run->leases, step);
}
