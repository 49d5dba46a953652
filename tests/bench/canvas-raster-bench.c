/* canvas-raster-bench.c: how long the canvas takes to make its pixels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * canvas-raster-bench [N...]: layered graphs of N steps (1,000 10,000 50,000) with 1.5 links
 * each, 1600 by 1000 pixels. Each row is one sort of frame; processor time counts all threads.
 * No display is involved: this is what a frame costs before it is shown. The last line is JSON.
 */
#include "config.h"

#include <math.h>
#include <sys/resource.h>

#include "designer/canvas/runnel-tiles.h"
#include "figures.h"
#include "fixture.h"

#define WIDTH 1600
#define HEIGHT 1000
#define FRAMES 120

typedef struct
{
  guint n_nodes;
  RunnelScene *scene;
  RunnelRaster *raster;
  RunnelTiles *tiles;
  RunnelViewport fit;
  RunnelViewport near;   /* zoom 1, in the middle */
  GRand *rand;
  guint32 *veil;
  GString *json;
} Bench;

/* Prepares frame number `frame`: changes the scene or the viewport. */
typedef void (*FrameFunc) (Bench          *bench,
                           RunnelViewport *viewport,
                           guint           frame);

/* --- The sorts of frames --- */

static void
pan (Bench          *bench,
     RunnelViewport *viewport,
     guint           frame)
{
  viewport->x += 10; /* 600 pixels a second */
}

static void
zoom (Bench          *bench,
      RunnelViewport *viewport,
      guint           frame)
{
  const double way = frame < FRAMES / 2 ? frame / (FRAMES / 2.0) : 2 - frame / (FRAMES / 2.0);

  runnel_viewport_zoom_at (viewport, bench->fit.zoom * pow (2.0 / bench->fit.zoom, way), WIDTH / 2,
                           HEIGHT / 2);
}

static void
drag (Bench          *bench,
      RunnelViewport *viewport,
      guint           frame)
{
  const guint node = bench->n_nodes / 2;
  RunnelBox box;

  runnel_scene_get_node_box (bench->scene, node, &box);
  runnel_scene_move_node (bench->scene, node, box.x0 + (frame % 20 < 10 ? 8 : -8),
                          box.y0 + (frame % 8 < 4 ? 4 : -4));
}

/* 500 a second at 60 frames. */
static void
change_states (Bench          *bench,
               RunnelViewport *viewport,
               guint           frame)
{
  for (guint i = 0; i < 8; i++)
    runnel_scene_set_node_state (
      bench->scene, (guint) g_rand_int_range (bench->rand, 0, (int) bench->n_nodes),
      g_rand_int_range (bench->rand, 0, RUNNEL_N_STATES), -1, "State · 0.3 s");
}

static void
change_500_states (Bench          *bench,
                   RunnelViewport *viewport,
                   guint           frame)
{
  for (guint i = 0; i < 63; i++)
    change_states (bench, viewport, frame);
}

/* Everything is stale: the first picture after opening, or after a jump. */
static void
repaint (Bench          *bench,
         RunnelViewport *viewport,
         guint           frame)
{
  runnel_raster_set_palette (bench->raster, runnel_palette_get (RUNNEL_PALETTE_LIGHT));
}

/* Every link finds its way again, as when a file is opened; then everything is stale. */
static void
route (Bench          *bench,
       RunnelViewport *viewport,
       guint           frame)
{
  runnel_scene_set_link_style (bench->scene, frame % 2 == 0 ? RUNNEL_LINKS_ANGULAR
                                                            : RUNNEL_LINKS_CURVED);
}

/* The pointer rests on a step: all but its path is dimmed. */
static void
dim (Bench          *bench,
     RunnelViewport *viewport,
     guint           frame)
{
  runnel_raster_paint_veil (bench->raster, bench->scene, viewport, bench->veil,
                            viewport->width * (int) sizeof (guint32));
}

/* A path of 300 links. */
static void
mark_path (Bench *bench)
{
  const guint first = runnel_scene_get_link_limit (bench->scene) / 2;

  for (guint i = 0; i < 300 && runnel_scene_has_link (bench->scene, first + i); i++)
    runnel_scene_set_link_flags (bench->scene, first + i, RUNNEL_LINK_DOWNSTREAM,
                                 RUNNEL_LINK_DOWNSTREAM);
}

/* --- Measuring --- */

