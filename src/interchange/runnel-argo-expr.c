/* runnel-argo-expr.c: expressions said in the language of Argo's {{= }}
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * That is expr-lang (https://expr-lang.org), in which every parameter is a text. So each part that
 * is said has its type before it, one character:
 *
 *   S, N, B  a reference, "tasks.a.outputs.parameters.v", to a text, or to one that spells a number
 * or a boolean $        a secret, by the name of its variable s, n, b  an expression that gives a
 * text, a number or a boolean
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "interchange/runnel-dialect.h"

/* A condition gets no longer than this by looking back at what failed. */
#define MOST_TERMS 40

static char *
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
               "Argo has no word for “%s”", what);
  return NULL;
}

/* An index where a name would be read as a difference: tasks['a-b'].status */
static char *
say_indexed (const char *reference)
{
  g_auto(GStrv) parts = g_strsplit (reference, ".", -1);
  GString *said = g_string_new (parts[0]);

  for (guint i = 1; parts[i] != NULL; i++)
    if (strchr (parts[i], '-') != NULL || g_ascii_isdigit (parts[i][0]))
      g_string_append_printf (said, "['%s']", parts[i]);
    else
      g_string_append_printf (said, ".%s", parts[i]);
  return g_string_free (said, FALSE);
}

static char *
say_text_of (const char *typed)
{
  if (strchr ("SNB", typed[0]) != NULL)
    return say_indexed (typed + 1);
  if (typed[0] == 's')
    return g_strdup (typed + 1);
  return g_strdup_printf ("string(%s)", typed + 1);
}

static char *
say_number_of (const char *typed)
{
  g_autofree char *text = NULL;

  if (typed[0] == 'n')
    return g_strdup (typed + 1);
  text = say_indexed (typed + 1);
  return g_strdup_printf ("asFloat(%s)", text);
}

static char *
say_truth_of (const char *typed)
{
  g_autofree char *text = NULL;

  if (typed[0] == 'b')
    return g_strdup (typed + 1);
  if (typed[0] == 'N' || typed[0] == 'n')
    {
      text = say_number_of (typed);
      return g_strdup_printf ("%s != 0", text);
    }
  text = say_text_of (typed);
  return g_strdup_printf (typed[0] == 'B' ? "%s == 'true'" : "%s != ''", text);
}

static char *
say_parameter (const RunnelArgoScope *scope,
               const char            *name)
{
  for (guint i = 0; i < scope->flow->n_parameters; i++)
    {
      const RunnelParameter *parameter = &scope->flow->parameters[i];
      char type = parameter->type == RUNNEL_PARAMETER_NUMBER ? 'N'
                  : parameter->type == RUNNEL_PARAMETER_BOOLEAN ? 'B' : 'S';

      if (g_str_equal (parameter->name, name))
        return g_strdup_printf ("%cworkflow.parameters.%s", type, name);
    }
  return NULL;
}

static char *
say_outcome (const char *task,
             gboolean    continues)
{
  g_autofree char *reference = g_strdup_printf ("tasks.%s.status", task);
  g_autofree char *status = say_indexed (reference);

  if (continues)
    return g_strdup_printf ("s(%s in ['Succeeded', 'Failed', 'Error'] ? 'success' : 'skipped')",
                            status);
  return g_strdup_printf ("s(%s == 'Succeeded' ? 'success' : %s in ['Failed', 'Error'] ? 'failure' "
                          ": 'skipped')", status, status);
}

static char *
say_step_member (const RunnelArgoScope *scope,
                 const char *const     *path)
{
  RunnelFlowStep *step = runnel_flow_find_step (scope->flow, path[1]);
  const char *task;

  if (step == NULL || scope->step == NULL || scope->in_hook
      || !runnel_kube_is_before (scope->flow, scope->step, step->index) || step->matrix != NULL)
    return NULL;
  task = runnel_kube_names_get (scope->names, step->id);
  if (g_str_equal (path[2], "outputs") && path[3] != NULL && path[4] == NULL)
    return g_strdup_printf ("Stasks.%s.outputs.parameters.%s", task, path[3]);
  if (path[3] != NULL)
    return NULL;
  if (g_str_equal (path[2], "outcome"))
    return say_outcome (task, FALSE);
  if (g_str_equal (path[2], "conclusion"))
    return say_outcome (task, step->continues);
  return NULL;
}

