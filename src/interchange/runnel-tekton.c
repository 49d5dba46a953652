/* runnel-tekton.c: the target Tekton
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-shell-dialect.h"
#include "interchange/runnel-shell.h"
#include "interchange/runnel-targets.h"
#include "interchange/runnel-tekton-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXACT(text) { RUNNEL_FIDELITY_EXACT, N_(text), NULL }
#define EMULATED(text) { RUNNEL_FIDELITY_EMULATED, N_(text), NULL }
#define LOST(text, fix) { RUNNEL_FIDELITY_LOST, N_(text), fix }

static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EXACT ("“runAfter”"),
  [RUNNEL_FEATURE_LINK_FAILURE] =
    EMULATED ("all tasks run, and this one asks for the outcome of that"),
  [RUNNEL_FEATURE_LINK_FINISHED] =
    EMULATED ("all tasks run, and this one asks for the outcome of that"),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EMULATED ("all tasks run, whatever became of that one"),
  [RUNNEL_FEATURE_JOIN_ANY] =
    EMULATED ("the task asks for the outcomes when all before it are over"),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = EMULATED ("the task asks for the outcomes of all before it"),
  [RUNNEL_FEATURE_CONDITION] = EXACT ("“when”"),
  [RUNNEL_FEATURE_EXPRESSION] =
    LOST ("values are put together, not computed; what needs it is left out",
          N_ ("compute it in the script")),
  [RUNNEL_FEATURE_DISABLED] = EMULATED ("the task runs and does nothing"),
  [RUNNEL_FEATURE_ENV] = EXACT ("“env” of each task"),
  [RUNNEL_FEATURE_FOLDER] = EXACT ("“workingDir”, or cd when it is relative"),
  [RUNNEL_FEATURE_SHELL] = EXACT ("the first line of the script"),
  [RUNNEL_FEATURE_PARAMETERS] = EXACT ("“params”, given to steps by environment"),
  [RUNNEL_FEATURE_SECRETS] = EXACT ("keys of the Secret runnel-secrets"),
  [RUNNEL_FEATURE_OUTPUTS] =
    EMULATED ("results, which lines around the step fill from $RUNNEL_OUTPUT"),
  [RUNNEL_FEATURE_ARTIFACTS] = EMULATED ("copies in a workspace that all tasks share"),
  [RUNNEL_FEATURE_CACHE] = LOST ("the step runs each time", NULL),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT ("“timeout” of the task"),
  [RUNNEL_FEATURE_RETRY] = EXACT ("“retries”"),
  [RUNNEL_FEATURE_RETRY_DELAY] = EMULATED ("a loop in the shell"),
  [RUNNEL_FEATURE_RETRY_RULE] = EMULATED ("a loop in the shell"),
  [RUNNEL_FEATURE_CONTINUE] = EMULATED ("no task fails, and a last one judges the run"),
  [RUNNEL_FEATURE_MATRIX] = EXACT ("“matrix” with all combinations"),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] =
    LOST ("the step runs once, without values", N_ ("list the values")),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = LOST ("all legs start at once", NULL),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] =
    LOST ("the other legs go on when one has failed", N_ ("set “fail-fast” to false")),
  [RUNNEL_FEATURE_POOL] = LOST ("tasks do not wait for each other", NULL),
  [RUNNEL_FEATURE_PRIORITY] = LOST ("tasks start as soon as they may", NULL),
  [RUNNEL_FEATURE_BREAKER] = LOST ("no run knows of earlier ones", NULL),
  [RUNNEL_FEATURE_UNDO] = LOST ("a failed run is not rolled back",
                                N_ ("give the step a follower on failure that takes it back")),
  [RUNNEL_FEATURE_HOOKS] = EMULATED ("tasks before all others, and in “finally”"),
  [RUNNEL_FEATURE_HTTP] = EMULATED ("curl"),
  [RUNNEL_FEATURE_WAIT] = EMULATED ("sleep"),
  [RUNNEL_FEATURE_APPROVAL] =
    LOST ("nobody can be asked; the task fails", N_ ("make two pipelines of it")),
  [RUNNEL_FEATURE_SUBPIPELINE] =
    LOST ("a pipeline can't run another; the task fails", N_ ("copy its steps into this one")),
  [RUNNEL_FEATURE_FOREIGN] = LOST ("only its own system can run it", N_ ("write it as a script")),
  [RUNNEL_FEATURE_IMAGE] = EXACT ("“image”"),
  [RUNNEL_FEATURE_JOBS] = LOST ("tasks start as soon as they may", NULL),
  [RUNNEL_FEATURE_GROUP] =
    LOST ("runs do not wait for each other", N_ ("start them through a queue such as Kueue")),
  [RUNNEL_FEATURE_TRIGGERS] =
    LOST ("nothing starts it by itself", N_ ("let a CronJob or Tekton Triggers start it")),
};

static void
lose (RunnelCapability *verdict,
      const char       *how,
      const char       *fix)
{
  *verdict = (RunnelCapability) { RUNNEL_FIDELITY_LOST, how, fix };
}

/* Where there are tasks of Tekton's own, all go by its rules. */
static void
judge_own (RunnelFeature     feature,
           RunnelCapability *verdict)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_LINK_FAILURE:
    case RUNNEL_FEATURE_LINK_FINISHED:
    case RUNNEL_FEATURE_LINK_ALWAYS:
    case RUNNEL_FEATURE_JOIN_ANY:
    case RUNNEL_FEATURE_JOIN_NONE_FAILED:
    case RUNNEL_FEATURE_CONTINUE:
    case RUNNEL_FEATURE_DISABLED:
      lose (verdict, N_("beside tasks of Tekton’s own, all start on success only"),
            N_("write those tasks as scripts"));
      break;
    default:
      break;
    }
}

