/* runnel-canvas-clone.c: dragging copies of steps, groups and notes to another place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

static void
begin (RunnelCanvas *self)
{
  if (!runnel_canvas_is_selected (self, self->pointer.press_node))
    runnel_canvas_select_only (self, self->pointer.press_node);

  runnel_canvas_move_remember (self);
}

/* Nothing but the way: the copies come to be when the button goes up. */
void
runnel_canvas_clone_update (RunnelCanvas *self,
                            double        dx,
                            double        dy)
{
  if (!runnel_canvas_can_edit (self))
    return;

  if (self->pointer.moved_nodes->len == 0)
    begin (self);

  runnel_canvas_move_snap (self, &dx, &dy);
  self->pointer.moved_x = dx;
  self->pointer.moved_y = dy;
  runnel_canvas_aim_moved (self);
}

/* Where the upper left corner of the copies is. */
static RunnelPoint
get_corner (RunnelCanvas *self)
{
  RunnelPoint corner = runnel_canvas_get_selected_corner (self);

  return (RunnelPoint) { corner.x + self->pointer.moved_x, corner.y + self->pointer.moved_y };
}

/* Puts the step that `paste` (transfer full) adds between the ends of a link. It has to be there to be
 * linked, so the edit is made for a pipeline where it is. */
static RunnelEdit *
insert_pasted (RunnelCanvas           *self,
               RunnelEdit             *paste,
               const char             *id,
               const RunnelCanvasLink *link)
{
  g_autoptr(RunnelPipeline) twin = runnel_pipeline_copy (self->pipeline);
  g_autoptr(RunnelEdit) inverse = runnel_edit_apply (paste, twin, NULL);
  RunnelEdit *edits[2] = { paste };
  guint index;

  if (inverse != NULL && runnel_pipeline_find_step (twin, id, &index))
    edits[1] = runnel_edit_new_insert_on_link (twin, runnel_pipeline_get_step (twin, index), link,
                                               NULL);
  if (edits[1] == NULL)
    return paste;

  return runnel_edit_new_compound (runnel_edit_get_label (edits[1]), edits, G_N_ELEMENTS (edits));
}

static RunnelEdit *
make_edit (RunnelCanvas   *self,
           char         ***ret_ids,
           char         ***ret_notes,
           GError        **error)
{
  g_autofree char *text = runnel_canvas_copy_text (self);
  RunnelCanvasLink link;
  RunnelEdit *paste;

  if (text == NULL)
    return NULL;

  paste = runnel_edit_new_paste_parts (self->pipeline, text, get_corner (self),
                                       RUNNEL_PASTE_INNER_LINKS, ret_ids, ret_notes, error);
  if (paste == NULL)
    return NULL;
  if (runnel_canvas_get_aim (self, &link))
    return insert_pasted (self, paste, (*ret_ids)[0], &link);

  return runnel_edit_new_compound (_("Duplicate"), &paste, 1);
}

/* The copies come to be, by one edit, and are selected. */
void
runnel_canvas_clone_end (RunnelCanvas *self)
{
  g_auto(GStrv) ids = NULL;
  g_auto(GStrv) notes = NULL;
  g_autoptr(GError) error = NULL;
  RunnelEdit *edit;

  if (self->pointer.moved_nodes->len == 0)
    return;

  edit = make_edit (self, &ids, &notes, &error);
  runnel_canvas_drag_cancel (self);
  if (edit != NULL && runnel_canvas_apply (self, edit))
    runnel_canvas_select_pasted (self, ids, notes);
  else if (error != NULL)
    runnel_canvas_refuse (self, error->message);
}
