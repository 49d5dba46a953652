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
#include "model/runnel-kind.h"
#include "model/runnel-reference.h"

typedef struct
{
  const char *copied; /* what stands before is in `result` */
  GString *result;
  RunnelReferenceFunc replace;
  gpointer user_data;
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

/* Reads `.WORD` or `['TEXT']`; returns what is behind it, or NULL when there is neither. */
static const char *
read_accessor (const char *p,
               char      **ret_name)
{
  const char *start, *end;

  p = skip_space (p);
  if (*p != '.' && *p != '[')
    return NULL;

  start = skip_space (p + 1);
  if (*p == '.')
    {
      end = skip_word (start);
      *ret_name = end > start ? g_strndup (start, end - start) : NULL;
      return end > start ? end : NULL;
    }
  if (*start != '\'')
    return NULL;

  end = skip_string (start);
  if (*skip_space (end) != ']')
    return NULL;
  *ret_name = g_strndup (start + 1, end - start - 2);

  return skip_space (end) + 1;
}

/* Reads what follows the word `steps`, which begins at `start`; returns where to go on. */
static const char *
rewrite_reference (Rewrite    *self,
                   const char *start,
                   const char *p)
{
  g_autofree char *id = NULL, *member = NULL, *name = NULL, *text = NULL;
  const char *id_end, *member_end, *name_end = NULL;
  RunnelReference reference;

  id_end = read_accessor (p, &id);
  if (id_end == NULL)
    return p;
  member_end = read_accessor (id_end, &member);
  if (member_end != NULL && strcmp (member, "outputs") == 0)
    name_end = read_accessor (member_end, &name);

  reference = (RunnelReference) { id, member, name, start, p - start, 0 };
  reference.length = (name_end != NULL ? name_end : member_end != NULL ? member_end : id_end) - start;
  text = self->replace (&reference, self->user_data);
  if (text == NULL)
    return id_end;

  g_string_append_len (self->result, self->copied, start - self->copied);
  g_string_append (self->result, text);
  self->copied = start + reference.length;

  return self->copied;
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

          p = is_steps ? rewrite_reference (self, p, end) : end;
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

/* Returns NULL when nothing was replaced. */
static char *
replace_in_text (const char          *text,
                 gboolean             whole,
                 RunnelReferenceFunc  replace,
                 gpointer             user_data)
{
  Rewrite self = { text, NULL, replace, user_data };
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

static JsonNode *replace_in_value (JsonNode            *value,
                                   gboolean             whole,
                                   RunnelReferenceFunc  replace,
                                   gpointer             user_data);

static JsonNode *
replace_in_object (JsonObject          *object,
                   RunnelReferenceFunc  replace,
                   gpointer             user_data)
{
  g_autoptr(JsonObject) copy = json_object_new ();
  gboolean changed = FALSE;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value, *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      JsonNode *replaced = replace_in_value (value, strcmp (key, "if") == 0, replace, user_data);

      changed = changed || replaced != NULL;
      json_object_set_member (copy, key, replaced != NULL ? replaced : json_node_ref (value));
    }

  if (!changed)
    return NULL;

  node = json_node_alloc ();
  return json_node_init_object (node, copy);
}

static JsonNode *
replace_in_array (JsonArray           *array,
                  RunnelReferenceFunc  replace,
                  gpointer             user_data)
{
  g_autoptr(JsonArray) copy = json_array_new ();
  guint n = json_array_get_length (array);
  gboolean changed = FALSE;
  JsonNode *node;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *value = json_array_get_element (array, i);
      JsonNode *replaced = replace_in_value (value, FALSE, replace, user_data);

      changed = changed || replaced != NULL;
      json_array_add_element (copy, replaced != NULL ? replaced : json_node_ref (value));
    }

  if (!changed)
    return NULL;

  node = json_node_alloc ();
  return json_node_init_array (node, copy);
}

static JsonNode *
replace_in_value (JsonNode            *value,
                  gboolean             whole,
                  RunnelReferenceFunc  replace,
                  gpointer             user_data)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (value))
    return replace_in_object (json_node_get_object (value), replace, user_data);
  if (JSON_NODE_HOLDS_ARRAY (value))
    return replace_in_array (json_node_get_array (value), replace, user_data);
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_string (value) == NULL)
    return NULL;

  text = replace_in_text (json_node_get_string (value), whole, replace, user_data);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

