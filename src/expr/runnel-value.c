/* runnel-value.c: the values of expressions and how they are compared and converted
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules are those of GitHub Actions, "Evaluate expressions in workflows and actions", and
 * where that page is silent those of the runner (actions/runner, Sdk/EvaluationResult.cs).
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "expr/runnel-expr.h"
#include "expr/runnel-value.h"

/* Whole numbers up to here are exact in a double. */
#define MAX_EXACT 9007199254740992.0

/* The next character of `*text` in upper case; what is no UTF-8 counts byte by byte, for
 * an environment may hold anything. */
static gunichar
next_folded (const char **text)
{
  gunichar c = g_utf8_get_char_validated (*text, -1);

  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0x110000 + (guchar) *(*text)++;

  *text = g_utf8_next_char (*text);

  return g_unichar_toupper (c);
}

/**
 * runnel_text_compare:
 * @left: a text
 * @right: another
 *
 * Compares by code point, without regard to upper and lower case.
 *
 * Returns: less than, equal to, or greater than 0, as with strcmp()
 */
int
runnel_text_compare (const char *left,
                     const char *right)
{
  while (*left && *right)
    {
      gunichar l = next_folded (&left);
      gunichar r = next_folded (&right);

      if (l != r)
        return l < r ? -1 : 1;
    }

  return (*left != 0) - (*right != 0);
}

/**
 * runnel_text_fold:
 * @text: a text
 *
 * Makes texts that differ only in case the same, so that one can be looked for in another.
 *
 * Returns: (transfer full): the folded text
 */
char *
runnel_text_fold (const char *text)
{
  GString *folded = g_string_sized_new (strlen (text));

  while (*text)
    {
      gunichar c = next_folded (&text);

      if (c < 0x110000)
        g_string_append_unichar (folded, c);
      else
        g_string_append_c (folded, (char) (c - 0x110000));
    }

  return g_string_free (folded, FALSE);
}

/* Digits of base 16 or 8 after "0x" or "0o"; NAN when there are others or too many. */
static double
number_from_digits (const char *digits,
                    guint       base)
{
  double number = 0;

  if (!*digits)
    return NAN;

  for (; *digits; digits++)
    {
      int digit = g_ascii_xdigit_value (*digits);

      if (digit < 0 || (guint) digit >= base)
        return NAN;
      number = number * base + digit;
    }

  return number <= MAX_EXACT ? number : NAN;
}

/* g_ascii_strtod() also takes "inf", "nan" and hexadecimal floats, which are none here. */
static gboolean
is_decimal (const char *text)
{
  return strspn (text, "+-.0123456789eE") == strlen (text);
}

/**
 * runnel_number_from_text:
 * @text: a text
 *
 * Reads a number as GitHub Actions does: decimal with exponent, `0x` hexadecimal, `0o` octal;
 * nothing but blanks is 0.
 *
 * Returns: the number, or NAN when @text is none
 */
double
runnel_number_from_text (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end;
  double number;

  if (!*stripped)
    return 0;
  if (g_str_has_prefix (stripped, "0x"))
    return number_from_digits (stripped + 2, 16);
  if (g_str_has_prefix (stripped, "0o"))
    return number_from_digits (stripped + 2, 8);
  if (g_str_equal (stripped, "Infinity"))
    return INFINITY;
  if (g_str_equal (stripped, "-Infinity"))
    return -INFINITY;
  if (!is_decimal (stripped))
    return NAN;

  number = g_ascii_strtod (stripped, &end);

  return *end || end == stripped ? NAN : number;
}

static char *
number_to_text (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (number))
    return g_strdup ("NaN");
  if (isinf (number))
    return g_strdup (number > 0 ? "Infinity" : "-Infinity");
  if (number == 0)
    return g_strdup ("0");

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15G", number));
}

/**
 * runnel_value_get_type:
 * @value: (nullable): a value
 *
 * Returns: its type; no value at all is null
 */
