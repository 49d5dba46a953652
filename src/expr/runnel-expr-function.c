/* runnel-expr-function.c: the functions of expressions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "expr/runnel-expr-function.h"
#include "expr/runnel-hash-files.h"
#include "expr/runnel-value.h"
#include "model/runnel-json-read.h"
#include "util/runnel-nearest.h"

/* What a function may make, so that nested format() calls can't fill the memory. */
#define MAX_TEXT (10 * 1024 * 1024)

static gboolean
array_contains (JsonArray *array,
                JsonNode  *item)
{
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    if (runnel_value_equal (json_array_get_element (array, i), item))
      return TRUE;

  return FALSE;
}

static char *
to_folded_text (JsonNode *value)
{
  g_autofree char *text = runnel_value_to_text (value);

  return runnel_text_fold (text);
}

static JsonNode *
call_contains (const RunnelExprScope  *scope,
               JsonNode              **arguments,
               guint                   n_arguments,
               GError                **error)
{
  gboolean found = FALSE;

  if (runnel_value_get_type (arguments[0]) == RUNNEL_VALUE_ARRAY)
    found = array_contains (json_node_get_array (arguments[0]), arguments[1]);
  else if (runnel_value_is_primitive (arguments[0]) && runnel_value_is_primitive (arguments[1]))
    {
      g_autofree char *text = to_folded_text (arguments[0]);
      g_autofree char *part = to_folded_text (arguments[1]);

      found = strstr (text, part) != NULL;
    }

  return runnel_value_new_boolean (found);
}

static JsonNode *
match_affix (JsonNode **arguments,
             gboolean (*match) (const char *text, const char *affix))
{
  g_autofree char *text = NULL;
  g_autofree char *affix = NULL;

  if (!runnel_value_is_primitive (arguments[0]) || !runnel_value_is_primitive (arguments[1]))
    return runnel_value_new_boolean (FALSE);

  text = to_folded_text (arguments[0]);
  affix = to_folded_text (arguments[1]);

  return runnel_value_new_boolean (match (text, affix));
}

static gboolean
starts_with (const char *text,
             const char *affix)
{
  return g_str_has_prefix (text, affix);
}

static gboolean
ends_with (const char *text,
           const char *affix)
{
  return g_str_has_suffix (text, affix);
}

static JsonNode *
call_starts_with (const RunnelExprScope  *scope,
                  JsonNode              **arguments,
                  guint                   n_arguments,
                  GError                **error)
{
  return match_affix (arguments, starts_with);
}

static JsonNode *
call_ends_with (const RunnelExprScope  *scope,
                JsonNode              **arguments,
                guint                   n_arguments,
                GError                **error)
{
  return match_affix (arguments, ends_with);
}

static gboolean
check_text_length (GString     *text,
                   const char  *function,
                   GError     **error)
{
  if (text->len <= MAX_TEXT)
    return TRUE;

  g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
               "%s() would make a text of more than 10 MB; pass large data in files", function);

  return FALSE;
}

static JsonNode *
take_text (GString *text)
{
  JsonNode *value = runnel_value_new_string (text->str);

  g_string_free (text, TRUE);

  return value;
}

/* Puts in the argument that a placeholder such as {0} at `*cursor` names, and moves past it. */
static gboolean
format_placeholder (GString      *text,
                    const char  **cursor,
                    JsonNode    **arguments,
                    guint         n_arguments,
                    GError      **error)
{
  char *end;
  guint64 position = g_ascii_strtoull (*cursor + 1, &end, 10);
  g_autofree char *value = NULL;

  if (!g_ascii_isdigit ((*cursor)[1]) || *end != '}')
    {
      g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS,
                   "format(): “%.10s” is no placeholder such as {0}; a brace itself is written {{",
                   *cursor);
      return FALSE;
    }
  if (position >= n_arguments - 1)
    {
      g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS,
                   "format(): {%" G_GUINT64_FORMAT "} has no argument; %u given after the text",
                   position, n_arguments - 1);
      return FALSE;
    }

  value = runnel_value_to_text (arguments[position + 1]);
  g_string_append (text, value);
  *cursor = end + 1;

  return check_text_length (text, "format", error);
}

static gboolean
format_into (GString     *text,
             const char  *cursor,
             JsonNode   **arguments,
             guint        n_arguments,
             GError     **error)
{
  while (*cursor)
    {
      if ((*cursor == '{' || *cursor == '}') && cursor[1] == *cursor)
        {
          g_string_append_c (text, *cursor);
          cursor += 2;
        }
      else if (*cursor == '{')
        {
          if (!format_placeholder (text, &cursor, arguments, n_arguments, error))
            return FALSE;
        }
      else if (*cursor == '}')
        {
          g_set_error_literal (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS,
                               "format(): a closing brace without an opening one; a brace itself "
                               "is written }}");
          return FALSE;
        }
      else
        g_string_append_c (text, *cursor++);
    }

  return TRUE;
}

static JsonNode *
call_format (const RunnelExprScope  *scope,
             JsonNode              **arguments,
             guint                   n_arguments,
             GError                **error)
{
  g_autofree char *format = runnel_value_to_text (arguments[0]);
  GString *text = g_string_new (NULL);

  if (!format_into (text, format, arguments, n_arguments, error))
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return take_text (text);
}

