/* frames.c: how smoothly something moves in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/compat/runnel-renderer.h"
#include "designer/compat/runnel-x11-memory.h"
#include "figures.h"
#include "frames.h"

#define WARM_UP 20 /* frames that are not counted */
#define FRAMES 300 /* 5 s at 60 a second */

/* --- The floors --- */

#define FLOOR_TYPE_AREA (floor_area_get_type ())
G_DECLARE_FINAL_TYPE (FloorArea, floor_area, FLOOR, AREA, GtkWidget)

/* Changes all its pixels in each frame. */
struct _FloorArea
{
  GtkWidget parent_instance;

  cairo_surface_t *image; /* or NULL */
  guint frame;
};

G_DEFINE_FINAL_TYPE (FloorArea, floor_area, GTK_TYPE_WIDGET)

static void
floor_area_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  FloorArea *self = FLOOR_AREA (widget);
  const graphene_rect_t all =
    GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (self->image == NULL)
    {
      const GdkRGBA color = { self->frame % 2, 0.5f, 0.5f, 1 };

      gtk_snapshot_append_color (snapshot, &color, &all);
    }
  else
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &all);

      cairo_set_source_surface (cr, self->image, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
    }
}

static void
floor_area_finalize (GObject *object)
{
  FloorArea *self = FLOOR_AREA (object);

  g_clear_pointer (&self->image, cairo_surface_destroy);

  G_OBJECT_CLASS (floor_area_parent_class)->finalize (object);
}

static void
floor_area_class_init (FloorAreaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = floor_area_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = floor_area_snapshot;
}

static void
floor_area_init (FloorArea *self)
{
}

static void
redraw_floor (gpointer data,
              guint    frame)
{
  FLOOR_AREA (data)->frame = frame;
}

static cairo_surface_t *
make_image (int width,
            int height)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 0.9, 0.5, 0.1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return image;
}

static void
measure_floor (Frames          *self,
               const char      *name,
               cairo_surface_t *image)
{
  FloorArea *area = g_object_new (FLOOR_TYPE_AREA, NULL);

  area->image = image;
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (area));
  frames_measure (self, 0, name, redraw_floor, area);
}

/* --- Counting --- */

static void
before_paint_cb (GdkFrameClock *clock,
                 Frames        *self)
{
  self->before_ms = figures_now_ms (CLOCK_MONOTONIC);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Frames *self = data;

  if (self->prepare != NULL)
    {
      self->prepare (self->data, self->frame);
      gtk_widget_queue_draw (gtk_window_get_child (GTK_WINDOW (self->window)));
    }
  return G_SOURCE_CONTINUE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Frames        *self)
{
  const double wall = figures_now_ms (CLOCK_MONOTONIC) - self->before_ms;
  const double cpu = figures_now_ms (CLOCK_PROCESS_CPUTIME_ID);
  const double cpu_taken = cpu - self->cpu_ms;
  const double period = 1e3 / 60;

  if (self->prepare == NULL)
    return;

  if (self->frame >= WARM_UP)
    {
      if (self->frame > WARM_UP && self->before_ms - self->last_ms > 1.5 * period)
        self->n_missed++;
      g_array_append_val (self->wall, wall);
      g_array_append_val (self->cpu, cpu_taken);
    }
  else
    self->first_ms = self->before_ms;

  self->last_ms = self->before_ms;
  self->cpu_ms = cpu;
  if (++self->frame == WARM_UP + FRAMES)
    g_main_loop_quit (self->loop);
}

static void
report (Frames     *self,
        guint       n_steps,
        const char *name)
{
  const double rate = 1e3 * (FRAMES - 1) / (self->last_ms - self->first_ms);
  const double p50 = figures_get_percentile (self->wall, 0.5);
  const double p95 = figures_get_percentile (self->wall, 0.95);
  const double max = figures_get_percentile (self->wall, 1);
  const double cpu = figures_get_percentile (self->cpu, 0.5);

  g_print ("%8u  %-26s %7.1f %7.1f %7.1f %8.1f %7.1f %7u\n", n_steps, name, p50, p95, max, cpu,
           rate, self->n_missed);
  g_string_append_printf (self->json,
                          "%s{\"steps\": %u, \"frame\": \"%s\", \"wall-ms\": [%.2f, %.2f, %.2f], "
                          "\"cpu-ms\": %.2f, \"frames-per-second\": %.1f, \"missed\": %u}",
                          self->json->len > 0 ? ", " : "", n_steps, name, p50, p95, max, cpu, rate,
                          self->n_missed);
}

/* Counts frames of one sort. The window is drawn anew in each, whatever `prepare` does. */
void
frames_measure (Frames        *self,
                guint          n_steps,
                const char    *name,
                FramesPrepare  prepare,
                gpointer       data)
{
  g_array_set_size (self->wall, 0);
  g_array_set_size (self->cpu, 0);
  self->frame = 0;
  self->n_missed = 0;
  self->data = data;
  self->prepare = prepare;
  gtk_widget_queue_draw (self->window);
  g_main_loop_run (self->loop);
  self->prepare = NULL;
  report (self, n_steps, name);
}

/* The least that a frame costs here: one colour, and one picture, over all of the window. */
void
frames_measure_floors (Frames *self)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (self->window));

  g_print ("%s on %s\n", G_OBJECT_TYPE_NAME (renderer),
           G_OBJECT_TYPE_NAME (gtk_widget_get_display (self->window)));
  g_print ("   steps  frame            wall ms: p50     p95     max   cpu p50 frames/s missed\n");
  measure_floor (self, "floor: one colour", NULL);
  measure_floor (self, "floor: one picture", make_image (self->width, self->height));
}

static void
wait_cb (GdkFrameClock *clock,
         gboolean      *done)
{
  *done = TRUE;
}

/* Returns when the window was drawn once more. */
void
frames_wait (Frames *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->window);
  gboolean done = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (wait_cb), &done);

  gtk_widget_queue_draw (self->window);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

/* Presents a window of that size. */
void
frames_init (Frames *self,
             int     width,
             int     height)
{
  GdkFrameClock *clock;

  runnel_renderer_choose ();
  adw_init ();
  *self = (Frames) { .loop = g_main_loop_new (NULL, FALSE), .width = width, .height = height };
  self->json = g_string_new (NULL);
  self->wall = g_array_new (FALSE, FALSE, sizeof (double));
  self->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  self->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_set_child (GTK_WINDOW (self->window), g_object_new (FLOOR_TYPE_AREA, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
  runnel_x11_memory_keep (gtk_widget_get_display (self->window), width, height);
  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gtk_widget_add_tick_callback (self->window, tick_cb, self, NULL);
}

/* The last line of a benchmark. */
void
frames_print_json (Frames     *self,
                   const char *benchmark)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (self->window));

  g_print ("{\"benchmark\": \"%s\", \"renderer\": \"%s\", \"display\": \"%s\", "
           "\"frames\": [%s]}\n", benchmark, G_OBJECT_TYPE_NAME (renderer),
           G_OBJECT_TYPE_NAME (gtk_widget_get_display (self->window)), self->json->str);
  g_string_free (self->json, TRUE);
}
