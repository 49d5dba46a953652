/* runnel-cli-share.h: what a run shares with all others on the machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli-run.h"
#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-machine-pools.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelSettings *settings;  /* as they were when the run began */
  RunnelMachinePools *pools;
  RunnelBreakers *breakers;
} RunnelCliShare;

void runnel_cli_share_init  (RunnelCliShare *self,
                             RunnelCliOrder *order,
                             gint64          run);
void runnel_cli_share_close (RunnelCliShare *self);
void runnel_cli_share_clear (RunnelCliShare *self);

G_END_DECLS
