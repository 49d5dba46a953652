/* runnel-canvas-resize.c: notes are made larger and smaller by their edges
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

static double
snap (RunnelCanvas *self,
      double        value)
{
  return self->pointer.modifiers & GDK_SHIFT_MASK ? round (value)
                                                  : runnel_canvas_layout_snap (value);
}

/* The edges that were taken hold of follow the pointer; those across stay where they are. */
void
runnel_canvas_resize_update (RunnelCanvas *self,
                             double        dx,
                             double        dy)
{
  RunnelShownArea *note = self->pointer.press_area;
  const RunnelEdges edges = self->pointer.press_edges;
  const RunnelBox *before = &note->before;
  RunnelBox box = *before;

  if (edges & RUNNEL_EDGE_LEFT)
    box.x0 = MIN (snap (self, before->x0 + dx), before->x1 - RUNNEL_NOTE_MIN_WIDTH);
  if (edges & RUNNEL_EDGE_RIGHT)
    box.x1 = MAX (snap (self, before->x1 + dx), before->x0 + RUNNEL_NOTE_MIN_WIDTH);
  if (edges & RUNNEL_EDGE_TOP)
    box.y0 = MIN (snap (self, before->y0 + dy), before->y1 - RUNNEL_NOTE_MIN_HEIGHT);
  if (edges & RUNNEL_EDGE_BOTTOM)
    box.y1 = MAX (snap (self, before->y1 + dy), before->y0 + RUNNEL_NOTE_MIN_HEIGHT);

  note->box = box;
  runnel_canvas_show_area (self, note);
}

void
runnel_canvas_resize_cancel (RunnelCanvas *self)
{
  RunnelShownArea *note = self->pointer.press_area;

  note->box = note->before;
  runnel_canvas_show_area (self, note);
}

/* What was made of the note stays, by one edit. */
void
runnel_canvas_resize_end (RunnelCanvas *self)
{
  RunnelShownArea *note = self->pointer.press_area;
  const RunnelRect rect = runnel_canvas_get_note_rect (note);
  const char *id = note->id;
  RunnelEdit *edit;

  if (memcmp (&note->box, &note->before, sizeof note->box) == 0)
    return;

  edit = runnel_edit_new_place_notes (self->pipeline, &id, &rect, 1);
  runnel_canvas_resize_cancel (self);
  runnel_canvas_apply (self, runnel_edit_new_compound (_("Resize note"), &edit, 1));
}
