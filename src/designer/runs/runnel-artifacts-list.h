/* runnel-artifacts-list.h: the files that a step left to its run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_ARTIFACTS_LIST (runnel_artifacts_list_get_type ())
G_DECLARE_FINAL_TYPE (RunnelArtifactsList, runnel_artifacts_list, RUNNEL, ARTIFACTS_LIST, GtkWidget)

/* Signal "message" (const char *text): something to tell the person, such as why a file can't be
 * opened. */

GtkWidget *runnel_artifacts_list_new   (void);
void       runnel_artifacts_list_set   (RunnelArtifactsList  *self,
                                        GPtrArray            *artifacts,
                                        const char           *step,
                                        const char           *run_dir);

G_END_DECLS
