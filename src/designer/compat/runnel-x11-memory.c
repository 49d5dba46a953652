/* runnel-x11-memory.c: keeps the memory shared with the X server from frame to frame
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/compat/runnel-x11-memory.h"

#ifdef GDK_WINDOWING_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

#define KEY "runnel-x11-memory"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* of the X11 backend, from GTK 4.18 on */

static cairo_surface_t *
make_shared_image (GdkDisplay *display,
                   int         width,
                   int         height)
{
  Display *xdisplay = gdk_x11_display_get_xdisplay (display);
  int screen = DefaultScreen (xdisplay);
  cairo_surface_t *window = cairo_xlib_surface_create (xdisplay, DefaultRootWindow (xdisplay),
                                                       DefaultVisual (xdisplay, screen), 1, 1);
  cairo_surface_t *image = cairo_surface_create_similar_image (window, CAIRO_FORMAT_ARGB32,
                                                               width, height);

  cairo_surface_destroy (window);
  return image;
}

static gboolean
is_large_enough (cairo_surface_t *image,
                 int              width,
                 int              height)
{
  return image != NULL
         && (gsize) cairo_image_surface_get_width (image) * cairo_image_surface_get_height (image)
            >= (gsize) width * height;
}

/**
 * runnel_x11_memory_keep:
 * @display: a display; nothing happens when it is not an X server
 * @width: of the largest window, device pixels
 * @height: its height
 *
 * Keeps one image as large as a window in the memory that cairo shares with the X server, until
 * the display is closed. Its pixels are never touched, so it takes addresses and no memory.
 *
 * Cairo takes images from a segment of eight times their size (rounded up to a power of two), and
 * drops a segment with the last image in it. That would be once a frame: a full window then costs
 * 15 ms where it takes 6.5.
 */
void
runnel_x11_memory_keep (GdkDisplay *display,
                        int         width,
                        int         height)
{
  cairo_surface_t *image;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  if (!GDK_IS_X11_DISPLAY (display) || width <= 0 || height <= 0)
    return;

  image = g_object_get_data (G_OBJECT (display), KEY);
  if (is_large_enough (image, width, height))
    return;

  g_object_set_data (G_OBJECT (display), KEY, make_shared_image (display, width, height));
  g_clear_pointer (&image, cairo_surface_destroy);
}

G_GNUC_END_IGNORE_DEPRECATIONS
#else

void
runnel_x11_memory_keep (GdkDisplay *display,
                        int         width,
                        int         height)
{
}

#endif
