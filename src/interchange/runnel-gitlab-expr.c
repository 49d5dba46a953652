/* runnel-gitlab-expr.c: expressions said with the variables of GitLab CI, and read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions are those of `rules:if`, https://docs.gitlab.com/ci/jobs/job_rules/: variables, texts,
 * `==`, `!=`, `&&` and `||`. Other texts may hold `$VARIABLE`, and `$$` for a dollar.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-dialect.h"
#include "interchange/runnel-gitlab-private.h"

#define IS_TRUE " == \"true\""
#define NOT_TRUE " != \"true\""

static char *
fail (GError    **error,
      const char *what)
{
  g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE, "GitLab has no %s",
               what);

  return NULL;
}

/* --- Said --- */

/**
 * _runnel_gitlab_get_secret:
 * @secret: the name of a secret
 *
 * Returns: (transfer full): the variable of the project that has its value
 */
char *
_runnel_gitlab_get_secret (const char *secret)
{
  g_autofree char *name = g_ascii_strup (secret, -1);

  return g_strdelimit (g_steal_pointer (&name), "-", '_');
}

/**
 * _runnel_gitlab_get_axis:
 * @axis: an axis of a matrix
 *
 * Returns: (transfer full): the variable of a job that has its value
 */
char *
_runnel_gitlab_get_axis (const char *axis)
{
  return runnel_parameters_get_variable ("RUNNEL_MATRIX_", axis);
}

static gboolean
is_boolean (const RunnelFlow *flow,
            const char       *parameter)
{
  for (guint i = 0; i < flow->n_parameters; i++)
    if (g_str_equal (flow->parameters[i].name, parameter))
      return flow->parameters[i].type == RUNNEL_PARAMETER_BOOLEAN;

  return FALSE;
}

static char *
get_variable (const char *const *path)
{
  if (g_strv_length ((char **) path) != 2)
    return NULL;
  if (g_str_equal (path[0], "params"))
    return runnel_parameters_get_variable ("RUNNEL_PARAM_", path[1]);
  if (g_str_equal (path[0], "matrix"))
    return _runnel_gitlab_get_axis (path[1]);
  if (g_str_equal (path[0], "secrets"))
    return _runnel_gitlab_get_secret (path[1]);

  return NULL;
}

static char *
say_reference (const char *const *path,
               gpointer           user_data,
               GError           **error)
{
  g_autofree char *variable = get_variable (path);

  if (variable == NULL)
    return fail (error, "value for it before the job runs");

  return g_strdup_printf ("${%s}", variable);
}

/* `rules` are evaluated before there are legs of a matrix, and never see outputs. */
static char *
say_operand (const char *const *path,
             gpointer           user_data,
             GError           **error)
{
  const RunnelFlow *flow = user_data;
  g_autofree char *variable = NULL;

  if (!g_str_equal (path[0], "params") || path[1] == NULL || path[2] != NULL)
    return fail (error, "rules on what is known only while running");

  variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", path[1]);

  return g_strconcat ("$", variable, is_boolean (flow, path[1]) ? IS_TRUE : NULL, NULL);
}

static char *
say_literal (JsonNode *value,
             gpointer  user_data,
             GError  **error)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
    return fail (error, "numbers and booleans in rules");

  text = json_node_get_string (value);
  if (strpbrk (text, "\"\\$\n") != NULL)
    return fail (error, "such text in rules");

  return g_strdup_printf ("\"%s\"", text);
}

static char *
say_not (const char *operand,
         GError    **error)
{
  gsize length = strlen (operand);

  if (g_str_has_suffix (operand, IS_TRUE)
      && strchr (operand, ' ') == operand + length - strlen (IS_TRUE))
    return g_strdup_printf ("%.*s" NOT_TRUE, (int) (length - strlen (IS_TRUE)), operand);
  if (*operand == '$' && strchr (operand, ' ') == NULL)
    return g_strdup_printf ("%s == \"\"", operand);

  return fail (error, "“not” of a whole condition");
}

static char *
say_comparison (const char         *operator,
                const char * const *operands,
                GError            **error)
{
  for (guint i = 0; i < 2; i++)
    if (operands[i][0] != '"' && strchr (operands[i], ' ') != NULL)
      return fail (error, "comparisons of conditions");

  return g_strdup_printf ("%s %s %s", operands[0], operator, operands[1]);
}

