/* runnel-alerts.c: opens and resolves incidents, and has them told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-verdict.h"
#include "alerts/runnel-alerts.h"
#include "history/runnel-history-incidents.h"

#define KEEP_TIME (365 * G_TIME_SPAN_DAY) /* of incidents that are over */

/* A check: all of it is one transaction, so that two of them can't open the same incident. */
typedef struct
{
  const RunnelAlertConfig *config;
  RunnelHistory *history;
  gint64 now;
  GPtrArray *open; /* of RunnelIncident, when it began */
} Check;

static gboolean
is_of (const RunnelIncident       *incident,
       const RunnelAlertRule      *rule,
       const RunnelLatestPipeline *pipeline)
{
  return g_str_equal (incident->rule, rule->name) &&
         g_str_equal (incident->pipeline, pipeline->name) &&
         g_str_equal (incident->file, pipeline->file);
}

static gboolean
note_findings (Check                       *self,
               const RunnelAlertRule       *rule,
               const RunnelLatestPipeline  *pipeline,
               const RunnelAlertVerdict    *verdict,
               GError                     **error)
{
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const RunnelAlertFinding *finding = g_ptr_array_index (verdict->findings, i);
      RunnelIncident seen = {
        .rule = rule->name, .pipeline = pipeline->name, .file = pipeline->file,
        .step = finding->step, .run = finding->run, .first_run = finding->first_run,
        .n_runs = finding->n_runs, .text = finding->text,
      };

      if (!runnel_history_note_incident (self->history, &seen, (const char *const *) rule->channels,
                                         self->now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_others (Check                       *self,
                const RunnelAlertRule       *rule,
                const RunnelLatestPipeline  *pipeline,
                const RunnelAlertVerdict    *verdict,
                GError                     **error)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const RunnelIncident *incident = g_ptr_array_index (self->open, i);

      if (is_of (incident, rule, pipeline) &&
          !runnel_alert_verdict_find (verdict, incident->step) &&
          !runnel_history_resolve_incident (self->history, incident->id,
                                            verdict->fine ? verdict->fine : "",
                                            (const char *const *) rule->channels, self->now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_pipeline (Check                       *self,
                const RunnelAlertRule       *rule,
                const RunnelLatestPipeline  *pipeline,
                GError                     **error)
{
  g_autoptr(RunnelAlertVerdict) verdict = runnel_alert_judge (rule, pipeline, self->history,
                                                              self->now, error);

  if (verdict == NULL)
    return FALSE;
  return !verdict->known || (note_findings (self, rule, pipeline, verdict, error) &&
                             resolve_others (self, rule, pipeline, verdict, error));
}

static gboolean
check_rules (Check      *self,
             GPtrArray  *pipelines,
             GError    **error)
{
  for (guint i = 0; i < self->config->rules->len; i++)
    for (guint j = 0; j < pipelines->len; j++)
      {
        const RunnelAlertRule *rule = g_ptr_array_index (self->config->rules, i);
        const RunnelLatestPipeline *pipeline = g_ptr_array_index (pipelines, j);

        if (runnel_alert_rule_is_about (rule, pipeline->name, pipeline->file) &&
            !check_pipeline (self, rule, pipeline, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
is_checked (Check                *self,
            GPtrArray            *pipelines,
            const RunnelIncident *incident)
{
  const RunnelAlertRule *rule = runnel_alert_config_find_rule (self->config, incident->rule);

  for (guint i = 0; rule != NULL && i < pipelines->len; i++)
    {
      const RunnelLatestPipeline *pipeline = g_ptr_array_index (pipelines, i);

      if (is_of (incident, rule, pipeline) &&
          runnel_alert_rule_is_about (rule, pipeline->name, pipeline->file))
        return TRUE;
    }
  return FALSE;
}

/* Nobody is told that a rule was taken out: somebody did that. */
static gboolean
resolve_forgotten (Check      *self,
                   GPtrArray  *pipelines,
                   GError    **error)
{
  static const char *const nobody[] = { NULL };

  for (guint i = 0; i < self->open->len; i++)
    {
      const RunnelIncident *incident = g_ptr_array_index (self->open, i);

      if (!is_checked (self, pipelines, incident) &&
          !runnel_history_resolve_incident (self->history, incident->id,
                                            _("The rule, or the pipeline, is gone."),
                                            nobody, self->now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_all (Check   *self,
           GError **error)
{
  g_autoptr(GPtrArray) pipelines = runnel_history_list_latest (self->history, error);

  if (pipelines == NULL)
    return FALSE;
  self->open = runnel_history_list_incidents (self->history, /* only_open= */ TRUE, 0, error);
  return self->open != NULL && check_rules (self, pipelines, error) &&
         resolve_forgotten (self, pipelines, error) &&
         runnel_history_forget_incidents (self->history, self->now - KEEP_TIME, error);
}

/**
 * runnel_alerts_are_wanted:
 * @settings: the settings of this machine
 *
 * Returns: whether there is a rule; without one there is nothing to check, but for what an earlier
 *   one may have left open, which the next `runnel alerts check` resolves
 */
gboolean
runnel_alerts_are_wanted (RunnelSettings *settings)
{
  JsonObject *all = runnel_settings_get_all (settings);
  JsonObject *alerts = json_object_has_member (all, "alerts")
                         ? json_object_get_object_member (all, "alerts") : NULL;

  return alerts != NULL && json_object_has_member (alerts, "rules");
}

/**
 * runnel_alerts_check:
 * @config: rules and channels
 * @history: a history that is not in a transaction
 * @now: microseconds since 1970
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Looks at the latest runs of all pipelines: opens an incident where a rule is broken and none is
 * open, and resolves the ones whose rule is kept again. Nobody is told before
 * runnel_alerts_deliver().
 *
 * Returns: whether that is recorded, all of it or nothing
 */
gboolean
runnel_alerts_check (const RunnelAlertConfig  *config,
                     RunnelHistory            *history,
                     gint64                    now,
                     GError                  **error)
{
  Check check = { .config = config, .history = history, .now = now };
  gboolean ok;

  if (!runnel_history_begin (history, error))
    return FALSE;
  ok = check_all (&check, error) && runnel_history_commit (history, error);
  if (!ok)
    runnel_history_rollback (history);
  g_clear_pointer (&check.open, g_ptr_array_unref);
  return ok;
}

/* Returns: whether it arrived; @ret_for_good tells that it never will */
static gboolean
tell (const RunnelAlertConfig  *config,
      const RunnelNotice       *notice,
      gboolean                 *ret_for_good,
      GError                  **error)
{
  const RunnelAlertChannel *channel = runnel_alert_config_find_channel (config, notice->channel);
  g_autoptr(RunnelAlertMessage) message = NULL;

  *ret_for_good = channel == NULL;
  if (channel == NULL)
    {
      g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                   "there is no channel “%s” in the settings",
                   notice->channel);
      return FALSE;
    }
  message = runnel_alert_message_new (notice);
  return runnel_alert_channel_tell (channel, message, error);
}

/**
 * runnel_alerts_deliver:
 * @config: rules and channels
 * @history: a history that is not in a transaction
 * @ret_n_failed: (out): how many notices did not arrive
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Tells whoever is to be told by now, one after the other, and waits for it: not for the
 * application's thread. What does not arrive is tried again by a later call.
 *
 * Returns: whether what became of all of them is recorded
 */
gboolean
runnel_alerts_deliver (const RunnelAlertConfig  *config,
                       RunnelHistory            *history,
                       guint                    *ret_n_failed,
                       GError                  **error)
{
  gint64 start = g_get_real_time ();

  *ret_n_failed = 0;
  while (TRUE)
    {
      g_autoptr(RunnelNotice) notice = NULL;
      g_autoptr(GError) problem = NULL;
      gboolean for_good;

      if (!runnel_history_claim_notice (history, start, g_get_real_time (), &notice, error))
        return FALSE;
      if (notice == NULL)
        return TRUE;
      *ret_n_failed += !tell (config, notice, &for_good, &problem);
      if (!runnel_history_settle_notice (history, notice, problem ? problem->message : NULL,
                                         for_good,
                                         g_get_real_time (), error))
        return FALSE;
    }
}
