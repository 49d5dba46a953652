/* runnel-run-item.h: a run as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_ITEM (runnel_run_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunItem, runnel_run_item, RUNNEL, RUN_ITEM, GObject)

/* Signal: "changed" () after the record was replaced. */

RunnelRunItem         *runnel_run_item_new        (RunnelRunRecord *record);
const RunnelRunRecord *runnel_run_item_get_record (RunnelRunItem   *self);
void                   runnel_run_item_take       (RunnelRunItem   *self,
                                                   RunnelRunRecord *record);

G_END_DECLS
