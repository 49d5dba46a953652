/* runnel-jenkins.c: what Jenkins can express
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"
#include "interchange/runnel-shell.h"

#include <glib/gi18n.h>

#define EXACT(how)                                                                                 \
  {                                                                                                \
    RUNNEL_FIDELITY_EXACT, how, NULL                                                               \
  }
#define EMULATED(how)                                                                              \
  {                                                                                                \
    RUNNEL_FIDELITY_EMULATED, how, NULL                                                            \
  }
#define LOST(how, fix)                                                                             \
  {                                                                                                \
    RUNNEL_FIDELITY_LOST, how, fix                                                                 \
  }

static const char *const modes[] = { "stages", "levels", "graph", NULL };

static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EXACT (N_ ("stages")),
  [RUNNEL_FEATURE_LINK_FAILURE] = EMULATED (N_ ("branches of a script that wait for outcomes")),
  [RUNNEL_FEATURE_LINK_FINISHED] = EMULATED (N_ ("branches of a script that wait for outcomes")),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EMULATED (N_ ("branches of a script that wait for outcomes")),
  [RUNNEL_FEATURE_JOIN_ANY] = EMULATED (N_ ("branches of a script that wait for outcomes")),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = EMULATED (N_ ("branches of a script that wait for outcomes")),
  [RUNNEL_FEATURE_CONDITION] = EMULATED (N_ ("a condition of the branch, in Groovy")),
  [RUNNEL_FEATURE_EXPRESSION] = EMULATED (N_ ("an expression of Groovy")),
  [RUNNEL_FEATURE_DISABLED] = EMULATED (N_ ("a condition that never holds, or an empty branch")),
  [RUNNEL_FEATURE_ENV] = EXACT (N_ ("environment, withEnv")),
  [RUNNEL_FEATURE_FOLDER] = EXACT (N_ ("dir")),
  [RUNNEL_FEATURE_SHELL] = EMULATED (N_ ("the lines are given to the interpreter")),
  [RUNNEL_FEATURE_PARAMETERS] = EXACT (N_ ("parameters; they appear after the first run")),
  [RUNNEL_FEATURE_SECRETS] = EXACT (N_ ("withCredentials")),
  [RUNNEL_FEATURE_OUTPUTS] = EMULATED (N_ ("files in the workspace, which a function reads")),
  [RUNNEL_FEATURE_ARTIFACTS] = EXACT (N_ ("archiveArtifacts, and the common workspace")),
  [RUNNEL_FEATURE_CACHE] = LOST (N_ ("the step always runs"), NULL),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT (N_ ("timeout")),
  [RUNNEL_FEATURE_RETRY] = EXACT (N_ ("retry")),
  [RUNNEL_FEATURE_RETRY_DELAY] = EMULATED (N_ ("a loop in the shell")),
  [RUNNEL_FEATURE_RETRY_RULE] = EMULATED (N_ ("a loop in the shell")),
  [RUNNEL_FEATURE_CONTINUE] = EMULATED (N_ ("the branch counts as succeeded")),
  [RUNNEL_FEATURE_MATRIX] = EMULATED (N_ ("branches of a script, one for each leg")),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = LOST (N_ ("the legs must be known when the file is written"),
                                          N_ ("list the values in the matrix")),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = EMULATED (N_ ("legs wait for a free place")),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] = EXACT (N_ ("failFast")),
  [RUNNEL_FEATURE_POOL] =
    LOST (N_ ("steps of a pool may run at once"), N_ ("order them by links")),
  [RUNNEL_FEATURE_PRIORITY] = LOST (N_ ("steps start in any order"), N_ ("order them by links")),
  [RUNNEL_FEATURE_BREAKER] = LOST (N_ ("the step is tried in every run"), NULL),
  [RUNNEL_FEATURE_UNDO] = LOST (N_ ("nothing is taken back when the run fails"),
                                N_ ("take it back in a step with a link on failure")),
  [RUNNEL_FEATURE_HOOKS] = EXACT (N_ ("post, and a first stage")),
  [RUNNEL_FEATURE_HTTP] = EMULATED (N_ ("curl")),
  [RUNNEL_FEATURE_WAIT] = EMULATED (N_ ("sleep")),
  [RUNNEL_FEATURE_APPROVAL] = EXACT (N_ ("input")),
  [RUNNEL_FEATURE_SUBPIPELINE] = EXACT (N_ ("build job")),
  [RUNNEL_FEATURE_FOREIGN] = LOST (N_ ("a construct of another system"), N_ ("make it a script")),
  [RUNNEL_FEATURE_IMAGE] = EXACT (N_ ("agent docker, on the same node")),
  [RUNNEL_FEATURE_JOBS] =
    LOST (N_ ("as many steps run at once as the graph lets"), N_ ("order them by links")),
  [RUNNEL_FEATURE_GROUP] = EXACT (N_ ("disableConcurrentBuilds")),
  [RUNNEL_FEATURE_TRIGGERS] = EXACT (N_ ("triggers")),
};

static void
lose (RunnelCapability *verdict, const char *how, const char *fix)
{
  *verdict = (RunnelCapability){ RUNNEL_FIDELITY_LOST, how, fix };
}

static void
judge_order (const RunnelFlow *flow, const RunnelExportOptions *options, RunnelCapability *verdict)
{
  const char *mode = options != NULL ? options->mode : NULL;
  g_autoptr(GPtrArray) shape = _runnel_jenkins_find_shape (flow, mode);

  if (shape == NULL)
    *verdict = (RunnelCapability) EMULATED (N_ ("branches of a script that wait for each other"));
  else if (g_strcmp0 (mode, "levels") == 0)
    *verdict = (RunnelCapability) EMULATED (N_ ("levels: a step also waits for others of the level "
                                                "before"));
}

static void
judge_condition (const RunnelFlow *flow, const RunnelFlowStep *step, RunnelCapability *verdict)
{
  RunnelJenkinsPlace place = { flow, NULL, FALSE };
  g_autofree char *said =
    runnel_dialect_say_condition (&_runnel_jenkins_groovy, step->condition, &place, NULL);

  if (said == NULL)
    lose (verdict, N_ ("the condition can't be said in Groovy, and the step runs always"),
          N_ ("compare parameters and outputs with texts; use links for what failed"));
}

static gboolean
can_say (const RunnelFlow *flow, const RunnelFlowStep *step, const char *text)
{
  JsonObject *leg = step->legs != NULL && step->legs->combinations->len > 0
                      ? g_ptr_array_index (step->legs->combinations, 0)
                      : NULL;
  g_autofree char *said = text != NULL ? _runnel_jenkins_say_text (flow, leg, text) : NULL;

  return text == NULL || said != NULL;
}

static void
judge_expressions (const RunnelFlow *flow, const RunnelFlowStep *step, RunnelCapability *verdict)
{
  for (guint i = 0; i < step->env->len; i++)
    {
      const char *value = g_array_index (step->env, RunnelFlowVariable, i).value;
      g_autofree char *secret = _runnel_jenkins_get_secret (value);

      if (secret == NULL && !can_say (flow, step, value))
        lose (verdict, N_ ("a value that can't be said in Groovy is empty"),
              N_ ("compute it in a step, as an output"));
    }
  if (!can_say (flow, step, step->folder) || step->timeout == RUNNEL_DURATION_EXPRESSION
      || step->continues_if != NULL)
    lose (verdict, N_ ("a folder, time or continue-on-error that is computed"), NULL);
}

/* A secret must be all of a value: credentials can't be part of a text. */
static void
judge_secrets (const RunnelFlowStep *step, RunnelCapability *verdict)
{
  for (guint i = 0; i < step->env->len; i++)
    {
      const char *value = g_array_index (step->env, RunnelFlowVariable, i).value;

      if (g_strstr_len (value, -1, "secrets.") != NULL
          && !g_regex_match_simple ("^\\s*\\$\\{\\{\\s*secrets\\.[\\w-]+\\s*\\}\\}\\s*$", value, 0,
                                    0))
        lose (
          verdict, N_ ("a value with a secret and other text is empty"),
          N_ ("give the secret a variable of its own, and put the text together in the lines"));
    }
}