static gboolean
join_into (GString     *text,
           JsonArray   *array,
           const char  *separator,
           GError     **error)
{
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    {
      g_autofree char *item = runnel_value_to_text (json_array_get_element (array, i));

      if (i > 0)
        g_string_append (text, separator);
      g_string_append (text, item);
      if (!check_text_length (text, "join", error))
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
call_join (const RunnelExprScope  *scope,
           JsonNode              **arguments,
           guint                   n_arguments,
           GError                **error)
{
  g_autofree char *separator = NULL;
  GString *text;

  if (runnel_value_get_type (arguments[0]) != RUNNEL_VALUE_ARRAY)
    {
      g_autofree char *single = NULL;

      if (runnel_value_is_primitive (arguments[0]))
        single = runnel_value_to_text (arguments[0]);
      return runnel_value_new_string (single ? single : "");
    }

  if (n_arguments == 1)
    separator = g_strdup (",");
  else if (runnel_value_is_primitive (arguments[1]))
    separator = runnel_value_to_text (arguments[1]);
  else
    separator = g_strdup ("");

  text = g_string_new (NULL);
  if (!join_into (text, json_node_get_array (arguments[0]), separator, error))
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return take_text (text);
}

static JsonNode *
call_to_json (const RunnelExprScope  *scope,
              JsonNode              **arguments,
              guint                   n_arguments,
              GError                **error)
{
  g_autofree char *text = runnel_value_to_json_text (arguments[0]);

  return runnel_value_new_string (text);
}

/* The scan keeps what is not quite JSON, and what is nested too deeply, from json-glib. */
static JsonNode *
call_from_json (const RunnelExprScope  *scope,
                JsonNode              **arguments,
                guint                   n_arguments,
                GError                **error)
{
  g_autofree char *text = runnel_value_to_text (arguments[0]);
  g_autoptr(GError) local_error = NULL;
  JsonNode *value = runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, &local_error);

  if (!value)
    g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
                 "fromJSON(): “%.60s” is not JSON: %s", text, local_error->message);

  return value;
}

static JsonNode *
call_hash_files (const RunnelExprScope  *scope,
                 JsonNode              **arguments,
                 guint                   n_arguments,
                 GError                **error)
{
  g_autoptr(GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *hash = NULL;

  if (!scope->base_dir)
    {
      g_set_error_literal (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
                           "hashFiles() can't be used here: there is no folder to look in");
      return NULL;
    }

  for (guint i = 0; i < n_arguments; i++)
    g_ptr_array_add (patterns, runnel_value_to_text (arguments[i]));
  g_ptr_array_add (patterns, NULL);

  hash = runnel_hash_files (scope->base_dir, (const char *const *) patterns->pdata, error);

  return hash ? runnel_value_new_string (hash) : NULL;
}

static JsonNode *
ask_status (const RunnelExprScope  *scope,
            const char             *function,
            GError                **error)
{
  if (!scope->status)
    {
      g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
                   "%s() can't be used here: it speaks of the steps before a step and belongs in "
                   "its “if”", function);
      return NULL;
    }

  return runnel_value_new_boolean (scope->status (scope->user_data, function));
}

static JsonNode *
call_success (const RunnelExprScope  *scope,
              JsonNode              **arguments,
              guint                   n_arguments,
              GError                **error)
{
  return ask_status (scope, "success", error);
}

static JsonNode *
call_failure (const RunnelExprScope  *scope,
              JsonNode              **arguments,
              guint                   n_arguments,
              GError                **error)
{
  return ask_status (scope, "failure", error);
}

static JsonNode *
call_cancelled (const RunnelExprScope  *scope,
                JsonNode              **arguments,
                guint                   n_arguments,
                GError                **error)
{
  return ask_status (scope, "cancelled", error);
}

static JsonNode *
call_always (const RunnelExprScope  *scope,
             JsonNode              **arguments,
             guint                   n_arguments,
             GError                **error)
{
  return runnel_value_new_boolean (TRUE);
}

static const RunnelFunction functions[] = {
  { "contains", 2, 2, call_contains, "contains(search, item)" },
  { "startsWith", 2, 2, call_starts_with, "startsWith(text, start)" },
  { "endsWith", 2, 2, call_ends_with, "endsWith(text, end)" },
  { "format", 1, 255, call_format, "format(text, value, ...)" },
  { "join", 1, 2, call_join, "join(array, separator)" },
  { "toJSON", 1, 1, call_to_json, "toJSON(value)" },
  { "fromJSON", 1, 1, call_from_json, "fromJSON(text)" },
  { "hashFiles", 1, 255, call_hash_files, "hashFiles(pattern, ...)" },
  { "success", 0, 0, call_success, "success()" },
  { "failure", 0, 0, call_failure, "failure()" },
  { "always", 0, 0, call_always, "always()" },
  { "cancelled", 0, 0, call_cancelled, "cancelled()" },
};

/**
 * runnel_function_list:
 * @ret_n_functions: (out): how many there are
 *
 * Returns: (array length=ret_n_functions) (transfer none): all functions
 */
const RunnelFunction *
runnel_function_list (guint *ret_n_functions)
{
  *ret_n_functions = G_N_ELEMENTS (functions);

  return functions;
}

/**
 * runnel_function_lookup:
 * @name: a name, in whatever case
 *
 * Returns: (nullable): the function, or %NULL when there is none
 */
const RunnelFunction *
runnel_function_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_ascii_strcasecmp (functions[i].name, name) == 0)
      return &functions[i];

  return NULL;
}

/**
 * runnel_function_nearest:
 * @name: a name that no function has
 *
 * Returns: (nullable): the name of the function that was probably meant
 */
const char *
runnel_function_nearest (const char *name)
{
  const char *names[G_N_ELEMENTS (functions) + 1] = { NULL, };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    names[i] = functions[i].name;

  return runnel_nearest (name, names);
}
