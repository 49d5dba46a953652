/* canvas-frames.c: how smoothly the canvas moves in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * canvas-frames [N...]: layered graphs of N steps (1,000 10,000 50,000 200,000) with 1.5 links each
 * in a window of 1600 by 1000 pixels. Times are those of GTK's frame clock, from before-paint to
 * after-paint; processor time counts all threads of this process and what it does between two
 * frames. A frame is missed when the next one comes more than one and a half periods later.
 *
 * The floors of the same run fill the window with one colour and with one picture in each frame.
 * GTK chooses the renderer as the designer does, GSK_RENDERER and GDK_BACKEND may choose others.
 * canvas-bench.py gives it a display. The last line is JSON.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include <adwaita.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/compat/runnel-renderer.h"
#include "designer/compat/runnel-x11-memory.h"
#include "engine/kinds/runnel-kinds.h"
#include "figures.h"
#include "layered-file.h"

#define WIDTH 1600
#define HEIGHT 1000
#define WARM_UP 20 /* frames that are not counted */
#define FRAMES 300 /* 5 s at 60 a second */
#define ZOOM_FRAMES 150 /* one way */
#define N_DRAGGED 500
#define STATES_A_SECOND 500

typedef struct
{
  GMainLoop *loop;
  GtkWidget *window;
  RunnelCanvas *canvas;
  RunnelPipeline *pipeline;
  guint n_steps;
  guint step;        /* in the middle of the graph */
  double fit_zoom;
  GRand *rand;
  GString *json;

  /* The frames being counted */
  void (*prepare) (gpointer bench, guint frame);
  guint frame;
  double before_ms;
  double cpu_ms;     /* at the end of the frame before */
  double last_ms;    /* when the frame before began */
  double first_ms;
  guint n_missed;
  GArray *wall;
  GArray *cpu;
} Bench;

static double
get_resident_mb (void)
{
  g_autofree char *text = NULL;
  unsigned long size, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || sscanf (text, "%lu %lu", &size, &resident) != 2)
    return NAN;

  return resident * (sysconf (_SC_PAGESIZE) / 1e6);
}

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
  const graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);

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
  Bench *bench = data;
  FloorArea *area = FLOOR_AREA (gtk_window_get_child (GTK_WINDOW (bench->window)));

  area->frame = frame;
  gtk_widget_queue_draw (GTK_WIDGET (area));
}

/* --- The sorts of frames --- */

static void
pan (gpointer data,
     guint    frame)
{
  Bench *bench = data;

  /* 600 pixels a second, there and back. */
  runnel_canvas_view_pan (bench->canvas, frame % 300 < 150 ? 10 : -10, 0);
}

static void
zoom (gpointer data,
      guint    frame)
{
  Bench *bench = data;
  const guint phase = frame % (2 * ZOOM_FRAMES);
  const double way = phase < ZOOM_FRAMES ? phase / (double) ZOOM_FRAMES
                                         : 2 - phase / (double) ZOOM_FRAMES;

  runnel_canvas_view_zoom_at (bench->canvas, bench->fit_zoom * pow (2 / bench->fit_zoom, way),
                              WIDTH / 2, HEIGHT / 2);
}

/* In circles, so that no edge of the window is near. */
static void
drag (gpointer data,
      guint    frame)
{
  Bench *bench = data;

  runnel_canvas_pointer_motion (bench->canvas, WIDTH / 2 + 100 * sin (frame / 20.0),
                                HEIGHT / 2 + 100 * cos (frame / 20.0), 0);
}

static void
change_states (gpointer data,
               guint    frame)
{
  Bench *bench = data;
  const guint n = STATES_A_SECOND * (frame + 1) / 60 - STATES_A_SECOND * frame / 60;

  for (guint i = 0; i < n; i++)
    {
      const guint step = (guint) g_rand_int_range (bench->rand, 0, (int) bench->n_steps);
      const RunnelState state = (RunnelState) g_rand_int_range (bench->rand, 0, RUNNEL_N_STATES);

      runnel_canvas_set_step_state (bench->canvas,
                                    runnel_pipeline_get_step (bench->pipeline, step)->id, state,
                                    "State · 0.3 s");
    }
}

/* --- Counting --- */

static void
before_paint_cb (GdkFrameClock *clock,
                 Bench         *bench)
{
  bench->before_ms = figures_now_ms (CLOCK_MONOTONIC);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Bench *bench = data;

  if (bench->prepare != NULL)
    {
      bench->prepare (bench, bench->frame);
      gtk_widget_queue_draw (gtk_window_get_child (GTK_WINDOW (bench->window)));
    }
  return G_SOURCE_CONTINUE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  const double wall = figures_now_ms (CLOCK_MONOTONIC) - bench->before_ms;
  const double cpu = figures_now_ms (CLOCK_PROCESS_CPUTIME_ID);
  const double cpu_taken = cpu - bench->cpu_ms;
  const double period = 1e3 / 60;

  if (bench->prepare == NULL)
    return;

  if (bench->frame >= WARM_UP)
    {
      if (bench->frame > WARM_UP && bench->before_ms - bench->last_ms > 1.5 * period)
        bench->n_missed++;
      g_array_append_val (bench->wall, wall);
      g_array_append_val (bench->cpu, cpu_taken);
    }
  else
    bench->first_ms = bench->before_ms;

  bench->last_ms = bench->before_ms;
  bench->cpu_ms = cpu;
  if (++bench->frame == WARM_UP + FRAMES)
    g_main_loop_quit (bench->loop);
}

