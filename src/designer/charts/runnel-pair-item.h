/* runnel-pair-item.h: a step of two runs in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PAIR_ITEM (runnel_pair_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPairItem, runnel_pair_item, RUNNEL, PAIR_ITEM, GObject)

RunnelPairItem         *runnel_pair_item_new      (RunnelTimingDiff *diff,
                                                   guint             pair);
const RunnelTimingDiff *runnel_pair_item_get_diff (RunnelPairItem   *self);
guint                   runnel_pair_item_get_pair (RunnelPairItem   *self);

G_END_DECLS
