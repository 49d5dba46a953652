/* runnel-canvas-trace.c: the path through a step stands out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that leads to a step and all that follows from it: of the step on which the pointer rests,
 * then with everything else dimmed, or else of the only one that is selected. Just the links on the
 * path are painted again.
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define REST_TIME 250 /* ms; a pointer that only passes by leaves the picture calm */
#define TRACED (RUNNEL_LINK_UPSTREAM | RUNNEL_LINK_DOWNSTREAM)

void
runnel_canvas_trace_init (RunnelCanvas *self)
{
  self->trace.node = RUNNEL_NO_INDEX;
  self->trace.links = g_array_new (FALSE, FALSE, sizeof (guint));
  self->trace.enabled = TRUE;
}

void
runnel_canvas_trace_finalize (RunnelCanvas *self)
{
  g_clear_handle_id (&self->trace.rest_id, g_source_remove);
  g_clear_pointer (&self->trace.links, g_array_unref);
}

static void
follow (RunnelCanvas *self,
        guint         node,
        gboolean      downstream)
{
  const RunnelLinkFlags flag = downstream ? RUNNEL_LINK_DOWNSTREAM : RUNNEL_LINK_UPSTREAM;
  g_autoptr(GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (queue, node);
  for (guint i = 0; i < queue->len; i++)
    {
      guint at = g_array_index (queue, guint, i);
      guint link = downstream ? runnel_scene_first_out (self->scene, at)
                              : runnel_scene_first_in (self->scene, at);

      while (link != RUNNEL_NO_INDEX)
        {
          guint from, to;
          RunnelOn on;

          if (!(runnel_scene_get_link_flags (self->scene, link) & flag))
            {
              runnel_scene_get_link (self->scene, link, &from, &to, &on);
              runnel_scene_set_link_flags (self->scene, link, flag, flag);
              g_array_append_val (self->trace.links, link);
              g_array_append_val (queue, *(downstream ? &to : &from));
            }
          link = downstream ? runnel_scene_next_out (self->scene, link)
                            : runnel_scene_next_in (self->scene, link);
        }
    }
}

/* Nothing stands out, and no link is remembered. */
void
runnel_canvas_trace_clear (RunnelCanvas *self)
{
  for (guint i = 0; i < self->trace.links->len; i++)
    {
      const guint link = g_array_index (self->trace.links, guint, i);

      if (runnel_scene_has_link (self->scene, link))
        runnel_scene_set_link_flags (self->scene, link, TRACED, 0);
    }

  g_array_set_size (self->trace.links, 0);
  self->trace.node = RUNNEL_NO_INDEX;
}

/* The scene is about to be emptied. */
void
runnel_canvas_trace_forget (RunnelCanvas *self)
{
  g_clear_handle_id (&self->trace.rest_id, g_source_remove);
  g_array_set_size (self->trace.links, 0);
  self->trace.node = RUNNEL_NO_INDEX;
  self->trace.rested = FALSE;
  runnel_canvas_veil_clear (self);
}

static guint
choose_node (RunnelCanvas *self)
{
  if (!self->trace.enabled)
    return RUNNEL_NO_INDEX;
  if (self->trace.rested && self->hovered_node != RUNNEL_NO_INDEX)
    return self->hovered_node;

  return runnel_canvas_get_only_selected (self);
}

/* Another step may be the one whose path stands out now. */
void
runnel_canvas_trace_update (RunnelCanvas *self)
{
  const guint node = choose_node (self);

  if (node != self->trace.node)
    {
      runnel_canvas_trace_clear (self);
      self->trace.node = node;
      if (node != RUNNEL_NO_INDEX)
        {
          follow (self, node, FALSE);
          follow (self, node, TRUE);
        }
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }

  runnel_canvas_veil_update (self);
}

static gboolean
rested_cb (gpointer user_data)
{
  RunnelCanvas *self = user_data;

  self->trace.rest_id = 0;
  if (self->pointer.drag == RUNNEL_DRAG_NONE)
    {
      self->trace.rested = TRUE;
      runnel_canvas_trace_update (self);
    }
  return G_SOURCE_REMOVE;
}

/* The pointer went to another step, or to none. */
void
runnel_canvas_trace_hover (RunnelCanvas *self)
{
  g_clear_handle_id (&self->trace.rest_id, g_source_remove);
  self->trace.rested = FALSE;
  if (self->trace.enabled && self->hovered_node != RUNNEL_NO_INDEX)
    self->trace.rest_id = g_timeout_add (REST_TIME, rested_cb, self);
  runnel_canvas_trace_update (self);
}

/* A button goes down: what the person does now wants the whole picture. */
void
runnel_canvas_trace_press (RunnelCanvas *self)
{
  g_clear_handle_id (&self->trace.rest_id, g_source_remove);
  self->trace.rested = FALSE;
  runnel_canvas_trace_update (self);
}

void
runnel_canvas_trace_set_enabled (RunnelCanvas *self,
                                 gboolean      enabled)
{
  self->trace.enabled = enabled;
  runnel_canvas_trace_hover (self);
}
