/* runnel-canvas-cut.c: removing links by a stroke across them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

static void
doom (RunnelCanvas *self,
      guint         link,
      gboolean      doomed)
{
  runnel_scene_set_link_flags (self->scene, link, RUNNEL_LINK_DOOMED,
                               doomed ? RUNNEL_LINK_DOOMED : 0);
}

void
runnel_canvas_stroke_begin (RunnelCanvas *self)
{
  RunnelPoint point = { self->pointer.world_x, self->pointer.world_y };

  g_array_set_size (self->pointer.stroke, 0);
  g_array_append_val (self->pointer.stroke, point);
  g_hash_table_remove_all (self->pointer.cut_links);
}

/* The stroke goes on to the pointer, and marks what it crosses on the way. */
void
runnel_canvas_stroke_update (RunnelCanvas *self)
{
  GArray *stroke = self->pointer.stroke;
  RunnelPoint last = g_array_index (stroke, RunnelPoint, stroke->len - 1);
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (guint));
  RunnelPoint point;

  if (!runnel_canvas_can_edit (self))
    return;

  runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);
  g_array_append_val (stroke, point);
  runnel_pick_links_across (self->scene, last.x, last.y, point.x, point.y, links);

  for (guint i = 0; i < links->len; i++)
    {
      guint link = g_array_index (links, guint, i);

      if (g_hash_table_add (self->pointer.cut_links, GUINT_TO_POINTER (link)))
        doom (self, link, TRUE);
    }
}

/* Forgets the stroke. */
void
runnel_canvas_stroke_cancel (RunnelCanvas *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pointer.cut_links);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    doom (self, GPOINTER_TO_UINT (key), FALSE);

  g_hash_table_remove_all (self->pointer.cut_links);
  g_array_set_size (self->pointer.stroke, 0);
}

/* Removes what the stroke crossed, by one edit. */
void
runnel_canvas_stroke_end (RunnelCanvas *self)
{
  g_autoptr(GArray) names = g_array_new (FALSE, FALSE, sizeof (RunnelCanvasLink));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pointer.cut_links);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      RunnelCanvasLink name;

      runnel_canvas_get_link_name (self, GPOINTER_TO_UINT (key), &name);
      g_array_append_val (names, name);
    }

  runnel_canvas_drag_cancel (self);
  if (names->len > 0)
    runnel_canvas_apply (self, runnel_edit_new_disconnect (
      self->pipeline, (const RunnelCanvasLink *) names->data, names->len));
}
