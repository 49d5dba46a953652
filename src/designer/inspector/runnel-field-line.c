/* runnel-field-line.c: values of several kinds as one line of text each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/inspector/runnel-field-line.h"
#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

static void
set_error (GError     **error,
           const char  *message)
{
  g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID, message);
}

static char *
value_to_text (JsonNode *value)
{
  return runnel_field_value_to_entry (value, RUNNEL_FIELD_STRING);
}

static JsonNode *
text_from_text (const char  *text,
                GError     **error)
{
  return runnel_field_value_new_string (text);
}

static JsonNode *
count_from_text (const char  *text,
                 GError     **error)
{
  JsonNode *value = NULL;

  if (!runnel_field_value_from_entry (text, RUNNEL_FIELD_INTEGER, &value, error))
    return NULL;
  if (!value)
    set_error (error, _("A number is missing."));
  return value;
}

/* --- Lists on one line --- */

/* The comma that ends the first item of @text, or its end. Commas in quotes and brackets are part
 * of an item. */
static const char *
find_comma (const char *text)
{
  gboolean is_quoted = FALSE;
  int depth = 0;

  for (; *text; text++)
    {
      if (is_quoted && *text == '\\' && text[1])
        text++;
      else if (*text == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted && strchr ("[{", *text))
        depth++;
      else if (!is_quoted && strchr ("]}", *text))
        depth--;
      else if (!is_quoted && depth <= 0 && *text == ',')
        break;
    }
  return text;
}

/* Returns: (transfer full): the items between commas, without spaces around them */
static GStrv
split (const char *text)
{
  g_autoptr(GStrvBuilder) items = g_strv_builder_new ();

  while (*text)
    {
      const char *end = find_comma (text);
      g_autofree char *item = g_strstrip (g_strndup (text, end - text));

      if (*item)
        g_strv_builder_add (items, item);
      text = *end ? end + 1 : end;
    }
  return g_strv_builder_end (items);
}

static JsonNode *
read_item (const char  *text,
           GError     **error)
{
  JsonNode *value = NULL;

  if (!runnel_field_value_from_entry (text, RUNNEL_FIELD_ANY, &value, error))
    return NULL;
  return value;
}

/* A text that reading would take apart, or for another value, is written in quotes. */
static char *
write_item (JsonNode *value)
{
  g_autofree char *text = runnel_field_value_to_entry (value, RUNNEL_FIELD_ANY);
  g_autofree char *before_another = g_strconcat (text, ",x", NULL);
  g_auto(GStrv) items = split (before_another);

  if (!JSON_NODE_HOLDS_VALUE (value))
    return json_to_string (value, FALSE);
  if (g_strv_length (items) == 2 && g_str_equal (items[0], text))
    return g_steal_pointer (&text);
  return runnel_field_value_to_json (value);
}

static char *
values_to_text (JsonNode *value)
{
  GString *text;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return value_to_text (value);
  text = g_string_new (NULL);
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item = write_item (json_array_get_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", item);
    }
  return g_string_free (text, FALSE);
}

static JsonNode *
values_from_text (const char  *text,
                  GError     **error)
{
  g_auto(GStrv) items = split (text);
  g_autoptr(JsonArray) array = json_array_new ();

  if (runnel_field_value_is_template (text))
    return runnel_field_value_new_string (text);
  for (guint i = 0; items[i]; i++)
    {
      JsonNode *item = read_item (items[i], error);

      if (!item)
        return NULL;
      json_array_add_element (array, item);
    }
  if (json_array_get_length (array) > 0)
    return json_node_init_array (json_node_alloc (), array);
  set_error (error, _("Values are missing. Write them with commas between."));
  return NULL;
}

/* --- Objects on one line --- */

static char *
combination_to_text (JsonNode *value)
{
  GString *text;
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return json_to_string (value, FALSE);
  text = g_string_new (NULL);
  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_autofree char *item = write_item (member);

      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", key, item);
    }
  return g_string_free (text, FALSE);
}

static gboolean
add_pair (JsonObject  *object,
          const char  *text,
          GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  JsonNode *value;

  if (!parts[0] || !*g_strstrip (parts[0]) || !parts[1] || !*g_strstrip (parts[1]))
    {
      set_error (error, _("Write a combination as “os: debian, cc: clang”."));
      return FALSE;
    }
  value = read_item (parts[1], error);
  if (value)
    json_object_set_member (object, parts[0], value);
  return value != NULL;
}

static JsonNode *
combination_from_text (const char  *text,
                       GError     **error)
{
  g_auto(GStrv) items = split (text);
  g_autoptr(JsonObject) object = json_object_new ();

  for (guint i = 0; items[i]; i++)
    if (!add_pair (object, items[i], error))
      return NULL;
  return json_node_init_object (json_node_alloc (), object);
}

const RunnelFieldLine runnel_field_line_text = { value_to_text, text_from_text };
const RunnelFieldLine runnel_field_line_count = { value_to_text, count_from_text, .is_short = TRUE };
const RunnelFieldLine runnel_field_line_values = {
  values_to_text, values_from_text, .is_long = TRUE,
};
const RunnelFieldLine runnel_field_line_combination = { combination_to_text, combination_from_text };
