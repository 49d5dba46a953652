/* runnel-feature.c: what a pipeline may ask of the system that runs it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-feature.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name; /* in JSON */
  const char *title;
} features[] = {
  [RUNNEL_FEATURE_ORDER] = { "order", N_ ("Order") },
  [RUNNEL_FEATURE_LINK_FAILURE] = { "link-failure", N_ ("Link on failure") },
  [RUNNEL_FEATURE_LINK_FINISHED] = { "link-finished", N_ ("Link when finished") },
  [RUNNEL_FEATURE_LINK_ALWAYS] = { "link-always", N_ ("Link always") },
  [RUNNEL_FEATURE_JOIN_ANY] = { "join-any", N_ ("Join any") },
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = { "join-none-failed", N_ ("Join none failed") },
  [RUNNEL_FEATURE_CONDITION] = { "condition", N_ ("Condition") },
  [RUNNEL_FEATURE_EXPRESSION] = { "expression", N_ ("Expression") },
  [RUNNEL_FEATURE_DISABLED] = { "disabled", N_ ("Disabled") },
  [RUNNEL_FEATURE_ENV] = { "env", N_ ("Environment") },
  [RUNNEL_FEATURE_FOLDER] = { "folder", N_ ("Working directory") },
  [RUNNEL_FEATURE_SHELL] = { "shell", N_ ("Shell") },
  [RUNNEL_FEATURE_PARAMETERS] = { "parameters", N_ ("Parameters") },
  [RUNNEL_FEATURE_SECRETS] = { "secrets", N_ ("Secrets") },
  [RUNNEL_FEATURE_OUTPUTS] = { "outputs", N_ ("Outputs") },
  [RUNNEL_FEATURE_ARTIFACTS] = { "artifacts", N_ ("Artifacts") },
  [RUNNEL_FEATURE_CACHE] = { "cache", N_ ("Cache") },
  [RUNNEL_FEATURE_TIMEOUT] = { "timeout", N_ ("Timeout") },
  [RUNNEL_FEATURE_RETRY] = { "retry", N_ ("Retry") },
  [RUNNEL_FEATURE_RETRY_DELAY] = { "retry-delay", N_ ("Delay of retries") },
  [RUNNEL_FEATURE_RETRY_RULE] = { "retry-rule", N_ ("Rule for retries") },
  [RUNNEL_FEATURE_CONTINUE] = { "continue-on-error", N_ ("Continue on error") },
  [RUNNEL_FEATURE_MATRIX] = { "matrix", N_ ("Matrix") },
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = { "matrix-dynamic", N_ ("Computed matrix") },
  [RUNNEL_FEATURE_MATRIX_LIMIT] = { "matrix-max-parallel", N_ ("Legs at once") },
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] = { "matrix-fail-fast", N_ ("Fail fast") },
  [RUNNEL_FEATURE_POOL] = { "pool", N_ ("Pool") },
  [RUNNEL_FEATURE_PRIORITY] = { "priority", N_ ("Priority") },
  [RUNNEL_FEATURE_BREAKER] = { "breaker", N_ ("Breaker") },
  [RUNNEL_FEATURE_UNDO] = { "undo", N_ ("Undo") },
  [RUNNEL_FEATURE_HOOKS] = { "hooks", N_ ("Hooks") },
  [RUNNEL_FEATURE_HTTP] = { "http", N_ ("Request") },
  [RUNNEL_FEATURE_WAIT] = { "wait", N_ ("Wait") },
  [RUNNEL_FEATURE_APPROVAL] = { "approval", N_ ("Approval") },
  [RUNNEL_FEATURE_SUBPIPELINE] = { "subpipeline", N_ ("Subpipeline") },
  [RUNNEL_FEATURE_FOREIGN] = { "foreign", N_ ("Foreign step") },
  [RUNNEL_FEATURE_IMAGE] = { "image", N_ ("Image") },
  [RUNNEL_FEATURE_JOBS] = { "jobs", N_ ("Steps at once") },
  [RUNNEL_FEATURE_GROUP] = { "group", N_ ("Concurrency group") },
  [RUNNEL_FEATURE_TRIGGERS] = { "triggers", N_ ("Triggers") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (features) == RUNNEL_N_FEATURES);

static const char *const fidelities[] = { "exact", "emulated", "lost" };

/**
 * runnel_feature_to_string:
 * @self: a feature
 *
 * Returns: (transfer none): its name in JSON and in comments of exported files, such as
 * "retry-delay"
 */
const char *
runnel_feature_to_string (RunnelFeature self)
{
  g_return_val_if_fail (self < RUNNEL_N_FEATURES, NULL);

  return features[self].name;
}

/**
 * runnel_feature_get_title:
 * @self: a feature
 *
 * Returns: (transfer none): what people call it, translated
 */
const char *
runnel_feature_get_title (RunnelFeature self)
{
  g_return_val_if_fail (self < RUNNEL_N_FEATURES, NULL);

  return _ (features[self].title);
}

/**
 * runnel_fidelity_to_string:
 * @self: a fidelity
 *
 * Returns: (transfer none): "exact", "emulated" or "lost"
 */
const char *
runnel_fidelity_to_string (RunnelFidelity self)
{
  g_return_val_if_fail (self < G_N_ELEMENTS (fidelities), NULL);

  return fidelities[self];
}
