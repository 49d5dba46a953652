/* runnel-wait-kind.c: what a step that waits waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-wait-kind.h"

static const char *const names[RUNNEL_N_WAIT_KINDS] = {
  [RUNNEL_WAIT_UNKNOWN] = "unknown",
  [RUNNEL_WAIT_POOL] = "pool",
  [RUNNEL_WAIT_APPROVAL] = "approval",
  [RUNNEL_WAIT_RETRY] = "retry",
  [RUNNEL_WAIT_TIME] = "time",
  [RUNNEL_WAIT_HOLD] = "hold",
};

/**
 * runnel_wait_kind_to_string:
 * @self: a kind; one of a later version is as good as unknown
 *
 * Returns: (transfer none): the kind's name in events and on the command line
 */
const char *
runnel_wait_kind_to_string (RunnelWaitKind self)
{
  return names[(guint) self < RUNNEL_N_WAIT_KINDS ? self : RUNNEL_WAIT_UNKNOWN];
}

/**
 * runnel_wait_kind_from_string:
 * @text: (nullable): a kind's name
 *
 * Returns: the kind, unknown when there is none of this name
 */
RunnelWaitKind
runnel_wait_kind_from_string (const char *text)
{
  for (guint i = 0; i < RUNNEL_N_WAIT_KINDS; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      return i;
  return RUNNEL_WAIT_UNKNOWN;
}
