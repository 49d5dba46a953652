/* runnel-otlp-resource.h: who it is that tells, and what states are called in OTLP
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "telemetry/runnel-run-facts.h"

G_BEGIN_DECLS

GString    *runnel_otlp_describe_machine (GHashTable     *attributes);
GString    *runnel_otlp_describe_run     (RunnelRunFacts *facts,
                                          GHashTable     *attributes);
const char *runnel_otlp_get_result       (RunnelState     state);

G_END_DECLS
