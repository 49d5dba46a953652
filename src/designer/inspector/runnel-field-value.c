/* runnel-field-value.c: JSON values as fields of a form show them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-pipeline.h"
#include "model/runnel-duration.h"

JsonNode *
runnel_field_value_new_string (const char *text)
{
  g_return_val_if_fail (text, NULL);

  return json_node_init_string (json_node_alloc (), text);
}

/**
 * runnel_field_value_equal:
 * @left: (nullable): a value, %NULL = none
 * @right: (nullable): another
 *
 * Returns: %TRUE if both say the same
 */
gboolean
runnel_field_value_equal (JsonNode *left,
                    JsonNode *right)
{
  if (!left || !right)
    return left == right;
  return json_node_equal (left, right);
}

/**
 * runnel_field_value_to_json:
 * @value: (nullable): a value, %NULL = none
 *
 * Returns: (transfer full): @value as JSON, written as the document writes it; "" for %NULL
 */
char *
runnel_field_value_to_json (JsonNode *value)
{
  GString *text = g_string_new (NULL);

  if (value)
    runnel_json_write (text, value, NULL, 0);
  return g_string_free (text, FALSE);
}

/**
 * runnel_field_value_from_json:
 * @text: JSON
 *
 * Returns: (transfer full) (nullable): the value; on error %NULL with #RunnelPipelineError
 */
JsonNode *
runnel_field_value_from_json (const char  *text,
                        GError     **error)
{
  g_return_val_if_fail (text, NULL);

  return runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, error);
}

/**
 * runnel_field_value_is_template:
 * @text: what was typed
 *
 * Returns: %TRUE if @text has an expression in it, so that its type is known only in a run
 */
gboolean
runnel_field_value_is_template (const char *text)
{
  return strstr (text, "${{") != NULL;
}

static JsonNode *
number_from_entry (const char  *text,
                   gboolean     is_integer,
                   GError     **error)
{
  char *end = NULL;
  gint64 integer = g_ascii_strtoll (text, &end, 10);
  double number;

  if (!*end)
    return json_node_init_int (json_node_alloc (), integer);
  number = g_ascii_strtod (text, &end);
  if (!is_integer && !*end && isfinite (number))
    return json_node_init_double (json_node_alloc (), number);
  g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                       is_integer ? _("Not a whole number. Write it like 3.")
                                  : _("Not a number. Write it like 3 or 0.5."));
  return NULL;
}

static JsonNode *
boolean_from_entry (const char  *text,
                    GError     **error)
{
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    return json_node_init_boolean (json_node_alloc (), *text == 't');
  g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                       _("Write true, false, or an expression in ${{ }}."));
  return NULL;
}

static JsonNode *
duration_from_entry (const char  *text,
                     GError     **error)
{
  if (!runnel_duration_parse (text, NULL, error))
    return NULL;
  return runnel_field_value_new_string (text);
}

static gboolean
is_text (RunnelFieldType type)
{
  return type == RUNNEL_FIELD_STRING || type == RUNNEL_FIELD_FILE || type == RUNNEL_FIELD_CHOICE;
}

/* Any value: what looks like JSON must be JSON, unless values are filled in later; all else is a
 * text, and needs no quotes. */
static JsonNode *
any_from_entry (const char  *text,
                GError     **error)
{
  const char *start = text;
  JsonNode *value;

  while (g_ascii_isspace (*start))
    start++;
  if (*start && strchr ("{[\"", *start) && !runnel_field_value_is_template (text))
    return runnel_field_value_from_json (text, error);
  value = runnel_field_value_from_json (text, NULL);
  return value ? value : runnel_field_value_new_string (text);
}

static gboolean
is_string (JsonNode *value)
{
  return value && JSON_NODE_HOLDS_VALUE (value) &&
         json_node_get_value_type (value) == G_TYPE_STRING;
}

/**
 * runnel_field_value_to_entry:
 * @value: (nullable): a value, %NULL = none
 * @type: what the entry is for
 *
 * Returns: (transfer full): what an entry shows so that reading it gives @value again: texts as
 *   they are, all else as JSON
 */
