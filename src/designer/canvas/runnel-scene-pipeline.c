/* runnel-scene-pipeline.c: a scene of a whole pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-scene-pipeline.h"
#include "designer/canvas/runnel-scene-step.h"
#include "designer/canvas/runnel-step-card.h"
#include "layout/runnel-tidy.h"
#include "model/runnel-areas.h"

/* Steps that no edit could name, because they have no id or that of another, have no node. */
static gboolean
is_shown (RunnelPipeline *pipeline,
          guint           index)
{
  const char *id = runnel_pipeline_get_step (pipeline, index)->id;
  guint found;

  return id[0] != '\0' && runnel_pipeline_find_step (pipeline, id, &found) && found == index;
}

static void
add_node (RunnelScene *self,
          RunnelStep  *step,
          RunnelPoint  point)
{
  const guint node = runnel_scene_add_node (self, step->id, runnel_icon_for_kind (step->kind),
                                            point.x, point.y);

  runnel_scene_show_step (self, node, step, runnel_step_card_get_badges (step));
}

/* Steps without a place in the file are arranged as the canvas does. */
static void
add_unplaced (RunnelScene    *self,
              RunnelPipeline *pipeline,
              GPtrArray      *ids)
{
  g_autoptr(RunnelTidy) tidy = NULL;
  guint index;

  g_ptr_array_add (ids, NULL);
  tidy = runnel_tidy_new (pipeline, NULL, (const char *const *) ids->pdata,
                          RUNNEL_DIRECTION_RIGHT);
  runnel_tidy_run (tidy, RUNNEL_TIDY_QUICK, NULL);
  for (guint i = 0; i < runnel_tidy_get_n_steps (tidy); i++)
    if (runnel_pipeline_find_step (pipeline, runnel_tidy_get_id (tidy, i), &index))
      add_node (self, runnel_pipeline_get_step (pipeline, index), runnel_tidy_get_point (tidy, i));
}

static void
add_nodes (RunnelScene    *self,
           RunnelPipeline *pipeline)
{
  g_autoptr(GPtrArray) unplaced = g_ptr_array_new ();
  RunnelPoint point;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      if (!is_shown (pipeline, i))
        continue;
      if (runnel_pipeline_get_position (pipeline, step->id, &point))
        add_node (self, step, point);
      else
        g_ptr_array_add (unplaced, (gpointer) step->id);
    }

  if (unplaced->len > 0)
    add_unplaced (self, pipeline, unplaced);
}

static void
add_links (RunnelScene    *self,
           RunnelPipeline *pipeline)
{
  guint node;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      if (is_shown (pipeline, i) && runnel_scene_find_node (self, step->id, &node))
        runnel_scene_add_step_links (self, node, step);
    }
}

/* --- Groups and notes --- */

static gboolean
grow_by_step (RunnelScene *self,
              JsonNode    *id,
              RunnelBox   *box)
{
  RunnelBox step;
  guint node;

  if (!JSON_NODE_HOLDS_VALUE (id) || json_node_get_value_type (id) != G_TYPE_STRING
      || !runnel_scene_find_node (self, json_node_get_string (id), &node))
    return FALSE;

  runnel_scene_get_node_box (self, node, &step);
  *box = (RunnelBox) { MIN (box->x0, step.x0), MIN (box->y0, step.y0), MAX (box->x1, step.x1),
                       MAX (box->y1, step.y1) };
  return TRUE;
}

/* The frame of a group whose steps fill the box. */
static RunnelBox
frame_around (const RunnelBox *box)
{
  return (RunnelBox) { box->x0 - RUNNEL_GROUP_PADDING,
                       box->y0 - RUNNEL_GROUP_PADDING - RUNNEL_GROUP_TITLE,
                       box->x1 + RUNNEL_GROUP_PADDING, box->y1 + RUNNEL_GROUP_PADDING };
}

static void
add_group (RunnelScene       *self,
           const RunnelGroup *group)
{
  RunnelBox box = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };
  const guint tint = runnel_palette_get_tint (group->color, 0);
  gboolean found = FALSE;

  for (guint i = 0; group->steps != NULL && i < json_array_get_length (group->steps); i++)
    found |= grow_by_step (self, json_array_get_element (group->steps, i), &box);
  if (!found)
    return;

  box = frame_around (&box);
  runnel_scene_add_area (self, RUNNEL_AREA_GROUP, &box, group->title, tint);
}

static void
add_areas (RunnelScene    *self,
           RunnelPipeline *pipeline)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (pipeline);

  for (guint i = 0; i < groups->len; i++)
    add_group (self, &g_array_index (groups, RunnelGroup, i));

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);
      const RunnelRect *rect = &note->rect;

      runnel_scene_add_area (self, RUNNEL_AREA_NOTE,
                             &(RunnelBox) { rect->x, rect->y, rect->x + rect->width,
                                            rect->y + rect->height },
                             note->text,
                             runnel_palette_get_tint (note->color, RUNNEL_TINT_PAPER));
    }
}

/**
 * runnel_scene_new_from_pipeline:
 * @pipeline: what to show
 *
 * Returns: (transfer full): a scene of all its steps, links, groups and notes. What the file gives
 *   no place is arranged.
 */
RunnelScene *
runnel_scene_new_from_pipeline (RunnelPipeline *pipeline)
{
  RunnelScene *self = runnel_scene_new ();

  add_nodes (self, pipeline);
  add_links (self, pipeline);
  add_areas (self, pipeline);
  return self;
}

/* --- A part of it --- */

static gboolean
contains (const RunnelBox *box,
          const RunnelBox *other)
{
  return other->x0 >= box->x0 && other->y0 >= box->y0 && other->x1 <= box->x1
         && other->y1 <= box->y1;
}

static void
keep_areas (RunnelScene *self,
            RunnelBox    around)
{
  around = frame_around (&around);
  for (guint i = 0; i < runnel_scene_get_area_limit (self); i++)
    {
      RunnelBox box;

      if (!runnel_scene_has_area (self, i))
        continue;
      runnel_scene_get_area_box (self, i, &box);
      if (!contains (&around, &box))
        runnel_scene_remove_area (self, i);
    }
}

/**
 * runnel_scene_keep_nodes:
 * @ids: (array zero-terminated=1): what to keep
 *
 * Takes away all other nodes, their links, and the groups and notes that don't lie among the nodes
 * that stay.
 */
void
runnel_scene_keep_nodes (RunnelScene       *self,
                         const char *const *ids)
{
  g_autoptr(GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  RunnelBox around = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (kept, (gpointer) ids[i]);

  for (guint i = 0; i < runnel_scene_get_node_limit (self); i++)
    {
      RunnelBox box;

      if (!runnel_scene_has_node (self, i))
        continue;
      if (!g_hash_table_contains (kept, runnel_scene_get_node_id (self, i)))
        {
          runnel_scene_remove_node (self, i);
          continue;
        }
      runnel_scene_get_node_box (self, i, &box);
      around = (RunnelBox) { MIN (around.x0, box.x0), MIN (around.y0, box.y0),
                             MAX (around.x1, box.x1), MAX (around.y1, box.y1) };
    }

  keep_areas (self, around);
}
