/* runnel-edit-merge.c: the edit that brings a changed copy of a pipeline back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A three-way merge by step: what differs between the copy and what it was made from is done to
 * the pipeline as it is now, so that what was changed there meanwhile stays. Only steps that are
 * in another order than before are taken out and put in again; those that stay are a longest
 * increasing subsequence (Fredman 1975, "On computing the length of longest increasing
 * subsequences").
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-pipeline-private.h"

typedef struct
{
  RunnelPipeline *pipeline; /* as it is now */
  RunnelPipeline *base;     /* as it was when the copy was made */
  RunnelPipeline *wanted;   /* the copy */
  GPtrArray *edits;         /* of RunnelEdit */
  gboolean *stays;          /* of each step wanted: its place among the others is as in `base` */
  GHashTable *taken_out;    /* ids */
  guint renamed;            /* index of the one step that has another id, or G_MAXUINT */
} Merge;

static gboolean
has_step (RunnelPipeline *pipeline,
          const char     *id)
{
  return runnel_pipeline_find_step (pipeline, id, NULL);
}

/* Edits name steps by their ids, and know nothing of values that stand for no step or place. */
static gboolean
is_regular (RunnelPipeline *self)
{
  return self->strays->len == 0 && self->misplaced == NULL &&
         !json_object_has_member (self->members, "steps") &&
         !json_object_has_member (self->members, "layout") &&
         g_hash_table_size (self->indices) == self->steps->len;
}

static void
add (Merge      *self,
     RunnelEdit *edit)
{
  g_ptr_array_add (self->edits, edit);
}

/* --- The order of steps --- */

/* Finds the last of the piles, by the base index on top, that `index` may lie on. */
static guint
find_pile (GArray *tops,
           guint  *indices,
           guint   index)
{
  guint low = 0, high = tops->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (indices[g_array_index (tops, guint, middle)] < index)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Patience sorting: marks as many steps as can stay in place. */
static void
find_staying (Merge *self)
{
  guint n = self->wanted->steps->len;
  g_autofree guint *indices = g_new (guint, n + 1), *before = g_new (guint, n + 1);
  g_autoptr(GArray) tops = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    {
      guint pile;

      if (!runnel_pipeline_find_step (self->base, runnel_pipeline_get_step (self->wanted, i)->id,
                                      &indices[i]))
        continue;
      pile = find_pile (tops, indices, indices[i]);
      before[i] = pile > 0 ? g_array_index (tops, guint, pile - 1) : G_MAXUINT;
      g_array_set_size (tops, MAX (tops->len, pile + 1));
      g_array_index (tops, guint, pile) = i;
    }

  if (tops->len > 0)
    for (guint i = g_array_index (tops, guint, tops->len - 1); i != G_MAXUINT; i = before[i])
      self->stays[i] = TRUE;
}

static void
take_out (Merge      *self,
          const char *id)
{
  if (!has_step (self->pipeline, id))
    return;
  add (self, runnel_edit_new_remove_step (id));
  g_hash_table_add (self->taken_out, (gpointer) id);
}

static void
merge_removals (Merge *self)
{
  for (guint i = 0; i < self->base->steps->len; i++)
    {
      const char *id = runnel_pipeline_get_step (self->base, i)->id;
      guint index;

      if (!runnel_pipeline_find_step (self->wanted, id, &index) || !self->stays[index])
        take_out (self, id);
    }
}

/* --- Steps --- */

/* Where each step of the pipeline stands once those that are taken out are gone. */
static GHashTable *
count_places (Merge *self)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);
  guint place = 0;

  for (guint i = 0; i < self->pipeline->steps->len; i++)
    {
      const char *id = runnel_pipeline_get_step (self->pipeline, i)->id;

      if (!g_hash_table_contains (self->taken_out, id))
        g_hash_table_insert (places, (gpointer) id, GUINT_TO_POINTER (place++));
    }

  return places;
}

static gboolean
is_changed (Merge      *self,
            RunnelStep *step)
{
  guint index;

  return !runnel_pipeline_find_step (self->base, step->id, &index) ||
         !runnel_step_equal (runnel_pipeline_get_step (self->base, index), step);
}

/* A step that was not touched in the copy and is gone from the pipeline stays away. */
static void
merge_steps (Merge *self)
{
  g_autoptr(GHashTable) places = count_places (self);
  guint next = 0, n_inserted = 0;

  for (guint i = 0; i < self->wanted->steps->len; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->wanted, i);
      gboolean changed = !self->stays[i] || is_changed (self, step);
      gpointer place;

      if (i == self->renamed)
        continue;
      if (g_hash_table_lookup_extended (places, step->id, NULL, &place))
        {
          if (changed)
            add (self, runnel_edit_new_replace_step (step->id, step));
          next = GPOINTER_TO_UINT (place) + 1 + n_inserted;
        }
      else if (changed)
        {
          add (self, runnel_edit_new_insert_step (next++, step));
          n_inserted++;
        }
    }
}

/* Whether all that happened to the list of steps is that one of them has another id. */
static gboolean
find_renamed (Merge *self)
{
  guint n = self->base->steps->len, n_differing = 0, index = G_MAXUINT;

  if (n != self->wanted->steps->len)
    return FALSE;

  for (guint i = 0; i < n && n_differing < 2; i++)
    if (strcmp (runnel_pipeline_get_step (self->base, i)->id,
                runnel_pipeline_get_step (self->wanted, i)->id) != 0)
      {
        index = i;
        n_differing++;
      }
  if (n_differing != 1 ||
      !has_step (self->pipeline, runnel_pipeline_get_step (self->base, index)->id) ||
      has_step (self->pipeline, runnel_pipeline_get_step (self->wanted, index)->id))
    return FALSE;

  self->renamed = index;

  return TRUE;
}