RunnelValueType
runnel_value_get_type (JsonNode *value)
{
  if (!value)
    return RUNNEL_VALUE_NULL;

  switch (json_node_get_node_type (value))
    {
    case JSON_NODE_OBJECT:
      return json_node_get_object (value) ? RUNNEL_VALUE_OBJECT : RUNNEL_VALUE_NULL;
    case JSON_NODE_ARRAY:
      return json_node_get_array (value) ? RUNNEL_VALUE_ARRAY : RUNNEL_VALUE_NULL;
    case JSON_NODE_NULL:
      return RUNNEL_VALUE_NULL;
    case JSON_NODE_VALUE:
    default:
      break;
    }

  switch (json_node_get_value_type (value))
    {
    case G_TYPE_BOOLEAN:
      return RUNNEL_VALUE_BOOLEAN;
    case G_TYPE_STRING:
      return json_node_get_string (value) ? RUNNEL_VALUE_STRING : RUNNEL_VALUE_NULL;
    case G_TYPE_INT64:
    case G_TYPE_DOUBLE:
      return RUNNEL_VALUE_NUMBER;
    default:
      return RUNNEL_VALUE_NULL;
    }
}

gboolean
runnel_value_is_primitive (JsonNode *value)
{
  return runnel_value_get_type (value) < RUNNEL_VALUE_ARRAY;
}

/**
 * runnel_value_to_number:
 * @value: (nullable): a value
 *
 * Returns: what @value is in arithmetic comparison; NAN for arrays, objects and texts that are
 *   no number
 */
double
runnel_value_to_number (JsonNode *value)
{
  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      return 0;
    case RUNNEL_VALUE_BOOLEAN:
      return json_node_get_boolean (value) ? 1 : 0;
    case RUNNEL_VALUE_NUMBER:
      return json_node_get_double (value);
    case RUNNEL_VALUE_STRING:
      return runnel_number_from_text (json_node_get_string (value));
    case RUNNEL_VALUE_ARRAY:
    case RUNNEL_VALUE_OBJECT:
    default:
      return NAN;
    }
}

/**
 * runnel_value_is_true:
 * @value: (nullable): a value
 *
 * Returns: %FALSE for null, false, 0, NaN and the empty text, else %TRUE
 */
gboolean
runnel_value_is_true (JsonNode *value)
{
  double number;

  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      return FALSE;
    case RUNNEL_VALUE_BOOLEAN:
      return json_node_get_boolean (value);
    case RUNNEL_VALUE_NUMBER:
      number = json_node_get_double (value);
      return number != 0 && !isnan (number);
    case RUNNEL_VALUE_STRING:
      return *json_node_get_string (value) != '\0';
    case RUNNEL_VALUE_ARRAY:
    case RUNNEL_VALUE_OBJECT:
    default:
      return TRUE;
    }
}

/**
 * runnel_value_to_text:
 * @value: (nullable): a value
 *
 * Converts a value to the text that stands for it inside a longer one: null is empty, and
 * arrays and objects are the words "Array" and "Object" (use toJSON() to see inside).
 *
 * Returns: (transfer full): the text
 */
char *
runnel_value_to_text (JsonNode *value)
{
  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      return g_strdup ("");
    case RUNNEL_VALUE_BOOLEAN:
      return g_strdup (json_node_get_boolean (value) ? "true" : "false");
    case RUNNEL_VALUE_NUMBER:
      if (json_node_get_value_type (value) == G_TYPE_INT64)
        return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
      return number_to_text (json_node_get_double (value));
    case RUNNEL_VALUE_STRING:
      return json_node_dup_string (value);
    case RUNNEL_VALUE_ARRAY:
      return g_strdup ("Array");
    case RUNNEL_VALUE_OBJECT:
    default:
      return g_strdup ("Object");
    }
}

static void
append_indent (GString *text,
               guint    depth)
{
  g_string_append_printf (text, "\n%*s", (int) depth * 2, "");
}

/* The letter that stands for `c` after a backslash, or 0. */
static char
json_escape (char c)
{
  switch (c)
    {
    case '"':  return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default:   return 0;
    }
}

static void
append_json_string (GString    *text,
                    const char *string)
{
  g_string_append_c (text, '"');
  for (; *string; string++)
    {
      char escape = json_escape (*string);

      if (escape)
        g_string_append_printf (text, "\\%c", escape);
      else if ((guchar) *string < 0x20)
        g_string_append_printf (text, "\\u%04x", (guchar) *string);
      else
        g_string_append_c (text, *string);
    }
  g_string_append_c (text, '"');
}

static void append_json (GString *text, JsonNode *value, guint depth);

static void
append_json_array (GString   *text,
                   JsonArray *array,
                   guint      depth)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_indent (text, depth + 1);
      append_json (text, json_array_get_element (array, i), depth + 1);
    }
  if (length > 0)
    append_indent (text, depth);
  g_string_append_c (text, ']');
}

