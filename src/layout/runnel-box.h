/* runnel-box.h: a rectangle in the world
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A rectangle in world units; empty when x1 <= x0 or y1 <= y0. */
typedef struct
{
  float x0;
  float y0;
  float x1;
  float y1;
} RunnelBox;

static inline gboolean
runnel_box_intersects (const RunnelBox *a,
                       const RunnelBox *b)
{
  return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

G_END_DECLS
