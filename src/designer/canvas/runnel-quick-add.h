/* runnel-quick-add.h: a popover that searches the step kinds and names the one to add
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "model/runnel-kind.h"

G_BEGIN_DECLS

/* A step kind as an item of a list, for the quick-add popover and the palette alike. */
#define RUNNEL_TYPE_KIND_ITEM (runnel_kind_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelKindItem, runnel_kind_item, RUNNEL, KIND_ITEM, GObject)

const RunnelKind *runnel_kind_item_get_kind     (RunnelKindItem *self);

/* Every registered kind in the order of registration, as RunnelKindItem. */
GListModel       *runnel_kind_item_list         (void);
gboolean          runnel_kind_item_matches      (RunnelKindItem *self,
                                                 const char     *search);

#define RUNNEL_TYPE_QUICK_ADD (runnel_quick_add_get_type ())
G_DECLARE_FINAL_TYPE (RunnelQuickAdd, runnel_quick_add, RUNNEL, QUICK_ADD, GtkPopover)

/* Signal "kind-chosen" (const char *name). */
GtkWidget        *runnel_quick_add_new          (void);

G_END_DECLS
