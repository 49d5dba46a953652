/* runnel-extract-values.c: values that cross the border of an extraction
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pipeline knows nothing of the steps around it: what its steps read of those becomes a parameter, and what is read
 * of them outside becomes an output of the step that runs it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/runnel-extract-private.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-json-write.h"
#include "model/runnel-reference.h"
#include "model/runnel-shape.h"

static gboolean
is_scalar (const RunnelReference *reference)
{
  static const char *const scalars[] = { "outcome", "conclusion", "state", "attempts", "exit_code", NULL };

  if (reference->member == NULL)
    return FALSE;

  return reference->name != NULL || g_strv_contains (scalars, reference->member);
}

static gboolean
is_number (const RunnelReference *reference)
{
  return strcmp (reference->member, "attempts") == 0 || strcmp (reference->member, "exit_code") == 0;
}

static void
refuse_reference (RunnelExtract         *self,
                  const RunnelReference *reference)
{
  g_autofree char *text = g_strndup (reference->text, reference->length);

  _runnel_extract_refuse (self, _("“%s” reads %s, which can't be handed over as one value."),
                          self->reader != NULL ? _runnel_extract_get_title (self, self->reader) : _("The pipeline"), text);
}

/* "build_version": a name that may stand behind a dot, of what the reference reads. */
static char *
make_name (const RunnelReference *reference)
{
  char *name = g_strdup_printf ("%s_%s", reference->id, reference->name != NULL ? reference->name : reference->member);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      *p = '_';

  return name;
}

/* Another name, when it stands for another value already. */
static char *
make_free_name (JsonObject *object,
                const char *stem,
                const char *value)
{
  char *name = g_strdup (stem);

  for (guint i = 2; json_object_has_member (object, name) &&
                    g_strcmp0 (json_object_get_string_member (object, name), value) != 0; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", stem, i);
    }

  return name;
}

/* --- In --- */

static void
declare (RunnelExtract *self,
         const char    *name,
         gboolean       is_numeric,
         const char    *value)
{
  JsonObject *parameter = json_object_new ();

  json_object_set_string_member (parameter, "type", is_numeric ? "number" : "string");
  json_object_set_object_member (self->declared, name, parameter);
  json_object_set_string_member (self->given, name, value);
}

static gboolean
is_parameter (RunnelExtract *self,
              const char    *name)
{
  const RunnelParameter *parameters;
  guint n;

  parameters = runnel_pipeline_get_parameters (self->pipeline, &n);
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (parameters[i].name, name) == 0)
      return TRUE;

  return FALSE;
}

static char *
replace_inner (const RunnelReference *reference,
               gpointer               user_data)
{
  RunnelExtract *self = user_data;
  g_autofree char *stem = NULL, *name = NULL, *value = NULL;

  if (g_hash_table_contains (self->selected, reference->id) ||
      !runnel_pipeline_find_step (self->pipeline, reference->id, NULL))
    return NULL;
  if (!is_scalar (reference))
    {
      refuse_reference (self, reference);
      return NULL;
    }

  stem = make_name (reference);
  if (is_parameter (self, stem))
    {
      char *other = g_strconcat ("of_", stem, NULL);

      g_free (stem);
      stem = other;
    }
  value = g_strdup_printf ("${{ %.*s }}", (int) reference->length, reference->text);
  name = make_free_name (self->given, stem, value);
  declare (self, name, is_number (reference), value);

  return g_strconcat ("params.", name, NULL);
}

/* --- Out --- */

static char *
replace_outer (const RunnelReference *reference,
               gpointer               user_data)
{
  RunnelExtract *self = user_data;
  g_autofree char *stem = NULL, *name = NULL, *value = NULL;

  if (!g_hash_table_contains (self->selected, reference->id))
    return NULL;
  if (!is_scalar (reference))
    {
      refuse_reference (self, reference);
      return NULL;
    }

  value = g_strdup_printf ("${{ %.*s }}", (int) reference->length, reference->text);
  stem = reference->name != NULL && runnel_id_is_valid (reference->name) ? g_strdup (reference->name)
                                                                          : make_name (reference);
  name = make_free_name (self->outputs, stem, value);
  json_object_set_string_member (self->outputs, name, value);

  return g_strdup_printf ("steps.%s.outputs.%s", self->id, name);
}

/* --- Steps --- */

