/* runnel-canvas-areas.c: groups and notes behind the steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "layout/runnel-measures.h"

static void
area_free (RunnelShownArea *area)
{
  g_free (area->id);
  g_free (area->text);
  g_clear_pointer (&area->nodes, g_array_unref);
  g_clear_pointer (&area->inner, g_ptr_array_unref);
  g_free (area);
}

void
runnel_canvas_areas_init (RunnelCanvas *self)
{
  self->areas = g_ptr_array_new_with_free_func ((GDestroyNotify) area_free);
  self->group_of = g_ptr_array_new ();
}

/* The scene is empty, and so are the groups and notes in it. */
void
runnel_canvas_areas_clear (RunnelCanvas *self)
{
  runnel_canvas_area_editor_close (self);
  g_clear_handle_id (&self->groups_state_id, g_source_remove);
  g_ptr_array_set_size (self->areas, 0);
  g_ptr_array_set_size (self->group_of, 0);
}

/* Returns: (transfer none) (nullable): until the document is changed */
RunnelShownArea *
runnel_canvas_find_area (RunnelCanvas   *self,
                         RunnelAreaKind  kind,
                         const char     *id)
{
  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == kind && g_str_equal (area->id, id))
        return area;
    }

  return NULL;
}

static int
compare_depths (gconstpointer a,
                gconstpointer b)
{
  const RunnelShownArea *left = *(const RunnelShownArea *const *) a;
  const RunnelShownArea *right = *(const RunnelShownArea *const *) b;

  return left->depth > right->depth ? -1 : left->depth < right->depth;
}

/* Returns: (transfer container): the groups, those inside of others before these */
GPtrArray *
runnel_canvas_list_groups (RunnelCanvas *self)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == RUNNEL_AREA_GROUP)
        g_ptr_array_add (groups, area);
    }

  g_ptr_array_sort (groups, compare_depths);
  return groups;
}

/* Returns: (transfer none) (nullable): the innermost group in which the node's step is */
RunnelShownArea *
runnel_canvas_get_group_of (RunnelCanvas *self,
                            guint         node)
{
  return node < self->group_of->len ? g_ptr_array_index (self->group_of, node) : NULL;
}

/* Returns: (transfer none) (nullable): the group whose card the node is */
RunnelShownArea *
runnel_canvas_get_closed_group (RunnelCanvas *self,
                                guint         node)
{
  if (!(runnel_scene_get_node_flags (self->scene, node) & RUNNEL_NODE_GROUP))
    return NULL;

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind == RUNNEL_AREA_GROUP && area->node == node)
        return area;
    }

  return NULL;
}

/* --- Reading --- */

static guint
hash_area (gconstpointer data)
{
  const RunnelShownArea *area = data;

  return g_str_hash (area->id) + area->kind;
}

static gboolean
is_same_area (gconstpointer a,
              gconstpointer b)
{
  const RunnelShownArea *left = a;
  const RunnelShownArea *right = b;

  return left->kind == right->kind && g_str_equal (left->id, right->id);
}

/* Returns: (transfer container): the set of the areas */
static GHashTable *
make_set (GPtrArray *areas)
{
  GHashTable *set = g_hash_table_new (hash_area, is_same_area);

  for (guint i = 0; i < areas->len; i++)
    g_hash_table_add (set, g_ptr_array_index (areas, i));

  return set;
}

/* Takes over what shows it already, by name. */
static RunnelShownArea *
take_area (GHashTable     *before,
           RunnelAreaKind  kind,
           const char     *id,
           const char     *text,
           guint           tint)
{
  const RunnelShownArea name = { .kind = kind, .id = (char *) id };
  RunnelShownArea *area = g_hash_table_lookup (before, &name);

  if (area != NULL)
    {
      g_hash_table_remove (before, area);
    }
  else
    {
      area = g_new0 (RunnelShownArea, 1);
      area->kind = kind;
      area->id = g_strdup (id);
      area->inner = g_ptr_array_new ();
      area->area = RUNNEL_NO_INDEX;
      area->node = RUNNEL_NO_INDEX;
    }

  g_free (area->text);
  area->text = g_strdup (text);
  area->tint = tint;
  return area;
}

