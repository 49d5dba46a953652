/* runnel-github-judge.c: what GitHub Actions can do of what a pipeline asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "interchange/runnel-github-private.h"
#include "interchange/runnel-shell.h"

/* https://docs.github.com/en/actions/reference/limits */
#define MAX_LEGS 256
#define MAX_INPUTS 25

const RunnelCapability runnel_github_capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = { RUNNEL_FIDELITY_EXACT, N_("needs"), NULL },
  [RUNNEL_FEATURE_LINK_FAILURE] = { RUNNEL_FIDELITY_EXACT, N_("an if that asks for the result"),
                                    NULL },
  [RUNNEL_FEATURE_LINK_FINISHED] = { RUNNEL_FIDELITY_EXACT, N_("an if that asks for the result"),
                                     NULL },
  [RUNNEL_FEATURE_LINK_ALWAYS] = { RUNNEL_FIDELITY_EXACT, N_("an if that asks for no result"),
                                   NULL },
  [RUNNEL_FEATURE_JOIN_ANY] = { RUNNEL_FIDELITY_EMULATED,
                                N_("starts when all that it needs is over, not with the first"),
                                NULL },
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = { RUNNEL_FIDELITY_EXACT,
                                        N_("an if that asks for the results"), NULL },
  [RUNNEL_FEATURE_CONDITION] = { RUNNEL_FIDELITY_EXACT, N_("if"), NULL },
  [RUNNEL_FEATURE_EXPRESSION] = { RUNNEL_FIDELITY_EXACT, N_("the same expression"), NULL },
  [RUNNEL_FEATURE_DISABLED] = { RUNNEL_FIDELITY_EXACT, N_("an if that is never true"), NULL },
  [RUNNEL_FEATURE_ENV] = { RUNNEL_FIDELITY_EXACT, N_("env"), NULL },
  [RUNNEL_FEATURE_FOLDER] = { RUNNEL_FIDELITY_EXACT, N_("working-directory"), NULL },
  [RUNNEL_FEATURE_SHELL] = { RUNNEL_FIDELITY_EXACT, N_("shell"), NULL },
  [RUNNEL_FEATURE_PARAMETERS] = { RUNNEL_FIDELITY_EXACT, N_("inputs"), NULL },
  [RUNNEL_FEATURE_SECRETS] = { RUNNEL_FIDELITY_EXACT, N_("secrets of the repository"), NULL },
  [RUNNEL_FEATURE_OUTPUTS] = { RUNNEL_FIDELITY_EXACT, N_("outputs of the job"), NULL },
  [RUNNEL_FEATURE_ARTIFACTS] = { RUNNEL_FIDELITY_EMULATED,
                                 N_("uploaded, and downloaded by jobs behind"), NULL },
  [RUNNEL_FEATURE_CACHE] = { RUNNEL_FIDELITY_EMULATED,
                             N_("the cache action, by a digest of command and inputs"), NULL },
  [RUNNEL_FEATURE_TIMEOUT] = { RUNNEL_FIDELITY_EXACT, N_("timeout-minutes"), NULL },
  [RUNNEL_FEATURE_RETRY] = { RUNNEL_FIDELITY_EMULATED, N_("a loop in the shell"), NULL },
  [RUNNEL_FEATURE_RETRY_DELAY] = { RUNNEL_FIDELITY_EMULATED, N_("a loop in the shell"), NULL },
  [RUNNEL_FEATURE_RETRY_RULE] = { RUNNEL_FIDELITY_EMULATED, N_("a loop in the shell"), NULL },
  [RUNNEL_FEATURE_CONTINUE] = { RUNNEL_FIDELITY_EXACT, N_("continue-on-error"), NULL },
  [RUNNEL_FEATURE_MATRIX] = { RUNNEL_FIDELITY_EXACT, N_("strategy.matrix"), NULL },
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = { RUNNEL_FIDELITY_EXACT, N_("strategy.matrix with fromJSON()"),
                                      NULL },
  [RUNNEL_FEATURE_MATRIX_LIMIT] = { RUNNEL_FIDELITY_EXACT, N_("strategy.max-parallel"), NULL },
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] = { RUNNEL_FIDELITY_EXACT, N_("strategy.fail-fast"), NULL },
  [RUNNEL_FEATURE_POOL] = { RUNNEL_FIDELITY_LOST, N_("jobs do not share slots"),
                            N_("give the matrix a max-parallel, or the pipeline a concurrency "
                                "group") },
  [RUNNEL_FEATURE_PRIORITY] = { RUNNEL_FIDELITY_LOST,
                                N_("jobs start in the order in which machines are free"), NULL },
  [RUNNEL_FEATURE_BREAKER] = { RUNNEL_FIDELITY_LOST, N_("no run knows of those before it"), NULL },
  [RUNNEL_FEATURE_UNDO] = { RUNNEL_FIDELITY_EMULATED,
                            N_("jobs that run in reverse order after a failure"), NULL },
  [RUNNEL_FEATURE_HOOKS] = { RUNNEL_FIDELITY_EMULATED, N_("jobs before and behind all others"),
                             NULL },
  [RUNNEL_FEATURE_HTTP] = { RUNNEL_FIDELITY_EMULATED, N_("curl"), NULL },
  [RUNNEL_FEATURE_WAIT] = { RUNNEL_FIDELITY_EMULATED, N_("sleep"), NULL },
  [RUNNEL_FEATURE_APPROVAL] = { RUNNEL_FIDELITY_EMULATED,
                                N_("an environment; name those who may approve in the settings of "
                                    "the repository"),
                                NULL },
  [RUNNEL_FEATURE_SUBPIPELINE] = { RUNNEL_FIDELITY_EMULATED,
                                   N_("a call of the workflow that the other pipeline is exported "
                                       "to"),
                                   NULL },
  [RUNNEL_FEATURE_FOREIGN] = { RUNNEL_FIDELITY_LOST, N_("a construct of another system"),
                               N_("write what it does as a script") },
  [RUNNEL_FEATURE_IMAGE] = { RUNNEL_FIDELITY_EXACT, N_("container"), NULL },
  [RUNNEL_FEATURE_JOBS] = { RUNNEL_FIDELITY_LOST,
                            N_("as many jobs run at once as machines are free"), NULL },
  [RUNNEL_FEATURE_GROUP] = { RUNNEL_FIDELITY_EMULATED,
                             N_("concurrency, in which only the latest run waits"), NULL },
  [RUNNEL_FEATURE_TRIGGERS] = { RUNNEL_FIDELITY_EXACT, N_("on"), NULL },
};

typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
  gboolean whole;
} Judge;

static void
lower (RunnelCapability *verdict, RunnelFidelity fidelity, const char *how, const char *fix)
{
  if (fidelity < verdict->fidelity)
    return;
  *verdict = (RunnelCapability){ fidelity, how, fix };
}

/* The message of an error outlives the verdict, and there are few of them. */
static void
lose (RunnelCapability *verdict, const GError *error)
{
  lower (verdict, RUNNEL_FIDELITY_LOST, g_intern_string (error->message), NULL);
}

static gboolean
is_hook_at_end (const RunnelFlow *flow, const RunnelFlowStep *step)
{
  return g_ptr_array_find (flow->on_success, step, NULL)
         || g_ptr_array_find (flow->on_failure, step, NULL)
         || g_ptr_array_find (flow->on_finish, step, NULL);
}

/* The id of the step that an undo undoes, or NULL. */
static const char *
find_undone (const RunnelFlow *flow, const RunnelFlowStep *undo)
{
  for (guint i = 0; i < flow->steps->len; i++)
    if (runnel_flow_get_step (flow, i)->undo == undo)
      return runnel_flow_get_step (flow, i)->id;

  return NULL;
}

static RunnelGithubSpeaker
get_speaker (const Judge *self, RunnelGithubPlace place)
{
  gboolean is_step = self->step == NULL || self->step->index < self->flow->steps->len;

  return (RunnelGithubSpeaker){
    .flow = self->flow,
    .step = self->step,
    .self = is_step ? NULL : find_undone (self->flow, self->step),
    .place = place,
    .whole = self->whole,
    .is_last = !is_step && is_hook_at_end (self->flow, self->step),
  };
}

