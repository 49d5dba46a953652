/* canvas-frames.c: how smoothly the canvas moves in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * canvas-frames [N...]: layered graphs of N steps (1,000 10,000 50,000 200,000) with 1.5 links each
 * in a window of 1600 by 1000 pixels, counted as frames.h tells. The floors of the same run fill the
 * window with one colour and with one picture in each frame. canvas-bench.py gives it a display. The
 * last line is JSON.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "engine/kinds/runnel-kinds.h"
#include "figures.h"
#include "frames.h"
#include "layered-file.h"

#define WIDTH 1600
#define HEIGHT 1000
#define ZOOM_FRAMES 150 /* one way */
#define N_DRAGGED 500
#define STATES_A_SECOND 500

typedef struct
{
  Frames frames;
  RunnelCanvas *canvas;
  RunnelPipeline *pipeline;
  guint n_steps;
  guint step;        /* in the middle of the graph */
  double fit_zoom;
  GRand *rand;
} Bench;

/* Counts frames of one sort. */
static void
measure (Bench         *bench,
         const char    *name,
         FramesPrepare  prepare)
{
  frames_measure (&bench->frames, bench->n_steps, name, prepare, bench);
}

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

/* --- One graph --- */

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
  frames_wait (&bench->frames);
  shown = figures_now_ms (CLOCK_MONOTONIC);

  g_print ("%8u  open to the first complete picture %.0f ms (%.0f of it reading), %.0f MB resident\n",
           bench->n_steps, shown - start, loaded - start, get_resident_mb ());
  g_string_append_printf (bench->frames.json,
                          "%s{\"steps\": %u, \"open-ms\": %.1f, \"read-ms\": %.1f, "
                          "\"resident-mb\": %.1f}",
                          bench->frames.json->len > 0 ? ", " : "", bench->n_steps, shown - start,
                          loaded - start, get_resident_mb ());
}

static void
show_at_100 (Bench *bench)
{
  runnel_canvas_set_zoom (bench->canvas, 1);
  runnel_canvas_reveal (bench->canvas, runnel_pipeline_get_step (bench->pipeline, bench->step)->id);
  frames_wait (&bench->frames);
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
  frames_wait (&bench->frames);
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
  gtk_window_set_child (GTK_WINDOW (bench->frames.window), GTK_WIDGET (bench->canvas));
  frames_wait (&bench->frames);

  if (fd < 0 || !g_file_set_contents (path, text, -1, NULL))
    g_error ("can't write a file to open");
  close (fd);
  g_clear_pointer (&text, g_free);
  file = g_file_new_for_path (path);
  open_file (bench, file);
  unlink (path);

  runnel_canvas_fit (bench->canvas);
  frames_wait (&bench->frames);
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

int
main (int    argc,
      char **argv)
{
  const guint usual[] = { 1000, 10000, 50000, 200000 };
  Bench bench = { .rand = g_rand_new_with_seed (3) };

  runnel_kinds_init ();
  frames_init (&bench.frames, WIDTH, HEIGHT);
  frames_measure_floors (&bench.frames);
  for (guint i = 0; argc == 1 && i < G_N_ELEMENTS (usual); i++)
    measure_graph (&bench, usual[i]);
  for (int i = 1; i < argc; i++)
    measure_graph (&bench, MAX ((guint) g_ascii_strtoull (argv[i], NULL, 10), 2));
  frames_print_json (&bench.frames, "canvas");
  return EXIT_SUCCESS;
}
