/* runnel-stats.h: what there was of a pipeline, or of all, in a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"
#include "history/runnel-tally.h"

G_BEGIN_DECLS

/* What someone wants to know. */
typedef struct
{
  char *pipeline;      /* its name or its file, NULL = all */
  char *step;          /* id of a step of that pipeline, NULL = its runs */
  gint64 since;        /* microseconds since 1970, 0 = from the first run on */
  gint64 until;        /* 0 = up to now */
} RunnelStatsQuery;

/* An hour or a day in which there were runs. */
typedef struct
{
  gint64 hour;         /* local hour with which it begins, see util/runnel-local-hour.h */
  gint64 begin;        /* microseconds since 1970 */
  RunnelTally tally;
} RunnelStatsPeriod;

/* A step of the pipeline; a pipeline, when all were asked for. */
typedef struct
{
  char *id;            /* of the step; name of the pipeline */
  char *file;          /* of the pipeline; NULL for a step */
  RunnelTally now;
  RunnelTally before;  /* in the range before */
} RunnelStatsMember;

/* A run, or what a step did in it. */
typedef struct
{
  gint64 run;
  gint64 started;      /* the run, microseconds since 1970 */
  gint64 duration;     /* microseconds */
  RunnelState state;
  gboolean outlier;    /* it took far longer than others */
} RunnelStatsPoint;

typedef struct
{
  gint64 run;
  gint64 started;
  RunnelState state;
  guint8 *steps;       /* RunnelState by row, or RUNNEL_STATS_NO_STEP */
} RunnelStatsColumn;

#define RUNNEL_STATS_NO_STEP 0xff

/* The latest runs, each with what became of its steps. */
typedef struct
{
  GPtrArray *rows;     /* of char *: ids of steps, in the order of the latest definition */
  GArray *columns;     /* of RunnelStatsColumn, the latest first */
} RunnelStatsGrid;

typedef struct
{
  gint64 since;        /* microseconds since 1970, at a local hour */
  gint64 until;
  guint unit;          /* hours of a period: 1 or 24 */
  gboolean complete;   /* FALSE: there are runs that are not counted yet; ask again */
  gboolean has_before; /* there is a range of the same length before */
  gboolean whole_before; /* and there were runs when it began, so that numbers of runs compare */
  RunnelTally total;   /* of the runs, or of the step that was asked for */
  RunnelTally before;
  GArray *periods;     /* of RunnelStatsPeriod, the earliest first */
  GPtrArray *members;  /* of RunnelStatsMember, in no order */
  GArray *points;      /* of RunnelStatsPoint, the earliest first; none for all pipelines */
  gboolean all_points; /* FALSE: they are the outliers only */
  gint64 fence;        /* what took longer is an outlier; 0 = there is too little to say so */
  RunnelStatsGrid grid;/* empty for all pipelines */
} RunnelStats;

RunnelStatsQuery *runnel_stats_query_copy        (const RunnelStatsQuery *self);
void              runnel_stats_query_free        (RunnelStatsQuery       *self);

RunnelStats      *runnel_stats_new               (void);
void              runnel_stats_free              (RunnelStats            *self);
gint64            runnel_stats_find_fence        (const RunnelHistogram  *durations);

int               runnel_stats_compare_slowest   (gconstpointer           a,
                                                  gconstpointer           b);
int               runnel_stats_compare_flakiest  (gconstpointer           a,
                                                  gconstpointer           b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelStatsQuery, runnel_stats_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelStats, runnel_stats_free)

G_END_DECLS
