/* runnel-executor.c: the one seam between the engine and the outside world
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-executor.h"

/**
 * runnel_executor_free:
 * @self: (transfer full): an executor without an attempt under way
 */
void
runnel_executor_free (RunnelExecutor *self)
{
  self->free (self);
}
