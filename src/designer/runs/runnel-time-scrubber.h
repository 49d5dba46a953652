/* runnel-time-scrubber.h: moves through the time of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_TIME_SCRUBBER (runnel_time_scrubber_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTimeScrubber, runnel_time_scrubber, RUNNEL, TIME_SCRUBBER, GtkWidget)

/* Where no moment is looked at, what is shown is the end: all that is known of the run. */
#define RUNNEL_TIME_SCRUBBER_END -1

/* Properties: "time" (int64): the moment that is looked at, in microseconds since 1970, or
 * RUNNEL_TIME_SCRUBBER_END; "playing" (boolean).
 *
 * Signal "step" (gboolean backwards): to when something happened next, or before.
 *
 * Keys: Space plays or stops, the arrows, Page Up and Page Down move, Home goes to the start and
 * End to the end, Ctrl+Right to what happened next and Ctrl+Left to what did before, + and - change
 * the speed. */

GtkWidget *runnel_time_scrubber_new         (void);
void       runnel_time_scrubber_set_range   (RunnelTimeScrubber *self,
                                             gint64              start,
                                             gint64              end,
                                             gboolean            is_live);
gint64     runnel_time_scrubber_get_time    (RunnelTimeScrubber *self);
void       runnel_time_scrubber_set_time    (RunnelTimeScrubber *self,
                                             gint64              time);
gboolean   runnel_time_scrubber_get_playing (RunnelTimeScrubber *self);
void       runnel_time_scrubber_set_playing (RunnelTimeScrubber *self,
                                             gboolean            playing);
guint      runnel_time_scrubber_get_speed   (RunnelTimeScrubber *self);
void       runnel_time_scrubber_change_speed (RunnelTimeScrubber *self,
                                              int                 change);

G_END_DECLS
