/* runnel-wait-kind.h: what a step that waits waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stored as numbers in the history: append only. The reason says it in words, for people. */
typedef enum
{
  RUNNEL_WAIT_UNKNOWN,  /* of a history that did not tell them apart */
  RUNNEL_WAIT_POOL,     /* slots of a pool that others have */
  RUNNEL_WAIT_APPROVAL, /* a person's word */
  RUNNEL_WAIT_RETRY,    /* the time between an attempt that failed and the next */
  RUNNEL_WAIT_TIME,     /* a time or a moment: that is what the step is for */
  RUNNEL_WAIT_HOLD,     /* it is frozen, by a person or with its run */
  RUNNEL_N_WAIT_KINDS
} RunnelWaitKind;

const char     *runnel_wait_kind_to_string   (RunnelWaitKind  self);
RunnelWaitKind  runnel_wait_kind_from_string (const char     *text);

G_END_DECLS
