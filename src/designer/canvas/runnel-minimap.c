/* runnel-minimap.c: the whole pipeline in a corner, and where in it the view is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is painted bit by bit when nothing else is to be done, a few times a second at the
 * most; a frame only shows it, with the frame of the view over it.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-minimap.h"
#include "designer/canvas/runnel-overview.h"

#define SIZE 200             /* logical pixels, the longer side at most */
#define SMALL_SIZE 132       /* on a small canvas */
#define LEAST_SIZE 48        /* the shorter side of a long pipeline */
#define SMALL_CANVAS 560     /* less in one direction is a small canvas */
#define LEAST_CANVAS 280     /* less has no room for it */
#define MANY_STEPS 100       /* from here on it helps even when all is seen */
#define PAUSE 250            /* milliseconds between two pictures */
#define STEPS_AT_ONCE 4000   /* well under a millisecond */
#define RADIUS 9
#define FRAME_RADIUS 3
#define FRAME_WIDTH 2
#define LEAST_FRAME 8        /* logical pixels; a smaller frame would not be found */
#define VEIL_ALPHA 0.5f

struct _RunnelMinimap
{
  GtkWidget parent_instance;

  RunnelCanvas *canvas;    /* borrowed: the pane has both */
  RunnelOverview *overview;
  GdkTexture *picture;     /* or NULL */
  RunnelViewport map;      /* of the picture */
  RunnelBox extents;       /* of the scene when it was looked at last */
  int size;                /* what the width is chosen from */
  guint refresh_id;        /* timeout or idle, 0 = the picture is up to date */
  double grip_x, grip_y;   /* from the middle of the view to where it was taken, world units */
  gboolean enabled;
};

enum
{
  PROP_0,
  PROP_ENABLED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelMinimap, runnel_minimap, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* --- Whether it is of use, and how large --- */

static int
choose_size (RunnelMinimap *self)
{
  GtkWidget *canvas = GTK_WIDGET (self->canvas);

  return gtk_widget_get_width (canvas) < SMALL_CANVAS
         || gtk_widget_get_height (canvas) < SMALL_CANVAS * 2 / 3 ? SMALL_SIZE : SIZE;
}

static gboolean
has_room (RunnelMinimap *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self->canvas)) >= LEAST_CANVAS
         && gtk_widget_get_height (GTK_WIDGET (self->canvas)) >= LEAST_CANVAS * 2 / 3;
}

static gboolean
sees_all (RunnelMinimap *self)
{
  RunnelBox seen;

  runnel_viewport_get_box (&self->canvas->view, &seen);
  return seen.x0 <= self->extents.x0 && seen.y0 <= self->extents.y0
         && seen.x1 >= self->extents.x1 && seen.y1 >= self->extents.y1;
}

static gboolean
is_of_use (RunnelMinimap *self)
{
  guint n_steps = runnel_scene_get_n_nodes (self->canvas->scene);

  return self->enabled && has_room (self) && n_steps > 0
         && (n_steps > MANY_STEPS || !sees_all (self));
}

/* --- The picture --- */

static void
take_picture (RunnelMinimap *self)
{
  const RunnelViewport *map = runnel_overview_get_map (self->overview);
  g_autoptr(GBytes) bytes = g_bytes_new (runnel_overview_get_pixels (self->overview),
                                         (gsize) map->width * map->height * 4);

  g_clear_object (&self->picture);
  self->picture = gdk_memory_texture_new (map->width, map->height, GDK_MEMORY_DEFAULT, bytes,
                                          (gsize) map->width * 4);
  self->map = *map;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
paint_cb (gpointer user_data)
{
  RunnelMinimap *self = user_data;

  if (!runnel_overview_paint (self->overview, STEPS_AT_ONCE))
    return G_SOURCE_CONTINUE;

  self->refresh_id = 0;
  take_picture (self);
  return G_SOURCE_REMOVE;
}

/* As wide as may be, and as high as the pipeline is then, within reason. */
static void
update_size (RunnelMinimap *self)
{
  const RunnelBox *box = &self->extents;
  double slope = (box->y1 - box->y0) / MAX (box->x1 - box->x0, 1);
  int height = (int) CLAMP (self->size * slope, LEAST_SIZE, self->size * 2 / 3);

  gtk_widget_set_size_request (GTK_WIDGET (self), self->size, height);
}

static gboolean
refresh_cb (gpointer user_data)
{
  RunnelMinimap *self = user_data;
  int width, height;

  self->refresh_id = 0;
  self->extents = (RunnelBox) { 0 };
  runnel_scene_get_extents (self->canvas->scene, &self->extents);
  self->size = choose_size (self);
  update_size (self);
  gtk_widget_set_visible (GTK_WIDGET (self), is_of_use (self));
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      gtk_widget_get_size_request (GTK_WIDGET (self), &width, &height);
      runnel_overview_begin (self->overview, runnel_raster_get_palette (self->canvas->raster),
                             width, height, self->canvas->view.density);
      self->refresh_id = g_idle_add_full (G_PRIORITY_LOW, paint_cb, self, NULL);
    }

  return G_SOURCE_REMOVE;
}

