/* runnel-timing-table.h: the timing of a run as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_TIMING_STEP,       /* its title */
  RUNNEL_TIMING_ID,
  RUNNEL_TIMING_STATE,
  RUNNEL_TIMING_ATTEMPTS,
  RUNNEL_TIMING_START,      /* of its first attempt, since the start of the run */
  RUNNEL_TIMING_END,        /* since the start of the run */
  RUNNEL_TIMING_RUN,        /* how long its attempts ran */
  RUNNEL_TIMING_QUEUE,
  RUNNEL_TIMING_POOL,
  RUNNEL_TIMING_PERSON,
  RUNNEL_TIMING_WAIT,
  RUNNEL_TIMING_RETRY,
  RUNNEL_TIMING_SLACK,
  RUNNEL_TIMING_CRITICAL,
  RUNNEL_TIMING_CPU,        /* time of processors */
  RUNNEL_TIMING_MEMORY,     /* the most of any attempt, in bytes */
  RUNNEL_N_TIMING_COLUMNS
} RunnelTimingColumn;

const char *runnel_timing_column_get_title (RunnelTimingColumn     column);
const char *runnel_timing_column_get_name  (RunnelTimingColumn     column);
gboolean    runnel_timing_column_is_number (RunnelTimingColumn     column);
gint64      runnel_timing_get_number       (const RunnelTiming    *timing,
                                            guint                  row,
                                            RunnelTimingColumn     column);
char       *runnel_timing_get_text         (const RunnelTiming    *timing,
                                            guint                  row,
                                            RunnelTimingColumn     column);
char       *runnel_timing_to_csv           (const RunnelGanttTree *tree);

G_END_DECLS