static void
judge_step (const RunnelFlow *flow,
            const RunnelFlowStep *step,
            RunnelFeature feature,
            const RunnelExportOptions *options,
            RunnelCapability *verdict)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_ORDER:
      judge_order (flow, options, verdict);
      break;
    case RUNNEL_FEATURE_CONDITION:
      judge_condition (flow, step, verdict);
      break;
    case RUNNEL_FEATURE_EXPRESSION:
      judge_expressions (flow, step, verdict);
      break;
    case RUNNEL_FEATURE_SECRETS:
      judge_secrets (step, verdict);
      break;
    case RUNNEL_FEATURE_RETRY:
      if (_runnel_jenkins_has_loop (step))
        *verdict = (RunnelCapability) EMULATED (N_ ("a loop in the shell"));
      break;
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      if (step->body != RUNNEL_FLOW_SHELL)
        lose (verdict, N_ ("it is repeated at once, and after any failure"), NULL);
      else
        runnel_shell_judge_step (step, feature, verdict);
      break;
    case RUNNEL_FEATURE_HTTP:
    case RUNNEL_FEATURE_WAIT:
      if (step->body != RUNNEL_FLOW_SHELL)
        lose (verdict, N_ ("this can't be said as lines of shell, and the step does nothing"),
              NULL);
      break;
    case RUNNEL_FEATURE_SUBPIPELINE:
      if (json_object_has_member (step->with, "outputs"))
        lose (verdict, N_ ("the other pipeline gives no outputs"), NULL);
      break;
    case RUNNEL_FEATURE_APPROVAL:
      if (g_strcmp0 (json_object_get_string_member_with_default (step->with, "on-timeout", NULL),
                     "approve")
          == 0)
        lose (verdict, N_ ("without an answer in time it counts as rejected"), NULL);
      break;
    default:
      break;
    }
}

