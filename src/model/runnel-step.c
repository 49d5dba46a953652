/* runnel-step.c: one step of a pipeline, an immutable value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-duration.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-shape.h"
#include "model/runnel-step.h"

static const char *const on_names[] = { "success", "failure", "finished", "always" };
static const char *const join_names[] = { "all", "any", "none-failed" };

static gboolean
find_name (const char *const *names,
           guint              n_names,
           const char        *text,
           guint             *ret_index)
{
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], text) == 0)
      {
        *ret_index = i;
        return TRUE;
      }

  return FALSE;
}

/* --- Lenient reading: what has another type counts as not given; the check of the shape reports it --- */

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

static gint64
get_duration (JsonObject *object,
              const char *key)
{
  const char *text = get_string (object, key);
  gint64 duration;

  return text != NULL && runnel_duration_parse (text, &duration, NULL) ? duration : 0;
}

static gboolean
is_number (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
         (json_node_get_value_type (value) == G_TYPE_INT64 || json_node_get_value_type (value) == G_TYPE_DOUBLE);
}

static double
get_number (JsonObject *object,
            const char *key,
            double      minimum,
            double      maximum,
            double      otherwise)
{
  JsonNode *value = json_object_get_member (object, key);

  return is_number (value) ? CLAMP (json_node_get_double (value), minimum, maximum) : otherwise;
}

static gboolean
is_boolean (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN;
}

/* --- Parts of a step --- */

static gboolean
read_need (RunnelNeed *need,
           JsonNode   *value)
{
  const char *id = NULL, *on = NULL;
  JsonNode *handles = NULL;

  if (JSON_NODE_HOLDS_VALUE (value))
    id = json_node_get_string (value);
  else if (JSON_NODE_HOLDS_OBJECT (value))
    {
      id = get_string (json_node_get_object (value), "step");
      on = get_string (json_node_get_object (value), "on");
      handles = json_object_get_member (json_node_get_object (value), "handles");
    }

  if (id == NULL)
    return FALSE;

  need->step = g_strdup (id);
  need->on = RUNNEL_ON_SUCCESS;
  if (on != NULL)
    runnel_on_from_string (on, &need->on);
  need->handles = is_boolean (handles) ? json_node_get_boolean (handles) : need->on == RUNNEL_ON_FAILURE;

  return TRUE;
}

static void
read_needs (RunnelStep *self)
{
  JsonNode *value = json_object_get_member (self->json, "needs");
  JsonArray *array;
  guint n;

  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return;

  array = json_node_get_array (value);
  n = json_array_get_length (array);
  self->needs = g_new0 (RunnelNeed, n);

  for (guint i = 0; i < n; i++)
    {
      RunnelNeed *need = &self->needs[self->n_needs];

      if (read_need (need, json_array_get_element (array, i)))
        {
          need->position = i;
          self->n_needs++;
        }
    }
}

static void
read_exit_codes (RunnelRetry *retry,
                 JsonNode    *value)
{
  JsonArray *array;
  guint n;

  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return;

  array = json_node_get_array (value);
  n = json_array_get_length (array);
  retry->exit_codes = g_new0 (int, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    if (is_number (json_array_get_element (array, i)))
      retry->exit_codes[retry->n_exit_codes++] = json_array_get_int_element (array, i);
}

static void
read_enabled (RunnelStep *self)
{
  JsonNode *value = json_object_get_member (self->json, "disabled");

  if (is_boolean (value))
    self->enabled = json_node_get_boolean (value) ? RUNNEL_DISABLED : RUNNEL_ENABLED;
  else if (g_strcmp0 (get_string (self->json, "disabled"), "bypass") == 0)
    self->enabled = RUNNEL_BYPASSED;
}

/* `if: true` is allowed and means what it says. */
static const char *
read_condition (JsonObject *json)
{
  JsonNode *value = json_object_get_member (json, "if");

  if (is_boolean (value))
    return json_node_get_boolean (value) ? "true" : "false";

  return get_string (json, "if");
}

static void
read_members (RunnelStep *self)
{
  const char *join = get_string (self->json, "join");
  const char *id = get_string (self->json, "id");
  const char *kind = get_string (self->json, "kind");

  self->id = id != NULL ? id : "";
  self->name = get_string (self->json, "name");
  self->kind = kind != NULL ? kind : "";
  self->condition = read_condition (self->json);
  self->timeout = get_duration (self->json, "timeout");
  self->priority = get_number (self->json, "priority", -1000000, 1000000, 0);
  self->retry = runnel_retry_new (json_object_get_member (self->json, "retry"));
  if (join != NULL)
    runnel_join_from_string (join, &self->join);
  read_enabled (self);
  read_needs (self);
}

/**
 * runnel_on_to_string:
 * @self: an outcome
 *
 * Returns: (transfer none): as it stands in a file
 */
const char *
runnel_on_to_string (RunnelOn self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (on_names), NULL);

  return on_names[self];
}

