/* runnel-figures.c: statistics in a few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "charts/runnel-figures.h"
#include "util/runnel-format.h"

/* A change of less than this is none: percent of a quantity, points of a rate. */
#define MIN_PERCENT 1.0
#define MIN_POINTS 0.1

/* From here on people think in times. */
#define MANY_PERCENT 400.0

static const RunnelLoss losses[] = {
  { N_("Waiting for a free place"), RUNNEL_TALLY_QUEUED },
  { N_("Waiting behind other runs"), RUNNEL_TALLY_BEHIND_RUNS },
  { N_("Waiting for a pool"), RUNNEL_TALLY_WAITED + RUNNEL_WAIT_POOL },
  { N_("Waiting for a person"), RUNNEL_TALLY_WAITED + RUNNEL_WAIT_APPROVAL },
  { N_("Frozen"), RUNNEL_TALLY_WAITED + RUNNEL_WAIT_HOLD },
  { N_("Waiting for something else"), RUNNEL_TALLY_WAITED + RUNNEL_WAIT_UNKNOWN },
  { N_("Repeated attempts"), RUNNEL_TALLY_RETRYING },
  { N_("Rolling back"), RUNNEL_TALLY_ROLLING_BACK },
};

static void
figure_free (gpointer data)
{
  RunnelFigure *self = data;

  g_free (self->title);
  g_free (self->value);
  g_free (self->change);
  g_free (self);
}

/**
 * runnel_format_rate:
 * @rate: 0 to 1, below 0 when it is not known
 *
 * Returns: (transfer full): "97.3 %", or "–"
 */
char *
runnel_format_rate (double rate)
{
  if (rate < 0)
    return g_strdup ("–");
  /* Cut, not rounded: only what never failed has 100 %. */
  return g_strdup_printf (_("%.1f %%"), floor (rate * 1000 + 1e-9) / 10);
}

/**
 * runnel_format_number:
 * @number: a number
 *
 * Returns: (transfer full): it with the separators of the person's language: "1,464"
 */
char *
runnel_format_number (gint64 number)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

static RunnelFigure *
figure_new (const char *title,
            char       *value)
{
  RunnelFigure *self = g_new0 (RunnelFigure, 1);

  self->title = g_strdup (title);
  self->value = value;
  return self;
}

/* @good says in which direction it gets better, 0 when neither is. */
static void
set_direction (RunnelFigure *self,
               int           direction,
               int           good)
{
  self->direction = direction;
  if (direction * good != 0)
    self->verdict = direction == good ? RUNNEL_VERDICT_BETTER : RUNNEL_VERDICT_WORSE;
}

static void
set_percent (RunnelFigure *self,
             double        now,
             double        before,
             int           good)
{
  double percent = (now / before - 1) * 100;

  if (before <= 0 || now < 0)
    return;
  if (fabs (percent) < MIN_PERCENT)
    self->change = g_strdup (_("as before"));
  else if (percent >= MANY_PERCENT)
    self->change = g_strdup_printf (_("%.0f times as much"), now / before);
  else if (percent > 0)
    self->change = g_strdup_printf (_("%.0f %% more"), percent);
  else
    self->change = g_strdup_printf (_("%.0f %% less"), -percent);
  set_direction (self, fabs (percent) < MIN_PERCENT ? 0 : percent > 0 ? 1 : -1, good);
}

static void
set_points (RunnelFigure *self,
            double        now,
            double        before)
{
  double points = (now - before) * 100;

  if (now < 0 || before < 0)
    return;
  if (fabs (points) < MIN_POINTS)
    self->change = g_strdup (_("as before"));
  else if (points > 0)
    self->change = g_strdup_printf (_("%.1f points more"), points);
  else
    self->change = g_strdup_printf (_("%.1f points less"), -points);
  set_direction (self, fabs (points) < MIN_POINTS ? 0 : points > 0 ? 1 : -1, 1);
}

static gint64
count_runs (const RunnelTally *tally)
{
  return runnel_tally_get_n_judged (tally) + tally->fields[RUNNEL_TALLY_CANCELLED];
}

static double
get_lost_per_run (const RunnelTally *tally)
{
  gint64 n_runs = count_runs (tally);

  return n_runs > 0 ? (double) runnel_tally_get_lost (tally) / n_runs : -1;
}

static char *
format_duration (gint64 duration)
{
  return duration >= 0 ? runnel_format_duration (duration) : g_strdup ("–");
}

static RunnelFigure *
get_runs (const RunnelStats *stats)
{
  gint64 n_runs = count_runs (&stats->total);
  RunnelFigure *figure = figure_new (_("Runs"), runnel_format_number (n_runs));

  if (stats->whole_before)
    set_percent (figure, n_runs, count_runs (&stats->before), 0);
  return figure;
}

static RunnelFigure *
get_success (const RunnelStats *stats)
{
  double rate = runnel_tally_get_success_rate (&stats->total);
  RunnelFigure *figure = figure_new (_("Success rate"), runnel_format_rate (rate));

  set_points (figure, rate, runnel_tally_get_success_rate (&stats->before));
  return figure;
}

static RunnelFigure *
get_percentile (const RunnelStats *stats,
                const char        *title,
                guint              percent)
{
  gint64 now = runnel_histogram_get_percentile (&stats->total.durations, percent);
  RunnelFigure *figure = figure_new (title, format_duration (now));

  set_percent (figure, now, runnel_histogram_get_percentile (&stats->before.durations, percent), -1);
  return figure;
}

static RunnelFigure *
get_lost (const RunnelStats *stats)
{
  double now = get_lost_per_run (&stats->total);
  RunnelFigure *figure = figure_new (_("Time lost a run"), format_duration (now));

  set_percent (figure, now, get_lost_per_run (&stats->before), -1);
  return figure;
}

static RunnelFigure *
get_flaky (const RunnelStats *stats)
{
  gint64 now = runnel_tally_get_n_flaky (&stats->total);
  RunnelFigure *figure = figure_new (_("Flaky"), runnel_format_number (now));

  if (stats->whole_before)
    set_percent (figure, now, runnel_tally_get_n_flaky (&stats->before), -1);
  return figure;
}

/**
 * runnel_figures_list:
 * @stats: statistics
 *
 * Returns: (transfer full) (element-type RunnelFigure): the numbers that matter most
 */
GPtrArray *
runnel_figures_list (const RunnelStats *stats)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func (figure_free);

  g_ptr_array_add (figures, get_runs (stats));
  g_ptr_array_add (figures, get_success (stats));
  g_ptr_array_add (figures, get_percentile (stats, _("Median duration"), 50));
  g_ptr_array_add (figures, get_percentile (stats, _("95th percentile"), 95));
  g_ptr_array_add (figures, get_lost (stats));
  g_ptr_array_add (figures, get_flaky (stats));
  return figures;
}

/**
 * runnel_figures_get_losses:
 * @ret_n_losses: (out): how many they are
 *
 * Returns: (array length=ret_n_losses) (transfer none): what time is lost to; the titles are to be
 *   translated
 */
const RunnelLoss *
runnel_figures_get_losses (guint *ret_n_losses)
{
  *ret_n_losses = G_N_ELEMENTS (losses);
  return losses;
}

/**
 * runnel_figure_get_arrow:
 * @self: a figure
 *
 * Returns: (transfer none): where it went, as a character; "" when it did not
 */
const char *
runnel_figure_get_arrow (const RunnelFigure *self)
{
  return self->direction > 0 ? "↑" : self->direction < 0 ? "↓" : "";
}
