/* runnel-history-family.h: the runs inside of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* A run that a step of another one started, with its steps. */
typedef struct
{
  RunnelRunRecord *run;
  GPtrArray *steps; /* of RunnelStepRecord */
} RunnelInnerRun;

void       runnel_inner_run_free      (RunnelInnerRun *self);

GPtrArray *runnel_history_list_family (RunnelHistory  *self, /* of RunnelInnerRun, each before those inside of it */
                                       gint64          run,
                                       GError        **error);

G_END_DECLS