/**
 * runnel_on_from_string:
 * @text: as it stands in a file
 * @ret_on: (out): the outcome; left alone when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
runnel_on_from_string (const char *text,
                       RunnelOn   *ret_on)
{
  guint index;

  if (!find_name (on_names, G_N_ELEMENTS (on_names), text, &index))
    return FALSE;

  *ret_on = index;
  return TRUE;
}

/**
 * runnel_join_to_string:
 * @self: a way to join links
 *
 * Returns: (transfer none): as it stands in a file
 */
const char *
runnel_join_to_string (RunnelJoin self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (join_names), NULL);

  return join_names[self];
}

/**
 * runnel_join_from_string:
 * @text: as it stands in a file
 * @ret_join: (out): the way; left alone when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
runnel_join_from_string (const char *text,
                         RunnelJoin *ret_join)
{
  guint index;

  if (!find_name (join_names, G_N_ELEMENTS (join_names), text, &index))
    return FALSE;

  *ret_join = index;
  return TRUE;
}

/**
 * runnel_retry_new:
 * @value: (nullable): the value of a `retry` key, of a step or of the pipeline's defaults
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL when it is
 *   neither a number nor an object
 */
RunnelRetry *
runnel_retry_new (JsonNode *value)
{
  RunnelRetry *self;
  JsonObject *object;

  if (!is_number (value) && !(value != NULL && JSON_NODE_HOLDS_OBJECT (value)))
    return NULL;

  self = g_new0 (RunnelRetry, 1);
  self->backoff = 1.0;
  if (is_number (value))
    {
      self->max = CLAMP (json_node_get_double (value), 0, 1000000);
      return self;
    }

  object = json_node_get_object (value);
  self->max = get_number (object, "max", 0, 1000000, 0);
  self->delay = get_duration (object, "delay");
  self->backoff = get_number (object, "backoff", 1, 1000, 1);
  self->max_delay = get_duration (object, "max-delay");
  self->jitter = get_number (object, "jitter", 0, 1, 0);
  read_exit_codes (self, json_object_get_member (object, "exit-codes"));

  return self;
}

/**
 * runnel_retry_free:
 * @self: (transfer full) (nullable): what a `retry` key says
 */
void
runnel_retry_free (RunnelRetry *self)
{
  if (self == NULL)
    return;

  g_free (self->exit_codes);
  g_free (self);
}

/**
 * runnel_step_new:
 * @json: (transfer none): the step as it stands in a file; must not be modified any more
 * @path: JSON path of the step
 * @diagnostics: (nullable): where what is misshapen is reported
 *
 * Reads a step as far as it can be read: a member of another type than it
 * should be counts as not given and is kept in the step's `json`.
 *
 * Returns: (transfer full): the step
 */
