/* runnel-shell-dialect.c: expressions said in POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values are environment variables, and so are texts. What they are in the expression, a number, a
 * boolean or nothing at all, decides how they are compared (the rules are those of runnel-value.c),
 * so each part that is said carries its type along, until the whole is one command or one word.
 *
 *   params.x              $RUNNEL_PARAM_X         true or false of a boolean
 *   matrix.x              $RUNNEL_MATRIX_X
 *   secrets.x             $RUNNEL_SECRET_X
 *   env.X                 $X
 *   run.id, run.dir       $RUNNEL_RUN_ID, $RUNNEL_RUN_DIR
 *   run.state             $RUNNEL_RUN_STATE
 *   steps.a.outputs.x     $RUNNEL_OUTPUT_a__x
 *   steps.a.state         $RUNNEL_STATE_a         and OUTCOME, CONCLUSION, EXIT_CODE, ATTEMPTS
 *   steps.self.exit_code  $status                 of the attempt that just ended
 *   steps.self.attempts   $attempt
 *
 * A variable that is not set is null. Two differences remain: null and '' are the same, and a text
 * that spells a hexadecimal or octal number is none.
 */
#include "config.h"

#include "interchange/runnel-shell-dialect.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "expr/runnel-value.h"
#include "interchange/runnel-shell-said.h"
#include "model/runnel-json-read.h"

/* References. */

/**
 * runnel_shell_get_variable:
 * @prefix: "RUNNEL_OUTPUT_", "RUNNEL_STATE_", ...
 * @step: the id of a step
 * @name: (nullable): the name of an output
 *
 * Returns: (transfer full): the variable by which an exported script knows of another step
 */
char *
runnel_shell_get_variable (const char *prefix,
                           const char *step,
                           const char *name)
{
  char *variable;

  g_return_val_if_fail (prefix != NULL && step != NULL, NULL);

  variable = g_strconcat (prefix, step, name != NULL ? "__" : NULL, name, NULL);

  return g_strdelimit (variable, "-", '_');
}

static char *
say_variable (RunnelShellType type,
              const char     *variable)
{
  g_autofree char *word = g_strdup_printf ("\"$%s\"", variable);

  return _runnel_shell_say_value (type, word);
}

static RunnelShellType
get_parameter_type (const RunnelShellScope *scope,
                    const char             *name)
{
  for (guint i = 0; scope->flow != NULL && i < scope->flow->n_parameters; i++)
    if (g_str_equal (scope->flow->parameters[i].name, name))
      switch (scope->flow->parameters[i].type)
        {
        case RUNNEL_PARAMETER_NUMBER:
          return RUNNEL_SHELL_NUMBER;
        case RUNNEL_PARAMETER_BOOLEAN:
          return RUNNEL_SHELL_BOOLEAN;
        case RUNNEL_PARAMETER_STRING:
        case RUNNEL_PARAMETER_CHOICE:
        default:
          return RUNNEL_SHELL_TEXT;
        }

  return RUNNEL_SHELL_UNKNOWN;
}

static RunnelShellType
get_json_type (JsonNode *value)
{
  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      return RUNNEL_SHELL_NULL;
    case RUNNEL_VALUE_BOOLEAN:
      return RUNNEL_SHELL_BOOLEAN;
    case RUNNEL_VALUE_NUMBER:
      return RUNNEL_SHELL_NUMBER;
    case RUNNEL_VALUE_STRING:
      return RUNNEL_SHELL_TEXT;
    case RUNNEL_VALUE_ARRAY:
    case RUNNEL_VALUE_OBJECT:
    default:
      return RUNNEL_SHELL_UNKNOWN;
    }
}

/* The type that the value has in every leg. */
static RunnelShellType
get_matrix_type (const RunnelShellScope *scope,
                 const char             *axis)
{
  const RunnelMatrix *legs = scope->step != NULL ? scope->step->legs : NULL;
  RunnelShellType type = RUNNEL_SHELL_UNKNOWN;

  for (guint i = 0; legs != NULL && i < legs->combinations->len; i++)
    {
      JsonObject *leg = g_ptr_array_index (legs->combinations, i);
      RunnelShellType found = get_json_type (json_object_get_member (leg, axis));

      if (i > 0 && found != type)
        return RUNNEL_SHELL_UNKNOWN;
      type = found;
    }

  return type;
}

