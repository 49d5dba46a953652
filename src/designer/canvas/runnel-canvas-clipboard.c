/* runnel-canvas-clipboard.c: steps as JSON text on the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define DUPLICATE_OFFSET (4 * RUNNEL_SNAP)

static JsonNode *
make_places (RunnelCanvas      *self,
             const char *const *ids)
{
  g_autoptr(JsonObject) layout = json_object_new ();
  JsonObject *places = json_object_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      RunnelPoint point = runnel_canvas_layout_get_position (self, ids[i]);
      JsonArray *place = json_array_new ();

      json_array_add_double_element (place, point.x);
      json_array_add_double_element (place, point.y);
      json_object_set_array_member (places, ids[i], place);
    }

  json_object_set_object_member (layout, "steps", places);
  return json_node_init_object (json_node_alloc (), layout);
}

/* Returns: (transfer full) (nullable): the selected steps as text, with the places where they are
 * seen, also when the document has none for them */
char *
runnel_canvas_copy_text (RunnelCanvas *self)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (self);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (ids[0] == NULL)
    return NULL;

  text = runnel_pipeline_copy_steps (self->pipeline, (const char *const *) ids);
  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || g_hash_table_size (self->arranged) == 0)
    return g_steal_pointer (&text);

  json_object_set_member (json_node_get_object (root), "layout",
                          make_places (self, (const char *const *) ids));
  return json_to_string (root, TRUE);
}

/* Adds the steps in a text, their upper left corner at `point`, and selects them. */
void
runnel_canvas_add_pasted (RunnelCanvas *self,
                          const char   *text,
                          RunnelPoint   point)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ids = NULL;
  RunnelEdit *edit;

  point.x = runnel_canvas_layout_snap (point.x);
  point.y = runnel_canvas_layout_snap (point.y);
  edit = runnel_edit_new_paste (self->pipeline, text, point, &ids, &error);
  if (edit == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return;
    }

  if (runnel_canvas_apply (self, edit))
    runnel_canvas_set_selection (self, (const char *const *) ids);
}

/* Pastes under the pointer, or in the middle when the pointer is elsewhere. */
static RunnelPoint
get_paste_point (RunnelCanvas *self)
{
  RunnelPoint point = runnel_canvas_get_center (self);

  if (self->pointer.inside)
    runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);

  return point;
}

static void
read_text_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RunnelCanvas) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);

  if (text == NULL)
    runnel_canvas_refuse (self, error->message);
  else if (runnel_canvas_can_edit (self))
    runnel_canvas_add_pasted (self, text, get_paste_point (self));
}

/**
 * runnel_canvas_copy:
 *
 * Puts the selected steps on the clipboard as JSON text.
 */
void
runnel_canvas_copy (RunnelCanvas *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  text = runnel_canvas_copy_text (self);
  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/**
 * runnel_canvas_cut:
 *
 * Copies the selected steps and deletes them.
 */
void
runnel_canvas_cut (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_copy (self);
  if (runnel_canvas_get_n_selected (self) > 0)
    runnel_canvas_delete (self);
}

/**
 * runnel_canvas_paste:
 *
 * Adds the steps that are on the clipboard as text, at the pointer when it is over the canvas.
 */
void
runnel_canvas_paste (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (runnel_canvas_can_edit (self))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, read_text_cb,
                                   g_object_ref (self));
}

/**
 * runnel_canvas_duplicate:
 *
 * Adds copies of the selected steps a little below and to the right, without the clipboard.
 */
void
runnel_canvas_duplicate (RunnelCanvas *self)
{
  g_autofree char *text = NULL;
  g_autoptr(GArray) nodes = NULL;
  RunnelPoint point = { G_MAXDOUBLE, G_MAXDOUBLE };

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  text = runnel_canvas_copy_text (self);
  if (text == NULL || !runnel_canvas_can_edit (self))
    return;

  nodes = runnel_canvas_list_selected (self);
  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelBox box;

      runnel_scene_get_node_box (self->scene, g_array_index (nodes, guint, i), &box);
      point = (RunnelPoint) { MIN (point.x, box.x0), MIN (point.y, box.y0) };
    }

  point.x += DUPLICATE_OFFSET;
  point.y += DUPLICATE_OFFSET;
  runnel_canvas_add_pasted (self, text, point);
}