static void
queue_refresh (RunnelMinimap *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (PAUSE, refresh_cb, self);
}

/* A view of another size, or that sees all now, may want no minimap, or another. */
static void
view_changed_cb (RunnelMinimap *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) != is_of_use (self)
      || self->size != choose_size (self) || self->map.density != self->canvas->view.density)
    queue_refresh (self);

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where the view is on the minimap, logical pixels; a part of it that is seen in any case. */
static void
get_frame (RunnelMinimap   *self,
           graphene_rect_t *ret_rect)
{
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                            gtk_widget_get_height (GTK_WIDGET (self)));
  RunnelBox seen;
  double x0, y0, x1, y1;

  runnel_viewport_get_box (&self->canvas->view, &seen);
  runnel_viewport_from_world (&self->map, seen.x0, seen.y0, &x0, &y0);
  runnel_viewport_from_world (&self->map, seen.x1, seen.y1, &x1, &y1);
  x0 = CLAMP (x0, 0, all.size.width - LEAST_FRAME);
  y0 = CLAMP (y0, 0, all.size.height - LEAST_FRAME);
  x1 = CLAMP (x1, x0 + LEAST_FRAME, all.size.width);
  y1 = CLAMP (y1, y0 + LEAST_FRAME, all.size.height);
  graphene_rect_init (ret_rect, round (x0), round (y0), round (x1) - round (x0),
                      round (y1) - round (y0));
}

static void
append_veil (GtkSnapshot           *snapshot,
             const graphene_rect_t *all,
             const graphene_rect_t *hole,
             const GdkRGBA         *color)
{
  float right = hole->origin.x + hole->size.width;
  float bottom = hole->origin.y + hole->size.height;
  const graphene_rect_t parts[] = {
    GRAPHENE_RECT_INIT (0, 0, all->size.width, hole->origin.y),
    GRAPHENE_RECT_INIT (0, bottom, all->size.width, all->size.height - bottom),
    GRAPHENE_RECT_INIT (0, hole->origin.y, hole->origin.x, hole->size.height),
    GRAPHENE_RECT_INIT (right, hole->origin.y, all->size.width - right, hole->size.height),
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_snapshot_append_color (snapshot, color, &parts[i]);
}

static void
runnel_minimap_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  RunnelMinimap *self = RUNNEL_MINIMAP (widget);
  const RunnelPalette *palette = runnel_raster_get_palette (self->canvas->raster);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                            gtk_widget_get_height (widget));
  GdkRGBA veil = runnel_canvas_overlay_color (palette->canvas, VEIL_ALPHA);
  GdkRGBA border = runnel_canvas_overlay_color (palette->border, 1);
  GdkRGBA accent = runnel_canvas_overlay_color (palette->accent, 1);
  GskRoundedRect outline;
  graphene_rect_t frame;

  if (self->picture == NULL)
    return;

  get_frame (self, &frame);
  gsk_rounded_rect_init_from_rect (&outline, &all, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_texture (snapshot, self->picture, &all);
  append_veil (snapshot, &all, &frame, &veil);
  gtk_snapshot_pop (snapshot);
  runnel_canvas_overlay_append_frame (snapshot, &all, RADIUS, 1, &border);
  if (!sees_all (self))
    runnel_canvas_overlay_append_frame (snapshot, &frame, FRAME_RADIUS, FRAME_WIDTH, &accent);
}

/* --- The pointer --- */