static void
judge_text (const Judge *self, const char *text, RunnelGithubPlace place, RunnelCapability *verdict)
{
  RunnelGithubSpeaker speaker = get_speaker (self, place);
  g_autoptr(GError) problem = NULL;
  g_autofree char *said = NULL;

  if (text != NULL)
    said = runnel_github_say_text (&speaker, text, &problem);
  if (problem != NULL)
    lose (verdict, problem);
}

static void
judge_env (const Judge *self, GArray *env, RunnelCapability *verdict)
{
  for (guint i = 0; i < env->len; i++)
    judge_text (self, g_array_index (env, RunnelFlowVariable, i).value,
                self->step != NULL ? RUNNEL_GITHUB_IN_STEP : RUNNEL_GITHUB_IN_WORKFLOW, verdict);
}

static void
judge_condition (const Judge *self, RunnelCapability *verdict)
{
  RunnelGithubSpeaker speaker = get_speaker (self, RUNNEL_GITHUB_IN_CONDITION);
  g_autoptr(GError) problem = NULL;
  g_autofree char *said = runnel_github_say_expression (&speaker, self->step->condition, &problem);

  if (said == NULL)
    lower (verdict, RUNNEL_FIDELITY_LOST, g_intern_string (problem->message),
           N_("test it in the script"));
  else if (runnel_github_calls_status (said))
    lower (verdict, RUNNEL_FIDELITY_EMULATED,
           N_("success() and failure() look at all jobs before it"), NULL);
}

static void
judge_continue (const Judge *self, RunnelCapability *verdict)
{
  RunnelGithubSpeaker speaker = get_speaker (self, RUNNEL_GITHUB_IN_STEP);
  g_autoptr(GError) problem = NULL;
  g_autofree char *said = NULL;

  if (self->step->continues_if != NULL)
    said = runnel_github_say_expression (&speaker, self->step->continues_if, &problem);
  if (problem != NULL)
    lose (verdict, problem);
}

static void
judge_matrix (const Judge *self, RunnelFeature feature, RunnelCapability *verdict)
{
  RunnelGithubSpeaker speaker = get_speaker (self, RUNNEL_GITHUB_IN_STEP);
  g_autoptr(GError) problem = NULL;
  g_autoptr(JsonNode) said = NULL;

  if (self->whole)
    {
      lower (verdict, RUNNEL_FIDELITY_LOST, N_("one job has no matrix for a part of it"),
             N_("export a job for each step"));
      return;
    }
  said = _runnel_github_say_json (&speaker, self->step->matrix, &problem);
  if (said == NULL)
    lose (verdict, problem);
  else if (feature == RUNNEL_FEATURE_MATRIX && self->step->legs != NULL
           && self->step->legs->combinations->len > MAX_LEGS)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("a matrix has at most 256 jobs"),
           N_("split the matrix into two steps"));
}

/* Of a failure that is to be made good. */
static void
judge_failure_link (const Judge *self, RunnelCapability *verdict)
{
  for (guint i = 0; i < self->step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (self->step->needs, RunnelFlowNeed, i);
      const RunnelFlowStep *before = runnel_flow_get_step (self->flow, need->step);

      if (!need->handles || before->continues)
        continue;
      if (before->matrix != NULL || before->body != RUNNEL_FLOW_SHELL)
        lower (verdict, RUNNEL_FIDELITY_LOST,
               N_("the workflow fails although the failure is made good"),
               N_("set “handles” of the link to false"));
      else
        lower (verdict, RUNNEL_FIDELITY_EMULATED,
               N_("the job before succeeds, and tells its outcome as an output"), NULL);
    }
}

static void
judge_timeout (const Judge *self, RunnelCapability *verdict)
{
  gint64 timeout = self->step->timeout;

  if (self->step->body == RUNNEL_FLOW_PIPELINE)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("a call of a workflow has no timeout"),
           N_("give its steps one"));
  else if (self->step->body == RUNNEL_FLOW_APPROVAL)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("an approval is waited for up to 30 days"), NULL);
  else if (timeout == RUNNEL_DURATION_EXPRESSION)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("a timeout that is computed"),
           N_("give it as a duration"));
  else if (self->step->retry != NULL || timeout % G_TIME_SPAN_MINUTE != 0)
    lower (verdict, RUNNEL_FIDELITY_EMULATED, N_("timeout of coreutils"), NULL);
}