static void
report (Bench      *bench,
        const char *name)
{
  const double rate = 1e3 * (FRAMES - 1) / (bench->last_ms - bench->first_ms);

  g_print ("%8u  %-26s %7.1f %7.1f %7.1f %8.1f %7.1f %7u\n", bench->n_steps, name,
           figures_get_percentile (bench->wall, 0.5), figures_get_percentile (bench->wall, 0.95),
           figures_get_percentile (bench->wall, 1), figures_get_percentile (bench->cpu, 0.5), rate, bench->n_missed);
  g_string_append_printf (bench->json,
                          "%s{\"steps\": %u, \"frame\": \"%s\", \"wall-ms\": [%.2f, %.2f, %.2f], "
                          "\"cpu-ms\": %.2f, \"frames-per-second\": %.1f, \"missed\": %u}",
                          bench->json->len > 0 ? ", " : "", bench->n_steps, name,
                          figures_get_percentile (bench->wall, 0.5), figures_get_percentile (bench->wall, 0.95),
                          figures_get_percentile (bench->wall, 1), figures_get_percentile (bench->cpu, 0.5), rate,
                          bench->n_missed);
}

static void
measure (Bench      *bench,
         const char *name,
         void      (*prepare) (gpointer bench, guint frame))
{
  g_array_set_size (bench->wall, 0);
  g_array_set_size (bench->cpu, 0);
  bench->frame = 0;
  bench->n_missed = 0;
  bench->prepare = prepare;
  gtk_widget_queue_draw (bench->window);
  g_main_loop_run (bench->loop);
  bench->prepare = NULL;
  report (bench, name);
}

static void
measure_floor (Bench           *bench,
               const char      *name,
               cairo_surface_t *image)
{
  FloorArea *area = g_object_new (FLOOR_TYPE_AREA, NULL);

  area->image = image;
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (area));
  measure (bench, name, redraw_floor);
}

static cairo_surface_t *
make_image (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, 0.9, 0.5, 0.1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return image;
}

/* --- One graph --- */

static void
wait_for_frame_cb (GdkFrameClock *clock,
                   gboolean      *done)
{
  *done = TRUE;
}

static void
wait_for_frame (Bench *bench)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (bench->window);
  gboolean done = FALSE;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (wait_for_frame_cb), &done);

  gtk_widget_queue_draw (bench->window);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelDocument **document = user_data;
  g_autoptr(GError) error = NULL;

  *document = runnel_document_load_finish (result, &error);
  if (*document == NULL)
    g_error ("%s", error->message);
}

/* Shows the file on the canvas; tells how long that takes up to its first complete picture. */
static void
open_file (Bench *bench,
           GFile *file)
{
  const double start = figures_now_ms (CLOCK_MONOTONIC);
  RunnelDocument *document = NULL;
  double loaded, shown;

  runnel_document_load_async (file, NULL, loaded_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  loaded = figures_now_ms (CLOCK_MONOTONIC);
  bench->pipeline = runnel_document_get_pipeline (document);
  runnel_canvas_set_document (bench->canvas, document);
  g_object_unref (document);
  wait_for_frame (bench);
  shown = figures_now_ms (CLOCK_MONOTONIC);

  g_print ("%8u  open to the first complete picture %.0f ms (%.0f of it reading), %.0f MB resident\n",
           bench->n_steps, shown - start, loaded - start, get_resident_mb ());
  g_string_append_printf (bench->json,
                          "%s{\"steps\": %u, \"open-ms\": %.1f, \"read-ms\": %.1f, "
                          "\"resident-mb\": %.1f}",
                          bench->json->len > 0 ? ", " : "", bench->n_steps, shown - start,
                          loaded - start, get_resident_mb ());
}

static void
show_at_100 (Bench *bench)
{
  runnel_canvas_set_zoom (bench->canvas, 1);
  runnel_canvas_reveal (bench->canvas, runnel_pipeline_get_step (bench->pipeline, bench->step)->id);
  wait_for_frame (bench);
}

/* Puts the middle of the step in the middle of the window and presses on it. */
static void
grab_step (Bench *bench)
{
  const char *id = runnel_pipeline_get_step (bench->pipeline, bench->step)->id;
  graphene_rect_t rect;
  RunnelBox box;

  runnel_scene_get_node_box (bench->canvas->scene, runnel_canvas_find_node (bench->canvas, id),
                             &box);
  runnel_canvas_view_get_rect (bench->canvas, &box, &rect);
  runnel_canvas_view_pan (bench->canvas, rect.origin.x + rect.size.width / 2 - WIDTH / 2,
                          rect.origin.y + rect.size.height / 2 - HEIGHT / 2);
  wait_for_frame (bench);
  runnel_canvas_pointer_motion (bench->canvas, WIDTH / 2, HEIGHT / 2, 0);
  runnel_canvas_pointer_press (bench->canvas, 1, 1, WIDTH / 2, HEIGHT / 2, 0);
}

static void
measure_drag (Bench      *bench,
              const char *name)
{
  grab_step (bench);
  measure (bench, name, drag);
  runnel_canvas_pointer_cancel (bench->canvas);
}

/* The steps around the one in the middle. */
static void
select_many (Bench *bench)
{
  const guint n = MIN (N_DRAGGED, bench->n_steps);
  const guint first = MIN (bench->step - MIN (bench->step, n / 2), bench->n_steps - n);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer) runnel_pipeline_get_step (bench->pipeline, first + i)->id);
  g_ptr_array_add (ids, NULL);
  runnel_canvas_set_selection (bench->canvas, (const char *const *) ids->pdata);
}

