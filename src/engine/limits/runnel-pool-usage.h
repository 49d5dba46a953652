/* runnel-pool-usage.h: how full the pools of the machine are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"

G_BEGIN_DECLS

typedef struct
{
  char *pool;
  guint n_slots;
  guint n_used;    /* may be more, when there were more slots before */
  guint n_waiting; /* runs in the line */
} RunnelPoolUsage;

void       runnel_pool_usage_free (RunnelPoolUsage *self);
GPtrArray *runnel_pool_usage_list (RunnelSettings  *settings,
                                   const char      *folder);

G_END_DECLS
