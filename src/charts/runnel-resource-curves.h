/* runnel-resource-curves.h: how many steps ran and waited at once, and what they used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-axis.h"
#include "charts/runnel-curve.h"
#include "charts/runnel-timing.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_RESOURCE_RUNNING,  /* steps */
  RUNNEL_RESOURCE_WAITING,  /* steps */
  RUNNEL_RESOURCE_CPU,      /* processors */
  RUNNEL_RESOURCE_MEMORY,   /* bytes */
  RUNNEL_N_RESOURCES
} RunnelResource;

/* Times are microseconds since 1970. What is under way goes on for ever.
 *
 * What an attempt used is known of all of it, from wait4(): the time of processors is spread evenly
 * over the attempt, as if it had used the same all the time; memory is the most that the largest of
 * its processes had at any time, so the sum over several attempts was perhaps never reached. What
 * is under way counts when it is over. */
typedef struct _RunnelResourceCurves
{
  RunnelCurve *curves[RUNNEL_N_RESOURCES];
  double limits[RUNNEL_N_RESOURCES];  /* 0 = none known */
  RunnelResource lanes[RUNNEL_N_RESOURCES];
  guint n_lanes;                      /* those there is something to show in */
} RunnelResourceCurves;

const RunnelResourceCurves *
                      runnel_resource_curves_get       (RunnelTiming               *timing);
RunnelResourceCurves *runnel_resource_curves_new       (const RunnelTiming         *timing);
void                  runnel_resource_curves_free      (RunnelResourceCurves       *self);
double                runnel_resource_curves_get_share (const RunnelResourceCurves *self,
                                                        RunnelResource              resource,
                                                        const RunnelTiming         *timing,
                                                        const RunnelAxis           *axis,
                                                        int                         column);
double                runnel_resource_curves_get_limit (const RunnelResourceCurves *self,
                                                        RunnelResource              resource);
char                 *runnel_resource_curves_describe  (const RunnelResourceCurves *self,
                                                        RunnelResource              resource);
const char           *runnel_resource_get_title        (RunnelResource              resource);
guint                 runnel_resource_get_look         (RunnelResource              resource);
char                 *runnel_resource_format           (RunnelResource              resource,
                                                        double                      value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelResourceCurves, runnel_resource_curves_free)

G_END_DECLS