/* A member of a step that is over, other than its outputs. */
static char *
say_member (const char *step,
            const char *member,
            GError    **error)
{
  static const struct
  {
    const char *name;
    const char *prefix;
    RunnelShellType type;
  } members[] = {
    { "state", "RUNNEL_STATE_", RUNNEL_SHELL_NAME },
    { "outcome", "RUNNEL_OUTCOME_", RUNNEL_SHELL_NAME },
    { "conclusion", "RUNNEL_CONCLUSION_", RUNNEL_SHELL_NAME },
    { "exit_code", "RUNNEL_EXIT_CODE_", RUNNEL_SHELL_NUMBER },
    { "attempts", "RUNNEL_ATTEMPTS_", RUNNEL_SHELL_NUMBER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, member))
      {
        g_autofree char *variable = runnel_shell_get_variable (members[i].prefix, step, NULL);

        return say_variable (members[i].type, variable);
      }

  return _runnel_shell_fail (error, "“%s” of a step is not known to a shell", member);
}

static char *
say_attempt_member (const char *member,
                    GError    **error)
{
  if (g_str_equal (member, "exit_code"))
    return say_variable (RUNNEL_SHELL_NUMBER, "status");
  if (g_str_equal (member, "attempts"))
    return say_variable (RUNNEL_SHELL_NUMBER, "attempt");

  return _runnel_shell_fail (error, "“%s” of an attempt is not known to a shell", member);
}

static char *
say_step (const RunnelShellScope *scope,
          const char *const      *path,
          guint                   length,
          GError                **error)
{
  const char *step = path[1];
  const RunnelFlowStep *known;
  g_autofree char *variable = NULL;

  if (length == 3 && g_str_equal (step, "self") && scope->self == NULL)
    return say_attempt_member (path[2], error);
  if (length >= 3 && g_str_equal (step, "self") && scope->self != NULL)
    step = scope->self;

  known = scope->flow != NULL ? runnel_flow_find_step (scope->flow, step) : NULL;
  if (length == 3)
    return say_member (step, path[2], error);
  if (length != 4 || !g_str_equal (path[2], "outputs"))
    return _runnel_shell_fail (error, "this part of step “%s” is not known to a shell", step);
  if (known != NULL && known->matrix != NULL)
    return _runnel_shell_fail (error, "the outputs of step “%s” are lists, for it has a matrix",
                               step);

  variable = runnel_shell_get_variable ("RUNNEL_OUTPUT_", step, path[3]);

  return say_variable (RUNNEL_SHELL_TEXT, variable);
}

static char *
say_run (const RunnelShellScope *scope,
         const char             *member,
         GError                **error)
{
  if (g_str_equal (member, "id"))
    return say_variable (RUNNEL_SHELL_TEXT, "RUNNEL_RUN_ID");
  if (g_str_equal (member, "dir"))
    return say_variable (RUNNEL_SHELL_TEXT, "RUNNEL_RUN_DIR");
  if (g_str_equal (member, "state"))
    return say_variable (RUNNEL_SHELL_NAME, "RUNNEL_RUN_STATE");
  if (g_str_equal (member, "pipeline") && scope->flow != NULL && scope->flow->name != NULL)
    {
      g_autofree char *name = runnel_flow_quote (scope->flow->name);

      return _runnel_shell_say_value (RUNNEL_SHELL_TEXT, name);
    }

  return _runnel_shell_fail (error, "“%s” of a run is not known to a shell", member);
}

