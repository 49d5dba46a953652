/* runnel-edit-json.c: edits as JSON, for the crash journal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"

static const char *const type_names[] = {
  "set-member", "insert-step", "remove-step", "replace-step", "move-steps", "compound",
  "replace-all",
};

static RunnelEdit *read_edit (JsonNode *json);

/* --- Writing --- */

static void
add_string (JsonObject *object,
            const char *key,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, key, value);
}

static void
add_places (JsonObject *object,
            RunnelEdit *self)
{
  JsonArray *ids = json_array_new ();
  JsonArray *points = json_array_new ();

  for (guint i = 0; self->ids[i] != NULL; i++)
    {
      JsonArray *point = json_array_new ();

      json_array_add_string_element (ids, self->ids[i]);
      if (!isnan (self->points[i].x) && !isnan (self->points[i].y))
        {
          json_array_add_double_element (point, self->points[i].x);
          json_array_add_double_element (point, self->points[i].y);
        }
      json_array_add_array_element (points, point);
    }

  json_object_set_array_member (object, "ids", ids);
  json_object_set_array_member (object, "points", points);
}

static void
add_edits (JsonObject *object,
           GPtrArray  *edits)
{
  JsonArray *array = json_array_sized_new (edits->len);

  for (guint i = 0; i < edits->len; i++)
    json_array_add_element (array, runnel_edit_to_json (g_ptr_array_index (edits, i)));

  json_object_set_array_member (object, "edits", array);
}

static void
add_whole (JsonObject     *object,
           RunnelPipeline *pipeline)
{
  g_autofree char *text = runnel_pipeline_to_text (pipeline, NULL);

  json_object_set_string_member (object, "text", text);
}

/**
 * runnel_edit_to_json:
 * @self: an edit
 *
 * Returns: (transfer full): the edit as JSON that runnel_edit_new_from_json() reads
 */
JsonNode *
runnel_edit_to_json (RunnelEdit *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  g_return_val_if_fail (self != NULL, NULL);

  add_string (object, "edit", type_names[self->type]);
  add_string (object, "label", self->label);
  add_string (object, "name", self->name);
  add_string (object, "before", self->before);
  if (self->restore)
    json_object_set_boolean_member (object, "restore", TRUE);
  if (self->type == RUNNEL_EDIT_INSERT_STEP)
    json_object_set_int_member (object, "index", self->index);
  if (self->value != NULL)
    json_object_set_member (object, "value", json_node_ref (self->value));
  if (self->step != NULL)
    json_object_set_object_member (object, "step", runnel_step_to_json (self->step));
  if (self->ids != NULL)
    add_places (object, self);
  if (self->edits != NULL)
    add_edits (object, self->edits);
  if (self->whole != NULL)
    add_whole (object, self->whole);

  return json_node_init_object (json_node_alloc (), object);
}

/* --- Reading; what is misshapen gives NULL, for a journal may hold anything --- */

static JsonNode *
get_value (JsonObject *object,
           const char *key,
           GType       type)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == type ? value : NULL;
}

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = get_value (object, key, G_TYPE_STRING);

  return value != NULL ? json_node_get_string (value) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

static gboolean
read_type (JsonObject     *object,
           RunnelEditType *ret_type)
{
  const char *name = get_string (object, "edit");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (type_names); i++)
    if (strcmp (type_names[i], name) == 0)
      {
        *ret_type = i;
        return TRUE;
      }

  return FALSE;
}

static RunnelStep *
read_step (JsonObject *object)
{
  JsonNode *value = json_object_get_member (object, "step");

  return value != NULL && JSON_NODE_HOLDS_OBJECT (value) ? runnel_step_new (json_node_get_object (value), "", NULL)
                                                         : NULL;
}

static gboolean
read_number (JsonArray *array,
             guint      index,
             double    *ret_number)
{
  JsonNode *value = json_array_get_element (array, index);
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_NONE;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *ret_number = json_node_get_double (value);
  return TRUE;
}

