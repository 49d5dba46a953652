/* runnel-shortcuts-window.h: every key and every gesture at a glance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWindow *runnel_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