/* Fields whose expressions are of another pipeline are no concern of this one. */
static JsonObject *
take_deferred (JsonObject       *step,
               const RunnelKind *kind,
               JsonObject       *deferred)
{
  JsonNode *with = json_object_get_member (step, "with");
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (kind == NULL || with == NULL || !JSON_NODE_HOLDS_OBJECT (with))
    return json_object_ref (step);

  object = json_object_ref (json_node_get_object (with));
  for (const RunnelField *field = kind->fields; field->name != NULL; field++)
    if ((field->flags & RUNNEL_FIELD_DEFERRED) && json_object_has_member (object, field->name))
      {
        JsonObject *rest = runnel_json_object_with_member (object, field->name, NULL, NULL);

        json_object_set_member (deferred, field->name, json_object_dup_member (object, field->name));
        json_object_unref (object);
        object = rest;
      }
  node = json_node_init_object (json_node_alloc (), object);

  return runnel_json_object_with_member (step, "with", node, NULL);
}

static void
put_back (JsonObject *step,
          JsonObject *deferred)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, deferred);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    json_object_set_member (json_object_get_object_member (step, "with"), key, json_node_ref (value));
}

static JsonNode *
copy_json (JsonNode *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write_compact (text, value);

  return runnel_json_slice_to_node (runnel_json_slice_new (text->str, text->len));
}

/* A copy of the step's JSON, which may be changed, with other references. */
static JsonObject *
replace_in_step (RunnelExtract       *self,
                 RunnelStep          *step,
                 RunnelReferenceFunc  replace)
{
  g_autoptr(JsonObject) json = runnel_step_to_json (step), deferred = json_object_new (), rest = NULL;
  g_autoptr(JsonNode) node = NULL, replaced = NULL, copy = NULL;
  JsonObject *object;

  self->reader = step->id;
  rest = take_deferred (json, runnel_kind_lookup (step->kind), deferred);
  node = json_node_init_object (json_node_alloc (), rest);
  replaced = runnel_reference_replace_in_json (node, replace, self);
  copy = copy_json (replaced != NULL ? replaced : node);
  object = json_node_dup_object (copy);
  put_back (object, deferred);
  self->reader = NULL;

  return object;
}

/* Links from outside are those of the step that runs the new pipeline. */
static void
drop_outer_needs (RunnelExtract *self,
                  RunnelStep    *step,
                  JsonObject    *json)
{
  g_autoptr(JsonArray) kept = json_array_new ();
  JsonArray *needs;

  if (step->n_needs == 0)
    return;

  needs = json_object_get_array_member (json, "needs");
  for (guint i = 0; i < step->n_needs; i++)
    if (g_hash_table_contains (self->selected, step->needs[i].step))
      json_array_add_element (kept, json_array_dup_element (needs, step->needs[i].position));

  if (json_array_get_length (kept) > 0)
    {
      json_object_set_array_member (json, "needs", json_array_ref (kept));
      return;
    }
  json_object_remove_member (json, "needs");
  json_object_remove_member (json, "join");
}

JsonObject *
_runnel_extract_make_inner_step (RunnelExtract *self,
                                 RunnelStep    *step)
{
  JsonObject *json = replace_in_step (self, step, replace_inner);

  drop_outer_needs (self, step, json);

  return json;
}

/* Returns NULL when the step has nothing to do with those extracted. */
RunnelStep *
_runnel_extract_make_outer_step (RunnelExtract *self,
                                 RunnelStep    *step)
{
  g_autoptr(JsonNode) needs = _runnel_extract_make_outer_needs (self, step);
  g_autoptr(JsonObject) json = replace_in_step (self, step, replace_outer);
  g_autoptr(RunnelStep) changed = NULL;

  if (needs != NULL)
    json_object_set_member (json, "needs", json_node_ref (needs));
  changed = runnel_step_new (json, "", NULL);

  return runnel_step_equal (step, changed) ? NULL : g_steal_pointer (&changed);
}

/* The same for a member of the pipeline; NULL when it names none of those extracted. */
JsonNode *
_runnel_extract_make_outer_json (RunnelExtract *self,
                                 JsonNode      *value)
{
  return runnel_reference_replace_in_json (value, replace_outer, self);
}

/* --- Parameters of the pipeline itself --- */

static gboolean
is_named (const char *text,
          const char *name)
{
  g_autofree char *variable = g_ascii_strup (name, -1);

  g_strdelimit (variable, "-", '_');

  return strcasestr (text, name) != NULL || strstr (text, variable) != NULL;
}

/* Those that @text seems to name, in an expression or as a variable of a script, are declared again and handed on. One too
 * many does no harm. */
void
_runnel_extract_pass_parameters (RunnelExtract *self,
                                 const char    *text)
{
  JsonNode *parameters = runnel_pipeline_get_member (self->pipeline, "parameters");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (parameters == NULL || !JSON_NODE_HOLDS_OBJECT (parameters))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (parameters));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (is_named (text, name))
      {
        g_autofree char *given = g_strdup_printf ("${{ params.%s }}", name);

        json_object_set_member (self->declared, name, json_node_ref (value));
        json_object_set_string_member (self->given, name, given);
      }
}
