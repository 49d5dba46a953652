/* runnel-curve.h: a number that changes from time to time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A value from a moment on, until the next point. */
typedef struct
{
  gint64 time;
  double value;
} RunnelCurvePoint;

/* 0 before its first point. Read-only. */
typedef struct
{
  GArray *points;       /* of RunnelCurvePoint, by time; no two of one time */
  GPtrArray *levels;    /* of GArray of double: the highest of some points, then of some of these ... */
  double max;
} RunnelCurve;

RunnelCurve *runnel_curve_new       (GArray            *changes); /* of RunnelCurvePoint */
void         runnel_curve_free      (RunnelCurve       *self);
double       runnel_curve_get_value (const RunnelCurve *self,
                                     gint64             time);
double       runnel_curve_get_max   (const RunnelCurve *self,
                                     gint64             from,
                                     gint64             to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCurve, runnel_curve_free)

G_END_DECLS
