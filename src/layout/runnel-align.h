/* runnel-align.h: cards in a line, and at equal distances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_ALIGN_LEFT,
  RUNNEL_ALIGN_CENTER, /* one above the other */
  RUNNEL_ALIGN_RIGHT,
  RUNNEL_ALIGN_TOP,
  RUNNEL_ALIGN_MIDDLE, /* one beside the other */
  RUNNEL_ALIGN_BOTTOM,
} RunnelAlignment;

void runnel_align      (RunnelAlignment  alignment,
                        RunnelPoint     *points,
                        guint            n_points);
void runnel_distribute (gboolean         vertically,
                        RunnelPoint     *points,
                        guint            n_points);

G_END_DECLS
