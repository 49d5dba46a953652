/* frames.h: how smoothly something moves in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are those of GTK's frame clock, from before-paint to after-paint; processor time counts all
 * threads of this process and what it does between two frames. A frame is missed when the next one
 * comes more than one and a half periods later. GTK chooses the renderer as the designer does,
 * GSK_RENDERER and GDK_BACKEND may choose others.
 */
#pragma once

#include <gtk/gtk.h>

/* Changes something before a frame. */
typedef void (*FramesPrepare) (gpointer data,
                               guint    frame);

typedef struct
{
  GMainLoop *loop;
  GtkWidget *window;
  int width;
  int height;
  GString *json;        /* an object for each sort of frame, with commas between them */

  /* The frames being counted */
  FramesPrepare prepare; /* NULL = none are */
  gpointer data;
  guint frame;
  double before_ms;
  double cpu_ms;        /* at the end of the frame before */
  double last_ms;       /* when the frame before began */
  double first_ms;
  guint n_missed;
  GArray *wall;
  GArray *cpu;
} Frames;

void frames_init            (Frames        *self,
                             int            width,
                             int            height);
void frames_measure         (Frames        *self,
                             guint          n_steps,
                             const char    *name,
                             FramesPrepare  prepare,
                             gpointer       data);
void frames_measure_floors  (Frames        *self);
void frames_wait            (Frames        *self);
void frames_print_json      (Frames        *self,
                             const char    *benchmark);
