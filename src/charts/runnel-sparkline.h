/* runnel-sparkline.h: a row of numbers as a word-sized chart in text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_sparkline_new (const double *values,
                            guint         n_values,
                            guint         width,
                            gboolean      ascii);

G_END_DECLS
