/* runnel-artifact-row.h: one file that a step left, with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-artifact-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_ARTIFACT_ROW (runnel_artifact_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelArtifactRow, runnel_artifact_row, RUNNEL, ARTIFACT_ROW, GtkWidget)

/* Its buttons call the actions "artifacts.open", "artifacts.reveal" and "artifacts.copy-path" with
 * the file's path. */

GtkWidget *runnel_artifact_row_new      (void);
void       runnel_artifact_row_set_item (RunnelArtifactRow  *self,
                                         RunnelArtifactItem *item);

G_END_DECLS
