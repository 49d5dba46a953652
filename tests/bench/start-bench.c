/* start-bench.c: what it costs to start a run from a program that is large
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starts runs with the designer's launcher, in turns as it is and with 300 MB resident; the rest of
 * what is measured, a run of one step in its own process up to its number, is the same. To duplicate
 * a large process takes milliseconds, in which its window stands still, so the time until the call
 * returns is told, too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "designer/runs/runnel-run-launcher.h"

#define TURNS 15
#define LARGE (300 * 1024 * 1024)
#define GOAL 1.1

static const char text[] =
  "{\"format\": 1, \"name\": \"one\", \"steps\": [{\"id\": \"one\", \"kind\": \"command\","
  " \"with\": {\"argv\": [\"true\"]}}]}";

/* Milliseconds. */
typedef struct
{
  double call;  /* until the launcher returns */
  double start; /* until the run has its number */
} Times;

static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GMainLoop *loop = user_data;
  g_autoptr(GError) error = NULL;

  if (runnel_run_launcher_start_finish (result, &error) == 0)
    g_error ("%s", error->message);
  g_main_loop_quit (loop);
}

static double
since (gint64 time)
{
  return (g_get_monotonic_time () - time) / 1000.0;
}

static Times
start_run (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  RunnelStart start = { .text = text };
  gint64 time = g_get_monotonic_time ();
  Times times;

  runnel_run_launcher_start_async (&start, NULL, started_cb, loop);
  times.call = since (time);
  g_main_loop_run (loop);
  times.start = since (time);
  return times;
}

/* All of it is there: it has been written to. */
static Times
start_run_when_large (void)
{
  char *memory = g_malloc (LARGE);
  Times times;

  memset (memory, 1, LARGE);
  times = start_run ();
  g_free (memory);
  return times;
}

static int
compare (const void *a,
         const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
median (const Times *times,
        gsize        offset)
{
  double values[TURNS];

  for (guint i = 0; i < TURNS; i++)
    values[i] = *(const double *) ((const char *) &times[i] + offset);
  qsort (values, TURNS, sizeof *values, compare);
  return values[TURNS / 2];
}

static void
print_results (const Times *small,
               const Times *large)
{
  double small_call = median (small, offsetof (Times, call));
  double large_call = median (large, offsetof (Times, call));
  double small_start = median (small, offsetof (Times, start));
  double large_start = median (large, offsetof (Times, start));
  double ratio = large_start / small_start;

  printf ("%-20s %10s %10s\n", "", "call ms", "start ms");
  printf ("%-20s %10.2f %10.2f\n", "small", small_call, small_start);
  printf ("%-20s %10.2f %10.2f\n", "300 MB", large_call, large_start);
  printf ("  300 MB / small %27.2f   at most %g %s\n", ratio, GOAL,
          ratio <= GOAL ? "reached" : "MISSED");
  printf ("{\"benchmark\": \"start\", \"small\": {\"call-ms\": %.3f, \"start-ms\": %.3f}, "
          "\"large\": {\"call-ms\": %.3f, \"start-ms\": %.3f}, \"ratio\": %.3f}\n",
          small_call, small_start, large_call, large_start, ratio);
}

static void
remove_folder (const char *path)
{
  const char *argv[] = { "rm", "-r", path, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-bench-XXXXXX", NULL);
  g_autofree char *own_folder = g_path_get_dirname (argv[0]);
  g_autofree char *runnel = g_build_filename (own_folder, "../../src/cli/runnel", NULL);
  Times small[TURNS];
  Times large[TURNS];

  g_setenv ("RUNNEL_BINARY", runnel, TRUE);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  for (guint i = 0; i < TURNS; i++)
    {
      small[i] = start_run ();
      large[i] = start_run_when_large ();
    }
  print_results (small, large);
  remove_folder (folder);
  return 0;
}
