/* runnel-local-hour.h: hours as the clock on the wall counts them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNNEL_HOURS_OF_DAY 24

gint64 runnel_local_hour_from_time (gint64 time);
gint64 runnel_local_hour_to_time   (gint64 hour);
gint64 runnel_local_hour_get_day   (gint64 hour);

G_END_DECLS
