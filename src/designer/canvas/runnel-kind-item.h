/* runnel-kind-item.h: a step kind as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "model/runnel-kind.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_KIND_ITEM (runnel_kind_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelKindItem, runnel_kind_item, RUNNEL, KIND_ITEM, GObject)

const RunnelKind *runnel_kind_item_get_kind        (RunnelKindItem *self);
const char       *runnel_kind_item_get_title       (RunnelKindItem *self);
const char       *runnel_kind_item_get_description (RunnelKindItem *self);
guint             runnel_kind_item_rank            (RunnelKindItem *self,
                                                    const char     *search);
GListModel       *runnel_kind_item_list            (void);

G_END_DECLS