static void
report (Bench      *bench,
        const char *name,
        GArray     *cpu,
        GArray     *wall)
{
  const double figures[] = {
    figures_get_percentile (cpu, 0.5),  figures_get_percentile (cpu, 0.95),  figures_get_percentile (cpu, 1),
    figures_get_percentile (wall, 0.5), figures_get_percentile (wall, 0.95), figures_get_percentile (wall, 1)
  };

  g_print ("%7u  %-24s %6.2f %6.2f %6.2f   %6.2f %6.2f %6.2f\n", bench->n_nodes, name,
           figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
  g_string_append_printf (bench->json,
                          "%s{\"steps\": %u, \"frame\": \"%s\", \"cpu-ms\": [%.3f, %.3f, %.3f], "
                          "\"wall-ms\": [%.3f, %.3f, %.3f]}",
                          bench->json->len > 0 ? ", " : "", bench->n_nodes, name, figures[0],
                          figures[1], figures[2], figures[3], figures[4], figures[5]);
}

static void
measure (Bench                *bench,
         const char           *name,
         const RunnelViewport *start,
         FrameFunc             prepare)
{
  g_autoptr(GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) wall = g_array_new (FALSE, FALSE, sizeof (double));
  RunnelViewport viewport = *start;
  guint n_blits;

  runnel_tiles_update (bench->tiles, &viewport, &n_blits); /* may be a zoom */
  runnel_tiles_update (bench->tiles, &viewport, &n_blits);
  for (guint i = 0; i < FRAMES; i++)
    {
      double cpu_start, wall_start, cpu_taken, wall_taken;

      cpu_start = figures_now_ms (CLOCK_PROCESS_CPUTIME_ID);
      wall_start = figures_now_ms (CLOCK_MONOTONIC);
      prepare (bench, &viewport, i);
      runnel_tiles_update (bench->tiles, &viewport, &n_blits);
      wall_taken = figures_now_ms (CLOCK_MONOTONIC) - wall_start;
      cpu_taken = figures_now_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
      g_array_append_val (cpu, cpu_taken);
      g_array_append_val (wall, wall_taken);
    }

  report (bench, name, cpu, wall);
}

static void
run (guint    n_nodes,
     GString *json)
{
  Bench bench = { .n_nodes = n_nodes,
                  .scene = fixture_layered (n_nodes, 7),
                  .raster = runnel_raster_new (),
                  .rand = g_rand_new_with_seed (3),
                  .veil = g_new (guint32, WIDTH * HEIGHT),
                  .json = json };
  RunnelBox box;

  bench.tiles = runnel_tiles_new (bench.scene, bench.raster, 0);
  bench.fit = fixture_fit (bench.scene, WIDTH, HEIGHT, 1);
  bench.near = (RunnelViewport) { 1, 1, 0, 0, WIDTH, HEIGHT };
  runnel_scene_get_node_box (bench.scene, n_nodes / 2, &box);
  runnel_viewport_center_on (&bench.near, box.x0, box.y0);

  measure (&bench, "pan, zoom 1", &bench.near, pan);
  measure (&bench, "pan, fit", &bench.fit, pan);
  measure (&bench, "zoom fit to 2 and back", &bench.fit, zoom);
  measure (&bench, "drag one, zoom 1", &bench.near, drag);
  measure (&bench, "drag one, fit", &bench.fit, drag);
  measure (&bench, "500 states/s, zoom 1", &bench.near, change_states);
  measure (&bench, "500 states/s, fit", &bench.fit, change_states);
  measure (&bench, "504 states at once, fit", &bench.fit, change_500_states);
  measure (&bench, "all anew, zoom 1", &bench.near, repaint);
  measure (&bench, "all anew, fit", &bench.fit, repaint);
  measure (&bench, "all links routed, fit", &bench.fit, route);
  mark_path (&bench);
  measure (&bench, "path dimmed, zoom 1", &bench.near, dim);
  measure (&bench, "path dimmed, fit", &bench.fit, dim);

  runnel_tiles_free (bench.tiles);
  runnel_raster_free (bench.raster);
  runnel_scene_free (bench.scene);
  g_rand_free (bench.rand);
  g_free (bench.veil);
}

int
main (int    argc,
      char **argv)
{
  const guint usual[] = { 1000, 10000, 50000 };
  g_autoptr(GString) json = g_string_new (NULL);
  struct rusage usage;

  g_print ("  steps  frame               cpu ms: p50    p95    max wall: p50    p95    max\n");
  for (guint i = 0; argc == 1 && i < G_N_ELEMENTS (usual); i++)
    run (usual[i], json);
  for (int i = 1; i < argc; i++)
    run (MAX ((guint) g_ascii_strtoull (argv[i], NULL, 10), 2), json);

  getrusage (RUSAGE_SELF, &usage);
  g_print ("{\"benchmark\": \"canvas-raster\", \"max-rss-kb\": %ld, \"frames\": [%s]}\n",
           usage.ru_maxrss, json->str);
  return 0;
}