static void
measure_graph (Bench *bench,
               guint  n_steps)
{
  g_autofree char *text = layered_file_make_text (n_steps);
  g_autofree char *path = NULL;
  g_autoptr(GFile) file = NULL;
  int fd = g_file_open_tmp ("XXXXXX.runnel.json", &path, NULL);

  bench->n_steps = n_steps;
  bench->step = n_steps / 2;
  bench->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  gtk_window_set_child (GTK_WINDOW (bench->window), GTK_WIDGET (bench->canvas));
  wait_for_frame (bench);

  if (fd < 0 || !g_file_set_contents (path, text, -1, NULL))
    g_error ("can't write a file to open");
  close (fd);
  g_clear_pointer (&text, g_free);
  file = g_file_new_for_path (path);
  open_file (bench, file);
  unlink (path);

  runnel_canvas_fit (bench->canvas);
  wait_for_frame (bench);
  bench->fit_zoom = runnel_canvas_get_zoom (bench->canvas);
  measure (bench, "pan, fit", pan);
  measure (bench, "500 states a second, fit", change_states);
  measure (bench, "zoom, fit to 200 % and back", zoom);
  show_at_100 (bench);
  measure (bench, "pan, 100 %", pan);
  measure (bench, "500 states a second, 100 %", change_states);
  measure_drag (bench, "drag one step, 100 %");
  select_many (bench);
  measure_drag (bench, "drag 500 steps, 100 %");
  runnel_canvas_fit (bench->canvas);
  measure_drag (bench, "drag 500 steps, fit");
}

static void
present_window (Bench *bench)
{
  GdkFrameClock *clock;

  bench->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (bench->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (bench->window), g_object_new (FLOOR_TYPE_AREA, NULL));
  gtk_window_present (GTK_WINDOW (bench->window));
  runnel_x11_memory_keep (gtk_widget_get_display (bench->window), WIDTH, HEIGHT);
  clock = gtk_widget_get_frame_clock (bench->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_widget_add_tick_callback (bench->window, tick_cb, bench, NULL);
}

int
main (int    argc,
      char **argv)
{
  const guint usual[] = { 1000, 10000, 50000, 200000 };
  Bench bench = { .json = g_string_new (NULL), .rand = g_rand_new_with_seed (3) };
  GskRenderer *renderer;

  runnel_renderer_choose ();
  adw_init ();
  runnel_kinds_init ();
  bench.loop = g_main_loop_new (NULL, FALSE);
  bench.wall = g_array_new (FALSE, FALSE, sizeof (double));
  bench.cpu = g_array_new (FALSE, FALSE, sizeof (double));
  present_window (&bench);
  renderer = gtk_native_get_renderer (GTK_NATIVE (bench.window));

  g_print ("%s on %s\n", G_OBJECT_TYPE_NAME (renderer),
           G_OBJECT_TYPE_NAME (gtk_widget_get_display (bench.window)));
  g_print ("   steps  frame            wall ms: p50     p95     max   cpu p50 frames/s missed\n");
  measure_floor (&bench, "floor: one colour", NULL);
  measure_floor (&bench, "floor: one picture", make_image ());
  for (guint i = 0; argc == 1 && i < G_N_ELEMENTS (usual); i++)
    measure_graph (&bench, usual[i]);
  for (int i = 1; i < argc; i++)
    measure_graph (&bench, MAX ((guint) g_ascii_strtoull (argv[i], NULL, 10), 2));

  g_print ("{\"benchmark\": \"canvas\", \"renderer\": \"%s\", \"display\": \"%s\", \"frames\": [%s]}\n",
           G_OBJECT_TYPE_NAME (renderer),
           G_OBJECT_TYPE_NAME (gtk_widget_get_display (bench.window)), bench.json->str);
  g_string_free (bench.json, TRUE);
  return EXIT_SUCCESS;
}
