/* runnel-mask.h: a small picture of coverage, drawn in any colour
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* One byte per pixel, rows without padding. */
typedef struct
{
  int x;       /* of the left column from the mask's origin, pixels */
  int y;
  int width;
  int height;
  guint8 data[];
} RunnelMask;

/* A closed outline as straight lines; positive turns and negative turns cancel. */
typedef struct
{
  float x0;
  float y0;
  float x1;
  float y1;
} RunnelEdge;

/* Never NULL; without edges, an empty mask. Free with g_free(). */
RunnelMask *runnel_mask_new_from_edges (const RunnelEdge *edges,
                                        guint             n_edges,
                                        float             scale,
                                        float             x,      /* moves the outline, pixels */
                                        float             y);
/* What `draw` paints within `reach` pixels around the origin. */
RunnelMask *runnel_mask_new_drawn      (int               reach,
                                        void            (*draw) (cairo_t *cr, gconstpointer data),
                                        gconstpointer     data);

G_END_DECLS
