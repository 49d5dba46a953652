/* runnel-log-hit-item.h: a run in whose logs something was found, or a line of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "log/runnel-log-hunt.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_HIT_ITEM (runnel_log_hit_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogHitItem, runnel_log_hit_item, RUNNEL, LOG_HIT_ITEM, GObject)

RunnelLogHitItem   *runnel_log_hit_item_new_run   (gint64               run);
RunnelLogHitItem   *runnel_log_hit_item_new       (const RunnelLogHit  *hit);
gint64              runnel_log_hit_item_get_run   (RunnelLogHitItem    *self);
const RunnelLogHit *runnel_log_hit_item_get_hit   (RunnelLogHitItem    *self);
void                runnel_log_hit_item_get_texts (RunnelLogHitItem    *self,
                                                   char               **ret_before,
                                                   char               **ret_markup);

G_END_DECLS