static char *
say_reference (const char *const *path,
               gpointer           user_data,
               GError           **error)
{
  const RunnelShellScope *scope = user_data;
  guint length = g_strv_length ((char **) path);
  g_autofree char *variable = NULL;

  if (g_str_equal (path[0], "steps") && length > 2)
    return say_step (scope, path, length, error);
  if (length != 2)
    return _runnel_shell_fail (error, "“%s” as a whole is not known to a shell", path[0]);
  if (g_str_equal (path[0], "run"))
    return say_run (scope, path[1], error);
  if (g_str_equal (path[0], "env"))
    return say_variable (RUNNEL_SHELL_TEXT, path[1]);
  if (g_str_equal (path[0], "params"))
    {
      variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", path[1]);
      return say_variable (get_parameter_type (scope, path[1]), variable);
    }
  if (g_str_equal (path[0], "matrix"))
    {
      variable = runnel_parameters_get_variable ("RUNNEL_MATRIX_", path[1]);
      return say_variable (get_matrix_type (scope, path[1]), variable);
    }
  if (g_str_equal (path[0], "secrets"))
    {
      variable = runnel_parameters_get_variable ("RUNNEL_SECRET_", path[1]);
      return say_variable (RUNNEL_SHELL_TEXT, variable);
    }

  return _runnel_shell_fail (error, "“%s” is not known to a shell", path[0]);
}

static char *
say_literal (JsonNode *value,
             gpointer  user_data,
             GError  **error)
{
  g_autofree char *text = runnel_value_to_text (value);
  g_autofree char *word = runnel_flow_quote (text);

  return _runnel_shell_say_value (get_json_type (value), word);
}

/* Functions. */

/* A list of texts and numbers: whether one of them is equal. */
static char *
say_list_contains (const RunnelShellSaid *list,
                   const char            *item,
                   GError               **error)
{
  g_autoptr(JsonNode) root = json_from_string (list->word, NULL);
  JsonArray *array = json_node_get_array (root);
  g_autoptr(GString) command = g_string_new ("{ ");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *said = say_literal (json_array_get_element (array, i), NULL, error);
      g_autofree char *equal = _runnel_shell_say_comparison (RUNNEL_NODE_EQUAL, item, said, error);
      g_auto(RunnelShellSaid) parts = { 0 };

      if (equal == NULL)
        return NULL;
      _runnel_shell_said_init (&parts, equal);
      g_string_append_printf (command, "%s%s", i > 0 ? " || " : "", parts.truth);
    }
  if (json_array_get_length (array) == 0)
    return _runnel_shell_say_command ("false");
  g_string_append (command, "; }");

  return _runnel_shell_say_command (command->str);
}

static char *
say_search (const char        *function,
            const char *const *arguments,
            GError           **error)
{
  g_auto(RunnelShellSaid) text = { 0 };
  g_auto(RunnelShellSaid) item = { 0 };
  g_autofree char *command = NULL;
  const char *test;

  _runnel_shell_said_init (&text, arguments[0]);
  _runnel_shell_said_init (&item, arguments[1]);
  if (text.type == RUNNEL_SHELL_LIST && g_str_equal (function, "contains"))
    return say_list_contains (&text, arguments[1], error);
  if (text.type == RUNNEL_SHELL_LIST || item.type == RUNNEL_SHELL_LIST)
    return _runnel_shell_fail (error, "%s() of a list is not known to a shell", function);

  if (g_str_equal (function, "contains"))
    test = "b == \"\" || index(a, b)";
  else if (g_str_equal (function, "startswith"))
    test = "substr(a, 1, length(b)) == b";
  else
    test = "length(a) >= length(b) && substr(a, length(a) - length(b) + 1) == b";
  command =
    g_strdup_printf ("awk 'BEGIN { a = tolower(ARGV[1]); b = tolower(ARGV[2]); exit !(%s) }' %s %s",
                     test, text.word, item.word);

  return _runnel_shell_say_command (command);
}

