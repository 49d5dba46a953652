/* runnel-history-stats-points.c: single runs among the statistics, with how long they took
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Up to MAX_POINTS runs are shown one by one. Of more only the outliers are: the histograms say in
 * which hours or days there are any, and only the runs of these are looked at.
 */
#include "config.h"

#include "history/runnel-history-stats-private.h"

#define MAX_POINTS 400
#define MAX_OUTLIERS 200
#define MAX_LOOKS 4000 /* at runs, for outliers */

/* A run on its way to become a point. */
typedef struct
{
  gint64 definition;
  RunnelStatsPoint point;
} Candidate;

/* --- How long a step took in a run --- */

/* -1 when the definition does not have it. Runs of one definition follow each other. */
static gboolean
find_step (RunnelStatsReader *self,
           gint64             definition,
           gint64            *ret_step,
           GError           **error)
{
  static const char sql[] = "SELECT step FROM definition_step WHERE definition = ? AND id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, definition);
  runnel_statement_bind_text (statement, 1, self->query->step);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_step = row ? runnel_statement_get_int (statement, 0) : -1;
  runnel_statement_reset (statement);
  return TRUE;
}

/* Makes the point that of the step; it has no duration when the step did not run. */
static gboolean
look_at_step (RunnelStatsReader *self,
              gint64             step,
              RunnelStatsPoint  *point,
              GError           **error)
{
  static const char sql[] =
    "SELECT s.state, s.finished - coalesce ("
    "  (SELECT min (started) FROM attempt WHERE run = ?1 AND step = ?2 AND started > 0),"
    "  (SELECT min (a.started) FROM added_step leg"
    "   JOIN attempt a ON a.run = leg.run AND a.step = leg.step"
    "   WHERE leg.run = ?1 AND leg.role = 1 AND leg.parent = ?3 AND a.started > 0),"
    "  s.finished + 1) FROM step s WHERE s.run = ?1 AND s.step = ?2 AND s.reused = 0";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  G_STATIC_ASSERT (RUNNEL_ROLE_LEG == 1);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, point->run);
  runnel_statement_bind_int (statement, 1, step);
  runnel_statement_bind_text (statement, 2, self->query->step);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  point->state = row ? runnel_statement_get_int (statement, 0) : RUNNEL_STATE_PENDING;
  point->duration = row ? runnel_statement_get_int (statement, 1) : -1;
  runnel_statement_reset (statement);
  return TRUE;
}

/* Turns runs into what the step did in them. */
static gboolean
look_at_steps (RunnelStatsReader *self,
               GArray            *candidates,
               GError           **error)
{
  gint64 definition = 0, step = -1;

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (candidate->definition != definition &&
          !find_step (self, candidate->definition, &step, error))
        return FALSE;
      definition = candidate->definition;
      if (step < 0)
        candidate->point.duration = -1;
      else if (!look_at_step (self, step, &candidate->point, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Runs --- */

static Candidate
read_candidate (RunnelStatement *row)
{
  return (Candidate) {
    .definition = runnel_statement_get_int (row, 4),
    .point = {
      .run = runnel_statement_get_int (row, 0),
      .started = runnel_statement_get_int (row, 1),
      .duration = runnel_statement_get_int (row, 2),
      .state = runnel_statement_get_int (row, 3),
    },
  };
}

/* Appends the runs of a pipeline, the latest first, at most @limit. */
static gboolean
list_runs (RunnelStatsReader *self,
           gint64             pipeline,
           RunnelHours        hours,
           guint              limit,
           GArray            *candidates,
           GError           **error)
{
  static const char sql[] =
    "SELECT id, started, finished - started, state, definition FROM run"
    " WHERE pipeline = ? AND hour >= ? AND hour < ? ORDER BY hour DESC, id DESC LIMIT ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, pipeline);
  runnel_statement_bind_int (statement, 1, hours.first);
  runnel_statement_bind_int (statement, 2, hours.end);
  runnel_statement_bind_int (statement, 3, limit);
  while (runnel_statement_step (statement, &row, error))
    {
      Candidate candidate;

      if (!row)
        return TRUE;
      candidate = read_candidate (statement);
      g_array_append_val (candidates, candidate);
    }
  return FALSE;
}

static GArray *
list_candidates (RunnelStatsReader *self,
                 RunnelHours        hours,
                 guint              limit,
                 GError           **error)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < self->pipelines->len; i++)
    if (!list_runs (self, g_array_index (self->pipelines, RunnelStatsPipeline, i).id, hours, limit,
                    candidates, error))
      return NULL;
  if (self->query->step != NULL && !look_at_steps (self, candidates, error))
    return NULL;
  return g_steal_pointer (&candidates);
}

/* --- Points --- */

static void
add_points (RunnelStats *stats,
            GArray      *candidates,
            gboolean     outliers_only)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      RunnelStatsPoint *point = &g_array_index (candidates, Candidate, i).point;

      point->outlier = stats->fence > 0 && point->duration > stats->fence &&
                       point->state == RUNNEL_STATE_SUCCEEDED;
      if (point->duration >= 0 && (point->outlier || !outliers_only))
        g_array_append_val (stats->points, *point);
    }
}

static gboolean
has_outliers (const RunnelStatsPeriod *period,
              gint64                   fence)
{
  const RunnelHistogram *durations = &period->tally.durations;
  guint n_bins = runnel_histogram_get_n_bins (durations);

  return n_bins > 0 &&
         runnel_histogram_get_high (runnel_histogram_get_bin (durations, n_bins - 1).bucket) > fence;
}

/* From the latest period back, as far as time allows. */
static gboolean
add_outliers (RunnelStatsReader *self,
              GError           **error)
{
  RunnelStats *stats = self->stats;
  guint n_looks = 0;

  for (guint i = stats->periods->len; i-- > 0;)
    {
      const RunnelStatsPeriod *period = &g_array_index (stats->periods, RunnelStatsPeriod, i);
      RunnelHours hours = { MAX (period->hour, self->hours.first),
                            MIN (period->hour + stats->unit, self->hours.end) };
      g_autoptr(GArray) candidates = NULL;

      if (n_looks >= MAX_LOOKS || stats->points->len >= MAX_OUTLIERS)
        return TRUE;
      if (!has_outliers (period, stats->fence))
        continue;
      candidates = list_candidates (self, hours, MAX_LOOKS - n_looks, error);
      if (candidates == NULL)
        return FALSE;
      n_looks += candidates->len;
      add_points (stats, candidates, TRUE);
    }
  return TRUE;
}

static int
compare_points (gconstpointer a,
                gconstpointer b)
{
  const RunnelStatsPoint *left = a;
  const RunnelStatsPoint *right = b;

  if (left->started != right->started)
    return left->started < right->started ? -1 : 1;
  return (left->run > right->run) - (left->run < right->run);
}

/* Fills the points of the statistics, whose totals and periods are there. */
gboolean
_runnel_stats_read_points (RunnelStatsReader *self,
                           GError           **error)
{
  RunnelStats *stats = self->stats;
  g_autoptr(GArray) candidates = list_candidates (self, self->hours, MAX_POINTS + 1, error);

  if (candidates == NULL)
    return FALSE;
  stats->fence = runnel_stats_find_fence (&stats->total.durations);
  stats->all_points = candidates->len <= MAX_POINTS;
  if (stats->all_points)
    add_points (stats, candidates, FALSE);
  else if (stats->fence > 0 && !add_outliers (self, error))
    return FALSE;
  g_array_sort (stats->points, compare_points);
  return TRUE;
}