static char *
say_reference (const char *const *path,
               gpointer           user_data,
               GError           **error)
{
  const RunnelArgoScope *scope = user_data;
  g_autofree char *whole = g_strjoinv (".", (char **) path);
  const guint n_parts = g_strv_length ((char **) path);
  char *said = NULL;

  if (n_parts == 2 && g_str_equal (path[0], "params"))
    said = say_parameter (scope, path[1]);
  else if (n_parts == 2 && g_str_equal (path[0], "matrix") && scope->step != NULL
           && scope->step->matrix != NULL)
    said = g_strdup_printf (scope->in_task ? "Sitem.%s" : "Sinputs.parameters.matrix-%s", path[1]);
  else if (n_parts == 2 && g_str_equal (path[0], "secrets") && scope->secrets != NULL)
    {
      g_ptr_array_add (scope->secrets, g_strdup (path[1]));
      said = runnel_parameters_get_variable ("$RUNNEL_SECRET_", path[1]);
    }
  else if (n_parts == 3 && g_str_equal (whole, "steps.self.exit_code"))
    said = g_strdup ("NlastRetry.exitCode");
  else if (n_parts >= 3 && g_str_equal (path[0], "steps"))
    said = say_step_member (scope, path);
  else if (scope->in_hook && g_str_equal (whole, "run.state"))
    said = g_strdup ("s(workflow.status == 'Succeeded' ? 'succeeded' : 'failed')");
  return said != NULL ? said : fail (error, whole);
}

static char *
say_literal (JsonNode *value,
             gpointer  user_data,
             GError  **error)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_NULL (value))
    return fail (error, "null");
  text = runnel_kube_to_text (value);
  if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strconcat ("b", text, NULL);
  if (json_node_get_value_type (value) != G_TYPE_STRING)
    return g_strconcat ("n", text, NULL);
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\'' || *c == '\\' || *c == '{' || *c == '}' || (guchar) *c < ' ')
      return fail (error, text);
  return g_strdup_printf ("s'%s'", text);
}

static const char *
get_operator (RunnelExprNodeType type)
{
  switch (type)
    {
    case RUNNEL_NODE_LESS: return "<";
    case RUNNEL_NODE_LESS_EQUAL: return "<=";
    case RUNNEL_NODE_GREATER: return ">";
    case RUNNEL_NODE_GREATER_EQUAL: return ">=";
    case RUNNEL_NODE_EQUAL: return "==";
    case RUNNEL_NODE_NOT_EQUAL: return "!=";
    case RUNNEL_NODE_AND: return "&&";
    default: return "||";
    }
}

/* Of two values of different types Runnel compares the numbers that they spell, which Argo can't.
 */
static char *
say_comparison (RunnelExprNodeType type,
                const char        *left,
                const char        *right,
                GError           **error)
{
  char *(*say) (const char *) = NULL;
  gboolean is_text = FALSE;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (strchr ("Nn", left[0]) != NULL && strchr ("Nn", right[0]) != NULL)
    say = say_number_of;
  else if (strchr ("Bb", left[0]) != NULL && strchr ("Bb", right[0]) != NULL)
    say = say_truth_of;
  else if (strchr ("Ss", left[0]) != NULL && strchr ("Ss", right[0]) != NULL)
    is_text = TRUE;
  else
    return fail (error, "a comparison of values of different types");
  a = is_text ? say_text_of (left) : say (left);
  b = is_text ? say_text_of (right) : say (right);
  return g_strdup_printf (is_text                ? "blower(%s) %s lower(%s)"
                          : say == say_truth_of ? "b(%s) %s (%s)"
                                                : "b%s %s %s",
                          a, get_operator (type), b);
}

