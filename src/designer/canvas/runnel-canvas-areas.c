/* runnel-canvas-areas.c: groups and notes behind the steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define NOTE_WIDTH 240  /* of a note without a size */
#define NOTE_HEIGHT 120

static void
area_clear (RunnelShownArea *area)
{
  g_free (area->text);
}

GArray *
runnel_canvas_areas_new (void)
{
  GArray *areas = g_array_new (FALSE, TRUE, sizeof (RunnelShownArea));

  g_array_set_clear_func (areas, (GDestroyNotify) area_clear);
  return areas;
}

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value)
      || json_node_get_value_type (value) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (value);
}

static JsonArray *
get_array (JsonObject *object,
           const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

static JsonArray *
get_member_array (RunnelCanvas *self,
                  const char   *key)
{
  JsonNode *value = runnel_pipeline_get_member (self->pipeline, key);

  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

static gboolean
grow_by_step (RunnelCanvas *self,
              JsonNode     *id,
              RunnelBox    *box)
{
  RunnelBox step;
  guint node;

  if (!JSON_NODE_HOLDS_VALUE (id) || json_node_get_value_type (id) != G_TYPE_STRING
      || !runnel_scene_find_node (self->scene, json_node_get_string (id), &node))
    return FALSE;

  runnel_scene_get_node_box (self->scene, node, &step);
  box->x0 = MIN (box->x0, step.x0);
  box->y0 = MIN (box->y0, step.y0);
  box->x1 = MAX (box->x1, step.x1);
  box->y1 = MAX (box->y1, step.y1);

  return TRUE;
}

static gboolean
read_group (RunnelCanvas    *self,
            JsonObject      *object,
            guint            position,
            RunnelShownArea *ret_area)
{
  JsonArray *steps = get_array (object, "steps");
  const char *color = get_string (object, "color");
  const char *name = get_string (object, "name");
  RunnelBox box = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };
  gboolean found = FALSE;

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    found |= grow_by_step (self, json_array_get_element (steps, i), &box);

  ret_area->kind = RUNNEL_AREA_GROUP;
  ret_area->text = g_strdup (name != NULL ? name : get_string (object, "id"));
  ret_area->tint = color != NULL ? g_str_hash (color) : position;
  ret_area->box = (RunnelBox) { box.x0 - RUNNEL_GROUP_PADDING,
                                box.y0 - RUNNEL_GROUP_PADDING - RUNNEL_GROUP_TITLE,
                                box.x1 + RUNNEL_GROUP_PADDING,
                                box.y1 + RUNNEL_GROUP_PADDING };
  return found;
}

/* Reads [x, y, width, height] of a note from the layout. */
static gboolean
read_note_box (RunnelCanvas *self,
               const char   *id,
               RunnelBox    *ret_box)
{
  JsonNode *layout = runnel_pipeline_get_member (self->pipeline, "layout");
  JsonNode *notes = NULL;
  double numbers[4] = { 0, 0, NOTE_WIDTH, NOTE_HEIGHT };
  JsonArray *place;

  if (layout != NULL && JSON_NODE_HOLDS_OBJECT (layout))
    notes = json_object_get_member (json_node_get_object (layout), "notes");
  if (notes == NULL || !JSON_NODE_HOLDS_OBJECT (notes) || id == NULL)
    return FALSE;

  place = get_array (json_node_get_object (notes), id);
  if (place == NULL || json_array_get_length (place) < 2)
    return FALSE;

  for (guint i = 0; i < MIN (4, json_array_get_length (place)); i++)
    if (JSON_NODE_HOLDS_VALUE (json_array_get_element (place, i)))
      numbers[i] = json_array_get_double_element (place, i);

  *ret_box = (RunnelBox) { numbers[0], numbers[1], numbers[0] + numbers[2],
                           numbers[1] + numbers[3] };
  return TRUE;
}

static gboolean
read_note (RunnelCanvas    *self,
           JsonObject      *object,
           guint            position,
           RunnelShownArea *ret_area)
{
  ret_area->kind = RUNNEL_AREA_NOTE;
  ret_area->text = g_strdup (get_string (object, "text"));
  ret_area->tint = position;

  return read_note_box (self, get_string (object, "id"), &ret_area->box);
}

typedef gboolean (*ReadFunc) (RunnelCanvas *, JsonObject *, guint, RunnelShownArea *);

static void
read_areas (RunnelCanvas *self,
            const char   *key,
            ReadFunc      read,
            GArray       *areas)
{
  JsonArray *items = get_member_array (self, key);

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      RunnelShownArea area = { 0 };

      if (!JSON_NODE_HOLDS_OBJECT (item))
        continue;

      if (read (self, json_node_get_object (item), i, &area))
        g_array_append_val (areas, area);
      else
        area_clear (&area);
    }
}

static gboolean
looks_same (const RunnelShownArea *a,
            const RunnelShownArea *b)
{
  return a->kind == b->kind && a->tint == b->tint && g_strcmp0 (a->text, b->text) == 0
         && a->box.x0 == b->box.x0 && a->box.y0 == b->box.y0 && a->box.x1 == b->box.x1
         && a->box.y1 == b->box.y1;
}

/* Takes over the scene's area of the same rank, or makes one. */
static void
show_area (RunnelCanvas    *self,
           guint            rank,
           RunnelShownArea *area)
{
  const char *text = area->text != NULL ? area->text : "";
  const RunnelShownArea *before = NULL;

  if (rank < self->areas->len)
    before = &g_array_index (self->areas, RunnelShownArea, rank);

  if (before != NULL && before->kind == area->kind)
    {
      area->area = before->area;
      if (!looks_same (before, area))
        runnel_scene_set_area (self->scene, area->area, &area->box, text, area->tint, FALSE);
      return;
    }

  if (before != NULL)
    runnel_scene_remove_area (self->scene, before->area);
  area->area = runnel_scene_add_area (self->scene, area->kind, &area->box, text, area->tint);
}

/* Makes the scene's areas those of the document; only what differs is drawn again. */
void
runnel_canvas_sync_areas (RunnelCanvas *self)
{
  GArray *areas;

  if (self->pipeline == NULL)
    return;

  areas = runnel_canvas_areas_new ();
  read_areas (self, "groups", read_group, areas);
  read_areas (self, "notes", read_note, areas);

  for (guint i = 0; i < areas->len; i++)
    show_area (self, i, &g_array_index (areas, RunnelShownArea, i));

  for (guint i = areas->len; i < self->areas->len; i++)
    runnel_scene_remove_area (self->scene, g_array_index (self->areas, RunnelShownArea, i).area);

  g_array_unref (self->areas);
  self->areas = areas;
}
