/* runnel-scene-areas.c: the groups and notes of a scene
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-scene-private.h"

static void
damage_area (RunnelScene *self,
             guint        area)
{
  const RunnelBox painted = runnel_box_grow (&runnel_scene_area (self, area)->box,
                                             RUNNEL_AREA_OVERHANG);

  runnel_scene_damage (self, &painted);
}

gboolean
runnel_scene_has_area (RunnelScene *self,
                       guint        area)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return area < self->areas->len && runnel_scene_area (self, area)->alive;
}

/**
 * runnel_scene_add_area:
 *
 * Areas lie behind links and nodes, notes above groups, deeper groups above others, later ones
 * above earlier.
 *
 * Returns: the area's index
 */
guint
runnel_scene_add_area (RunnelScene     *self,
                       RunnelAreaKind   kind,
                       const RunnelBox *box,
                       const char      *text,
                       guint            tint)
{
  RunnelArea *area;
  guint index;

  g_return_val_if_fail (self != NULL && box != NULL, RUNNEL_NO_INDEX);

  index = runnel_scene_take_slot (self->areas, self->free_areas);
  area = runnel_scene_area (self, index);
  area->kind = kind;
  area->box = *box;
  area->tint = tint;
  area->alive = TRUE;
  self->areas_mixed = TRUE;
  runnel_scene_set_text (&area->text, text);
  damage_area (self, index);
  return index;
}

void
runnel_scene_remove_area (RunnelScene *self,
                          guint        area)
{
  g_return_if_fail (runnel_scene_has_area (self, area));

  damage_area (self, area);
  runnel_scene_set_text (&runnel_scene_area (self, area)->text, NULL);
  runnel_scene_area (self, area)->alive = FALSE;
  self->areas_mixed = TRUE;
  g_array_append_val (self->free_areas, area);
}

void
runnel_scene_clear_areas (RunnelScene *self)
{
  for (guint i = 0; i < self->areas->len; i++)
    runnel_scene_set_text (&runnel_scene_area (self, i)->text, NULL);

  g_array_set_size (self->areas, 0);
  g_array_set_size (self->free_areas, 0);
  g_array_set_size (self->area_order, 0);
}

static int
compare_areas (gconstpointer a,
               gconstpointer b,
               gpointer      scene)
{
  const guint left = *(const guint *) a, right = *(const guint *) b;
  const RunnelArea *first = runnel_scene_area ((RunnelScene *) scene, left);
  const RunnelArea *second = runnel_scene_area ((RunnelScene *) scene, right);

  if (first->kind != second->kind)
    return first->kind == RUNNEL_AREA_GROUP ? -1 : 1;
  if (first->depth != second->depth)
    return first->depth < second->depth ? -1 : 1;

  return left < right ? -1 : left > right;
}

void
runnel_scene_sort_areas (RunnelScene *self)
{
  g_array_set_size (self->area_order, 0);
  for (guint i = 0; i < self->areas->len; i++)
    if (runnel_scene_area (self, i)->alive)
      g_array_append_val (self->area_order, i);

  g_array_sort_with_data (self->area_order, compare_areas, self);
  self->areas_mixed = FALSE;
}

void
runnel_scene_set_area_depth (RunnelScene *self,
                             guint        area,
                             guint        depth)
{
  g_return_if_fail (runnel_scene_has_area (self, area));

  depth = MIN (depth, G_MAXUINT8);
  if (runnel_scene_area (self, area)->depth == depth)
    return;

  runnel_scene_area (self, area)->depth = depth;
  self->areas_mixed = TRUE;
  damage_area (self, area);
}

void
runnel_scene_set_area_target (RunnelScene *self,
                              guint        area,
                              gboolean     target)
{
  g_return_if_fail (runnel_scene_has_area (self, area));

  if (runnel_scene_area (self, area)->target == !!target)
    return;

  runnel_scene_area (self, area)->target = !!target;
  damage_area (self, area);
}

guint
runnel_scene_get_area_limit (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->areas->len;
}

void
runnel_scene_get_area_box (RunnelScene *self,
                           guint        area,
                           RunnelBox   *ret_box)
{
  g_return_if_fail (runnel_scene_has_area (self, area));

  *ret_box = runnel_scene_area (self, area)->box;
}

RunnelAreaKind
runnel_scene_get_area_kind (RunnelScene *self,
                            guint        area)
{
  g_return_val_if_fail (runnel_scene_has_area (self, area), RUNNEL_AREA_NOTE);

  return runnel_scene_area (self, area)->kind;
}

void
runnel_scene_set_area (RunnelScene     *self,
                       guint            area,
                       const RunnelBox *box,
                       const char      *text,
                       guint            tint,
                       gboolean         selected)
{
  RunnelArea *target;

  g_return_if_fail (runnel_scene_has_area (self, area) && box != NULL);

  target = runnel_scene_area (self, area);
  if (memcmp (&target->box, box, sizeof *box) == 0 && target->tint == tint
      && target->selected == !!selected && g_strcmp0 (target->text, text) == 0)
    return;

  damage_area (self, area);
  target->box = *box;
  target->tint = tint;
  target->selected = !!selected;
  runnel_scene_set_text (&target->text, text);
  damage_area (self, area);
}