static char *
say_operation (RunnelExprNodeType type,
               const char *const *operands,
               RunnelExprNode   **nodes,
               guint              n_operands,
               gpointer           user_data,
               GError           **error)
{
  g_autoptr(GString) said = g_string_new ("b");

  for (guint i = 0; i < n_operands; i++)
    if (operands[i][0] == '$')
      return fail (error, "a secret in an expression");
  if (type == RUNNEL_NODE_NOT)
    {
      g_autofree char *truth = say_truth_of (operands[0]);

      return g_strdup_printf ("b!(%s)", truth);
    }
  if (type != RUNNEL_NODE_AND && type != RUNNEL_NODE_OR)
    return say_comparison (type, operands[0], operands[1], error);
  for (guint i = 0; i < n_operands; i++)
    {
      g_autofree char *truth = NULL;

      /* && and || give one of their operands, and that is a boolean only if all are. */
      if (strchr ("Bb", operands[i][0]) == NULL)
        return fail (error, "a choice among values by && or ||");
      truth = say_truth_of (operands[i]);
      if (i > 0)
        g_string_append_printf (said, " %s ", get_operator (type));
      g_string_append_printf (said, "(%s)", truth);
    }
  return g_string_free (g_steal_pointer (&said), FALSE);
}

/* Whether a step failed, or was left out because of one before it that did. */
static gboolean
add_failure_of (const RunnelArgoScope *scope,
                guint                  index,
                GHashTable            *seen,
                GString               *said)
{
  RunnelFlowStep *step = runnel_flow_get_step (scope->flow, index);
  g_autofree char *reference = NULL;
  g_autofree char *status = NULL;

  if (!g_hash_table_add (seen, GUINT_TO_POINTER (index + 1)))
    return TRUE;
  if (g_hash_table_size (seen) > MOST_TERMS)
    return FALSE;
  reference = g_strdup_printf ("tasks.%s.status", runnel_kube_names_get (scope->names, step->id));
  status = say_indexed (reference);
  if (!step->continues) /* a failure that is tolerated is none */
    g_string_append_printf (said, "%s%s in ['Failed', 'Error']", said->len > 0 ? " || " : "", status);
  for (guint i = 0; i < step->needs->len; i++)
    {
      g_autoptr(GString) before = g_string_new (NULL);

      if (!add_failure_of (scope, g_array_index (step->needs, RunnelFlowNeed, i).step, seen,
                           before))
        return FALSE;
      if (before->len > 0)
        g_string_append_printf (said, "%s(%s in ['Skipped', 'Omitted'] && (%s))",
                                said->len > 0 ? " || " : "", status, before->str);
    }
  return TRUE;
}

static char *
say_failure (const RunnelArgoScope *scope,
             GError               **error)
{
  g_autoptr(GString) said = g_string_new (NULL);

  if (scope->in_hook)
    return g_strdup ("bworkflow.status != 'Succeeded'");
  if (scope->step == NULL)
    return fail (error, "failure()");
  for (guint i = 0; i < scope->step->needs->len; i++)
    {
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

      if (!add_failure_of (scope, g_array_index (scope->step->needs, RunnelFlowNeed, i).step, seen,
                           said))
        return fail (error, "failure() with that many steps before");
    }
  return said->len == 0 ? g_strdup ("bfalse") : g_strdup_printf ("b(%s)", said->str);
}

static char *
say_call (const char        *function,
          const char *const *arguments,
          guint              n_arguments,
          gpointer           user_data,
          GError           **error)
{
  static const struct { const char *here, *there; } operators[] = {
    { "contains", "contains" }, { "startswith", "startsWith" }, { "endswith", "endsWith" },
  };
  g_autofree char *failure = NULL;

  if (g_str_equal (function, "always"))
    return g_strdup ("btrue");
  if (g_str_equal (function, "cancelled"))
    return g_strdup ("bfalse");
  if (g_str_equal (function, "failure"))
    return say_failure (user_data, error);
  if (g_str_equal (function, "success"))
    {
      failure = say_failure (user_data, error);
      return failure != NULL ? g_strdup_printf ("b!(%s)", failure + 1) : NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (operators) && n_arguments == 2; i++)
    if (g_str_equal (function, operators[i].here) && strchr ("Ss", arguments[0][0]) != NULL
        && strchr ("Ss", arguments[1][0]) != NULL)
      {
        g_autofree char *a = say_text_of (arguments[0]);
        g_autofree char *b = say_text_of (arguments[1]);

        return g_strdup_printf ("blower(%s) %s lower(%s)", a, operators[i].there, b);
      }
  return fail (error, function);
}

