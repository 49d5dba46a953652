/* runnel-tip.h: what a button without a text is for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void runnel_tip_set (GtkWidget  *widget,
                     const char *text);

G_END_DECLS
