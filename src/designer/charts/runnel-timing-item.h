/* runnel-timing-item.h: a step in a table of the timing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "charts/runnel-timing-table.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_TIMING_ITEM (runnel_timing_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTimingItem, runnel_timing_item, RUNNEL, TIMING_ITEM, GObject)

/* Signal "changed" (): it has other times now. */

RunnelTimingItem *runnel_timing_item_new        (RunnelTiming       *timing,
                                                 guint               row,
                                                 guint               depth);
void              runnel_timing_item_set_timing (RunnelTimingItem   *self,
                                                 RunnelTiming       *timing,
                                                 guint               row);
const char       *runnel_timing_item_get_id     (RunnelTimingItem   *self);
guint             runnel_timing_item_get_depth  (RunnelTimingItem   *self);
RunnelState       runnel_timing_item_get_state  (RunnelTimingItem   *self);
char             *runnel_timing_item_get_text   (RunnelTimingItem   *self,
                                                 RunnelTimingColumn  column);
int               runnel_timing_item_compare    (RunnelTimingItem   *self,
                                                 RunnelTimingItem   *other,
                                                 RunnelTimingColumn  column);

G_END_DECLS
