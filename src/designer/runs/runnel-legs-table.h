/* runnel-legs-table.h: the legs of a matrix step, one in a row
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-leg-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LEGS_TABLE (runnel_legs_table_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLegsTable, runnel_legs_table, RUNNEL, LEGS_TABLE, GtkWidget)

/* Signal "selected" (): another leg is selected, or none. */

GtkWidget  *runnel_legs_table_new           (void);
void        runnel_legs_table_set_legs      (RunnelLegsTable      *self,
                                             const RunnelLegFacts *legs,
                                             guint                 n_legs);
guint       runnel_legs_table_get_n_legs    (RunnelLegsTable      *self);
const char *runnel_legs_table_get_selection (RunnelLegsTable      *self);
void        runnel_legs_table_select        (RunnelLegsTable      *self,
                                             const char           *id);

G_END_DECLS
