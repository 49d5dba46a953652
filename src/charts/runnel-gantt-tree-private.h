/* runnel-gantt-tree-private.h: what the files of the lines of a chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-gantt-tree.h"

G_BEGIN_DECLS

/* A line, whether it is shown or not. */
typedef struct _RunnelGanttNode
{
  RunnelGanttLine line;
  guint parent;
  guint *parts;         /* sorted */
  guint n_direct;       /* of these */
  guint rank;           /* that of the first of its parts */
  guint stage;          /* steps, undos, hooks */
  gboolean shown;       /* by the filter */
} RunnelGanttNode;

/* What lines that share a row of pixels look like together. */
typedef struct _RunnelGanttBands RunnelGanttBands;

void _runnel_gantt_bands_free (RunnelGanttBands *self);

void _runnel_gantt_tree_clear (RunnelGanttTree *self);
/* Makes the nodes of the timing, and room for as many lines. The last node is what all others are
 * inside of; it has no line. */
void _runnel_gantt_tree_fill  (RunnelGanttTree *self);

G_END_DECLS
