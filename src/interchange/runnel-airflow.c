/* runnel-airflow.c: what Apache Airflow can express
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"
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

static const RunnelCapability capabilities[RUNNEL_N_FEATURES] = {
  [RUNNEL_FEATURE_ORDER] = EXACT (N_ ("a >> b")),
  [RUNNEL_FEATURE_LINK_FAILURE] = EMULATED (N_ ("a gate with the rule all_failed")),
  [RUNNEL_FEATURE_LINK_FINISHED] = EMULATED (N_ ("a gate with the rule none_skipped")),
  [RUNNEL_FEATURE_LINK_ALWAYS] = EMULATED (N_ ("a gate with the rule all_done")),
  [RUNNEL_FEATURE_JOIN_ANY] = EXACT (N_ ("trigger_rule one_success")),
  [RUNNEL_FEATURE_JOIN_NONE_FAILED] = EXACT (N_ ("trigger_rule none_failed_min_one_success")),
  [RUNNEL_FEATURE_CONDITION] = EMULATED (N_ ("the task ends with code 99, which means skipped")),
  [RUNNEL_FEATURE_EXPRESSION] = EMULATED (N_ ("a template of Jinja")),
  [RUNNEL_FEATURE_DISABLED] = EMULATED (N_ ("the task skips itself, or is an EmptyOperator")),
  [RUNNEL_FEATURE_ENV] = EXACT (N_ ("env")),
  [RUNNEL_FEATURE_FOLDER] = EXACT (N_ ("cwd")),
  [RUNNEL_FEATURE_SHELL] = EMULATED (N_ ("the lines are given to the interpreter")),
  [RUNNEL_FEATURE_PARAMETERS] = EXACT (N_ ("params")),
  [RUNNEL_FEATURE_SECRETS] = EXACT (N_ ("variables of Airflow, by name")),
  [RUNNEL_FEATURE_OUTPUTS] = EXACT (N_ ("XCom")),
  [RUNNEL_FEATURE_ARTIFACTS] = EMULATED (N_ ("copied to a folder that all workers must share")),
  [RUNNEL_FEATURE_CACHE] = LOST (N_ ("the step always runs"), NULL),
  [RUNNEL_FEATURE_TIMEOUT] = EXACT (N_ ("execution_timeout")),
  [RUNNEL_FEATURE_RETRY] = EXACT (N_ ("retries")),
  [RUNNEL_FEATURE_RETRY_DELAY] = EXACT (N_ ("retry_delay")),
  [RUNNEL_FEATURE_RETRY_RULE] = EMULATED (N_ ("a loop in the shell")),
  [RUNNEL_FEATURE_CONTINUE] = EMULATED (N_ ("the task ends with code 0 and says what failed")),
  [RUNNEL_FEATURE_MATRIX] = EXACT (N_ ("a mapped task")),
  [RUNNEL_FEATURE_MATRIX_DYNAMIC] = LOST (N_ ("the legs must be known when the file is written"),
                                          N_ ("list the values in the matrix")),
  [RUNNEL_FEATURE_MATRIX_LIMIT] = EXACT (N_ ("max_active_tis_per_dagrun")),
  [RUNNEL_FEATURE_MATRIX_FAIL_FAST] =
    LOST (N_ ("the other legs go on after a failure"), N_ ("set fail-fast to false")),
  [RUNNEL_FEATURE_POOL] = EXACT (N_ ("pool; it has to be made in Airflow")),
  [RUNNEL_FEATURE_PRIORITY] = EXACT (N_ ("priority_weight")),
  [RUNNEL_FEATURE_BREAKER] = LOST (N_ ("the step is tried in every run"), NULL),
  [RUNNEL_FEATURE_UNDO] = LOST (N_ ("nothing is taken back when the run fails"),
                                N_ ("take it back in a step with a link on failure")),
  [RUNNEL_FEATURE_HOOKS] = EMULATED (N_ ("tasks before the first and after the last ones")),
  [RUNNEL_FEATURE_HTTP] = EMULATED (N_ ("curl")),
  [RUNNEL_FEATURE_WAIT] = EMULATED (N_ ("sleep")),
  [RUNNEL_FEATURE_APPROVAL] = EXACT (N_ ("ApprovalOperator, since Airflow 3.1")),
  [RUNNEL_FEATURE_SUBPIPELINE] = EXACT (N_ ("TriggerDagRunOperator")),
  [RUNNEL_FEATURE_FOREIGN] = LOST (N_ ("a construct of another system"), N_ ("make it a script")),
  [RUNNEL_FEATURE_IMAGE] = LOST (N_ ("the task runs on the worker itself"), NULL),
  [RUNNEL_FEATURE_JOBS] = EXACT (N_ ("max_active_tasks")),
  [RUNNEL_FEATURE_GROUP] = EXACT (N_ ("max_active_runs")),
  [RUNNEL_FEATURE_TRIGGERS] = EXACT (N_ ("schedule")),
};

static gboolean
can_say (const char *text)
{
  g_autofree char *said = NULL;

  if (text == NULL)
    return TRUE;
  said = runnel_dialect_say_text (&_runnel_airflow_jinja, text, NULL, NULL);

  return said != NULL;
}

static void
lose (RunnelCapability *verdict, const char *how, const char *fix)
{
  *verdict = (RunnelCapability){ RUNNEL_FIDELITY_LOST, how, fix };
}

static void
judge_condition (const RunnelFlowStep *step, RunnelCapability *verdict)
{
  g_autofree char *said =
    runnel_dialect_say_condition (&_runnel_airflow_jinja, step->condition, NULL, NULL);

  if (said == NULL)
    lose (verdict, N_ ("the condition can't be said in Jinja, and the step runs always"),
          N_ ("compare parameters and outputs with texts; use links for what failed"));
  else if (step->body != RUNNEL_FLOW_SHELL)
    lose (verdict, N_ ("only a task that runs lines can skip itself"), NULL);
}

static void
judge_expressions (const RunnelFlowStep *step, RunnelCapability *verdict)
{
  JsonObject *leg = step->legs != NULL && step->legs->combinations->len > 0
                      ? g_ptr_array_index (step->legs->combinations, 0)
                      : NULL;

  for (guint i = 0; i < step->env->len; i++)
    {
      const char *value = g_array_index (step->env, RunnelFlowVariable, i).value;
      g_autofree char *said = runnel_dialect_say_text (&_runnel_airflow_jinja, value, leg, NULL);

      if (said == NULL)
        lose (verdict, N_ ("a value that can't be said in Jinja is empty"),
              N_ ("compute it in a step, as an output"));
    }
  if (!can_say (step->folder) || step->timeout == RUNNEL_DURATION_EXPRESSION
      || step->continues_if != NULL)
    lose (verdict, N_ ("a folder, time or continue-on-error that is computed"), NULL);
}

/* Whether every trigger is a schedule, of which there is one. */
static gboolean
has_only_schedule (const RunnelFlow *flow)
{
  JsonNode *node = json_array_get_element (flow->triggers, 0);

  return json_array_get_length (flow->triggers) == 1 && JSON_NODE_HOLDS_OBJECT (node)
         && g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (node),
                                                                   "kind", NULL),
                       "schedule")
              == 0;
}