static void
append_json_object (GString    *text,
                    JsonObject *object,
                    guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      append_indent (text, depth + 1);
      append_json_string (text, name);
      g_string_append (text, ": ");
      append_json (text, member, depth + 1);
    }
  if (!first)
    append_indent (text, depth);
  g_string_append_c (text, '}');
}

static void
append_json (GString  *text,
             JsonNode *value,
             guint     depth)
{
  g_autofree char *primitive = NULL;

  switch (runnel_value_get_type (value))
    {
    case RUNNEL_VALUE_NULL:
      g_string_append (text, "null");
      break;
    case RUNNEL_VALUE_STRING:
      append_json_string (text, json_node_get_string (value));
      break;
    case RUNNEL_VALUE_ARRAY:
      append_json_array (text, json_node_get_array (value), depth);
      break;
    case RUNNEL_VALUE_OBJECT:
      append_json_object (text, json_node_get_object (value), depth);
      break;
    case RUNNEL_VALUE_BOOLEAN:
    case RUNNEL_VALUE_NUMBER:
    default:
      primitive = runnel_value_to_text (value);
      g_string_append (text, primitive);
      break;
    }
}

/**
 * runnel_value_to_json_text:
 * @value: (nullable): a value
 *
 * Writes a value as toJSON() does, with two spaces of indent a level.
 *
 * Returns: (transfer full): the JSON text
 */
char *
runnel_value_to_json_text (JsonNode *value)
{
  GString *text = g_string_new (NULL);

  append_json (text, value, 0);

  return g_string_free (text, FALSE);
}

static gboolean
same_collection (JsonNode *left,
                 JsonNode *right)
{
  if (runnel_value_get_type (left) == RUNNEL_VALUE_ARRAY)
    return json_node_get_array (left) == json_node_get_array (right);

  return json_node_get_object (left) == json_node_get_object (right);
}

/**
 * runnel_value_equal:
 * @left: (nullable): a value
 * @right: (nullable): another
 *
 * The `==` of expressions: texts without regard to case, values of different types as numbers,
 * arrays and objects only with themselves.
 *
 * Returns: whether they are equal
 */
gboolean
runnel_value_equal (JsonNode *left,
                    JsonNode *right)
{
  RunnelValueType type = runnel_value_get_type (left);

  if (type != runnel_value_get_type (right))
    return runnel_value_to_number (left) == runnel_value_to_number (right);

  switch (type)
    {
    case RUNNEL_VALUE_NULL:
      return TRUE;
    case RUNNEL_VALUE_STRING:
      return runnel_text_compare (json_node_get_string (left), json_node_get_string (right)) == 0;
    case RUNNEL_VALUE_ARRAY:
    case RUNNEL_VALUE_OBJECT:
      return same_collection (left, right);
    case RUNNEL_VALUE_BOOLEAN:
    case RUNNEL_VALUE_NUMBER:
    default:
      return runnel_value_to_number (left) == runnel_value_to_number (right);
    }
}

/**
 * runnel_value_greater:
 * @left: (nullable): a value
 * @right: (nullable): another
 *
 * The `>` of expressions. Nothing is greater than NaN, an array or an object, nor the reverse.
 *
 * Returns: whether @left is greater than @right
 */
gboolean
runnel_value_greater (JsonNode *left,
                      JsonNode *right)
{
  if (runnel_value_get_type (left) == RUNNEL_VALUE_STRING &&
      runnel_value_get_type (right) == RUNNEL_VALUE_STRING)
    return runnel_text_compare (json_node_get_string (left), json_node_get_string (right)) > 0;

  return runnel_value_to_number (left) > runnel_value_to_number (right);
}

JsonNode *
runnel_value_new_boolean (gboolean boolean)
{
  return json_node_init_boolean (json_node_alloc (), boolean);
}

/**
 * runnel_value_new_number:
 * @number: a number
 *
 * Whole numbers become integers, so that a field that wants one gets one.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
runnel_value_new_number (double number)
{
  if (number == floor (number) && fabs (number) <= MAX_EXACT)
    return json_node_init_int (json_node_alloc (), (gint64) number);

  return json_node_init_double (json_node_alloc (), number);
}

JsonNode *
runnel_value_new_string (const char *string)
{
  return json_node_init_string (json_node_alloc (), string);
}

/**
 * runnel_value_new_array:
 * @array: (transfer full): an array
 *
 * Returns: (transfer full): the value
 */
JsonNode *
runnel_value_new_array (JsonArray *array)
{
  JsonNode *value = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (value, array);

  return value;
}
