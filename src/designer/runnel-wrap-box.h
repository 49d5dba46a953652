/* runnel-wrap-box.h: widgets beside each other, in as many lines as it takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_WRAP_BOX (runnel_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (RunnelWrapBox, runnel_wrap_box, RUNNEL, WRAP_BOX, GtkWidget)

GtkWidget *runnel_wrap_box_new    (void);
void       runnel_wrap_box_append (RunnelWrapBox *self,
                                   GtkWidget     *child);

G_END_DECLS
