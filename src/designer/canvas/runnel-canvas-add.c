/* runnel-canvas-add.c: new steps from the quick-add popover and from the palette
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-quick-add.h"

#define BESIDE 104 /* world units between a step and the one added after it */

static RunnelStep *
make_step (const char *id,
           const char *kind)
{
  g_autoptr(JsonObject) json = json_object_new ();
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();

  json_object_set_string_member (json, "id", id);
  json_object_set_string_member (json, "kind", kind);

  return runnel_step_new (json, "", diagnostics);
}

/* Adds a step, and links it when it comes at the end of a link or on one. */
static RunnelEdit *
make_edit (RunnelCanvas           *self,
           RunnelStep             *step,
           RunnelPoint             place,
           const RunnelCanvasLink *link,
           GError                **error)
{
  RunnelEdit *edits[2];

  if (link == NULL)
    return runnel_edit_new_add_step (self->pipeline, step, place);

  edits[0] = runnel_edit_new_insert_on_link (self->pipeline, step, link, error);
  if (edits[0] == NULL)
    return NULL;

  edits[1] = runnel_edit_new_move_steps (&step->id, &place, 1);
  return runnel_edit_new_compound (runnel_edit_get_label (edits[0]), edits, G_N_ELEMENTS (edits));
}

/**
 * runnel_canvas_add_kind:
 * @kind: name of a registered kind
 * @point: (nullable): the upper left corner in world units; %NULL is the middle of what is seen.
 *   The card goes to the grid, and down until it covers no other
 * @link: (nullable): the link between the ends of which the step goes; without the one end or the
 *   other it follows or precedes a step
 *
 * Adds a step, selects it and makes sure that it is seen.
 *
 * Returns: (transfer full) (nullable): the new step's id, or %NULL when it can't be added
 */
char *
runnel_canvas_add_kind (RunnelCanvas           *self,
                        const char             *kind,
                        const RunnelPoint      *point,
                        const RunnelCanvasLink *link)
{
  g_autofree char *id = NULL;
  g_autoptr(RunnelStep) step = NULL;
  g_autoptr(GError) error = NULL;
  RunnelPoint place;
  RunnelEdit *edit;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  if (!runnel_canvas_can_edit (self))
    return NULL;

  place = runnel_canvas_layout_find_free (self, point != NULL ? *point
                                                              : runnel_canvas_get_center (self));
  id = runnel_pipeline_make_step_id (self->pipeline, kind);
  step = make_step (id, kind);
  edit = make_edit (self, step, place, link, &error);
  if (edit == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return NULL;
    }

  if (!runnel_canvas_apply (self, edit))
    return NULL;

  runnel_canvas_reveal (self, id);
  return g_steal_pointer (&id);
}

static void
clear_adding (RunnelCanvas *self)
{
  g_clear_pointer (&self->adding.from, g_free);
  g_clear_pointer (&self->adding.to, g_free);
}

/* A step that was to come before or after may be gone in the meantime. */
static const char *
keep_if_there (RunnelCanvas *self,
               const char   *id)
{
  return id != NULL && runnel_canvas_find_node (self, id) != RUNNEL_NO_INDEX ? id : NULL;
}

static void
kind_chosen_cb (RunnelCanvas *self,
                const char   *kind)
{
  RunnelCanvasLink link = { keep_if_there (self, self->adding.from),
                            keep_if_there (self, self->adding.to), self->adding.on };
  g_autofree char *id = NULL;

  g_assert (RUNNEL_IS_CANVAS (self));

  id = runnel_canvas_add_kind (self, kind, &self->adding.point,
                               link.from != NULL || link.to != NULL ? &link : NULL);
  clear_adding (self);
  self->by_keyboard = TRUE; /* another one goes after it, unless the pointer goes elsewhere */
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
closed_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Which point of the new card is at the point that was asked for: the input after another step, the
 * output before one, the middle between two. */
static RunnelPoint
place_card (RunnelPoint             point,
            const RunnelCanvasLink *link)
{
  if (link != NULL && link->to != NULL)
    point.x -= link->from != NULL ? RUNNEL_NODE_WIDTH / 2.0 : RUNNEL_NODE_WIDTH;
  point.y -= RUNNEL_NODE_HEIGHT / 2.0;

  return point;
}

/**
 * runnel_canvas_quick_add:
 * @point: where the new step goes, in world units: its input; its output when it only precedes a
 *   step, its middle between two
 * @link: (nullable): the link between the ends of which the step goes; without the one end or the
 *   other it follows or precedes a step
 *
 * Lets the person search for a kind, and adds a step of it.
 */
void
runnel_canvas_quick_add (RunnelCanvas           *self,
                         RunnelPoint             point,
                         const RunnelCanvasLink *link)
{
  double x, y;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  clear_adding (self);
  self->adding.point = place_card (point, link);
  if (link != NULL)
    {
      self->adding.from = g_strdup (link->from);
      self->adding.to = g_strdup (link->to);
      self->adding.on = link->on;
    }

  runnel_viewport_from_world (&self->view, point.x, point.y, &x, &y);
  runnel_canvas_view_point_popover (self, self->quick_add, x, y);
  gtk_popover_popup (GTK_POPOVER (self->quick_add));
}

/* Quick-add from the keyboard: at the pointer, or after the step where the keyboard is, if a key and
 * not the pointer led there. */
void
runnel_canvas_add_at_hand (RunnelCanvas *self)
{
  RunnelPoint point = runnel_canvas_get_center (self);
  RunnelCanvasLink link = { .on = RUNNEL_ON_SUCCESS };
  guint node = self->focus_node;

  if (self->pointer.inside && !(self->by_keyboard && node != RUNNEL_NO_INDEX))
    {
      runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);
    }
  else if (node != RUNNEL_NO_INDEX)
    {
      RunnelBox box;

      runnel_canvas_view_reveal_node (self, node);
      runnel_scene_get_node_box (self->scene, node, &box);
      point = (RunnelPoint) { box.x1 + BESIDE, (box.y0 + box.y1) / 2 };
      link.from = runnel_canvas_get_node_id (self, node);
      runnel_canvas_quick_add (self, point, &link);
      return;
    }

  runnel_canvas_quick_add (self, point, NULL);
}

