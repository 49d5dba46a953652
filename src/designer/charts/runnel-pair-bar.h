/* runnel-pair-bar.h: what a step did in two runs, as two bars
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "charts/runnel-timing-diff.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PAIR_BAR (runnel_pair_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPairBar, runnel_pair_bar, RUNNEL, PAIR_BAR, GtkWidget)

GtkWidget *runnel_pair_bar_new (void);
void       runnel_pair_bar_set (RunnelPairBar          *self,
                                const RunnelTimingDiff *diff,
                                guint                   pair);

G_END_DECLS