char *
runnel_field_value_to_entry (JsonNode        *value,
                             RunnelFieldType  type)
{
  g_autoptr(JsonNode) read = NULL;

  if (!is_string (value))
    return runnel_field_value_to_json (value);
  if (type == RUNNEL_FIELD_ANY)
    read = any_from_entry (json_node_get_string (value), NULL);
  if (type == RUNNEL_FIELD_ANY && !runnel_field_value_equal (read, value))
    return runnel_field_value_to_json (value);
  return json_node_dup_string (value);
}

/**
 * runnel_field_value_from_entry:
 * @text: what was typed into an entry
 * @type: what it shall be
 * @ret_value: (out) (nullable): the value; %NULL when nothing was typed
 *
 * An expression is taken as it is, whatever the type: what it becomes is known only in a run. Where
 * any value may stand, one with expressions inside is read as JSON if it is JSON.
 *
 * Returns: %FALSE with #RunnelPipelineError when @text is not a value of @type
 */
gboolean
runnel_field_value_from_entry (const char       *text,
                         RunnelFieldType   type,
                         JsonNode        **ret_value,
                         GError          **error)
{
  g_autofree char *stripped = NULL;
  JsonNode *value;

  g_return_val_if_fail (text, FALSE);
  g_return_val_if_fail (ret_value, FALSE);

  stripped = g_strstrip (g_strdup (text));
  if (!*stripped)
    value = NULL;
  else if (is_text (type) || (type != RUNNEL_FIELD_ANY && runnel_field_value_is_template (text)))
    value = runnel_field_value_new_string (text);
  else if (type == RUNNEL_FIELD_NUMBER || type == RUNNEL_FIELD_INTEGER)
    value = number_from_entry (stripped, type == RUNNEL_FIELD_INTEGER, error);
  else if (type == RUNNEL_FIELD_BOOLEAN)
    value = boolean_from_entry (stripped, error);
  else if (type == RUNNEL_FIELD_DURATION)
    value = duration_from_entry (stripped, error);
  else
    value = any_from_entry (text, error);
  if (!value && *stripped)
    return FALSE;
  *ret_value = value;
  return TRUE;
}

/**
 * runnel_field_value_get_member:
 * @value: (nullable): an object, or a scalar that stands for its main member
 * @main_key: (nullable): the key a scalar stands for
 * @key: the key to read
 *
 * Returns: (transfer none) (nullable): the member
 */
JsonNode *
runnel_field_value_get_member (JsonNode   *value,
                         const char *main_key,
                         const char *key)
{
  g_return_val_if_fail (key, NULL);

  if (!value)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (value))
    return json_object_get_member (json_node_get_object (value), key);
  return g_strcmp0 (main_key, key) == 0 ? value : NULL;
}

static JsonObject *
copy_as_object (JsonNode   *value,
                const char *main_key)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (value && JSON_NODE_HOLDS_OBJECT (value))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (value));
      while (json_object_iter_next_ordered (&iter, &key, &member))
        json_object_set_member (copy, key, json_node_copy (member));
    }
  else if (value && main_key)
    json_object_set_member (copy, main_key, json_node_copy (value));
  return copy;
}

/**
 * runnel_field_value_with_member:
 * @value: (nullable): an object, or a scalar that stands for its main member
 * @main_key: (nullable): the key a scalar stands for
 * @key: the key to set
 * @member: (nullable): its value, %NULL removes it
 *
 * The result is as short as the format allows: a scalar when only the main member is left.
 *
 * Returns: (transfer full) (nullable): the changed copy; %NULL when nothing is left
 */
JsonNode *
runnel_field_value_with_member (JsonNode   *value,
                          const char *main_key,
                          const char *key,
                          JsonNode   *member)
{
  g_autoptr(JsonObject) object = NULL;
  JsonNode *result;

  g_return_val_if_fail (key, NULL);

  object = copy_as_object (value, main_key);
  if (member)
    json_object_set_member (object, key, json_node_copy (member));
  else
    json_object_remove_member (object, key);
  if (json_object_get_size (object) == 0)
    return NULL;
  if (main_key && json_object_get_size (object) == 1 && json_object_has_member (object, main_key))
    return json_object_dup_member (object, main_key);
  result = json_node_alloc ();
  return json_node_init_object (result, object);
}
