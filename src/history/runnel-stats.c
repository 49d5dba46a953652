/* runnel-stats.c: what there was of a pipeline, or of all, in a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-stats.h"

/* With fewer durations nothing can be said to be unusual. */
#define MIN_FOR_FENCE 8

/**
 * runnel_stats_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): another one like it
 */
RunnelStatsQuery *
runnel_stats_query_copy (const RunnelStatsQuery *self)
{
  RunnelStatsQuery *copy = g_memdup2 (self, sizeof *self);

  copy->pipeline = g_strdup (self->pipeline);
  copy->step = g_strdup (self->step);
  return copy;
}

/**
 * runnel_stats_query_free:
 * @self: (transfer full) (nullable): a query with strings of its own
 */
void
runnel_stats_query_free (RunnelStatsQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->pipeline);
  g_free (self->step);
  g_free (self);
}

static void
period_clear (gpointer data)
{
  runnel_tally_clear (&((RunnelStatsPeriod *) data)->tally);
}

static void
member_free (gpointer data)
{
  RunnelStatsMember *self = data;

  runnel_tally_clear (&self->now);
  runnel_tally_clear (&self->before);
  g_free (self->id);
  g_free (self->file);
  g_free (self);
}

static void
column_clear (gpointer data)
{
  g_free (((RunnelStatsColumn *) data)->steps);
}

static GArray *
make_array (gsize          size,
            GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

/**
 * runnel_stats_new:
 *
 * Returns: (transfer full): statistics of nothing
 */
RunnelStats *
runnel_stats_new (void)
{
  RunnelStats *self = g_new0 (RunnelStats, 1);

  self->periods = make_array (sizeof (RunnelStatsPeriod), period_clear);
  self->members = g_ptr_array_new_with_free_func (member_free);
  self->points = make_array (sizeof (RunnelStatsPoint), NULL);
  self->grid.rows = g_ptr_array_new_with_free_func (g_free);
  self->grid.columns = make_array (sizeof (RunnelStatsColumn), column_clear);
  return self;
}

/**
 * runnel_stats_free:
 * @self: (transfer full) (nullable): statistics
 */
void
runnel_stats_free (RunnelStats *self)
{
  if (self == NULL)
    return;
  runnel_tally_clear (&self->total);
  runnel_tally_clear (&self->before);
  g_array_unref (self->periods);
  g_ptr_array_unref (self->members);
  g_array_unref (self->points);
  g_ptr_array_unref (self->grid.rows);
  g_array_unref (self->grid.columns);
  g_free (self);
}

/**
 * runnel_stats_find_fence:
 * @durations: microseconds
 *
 * The outer fence of J. W. Tukey, "Exploratory Data Analysis" (1977): three times the distance of
 * the quartiles above the upper one. Where all take nearly the same time that would be hardly more
 * than usual; hence half as much again as the median at least.
 *
 * Returns: what is longer than this is an outlier; 0 when there are too few to say so
 */
gint64
runnel_stats_find_fence (const RunnelHistogram *durations)
{
  gint64 lower = runnel_histogram_get_percentile (durations, 25);
  gint64 median = runnel_histogram_get_percentile (durations, 50);
  gint64 upper = runnel_histogram_get_percentile (durations, 75);

  if (durations->total < MIN_FOR_FENCE)
    return 0;
  return MAX (upper + 3 * (upper - lower), median + median / 2);
}

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return (a < b) - (a > b);
}

/**
 * runnel_stats_compare_slowest:
 * @a: a pointer to a member
 * @b: another one
 *
 * Returns: below 0 when @a took more time on the critical path, and so could make runs shorter by
 *   more; a pipeline, when its runs took more
 */
int
runnel_stats_compare_slowest (gconstpointer a,
                              gconstpointer b)
{
  const RunnelStatsMember *left = *(const RunnelStatsMember *const *) a;
  const RunnelStatsMember *right = *(const RunnelStatsMember *const *) b;
  int order = compare_numbers (left->now.fields[RUNNEL_TALLY_CRITICAL],
                               right->now.fields[RUNNEL_TALLY_CRITICAL]);

  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

/**
 * runnel_stats_compare_flakiest:
 * @a: a pointer to a member
 * @b: another one
 *
 * Returns: below 0 when @a failed more often and then succeeded without a change of definition
 */
int
runnel_stats_compare_flakiest (gconstpointer a,
                               gconstpointer b)
{
  const RunnelStatsMember *left = *(const RunnelStatsMember *const *) a;
  const RunnelStatsMember *right = *(const RunnelStatsMember *const *) b;
  int order = compare_numbers (runnel_tally_get_n_flaky (&left->now),
                               runnel_tally_get_n_flaky (&right->now));

  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}
