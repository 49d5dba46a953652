/* runnel-flow-private.h: what the files that make a flow share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

void        _runnel_flow_read_body    (RunnelFlowStep *step,
                                       GStringChunk   *strings);
const char *_runnel_flow_add_variable (RunnelFlowStep *step,
                                       GStringChunk   *strings,
                                       const char     *name,
                                       const char     *value);

G_END_DECLS
