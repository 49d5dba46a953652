/* runnel-run-item.h: a run as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-outlook.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_ITEM (runnel_run_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunItem, runnel_run_item, RUNNEL, RUN_ITEM, GObject)

/* Signal: "changed" () when a row would look different. */

RunnelRunItem         *runnel_run_item_dup        (GHashTable      *items,
                                                   gint64           run);
gint64                 runnel_run_item_get_run    (RunnelRunItem   *self);
const RunnelRunRecord *runnel_run_item_get_record (RunnelRunItem   *self);
gboolean               runnel_run_item_is_gone    (RunnelRunItem   *self);
gboolean               runnel_run_item_is_active  (RunnelRunItem   *self);
void                   runnel_run_item_take       (RunnelRunItem   *self,
                                                   RunnelRunRecord *record);
gint64                 runnel_run_item_get_usual  (RunnelRunItem   *self);
char                  *runnel_run_item_describe_current (RunnelRunItem *self);
char                  *runnel_run_item_describe_failure (RunnelRunItem *self);
void                   runnel_run_item_take_outlook (RunnelRunItem   *self,
                                                     RunnelOutlook   *outlook);

G_END_DECLS
