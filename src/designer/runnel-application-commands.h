/* runnel-application-commands.h: titles and keys of what windows and pages can do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void runnel_application_commands_init (GtkApplication *application);

G_END_DECLS
