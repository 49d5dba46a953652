/* runnel-trace.h: the parts of a small picture, one by one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The path of `cr` is a part of the picture, to be filled, or to be stroked with the line width,
 * caps and joins of `cr`. The path is new after that. */
typedef void (*RunnelTraceFunc) (cairo_t  *cr,
                                 gboolean  fills,
                                 gpointer  user_data);

/* Paints the part with the current source. */
static inline void
runnel_trace_paint (cairo_t  *cr,
                    gboolean  fills,
                    gpointer  user_data)
{
  if (fills)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

G_END_DECLS