/**
 * runnel_reference_replace_in_json:
 * @value: any value of a pipeline
 * @replace: (scope call): what is to stand in place of a reference
 * @user_data: for @replace
 *
 * Goes through all expressions inside @value, the text of a member `if` being one as a whole.
 *
 * Returns: (transfer full) (nullable): @value with what @replace gave, or %NULL when it gave nothing
 */
JsonNode *
runnel_reference_replace_in_json (JsonNode            *value,
                                  RunnelReferenceFunc  replace,
                                  gpointer             user_data)
{
  return replace_in_value (value, FALSE, replace, user_data);
}

/* --- New ids --- */

/* All of the reference but the id stays as it was written. */
static char *
rename_reference (const RunnelReference *reference,
                  gpointer               names)
{
  const char *new_id = g_hash_table_lookup (names, reference->id);
  const char *accessor = reference->text + reference->id_start;
  const char *id;

  if (new_id == NULL)
    return NULL;

  id = strstr (accessor, reference->id);

  return g_strdup_printf ("%.*s%s%.*s", (int) (id - reference->text), reference->text, new_id,
                          (int) (reference->text + reference->length - id - strlen (reference->id)),
                          id + strlen (reference->id));
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
  return replace_in_text (text, whole, rename_reference, names);
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
  return replace_in_value (value, FALSE, rename_reference, names);
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

/* Its fields whose expressions are of another pipeline or another system name no steps of this one. */
static JsonNode *
rename_in_with (const RunnelKind *kind,
                JsonNode         *with,
                GHashTable       *names)
{
  g_autoptr(JsonNode) renamed = runnel_reference_rename_in_json (with, names);

  if (renamed == NULL || !JSON_NODE_HOLDS_OBJECT (renamed))
    return g_steal_pointer (&renamed);

  for (const RunnelField *field = kind->fields; field->name != NULL; field++)
    {
      JsonNode *kept = json_object_get_member (json_node_get_object (with), field->name);

      if (kept != NULL && field->flags & RUNNEL_FIELD_DEFERRED)
        json_object_set_member (json_node_get_object (renamed), field->name, json_node_ref (kept));
    }

  return json_node_equal (renamed, with) ? NULL : g_steal_pointer (&renamed);
}

static JsonNode *
rename_in_member (RunnelStep *step,
                  const char *key,
                  JsonNode   *value,
                  GHashTable *names)
{
  const RunnelKind *kind = runnel_kind_lookup (step->kind);

  if (strcmp (key, "foreign") == 0)
    return NULL;
  if (strcmp (key, "with") == 0 && kind != NULL)
    return rename_in_with (kind, value, names);

  return replace_in_value (value, strcmp (key, "if") == 0, rename_reference, names);
}

/* Changes the members of `json` that name any of the old ids; returns whether there are such. */
static gboolean
rename_in_members (RunnelStep *step,
                   JsonObject *json,
                   GHashTable *names)
{
  g_autoptr(GList) keys = json_object_get_members (json);
  gboolean changed = FALSE;

  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonNode *renamed = rename_in_member (step, key->data, json_object_get_member (json, key->data),
                                            names);

      if (renamed == NULL)
        continue;
      json_object_set_member (json, key->data, renamed);
      changed = TRUE;
    }

  return changed;
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
  g_autoptr(JsonObject) json = runnel_step_to_json (step);
  gboolean changed = rename_in_members (step, json, names);

  if (needs != NULL)
    json_object_set_member (json, "needs", g_steal_pointer (&needs));
  else if (!changed)
    return NULL;

  return runnel_step_new (json, "", NULL);
}
