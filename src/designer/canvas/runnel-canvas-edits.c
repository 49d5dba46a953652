/* runnel-canvas-edits.c: what the actions do to the document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

static void
delete_link (RunnelCanvas *self)
{
  RunnelCanvasLink link;

  runnel_canvas_get_selected_link (self, &link);
  runnel_canvas_apply (self, runnel_edit_new_disconnect (self->pipeline, link.from, link.to,
                                                         link.on));
}

/**
 * runnel_canvas_delete:
 *
 * Deletes the selected steps with their links, or the selected link.
 */
void
runnel_canvas_delete (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  if (self->selected_link != RUNNEL_NO_INDEX)
    {
      delete_link (self);
    }
  else if (runnel_canvas_get_n_selected (self) > 0)
    {
      g_auto(GStrv) ids = runnel_canvas_get_selection (self);

      runnel_canvas_apply (self, runnel_edit_new_delete_steps (self->pipeline,
                                                               (const char *const *) ids));
    }
}

static gboolean
is_link (const RunnelNeed       *need,
         const RunnelCanvasLink *link)
{
  return need->on == link->on && g_str_equal (need->step, link->from);
}

/* A need as the file has it, but on another outcome; whether it handles a failure stays as said. */
static JsonNode *
make_need (JsonNode *before,
           JsonNode *step,
           RunnelOn  on)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *handles = NULL;

  if (JSON_NODE_HOLDS_OBJECT (before))
    handles = json_object_get_member (json_node_get_object (before), "handles");

  if (on == RUNNEL_ON_SUCCESS && handles == NULL)
    return json_node_copy (step);

  json_object_set_member (object, "step", json_node_copy (step));
  json_object_set_string_member (object, "on", runnel_on_to_string (on));
  if (handles != NULL)
    json_object_set_member (object, "handles", json_node_copy (handles));

  return json_node_init_object (json_node_alloc (), object);
}

/* The step's needs with one of them on another outcome. */
static JsonNode *
replace_need (RunnelStep             *step,
              const RunnelCanvasLink *link,
              RunnelOn                on)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (step, "needs");
  JsonArray *before = json_node_get_array (needs);
  g_autoptr(JsonArray) after = json_array_new ();
  guint next = 0;

  for (guint i = 0; i < json_array_get_length (before); i++)
    {
      JsonNode *element = json_array_get_element (before, i);
      const RunnelNeed *need = NULL;

      if (next < step->n_needs && step->needs[next].position == i)
        need = &step->needs[next++];

      if (need != NULL && is_link (need, link))
        {
          g_autoptr(JsonNode) name = json_node_init_string (json_node_alloc (), need->step);

          json_array_add_element (after, make_need (element, name, on));
        }
      else
        {
          json_array_add_element (after, json_node_copy (element));
        }
    }

  return json_node_init_array (json_node_alloc (), after);
}

/* Lets the selected link fire on another outcome. */
void
runnel_canvas_set_link_on (RunnelCanvas *self,
                           RunnelOn      on)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr(JsonNode) needs = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelEdit) test = NULL;
  RunnelCanvasLink link;

  if (!runnel_canvas_can_edit (self) || !runnel_canvas_get_selected_link (self, &link)
      || link.on == on)
    return;

  test = runnel_edit_new_connect (self->pipeline, link.from, link.to, on, &error);
  if (test == NULL)
    {
      runnel_canvas_refuse (self, error->message);
      return;
    }

  from = g_strdup (link.from);
  to = g_strdup (link.to);
  needs = replace_need (runnel_canvas_get_node_step (self, runnel_canvas_find_node (self, to)),
                        &link, on);
  if (runnel_canvas_apply (self, runnel_edit_new_set_field (self->pipeline, to, "needs", needs)))
    runnel_canvas_set_selected_link (self, &(RunnelCanvasLink) { from, to, on });
}

static JsonNode *
make_disabled_value (RunnelEnabled enabled)
{
  if (enabled == RUNNEL_DISABLED)
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (enabled == RUNNEL_BYPASSED)
    return json_node_init_string (json_node_alloc (), "bypass");

  return NULL;
}

static const char *
get_enabled_label (RunnelEnabled enabled)
{
  switch (enabled)
    {
    case RUNNEL_DISABLED:
      return _("Disable");
    case RUNNEL_BYPASSED:
      return _("Bypass");
    case RUNNEL_ENABLED:
    default:
      return _("Enable");
    }
}

/* Makes all selected steps disabled (or bypassed), or enabled when all of them are that already. */
void
runnel_canvas_toggle_enabled (RunnelCanvas  *self,
                              RunnelEnabled  enabled)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_selected (self);
  g_autoptr(GPtrArray) edits = g_ptr_array_new ();
  gboolean all = TRUE;
  g_autoptr(JsonNode) value = NULL;

  if (!runnel_canvas_can_edit (self) || nodes->len == 0)
    return;

  for (guint i = 0; i < nodes->len; i++)
    all &= runnel_canvas_get_node_step (self, g_array_index (nodes, guint, i))->enabled == enabled;
  if (all)
    enabled = RUNNEL_ENABLED;

  value = make_disabled_value (enabled);
  for (guint i = 0; i < nodes->len; i++)
    {
      RunnelStep *step = runnel_canvas_get_node_step (self, g_array_index (nodes, guint, i));

      if (step->enabled != enabled)
        g_ptr_array_add (edits, runnel_edit_new_set_field (self->pipeline, step->id, "disabled",
                                                           value));
    }

  runnel_canvas_apply (self, runnel_edit_new_compound (get_enabled_label (enabled),
                                                       (RunnelEdit **) edits->pdata, edits->len));
}

/* Moves the selected steps by world units. */
void
runnel_canvas_nudge (RunnelCanvas *self,
                     double        dx,
                     double        dy)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (self);
  guint n_ids = g_strv_length (ids);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, n_ids + 1);

  if (!runnel_canvas_can_edit (self) || n_ids == 0)
    return;

  for (guint i = 0; i < n_ids; i++)
    {
      points[i] = runnel_canvas_layout_get_position (self, ids[i]);
      points[i].x += dx;
      points[i].y += dy;
    }

  runnel_canvas_apply (self, runnel_edit_new_move_steps ((const char *const *) ids, points, n_ids));
}
