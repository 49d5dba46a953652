/* runnel-wrap-layout.h: children beside each other, in as many lines as it takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_WRAP_LAYOUT (runnel_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (RunnelWrapLayout, runnel_wrap_layout, RUNNEL, WRAP_LAYOUT, GtkLayoutManager)

/* Between children, and between lines. */
#define RUNNEL_WRAP_LAYOUT_SPACING 6

GtkLayoutManager *runnel_wrap_layout_new (void);

G_END_DECLS
