/* runnel-renderer.h: which of GTK's renderers draws the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void runnel_renderer_choose            (void);
void runnel_renderer_leave_environment (void);

G_END_DECLS