/* An empty array takes the place away. */
static gboolean
read_point (JsonNode    *value,
            RunnelPoint *ret_point)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  *ret_point = (RunnelPoint) { NAN, NAN };
  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) == 0)
    return TRUE;

  return json_array_get_length (array) == 2 &&
         read_number (array, 0, &ret_point->x) && read_number (array, 1, &ret_point->y);
}

static gboolean
read_places (RunnelEdit *self,
             JsonObject *object)
{
  JsonArray *ids = get_array (object, "ids");
  JsonArray *points = get_array (object, "points");
  guint n;

  if (ids == NULL || points == NULL || json_array_get_length (ids) != json_array_get_length (points))
    return FALSE;

  n = json_array_get_length (ids);
  self->ids = g_new0 (char *, n + 1);
  self->points = g_new0 (RunnelPoint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *id = json_array_get_element (ids, i);

      if (!JSON_NODE_HOLDS_VALUE (id) || json_node_get_string (id) == NULL ||
          !read_point (json_array_get_element (points, i), &self->points[i]))
        return FALSE;
      self->ids[i] = json_node_dup_string (id);
    }

  return TRUE;
}

static gboolean
read_edits (RunnelEdit *self,
            JsonObject *object)
{
  JsonArray *array = get_array (object, "edits");

  if (array == NULL)
    return FALSE;

  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      RunnelEdit *edit = read_edit (json_array_get_element (array, i));

      if (edit == NULL)
        return FALSE;
      g_ptr_array_add (self->edits, edit);
    }

  return TRUE;
}

static gboolean
read_whole (RunnelEdit *self,
            JsonObject *object)
{
  const char *text = get_string (object, "text");

  self->whole = text != NULL ? runnel_pipeline_new_from_text (text, -1, NULL, NULL) : NULL;

  return self->whole != NULL;
}

static gboolean
read_details (RunnelEdit *self,
              JsonObject *object)
{
  JsonNode *value = json_object_get_member (object, "value");
  JsonNode *index = get_value (object, "index", G_TYPE_INT64);

  self->name = g_strdup (get_string (object, "name"));
  self->before = g_strdup (get_string (object, "before"));
  self->restore = get_value (object, "restore", G_TYPE_BOOLEAN) != NULL;

  switch (self->type)
    {
    case RUNNEL_EDIT_SET_MEMBER:
      self->value = value != NULL ? json_node_ref (value) : NULL;
      return self->name != NULL;
    case RUNNEL_EDIT_INSERT_STEP:
      self->index = index != NULL ? CLAMP (json_node_get_int (index), 0, G_MAXUINT) : G_MAXUINT;
      self->step = read_step (object);
      return self->step != NULL;
    case RUNNEL_EDIT_REMOVE_STEP:
      return self->name != NULL;
    case RUNNEL_EDIT_REPLACE_STEP:
      self->step = read_step (object);
      return self->name != NULL && self->step != NULL;
    case RUNNEL_EDIT_MOVE_STEPS:
      return read_places (self, object);
    case RUNNEL_EDIT_COMPOUND:
      return read_edits (self, object);
    case RUNNEL_EDIT_REPLACE_ALL:
      return read_whole (self, object);
    }

  return FALSE;
}

static RunnelEdit *
read_edit (JsonNode *json)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  const char *label = object != NULL ? get_string (object, "label") : NULL;
  g_autoptr(RunnelEdit) self = NULL;
  RunnelEditType type;

  if (object == NULL || !read_type (object, &type))
    return NULL;

  self = _runnel_edit_alloc (type, g_strdup (label != NULL ? label : ""));

  return read_details (self, object) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_edit_new_from_json:
 * @json: what runnel_edit_to_json() made
 * @error: %RUNNEL_PIPELINE_ERROR_FORMAT when it is anything else
 *
 * Returns: (transfer full) (nullable): the edit
 */
RunnelEdit *
runnel_edit_new_from_json (JsonNode *json,
                           GError  **error)
{
  RunnelEdit *self;

  g_return_val_if_fail (json != NULL, NULL);

  self = read_edit (json);
  if (self == NULL)
    g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_FORMAT,
                         "this is not an edit of a pipeline");

  return self;
}
