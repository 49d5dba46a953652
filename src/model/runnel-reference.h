/* runnel-reference.h: where expressions name steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

/* `names` maps old ids to new ones. */
char       *runnel_reference_rename         (const char *text,
                                             gboolean    whole,
                                             GHashTable *names);
JsonNode   *runnel_reference_rename_in_json (JsonNode   *value,
                                             GHashTable *names);
RunnelStep *runnel_reference_rename_in_step (RunnelStep *step,
                                             GHashTable *names);

G_END_DECLS
