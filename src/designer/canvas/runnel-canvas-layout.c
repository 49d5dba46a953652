/* runnel-canvas-layout.c: where steps are and where new ones go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "layout/runnel-room.h"
#include "layout/runnel-tidy.h"

double
runnel_canvas_layout_snap (double value)
{
  return round (value / RUNNEL_SNAP) * RUNNEL_SNAP;
}

/* The document's position of a step, or else the one it was given here. */
RunnelPoint
runnel_canvas_layout_get_position (RunnelCanvas *self,
                                   const char   *id)
{
  RunnelPoint point = { 0, 0 };
  const RunnelPoint *arranged;

  if (runnel_pipeline_get_position (self->pipeline, id, &point))
    return point;

  arranged = g_hash_table_lookup (self->arranged, id);
  return arranged != NULL ? *arranged : point;
}

static void
set_arranged (RunnelCanvas *self,
              const char   *id,
              RunnelPoint   point)
{
  g_hash_table_replace (self->arranged, g_strdup (id), g_memdup2 (&point, sizeof point));
}

/* Edits name steps by id: one without, or behind another with the same, has no card. The problems
 * list says so. */
gboolean
runnel_canvas_layout_is_shown (RunnelCanvas *self,
                               guint         index)
{
  const char *id = runnel_pipeline_get_step (self->pipeline, index)->id;
  guint found;

  return id[0] != '\0' && runnel_pipeline_find_step (self->pipeline, id, &found) && found == index;
}

static GArray *
list_missing (RunnelCanvas *self)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_steps = runnel_pipeline_get_n_steps (self->pipeline);

  for (guint i = 0; i < n_steps; i++)
    {
      RunnelPoint point;

      if (runnel_canvas_layout_is_shown (self, i)
          && !runnel_pipeline_get_position (self->pipeline,
                                            runnel_pipeline_get_step (self->pipeline, i)->id,
                                            &point))
        g_array_append_val (missing, i);
    }

  return missing;
}

/* Gives a place to every step that has none: all of them arranged when the file has no layout, and
 * below the others when they were added behind our back. A place once given is kept, so that
 * undoing the first move brings back the same picture. */
void
runnel_canvas_layout_place_missing (RunnelCanvas *self)
{
  g_autoptr(GArray) missing = list_missing (self);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(RunnelTidy) tidy = NULL;

  for (guint i = 0; i < missing->len; i++)
    {
      guint index = g_array_index (missing, guint, i);
      const char *id = runnel_pipeline_get_step (self->pipeline, index)->id;

      if (!g_hash_table_contains (self->arranged, id))
        g_ptr_array_add (ids, (gpointer) id);
    }

  if (ids->len == 0)
    return;

  g_ptr_array_add (ids, NULL);
  tidy = runnel_tidy_new (self->pipeline, self->arranged, (const char *const *) ids->pdata,
                          RUNNEL_DIRECTION_RIGHT);
  runnel_tidy_run (tidy, RUNNEL_TIDY_QUICK, NULL);
  for (guint i = 0; i < runnel_tidy_get_n_steps (tidy); i++)
    set_arranged (self, runnel_tidy_get_id (tidy, i), runnel_tidy_get_point (tidy, i));
}

/* A step has another id: a place that only we know goes with it. */
void
runnel_canvas_layout_rename (RunnelCanvas *self,
                             const char   *id,
                             const char   *new_id)
{
  const RunnelPoint *point = g_hash_table_lookup (self->arranged, id);

  if (point != NULL)
    set_arranged (self, new_id, *point);
}

static RunnelEdit *
make_move (GPtrArray *ids,
           GArray    *points)
{
  return runnel_edit_new_move_steps ((const char *const *) ids->pdata,
                                     (const RunnelPoint *) points->data, ids->len);
}

/**
 * runnel_canvas_make_layout_edit:
 *
 * What a person sees when changing something is what is saved; an edit that is not made by the
 * canvas itself comes after this one.
 *
 * Returns: (transfer full) (nullable): writes the positions that the file lacks; %NULL when it has
 *   all of them
 */
