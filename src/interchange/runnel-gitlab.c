/* runnel-gitlab.c: what GitLab CI can express
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-dialect.h"
#include "interchange/runnel-gitlab-private.h"
#include "interchange/runnel-shell.h"
#include "interchange/runnel-targets.h"

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

static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EXACT (N_ ("needs")),
  [RUNNEL_FEATURE_LINK_FAILURE] =
    EMULATED (N_ ("when: on_failure; the pipeline counts as failed all the same")),
  [RUNNEL_FEATURE_LINK_FINISHED] =
    EMULATED (N_ ("when: always, after steps that are never skipped")),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EXACT (N_ ("when: always")),
  [RUNNEL_FEATURE_JOIN_ANY] = LOST (N_ ("a job waits for all it needs"), NULL),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] =
    LOST (N_ ("a job does not start when one that it needs was skipped"), NULL),
  [RUNNEL_FEATURE_CONDITION] = EMULATED (N_ ("rules, which heed capitals in comparisons")),
  [RUNNEL_FEATURE_EXPRESSION] =
    LOST (N_ ("variables hold other variables and text, but nothing computed"),
          N_ ("Compute the value in the script.")),
  [RUNNEL_FEATURE_DISABLED] = EXACT (N_ ("rules with when: never")),
  [RUNNEL_FEATURE_ENV] = EXACT (N_ ("variables")),
  [RUNNEL_FEATURE_FOLDER] = EMULATED (N_ ("cd")),
  [RUNNEL_FEATURE_SHELL] = EMULATED (N_ ("the lines are given to the interpreter")),
  [RUNNEL_FEATURE_PARAMETERS] =
    EXACT (N_ ("variables that are asked for when a pipeline is run by hand")),
  [RUNNEL_FEATURE_SECRETS] = EMULATED (N_ ("variables of the project, which every job sees")),
  [RUNNEL_FEATURE_OUTPUTS] =
    EMULATED (N_ ("a dotenv report: values of one line, by name and not by step")),
  [RUNNEL_FEATURE_ARTIFACTS] = EMULATED (N_ ("artifacts, which come back at their own paths")),
  [RUNNEL_FEATURE_CACHE] = LOST (N_ ("files are cached, but the step always runs"), NULL),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT (N_ ("timeout")),
  [RUNNEL_FEATURE_RETRY] = EXACT (N_ ("retry")),
  [RUNNEL_FEATURE_RETRY_DELAY] = EMULATED (N_ ("a loop in the shell")),
  [RUNNEL_FEATURE_RETRY_RULE] = EMULATED (N_ ("a loop in the shell")),
  [RUNNEL_FEATURE_CONTINUE] = EXACT (N_ ("allow_failure")),
  [RUNNEL_FEATURE_MATRIX] = EXACT (N_ ("parallel: matrix")),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = LOST (N_ ("the legs must be known when the file is written"),
                                          N_ ("List the values in the matrix.")),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = LOST (N_ ("all legs start when runners are free"), NULL),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] =
    LOST (N_ ("the other legs go on after a failure"), N_ ("Set fail-fast to false.")),
  [RUNNEL_FEATURE_POOL] =
    LOST (N_ ("only pools of one slot are resource groups"), N_ ("Give the pool one slot.")),
  [RUNNEL_FEATURE_PRIORITY] = LOST (N_ ("jobs start in the order in which runners are free"), NULL),
  [RUNNEL_FEATURE_BREAKER] = LOST (N_ ("the step is tried in every run"), NULL),
  [RUNNEL_FEATURE_UNDO] = LOST (N_ ("nothing is taken back when the run fails"),
                                N_ ("Take it back in a step with a link on failure.")),
  [RUNNEL_FEATURE_HOOKS] =
    LOST (N_ ("there is nothing before the first and after the last job"), N_ ("Make them steps.")),
  [RUNNEL_FEATURE_HTTP] = EMULATED (N_ ("curl")),
  [RUNNEL_FEATURE_WAIT] = EMULATED (N_ ("sleep")),
  [RUNNEL_FEATURE_APPROVAL] = EMULATED (N_ ("a job with when: manual, which never times out")),
  [RUNNEL_FEATURE_SUBPIPELINE] =
    LOST (N_ ("the other pipeline is a file of Runnel"), N_ ("Put its steps into this pipeline.")),
  [RUNNEL_FEATURE_FOREIGN] = LOST (N_ ("a construct of another system"), NULL),
  [RUNNEL_FEATURE_IMAGE] = EXACT (N_ ("image")),
  [RUNNEL_FEATURE_JOBS] = LOST (N_ ("as many jobs run at once as there are runners"), NULL),
  [RUNNEL_FEATURE_GROUP] = LOST (N_ ("pipelines of GitLab do not wait for each other"), NULL),
  [RUNNEL_FEATURE_TRIGGERS] = LOST (N_ ("schedules are set in the project, not in the file"),
                                    N_ ("Add a schedule in the project’s settings.")),
};

static void
lose (RunnelCapability *verdict,
      const char       *how,
      const char       *fix)
{
  *verdict = (RunnelCapability) LOST (how, fix);
}

static void
judge_links (const RunnelFlow     *flow,
             const RunnelFlowStep *step,
             RunnelFeature         feature,
             RunnelCapability     *verdict)
{
  RunnelGitlabStart start = _runnel_gitlab_get_start (flow, step);

  if (feature == RUNNEL_FEATURE_ORDER && start.exact)
    return;
  if (feature == RUNNEL_FEATURE_JOIN_ANY && start.exact && g_str_equal (start.when, "on_failure"))
    *verdict = (RunnelCapability) EXACT (N_ ("when: on_failure"));
  else if (feature == RUNNEL_FEATURE_JOIN_ANY || feature == RUNNEL_FEATURE_JOIN_NONE_FAILED)
    return;
  else if (!start.exact)
    lose (verdict,
          N_ ("a job starts after success, after a failure or always, but after no mixture"),
          N_ ("Put a step without lines between them."));
}

static gboolean
can_say_env (const RunnelFlow     *flow,
             const RunnelFlowStep *step,
             GArray               *env)
{
  for (guint i = 0; i < env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (env, RunnelFlowVariable, i);
      g_autofree char *exported =
        step != NULL ? _runnel_gitlab_say_export (flow, step, variable) : NULL;
      g_autofree char *text = _runnel_gitlab_say_text (flow, variable->value, NULL);

      if (exported == NULL && text == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
judge_outputs (const RunnelFlowStep *step,
               RunnelCapability     *verdict)
{
  for (guint i = 0; i < step->outputs->len; i++)
    if (strchr (g_ptr_array_index (step->outputs, i), '-') != NULL)
      lose (verdict, N_ ("names of variables have no “-”"), N_ ("Rename the output."));
}

static void
judge_retry (const RunnelFlowStep *step,
             RunnelFeature         feature,
             RunnelCapability     *verdict)
{
  if (_runnel_gitlab_retries_itself (step))
    *verdict = (RunnelCapability) EXACT (N_ ("retry"));
  else if (step->body != RUNNEL_FLOW_SHELL)
    lose (verdict, N_ ("such a job is not repeated"), NULL);
  else
    {
      *verdict = (RunnelCapability) EMULATED (N_ ("a loop in the shell"));
      runnel_shell_judge_step (step, feature, verdict);
    }
}

/* A job that waits for a person runs nothing. */
static gboolean
judge_approval (const RunnelFlowStep *step,
                RunnelFeature         feature,
                RunnelCapability     *verdict)
{
  if (step->body != RUNNEL_FLOW_APPROVAL)
    return FALSE;
  if (feature != RUNNEL_FEATURE_FOLDER && feature != RUNNEL_FEATURE_TIMEOUT
      && feature != RUNNEL_FEATURE_CONTINUE && feature != RUNNEL_FEATURE_MATRIX)
    return FALSE;

  lose (verdict, N_ ("a manual job is either done or waited for"), NULL);

  return TRUE;
}

