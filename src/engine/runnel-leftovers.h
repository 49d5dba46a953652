/* runnel-leftovers.h: processes that are still there when a run is over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_leftovers_end (gint64 grace);

G_END_DECLS
