/* sample-stats.h: statistics that are made up, the same each time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-stats.h"
#include "util/runnel-local-hour.h"

/* 2026-01-05 00:00:00 UTC, a Monday */
#define T0 (G_GINT64_CONSTANT (1767571200) * G_TIME_SPAN_SECOND)
#define SECOND G_TIME_SPAN_SECOND
#define HOUR G_TIME_SPAN_HOUR
#define DAY G_TIME_SPAN_DAY

static inline void
sample_tally (RunnelTally *tally,
              guint        n_succeeded,
              guint        n_failed,
              gint64       seconds)
{
  tally->fields[RUNNEL_TALLY_SUCCEEDED] += n_succeeded;
  tally->fields[RUNNEL_TALLY_FAILED] += n_failed;
  tally->fields[RUNNEL_TALLY_ATTEMPTS] += 2 * (n_succeeded + n_failed);
  for (guint i = 0; i < n_succeeded; i++)
    runnel_histogram_add (&tally->durations, (seconds + i * 3) * SECOND);
}

static inline void
sample_period (RunnelStats *stats,
               gint64       begin,
               guint        n_succeeded,
               guint        n_failed,
               gint64       seconds)
{
  RunnelStatsPeriod period = { runnel_local_hour_from_time (begin), begin, { { 0, }, { 0, } } };

  sample_tally (&period.tally, n_succeeded, n_failed, seconds);
  sample_tally (&stats->total, n_succeeded, n_failed, seconds);
  g_array_append_val (stats->periods, period);
}

static inline RunnelStatsMember *
sample_member (RunnelStats *stats,
               const char  *id,
               gint64       critical_seconds,
               gint64       seconds,
               gint64       seconds_before)
{
  RunnelStatsMember *member = g_new0 (RunnelStatsMember, 1);

  member->id = g_strdup (id);
  sample_tally (&member->now, 20, 1, seconds);
  sample_tally (&member->before, 20, 1, seconds_before);
  member->now.fields[RUNNEL_TALLY_CRITICAL] = critical_seconds * SECOND;
  g_ptr_array_add (stats->members, member);
  return member;
}

static inline void
sample_point (RunnelStats *stats,
              gint64       run,
              gint64       started,
              gint64       seconds,
              RunnelState  state,
              gboolean     outlier)
{
  const RunnelStatsPoint point = { run, started, seconds * SECOND, state, outlier };

  g_array_append_val (stats->points, point);
}

static inline void
sample_column (RunnelStats *stats,
               gint64       run,
               RunnelState  state,
               guint8       first,
               guint8       second)
{
  RunnelStatsColumn column = { run, T0 + run * HOUR, state, g_new (guint8, 2) };

  column.steps[0] = first;
  column.steps[1] = second;
  g_array_append_val (stats->grid.columns, column);
}

/* Two weeks, by the day. */
static inline RunnelStats *
sample_stats_new (void)
{
  RunnelStats *stats = runnel_stats_new ();
  RunnelStatsMember *member;

  stats->complete = TRUE;
  stats->since = T0;
  stats->until = T0 + 14 * DAY;
  stats->unit = 24;
  for (guint i = 0; i < 14; i++)
    if (i % 7 != 6)
      sample_period (stats, T0 + i * DAY, 3 + i % 5, i == 9 ? 2 : 0, 40 + 3 * i);
  sample_point (stats, 12, T0 + 3 * DAY + HOUR, 210, RUNNEL_STATE_SUCCEEDED, TRUE);
  sample_point (stats, 15, T0 + 10 * DAY, 4000, RUNNEL_STATE_SUCCEEDED, TRUE);
  stats->fence = 150 * SECOND;
  member = sample_member (stats, "compile", 700, 34, 30);
  member->now.fields[RUNNEL_TALLY_FLAKES] = 1;
  member = sample_member (stats, "integration-tests", 1300, 60, 60);
  member->now.fields[RUNNEL_TALLY_FLAKES] = 4;
  member->now.fields[RUNNEL_TALLY_FLIPS] = 3;
  stats->total.fields[RUNNEL_TALLY_QUEUED] = 300 * SECOND;
  stats->total.fields[RUNNEL_TALLY_RETRYING] = 90 * SECOND;
  g_ptr_array_add (stats->grid.rows, g_strdup ("compile"));
  g_ptr_array_add (stats->grid.rows, g_strdup ("integration-tests"));
  sample_column (stats, 17, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED);
  sample_column (stats, 16, RUNNEL_STATE_FAILED, RUNNEL_STATE_FAILED, RUNNEL_STATE_SKIPPED);
  sample_column (stats, 15, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_SUCCEEDED, RUNNEL_STATS_NO_STEP);
  return stats;
}

/* Two days, by the hour, each run shown. */
static inline RunnelStats *
sample_hours_new (void)
{
  RunnelStats *stats = runnel_stats_new ();

  stats->complete = TRUE;
  stats->since = T0;
  stats->until = T0 + 2 * DAY;
  stats->unit = 1;
  stats->all_points = TRUE;
  for (guint i = 0; i < 12; i++)
    {
      gboolean failed = i == 7;

      sample_period (stats, T0 + i * 3 * HOUR, failed ? 0 : 1, failed ? 1 : 0, 50 + i);
      sample_point (stats, i + 1, T0 + i * 3 * HOUR + 600 * SECOND, failed ? 20 : 50 + i,
                    failed ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED, FALSE);
    }
  sample_point (stats, 13, T0 + 40 * HOUR, 9, RUNNEL_STATE_CANCELLED, FALSE);
  return stats;
}
