/* runnel-canvas-veil.c: everything but the path through a step is dimmed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only while the pointer rests on the step. The veil comes and goes softly, or at once when the
 * person wants no animations.
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"

#define FADE_TIME 150 /* milliseconds */

static void
drop (RunnelCanvas *self)
{
  if (self->veil.fade != NULL)
    adw_animation_pause (self->veil.fade);
  g_clear_object (&self->veil.fade);
  g_clear_object (&self->veil.texture);
  self->veil.opacity = 0;
}

void
runnel_canvas_veil_clear (RunnelCanvas *self)
{
  drop (self);
  self->veil.wanted = FALSE;
}

static void
fade_cb (double   opacity,
         gpointer user_data)
{
  RunnelCanvas *self = user_data;

  self->veil.opacity = opacity;
  if (opacity <= 0)
    g_clear_object (&self->veil.texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Another path is shown, or none. */
void
runnel_canvas_veil_update (RunnelCanvas *self)
{
  RunnelVeil *veil = &self->veil;
  const gboolean wanted = self->trace.rested && self->trace.links->len > 0;

  if (veil->wanted == wanted)
    return;

  veil->wanted = wanted;
  if (veil->fade != NULL)
    adw_animation_pause (veil->fade);
  g_clear_object (&veil->fade);
  veil->fade = adw_timed_animation_new (GTK_WIDGET (self), veil->opacity, wanted ? 1 : 0, FADE_TIME,
                                        adw_callback_animation_target_new (fade_cb, self, NULL));
  adw_animation_play (veil->fade);
}

static void
paint (RunnelCanvas *self)
{
  RunnelVeil *veil = &self->veil;
  const RunnelViewport *view = &self->view;
  const gsize stride = view->width * sizeof (guint32);
  g_autoptr(GBytes) bytes = NULL;
  guint32 *pixels = g_malloc (view->height * stride);

  runnel_raster_paint_veil (self->raster, self->scene, view, pixels, stride);
  bytes = g_bytes_new_take (pixels, view->height * stride);
  g_clear_object (&veil->texture);
  veil->texture = gdk_memory_texture_new (view->width, view->height, GDK_MEMORY_DEFAULT, bytes,
                                          stride);
  veil->view = *view;
  veil->revision = runnel_scene_get_revision (self->scene);
  veil->raster_revision = runnel_raster_get_revision (self->raster);
}

static gboolean
is_same_view (const RunnelViewport *a,
              const RunnelViewport *b)
{
  return a->zoom == b->zoom && a->density == b->density && a->x == b->x && a->y == b->y
         && a->width == b->width && a->height == b->height;
}

static gboolean
is_fresh (RunnelCanvas *self)
{
  const RunnelVeil *veil = &self->veil;

  return veil->texture != NULL && veil->revision == runnel_scene_get_revision (self->scene)
         && veil->raster_revision == runnel_raster_get_revision (self->raster);
}

/* A veil on its way out stays as it was, and is gone as soon as the view is another. */
void
runnel_canvas_veil_snapshot (RunnelCanvas *self,
                             GtkSnapshot  *snapshot)
{
  RunnelVeil *veil = &self->veil;

  if (veil->opacity <= 0)
    return;

  if (veil->wanted && !(is_fresh (self) && is_same_view (&veil->view, &self->view)))
    paint (self);
  if (veil->texture == NULL || !is_same_view (&veil->view, &self->view))
    {
      drop (self);
      return;
    }

  gtk_snapshot_push_opacity (snapshot, veil->opacity);
  gtk_snapshot_append_texture (
    snapshot, veil->texture,
    &GRAPHENE_RECT_INIT (0, 0, (float) veil->view.width / veil->view.density,
                         (float) veil->view.height / veil->view.density));
  gtk_snapshot_pop (snapshot);
}
