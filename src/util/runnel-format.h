/* runnel-format.h: durations and times for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_format_duration (gint64 duration);
char *runnel_format_duration_roughly (gint64 duration);
char *runnel_format_time     (gint64 time);
char *runnel_format_date     (gint64 time);
char *runnel_format_age      (gint64 time,
                              gint64 now);

G_END_DECLS