static char *
splice (const char *typed,
        gpointer    user_data)
{
  if (typed[0] == '$')
    return g_strdup_printf ("$(%s)", typed + 1);
  if (strchr ("SNB", typed[0]) != NULL)
    return g_strdup_printf ("{{%s}}", typed + 1);
  return g_strdup_printf ("{{=%s}}", typed + 1);
}

static char *
escape (const char *text,
        gpointer    user_data)
{
  return runnel_kube_escape (text);
}

static const RunnelDialect dialect = {
  .reference = say_reference,
  .literal = say_literal,
  .operation = say_operation,
  .call = say_call,
  .splice = splice,
  .escape = escape,
};

/* Conditions, as they stand in `when`: {{= }} around an expression that gives true or false. */
char *
_runnel_argo_say_condition (const RunnelArgoScope *scope,
                            const char            *condition,
                            GError               **error)
{
  g_autofree char *rule = _runnel_argo_say_rule (scope, condition, error);

  return rule != NULL ? g_strdup_printf ("{{=%s}}", rule) : NULL;
}

/* The same without {{= }}, as in `expression` of a retryStrategy. */
char *
_runnel_argo_say_rule (const RunnelArgoScope *scope,
                       const char            *condition,
                       GError               **error)
{
  g_autofree char *typed =
    runnel_dialect_say_condition (&dialect, condition, (gpointer) scope, error);

  return typed != NULL ? say_truth_of (typed) : NULL;
}

char *
_runnel_argo_say_text (RunnelArgoScope *scope,
                       const char      *text,
                       GError         **error)
{
  return runnel_dialect_say_text (&dialect, text, scope, error);
}

/* `depends`: what Runnel means by a link, for Argo takes a bare name as "succeeded or skipped". */
static char *
say_need (const RunnelFlowNeed *need,
          const RunnelFlowStep *before,
          const char           *task)
{
  const char *ran = before->enabled == RUNNEL_BYPASSED ? "@.Skipped"
                                                       : "(@.Succeeded || @.Failed || @.Errored)";
  const char *form;
  g_auto(GStrv) parts = NULL;

  switch (need->on)
    {
    case RUNNEL_ON_SUCCESS:
      form = before->enabled == RUNNEL_BYPASSED || before->continues ? ran : "@.Succeeded";
      break;
    case RUNNEL_ON_FAILURE: /* never, of a step that continues */
      form = before->continues ? "(@.Failed && @.Succeeded)" : "(@.Failed || @.Errored)";
      break;
    case RUNNEL_ON_FINISHED:
      form = ran;
      break;
    case RUNNEL_ON_ALWAYS:
    default:
      form = "(@.Succeeded || @.Failed || @.Errored || @.Skipped || @.Omitted)";
      break;
    }
  parts = g_strsplit (form, "@", -1);
  return g_strjoinv (task, parts);
}

/* Returns: (transfer full) (nullable): `depends` of a step, or NULL if it has no links */
char *
_runnel_argo_say_depends (const RunnelFlow     *flow,
                          const RunnelFlowStep *step,
                          RunnelKubeNames      *names)
{
  GString *said = step->needs->len > 0 ? g_string_new (NULL) : NULL;
  const char *between = step->join == RUNNEL_JOIN_ALL ? " && " : " || ";

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      RunnelFlowStep *before = runnel_flow_get_step (flow, need->step);
      g_autofree char *one = say_need (need, before, runnel_kube_names_get (names, before->id));

      g_string_append_printf (said, "%s%s", i > 0 ? between : "", one);
    }
  if (step->join == RUNNEL_JOIN_NONE_FAILED && said != NULL)
    {
      g_string_prepend_c (said, '(');
      g_string_append_c (said, ')');
      for (guint i = 0; i < step->needs->len; i++)
        {
          const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
          RunnelFlowStep *before = runnel_flow_get_step (flow, need->step);
          const char *task = runnel_kube_names_get (names, before->id);

          if (need->on == RUNNEL_ON_SUCCESS && !before->continues)
            g_string_append_printf (said, " && !%s.Failed && !%s.Errored", task, task);
        }
    }
  return said != NULL ? g_string_free (said, FALSE) : NULL;
}
