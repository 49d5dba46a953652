/* runnel-canvas-area-edits.c: what the actions do to groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

#define NEW_WIDTH 240 /* of a note, world units */
#define NEW_HEIGHT 120

RunnelRect
runnel_canvas_get_note_rect (const RunnelShownArea *note)
{
  return (RunnelRect) { note->box.x0, note->box.y0, note->box.x1 - note->box.x0,
                        note->box.y1 - note->box.y0 };
}

/* Returns: (transfer full): a title that no group has */
static char *
make_title (RunnelCanvas *self)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *title = g_strdup_printf (_("Group %u"), i);
      gboolean taken = FALSE;

      for (guint a = 0; a < self->areas->len; a++)
        taken |= g_str_equal (((RunnelShownArea *) g_ptr_array_index (self->areas, a))->text,
                              title);
      if (!taken)
        return g_steal_pointer (&title);
    }
}

/**
 * runnel_canvas_group:
 *
 * Puts a frame around the selected steps, and the steps of the selected groups, and asks for its
 * title.
 */
void
runnel_canvas_group (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = NULL;
  g_auto(GStrv) ids = NULL;
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;
  RunnelShownArea *group;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  nodes = runnel_canvas_list_selected_deeply (self);
  if (!runnel_canvas_can_edit (self) || nodes->len == 0)
    return;

  ids = runnel_canvas_list_ids (self, nodes);
  title = make_title (self);
  if (!runnel_canvas_apply (self, runnel_edit_new_add_group (self->pipeline, title,
                                                             (const char *const *) ids, &id)))
    return;

  group = runnel_canvas_find_area (self, RUNNEL_AREA_GROUP, id);
  runnel_canvas_select_only_area (self, group);
  runnel_canvas_edit_area (self, group);
}

/**
 * runnel_canvas_ungroup:
 *
 * Takes the frames of the selected groups away, or those around the selected steps; the steps stay.
 */
void
runnel_canvas_ungroup (RunnelCanvas *self)
{
  g_auto(GStrv) ids = NULL;
  g_autoptr(GArray) nodes = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  ids = runnel_canvas_get_selected_groups (self);
  nodes = runnel_canvas_list_selected (self);
  if (ids[0] == NULL)
    {
      g_autoptr(GStrvBuilder) around = g_strv_builder_new ();
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

      for (guint i = 0; i < nodes->len; i++)
        {
          RunnelShownArea *group = runnel_canvas_get_group_of (self,
                                                               g_array_index (nodes, guint, i));

          if (group != NULL && g_hash_table_add (seen, group))
            g_strv_builder_add (around, group->id);
        }
      g_strfreev (ids);
      ids = g_strv_builder_end (around);
    }

  if (ids[0] == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    runnel_canvas_apply (self, runnel_edit_new_delete_parts (self->pipeline, NULL,
                                                             (const char *const *) ids, NULL));
}

/**
 * runnel_canvas_add_note:
 *
 * Begins a note at the pointer when it is over the canvas, else in the middle. It is part of the
 * document when something was written.
 */
void
runnel_canvas_add_note (RunnelCanvas *self)
{
  RunnelRect rect = { .width = NEW_WIDTH, .height = NEW_HEIGHT };
  RunnelPoint point;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  point = runnel_canvas_get_center (self);
  if (self->pointer.inside)
    runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);

  rect.x = runnel_canvas_layout_snap (point.x);
  rect.y = runnel_canvas_layout_snap (point.y);
  runnel_canvas_edit_new_note (self, &rect);
}

/* Gives the selected groups and notes a colour, by name; "" takes it away. */
void
runnel_canvas_set_area_color (RunnelCanvas *self,
                              const char   *color)
{
  g_auto(GStrv) groups = runnel_canvas_get_selected_groups (self);
  g_auto(GStrv) notes = runnel_canvas_get_selected_notes (self);

  if (!runnel_canvas_can_edit (self) || runnel_canvas_get_n_selected_areas (self) == 0)
    return;

  runnel_canvas_apply (self, runnel_edit_new_color_areas (self->pipeline,
                                                          (const char *const *) groups,
                                                          (const char *const *) notes,
                                                          *color != '\0' ? color : NULL));
}