static void
judge_group (const Judge *self, RunnelCapability *verdict)
{
  const char *policy = self->flow->policy;

  if (self->flow->group != NULL)
    judge_text (self, self->flow->group, RUNNEL_GITHUB_IN_WORKFLOW, verdict);
  if (self->flow->max > 1)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("one run of a group at a time, not more"), NULL);
  else if (g_strcmp0 (policy, "skip") == 0)
    lower (verdict, RUNNEL_FIDELITY_LOST,
           N_("a run that comes meanwhile waits, and is not skipped"),
           N_("use the policy “queue” or “cancel-running”"));
  else if (g_strcmp0 (policy, "parallel") == 0 && self->flow->max == 1)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("runs of a group wait for each other"), NULL);
}

static void
judge_triggers (const Judge *self, RunnelCapability *verdict)
{
  for (guint i = 0; i < json_array_get_length (self->flow->triggers); i++)
    {
      JsonNode *node = json_array_get_element (self->flow->triggers, i);
      const char *kind =
        JSON_NODE_HOLDS_OBJECT (node)
          ? json_object_get_string_member_with_default (json_node_get_object (node), "kind", "")
          : "";

      if (!g_str_equal (kind, "schedule"))
        lower (verdict, RUNNEL_FIDELITY_LOST, N_("only schedules start a workflow"), NULL);
    }
}

static void
judge_parameters (const Judge *self, RunnelCapability *verdict)
{
  gboolean has_triggers =
    self->flow->triggers != NULL && json_array_get_length (self->flow->triggers) > 0;

  if (self->flow->n_parameters > MAX_INPUTS)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("a workflow has at most 25 inputs"),
           N_("put some of the parameters into one, or into “env”"));
  else if (has_triggers)
    lower (verdict, RUNNEL_FIDELITY_EMULATED,
           N_("inputs; started by a schedule, commands see the defaults and conditions no value"),
           NULL);
}

/* One job has one container for all of its steps. */
static void
judge_image (const Judge *self, RunnelCapability *verdict)
{
  for (guint i = 0; self->whole && i < self->flow->steps->len; i++)
    if (g_strcmp0 (runnel_flow_get_step (self->flow, i)->image, self->step->image) != 0)
      lower (verdict, RUNNEL_FIDELITY_LOST, N_("the steps of one job share a container"),
             N_("give all steps the same image, or export a job for each"));
}

/* A workflow that is called has none of what a step has around it. */
static gboolean
is_lost_of_call (RunnelFeature feature)
{
  static const RunnelFeature lost[] = {
    RUNNEL_FEATURE_ENV,   RUNNEL_FEATURE_FOLDER,   RUNNEL_FEATURE_ARTIFACTS, RUNNEL_FEATURE_CACHE,
    RUNNEL_FEATURE_RETRY, RUNNEL_FEATURE_CONTINUE, RUNNEL_FEATURE_IMAGE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    if (lost[i] == feature)
      return TRUE;

  return FALSE;
}

static void
judge_body (const Judge *self, RunnelFeature feature, RunnelCapability *verdict)
{
  const RunnelFlowStep *step = self->step;
  gboolean is_call = step->body == RUNNEL_FLOW_PIPELINE || step->body == RUNNEL_FLOW_APPROVAL;

  if (is_call && is_lost_of_call (feature))
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("such a job has none"), NULL);
  if (is_call && feature == RUNNEL_FEATURE_OUTPUTS && step->body == RUNNEL_FLOW_APPROVAL)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("who approved is not known"), NULL);
  if (step->body == RUNNEL_FLOW_OTHER
      && (feature == RUNNEL_FEATURE_HTTP || feature == RUNNEL_FEATURE_WAIT))
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("no lines of shell do the same"),
           N_("write it as a script"));
  if (self->whole && step->body != RUNNEL_FLOW_SHELL
      && (feature == RUNNEL_FEATURE_APPROVAL || feature == RUNNEL_FEATURE_SUBPIPELINE))
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("a part of one job can't be that"),
           N_("export a job for each step"));
  if (self->whole && (feature == RUNNEL_FEATURE_ARTIFACTS || feature == RUNNEL_FEATURE_CACHE))
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("the steps share a folder, and nothing is kept"),
           NULL);
}