/* What Airflow does not repeat as it is said, only lines of shell can repeat themselves. */
static void
judge_retry (const RunnelFlowStep *step, RunnelFeature feature, RunnelCapability *verdict)
{
  if (_runnel_airflow_retries_itself (step))
    return;

  if (step->body != RUNNEL_FLOW_SHELL)
    {
      lose (verdict, N_ ("it is tried once"), N_ ("let the delay be constant, or double"));
      return;
    }
  *verdict = (RunnelCapability) EMULATED (N_ ("a loop in the shell"));
  runnel_shell_judge_step (step, feature, verdict);
}

/* What only a task that runs lines can have, for others make no process on the worker. */
static gboolean
is_of_lines (const RunnelFlowStep *step, RunnelFeature feature)
{
  switch (feature)
    {
    case RUNNEL_FEATURE_ENV:
    case RUNNEL_FEATURE_FOLDER:
    case RUNNEL_FEATURE_OUTPUTS:
    case RUNNEL_FEATURE_ARTIFACTS:
    case RUNNEL_FEATURE_CONTINUE:
    case RUNNEL_FEATURE_MATRIX:
      return TRUE;
    case RUNNEL_FEATURE_DISABLED:
      return step->enabled == RUNNEL_DISABLED;
    default:
      return FALSE;
    }
}

static void
judge_step (const RunnelFlowStep *step, RunnelFeature feature, RunnelCapability *verdict)
{
  if (step->body != RUNNEL_FLOW_SHELL && is_of_lines (step, feature))
    lose (verdict, N_ ("only a task that runs lines can have it"), NULL);

  switch (feature)
    {
    case RUNNEL_FEATURE_CONDITION:
      judge_condition (step, verdict);
      break;
    case RUNNEL_FEATURE_EXPRESSION:
      judge_expressions (step, verdict);
      break;
    case RUNNEL_FEATURE_RETRY:
    case RUNNEL_FEATURE_RETRY_DELAY:
    case RUNNEL_FEATURE_RETRY_RULE:
      judge_retry (step, feature, verdict);
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
    default:
      break;
    }
}

static void
judge (const RunnelFlow *flow,
       const RunnelFlowStep *step,
       RunnelFeature feature,
       const RunnelExportOptions *options,
       RunnelCapability *verdict)
{
  if (step != NULL)
    judge_step (step, feature, verdict);
  else if (feature == RUNNEL_FEATURE_TRIGGERS && !has_only_schedule (flow))
    lose (verdict, N_ ("a DAG has one schedule and no other triggers"), NULL);
  else if (feature == RUNNEL_FEATURE_GROUP
           && (flow->group != NULL
               || (flow->policy != NULL && !g_str_equal (flow->policy, "queue"))))
    lose (verdict, N_ ("runs of a DAG wait for each other, and for none of another"),
          N_ ("leave out group, and let policy be queue"));
}

const RunnelTarget runnel_target_airflow = {
  .name = "airflow",
  .title = "Apache Airflow",
  .language = "python3",
  .default_path = "dags/%s.py",
  .capabilities = capabilities,
  .judge = judge,
  .export = _runnel_airflow_export,
  .detect = _runnel_airflow_detect,
  .import = _runnel_airflow_import,
};
