/* runnel-reference.c: where expressions name steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step is named in an expression as `steps.ID.` or `steps['ID']`. Telling
 * these apart from everything else needs the tokens of the language only:
 * strings in single quotes, with '' for a quote, and words.
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-copy.h"
#include "model/runnel-reference.h"

typedef struct
{
  const char *copied; /* what stands before is in `result` */
  GString *result;
  GHashTable *names;
} Rewrite;

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;

  return p;
}

static const char *
skip_word (const char *p)
{
  while (g_ascii_isalnum (*p) || *p == '_' || *p == '-')
    p++;

  return p;
}

/* From an opening quote to behind the closing one. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '\0'; p++)
    {
      if (*p == '\'' && p[1] != '\'')
        return p + 1;
      if (*p == '\'')
        p++;
    }

  return p;
}

static void
replace_name (Rewrite    *self,
              const char *start,
              const char *end)
{
  g_autofree char *name = g_strndup (start, end - start);
  const char *new_name = g_hash_table_lookup (self->names, name);

  if (new_name == NULL)
    return;

  g_string_append_len (self->result, self->copied, start - self->copied);
  g_string_append (self->result, new_name);
  self->copied = end;
}

/* Reads what follows the word `steps`; returns where to go on. */
static const char *
rewrite_accessor (Rewrite    *self,
                  const char *p)
{
  const char *start, *end;

  p = skip_space (p);
  if (*p == '.')
    {
      start = skip_space (p + 1);
      end = skip_word (start);
      replace_name (self, start, end);
      return end;
    }
  if (*p != '[')
    return p;

  start = skip_space (p + 1);
  if (*start != '\'')
    return start;
  end = skip_string (start);
  if (*skip_space (end) == ']')
    replace_name (self, start + 1, end - 1);

  return end;
}

/* Rewrites one expression and returns where it ends: at }} when it is closed by that, else at the end of the text. */
static const char *
rewrite_expression (Rewrite    *self,
                    const char *p,
                    gboolean    closed)
{
  gboolean is_member = FALSE;

  while (*p != '\0' && !(closed && g_str_has_prefix (p, "}}")))
    {
      if (*p == '\'')
        p = skip_string (p);
      else if (g_ascii_isalpha (*p) || *p == '_')
        {
          const char *end = skip_word (p);
          gboolean is_steps = !is_member && end - p == 5 && g_ascii_strncasecmp (p, "steps", 5) == 0;

          p = is_steps ? rewrite_accessor (self, end) : end;
          is_member = FALSE;
        }
      else
        {
          if (!g_ascii_isspace (*p))
            is_member = *p == '.';
          p++;
        }
    }

  return p;
}

/**
 * runnel_reference_rename:
 * @text: any text of a pipeline
 * @whole: whether all of it is an expression, as `if` is; else what stands in ${{ }} is
 * @names: ids that change, each with the new one
 *
 * Returns: (transfer full) (nullable): @text with the new ids, or %NULL when it names none of the old
 */
char *
runnel_reference_rename (const char *text,
                         gboolean    whole,
                         GHashTable *names)
{
  Rewrite self = { text, NULL, names };
  const char *p = text;

  if (strcasestr (text, "steps") == NULL)
    return NULL;

  self.result = g_string_new (NULL);
  if (whole)
    rewrite_expression (&self, p, FALSE);
  else
    while ((p = strstr (p, "${{")) != NULL)
      p = rewrite_expression (&self, p + 3, TRUE);

  if (self.copied == text)
    {
      g_string_free (self.result, TRUE);
      return NULL;
    }
  g_string_append (self.result, self.copied);

  return g_string_free (self.result, FALSE);
}

static JsonNode *rename_in_value (JsonNode   *value,
                                  gboolean    whole,
                                  GHashTable *names);

static JsonNode *
rename_in_object (JsonObject *object,
                  GHashTable *names)
{
  g_autoptr(JsonObject) copy = json_object_new ();
  gboolean changed = FALSE;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value, *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonNode *renamed = rename_in_value (value, strcmp (key, "if") == 0, names);

      changed = changed || renamed != NULL;
      json_object_set_member (copy, key, renamed != NULL ? renamed : json_node_ref (value));
    }

  if (!changed)
    return NULL;

  node = json_node_alloc ();
  return json_node_init_object (node, copy);
}