static char *
say_from_json (const char *argument,
               GError    **error)
{
  g_auto(RunnelShellSaid) said = { 0 };
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) value = NULL;

  _runnel_shell_said_init (&said, argument);
  if (said.word[0] == '"')
    return _runnel_shell_say_value (RUNNEL_SHELL_UNKNOWN, said.word);

  text = g_shell_unquote (said.word, NULL);
  value =
    text != NULL ? runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, NULL) : NULL;
  if (value == NULL || JSON_NODE_HOLDS_OBJECT (value))
    return _runnel_shell_fail (error, "an object is not known to a shell");
  if (JSON_NODE_HOLDS_ARRAY (value))
    return _runnel_shell_say_value (RUNNEL_SHELL_LIST, text);

  return say_literal (value, NULL, error);
}

static char *
say_status (const char *function,
            const char *command,
            GError    **error)
{
  if (command == NULL)
    return _runnel_shell_fail (error, "%s() is not known to these lines", function);

  return _runnel_shell_say_command (command);
}

static char *
say_call (const char        *function,
          const char *const *arguments,
          guint              n_arguments,
          gpointer           user_data,
          GError           **error)
{
  const RunnelShellScope *scope = user_data;

  if (g_str_equal (function, "always"))
    return _runnel_shell_say_command ("true");
  if (g_str_equal (function, "success"))
    return say_status (function, scope->success, error);
  if (g_str_equal (function, "failure"))
    return say_status (function, scope->failure, error);
  if (g_str_equal (function, "cancelled"))
    return say_status (function, scope->cancelled, error);
  if (g_str_equal (function, "contains") || g_str_equal (function, "startswith")
      || g_str_equal (function, "endswith"))
    return say_search (function, arguments, error);
  if (g_str_equal (function, "fromjson"))
    return say_from_json (arguments[0], error);

  return _runnel_shell_fail (error, "%s() is not known to a shell", function);
}

static char *
splice (const char *expression,
        gpointer    user_data)
{
  g_auto(RunnelShellSaid) said = { 0 };

  _runnel_shell_said_init (&said, expression);

  return g_strdup (said.word);
}

static char *
escape (const char *text,
        gpointer    user_data)
{
  return runnel_flow_quote (text);
}

static const RunnelDialect dialect = {
  .reference = say_reference,
  .literal = say_literal,
  .operation = _runnel_shell_say_operation,
  .call = say_call,
  .splice = splice,
  .escape = escape,
};

static const RunnelShellScope no_scope;

/**
 * runnel_shell_say_condition:
 * @condition: the condition of a step, with or without `${{ }}` around
 * @scope: (nullable): what its references mean
 * @error: return location for a %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full): a command, for `if` and `&&`, that succeeds when the condition holds,
 *   or %NULL with @error set
 */
char *
runnel_shell_say_condition (const char             *condition,
                            const RunnelShellScope *scope,
                            GError                **error)
{
  g_autofree char *text = NULL;
  g_auto(RunnelShellSaid) said = { 0 };

  g_return_val_if_fail (condition != NULL, NULL);

  text = runnel_dialect_say_condition (&dialect, condition, (gpointer) (scope ? scope : &no_scope),
                                       error);
  if (text == NULL)
    return NULL;
  _runnel_shell_said_init (&said, text);

  return g_strdup (said.truth);
}

/**
 * runnel_shell_say_word:
 * @text: a text with any number of `${{ }}` in it
 * @scope: (nullable): what its references mean
 * @error: return location for a %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full): the text as one word of a shell, or %NULL with @error set
 */
char *
runnel_shell_say_word (const char             *text,
                       const RunnelShellScope *scope,
                       GError                **error)
{
  char *word;

  g_return_val_if_fail (text != NULL, NULL);

  word = runnel_dialect_say_text (&dialect, text, (gpointer) (scope ? scope : &no_scope), error);
  if (word != NULL && *word == '\0')
    {
      g_free (word);
      return g_strdup ("''");
    }

  return word;
}

/**
 * runnel_shell_is_variable:
 * @name: the name of an environment variable
 *
 * Returns: whether a shell can set a variable of that name
 */
gboolean
runnel_shell_is_variable (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (*name == '\0' || g_ascii_isdigit (*name))
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && *name != '_')
      return FALSE;

  return TRUE;
}
