/* runnel-alert-verdict.c: whether a pipeline breaks a rule
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-verdict.h"
#include "util/runnel-format.h"
#include "util/runnel-sort.h"

#define MIN_RUNS 5 /* fewer say neither what is usual nor how many succeed */
/* What takes less than this longer is not slow, however short the usual time is. */
#define MIN_SLOWNESS G_TIME_SPAN_SECOND

static void
finding_free (gpointer data)
{
  RunnelAlertFinding *self = data;

  g_free (self->step);
  g_free (self->text);
  g_free (self);
}

static RunnelAlertVerdict *
verdict_new (void)
{
  RunnelAlertVerdict *self = g_new0 (RunnelAlertVerdict, 1);

  self->findings = g_ptr_array_new_with_free_func (finding_free);
  return self;
}

/**
 * runnel_alert_verdict_free:
 * @self: (transfer full) (nullable): a verdict
 */
void
runnel_alert_verdict_free (RunnelAlertVerdict *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->findings);
  g_free (self->fine);
  g_free (self);
}

/* Takes @text. */
static RunnelAlertFinding *
add_finding (RunnelAlertVerdict *self,
             const char         *step,
             gint64              run,
             char               *text)
{
  RunnelAlertFinding *finding = g_new0 (RunnelAlertFinding, 1);

  finding->step = g_strdup (step);
  finding->run = finding->first_run = run;
  finding->n_runs = run > 0;
  finding->text = text;
  g_ptr_array_add (self->findings, finding);
  return finding;
}

/**
 * runnel_alert_verdict_find:
 * @step: (nullable): the id of a step, or %NULL for the whole run
 *
 * Returns: (transfer none) (nullable): what is wrong with it
 */
const RunnelAlertFinding *
runnel_alert_verdict_find (const RunnelAlertVerdict *self,
                           const char               *step)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RunnelAlertFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_strcmp0 (finding->step, step) == 0)
        return finding;
    }
  return NULL;
}

/* --- One condition each --- */

static const RunnelLatestRun *
get_run (GArray *runs,
         guint   i)
{
  return &g_array_index (runs, RunnelLatestRun, i);
}

static void
judge_failed (RunnelAlertVerdict    *self,
              const RunnelAlertRule *rule,
              GArray                *runs)
{
  const RunnelLatestRun *latest = get_run (runs, 0);
  RunnelAlertFinding *finding;
  guint n_failed = 0;
  char *text;

  self->known = TRUE;
  if (!runnel_state_is_failure (latest->state))
    {
      self->fine = g_strdup_printf (_("Run %" G_GINT64_FORMAT " succeeded."), latest->run);
      return;
    }
  while (n_failed < runs->len && runnel_state_is_failure (get_run (runs, n_failed)->state))
    n_failed++;
  if (n_failed == 1)
    text = g_strdup_printf (_("Run %" G_GINT64_FORMAT " failed."), latest->run);
  else
    text = g_strdup_printf (g_dngettext (NULL, "Run %" G_GINT64_FORMAT
                                         " failed, as the one before it did.",
                                         "Run %" G_GINT64_FORMAT
                                         " failed, as the %u before it did.", n_failed - 1),
                            latest->run, n_failed - 1);
  finding = add_finding (self, rule->step, latest->run, text);
  finding->first_run = get_run (runs, n_failed - 1)->run;
  finding->n_runs = n_failed;
}

static int
compare_durations (const void *a,
                   const void *b)
{
  const gint64 *left = a;
  const gint64 *right = b;

  return (*left > *right) - (*left < *right);
}

/* Of the successes before the latest one; @ret_n tells how many they are. */
static gint64
get_usual (GArray *runs,
           guint   latest,
           guint  *ret_n)
{
  g_autoptr(GArray) durations = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = latest + 1; i < runs->len; i++)
    {
      const RunnelLatestRun *run = get_run (runs, i);
      gint64 duration = run->finished - run->started;

      if (run->state == RUNNEL_STATE_SUCCEEDED)
        g_array_append_val (durations, duration);
    }
  runnel_sort (durations->data, durations->len, sizeof (gint64), compare_durations);
  *ret_n = durations->len;
  return durations->len > 0 ? g_array_index (durations, gint64, (durations->len - 1) / 2) : 0;
}

static void
judge_slower (RunnelAlertVerdict    *self,
              const RunnelAlertRule *rule,
              GArray                *runs)
{
  guint latest = 0, n_earlier;
  gint64 usual, duration;
  g_autofree char *took = NULL;
  g_autofree char *usually = NULL;

  while (latest < runs->len && get_run (runs, latest)->state != RUNNEL_STATE_SUCCEEDED)
    latest++;
  if (latest == runs->len)
    return;
  usual = get_usual (runs, latest, &n_earlier);
  self->known = n_earlier >= MIN_RUNS;
  if (!self->known)
    return;

  duration = get_run (runs, latest)->finished - get_run (runs, latest)->started;
  took = runnel_format_duration (duration);
  usually = runnel_format_duration (usual);
  if (duration > usual * rule->factor && duration - usual >= MIN_SLOWNESS)
    add_finding (self, rule->step, get_run (runs, latest)->run,
                 g_strdup_printf (_("Run %" G_GINT64_FORMAT " took %s, usually it is %s."),
                                  get_run (runs, latest)->run, took, usually));
  else
    self->fine = g_strdup_printf (_("Run %" G_GINT64_FORMAT " took %s."),
                                  get_run (runs, latest)->run, took);
}

