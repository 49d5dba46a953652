/* runnel-tidy-notes.c: notes stay beside what they were near to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-measures.h"
#include "layout/runnel-tidy-private.h"
#include "model/runnel-areas.h"

#define NEAR 160.0 /* world units between a note and the step that it goes with */
#define GAP 8.0    /* that notes keep from cards and from each other */

typedef struct
{
  char *id;
  RunnelRect before;
  RunnelRect after;
} TidyNote;

static void
note_clear (TidyNote *self)
{
  g_free (self->id);
}

GArray *
_runnel_tidy_notes_new (void)
{
  GArray *notes = g_array_new (FALSE, FALSE, sizeof (TidyNote));

  g_array_set_clear_func (notes, (GDestroyNotify) note_clear);
  return notes;
}

void
_runnel_tidy_read_notes (RunnelTidy     *self,
                         RunnelPipeline *pipeline)
{
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (pipeline);

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);
      TidyNote tidy_note = { g_strdup (note->id), note->rect, note->rect };

      g_array_append_val (self->notes, tidy_note);
    }
}

static RunnelBox
make_box (const RunnelRect *rect)
{
  return (RunnelBox) { rect->x, rect->y, rect->x + rect->width, rect->y + rect->height };
}

/* Between the nearest edges, 0 when they overlap. */
static double
get_distance (const RunnelBox *a,
              const RunnelBox *b)
{
  double dx = MAX (0, MAX (a->x0 - b->x1, b->x0 - a->x1));
  double dy = MAX (0, MAX (a->y0 - b->y1, b->y0 - a->y1));

  return hypot (dx, dy);
}

/* How far the step went that the note was near to; 0, 0 when it stayed, or when there is none. */
static RunnelPoint
get_shift (RunnelTidy     *self,
           const TidyNote *note)
{
  RunnelBox box = make_box (&note->before);
  RunnelPoint shift = { 0, 0 };
  double nearest = NEAR;

  for (guint i = 0; i < self->others->len; i++)
    nearest = MIN (nearest, get_distance (&box, &g_array_index (self->others, RunnelBox, i)));

  for (guint i = 0; i < self->ids->len; i++)
    {
      const RunnelPoint *before = &g_array_index (self->before, RunnelPoint, i);
      RunnelBox card = _runnel_tidy_make_card (*before);
      double distance;

      if (!_runnel_tidy_is_somewhere (before))
        continue;

      distance = get_distance (&box, &card);
      if (distance < nearest)
        {
          nearest = distance;
          shift = (RunnelPoint) { self->points[i].x - before->x, self->points[i].y - before->y };
        }
    }

  return shift;
}

/* Notes go with their steps, and off the cards that have come to lie under them. */
void
_runnel_tidy_place_notes (RunnelTidy *self)
{
  g_autoptr(RunnelRoom) room = NULL;

  if (self->notes->len == 0)
    return;

  room = runnel_room_new (GAP);
  for (guint i = 0; i < self->ids->len; i++)
    {
      RunnelBox card = _runnel_tidy_make_card (self->points[i]);

      runnel_room_take (room, &card);
    }

  for (guint i = 0; i < self->notes->len; i++)
    {
      TidyNote *note = &g_array_index (self->notes, TidyNote, i);
      RunnelPoint shift = get_shift (self, note);
      RunnelBox box;
      RunnelPoint clear;

      note->after.x += shift.x;
      note->after.y += shift.y;
      box = make_box (&note->after);
      clear = runnel_room_find_shift (room, &box, 1);
      note->after.x += clear.x;
      note->after.y += clear.y;

      box = make_box (&note->after);
      runnel_room_take (room, &box);
    }
}

/* Returns: (transfer full) (nullable): the edit of the notes that move */
RunnelEdit *
_runnel_tidy_make_notes_edit (RunnelTidy     *self,
                              RunnelPipeline *pipeline)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) rects = g_array_new (FALSE, FALSE, sizeof (RunnelRect));

  for (guint i = 0; i < self->notes->len; i++)
    {
      const TidyNote *note = &g_array_index (self->notes, TidyNote, i);

      if (note->before.x == note->after.x && note->before.y == note->after.y)
        continue;
      g_ptr_array_add (ids, note->id);
      g_array_append_val (rects, note->after);
    }

  if (ids->len == 0)
    return NULL;

  return runnel_edit_new_place_notes (pipeline, (const char *const *) ids->pdata,
                                      (const RunnelRect *) rects->data, ids->len);
}
