/* runnel-decimate.h: no more points than there are pixels to see them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GArray *runnel_decimate (const double *x,
                         const double *y,
                         guint         n_points);

G_END_DECLS