static void
judge_rate (RunnelAlertVerdict    *self,
            const RunnelAlertRule *rule,
            GArray                *runs)
{
  guint n_succeeded = 0;
  double rate;

  for (guint i = 0; i < runs->len; i++)
    n_succeeded += get_run (runs, i)->state == RUNNEL_STATE_SUCCEEDED;
  self->known = runs->len >= MIN (rule->n_runs, MIN_RUNS);
  if (!self->known)
    return;

  rate = 100.0 * n_succeeded / runs->len;
  if (rate < rule->below)
    add_finding (self, rule->step, get_run (runs, 0)->run,
                 g_strdup_printf (_("%u of the latest %u runs succeeded."), n_succeeded,
                                  runs->len));
  else
    self->fine = g_strdup_printf (_("%u of the latest %u runs succeeded."), n_succeeded, runs->len);
}

/**
 * runnel_alert_judge_runs:
 * @rule: whether runs failed, are slower, or succeed too rarely
 * @runs: (element-type RunnelLatestRun): the latest first
 *
 * Returns: (transfer full): the verdict
 */
RunnelAlertVerdict *
runnel_alert_judge_runs (const RunnelAlertRule *rule,
                         GArray                *runs)
{
  RunnelAlertVerdict *self = verdict_new ();

  if (runs->len == 0)
    return self;
  if (rule->condition == RUNNEL_ALERT_FAILED)
    judge_failed (self, rule, runs);
  else if (rule->condition == RUNNEL_ALERT_SLOWER)
    judge_slower (self, rule, runs);
  else
    judge_rate (self, rule, runs);
  return self;
}

/**
 * runnel_alert_judge_silence:
 * @rule: after which time without a run somebody is told
 * @pipeline: with its latest run
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): the verdict; of a pipeline of which no run is left nothing is known
 */
RunnelAlertVerdict *
runnel_alert_judge_silence (const RunnelAlertRule      *rule,
                            const RunnelLatestPipeline *pipeline,
                            gint64                      now)
{
  RunnelAlertVerdict *self = verdict_new ();
  g_autofree char *since = NULL;

  self->known = pipeline->run > 0;
  if (!self->known)
    return self;
  since = runnel_format_time (pipeline->started);
  /* The run is that of an hour ago, not one that shows it. */
  if (now - pipeline->started > rule->after)
    add_finding (self, NULL, 0, g_strdup_printf (_("It has not run since %s."), since));
  else
    self->fine = g_strdup_printf (_("Run %" G_GINT64_FORMAT " started at %s."), pipeline->run,
                                  since);
  return self;
}

static RunnelAlertVerdict *
judge_flaky (const RunnelAlertRule      *rule,
             const RunnelLatestPipeline *pipeline,
             RunnelHistory              *history,
             GError                    **error)
{
  g_autoptr(GPtrArray) steps = runnel_history_get_flaky_steps (history, pipeline->id, rule->n_runs,
                                                               error);
  RunnelAlertVerdict *self;

  if (steps == NULL)
    return NULL;
  self = verdict_new ();
  self->known = TRUE;
  self->fine = g_strdup_printf (_("It failed and then succeeded in less than %u of the latest %u "
                                  "runs."), rule->times,
                                rule->n_runs);
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelFlakyStep *step = g_ptr_array_index (steps, i);

      if (step->n_runs >= rule->times &&
          (rule->step == NULL || g_str_equal (rule->step, step->step)))
        add_finding (self, step->step, step->run,
                     g_strdup_printf (_("Step %s failed and then succeeded in %u of the latest %u "
                                        "runs."), step->step,
                                      step->n_runs, rule->n_runs));
    }
  return self;
}

/**
 * runnel_alert_judge:
 * @rule: a rule
 * @pipeline: one that it is about
 * @history: its runs
 * @now: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable): the verdict
 */
RunnelAlertVerdict *
runnel_alert_judge (const RunnelAlertRule       *rule,
                    const RunnelLatestPipeline  *pipeline,
                    RunnelHistory               *history,
                    gint64                       now,
                    GError                     **error)
{
  g_autoptr(GArray) runs = NULL;

  if (rule->condition == RUNNEL_ALERT_NOT_RUN)
    return runnel_alert_judge_silence (rule, pipeline, now);
  if (rule->condition == RUNNEL_ALERT_FLAKY)
    return judge_flaky (rule, pipeline, history, error);
  runs = runnel_history_get_latest_runs (history, pipeline->id, rule->step, rule->n_runs, error);
  return runs != NULL ? runnel_alert_judge_runs (rule, runs) : NULL;
}