RunnelEdit *
runnel_canvas_make_layout_edit (RunnelCanvas *self)
{
  g_autoptr(GArray) missing = NULL;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);

  missing = list_missing (self);
  if (missing->len == 0)
    return NULL;

  for (guint i = 0; i < missing->len; i++)
    {
      const char *id = runnel_pipeline_get_step (self->pipeline,
                                                 g_array_index (missing, guint, i))->id;
      RunnelPoint point = runnel_canvas_layout_get_position (self, id);

      g_ptr_array_add (ids, (gpointer) id);
      g_array_append_val (points, point);
    }

  return make_move (ids, points);
}

/* Puts before an edit (transfer full) the writing of all positions that the file lacks. */
RunnelEdit *
runnel_canvas_layout_complete (RunnelCanvas *self,
                               RunnelEdit   *edit)
{
  RunnelEdit *edits[] = { runnel_canvas_make_layout_edit (self), edit };

  if (edits[0] == NULL)
    return edit;

  return runnel_edit_new_compound (runnel_edit_get_label (edit), edits, G_N_ELEMENTS (edits));
}

static gboolean
is_free (RunnelCanvas *self,
         RunnelPoint   point)
{
  const double gap = RUNNEL_SNAP;
  const RunnelBox box = { point.x - gap, point.y - gap, point.x + RUNNEL_NODE_WIDTH + gap,
                          point.y + RUNNEL_NODE_HEIGHT + gap };
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  runnel_pick_nodes_in (self->scene, &box, nodes);
  return nodes->len == 0;
}

/* The first place at or below `wanted`, on the grid, where a new card covers no other. */
RunnelPoint
runnel_canvas_layout_find_free (RunnelCanvas *self,
                                RunnelPoint   wanted)
{
  RunnelPoint point = { runnel_canvas_layout_snap (wanted.x),
                        runnel_canvas_layout_snap (wanted.y) };

  while (!is_free (self, point))
    point.y += RUNNEL_SNAP;

  return point;
}

/* Returns: (transfer full): the cards of a pipeline that have a place (RunnelBox), their left upper
 * corner at `corner` */
static GArray *
list_cards (RunnelPipeline *pipeline,
            RunnelPoint     corner)
{
  GArray *cards = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
  RunnelPoint first = { G_MAXDOUBLE, G_MAXDOUBLE };
  RunnelPoint point;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    if (runnel_pipeline_get_position (pipeline, runnel_pipeline_get_step (pipeline, i)->id, &point))
      {
        RunnelBox card = { point.x, point.y, point.x + RUNNEL_NODE_WIDTH,
                           point.y + RUNNEL_NODE_HEIGHT };

        first = (RunnelPoint) { MIN (first.x, point.x), MIN (first.y, point.y) };
        g_array_append_val (cards, card);
      }

  for (guint i = 0; i < cards->len; i++)
    {
      RunnelBox *card = &g_array_index (cards, RunnelBox, i);
      double dx = corner.x - first.x, dy = corner.y - first.y;

      *card = (RunnelBox) { card->x0 + dx, card->y0 + dy, card->x1 + dx, card->y1 + dy };
    }

  return cards;
}

static RunnelRoom *
make_room (RunnelCanvas *self)
{
  RunnelRoom *room = runnel_room_new (RUNNEL_SNAP);
  guint limit = runnel_scene_get_node_limit (self->scene);

  for (guint node = 0; node < limit; node++)
    {
      RunnelBox card;

      if (!runnel_scene_has_node (self->scene, node))
        continue;
      runnel_scene_get_node_box (self->scene, node, &card);
      runnel_room_take (room, &card);
    }

  return room;
}

/* The nearest place to `wanted`, on the grid, where the steps in a text cover no others: that of
 * their left upper corner. */
RunnelPoint
runnel_canvas_layout_find_room (RunnelCanvas *self,
                                const char   *text,
                                RunnelPoint   wanted)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  RunnelPoint point = { runnel_canvas_layout_snap (wanted.x), runnel_canvas_layout_snap (wanted.y) };
  g_autoptr(RunnelRoom) room = NULL;
  g_autoptr(GArray) cards = NULL;
  RunnelPoint shift;

  if (pipeline == NULL)
    return point;

  room = make_room (self);
  cards = list_cards (pipeline, point);
  shift = runnel_room_find_shift (room, (const RunnelBox *) cards->data, cards->len);

  return (RunnelPoint) { point.x + shift.x, point.y + shift.y };
}