/* The step keeps its place on the canvas, which the copy still has under the old id. */
static void
merge_renamed (Merge *self)
{
  const char *id = runnel_pipeline_get_step (self->base, self->renamed)->id;
  RunnelStep *step = runnel_pipeline_get_step (self->wanted, self->renamed);
  RunnelPoint point;

  add (self, runnel_edit_new_replace_step (id, step));
  if (!runnel_pipeline_get_position (self->pipeline, id, &point) ||
      runnel_pipeline_get_position (self->wanted, step->id, NULL))
    return;

  add (self, runnel_edit_new_move_steps ((const char *const[]) { id, step->id },
                                         (const RunnelPoint[]) { { NAN, NAN }, point }, 2));
}

static void
merge_all_steps (Merge *self)
{
  find_staying (self);
  if (find_renamed (self))
    merge_renamed (self);
  else
    merge_removals (self);
  merge_steps (self);
}

/* --- Places and members --- */

static gboolean
is_same_place (RunnelPipeline *one,
               RunnelPipeline *two,
               const char     *id,
               RunnelPoint    *ret_point)
{
  RunnelPoint a = { NAN, NAN }, b = { NAN, NAN };
  gboolean in_one = runnel_pipeline_get_position (one, id, &a);
  gboolean in_two = runnel_pipeline_get_position (two, id, &b);

  *ret_point = b;

  return in_one == in_two && (!in_one || (a.x == b.x && a.y == b.y));
}

static void
collect_moved (Merge          *self,
               RunnelPipeline *where,
               GHashTable     *moved,
               GPtrArray      *ids,
               GArray         *points)
{
  GHashTableIter iter;
  gpointer id;
  RunnelPoint point;

  g_hash_table_iter_init (&iter, where->positions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!is_same_place (self->base, self->wanted, id, &point) && g_hash_table_add (moved, id))
      {
        g_ptr_array_add (ids, id);
        g_array_append_val (points, point);
      }
}

static void
merge_places (Merge *self)
{
  g_autoptr(GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));

  collect_moved (self, self->base, moved, ids, points);
  collect_moved (self, self->wanted, moved, ids, points);
  if (ids->len > 0)
    add (self, runnel_edit_new_move_steps ((const char *const *) ids->pdata,
                                           (RunnelPoint *) points->data, ids->len));
}

static void
merge_member (Merge      *self,
              const char *key,
              JsonNode   *from,
              JsonNode   *to)
{
  if (from == NULL || to == NULL || !json_node_equal (from, to))
    add (self, runnel_edit_new_set_member (key, to));
}

static void
merge_members (Merge *self)
{
  JsonObject *base = self->base->members, *wanted = self->wanted->members;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, base);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    merge_member (self, key, value, json_object_get_member (wanted, key));

  json_object_iter_init_ordered (&iter, wanted);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!json_object_has_member (base, key))
      merge_member (self, key, NULL, value);
}

static gboolean
is_empty (JsonNode *object)
{
  return object == NULL || json_object_get_size (json_node_get_object (object)) == 0;
}

static void
merge_layout_rest (Merge *self)
{
  g_autoptr(JsonNode) from = _runnel_pipeline_dup_layout_rest (self->base);
  g_autoptr(JsonNode) to = _runnel_pipeline_dup_layout_rest (self->wanted);

  if (!is_empty (from) || !is_empty (to))
    merge_member (self, "layout", from, to);
}

/* --- Public --- */

static RunnelEdit *
combine (Merge *self)
{
  GPtrArray *edits = self->edits;

  if (edits->len == 0)
    return NULL;
  if (edits->len == 1)
    return runnel_edit_ref (g_ptr_array_index (edits, 0));

  g_ptr_array_set_free_func (edits, NULL);

  return runnel_edit_new_compound (_("Edit JSON"), (RunnelEdit **) edits->pdata, edits->len);
}

static RunnelEdit *
merge (RunnelPipeline *pipeline,
       RunnelPipeline *base,
       RunnelPipeline *wanted)
{
  g_autoptr(GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);
  g_autoptr(GHashTable) taken_out = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gboolean *stays = g_new0 (gboolean, wanted->steps->len + 1);
  Merge self = { pipeline, base, wanted, edits, stays, taken_out, G_MAXUINT };

  merge_all_steps (&self);
  merge_places (&self);
  merge_members (&self);
  merge_layout_rest (&self);

  return combine (&self);
}

/**
 * runnel_edit_new_merge:
 * @pipeline: a pipeline
 * @base: @pipeline as it was some time ago
 * @wanted: a copy of @base that was changed
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID when @wanted has two steps with one id, a step without
 *   one, or a value where a step, an array of steps or a place belongs, and the others do not
 *
 * Makes the smallest edit that does to @pipeline what turned @base into @wanted. Where both have
 * changed the same step or member, that of @wanted wins. A pipeline that was irregular itself is
 * replaced as a whole.
 *
 * Returns: (transfer full) (nullable): the edit, or %NULL when nothing is to be changed, and then
 *   @error is not set
 */
RunnelEdit *
runnel_edit_new_merge (RunnelPipeline *pipeline,
                       RunnelPipeline *base,
                       RunnelPipeline *wanted,
                       GError        **error)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (base), NULL);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (wanted), NULL);

  if (!is_regular (pipeline) || !is_regular (base))
    return runnel_edit_new_replace_all (wanted);
  if (is_regular (wanted))
    return merge (pipeline, base, wanted);

  g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                       "every step needs an id of its own and must be an object, and `layout` an "
                       "object with places");
  return NULL;
}
