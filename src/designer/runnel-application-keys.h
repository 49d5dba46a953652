/* runnel-application-keys.h: the file in which people give commands other keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void runnel_application_keys_init (GtkApplication *application);

G_END_DECLS
