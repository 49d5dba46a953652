/* runnel-machine-pools.h: resources that all runs on the machine share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"
#include "engine/runnel-clock.h"

G_BEGIN_DECLS

typedef struct _RunnelMachinePools RunnelMachinePools;
typedef struct _RunnelPoolLease RunnelPoolLease; /* slots of a pool that a step has */

/* A run's way to them, one small table so that tests can do without files. Nothing here blocks. */
struct _RunnelMachinePools
{
  /* How many slots the machine has of `pool`; 0 = it has no such pool. */
  guint            (*get_size)  (RunnelMachinePools *self, const char *pool);
  /* Takes `slots` of them for a step, all or none. NULL with `ret_reason` (transfer full) when it
   * has to wait, a sentence that says for whom; NULL with `error` when it can't be had at all. */
  RunnelPoolLease *(*take)      (RunnelMachinePools *self, const char *pool, guint slots,
                                 const char *step, char **ret_reason, GError **error);
  void             (*give_back) (RunnelMachinePools *self, RunnelPoolLease *lease);
  void             (*free)      (RunnelMachinePools *self);

  /* Set by the run. Called when a step that had to wait may be lucky now: the run asks again for
   * all steps that it could start. A pool it does not ask for then, it no longer waits for. */
  void             (*changed)   (gpointer user_data);
  gpointer user_data;
};

void                runnel_machine_pools_free (RunnelMachinePools *self);
/* Those of the settings, held by locks on files in `folder`. */
RunnelMachinePools *runnel_machine_pools_new  (RunnelSettings     *settings,
                                               const char         *folder,
                                               gint64              run,
                                               const char         *ancestry,
                                               RunnelClock        *clock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelMachinePools, runnel_machine_pools_free)

G_END_DECLS
