/* runnel-alert-rule.h: what of a pipeline somebody wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_ALERT_ERROR (runnel_alert_error_quark ())
typedef enum
{
  RUNNEL_ALERT_ERROR_RULE = 1, /* a rule or a channel is not as it has to be */
  RUNNEL_ALERT_ERROR_CHANNEL,  /* what was to be told did not arrive */
} RunnelAlertError;
GQuark runnel_alert_error_quark (void);

typedef enum
{
  RUNNEL_ALERT_FAILED,       /* the latest run failed, after all its retries */
  RUNNEL_ALERT_SLOWER,       /* the latest success took `factor` times as long as usual */
  RUNNEL_ALERT_NOT_RUN,      /* nothing started for `after` */
  RUNNEL_ALERT_SUCCESS_RATE, /* less than `below` of the latest `n_runs` succeeded */
  RUNNEL_ALERT_FLAKY,        /* a step failed and then succeeded in `times` of `n_runs` */
  RUNNEL_ALERT_N_CONDITIONS,
} RunnelAlertCondition;

/* All pipelines. */
#define RUNNEL_ALERT_ANY_PIPELINE "*"
/* The channel that is always there. */
#define RUNNEL_ALERT_DESKTOP "desktop"

typedef struct
{
  char *name;
  RunnelAlertCondition condition;
  char *pipeline;   /* its name or file, or "*" */
  char *step;       /* id, or NULL = the whole run; of "flaky": any */
  double factor;
  gint64 after;     /* microseconds */
  double below;     /* percent */
  guint n_runs;     /* the latest ones that are looked at */
  guint times;
  char **channels;  /* names of those who are told */
} RunnelAlertRule;

RunnelAlertRule *runnel_alert_rule_new      (const char             *name,
                                             JsonObject             *values,
                                             GError                **error);
void             runnel_alert_rule_free     (RunnelAlertRule        *self);
gboolean         runnel_alert_rule_is_about (const RunnelAlertRule  *self,
                                             const char             *name,
                                             const char             *file);
char            *runnel_alert_rule_describe (const RunnelAlertRule  *self);
const char      *runnel_alert_condition_to_string (RunnelAlertCondition condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAlertRule, runnel_alert_rule_free)

G_END_DECLS
