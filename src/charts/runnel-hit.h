/* runnel-hit.h: what lies under the pointer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing was hit. */
#define RUNNEL_NO_HIT G_MAXUINT

guint runnel_hit_find_first    (const double *x,
                                guint         n,
                                double        position);
guint runnel_hit_find_nearest  (const double *x,
                                guint         n,
                                double        position);
guint runnel_hit_find_point    (const double *x,
                                const double *y,
                                guint         n,
                                double        pointer_x,
                                double        pointer_y,
                                double        reach);

G_END_DECLS