static gboolean
has_only_schedules (const RunnelFlow *flow)
{
  for (guint i = 0; i < json_array_get_length (flow->triggers); i++)
    {
      JsonNode *node = json_array_get_element (flow->triggers, i);

      if (!JSON_NODE_HOLDS_OBJECT (node)
          || g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node),
                                                                    "kind", NULL),
                        "schedule")
               != 0)
        return FALSE;
    }

  return TRUE;
}

static void
judge (const RunnelFlow *flow,
       const RunnelFlowStep *step,
       RunnelFeature feature,
       const RunnelExportOptions *options,
       RunnelCapability *verdict)
{
  if (step != NULL)
    judge_step (flow, step, feature, options, verdict);
  else if (feature == RUNNEL_FEATURE_TRIGGERS && !has_only_schedules (flow))
    lose (verdict, N_ ("only schedules are written"), NULL);
  else if (feature == RUNNEL_FEATURE_GROUP
           && (flow->group != NULL || flow->max > 1 || g_strcmp0 (flow->policy, "skip") == 0))
    lose (verdict, N_ ("builds of a job wait for each other, one at a time"),
          N_ ("leave out group and max, and let policy be queue or cancel-running"));
}

const RunnelTarget runnel_target_jenkins = {
  .name = "jenkins",
  .title = "Jenkins",
  .language = "groovy",
  .default_path = "Jenkinsfile",
  .modes = modes,
  .capabilities = capabilities,
  .judge = judge,
  .export = _runnel_jenkins_export,
  .detect = _runnel_jenkins_detect,
  .import = _runnel_jenkins_import,
};
