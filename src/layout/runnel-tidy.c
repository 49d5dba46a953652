/* runnel-tidy.c: the steps of a pipeline put in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "layout/runnel-measures.h"
#include "layout/runnel-tidy-private.h"
#include "model/runnel-pins.h"

RunnelBox
_runnel_tidy_make_card (RunnelPoint point)
{
  return (RunnelBox) { point.x, point.y, point.x + RUNNEL_NODE_WIDTH,
                       point.y + RUNNEL_NODE_HEIGHT };
}


double
_runnel_tidy_snap (double value)
{
  return round (value / RUNNEL_SNAP) * RUNNEL_SNAP + 0.0 /* and no -0 */;
}

gboolean
_runnel_tidy_is_somewhere (const RunnelPoint *point)
{
  return isfinite (point->x) && isfinite (point->y);
}

/* --- What there is --- */

/* Where a step stands, NAN = nowhere. */
RunnelPoint
_runnel_tidy_get_place (RunnelPipeline *pipeline,
                        GHashTable     *places,
                        const char     *id)
{
  RunnelPoint point = { NAN, NAN };
  const RunnelPoint *place;

  if (runnel_pipeline_get_position (pipeline, id, &point))
    return point;

  place = places != NULL ? g_hash_table_lookup (places, id) : NULL;
  return place != NULL ? *place : point;
}

/* Edits name steps by id: one without, or behind another with the same, can't be moved. */
static gboolean
can_move (RunnelPipeline *pipeline,
          guint           index)
{
  const char *id = runnel_pipeline_get_step (pipeline, index)->id;
  guint found;

  return *id != '\0' && runnel_pipeline_find_step (pipeline, id, &found) && found == index;
}

static void
add_steps (RunnelTidy     *self,
           RunnelPipeline *pipeline,
           GHashTable     *places,
           GHashTable     *wanted,
           GHashTable     *ranks)
{
  g_autoptr(GHashTable) pins = runnel_pipeline_list_pinned (pipeline);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      const char *id = runnel_pipeline_get_step (pipeline, i)->id;
      RunnelPoint place;

      if (!can_move (pipeline, i))
        continue;

      place = _runnel_tidy_get_place (pipeline, places, id);
      if (wanted == NULL || g_hash_table_contains (wanted, id))
        {
          char *copy = g_strdup (id);
          gboolean pinned = g_hash_table_contains (pins, id) && _runnel_tidy_is_somewhere (&place);

          g_hash_table_insert (ranks, copy, GUINT_TO_POINTER (self->ids->len));
          g_ptr_array_add (self->ids, copy);
          g_array_append_val (self->before, place);
          g_array_append_val (self->pinned, pinned);
        }
      else if (_runnel_tidy_is_somewhere (&place))
        {
          RunnelBox card = _runnel_tidy_make_card (place);

          g_array_append_val (self->others, card);
        }
    }
}

static void
add_links (RunnelTidy     *self,
           RunnelPipeline *pipeline,
           GHashTable     *ranks)
{
  for (guint to = 0; to < self->ids->len; to++)
    {
      const RunnelStep *step;
      gpointer rank;
      guint index;

      if (!runnel_pipeline_find_step (pipeline, g_ptr_array_index (self->ids, to), &index))
        continue;

      step = runnel_pipeline_get_step (pipeline, index);
      for (guint n = 0; n < step->n_needs; n++)
        if (g_hash_table_lookup_extended (ranks, step->needs[n].step, NULL, &rank))
          {
            RunnelArrangeLink link = { GPOINTER_TO_UINT (rank), to };

            g_array_append_val (self->links, link);
          }
    }
}

/**
 * runnel_tidy_new:
 * @pipeline: a pipeline, which is only looked at here
 * @places: (nullable) (element-type utf8 RunnelPoint): where those steps stand that @pipeline gives
 *   no place
 * @ids: (nullable) (array zero-terminated=1): the steps to put in order; %NULL is all. The others
 *   stay, and nothing is put upon them
 * @direction: where links are to go
 *
 * Returns: (transfer full): the task, for runnel_tidy_run()
 */
RunnelTidy *
runnel_tidy_new (RunnelPipeline    *pipeline,
                 GHashTable        *places,
                 const char *const *ids,
                 RunnelDirection    direction)
{
  g_autoptr(GHashTable) ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) wanted = NULL;
  RunnelTidy *self;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  self = g_new0 (RunnelTidy, 1);
  self->direction = direction;
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->before = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  self->pinned = g_array_new (FALSE, FALSE, sizeof (gboolean));
  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink));
  self->others = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
  self->notes = _runnel_tidy_notes_new ();

  if (ids != NULL)
    {
      wanted = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; ids[i] != NULL; i++)
        g_hash_table_add (wanted, (gpointer) ids[i]);
    }

  add_steps (self, pipeline, places, wanted, ranks);
  add_links (self, pipeline, ranks);
  _runnel_tidy_read_groups (self, pipeline, places, ranks);
  _runnel_tidy_read_notes (self, pipeline);

  return self;
}

void
runnel_tidy_free (RunnelTidy *self)
{
  g_ptr_array_unref (self->ids);
  g_array_unref (self->before);
  g_array_unref (self->pinned);
  g_array_unref (self->links);
  g_array_unref (self->others);
  g_array_unref (self->notes);
  g_free (self->group_of);
  g_free (self->points);
  g_free (self);
}

/* --- The answer --- */

