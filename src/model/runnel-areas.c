/* runnel-areas.c: the groups and notes of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-areas.h"
#include "model/runnel-edit-private.h"
#include "model/runnel-pipeline-private.h"

#define WIDTH 240.0  /* of a note without a size */
#define HEIGHT 120.0
#define GAP 24.0     /* between notes without a place */

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (value);
}

/* Returns: (transfer none) (nullable): the member when it is an array */
JsonArray *
_runnel_areas_get_array (JsonObject *object,
                         const char *key)
{
  JsonNode *value = object != NULL ? json_object_get_member (object, key) : NULL;

  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

/* Edits name groups and notes by id: one without, or behind another with the same, is passed over. */
static JsonObject *
get_named (JsonArray  *entries,
           guint       index,
           GHashTable *ids)
{
  JsonNode *entry = json_array_get_element (entries, index);
  const char *id = JSON_NODE_HOLDS_OBJECT (entry) ? get_string (json_node_get_object (entry), "id") : NULL;

  if (id == NULL || *id == '\0' || !g_hash_table_add (ids, (gpointer) id))
    return NULL;

  return json_node_get_object (entry);
}

/**
 * runnel_pipeline_list_groups:
 * @self: a pipeline
 *
 * Returns: (transfer full) (element-type RunnelGroup): its groups in the order of the file, but
 *   those without an id of their own
 */
GArray *
runnel_pipeline_list_groups (RunnelPipeline *self)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (RunnelGroup));
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *entries;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), groups);

  entries = _runnel_areas_get_array (self->members, "groups");
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *object = get_named (entries, i, ids);
      RunnelGroup group = { .index = i };

      if (object == NULL)
        continue;

      group.id = get_string (object, "id");
      group.title = get_string (object, "name");
      if (group.title == NULL || *group.title == '\0')
        group.title = group.id;
      group.color = get_string (object, "color");
      group.steps = _runnel_areas_get_array (object, "steps");
      g_array_append_val (groups, group);
    }

  return groups;
}

/**
 * runnel_pipeline_find_group:
 * @self: a pipeline
 * @id: id of a group
 * @ret_group: (out) (optional): the group
 *
 * Returns: whether there is such a group
 */
gboolean
runnel_pipeline_find_group (RunnelPipeline *self,
                            const char     *id,
                            RunnelGroup    *ret_group)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (self);

  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);

      if (strcmp (group->id, id) != 0)
        continue;
      if (ret_group != NULL)
        *ret_group = *group;
      return TRUE;
    }

  return FALSE;
}

static double
get_number (JsonArray *array,
            guint      index,
            double     otherwise)
{
  JsonNode *value = index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
  double number;

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return otherwise;

  number = json_node_get_double (value);
  return isfinite (number) ? number : otherwise;
}

/* Notes without a place stand in a row above the origin. */
static RunnelRect
read_rect (RunnelPipeline *self,
           const char     *id,
           guint           index)
{
  RunnelRect rect = { index * (WIDTH + GAP), -HEIGHT - 2 * GAP, WIDTH, HEIGHT };
  JsonNode *notes = self->layout_rest != NULL ? json_object_get_member (self->layout_rest, "notes") : NULL;
  JsonArray *place = NULL;

  if (notes != NULL && JSON_NODE_HOLDS_OBJECT (notes))
    place = _runnel_areas_get_array (json_node_get_object (notes), id);
  if (place == NULL)
    return rect;

  return (RunnelRect) { get_number (place, 0, rect.x), get_number (place, 1, rect.y),
                        MAX (get_number (place, 2, WIDTH), RUNNEL_NOTE_MIN_WIDTH),
                        MAX (get_number (place, 3, HEIGHT), RUNNEL_NOTE_MIN_HEIGHT) };
}

/**
 * runnel_pipeline_list_notes:
 * @self: a pipeline
 *
 * Returns: (transfer full) (element-type RunnelNote): its notes in the order of the file, but
 *   those without an id of their own
 */
GArray *
runnel_pipeline_list_notes (RunnelPipeline *self)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (RunnelNote));
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *entries;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), notes);

  entries = _runnel_areas_get_array (self->members, "notes");
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *object = get_named (entries, i, ids);
      RunnelNote note = { .index = i };

      if (object == NULL)
        continue;

      note.id = get_string (object, "id");
      note.text = get_string (object, "text");
      if (note.text == NULL)
        note.text = "";
      note.color = get_string (object, "color");
      note.rect = read_rect (self, note.id, i);
      g_array_append_val (notes, note);
    }

  return notes;
}

/**
 * runnel_pipeline_find_note:
 * @self: a pipeline
 * @id: id of a note
 * @ret_note: (out) (optional): the note
 *
 * Returns: whether there is such a note
 */
gboolean
runnel_pipeline_find_note (RunnelPipeline *self,
                           const char     *id,
                           RunnelNote     *ret_note)
{
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (self);

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);

      if (strcmp (note->id, id) != 0)
        continue;
      if (ret_note != NULL)
        *ret_note = *note;
      return TRUE;
    }

  return FALSE;
}
