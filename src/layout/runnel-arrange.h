/* runnel-arrange.h: where the steps of a graph go so that it reads in one direction
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* Where the links of a tidy graph go. */
typedef enum
{
  RUNNEL_DIRECTION_RIGHT,
  RUNNEL_DIRECTION_DOWN,
} RunnelDirection;

/* A card, in world units. Multiples of the grid keep the cards on the grid. */
typedef struct
{
  double width;
  double height;
} RunnelArrangeSize;

/* A link as a pair of indices of steps. */
typedef struct
{
  guint from;
  guint to;
} RunnelArrangeLink;

/* Cycles, duplicates and links of a step with itself are allowed. */
typedef struct
{
  guint n_steps;
  const RunnelArrangeSize *sizes;  /* of each step */
  const RunnelPoint *before;       /* where each step was, NAN = nowhere; or NULL */
  const guint *group_of;           /* of each step, G_MAXUINT = none; or NULL */
  guint n_groups;
  const RunnelArrangeLink *links;
  guint n_links;
  RunnelDirection direction;
  GCancellable *cancellable;       /* or NULL */
} RunnelArrangeGraph;

guint64 runnel_arrange_graph (const RunnelArrangeGraph *graph,
                              RunnelPoint              *ret_points);

G_END_DECLS