static RunnelPoint
get_corner (const RunnelPoint *points,
            guint              n_points)
{
  RunnelPoint corner = { NAN, NAN };

  for (guint i = 0; i < n_points; i++)
    if (_runnel_tidy_is_somewhere (&points[i]))
      corner = (RunnelPoint) { fmin (corner.x, points[i].x), fmin (corner.y, points[i].y) };

  return corner;
}

/* Where steps go that were nowhere: below the others. */
static RunnelPoint
get_corner_below (const GArray *others)
{
  RunnelPoint corner = { 0, 0 };

  for (guint i = 0; i < others->len; i++)
    {
      const RunnelBox *other = &g_array_index (others, RunnelBox, i);

      corner.x = i == 0 ? other->x0 : MIN (corner.x, other->x0);
      corner.y = i == 0 ? other->y1 + RUNNEL_ROW_GAP : MAX (corner.y, other->y1 + RUNNEL_ROW_GAP);
    }

  return corner;
}

void
_runnel_tidy_move_all (RunnelTidy  *self,
                       RunnelPoint  shift)
{
  for (guint i = 0; i < self->ids->len; i++)
    {
      self->points[i].x += shift.x;
      self->points[i].y += shift.y;
    }
}

/* The left upper corner of the steps stays where it was, but on the grid. */
static void
keep_corner (RunnelTidy *self)
{
  RunnelPoint before = get_corner ((const RunnelPoint *) self->before->data, self->ids->len);
  RunnelPoint after = get_corner (self->points, self->ids->len);

  if (!_runnel_tidy_is_somewhere (&before))
    before = get_corner_below (self->others);

  _runnel_tidy_move_all (self, (RunnelPoint) { _runnel_tidy_snap (before.x - after.x),
                                              _runnel_tidy_snap (before.y - after.y) });
}

/* Puts the whole beside the steps that stay, as near as there is room. */
static void
keep_off_others (RunnelTidy *self)
{
  g_autoptr(RunnelRoom) room = runnel_room_new (RUNNEL_TIDY_GAP);
  g_autofree RunnelBox *cards = g_new (RunnelBox, MAX (1, self->ids->len));

  if (self->others->len == 0)
    return;

  for (guint i = 0; i < self->others->len; i++)
    runnel_room_take (room, &g_array_index (self->others, RunnelBox, i));
  for (guint i = 0; i < self->ids->len; i++)
    cards[i] = _runnel_tidy_make_card (self->points[i]);

  _runnel_tidy_move_all (self, runnel_room_find_shift (room, cards, self->ids->len));
}

/**
 * runnel_tidy_run:
 * @effort: how long to think
 * @cancellable: (nullable): ends it sooner; the answer is of no use then
 *
 * Finds a place for each step. This takes milliseconds for a hundred steps and up to seconds for
 * many thousands: leave it to a thread. The left upper corner of the steps stays where it is if
 * there is room, or pinned ones stay and the others stand about them; members of a group stay
 * together, and notes beside the step they were near to.
 */
void
runnel_tidy_run (RunnelTidy       *self,
                 RunnelTidyEffort  effort,
                 GCancellable     *cancellable)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->points == NULL);

  self->points = _runnel_tidy_arrange (self, effort, cancellable);
  if (!_runnel_tidy_keep_pins (self))
    {
      keep_corner (self);
      keep_off_others (self);
    }
  _runnel_tidy_place_notes (self);
}

/* Returns: how many steps are put in order */
guint
runnel_tidy_get_n_steps (RunnelTidy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ids->len;
}

const char *
runnel_tidy_get_id (RunnelTidy *self,
                    guint       index)
{
  g_return_val_if_fail (self != NULL && index < self->ids->len, NULL);

  return g_ptr_array_index (self->ids, index);
}

/**
 * runnel_tidy_get_point:
 * @index: one of the steps put in order
 *
 * Returns: the left upper corner of the step, in world units; only after runnel_tidy_run()
 */
RunnelPoint
runnel_tidy_get_point (RunnelTidy *self,
                       guint       index)
{
  g_return_val_if_fail (self != NULL && index < self->ids->len, ((RunnelPoint) { 0, 0 }));
  g_return_val_if_fail (self->points != NULL, ((RunnelPoint) { 0, 0 }));

  return self->points[index];
}

static RunnelEdit *
make_move (RunnelTidy *self)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));

  for (guint i = 0; i < self->ids->len; i++)
    {
      const RunnelPoint *before = &g_array_index (self->before, RunnelPoint, i);

      if (before->x == self->points[i].x && before->y == self->points[i].y)
        continue;
      g_ptr_array_add (ids, g_ptr_array_index (self->ids, i));
      g_array_append_val (points, self->points[i]);
    }

  if (ids->len == 0)
    return NULL;

  return runnel_edit_new_move_steps ((const char *const *) ids->pdata,
                                     (const RunnelPoint *) points->data, ids->len);
}

/**
 * runnel_tidy_make_edit:
 * @pipeline: the pipeline of runnel_tidy_new(), unchanged since
 *
 * Returns: (transfer full) (nullable): the edit that moves steps and notes to where
 *   runnel_tidy_run() put them; %NULL when all are there
 */
RunnelEdit *
runnel_tidy_make_edit (RunnelTidy     *self,
                       RunnelPipeline *pipeline)
{
  RunnelEdit *edits[2];
  guint n_edits = 0;

  g_return_val_if_fail (self != NULL && self->points != NULL, NULL);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  edits[n_edits] = make_move (self);
  n_edits += edits[n_edits] != NULL;
  edits[n_edits] = _runnel_tidy_make_notes_edit (self, pipeline);
  n_edits += edits[n_edits] != NULL;

  return n_edits > 0 ? runnel_edit_new_compound (_("Tidy"), edits, n_edits) : NULL;
}
