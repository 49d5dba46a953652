/* runnel-alert-verdict.h: whether a pipeline breaks a rule
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "alerts/runnel-alert-rule.h"
#include "history/runnel-latest-runs.h"

G_BEGIN_DECLS

/* Something that is wrong. */
typedef struct
{
  char *step;    /* id, or NULL = the whole run */
  gint64 run;    /* the latest one that shows it, 0 = none */
  gint64 first_run; /* of those in a row that do */
  guint n_runs;  /* how many they are, as far as it was looked */
  char *text;    /* for people */
} RunnelAlertFinding;

typedef struct
{
  gboolean known;      /* FALSE: there is too little to say so */
  GPtrArray *findings; /* of RunnelAlertFinding */
  char *fine;          /* what is to be said if an incident is over, or NULL */
} RunnelAlertVerdict;

RunnelAlertVerdict       *runnel_alert_judge        (const RunnelAlertRule       *rule,
                                                     const RunnelLatestPipeline  *pipeline,
                                                     RunnelHistory               *history,
                                                     gint64                       now,
                                                     GError                     **error);
RunnelAlertVerdict       *runnel_alert_judge_runs   (const RunnelAlertRule       *rule,
                                                     GArray                      *runs);
RunnelAlertVerdict       *runnel_alert_judge_silence (const RunnelAlertRule      *rule,
                                                     const RunnelLatestPipeline  *pipeline,
                                                     gint64                       now);
const RunnelAlertFinding *runnel_alert_verdict_find (const RunnelAlertVerdict    *self,
                                                     const char                  *step);
void                      runnel_alert_verdict_free (RunnelAlertVerdict          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAlertVerdict, runnel_alert_verdict_free)

G_END_DECLS