static void
show_center (RunnelMinimap *self,
             double         x,
             double         y,
             gboolean       smoothly)
{
  RunnelPlace place;

  runnel_canvas_get_place (self->canvas, &place);
  place.center.x = CLAMP (x, self->extents.x0, self->extents.x1);
  place.center.y = CLAMP (y, self->extents.y0, self->extents.y1);
  runnel_canvas_motion_stop (self->canvas);
  if (smoothly)
    runnel_canvas_motion_jump (self->canvas, &place, FALSE);
  else
    runnel_canvas_view_set (self->canvas, &place, FALSE);
}

/* Takes the frame where it is, or brings it to the point. Logical pixels, as all points here. */
void
runnel_minimap_press (RunnelMinimap *self,
                      double         x,
                      double         y)
{
  RunnelPoint center = runnel_canvas_get_center (self->canvas);
  graphene_rect_t frame;
  double world_x, world_y;

  if (self->picture == NULL)
    return;

  get_frame (self, &frame);
  runnel_viewport_to_world (&self->map, x, y, &world_x, &world_y);
  self->grip_x = self->grip_y = 0;
  if (graphene_rect_contains_point (&frame, &GRAPHENE_POINT_INIT (x, y)))
    {
      self->grip_x = world_x - center.x;
      self->grip_y = world_y - center.y;
    }
  else
    {
      show_center (self, world_x, world_y, TRUE);
    }
}

/* The frame follows the pointer. */
void
runnel_minimap_drag (RunnelMinimap *self,
                     double         x,
                     double         y)
{
  double world_x, world_y;

  if (self->picture == NULL)
    return;

  runnel_viewport_to_world (&self->map, x, y, &world_x, &world_y);
  show_center (self, world_x - self->grip_x, world_y - self->grip_y, FALSE);
}

static void
drag_begin_cb (RunnelMinimap *self,
               double         x,
               double         y,
               GtkGesture    *drag)
{
  g_assert (RUNNEL_IS_MINIMAP (self));

  gtk_gesture_set_state (drag, GTK_EVENT_SEQUENCE_CLAIMED);
  runnel_minimap_press (self, x, y);
}

static void
drag_update_cb (RunnelMinimap  *self,
                double          dx,
                double          dy,
                GtkGestureDrag *drag)
{
  double x, y;

  g_assert (RUNNEL_IS_MINIMAP (self));

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  if (dx != 0 || dy != 0)
    runnel_minimap_drag (self, x + dx, y + dy);
}

static gboolean
scroll_cb (RunnelMinimap            *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  g_assert (RUNNEL_IS_MINIMAP (self));

  runnel_canvas_set_zoom (self->canvas, self->canvas->view.zoom * pow (RUNNEL_ZOOM_STEP, -dy));
  return GDK_EVENT_STOP;
}

static void
add_pointer (RunnelMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

static void
runnel_minimap_dispose (GObject *object)
{
  RunnelMinimap *self = RUNNEL_MINIMAP (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (runnel_minimap_parent_class)->dispose (object);
}

static void
runnel_minimap_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_MINIMAP (object)->overview, runnel_overview_free);
  G_OBJECT_CLASS (runnel_minimap_parent_class)->finalize (object);
}

static void
runnel_minimap_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, RUNNEL_MINIMAP (object)->enabled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_minimap_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RunnelMinimap *self = RUNNEL_MINIMAP (object);

  switch (prop_id)
    {
    case PROP_ENABLED:
      self->enabled = g_value_get_boolean (value);
      if (self->canvas != NULL)
        queue_refresh (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_minimap_class_init (RunnelMinimapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_minimap_dispose;
  object_class->finalize = runnel_minimap_finalize;
  object_class->get_property = runnel_minimap_get_property;
  object_class->set_property = runnel_minimap_set_property;
  widget_class->snapshot = runnel_minimap_snapshot;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "runnel-minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
runnel_minimap_init (RunnelMinimap *self)
{
  self->enabled = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Minimap"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _("The whole pipeline and which part of it is seen"), -1);
  add_pointer (self);
}

/**
 * runnel_minimap_new:
 * @canvas: the canvas to show the way on; it must live as long as the minimap
 *
 * It is visible by itself whenever it is of use.
 */
GtkWidget *
runnel_minimap_new (RunnelCanvas *canvas)
{
  RunnelMinimap *self;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);

  self = g_object_new (RUNNEL_TYPE_MINIMAP, NULL);
  self->canvas = canvas;
  self->overview = runnel_overview_new (canvas->scene);
  g_signal_connect_object (canvas, "view-changed", G_CALLBACK (view_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "picture-changed", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
  queue_refresh (self);
  return GTK_WIDGET (self);
}
