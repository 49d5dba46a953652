/* runnel-argo.c: the target Argo Workflows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"
#include "interchange/runnel-targets.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define EXACT(text) { RUNNEL_FIDELITY_EXACT, N_(text), NULL }
#define EMULATED(text) { RUNNEL_FIDELITY_EMULATED, N_(text), NULL }
#define LOST(text, fix) { RUNNEL_FIDELITY_LOST, N_(text), fix }

static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EXACT ("“depends: a.Succeeded”, without failFast"),
  [RUNNEL_FEATURE_LINK_FAILURE] = EXACT ("“depends: a.Failed || a.Errored”"),
  [RUNNEL_FEATURE_LINK_FINISHED] = EXACT ("“depends” on success, failure and error"),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EXACT ("“depends” on every end, also Skipped and Omitted"),
  [RUNNEL_FEATURE_JOIN_ANY] = EMULATED ("“||” in depends, once all steps before are over"),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = EXACT ("“||” and “!” in depends"),
  [RUNNEL_FEATURE_CONDITION] = EXACT ("“when” with an expression"),
  [RUNNEL_FEATURE_EXPRESSION] = EXACT ("an expression in {{= }}"),
  [RUNNEL_FEATURE_DISABLED] =
    EXACT ("“when: false”; what comes behind a bypass depends on Skipped"),
  [RUNNEL_FEATURE_ENV] = EXACT ("“env” of each template"),
  [RUNNEL_FEATURE_FOLDER] = EXACT ("“workingDir”, or cd when it is relative"),
  [RUNNEL_FEATURE_SHELL] = EXACT ("“command” of the script template"),
  [RUNNEL_FEATURE_PARAMETERS] = EXACT ("arguments of the workflow, given to steps by environment"),
  [RUNNEL_FEATURE_SECRETS] = EXACT ("keys of the Secret runnel-secrets"),
  [RUNNEL_FEATURE_OUTPUTS] =
    EMULATED ("output parameters, which lines around the step fill from $RUNNEL_OUTPUT"),
  [RUNNEL_FEATURE_ARTIFACTS] = EMULATED ("copies on a volume that all steps share"),
  [RUNNEL_FEATURE_CACHE] = LOST ("the step runs each time", NULL),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT ("“activeDeadlineSeconds” of each attempt"),
  [RUNNEL_FEATURE_RETRY] = EXACT ("“retryStrategy”"),
  [RUNNEL_FEATURE_RETRY_DELAY] = EXACT ("“backoff” of the retryStrategy"),
  [RUNNEL_FEATURE_RETRY_RULE] = EXACT ("“expression” of the retryStrategy"),
  [RUNNEL_FEATURE_CONTINUE] =
    EMULATED ("followers depend on any end of it, and a last task judges the run"),
  [RUNNEL_FEATURE_MATRIX] = EXACT ("“withItems” with a map for each leg"),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = EXACT ("“withParam”"),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = EMULATED ("a semaphore, which all runs share"),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] =
    LOST ("the other legs go on when one has failed", N_ ("set “fail-fast” to false")),
  [RUNNEL_FEATURE_POOL] = EMULATED ("a semaphore, which all runs share"),
  [RUNNEL_FEATURE_PRIORITY] = LOST ("steps start as soon as they may", NULL),
  [RUNNEL_FEATURE_BREAKER] = LOST ("no run knows of earlier ones", NULL),
  [RUNNEL_FEATURE_UNDO] = LOST ("a failed run is not rolled back",
                                N_ ("give the step a follower on failure that takes it back")),
  [RUNNEL_FEATURE_HOOKS] = EXACT ("“onExit”, and steps before the graph"),
  [RUNNEL_FEATURE_HTTP] = EMULATED ("curl"),
  [RUNNEL_FEATURE_WAIT] = EXACT ("“suspend” with a duration"),
  [RUNNEL_FEATURE_APPROVAL] =
    EMULATED ("“suspend”, which “argo resume” ends; no comment is asked for"),
  [RUNNEL_FEATURE_SUBPIPELINE] =
    EMULATED ("a Workflow made from the WorkflowTemplate that the other pipeline is exported to"),
  [RUNNEL_FEATURE_FOREIGN] = LOST ("only its own system can run it", N_ ("write it as a script")),
  [RUNNEL_FEATURE_IMAGE] = EXACT ("“image”"),
  [RUNNEL_FEATURE_JOBS] = EXACT ("“parallelism” of the workflow"),
  [RUNNEL_FEATURE_GROUP] = EXACT ("“synchronization” of the workflow"),
  [RUNNEL_FEATURE_TRIGGERS] = EXACT ("a CronWorkflow"),
};

static void
lose (RunnelCapability *verdict,
      const char       *how,
      const char       *fix)
{
  *verdict = (RunnelCapability) { RUNNEL_FIDELITY_LOST, how, fix };
}

/* Argo would take {{ }} in a value as its own. */
static gboolean
has_braces (GArray *env)
{
  for (guint i = 0; i < env->len; i++)
    {
      const char *value = g_array_index (env, RunnelFlowVariable, i).value;
      const char *braces = strstr (value, "{{");

      for (; braces != NULL; braces = strstr (braces + 2, "{{"))
        if (braces == value || braces[-1] != '$')
          return TRUE;
    }
  return FALSE;
}