static JsonNode *
rename_in_array (JsonArray  *array,
                 GHashTable *names)
{
  g_autoptr(JsonArray) copy = json_array_new ();
  guint n = json_array_get_length (array);
  gboolean changed = FALSE;
  JsonNode *node;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *value = json_array_get_element (array, i);
      JsonNode *renamed = rename_in_value (value, FALSE, names);

      changed = changed || renamed != NULL;
      json_array_add_element (copy, renamed != NULL ? renamed : json_node_ref (value));
    }

  if (!changed)
    return NULL;

  node = json_node_alloc ();
  return json_node_init_array (node, copy);
}

static JsonNode *
rename_in_value (JsonNode   *value,
                 gboolean    whole,
                 GHashTable *names)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (value))
    return rename_in_object (json_node_get_object (value), names);
  if (JSON_NODE_HOLDS_ARRAY (value))
    return rename_in_array (json_node_get_array (value), names);
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_string (value) == NULL)
    return NULL;

  text = runnel_reference_rename (json_node_get_string (value), whole, names);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

/**
 * runnel_reference_rename_in_json:
 * @value: any value of a pipeline
 * @names: ids that change, each with the new one
 *
 * Returns: (transfer full) (nullable): @value with the new ids in all
 *   expressions inside it, or %NULL when it names none of the old
 */
JsonNode *
runnel_reference_rename_in_json (JsonNode   *value,
                                 GHashTable *names)
{
  return rename_in_value (value, FALSE, names);
}

/* Returns the link with the new id, or NULL when it is from another step. */
static JsonNode *
rename_need (JsonNode   *need,
             GHashTable *names)
{
  gboolean is_object = JSON_NODE_HOLDS_OBJECT (need);
  JsonNode *id = is_object ? json_object_get_member (json_node_get_object (need), "step") : need;
  g_autoptr(JsonNode) new_id = NULL;
  g_autoptr(JsonObject) renamed = NULL;
  const char *text;

  if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_string (id) == NULL)
    return NULL;
  text = g_hash_table_lookup (names, json_node_get_string (id));
  if (text == NULL)
    return NULL;

  new_id = json_node_init_string (json_node_alloc (), text);
  if (!is_object)
    return g_steal_pointer (&new_id);

  renamed = runnel_json_object_with_member (json_node_get_object (need), "step", new_id, NULL);
  return json_node_init_object (json_node_alloc (), renamed);
}

static JsonNode *
rename_needs (RunnelStep *step,
              GHashTable *names)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (step, "needs");
  g_autoptr(JsonArray) copy = json_array_new ();
  gboolean changed = FALSE;
  guint n;

  if (step->n_needs == 0)
    return NULL;

  n = json_array_get_length (json_node_get_array (needs));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *need = json_array_get_element (json_node_get_array (needs), i);
      JsonNode *renamed = rename_need (need, names);

      changed = changed || renamed != NULL;
      json_array_add_element (copy, renamed != NULL ? renamed : json_node_ref (need));
    }

  return changed ? json_node_init_array (json_node_alloc (), copy) : NULL;
}

/**
 * runnel_reference_rename_in_step:
 * @step: a step
 * @names: ids that change, each with the new one
 *
 * Returns: (transfer full) (nullable): @step with the new ids in its `needs`
 *   and expressions, not its own id; or %NULL when it names none of the old
 */
RunnelStep *
runnel_reference_rename_in_step (RunnelStep *step,
                                 GHashTable *names)
{
  g_autoptr(JsonNode) needs = rename_needs (step, names);
  g_autoptr(JsonObject) old = runnel_step_to_json (step);
  g_autoptr(JsonNode) node = rename_in_object (old, names);
  g_autoptr(JsonObject) json = NULL;

  if (needs == NULL && node == NULL)
    return NULL;

  json = json_object_ref (node != NULL ? json_node_get_object (node) : old);
  if (needs != NULL)
    {
      JsonObject *with_needs = runnel_json_object_with_member (json, "needs", needs, NULL);

      json_object_unref (json);
      json = with_needs;
    }

  return runnel_step_new (json, "", NULL);
}
