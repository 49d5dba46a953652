/* runnel-application-runs.h: what notifications about runs let a person do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void runnel_application_runs_init (GtkApplication *application);

G_END_DECLS
