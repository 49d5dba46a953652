/* runnel-resource-view.h: what ran, waited and was used at once, below the timing chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/charts/runnel-gantt.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RESOURCE_VIEW (runnel_resource_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelResourceView, runnel_resource_view, RUNNEL, RESOURCE_VIEW, GtkWidget)

/* Property "gantt" (RunnelGantt): whose run and whose time it shows. */

GtkWidget *runnel_resource_view_new (RunnelGantt *gantt);

G_END_DECLS
