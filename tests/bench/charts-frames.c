/* charts-frames.c: how smoothly the timing chart of a large run moves in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * charts-frames [N...]: runs of N steps (10,000) with two attempts each on average, in a window of
 * 1600 by 1000 pixels, counted as frames.h tells. The floors of the same run fill the window with one
 * colour and with one picture in each frame. tests/designer/run-xvfb.sh gives it a display. The last
 * line is JSON.
 */
#include "config.h"

#include <stdlib.h>

#include "../charts/charts-fixture.h"
#include "designer/charts/runnel-gantt-pane.h"
#include "frames.h"

#define WIDTH 1600
#define HEIGHT 1000
#define HALF 150 /* frames one way */

typedef struct
{
  Frames frames;
  RunnelGantt *gantt;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
} Bench;

static void
scroll (GtkAdjustment *adjustment,
        guint          frame)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                          (frame % (2 * HALF) < HALF ? 10 : -10));
}

static void
pan_time (gpointer data,
          guint    frame)
{
  scroll (((Bench *) data)->hadjustment, frame);
}

static void
pan_lines (gpointer data,
           guint    frame)
{
  scroll (((Bench *) data)->vadjustment, frame);
}

static void
zoom (gpointer data,
      guint    frame)
{
  runnel_gantt_zoom (((Bench *) data)->gantt, WIDTH / 3.0,
                     frame % (2 * HALF) < HALF ? 1.03 : 1 / 1.03);
}

/* As while a run is under way: each frame is drawn because something has grown. */
static void
redraw (gpointer data,
        guint    frame)
{
  runnel_gantt_zoom (((Bench *) data)->gantt, 0, 1.0);
}

static void
act (Bench      *bench,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->gantt), action, NULL);
  frames_wait (&bench->frames);
}

static void
measure_run (Bench *bench,
             guint  n_steps)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  RunnelGanttPane *pane = g_object_new (RUNNEL_TYPE_GANTT_PANE, NULL);

  bench->gantt = runnel_gantt_pane_get_gantt (pane);
  gtk_window_set_child (GTK_WINDOW (bench->frames.window), GTK_WIDGET (pane));
  runnel_gantt_pane_set_timing (pane, make_random_timing (rand, n_steps));
  frames_wait (&bench->frames);
  bench->hadjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (bench->gantt));
  bench->vadjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench->gantt));

  frames_measure (&bench->frames, n_steps, "pan lines", pan_lines, bench);
  frames_measure (&bench->frames, n_steps, "zoom", zoom, bench);
  for (guint i = 0; i < 8; i++)
    act (bench, "gantt.zoom-in");
  frames_measure (&bench->frames, n_steps, "pan time", pan_time, bench);
  act (bench, "gantt.fit-rows");
  frames_measure (&bench->frames, n_steps, "redraw, all lines", redraw, bench);
  frames_measure (&bench->frames, n_steps, "zoom, all lines", zoom, bench);
  for (guint i = 0; i < 8; i++)
    act (bench, "gantt.zoom-in");
  frames_measure (&bench->frames, n_steps, "pan time, all lines", pan_time, bench);
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };

  frames_init (&bench.frames, WIDTH, HEIGHT);
  frames_measure_floors (&bench.frames);
  if (argc == 1)
    measure_run (&bench, 10000);
  for (int i = 1; i < argc; i++)
    measure_run (&bench, MAX ((guint) g_ascii_strtoull (argv[i], NULL, 10), 1));
  frames_print_json (&bench.frames, "charts-frames");
  return EXIT_SUCCESS;
}
