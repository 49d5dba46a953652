/* runnel-keeper.c: the seam between a run and the files that its steps take and leave
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-keeper.h"

/**
 * runnel_keeper_free:
 * @self: (transfer full): a keeper that no step is open with
 */
void
runnel_keeper_free (RunnelKeeper *self)
{
  self->free (self);
}