RunnelStep *
runnel_step_new (JsonObject        *json,
                 const char        *path,
                 RunnelDiagnostics *diagnostics)
{
  RunnelStep *self;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (RunnelStep, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->json = json_object_ref (json);
  read_members (self);

  if (diagnostics != NULL)
    runnel_step_check (self, path, diagnostics);

  return self;
}

/**
 * runnel_step_new_undo:
 * @step: a step
 * @id: the id of the step to make; not necessarily one that a file may have
 *
 * Returns: (transfer full) (nullable): the step that takes back what @step did, or %NULL when
 *   it has no `undo`
 */
RunnelStep *
runnel_step_new_undo (RunnelStep *step,
                      const char *id)
{
  g_autoptr(JsonNode) id_node = NULL;
  g_autoptr(JsonObject) json = NULL;
  g_autoptr(JsonNode) undo = NULL;

  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  undo = runnel_step_dup_member (step, "undo");
  if (undo == NULL || !JSON_NODE_HOLDS_OBJECT (undo))
    return NULL;

  id_node = json_node_init_string (json_node_alloc (), id);
  json = runnel_json_object_with_member (json_node_get_object (undo), "id", id_node, NULL);

  return runnel_step_new (json, "", NULL);
}

/**
 * runnel_step_check:
 * @self: a step
 * @path: its JSON path
 * @diagnostics: where findings go
 *
 * Reports every member that is not as the format has it.
 */
void
runnel_step_check (RunnelStep        *self,
                   const char        *path,
                   RunnelDiagnostics *diagnostics)
{
  g_autoptr(JsonNode) node = json_node_alloc ();
  g_autoptr(GString) buffer = g_string_new (path);

  json_node_init_object (node, self->json);
  runnel_shape_check (&runnel_step_shape, node, buffer, *self->id != '\0' ? self->id : NULL, diagnostics);
}

/**
 * runnel_step_ref:
 * @self: a step
 *
 * May be called in any thread.
 *
 * Returns: (transfer full): @self
 */
RunnelStep *
runnel_step_ref (RunnelStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * runnel_step_unref:
 * @self: (transfer full): a step
 *
 * May be called in any thread.
 */
void
runnel_step_unref (RunnelStep *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_needs; i++)
    g_free (self->needs[i].step);
  g_free (self->needs);
  runnel_retry_free (self->retry);
  json_object_unref (self->json);
  g_free (self);
}

/**
 * runnel_step_get_title:
 * @self: a step
 *
 * Returns: (transfer none): what people see: the name, or the id
 */
const char *
runnel_step_get_title (RunnelStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name != NULL && *self->name != '\0' ? self->name : self->id;
}

/**
 * runnel_step_has_member:
 * @self: a step
 * @key: a key of a step
 *
 * Returns: whether the file gives it, with whatever value
 */
gboolean
runnel_step_has_member (RunnelStep *self,
                        const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return json_object_has_member (self->json, key);
}

/**
 * runnel_step_dup_member:
 * @self: a step
 * @key: a key of a step
 *
 * Returns: (transfer full) (nullable): its value as it stands in the file; must not be modified
 */
JsonNode *
runnel_step_dup_member (RunnelStep *self,
                        const char *key)
{
  JsonNode *member;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  member = json_object_get_member (self->json, key);

  return member != NULL ? json_node_ref (member) : NULL;
}

/**
 * runnel_step_dup_with:
 * @self: a step
 *
 * Returns: (transfer full) (nullable): the kind's own fields, or %NULL when
 *   there are none; must not be modified
 */
JsonObject *
runnel_step_dup_with (RunnelStep *self)
{
  g_autoptr(JsonNode) with = runnel_step_dup_member (self, "with");

  return with != NULL && JSON_NODE_HOLDS_OBJECT (with) ? json_node_dup_object (with) : NULL;
}

/**
 * runnel_step_to_json:
 * @self: a step
 *
 * Returns: (transfer full): the step as it stands in a file; must not be modified
 */
JsonObject *
runnel_step_to_json (RunnelStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return json_object_ref (self->json);
}

/**
 * runnel_step_with_member:
 * @self: a step
 * @key: a key of a step
 * @value: (nullable) (transfer none): its new value, not to be modified any more; %NULL takes the key out
 *
 * Returns: (transfer full): a step that differs from @self in that member only
 */
RunnelStep *
runnel_step_with_member (RunnelStep *self,
                         const char *key,
                         JsonNode   *value)
{
  g_autoptr(JsonObject) json = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  json = runnel_json_object_with_member (self->json, key, value, NULL);

  return runnel_step_new (json, "", NULL);
}

/**
 * runnel_step_equal:
 * @self: a step
 * @other: a step
 *
 * Returns: whether both have the same members with the same values
 */
gboolean
runnel_step_equal (RunnelStep *self,
                   RunnelStep *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return self == other || json_object_equal (self->json, other->json);
}
