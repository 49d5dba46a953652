/* runnel-x11-memory.c: keeps the memory shared with the X server from frame to frame
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/compat/runnel-x11-memory.h"

#ifdef GDK_WINDOWING_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

#define KEY "runnel-x11-memory"
#define SIDE 512 /* pixels; large enough for cairo to take it from the shared memory */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* of the X11 backend, from GTK 4.18 on */

static cairo_surface_t *
make_shared_image (GdkDisplay *display)
{
  Display *xdisplay = gdk_x11_display_get_xdisplay (display);
  int screen = DefaultScreen (xdisplay);
  cairo_surface_t *window = cairo_xlib_surface_create (xdisplay, DefaultRootWindow (xdisplay),
                                                       DefaultVisual (xdisplay, screen), 1, 1);
  cairo_surface_t *image = cairo_surface_create_similar_image (window, CAIRO_FORMAT_ARGB32,
                                                               SIDE, SIDE);

  cairo_surface_destroy (window);
  return image;
}

/**
 * runnel_x11_memory_keep:
 * @display: a display; nothing happens when it is not an X server
 *
 * Keeps one image in the memory that cairo shares with the X server, until the display is closed.
 *
 * Cairo drops that memory (64 MB) with the last image in it, which is once a frame when nothing
 * else lives there: a full window then costs 15 ms where it takes 6.5.
 */
void
runnel_x11_memory_keep (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  if (GDK_IS_X11_DISPLAY (display) && g_object_get_data (G_OBJECT (display), KEY) == NULL)
    g_object_set_data (G_OBJECT (display), KEY, make_shared_image (display));
}

G_GNUC_END_IGNORE_DEPRECATIONS
#else

void
runnel_x11_memory_keep (GdkDisplay *display)
{
}

#endif
