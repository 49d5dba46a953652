/* runnel-canvas-motion.c: the view moves by itself: to a place, or on after a swipe
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"

#define JUMP_TIME 250     /* milliseconds */
#define MAX_WAY 1.5       /* of the size of the view: the beginning of a longer way is left out */
#define FRICTION 4.0      /* per second, as in scrolled windows of GTK */
#define LEAST_SPEED 20.0  /* logical pixels per second; slower is standing still */

static double
mix (double a,
     double b,
     double share)
{
  return a + (b - a) * share;
}

/* Zooms by the same factor in the same time. The middle goes so that one point of the world stays
 * where it is on the screen: then it is a linear function of 1 / zoom. */
static void
jump_cb (double   progress,
         gpointer user_data)
{
  RunnelCanvas *self = user_data;
  const RunnelPlace *from = &self->motion.from;
  const RunnelPlace *to = &self->motion.to;
  RunnelPlace place = { .zoom = from->zoom * pow (to->zoom / from->zoom, progress) };
  double way = 1 / to->zoom - 1 / from->zoom;
  double share = fabs (way) < 1e-9 ? progress : (1 / place.zoom - 1 / from->zoom) / way;

  place.center.x = mix (from->center.x, to->center.x, share);
  place.center.y = mix (from->center.y, to->center.y, share);
  runnel_canvas_view_set (self, progress < 1 ? &place : to, progress >= 1 && self->motion.fits);
}

/* Where the view comes from, or a place on the way that is so near that one sees where it goes. */
static RunnelPlace
choose_start (RunnelCanvas      *self,
              const RunnelPlace *to)
{
  RunnelPlace from;
  double width, height, way;

  runnel_canvas_get_place (self, &from);
  width = gtk_widget_get_width (GTK_WIDGET (self)) / MIN (from.zoom, to->zoom);
  height = gtk_widget_get_height (GTK_WIDGET (self)) / MIN (from.zoom, to->zoom);
  way = MAX (fabs (to->center.x - from.center.x) / width,
             fabs (to->center.y - from.center.y) / height);
  if (way > MAX_WAY)
    {
      from.center.x = mix (to->center.x, from.center.x, MAX_WAY / way);
      from.center.y = mix (to->center.y, from.center.y, MAX_WAY / way);
    }

  return from;
}

/* Goes to a place so that one sees where it is; at once when the person wants no animations.
 * `fits`: what is shown there is all there is. */
void
runnel_canvas_motion_jump (RunnelCanvas      *self,
                           const RunnelPlace *to,
                           gboolean           fits)
{
  RunnelMotion *motion = &self->motion;

  runnel_canvas_motion_stop (self);
  motion->from = choose_start (self, to);
  motion->to = *to;
  motion->fits = fits;
  motion->jump = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, JUMP_TIME,
                                          adw_callback_animation_target_new (jump_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (motion->jump), ADW_EASE_IN_OUT_CUBIC);
  adw_animation_play (motion->jump);
}

static gboolean
glide_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  RunnelCanvas *self = RUNNEL_CANVAS (widget);
  RunnelMotion *motion = &self->motion;
  gint64 since = MAX (0, gdk_frame_clock_get_frame_time (clock) - motion->glide_start);
  double left = exp (-FRICTION * since / G_USEC_PER_SEC);
  double scale = (1 - left) / FRICTION / self->view.zoom;
  RunnelPlace place = motion->from;

  place.center.x += motion->glide_x * scale;
  place.center.y += motion->glide_y * scale;
  runnel_canvas_view_set (self, &place, FALSE);

  if (hypot (motion->glide_x, motion->glide_y) * left > LEAST_SPEED)
    return G_SOURCE_CONTINUE;

  motion->glide_id = 0;
  return G_SOURCE_REMOVE;
}

/* Goes on with a speed in logical pixels per second that becomes less and less. */
void
runnel_canvas_motion_glide (RunnelCanvas *self,
                            double        speed_x,
                            double        speed_y)
{
  RunnelMotion *motion = &self->motion;

  runnel_canvas_motion_stop (self);
  if (!adw_get_enable_animations (GTK_WIDGET (self)) || hypot (speed_x, speed_y) <= LEAST_SPEED)
    return;

  runnel_canvas_get_place (self, &motion->from);
  motion->glide_x = speed_x;
  motion->glide_y = speed_y;
  motion->glide_start = gdk_frame_clock_get_frame_time (
    gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  motion->glide_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), glide_cb, NULL, NULL);
}

/* The view stays where it is now. */
void
runnel_canvas_motion_stop (RunnelCanvas *self)
{
  RunnelMotion *motion = &self->motion;

  if (motion->jump != NULL)
    adw_animation_pause (motion->jump);
  g_clear_object (&motion->jump);
  if (motion->glide_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), motion->glide_id);
  motion->glide_id = 0;
}
