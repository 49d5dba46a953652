/* runnel-axis.h: a time axis: where a moment lies, and where the labels stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times are microseconds since the start of the run; lengths are pixels, characters or
 * whatever is drawn in. A plain value. */
typedef struct
{
  gint64 start;     /* the time at length 0 */
  double scale;     /* microseconds per unit of length, > 0 */
} RunnelAxis;

/* Room for the longest label and its NUL. */
#define RUNNEL_TICK_LABEL_SIZE 40

typedef struct
{
  gint64 time;
  double position;
  char label[RUNNEL_TICK_LABEL_SIZE];
} RunnelTick;

RunnelAxis runnel_axis_fit          (gint64            start,
                                     gint64            end,
                                     double            length);
double     runnel_axis_get_position (const RunnelAxis *self,
                                     gint64            time);
gint64     runnel_axis_get_time     (const RunnelAxis *self,
                                     double            position);
void       runnel_axis_zoom         (RunnelAxis       *self,
                                     double            position,
                                     double            factor);
gint64     runnel_axis_get_step     (const RunnelAxis *self,
                                     double            min_gap);
GArray    *runnel_axis_list_ticks   (const RunnelAxis *self,
                                     double            length,
                                     double            min_gap);
GArray    *runnel_axis_list_clock_ticks (const RunnelAxis *self,
                                     gint64            origin,
                                     double            length,
                                     double            min_gap);
void       runnel_axis_format_clock (gint64            time,
                                     gint64            step,
                                     char             *label,
                                     gsize             size);
void       runnel_axis_format       (gint64            time,
                                     gint64            step,
                                     char             *label,
                                     gsize             size);

G_END_DECLS
