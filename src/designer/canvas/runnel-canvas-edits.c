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
  runnel_canvas_apply (self, runnel_edit_new_disconnect (self->pipeline, &link, 1));
}

/* A closed group looks like one step and is deleted like one, with all that is in it; of an open
 * one it is the frame that is deleted. */
static GArray *
list_doomed (RunnelCanvas *self)
{
  GArray *nodes = runnel_canvas_list_selected (self);
  g_autoptr(GPtrArray) areas = runnel_canvas_list_selected_areas (self);

  for (guint i = 0; i < areas->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (areas, i);

      if (area->closed)
        g_array_append_vals (nodes, area->nodes->data, area->nodes->len);
    }

  return nodes;
}

static void
delete_parts (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = list_doomed (self);
  g_auto(GStrv) steps = runnel_canvas_list_ids (self, nodes);
  g_auto(GStrv) groups = runnel_canvas_get_selected_groups (self);
  g_auto(GStrv) notes = runnel_canvas_get_selected_notes (self);

  runnel_canvas_apply (self, runnel_edit_new_delete_parts (self->pipeline,
                                                           (const char *const *) steps,
                                                           (const char *const *) groups,
                                                           (const char *const *) notes));
}

/**
 * runnel_canvas_delete:
 *
 * Deletes what is selected: steps with their links, notes, frames of groups, or a link.
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
  else if (runnel_canvas_get_n_selected (self) + runnel_canvas_get_n_selected_areas (self) > 0)
    {
      delete_parts (self);
    }
}

/**
 * runnel_canvas_delete_and_heal:
 *
 * Deletes the selected steps, and links what came before them to what came after.
 */
void
runnel_canvas_delete_and_heal (RunnelCanvas *self)
{
  g_auto(GStrv) ids = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self) || runnel_canvas_get_n_selected (self) == 0)
    return;

  ids = runnel_canvas_get_selection (self);
  runnel_canvas_apply (self, runnel_edit_new_delete_and_heal (self->pipeline,
                                                              (const char *const *) ids));
}

static gboolean
is_all_selected (RunnelCanvas *self,
                 guint         link)
{
  guint from, to;
  RunnelOn on;

  runnel_scene_get_link (self->scene, link, &from, &to, &on);
  return runnel_canvas_is_selected (self, from) && runnel_canvas_is_selected (self, to);
}

/* Appends the links into and out of a node, or only those to other selected ones. */
static void
list_links (RunnelCanvas *self,
            guint         node,
            gboolean      only_among,
            GArray       *names)
{
  RunnelCanvasLink name;

  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    if (!only_among || is_all_selected (self, link))
      {
        runnel_canvas_get_link_name (self, link, &name);
        g_array_append_val (names, name);
      }

  for (guint link = runnel_scene_first_out (self->scene, node);
       link != RUNNEL_NO_INDEX && !only_among; link = runnel_scene_next_out (self->scene, link))
    {
      runnel_canvas_get_link_name (self, link, &name);
      g_array_append_val (names, name);
    }
}

/**
 * runnel_canvas_disconnect:
 *
 * Removes the links among the selected steps, or all links of a single one.
 */
void
runnel_canvas_disconnect (RunnelCanvas *self)
{
  g_autoptr(GArray) nodes = NULL;
  g_autoptr(GArray) names = NULL;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  nodes = runnel_canvas_list_selected (self);
  names = g_array_new (FALSE, FALSE, sizeof (RunnelCanvasLink));
  for (guint i = 0; i < nodes->len; i++)
    list_links (self, g_array_index (nodes, guint, i), nodes->len > 1, names);

  if (names->len > 0)
    runnel_canvas_apply (self, runnel_edit_new_disconnect (
      self->pipeline, (const RunnelCanvasLink *) names->data, names->len));
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Lets a link go another way, and selects it there. When the document does not allow it, the person
 * hears why. */
void
runnel_canvas_relink (RunnelCanvas           *self,
                      const RunnelCanvasLink *before,
                      const RunnelCanvasLink *after)
{
  g_autofree char *from = g_strdup (after->from);
  g_autofree char *to = g_strdup (after->to);
  g_autoptr(GError) error = NULL;
  RunnelEdit *edit = runnel_edit_new_relink (self->pipeline, before, after, &error);

  if (edit == NULL)
    runnel_canvas_refuse (self, error->message);
  else if (runnel_canvas_apply (self, edit))
    runnel_canvas_set_selected_link (self, &(RunnelCanvasLink) { from, to, after->on });
}

/* Lets the selected link fire on another outcome. */
void
runnel_canvas_set_link_on (RunnelCanvas *self,
                           RunnelOn      on)
{
  RunnelCanvasLink link;

  if (runnel_canvas_can_edit (self) && runnel_canvas_get_selected_link (self, &link)
      && link.on != on)
    runnel_canvas_relink (self, &link, &(RunnelCanvasLink) { link.from, link.to, on });
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

/* Moves what is selected by world units. */
void
runnel_canvas_nudge (RunnelCanvas *self,
                     double        dx,
                     double        dy)
{
  RunnelEdit *edit;

  if (!runnel_canvas_can_edit (self))
    return;

  edit = runnel_canvas_make_move (self, dx, dy);
  if (edit != NULL)
    runnel_canvas_apply (self, edit);
}