static void
read_nodes (RunnelCanvas    *self,
            JsonArray       *steps,
            RunnelShownArea *area)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_clear_pointer (&area->nodes, g_array_unref);
  area->nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      JsonNode *element = json_array_get_element (steps, i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      guint node = id != NULL ? runnel_canvas_find_node (self, id) : RUNNEL_NO_INDEX;

      if (node != RUNNEL_NO_INDEX && g_hash_table_add (seen, GUINT_TO_POINTER (node)))
        g_array_append_val (area->nodes, node);
    }
}

static void
read_groups (RunnelCanvas *self,
             GHashTable   *before)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (self->pipeline);

  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);
      RunnelShownArea *area = take_area (before, RUNNEL_AREA_GROUP, group->id, group->title,
                                         runnel_palette_get_tint (group->color, 0));

      read_nodes (self, group->steps, area);
      g_ptr_array_add (self->areas, area);
    }
}

static void
read_notes (RunnelCanvas *self,
            GHashTable   *before)
{
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (self->pipeline);

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);
      const RunnelRect *rect = &note->rect;
      RunnelShownArea *area = take_area (before, RUNNEL_AREA_NOTE, note->id, note->text,
                                         runnel_palette_get_tint (note->color, RUNNEL_TINT_PAPER));

      area->box = (RunnelBox) { rect->x, rect->y, rect->x + rect->width, rect->y + rect->height };
      g_ptr_array_add (self->areas, area);
    }
}

/* --- Groups in groups --- */

static gboolean
is_in (RunnelShownArea *inner,
       RunnelShownArea *outer)
{
  while (inner != NULL && inner != outer)
    inner = inner->parent;

  return inner != NULL;
}

static gboolean
holds_all (RunnelCanvas    *self,
           RunnelShownArea *outer,
           RunnelShownArea *group)
{
  for (guint i = 0; i < group->nodes->len; i++)
    if (!is_in (g_ptr_array_index (self->group_of, g_array_index (group->nodes, guint, i)), outer))
      return FALSE;

  return TRUE;
}

/* Those with most steps come first; of the same size, those that come first in the file. */
static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const RunnelShownArea *left = *(const RunnelShownArea *const *) a;
  const RunnelShownArea *right = *(const RunnelShownArea *const *) b;

  if (left->nodes->len != right->nodes->len)
    return left->nodes->len > right->nodes->len ? -1 : 1;

  return left->depth < right->depth ? -1 : left->depth > right->depth;
}

/* Returns: (transfer container): the groups from the outermost */
static GPtrArray *
sort_groups (RunnelCanvas *self)
{
  GPtrArray *groups = g_ptr_array_new ();

  for (guint i = 0; i < self->areas->len; i++)
    {
      RunnelShownArea *area = g_ptr_array_index (self->areas, i);

      if (area->kind != RUNNEL_AREA_GROUP)
        break;
      area->depth = i;
      g_ptr_array_set_size (area->inner, 0);
      g_ptr_array_add (groups, area);
    }

  g_ptr_array_sort (groups, compare_sizes);
  return groups;
}

/* A group whose steps are all in another lies inside of it. */
static void
nest_groups (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) groups = sort_groups (self);

  g_ptr_array_set_size (self->group_of, 0);
  g_ptr_array_set_size (self->group_of, runnel_scene_get_node_limit (self->scene));

  for (guint i = 0; i < groups->len; i++)
    {
      RunnelShownArea *group = g_ptr_array_index (groups, i);

      group->parent = NULL;
      if (group->nodes->len > 0)
        group->parent = runnel_canvas_get_group_of (self, g_array_index (group->nodes, guint, 0));
      while (group->parent != NULL && !holds_all (self, group->parent, group))
        group->parent = group->parent->parent;

      group->depth = group->parent != NULL ? group->parent->depth + 1 : 0;
      if (group->parent != NULL)
        g_ptr_array_add (group->parent->inner, group);
      for (guint n = 0; n < group->nodes->len; n++)
        g_ptr_array_index (self->group_of, g_array_index (group->nodes, guint, n)) = group;
    }
}

/* --- Showing --- */

static gboolean
is_inside_closed (const RunnelShownArea *group)
{
  for (group = group->parent; group != NULL; group = group->parent)
    if (group->closed)
      return TRUE;

  return FALSE;
}

static gboolean
has_frame (const RunnelShownArea *area)
{
  return area->kind == RUNNEL_AREA_NOTE
         || (area->nodes->len > 0 && !area->closed && !is_inside_closed (area));
}