static gboolean
can_say_env (const RunnelFlow     *flow,
             const RunnelFlowStep *step,
             GArray               *env)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (FALSE);

  for (guint i = 0; i < env->len; i++)
    {
      g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
      gboolean is_computed;
      g_autofree char *said = _runnel_tekton_say_text (
        flow, step, names, g_array_index (env, RunnelFlowVariable, i).value, secrets, &is_computed,
        NULL);

      if (said == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_references (GArray *env)
{
  for (guint i = 0; i < env->len; i++)
    if (g_regex_match_simple ("\\$\\((params|tasks|context|workspaces|results|steps)[.\\[]",
                              g_array_index (env, RunnelFlowVariable, i).value, 0, 0))
      return TRUE;
  return FALSE;
}

static void
judge_condition (const RunnelFlow     *flow,
                 const RunnelFlowStep *step,
                 RunnelCapability     *verdict)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (FALSE);
  g_autoptr(JsonArray) when = _runnel_tekton_say_when (flow, step, names);
  RunnelShellScope scope = { .flow = flow,
                             .step = step,
                             .success = "true",
                             .failure = "false",
                             .cancelled = "false" };
  g_autofree char *said = runnel_shell_say_condition (step->condition, &scope, NULL);

  if (when != NULL)
    return;
  if (_runnel_tekton_has_own (flow) || said == NULL || step->body != RUNNEL_FLOW_SHELL)
    lose (verdict, N_("the condition can't be said, the task runs whatever it is"),
          N_("decide by a link or an output of a step before"));
  else if (g_regex_match_simple ("steps\\.[A-Za-z0-9_-]+\\.(?!outputs\\.|outcome|conclusion)|"
                                 "steps\\[|run\\.(?!state)|env\\.",
                                 step->condition, 0, 0))
    lose (verdict,
          N_ ("the condition asks for more than outputs and outcomes; it is taken as false"),
          N_ ("ask for “outcome” or an output"));
  else
    *verdict = (RunnelCapability){ RUNNEL_FIDELITY_EMULATED,
                                   N_ ("the task runs, and asks for it in the shell"), NULL };
}

static void
judge_step (const RunnelFlow     *flow,
            const RunnelFlowStep *step,
            RunnelFeature         feature,
            RunnelCapability     *verdict)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_CONDITION:
      judge_condition (flow, step, verdict);
      break;
    case RUNNEL_FEATURE_ENV:
      if (has_references (step->env))
        lose (verdict, N_ ("Tekton would replace $(params…) in the value"),
              N_ ("set the variable in the script"));
      else if (step->body != RUNNEL_FLOW_SHELL)
        verdict->fidelity = RUNNEL_FIDELITY_EMULATED;
      break;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
    case RUNNEL_FEATURE_TIMEOUT:
      if (step->body != RUNNEL_FLOW_SHELL)
        lose (verdict, N_("only scripts have it"), NULL);
      else
        runnel_shell_judge_step (step, feature, verdict);
      break;
    case RUNNEL_FEATURE_CONTINUE:
      if (step->continues_if != NULL)
        lose (verdict, N_ ("the condition is not asked, and the failure counts"),
              N_ ("make it true or false"));
      break;
    case RUNNEL_FEATURE_ARTIFACTS:
      if (!runnel_kube_can_say_artifacts (step))
        lose (verdict, N_("the patterns are more than the shell knows, or those of several legs"),
              N_("name the folder or plain patterns"));
      break;
    case RUNNEL_FEATURE_HTTP:
    case RUNNEL_FEATURE_WAIT:
      if (step->body == RUNNEL_FLOW_OTHER)
        lose (verdict, N_("its fields are more than a line of shell can say; the task fails"),
              N_("write it as a script"));
      break;
    case RUNNEL_FEATURE_MATRIX:
      if (step->legs != NULL && step->body == RUNNEL_FLOW_SHELL && !_runnel_tekton_is_plain (flow))
        *verdict =
          (RunnelCapability){ RUNNEL_FIDELITY_EMULATED, N_ ("a task for each combination"), NULL };
      break;
    default:
      break;
    }
}

static void
judge (const RunnelFlow          *flow,
       const RunnelFlowStep      *step,
       RunnelFeature              feature,
       const RunnelExportOptions *options,
       RunnelCapability          *verdict)
{
  if (feature == RUNNEL_FEATURE_EXPRESSION)
    {
      gboolean can_say = can_say_env (flow, step, step != NULL ? step->env : flow->env);

      if (can_say && (step == NULL || (step->timeout >= 0 && step->continues_if == NULL)))
        *verdict = (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_ ("references in “params”"), NULL };
      return;
    }
  if (step == NULL)
    {
      guint n_ends = flow->on_success->len + flow->on_failure->len + flow->on_finish->len;

      if (feature == RUNNEL_FEATURE_HOOKS && n_ends > 1)
        lose (verdict, N_("hooks at the end run side by side"), N_("make one hook of them"));
      return;
    }
  judge_step (flow, step, feature, verdict);
  if (verdict->fidelity != RUNNEL_FIDELITY_LOST && _runnel_tekton_has_own (flow))
    judge_own (feature, verdict);
}

static guint
detect (const char *path,
        const char *text,
        gsize       length)
{
  return g_strstr_len (text, length, "tekton.dev/") != NULL ? 85 : 0;
}

static const char *const modes[] = { "pipeline", "run", NULL };

const RunnelTarget runnel_target_tekton = {
  .name = "tekton",
  .title = "Tekton",
  .language = "yaml",
  .default_path = ".tekton/%s.yaml",
  .modes = modes,
  .capabilities = capabilities,
  .judge = judge,
  .export = _runnel_tekton_export,
  .detect = detect,
  .import = _runnel_tekton_import,
};
