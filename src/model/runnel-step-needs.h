/* runnel-step-needs.h: steps with other links into them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

/* Appends to `after` what is to stand in place of an entry of `needs`: the entry itself, another one,
 * several or none. Returns: whether that differs from the entry */
typedef gboolean (*RunnelNeedFunc) (const RunnelNeed *need,
                                    JsonNode         *entry,
                                    JsonArray        *after,
                                    gpointer          user_data);

JsonNode   *runnel_need_to_entry  (const char      *from,
                                   RunnelOn         on,
                                   JsonNode        *like);
RunnelStep *runnel_step_with_need (RunnelStep      *self,
                                   const char      *from,
                                   RunnelOn         on);
RunnelStep *runnel_step_map_needs (RunnelStep      *self,
                                   RunnelNeedFunc   func,
                                   gpointer         user_data);
gboolean    runnel_step_has_need  (RunnelStep      *self,
                                   const char      *from,
                                   RunnelOn         on);

G_END_DECLS
