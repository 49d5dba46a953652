/* runnel-cli-outcome.h: how a run ended: which failures were made good, and by what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* How a run ended, by the positions of the steps in its pipeline. */
typedef struct
{
  RunnelPipeline *pipeline;
  RunnelState *states;
  gboolean *handled; /* failed, but a fallback made it good */
} RunnelCliOutcome;

RunnelCliOutcome *runnel_cli_outcome_new       (RunnelPipeline   *pipeline);
void              runnel_cli_outcome_free      (RunnelCliOutcome *self);
void              runnel_cli_outcome_set       (RunnelCliOutcome *self,
                                                const char       *step,
                                                RunnelState       state,
                                                gboolean          handled);
char             *runnel_cli_outcome_fallbacks (RunnelCliOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCliOutcome, runnel_cli_outcome_free)

G_END_DECLS
