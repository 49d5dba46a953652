/* runnel-canvas-clipboard.c: steps as JSON text on the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/canvas/runnel-canvas-private.h"

#define STEPS_TYPE "application/x-runnel-steps+json"
#define DUPLICATE_OFFSET (4 * RUNNEL_SNAP)

/* Puts the places where steps are seen into the layout, also those that the document lacks. */
static void
add_places (RunnelCanvas      *self,
            const char *const *ids,
            JsonObject        *layout)
{
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
}

/* Returns: (transfer full) (nullable): the selected steps, those of the selected groups and the
 * selected notes as text, with the places where they are seen */
char *
runnel_canvas_copy_text (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected_deeply (self);
  g_auto(GStrv) ids = runnel_canvas_list_ids (self, nodes);
  g_auto(GStrv) notes = runnel_canvas_get_selected_notes (self);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) root = NULL;
  JsonObject *object;

  if (ids[0] == NULL && notes[0] == NULL)
    return NULL;

  text = runnel_pipeline_copy_parts (self->pipeline, (const char *const *) ids,
                                     (const char *const *) notes);
  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || g_hash_table_size (self->arranged) == 0)
    return g_steal_pointer (&text);

  object = json_node_get_object (root);
  if (!json_object_has_member (object, "layout"))
    json_object_set_object_member (object, "layout", json_object_new ());
  add_places (self, (const char *const *) ids, json_object_get_object_member (object, "layout"));
  return json_to_string (root, TRUE);
}

/* Selects these steps and notes and nothing else. */
void
runnel_canvas_select_pasted (RunnelCanvas *self,
                             GStrv         ids,
                             GStrv         notes)
{
  gboolean changed = FALSE;

  runnel_canvas_set_selection (self, (const char *const *) ids);
  for (guint i = 0; notes[i] != NULL; i++)
    {
      RunnelShownArea *note = runnel_canvas_find_area (self, RUNNEL_AREA_NOTE, notes[i]);

      if (note != NULL)
        changed |= runnel_canvas_select_area (self, note, TRUE);
    }

  if (changed)
    runnel_canvas_emit_selection_changed (self);
}

/* Adds the steps and notes in a text and selects them; `label` is what that is called in the history,
 * NULL for a paste. */
static void
add_pasted (RunnelCanvas     *self,
            const char       *text,
            RunnelPoint       point,
            RunnelPasteLinks  links,
            const char       *label)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) ids = NULL;
  g_auto(GStrv) notes = NULL;
  RunnelEdit *edit;

  point.x = runnel_canvas_layout_snap (point.x);
  point.y = runnel_canvas_layout_snap (point.y);
  edit = runnel_edit_new_paste_parts (self->pipeline, text, point, links, &ids, &notes, &error);
  if (edit == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return;
    }

  if (label != NULL)
    edit = runnel_edit_new_compound (label, &edit, 1);
  if (runnel_canvas_apply (self, edit))
    runnel_canvas_select_pasted (self, ids, notes);
}

/* Adds the steps and notes in a text, their upper left corner at `point`, and selects them. */
void
runnel_canvas_add_pasted (RunnelCanvas *self,
                          const char   *text,
                          RunnelPoint   point)
{
  add_pasted (self, text, point, RUNNEL_PASTE_INNER_LINKS, NULL);
}

/* Pastes under the pointer, or in the middle when the pointer is elsewhere, or near there where
 * there is room. */
static RunnelPoint
get_paste_point (RunnelCanvas *self,
                 const char   *text)
{
  RunnelPoint point = runnel_canvas_get_center (self);

  if (self->pointer.inside)
    runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);

  return runnel_canvas_layout_find_room (self, text, point);
}

static void
paste (RunnelCanvas     *self,
       GObject          *clipboard,
       GAsyncResult     *result,
       RunnelPasteLinks  links)
{
  g_autofree char *text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (text == NULL)
    runnel_canvas_refuse (self, _("There is no text on the clipboard that could be pasted."));
  else if (runnel_canvas_can_edit (self))
    add_pasted (self, text, get_paste_point (self, text), links, NULL);
}

static void
read_text_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RunnelCanvas) self = user_data;

  paste (self, object, result, RUNNEL_PASTE_INNER_LINKS);
}

static void
read_linked_text_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(RunnelCanvas) self = user_data;

  paste (self, object, result, RUNNEL_PASTE_INCOMING_LINKS);
}

/* A text for everybody, and the same by a name that tells other programs what it is. */
static GdkContentProvider *
make_content (const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));
  GdkContentProvider *parts[] = {
    gdk_content_provider_new_for_bytes (STEPS_TYPE, bytes),
    gdk_content_provider_new_typed (G_TYPE_STRING, text),
  };

  return gdk_content_provider_new_union (parts, G_N_ELEMENTS (parts));
}

/**
 * runnel_canvas_copy:
 *
 * Puts the selected steps, groups and notes on the clipboard as JSON text.
 */
void
runnel_canvas_copy (RunnelCanvas *self)
{
  g_autoptr(GdkContentProvider) content = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  text = runnel_canvas_copy_text (self);
  if (text == NULL)
    return;

  content = make_content (text);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
}

/**
 * runnel_canvas_cut:
 *
 * Copies what is selected and deletes it.
 */
void
runnel_canvas_cut (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_copy (self);
  if (self->selected_link == RUNNEL_NO_INDEX)
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
 * runnel_canvas_paste_linked:
 *
 * As runnel_canvas_paste(), but the steps keep their links from steps that are not pasted with them
 * and are in the pipeline.
 */
void
runnel_canvas_paste_linked (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (runnel_canvas_can_edit (self))
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL,
                                   read_linked_text_cb, g_object_ref (self));
}

/* The upper left corner of what would be copied. */
RunnelPoint
runnel_canvas_get_selected_corner (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected_deeply (self);
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);
  RunnelPoint corner = { G_MAXDOUBLE, G_MAXDOUBLE };

  for (guint i = 0; i < nodes->len; i++)
    {
      const char *id = runnel_canvas_get_node_id (self, g_array_index (nodes, guint, i));
      RunnelPoint point = runnel_canvas_layout_get_position (self, id);

      corner = (RunnelPoint) { MIN (corner.x, point.x), MIN (corner.y, point.y) };
    }

  for (guint i = 0; i < areas->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (areas, i);

      if (area->kind == RUNNEL_AREA_NOTE)
        corner = (RunnelPoint) { MIN (corner.x, area->box.x0), MIN (corner.y, area->box.y0) };
    }

  return corner;
}

/**
 * runnel_canvas_duplicate:
 *
 * Adds copies of what is selected a little below and to the right, without the clipboard.
 */
void
runnel_canvas_duplicate (RunnelCanvas *self)
{
  g_autofree char *text = NULL;
  RunnelPoint point;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  text = runnel_canvas_copy_text (self);
  if (text == NULL || !runnel_canvas_can_edit (self))
    return;

  point = runnel_canvas_get_selected_corner (self);
  point.x += DUPLICATE_OFFSET;
  point.y += DUPLICATE_OFFSET;
  add_pasted (self, text, point, RUNNEL_PASTE_INNER_LINKS, _("Duplicate"));
}
