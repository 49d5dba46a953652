/* runnel-outline-item.h: a step or a group in the outline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Signal: "changed" (): what is shown of the step or group is other now. */
#define RUNNEL_TYPE_OUTLINE_ITEM (runnel_outline_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelOutlineItem, runnel_outline_item, RUNNEL, OUTLINE_ITEM, GObject)

RunnelOutlineItem *runnel_outline_item_new       (const char        *id,
                                                  gboolean           is_group,
                                                  gboolean           is_inside);
const char        *runnel_outline_item_get_id    (RunnelOutlineItem *self);
gboolean           runnel_outline_item_is_group  (RunnelOutlineItem *self);
gboolean           runnel_outline_item_is_inside (RunnelOutlineItem *self);
void               runnel_outline_item_changed   (RunnelOutlineItem *self);

G_END_DECLS
