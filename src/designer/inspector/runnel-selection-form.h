/* runnel-selection-form.h: what can be done with several steps at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *runnel_selection_form_new (guint n_steps);

G_END_DECLS
