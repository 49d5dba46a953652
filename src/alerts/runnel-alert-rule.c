/* runnel-alert-rule.c: what of a pipeline somebody wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-rule.h"
#include "model/runnel-duration.h"

G_DEFINE_QUARK (runnel-alert-error-quark, runnel_alert_error)

static const char *const conditions[RUNNEL_ALERT_N_CONDITIONS] = {
  [RUNNEL_ALERT_FAILED] = "failed",
  [RUNNEL_ALERT_SLOWER] = "slower",
  [RUNNEL_ALERT_NOT_RUN] = "not-run",
  [RUNNEL_ALERT_SUCCESS_RATE] = "success-rate",
  [RUNNEL_ALERT_FLAKY] = "flaky",
};

/**
 * runnel_alert_condition_to_string:
 *
 * Returns: (transfer none): the word for it in the settings
 */
const char *
runnel_alert_condition_to_string (RunnelAlertCondition condition)
{
  g_return_val_if_fail (condition < RUNNEL_ALERT_N_CONDITIONS, NULL);

  return conditions[condition];
}

static gboolean
read_condition (RunnelAlertRule  *self,
                JsonObject       *values,
                GError          **error)
{
  const char *word = json_object_get_string_member_with_default (values, "when", "");

  for (guint i = 0; i < RUNNEL_ALERT_N_CONDITIONS; i++)
    if (g_str_equal (word, conditions[i]))
      {
        self->condition = i;
        return TRUE;
      }
  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
               "the rule “%s” does not say when: failed, slower, not-run, success-rate or flaky",
               self->name);
  return FALSE;
}

static gboolean
read_after (RunnelAlertRule  *self,
            JsonObject       *values,
            GError          **error)
{
  const char *text = json_object_get_string_member_with_default (values, "after", NULL);

  if (self->condition != RUNNEL_ALERT_NOT_RUN ||
      (text != NULL && runnel_duration_parse (text, &self->after, NULL)))
    return TRUE;
  g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_RULE,
               "the rule “%s” does not say after which time, such as \"after\": \"26h\"",
               self->name);
  return FALSE;
}

static char **
read_channels (JsonObject *values)
{
  JsonArray *array = json_object_has_member (values, "tell")
                       ? json_object_get_array_member (values, "tell") : NULL;
  g_autoptr(GStrvBuilder) channels = g_strv_builder_new ();

  if (array == NULL)
    g_strv_builder_add (channels, RUNNEL_ALERT_DESKTOP);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (channels, json_array_get_string_element (array, i));
  return g_strv_builder_end (channels);
}

/**
 * runnel_alert_rule_new:
 * @name: what it is called in the settings
 * @values: what stands there, checked against the settings' shape
 * @error: return location for a %RUNNEL_ALERT_ERROR_RULE
 *
 * Returns: (transfer full) (nullable): the rule
 */
RunnelAlertRule *
runnel_alert_rule_new (const char  *name,
                       JsonObject  *values,
                       GError     **error)
{
  g_autoptr(RunnelAlertRule) self = g_new0 (RunnelAlertRule, 1);
  const char *step = json_object_get_string_member_with_default (values, "step", NULL);

  self->name = g_strdup (name);
  self->pipeline =
    g_strdup (json_object_get_string_member_with_default (values, "pipeline",
                                                          RUNNEL_ALERT_ANY_PIPELINE));
  self->step = g_strdup (step);
  self->factor = json_object_get_double_member_with_default (values, "factor", 2);
  self->below = json_object_get_double_member_with_default (values, "below", 90);
  self->n_runs = json_object_get_int_member_with_default (values, "runs", 20);
  self->times = json_object_get_int_member_with_default (values, "times", 2);
  self->channels = read_channels (values);
  if (!read_condition (self, values, error) || !read_after (self, values, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * runnel_alert_rule_free:
 * @self: (transfer full) (nullable): a rule
 */
void
runnel_alert_rule_free (RunnelAlertRule *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->pipeline);
  g_free (self->step);
  g_strfreev (self->channels);
  g_free (self);
}

/**
 * runnel_alert_rule_is_about:
 * @name: the name of a pipeline
 * @file: its file
 *
 * Returns: whether it is one of the rule's
 */
gboolean
runnel_alert_rule_is_about (const RunnelAlertRule *self,
                            const char            *name,
                            const char            *file)
{
  return g_str_equal (self->pipeline, RUNNEL_ALERT_ANY_PIPELINE) ||
         g_str_equal (self->pipeline, name) || g_str_equal (self->pipeline, file);
}

/**
 * runnel_alert_rule_describe:
 *
 * Returns: (transfer full): when somebody is told, in words behind a pipeline's name
 */
char *
runnel_alert_rule_describe (const RunnelAlertRule *self)
{
  g_autofree char *after = NULL;

  switch (self->condition)
    {
    case RUNNEL_ALERT_FAILED:
      return self->step ? g_strdup_printf (_("step %s fails after its retries"), self->step)
                        : g_strdup (_("fails after its retries"));
    case RUNNEL_ALERT_SLOWER:
      return self->step ? g_strdup_printf (_("step %s takes %g times as long as usual"), self->step,
                                           self->factor)
                        : g_strdup_printf (_("takes %g times as long as usual"), self->factor);
    case RUNNEL_ALERT_NOT_RUN:
      after = runnel_duration_to_string (self->after);
      return g_strdup_printf (_("does not run for %s"), after);
    case RUNNEL_ALERT_SUCCESS_RATE:
      return g_strdup_printf (_("succeeds in less than %g %% of %u runs"), self->below,
                              self->n_runs);
    case RUNNEL_ALERT_FLAKY:
      return self->step ? g_strdup_printf (_("step %s fails and then succeeds in %u of %u runs"),
                                           self->step, self->times, self->n_runs)
                        : g_strdup_printf (_("has a step that fails and then succeeds in %u of %u "
                                             "runs"), self->times, self->n_runs);
    case RUNNEL_ALERT_N_CONDITIONS:
    default:
      g_return_val_if_reached (NULL);
    }
}
