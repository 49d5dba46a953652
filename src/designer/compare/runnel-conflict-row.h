/* runnel-conflict-row.h: a value that both sides changed, and which is to be taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "model/runnel-merge.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CONFLICT_ROW (runnel_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelConflictRow, runnel_conflict_row, RUNNEL, CONFLICT_ROW, GtkListBoxRow)

/* Signal "chosen" (): a side was chosen. */

GtkWidget       *runnel_conflict_row_new       (const RunnelMergeConflict *conflict,
                                                const char                *ours,
                                                const char                *theirs);
const char      *runnel_conflict_row_get_path  (RunnelConflictRow         *self);
const char      *runnel_conflict_row_get_step  (RunnelConflictRow         *self);
gboolean         runnel_conflict_row_is_chosen (RunnelConflictRow         *self);
RunnelMergeSide  runnel_conflict_row_get_side  (RunnelConflictRow         *self);
void             runnel_conflict_row_choose    (RunnelConflictRow         *self,
                                                RunnelMergeSide            side);

G_END_DECLS