void
runnel_canvas_extend_box (RunnelBox       *box,
                          const RunnelBox *by)
{
  *box = (RunnelBox) { MIN (box->x0, by->x0), MIN (box->y0, by->y0), MAX (box->x1, by->x1),
                       MAX (box->y1, by->y1) };
}

/* Around its steps and the groups in it, without those that are being dragged out of it. */
static void
measure_frame (RunnelCanvas    *self,
               RunnelShownArea *group)
{
  RunnelBox all = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };

  for (guint i = 0; i < group->nodes->len; i++)
    {
      const guint node = g_array_index (group->nodes, guint, i);
      RunnelBox box;

      if (!runnel_canvas_regroup_stays (self, group, node))
        continue;
      runnel_scene_get_node_box (self->scene, node, &box);
      runnel_canvas_extend_box (&all, &box);
    }

  for (guint i = 0; i < group->inner->len; i++)
    {
      const RunnelShownArea *inner = g_ptr_array_index (group->inner, i);

      if (has_frame (inner)
          && runnel_canvas_regroup_stays (self, group, g_array_index (inner->nodes, guint, 0)))
        runnel_canvas_extend_box (&all, &inner->box);
    }

  if (all.x0 > all.x1)
    group->box = group->before;
  else
    group->box = (RunnelBox) { all.x0 - RUNNEL_GROUP_PADDING,
                               all.y0 - RUNNEL_GROUP_PADDING - RUNNEL_GROUP_TITLE,
                               all.x1 + RUNNEL_GROUP_PADDING, all.y1 + RUNNEL_GROUP_PADDING };
}

/* Makes the scene show an area as it is now. */
void
runnel_canvas_show_area (RunnelCanvas    *self,
                         RunnelShownArea *area)
{
  if (!has_frame (area))
    {
      if (area->area != RUNNEL_NO_INDEX)
        runnel_scene_remove_area (self->scene, area->area);
      area->area = RUNNEL_NO_INDEX;
      return;
    }

  if (area->area == RUNNEL_NO_INDEX)
    area->area = runnel_scene_add_area (self->scene, area->kind, &area->box, area->text,
                                        area->tint);
  runnel_scene_set_area (self->scene, area->area, &area->box, area->text, area->tint,
                         area->selected);
  runnel_scene_set_area_depth (self->scene, area->area, area->depth);
}

/* Measures and shows groups again whose steps have moved; `groups` is sorted from the innermost. */
void
runnel_canvas_areas_follow (RunnelCanvas *self,
                            GPtrArray    *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      RunnelShownArea *group = g_ptr_array_index (groups, i);

      if (has_frame (group))
        measure_frame (self, group);
      else if (group->node != RUNNEL_NO_INDEX)
        runnel_scene_get_node_box (self->scene, group->node, &group->box);
      runnel_canvas_show_area (self, group);
    }
}

void
runnel_canvas_areas_follow_all (RunnelCanvas *self)
{
  g_autoptr(GPtrArray) groups = runnel_canvas_list_groups (self);

  runnel_canvas_areas_follow (self, groups);
}

static void
remove_area (RunnelCanvas    *self,
             RunnelShownArea *area)
{
  if (area->area != RUNNEL_NO_INDEX)
    runnel_scene_remove_area (self->scene, area->area);
  if (area->node != RUNNEL_NO_INDEX)
    {
      runnel_canvas_forget_node (self, area->node);
      runnel_scene_remove_node (self->scene, area->node);
    }
  area_free (area);
}

/* Makes the scene's groups and notes those of the document; only what differs is drawn again. */
void
runnel_canvas_sync_areas (RunnelCanvas *self)
{
  g_autoptr(GHashTable) before = NULL;
  g_autoptr(GPtrArray) groups = NULL;
  GHashTableIter iter;
  gpointer area;

  if (self->pipeline == NULL)
    return;

  before = make_set (self->areas);
  g_ptr_array_set_free_func (self->areas, NULL);
  g_ptr_array_unref (self->areas);
  self->areas = g_ptr_array_new_with_free_func ((GDestroyNotify) area_free);
  read_groups (self, before);
  read_notes (self, before);
  nest_groups (self);

  runnel_canvas_fold_update (self);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &area, NULL))
    remove_area (self, area);

  groups = runnel_canvas_list_groups (self);
  runnel_canvas_areas_follow (self, groups);
  for (guint i = groups->len; i < self->areas->len; i++)
    runnel_canvas_show_area (self, g_ptr_array_index (self->areas, i));
}
