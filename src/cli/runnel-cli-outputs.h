/* runnel-cli-outputs.h: what a run gives out to the pipeline that it is a step of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"

G_BEGIN_DECLS

/* A sink that gathers what expressions may ask for. */
typedef struct _RunnelCliOutputs RunnelCliOutputs;

RunnelCliOutputs *runnel_cli_outputs_new      (void);
void              runnel_cli_outputs_free     (RunnelCliOutputs  *self);
RunnelEventSink  *runnel_cli_outputs_get_sink (RunnelCliOutputs  *self);
gboolean          runnel_cli_outputs_write    (RunnelCliOutputs  *self,
                                               JsonNode          *wanted,
                                               const char        *path,
                                               GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCliOutputs, runnel_cli_outputs_free)

G_END_DECLS
