/* runnel-timing-private.h: what the files of the timing share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

/* Shorter times in the queue are those of the machine, not of a lack of places. */
#define TIMING_SHORTEST_QUEUE (50 * G_TIME_SPAN_MILLISECOND)

/* A row begins when another is over, to the last. */
typedef struct
{
  guint source;
  RunnelRelease release;
  gint64 lag;     /* from the end of the source to what released the row; below 0 when that was an
                   * attempt that was repeated later */
} RunnelTimingBond;

/* Those of row i are bonds[first[i]] up to, not including, bonds[first[i + 1]]. */
typedef struct
{
  guint *first;
  GArray *bonds;  /* of RunnelTimingBond */
} RunnelTimingNet;

/* (nullable), and so is what it returns, which lives as long as the timing. */
const char      *_runnel_timing_keep_string (RunnelTiming           *self,
                                             const char             *text);
/* Fills spans and the times of the rows. */
void             _runnel_timing_add_spans   (RunnelTiming           *self,
                                             GPtrArray              *steps);
/* Groups, links, ranks and pools, which the pipeline knows. */
void             _runnel_timing_read_pipeline (RunnelTiming         *self,
                                               RunnelPipeline       *pipeline);
/* Before others are nested in it. */
void             _runnel_timing_find_critical_path (RunnelTiming    *self,
                                                    RunnelPipeline  *pipeline);
/* From the first to the last of the rows that are marked. */
void             _runnel_timing_list_critical_path (RunnelTiming    *self);
RunnelTimingNet *_runnel_timing_net_new     (const RunnelTiming     *self,
                                             RunnelPipeline         *pipeline);
void             _runnel_timing_net_free    (RunnelTimingNet        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTimingNet, _runnel_timing_net_free)

G_END_DECLS
