/* runnel-quick-add.h: a popover that searches the step kinds for the one to add
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/canvas/runnel-kind-item.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_QUICK_ADD (runnel_quick_add_get_type ())
G_DECLARE_FINAL_TYPE (RunnelQuickAdd, runnel_quick_add, RUNNEL, QUICK_ADD, GtkPopover)

/* Signal: "kind-chosen" (const char *name), after which the popover closes. */
GtkWidget *runnel_quick_add_new (void);

G_END_DECLS
