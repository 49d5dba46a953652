/* runnel-canvas-add.c: new steps from the quick-add popover and from the palette
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-quick-add.h"

#define BESIDE 104 /* world units between a step and the one added after it */

static JsonArray *
make_needs (const char *from,
            RunnelOn    on)
{
  JsonArray *needs = json_array_new ();

  if (on == RUNNEL_ON_SUCCESS)
    {
      json_array_add_string_element (needs, from);
    }
  else
    {
      JsonObject *need = json_object_new ();

      json_object_set_string_member (need, "step", from);
      json_object_set_string_member (need, "on", runnel_on_to_string (on));
      json_array_add_object_element (needs, need);
    }

  return needs;
}

static RunnelStep *
make_step (const char *id,
           const char *kind,
           const char *from,
           RunnelOn    on)
{
  g_autoptr(JsonObject) json = json_object_new ();
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();

  json_object_set_string_member (json, "id", id);
  json_object_set_string_member (json, "kind", kind);
  if (from != NULL)
    json_object_set_array_member (json, "needs", make_needs (from, on));

  return runnel_step_new (json, "", diagnostics);
}

/**
 * runnel_canvas_add_kind:
 * @kind: name of a registered kind
 * @point: (nullable): the upper left corner in world units; %NULL is the middle of what is seen.
 *   The card goes to the grid, and down until it covers no other
 * @from: (nullable): a step that the new one follows
 * @on: the outcome of @from on which the new step starts
 *
 * Adds a step, selects it and makes sure that it is seen.
 *
 * Returns: (transfer full) (nullable): the new step's id, or %NULL when it can't be added
 */
char *
runnel_canvas_add_kind (RunnelCanvas      *self,
                        const char        *kind,
                        const RunnelPoint *point,
                        const char        *from,
                        RunnelOn           on)
{
  g_autofree char *id = NULL;
  g_autoptr(RunnelStep) step = NULL;
  RunnelPoint place;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  if (!runnel_canvas_can_edit (self))
    return NULL;

  place = runnel_canvas_layout_find_free (self, point != NULL ? *point
                                                              : runnel_canvas_get_center (self));
  id = runnel_pipeline_make_step_id (self->pipeline, kind);
  step = make_step (id, kind, from, on);

  if (step == NULL
      || !runnel_canvas_apply (self, runnel_edit_new_add_step (self->pipeline, step, place)))
    return NULL;

  runnel_canvas_reveal (self, id);
  return g_steal_pointer (&id);
}

static void
kind_chosen_cb (RunnelCanvas *self,
                const char   *kind)
{
  g_autofree char *id = NULL;
  g_autofree char *from = g_steal_pointer (&self->add_from);

  g_assert (RUNNEL_IS_CANVAS (self));

  if (from != NULL && runnel_canvas_find_node (self, from) == RUNNEL_NO_INDEX)
    g_clear_pointer (&from, g_free);

  id = runnel_canvas_add_kind (self, kind, &self->add_point, from, self->add_on);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
closed_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * runnel_canvas_quick_add:
 * @point: where the new step's input will be, in world units
 * @from: (nullable): a step that the new one follows
 * @on: the outcome of @from on which the new step starts
 *
 * Lets the person search for a kind, and adds a step of it.
 */
void
runnel_canvas_quick_add (RunnelCanvas *self,
                         RunnelPoint   point,
                         const char   *from,
                         RunnelOn      on)
{
  double x, y;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  g_free (self->add_from);
  self->add_from = g_strdup (from);
  self->add_on = on;
  self->add_point = (RunnelPoint) { point.x, point.y - RUNNEL_NODE_HEIGHT / 2.0 };

  runnel_viewport_from_world (&self->view, point.x, point.y, &x, &y);
  runnel_canvas_view_point_popover (self, self->quick_add, x, y);
  gtk_popover_popup (GTK_POPOVER (self->quick_add));
}

/* Quick-add from the keyboard: at the pointer, or after the step where the keyboard is. */
void
runnel_canvas_add_at_hand (RunnelCanvas *self)
{
  RunnelPoint point = runnel_canvas_get_center (self);
  guint node = self->focus_node;

  if (self->pointer.inside)
    {
      runnel_canvas_view_to_world (self, self->pointer.x, self->pointer.y, &point.x, &point.y);
    }
  else if (node != RUNNEL_NO_INDEX)
    {
      RunnelBox box;

      runnel_canvas_view_reveal_node (self, node);
      runnel_scene_get_node_box (self->scene, node, &box);
      point = (RunnelPoint) { box.x1 + BESIDE, (box.y0 + box.y1) / 2 };
      runnel_canvas_quick_add (self, point, runnel_canvas_get_node_id (self, node),
                               RUNNEL_ON_SUCCESS);
      return;
    }

  runnel_canvas_quick_add (self, point, NULL, RUNNEL_ON_SUCCESS);
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

  if (!g_str_has_prefix (text, RUNNEL_CANVAS_KIND_PREFIX) || runnel_kind_lookup (kind) == NULL)
    return FALSE;

  id = runnel_canvas_add_kind (self, kind, &point, NULL, RUNNEL_ON_SUCCESS);
  gtk_widget_grab_focus (GTK_WIDGET (self));

  return id != NULL;
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
drop_motion_cb (RunnelCanvas *self,
                double        x,
                double        y)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->dropping = TRUE;
  self->drop_point = get_drop_point (self, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->dropping = FALSE;
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
