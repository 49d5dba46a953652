/* runnel-x11-memory.h: keeps the memory shared with the X server from frame to frame
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void runnel_x11_memory_keep (GdkDisplay *display,
                             int         width,
                             int         height);

G_END_DECLS