static void
judge (const RunnelFlow          *flow,
       const RunnelFlowStep      *step,
       RunnelFeature              feature,
       const RunnelExportOptions *options,
       RunnelCapability          *verdict)
{
  g_autofree char *said = NULL;

  if (step == NULL)
    {
      if (feature == RUNNEL_FEATURE_ENV && !can_say_env (flow, NULL, flow->env))
        lose (verdict, N_ ("variables hold other variables and text, but nothing computed"), NULL);
      return;
    }

  if (judge_approval (step, feature, verdict))
    return;

  switch (feature)
    {
    case RUNNEL_FEATURE_ORDER:
    case RUNNEL_FEATURE_LINK_FAILURE:
    case RUNNEL_FEATURE_LINK_FINISHED:
    case RUNNEL_FEATURE_LINK_ALWAYS:
    case RUNNEL_FEATURE_JOIN_ANY:
    case RUNNEL_FEATURE_JOIN_NONE_FAILED:
      judge_links (flow, step, feature, verdict);
      break;
    case RUNNEL_FEATURE_CONDITION:
      said = _runnel_gitlab_say_condition (flow, step->condition, NULL);
      if (said == NULL)
        lose (verdict, N_ ("rules only see parameters, compared with texts"),
              N_ ("Test the value in the script."));
      break;
    case RUNNEL_FEATURE_DISABLED:
      if (step->enabled != RUNNEL_DISABLED)
        lose (verdict, N_ ("a job that is left out does not count as succeeded"), NULL);
      break;
    case RUNNEL_FEATURE_ENV:
      if (!can_say_env (flow, step, step->env))
        lose (verdict,
              N_ ("variables hold text, other variables and outputs of jobs needed, but nothing "
                  "computed"),
              N_ ("Compute the value in the script; need the step whose output it is."));
      break;
    case RUNNEL_FEATURE_OUTPUTS:
      judge_outputs (step, verdict);
      break;
    case RUNNEL_FEATURE_TIMEOUT:
      if (step->timeout == RUNNEL_DURATION_EXPRESSION)
        lose (verdict, N_ ("the timeout must be known when the file is written"), NULL);
      break;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      judge_retry (step, feature, verdict);
      break;
    case RUNNEL_FEATURE_CONTINUE:
      if (step->continues_if != NULL)
        lose (verdict, N_ ("it must be known when the file is written"), NULL);
      break;
    case RUNNEL_FEATURE_POOL:
      if (flow->pools != NULL
          && json_object_get_int_member_with_default (flow->pools, step->pool, 0) == 1)
        *verdict = (RunnelCapability) EXACT (N_ ("resource_group"));
      break;
    case RUNNEL_FEATURE_HTTP:
    case RUNNEL_FEATURE_WAIT:
      runnel_shell_judge_step (step, feature, verdict);
      break;
    default:
      break;
    }
}

static guint
detect (const char *path,
        const char *text,
        gsize       length)
{
  static const char *const words[] = { "\nstages:", "\n  script:", "\n  stage:", "\ninclude:",
                                       "\nvariables:" };
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *start = NULL;
  guint score = 0;

  if (strstr (name, "gitlab-ci") != NULL
      && (g_str_has_suffix (name, ".yml") || g_str_has_suffix (name, ".yaml")))
    return 95;
  if (!g_str_has_suffix (name, ".yml") && !g_str_has_suffix (name, ".yaml"))
    return 0;

  start = g_strndup (text, length);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    score += strstr (start, words[i]) != NULL ? 15 : 0;

  return strstr (path, ".gitlab") != NULL ? score + 40 : score;
}

const RunnelTarget runnel_target_gitlab = {
  .name = RUNNEL_GITLAB,
  .title = "GitLab CI",
  .language = "yaml",
  .default_path = ".gitlab-ci.yml",
  .capabilities = capabilities,
  .judge = judge,
  .export = _runnel_gitlab_export,
  .detect = detect,
  .import = _runnel_gitlab_import,
};
