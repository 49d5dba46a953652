/* runnel-history-family.h: the runs inside of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* A run that a step of another one started, with its steps. */
typedef struct
{
  RunnelRunRecord *run;
  GPtrArray *steps;         /* of RunnelStepRecord */
  RunnelPipeline *pipeline; /* as it ran, not to be edited; NULL when this version can't read it */
} RunnelInnerRun;

void       runnel_inner_run_free      (RunnelInnerRun *self);

GPtrArray *runnel_history_list_family (RunnelHistory  *self, /* of RunnelInnerRun, each before those inside of it */
                                       gint64          run,
                                       GError        **error);

G_END_DECLS