static gboolean
can_say_env (RunnelArgoScope *scope,
             GArray          *env)
{
  g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);

  scope->secrets = secrets;
  for (guint i = 0; i < env->len; i++)
    {
      const char *value = g_array_index (env, RunnelFlowVariable, i).value;
      g_autofree char *said = _runnel_argo_say_text (scope, value, NULL);

      if (said == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
judge_retry (const RunnelArgoScope *scope,
             RunnelFeature          feature,
             RunnelCapability      *verdict)
{
  const RunnelRetry *retry = scope->step->retry;
  g_autofree char *rule = NULL;

  if (scope->step->body != RUNNEL_FLOW_SHELL)
    {
      lose (verdict, N_("only steps that run in a container are repeated"), NULL);
    }
  else if (feature == RUNNEL_FEATURE_RETRY_DELAY)
    {
      if (retry->delay < 0 || retry->max_delay < 0)
        lose (verdict, N_("the delay can't be computed"), N_("give the delay as a duration"));
      else if (retry->jitter > 0)
        lose (verdict, N_("no part of the delay is drawn at random"), N_("leave out “jitter”"));
      else if (retry->backoff != floor (retry->backoff) || retry->backoff < 1)
        lose (verdict, N_ ("the factor must be a whole number"),
              N_ ("make “backoff” a whole number"));
    }
  else if (feature == RUNNEL_FEATURE_RETRY_RULE && scope->step->retry_condition != NULL)
    {
      rule = _runnel_argo_say_rule (scope, scope->step->retry_condition, NULL);
      if (rule == NULL)
        lose (verdict, N_ ("its “if” can't be said, every failure is repeated"),
              N_ ("use “exit-codes”"));
    }
}

static void
judge_artifacts (const RunnelFlowStep *step,
                 RunnelCapability     *verdict)
{
  if (step->matrix != NULL)
    lose (verdict, N_("the files of all legs are in one folder"), NULL);
  else if (!runnel_kube_can_say_artifacts (step))
    lose (verdict, N_ ("the pattern is more than the shell knows"),
          N_ ("name the folder or plain patterns"));
}

static void
judge_step (RunnelArgoScope  *scope,
            RunnelFeature     feature,
            RunnelCapability *verdict)
{
  const RunnelFlowStep *step = scope->step;
  const char *axis;
  g_autofree char *said = NULL;

  switch (feature)
    {
    case RUNNEL_FEATURE_CONDITION:
      said = _runnel_argo_say_condition (scope, step->condition, NULL);
      if (said == NULL && step->enabled == RUNNEL_ENABLED)
        lose (verdict, N_("the condition can't be said, the step runs whatever it is"),
              N_("decide by a link or an output of a step before"));
      break;
    case RUNNEL_FEATURE_EXPRESSION:
      if (!can_say_env (scope, step->env) || step->timeout < 0 || step->continues_if != NULL)
        lose (verdict, N_("an expression can't be said, what needs it is left out"),
              N_("compute it in the script"));
      break;
    case RUNNEL_FEATURE_ENV:
      if (has_braces (step->env))
        lose (verdict, N_ ("Argo would replace {{ }} in the value"),
              N_ ("set the variable in the script"));
      break;
    case RUNNEL_FEATURE_TIMEOUT:
      if (step->timeout < 0
          || (step->body != RUNNEL_FLOW_SHELL && step->body != RUNNEL_FLOW_APPROVAL))
        lose (verdict, N_("there is no limit"), N_("give a duration"));
      else if (step->timeout % G_TIME_SPAN_SECOND != 0)
        verdict->fidelity = RUNNEL_FIDELITY_EMULATED;
      break;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      judge_retry (scope, feature, verdict);
      break;
    case RUNNEL_FEATURE_CONTINUE:
      if (step->continues_if != NULL)
        lose (verdict, N_ ("the condition is not asked, and the failure counts"),
              N_ ("make it true or false"));
      break;
    case RUNNEL_FEATURE_MATRIX_DYNAMIC:
      said = _runnel_argo_find_list (step, &axis);
      if (said == NULL)
        lose (verdict, N_("the step runs once, without values"),
              N_("use one axis, “${{ fromJSON(steps.X.outputs.Y) }}”"));
      break;
    case RUNNEL_FEATURE_MATRIX_LIMIT:
      if (step->legs == NULL)
        lose (verdict, N_("all legs start at once"), NULL);
      break;
    case RUNNEL_FEATURE_POOL:
      if (step->slots > 1)
        lose (verdict, N_("the step takes one slot, not more"), NULL);
      break;
    case RUNNEL_FEATURE_ARTIFACTS:
      judge_artifacts (step, verdict);
      break;
    case RUNNEL_FEATURE_HTTP:
    case RUNNEL_FEATURE_WAIT:
      if (step->body == RUNNEL_FLOW_OTHER)
        lose (verdict, N_("its fields are more than a line of shell can say; the step fails"),
              N_("write it as a script"));
      break;
    case RUNNEL_FEATURE_SUBPIPELINE:
      if (json_object_has_member (step->with, "outputs"))
        lose (verdict, N_("its outputs do not come back"), NULL);
      break;
    default:
      break;
    }
}

static gboolean
is_schedule (JsonNode *trigger)
{
  return JSON_NODE_HOLDS_OBJECT (trigger)
         && g_strcmp0 (runnel_kube_get_string (json_node_get_object (trigger), "kind"), "schedule")
              == 0
         && runnel_kube_get_string (json_node_get_object (trigger), "cron") != NULL;
}

static void
judge_triggers (const RunnelFlow          *flow,
                const RunnelExportOptions *options,
                RunnelCapability          *verdict)
{
  for (guint i = 0; i < json_array_get_length (flow->triggers); i++)
    if (!is_schedule (json_array_get_element (flow->triggers, i)))
      lose (verdict, N_ ("only schedules start a workflow by themselves"),
            N_ ("use an Argo Events Sensor"));
  if (options->mode != NULL && !g_str_equal (options->mode, "cron"))
    lose (verdict, N_("this mode makes nothing that starts by itself"), N_("use the mode cron"));
}

static void
judge_pipeline (RunnelArgoScope           *scope,
                RunnelFeature              feature,
                const RunnelExportOptions *options,
                RunnelCapability          *verdict)
{
  const RunnelFlow *flow = scope->flow;

  if (feature == RUNNEL_FEATURE_TRIGGERS)
    judge_triggers (flow, options, verdict);
  else if (feature == RUNNEL_FEATURE_GROUP && g_strcmp0 (flow->policy, "skip") == 0)
    lose (verdict, N_("a new run waits, except that the clock starts none meanwhile"), NULL);
  else if (feature == RUNNEL_FEATURE_GROUP && g_strcmp0 (flow->policy, "cancel-running") == 0)
    lose (verdict, N_("a new run waits, except that the clock replaces the one before"), NULL);
  else if (feature == RUNNEL_FEATURE_GROUP && flow->group != NULL
           && strstr (flow->group, "${{") != NULL)
    lose (verdict, N_ ("the name of the group can't be computed"),
          N_ ("give the group a fixed name"));
  else if (feature == RUNNEL_FEATURE_ENV && has_braces (flow->env))
    lose (verdict, N_ ("Argo would replace {{ }} in the value"),
          N_ ("set the variable in the script"));
  else if (feature == RUNNEL_FEATURE_EXPRESSION && !can_say_env (scope, flow->env))
    lose (verdict, N_ ("an expression can't be said, what needs it is left out"),
          N_ ("compute it in the script"));
}

static gboolean
is_hook (const RunnelFlow     *flow,
         const RunnelFlowStep *step)
{
  return step->index >= flow->steps->len || runnel_flow_get_step (flow, step->index) != step;
}

void
_runnel_argo_judge (const RunnelFlow          *flow,
                    const RunnelFlowStep      *step,
                    RunnelFeature              feature,
                    const RunnelExportOptions *options,
                    RunnelCapability          *verdict)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (TRUE);
  RunnelArgoScope scope = { .flow = flow, .step = step, .names = names };

  if (step == NULL)
    {
      judge_pipeline (&scope, feature, options, verdict);
      return;
    }
  scope.in_hook = is_hook (flow, step);
  judge_step (&scope, feature, verdict);
}

static guint
detect (const char *path,
        const char *text,
        gsize       length)
{
  return g_strstr_len (text, length, "argoproj.io/") != NULL ? 90 : 0;
}

static const char *const modes[] = { "workflow", "template", "cron", NULL };

const RunnelTarget runnel_target_argo = {
  .name = "argo",
  .title = "Argo Workflows",
  .language = "yaml",
  .default_path = "%s.yaml",
  .modes = modes,
  .capabilities = capabilities,
  .judge = _runnel_argo_judge,
  .export = _runnel_argo_export,
  .detect = detect,
  .import = _runnel_argo_import,
};
