/* runnel-history-group.h: the preferences of what is kept of runs, and what that takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_HISTORY_GROUP (runnel_history_group_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHistoryGroup, runnel_history_group, RUNNEL, HISTORY_GROUP,
                      AdwPreferencesGroup)

GtkWidget *runnel_history_group_new (void);

G_END_DECLS