/* A card that is dropped has its middle under the pointer, as near as the grid allows. */
static RunnelPoint
get_drop_point (RunnelCanvas *self,
                double        x,
                double        y)
{
  RunnelPoint point;

  runnel_canvas_view_to_world (self, x, y, &point.x, &point.y);
  point.x = runnel_canvas_layout_snap (point.x - RUNNEL_NODE_WIDTH / 2.0);
  point.y = runnel_canvas_layout_snap (point.y - RUNNEL_NODE_HEIGHT / 2.0);

  return point;
}

static void
aim (RunnelCanvas *self,
     RunnelPoint   point)
{
  runnel_canvas_aim (self, &(RunnelBox) { point.x, point.y, point.x + RUNNEL_NODE_WIDTH,
                                          point.y + RUNNEL_NODE_HEIGHT });
}

/* Takes the name of a kind dropped by the palette. */
gboolean
runnel_canvas_drop_text (RunnelCanvas *self,
                         const char   *text,
                         double        x,
                         double        y)
{
  const char *kind = text + strlen (RUNNEL_CANVAS_KIND_PREFIX);
  g_autofree char *id = NULL;
  RunnelPoint point = get_drop_point (self, x, y);
  RunnelCanvasLink link;
  gboolean aimed;

  if (!g_str_has_prefix (text, RUNNEL_CANVAS_KIND_PREFIX) || runnel_kind_lookup (kind) == NULL)
    return FALSE;

  aim (self, point);
  aimed = runnel_canvas_get_aim (self, &link);
  runnel_canvas_aim_at (self, RUNNEL_NO_INDEX);
  id = runnel_canvas_add_kind (self, kind, &point, aimed ? &link : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self));

  return id != NULL;
}

/* Something that makes a step is held over the canvas. */
void
runnel_canvas_drop_motion (RunnelCanvas    *self,
                           double           x,
                           double           y,
                           GdkModifierType  modifiers)
{
  RunnelPoint point = get_drop_point (self, x, y);

  self->dropping = TRUE;
  self->drop_point = point;
  self->pointer.modifiers = modifiers;
  aim (self, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
drop_cb (RunnelCanvas *self,
         const GValue *value,
         double        x,
         double        y)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  return runnel_canvas_drop_text (self, g_value_get_string (value), x, y);
}

static GdkDragAction
drop_motion_cb (RunnelCanvas       *self,
                double              x,
                double              y,
                GtkEventController *target)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  runnel_canvas_drop_motion (self, x, y, gtk_event_controller_get_current_event_state (target));
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->dropping = FALSE;
  runnel_canvas_aim_at (self, RUNNEL_NO_INDEX);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
accept_cb (RunnelCanvas *self,
           GdkDrop      *drop)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  return runnel_canvas_can_edit (self)
         && gdk_content_formats_contain_gtype (gdk_drop_get_formats (drop), G_TYPE_STRING);
}

void
runnel_canvas_add_init (RunnelCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "accept", G_CALLBACK (accept_cb), self);
  g_signal_connect_swapped (target, "enter", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  self->quick_add = runnel_quick_add_new ();
  gtk_widget_set_parent (self->quick_add, GTK_WIDGET (self));
  g_signal_connect_swapped (self->quick_add, "kind-chosen", G_CALLBACK (kind_chosen_cb), self);
  g_signal_connect_swapped (self->quick_add, "closed", G_CALLBACK (closed_cb), self);
}