static char *
say_and (const char *const *operands,
         guint              n_operands)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_operands; i++)
    g_string_append_printf (text, strstr (operands[i], " || ") != NULL ? "%s(%s)" : "%s%s",
                            i > 0 ? " && " : "", operands[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_operation (RunnelExprNodeType type,
               const char *const *operands,
               RunnelExprNode   **nodes,
               guint              n_operands,
               gpointer           user_data,
               GError           **error)
{
  switch (type)
    {
    case RUNNEL_NODE_NOT:
      return say_not (operands[0], error);
    case RUNNEL_NODE_EQUAL:
      return say_comparison ("==", operands, error);
    case RUNNEL_NODE_NOT_EQUAL:
      return say_comparison ("!=", operands, error);
    case RUNNEL_NODE_AND:
      return say_and (operands, n_operands);
    case RUNNEL_NODE_OR:
      return g_strjoinv (" || ", (char **) operands);
    default:
      return fail (error, "such an operator");
    }
}

static char *
splice (const char *expression,
        gpointer    user_data)
{
  return g_strdup (expression);
}

static char *
escape (const char *text,
        gpointer    user_data)
{
  g_autoptr (GString) escaped = g_string_new (text);

  g_string_replace (escaped, "$", "$$", 0);

  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

static const RunnelDialect conditions = {
  say_operand, say_literal, say_operation, NULL, NULL, NULL
};
static const RunnelDialect texts = { say_reference, NULL, NULL, NULL, splice, escape };

/**
 * _runnel_gitlab_say_condition:
 * @flow: a pipeline
 * @condition: the `if` of a step
 * @error: %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full) (nullable): the condition for `rules:if`
 */
char *
_runnel_gitlab_say_condition (const RunnelFlow *flow,
                              const char       *condition,
                              GError          **error)
{
  return runnel_dialect_say_condition (&conditions, condition, (gpointer) flow, error);
}

/**
 * _runnel_gitlab_say_text:
 * @flow: a pipeline
 * @text: a value that may hold `${{ }}`
 * @error: %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full) (nullable): the value for `variables`
 */
char *
_runnel_gitlab_say_text (const RunnelFlow *flow,
                         const char       *text,
                         GError          **error)
{
  return runnel_dialect_say_text (&texts, text, (gpointer) flow, error);
}

/* Whose variables are at hand where an output is read. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
} Reader;

static gboolean
promises (const RunnelFlowStep *step,
          const char           *output)
{
  return g_ptr_array_find_with_equal_func (step->outputs, output, g_str_equal, NULL);
}

/* Whether the other step gives the variable to this one, and no other gives one of the same name. */
static gboolean
receives (const Reader *self,
          const char   *id,
          const char   *output)
{
  g_autoptr(GPtrArray) sources = _runnel_gitlab_list_sources (self->flow, self->step);
  gboolean found = FALSE;

  for (guint i = 0; i < self->step->needs->len; i++)
    {
      guint index = g_array_index (self->step->needs, RunnelFlowNeed, i).step;

      g_ptr_array_add (sources, runnel_flow_get_step (self->flow, index));
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const RunnelFlowStep *source = g_ptr_array_index (sources, i);

      if (!promises (source, output))
        continue;
      if (!g_str_equal (source->id, id))
        return FALSE;
      found = TRUE;
    }

  return found;
}

static char *
say_output (const char *const *path,
            gpointer           user_data,
            GError           **error)
{
  if (g_strv_length ((char **) path) != 4 || !g_str_equal (path[0], "steps")
      || !g_str_equal (path[2], "outputs") || strchr (path[3], '-') != NULL
      || !receives (user_data, path[1], path[3]))
    return fail (error, "variable for it");

  return g_strdup_printf ("${%s}", path[3]);
}

static const RunnelDialect outputs = { say_output, NULL, NULL, NULL, splice, NULL };

/**
 * _runnel_gitlab_say_export:
 * @flow: a pipeline
 * @step: a step of it
 * @variable: a variable of the step
 *
 * Outputs of other jobs are variables that the shell sees, but no value in `variables`.
 *
 * Returns: (transfer full) (nullable): the line that sets it, when it is one output and nothing
 * else; else %NULL
 */
char *
_runnel_gitlab_say_export (const RunnelFlow         *flow,
                           const RunnelFlowStep     *step,
                           const RunnelFlowVariable *variable)
{
  Reader reader = { flow, step };
  g_autofree char *said = NULL;

  if (strstr (variable->value, "steps.") == NULL || !runnel_dialect_is_plain (variable->value))
    return NULL;

  said = runnel_dialect_say_text (&outputs, variable->value, &reader, NULL);
  if (said == NULL || !g_str_has_prefix (said, "${")
      || strchr (said, '}') != said + strlen (said) - 1)
    return NULL;

  return g_strdup_printf ("export %s=\"%s\"", variable->name, said);
}

/* --- Read --- */

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* The name behind a dollar at `*p`, which goes on behind it; with braces or not. */
static char *
read_variable (const char **p)
{
  gboolean braced = **p == '{';
  const char *start = *p + braced;
  const char *end = start;

  while (is_name_character (*end))
    end++;
  if (end == start || (braced && *end != '}'))
    return NULL;
  *p = end + braced;

  return g_strndup (start, end - start);
}

/**
 * _runnel_gitlab_read_text:
 * @references: variable -> what it is in expressions
 * @text: a value of `variables`
 *
 * Returns: (transfer full) (nullable): the same with `${{ }}`; %NULL when a variable in it is not
 * known to Runnel
 */
char *
_runnel_gitlab_read_text (GHashTable *references,
                          const char *text)
{
  g_autoptr (GString) read = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      g_autofree char *name = NULL;
      const char *reference;

      if (g_str_has_prefix (p, "${{"))
        return NULL;
      if (*p != '$')
        {
          g_string_append_c (read, *p++);
          continue;
        }
      if (*++p == '$')
        {
          g_string_append (read, p[1] == '{' && p[2] == '{' ? "${{ '$' }}" : "$");
          p++;
          continue;
        }
      name = read_variable (&p);
      reference = name != NULL ? g_hash_table_lookup (references, name) : NULL;
      if (reference == NULL)
        return NULL;
      g_string_append_printf (read, "${{ %s }}", reference);
    }

  return g_string_free (g_steal_pointer (&read), FALSE);
}

/* A parameter, with what it is compared with where that is only the way to ask for a boolean. */
static gboolean
read_operand (GHashTable  *references,
              GHashTable  *booleans,
              const char **p,
              GString     *read)
{
  const char *start = *p + 1;
  g_autofree char *name = NULL;
  const char *reference;

  *p = start;
  name = read_variable (p);
  reference = name != NULL ? g_hash_table_lookup (references, name) : NULL;
  if (reference == NULL || !g_str_has_prefix (reference, "params."))
    return FALSE;

  if (g_hash_table_contains (booleans, name))
    {
      gboolean negated = g_str_has_prefix (*p, NOT_TRUE);

      if (!negated && !g_str_has_prefix (*p, IS_TRUE))
        return FALSE;
      g_string_append (read, negated ? "!" : "");
      *p += strlen (IS_TRUE);
    }
  g_string_append (read, reference);

  return TRUE;
}

static gboolean
read_literal (const char **p,
              GString     *read)
{
  const char *end = strchr (*p + 1, **p);

  if (end == NULL)
    return FALSE;

  g_string_append_c (read, '\'');
  for (const char *c = *p + 1; c < end; c++)
    {
      if (*c == '\'')
        g_string_append_c (read, '\'');
      g_string_append_c (read, *c);
    }
  g_string_append_c (read, '\'');
  *p = end + 1;

  return TRUE;
}

static gboolean
read_operator (const char **p,
               GString     *read)
{
  static const char *const operators[] = { " ", "(", ")", "==", "!=", "&&", "||" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (*p, operators[i]))
      {
        g_string_append (read, operators[i]);
        *p += strlen (operators[i]);
        return TRUE;
      }

  return FALSE;
}

/**
 * _runnel_gitlab_read_condition:
 * @references: variable -> what it is in expressions
 * @booleans: set of those that are boolean parameters
 * @text: a condition of `rules:if`
 *
 * Returns: (transfer full) (nullable): the condition for `if`; %NULL when Runnel has no such
 * condition
 */
char *
_runnel_gitlab_read_condition (GHashTable *references,
                               GHashTable *booleans,
                               const char *text)
{
  g_autoptr (GString) read = g_string_new (NULL);
  gboolean valid = TRUE;

  for (const char *p = text; *p != '\0' && valid;)
    {
      if (*p == '$')
        valid = read_operand (references, booleans, &p, read);
      else if (*p == '"' || *p == '\'')
        valid = read_literal (&p, read);
      else
        valid = read_operator (&p, read);
    }

  return valid ? g_string_free (g_steal_pointer (&read), FALSE) : NULL;
}