static void
judge_undo (const Judge *self, RunnelCapability *verdict)
{
  if (self->step->matrix != NULL)
    lower (verdict, RUNNEL_FIDELITY_LOST,
           N_("the combinations of a matrix are not undone one by one"), NULL);
}

static void
judge_outputs (const Judge *self, RunnelCapability *verdict)
{
  if (self->step->matrix != NULL)
    lower (verdict, RUNNEL_FIDELITY_LOST,
           N_("each combination of the matrix overwrites those of the others"),
           N_("keep an artifact of each combination"));
}

static void
judge_shell (const Judge *self, RunnelFeature feature, RunnelCapability *verdict)
{
  if (self->step->body != RUNNEL_FLOW_SHELL)
    lower (verdict, RUNNEL_FIDELITY_LOST, N_("such a job has none"), NULL);
  else
    runnel_shell_judge_step (self->step, feature, verdict);
}

static void
judge_step (const Judge *self, RunnelFeature feature, RunnelCapability *verdict)
{
  const RunnelFlowStep *step = self->step;

  switch (feature)
    {
    case RUNNEL_FEATURE_ENV:
    case RUNNEL_FEATURE_EXPRESSION:
    case RUNNEL_FEATURE_SECRETS:
      judge_env (self, step->env, verdict);
      break;
    case RUNNEL_FEATURE_CONDITION:
      judge_condition (self, verdict);
      break;
    case RUNNEL_FEATURE_FOLDER:
      judge_text (self, step->folder, RUNNEL_GITHUB_IN_STEP, verdict);
      break;
    case RUNNEL_FEATURE_CONTINUE:
      judge_continue (self, verdict);
      break;
    case RUNNEL_FEATURE_MATRIX:
    case RUNNEL_FEATURE_MATRIX_DYNAMIC:
    case RUNNEL_FEATURE_MATRIX_LIMIT:
    case RUNNEL_FEATURE_MATRIX_FAIL_FAST:
      judge_matrix (self, feature, verdict);
      break;
    case RUNNEL_FEATURE_LINK_FAILURE:
      judge_failure_link (self, verdict);
      break;
    case RUNNEL_FEATURE_TIMEOUT:
      judge_timeout (self, verdict);
      break;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      judge_shell (self, feature, verdict);
      break;
    case RUNNEL_FEATURE_IMAGE:
      judge_image (self, verdict);
      break;
    case RUNNEL_FEATURE_UNDO:
      judge_undo (self, verdict);
      break;
    case RUNNEL_FEATURE_CACHE:
      if (!_runnel_github_can_cache (step))
        lower (verdict, RUNNEL_FIDELITY_LOST,
               N_("the cache action keeps files alone, not outputs"),
               N_("let the step make files, and name them in “outputs” of its cache"));
      break;
    case RUNNEL_FEATURE_OUTPUTS:
      judge_outputs (self, verdict);
      break;
    default:
      break;
    }
  judge_body (self, feature, verdict);
}

/* Looks closer where it depends on more than the feature. */
void
_runnel_github_judge (const RunnelFlow *flow,
                      const RunnelFlowStep *step,
                      RunnelFeature feature,
                      const RunnelExportOptions *options,
                      RunnelCapability *verdict)
{
  Judge self = { flow, step, g_strcmp0 (options->mode, "one-job") == 0 };

  if (step != NULL)
    judge_step (&self, feature, verdict);
  else if (feature == RUNNEL_FEATURE_ENV || feature == RUNNEL_FEATURE_EXPRESSION)
    judge_env (&self, flow->env, verdict);
  else if (feature == RUNNEL_FEATURE_PARAMETERS)
    judge_parameters (&self, verdict);
  else if (feature == RUNNEL_FEATURE_GROUP)
    judge_group (&self, verdict);
  else if (feature == RUNNEL_FEATURE_TRIGGERS)
    judge_triggers (&self, verdict);
  else if (feature == RUNNEL_FEATURE_JOBS && self.whole && flow->jobs == 1)
    *verdict =
      (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_("steps of one job follow each other"), NULL };
}
