/* runnel-needs.h: the `needs` of a step as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

gboolean  runnel_needs_handles_by_default (RunnelOn          on);
JsonNode *runnel_needs_to_json            (const RunnelNeed *needs,
                                           guint             n_needs);
gboolean  runnel_needs_find               (const RunnelNeed *needs,
                                           guint             n_needs,
                                           const char       *step,
                                           RunnelOn          on,
                                           guint            *ret_index);

GHashTable *runnel_needs_find_descendants (RunnelPipeline  *pipeline,
                                           const char       *id);
const char *runnel_needs_describe_on      (RunnelOn          on);

G_END_DECLS
