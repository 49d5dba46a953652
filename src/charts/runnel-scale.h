/* runnel-scale.h: an axis of a chart: where a value lies, and where the labels stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_SCALE_NUMBER,   /* whole things that are counted */
  RUNNEL_SCALE_RATE,     /* 0 to 1, read as percent */
  RUNNEL_SCALE_DURATION, /* microseconds */
  RUNNEL_SCALE_MOMENT,   /* microseconds since 1970, read as local time */
} RunnelScaleKind;

/* A plain value. */
typedef struct
{
  RunnelScaleKind kind;
  double min;
  double max;      /* more than min */
} RunnelScale;

#define RUNNEL_SCALE_LABEL_SIZE 40

typedef struct
{
  double value;
  double part;     /* of the length, 0 to 1 */
  char label[RUNNEL_SCALE_LABEL_SIZE];
} RunnelScaleTick;

RunnelScale runnel_scale_fit        (RunnelScaleKind    kind,
                                     double             min,
                                     double             max);
double      runnel_scale_get_part   (const RunnelScale *self,
                                     double             value);
double      runnel_scale_get_value  (const RunnelScale *self,
                                     double             part);
GArray     *runnel_scale_list_ticks (const RunnelScale *self,
                                     double             length,
                                     double             min_gap);
char       *runnel_scale_format     (const RunnelScale *self,
                                     double             value);

G_END_DECLS
