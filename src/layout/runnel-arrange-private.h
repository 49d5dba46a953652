/* runnel-arrange-private.h: what the stages of the layered method share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "layout/runnel-arrange.h"

G_BEGIN_DECLS

/* Neighbours of every vertex, one after the other. */
typedef struct
{
  guint *start; /* n_vertices + 1 */
  guint *items;
} RunnelNeighbours;

/* One connected part. Vertices are its steps and, after them, the bends: places where a link that
 * is longer than one column passes a column. */
typedef struct
{
  guint n_steps;
  guint n_vertices;
  guint n_layers;
  GArray *links;     /* RunnelArrangeLink, from a lower to a higher layer */
  GArray *layer_of;  /* guint per vertex */
  guint *members;    /* vertices by layer and position */
  guint *layer_start;
  guint *position;   /* of each vertex in its layer */
  double *room;      /* vertical room of each vertex, gap included */
  double *center;    /* of each vertex, vertically */
  RunnelNeighbours before;
  RunnelNeighbours after;
} RunnelPart;

/* The parts of a graph: steps grouped by the first step of their part, in order of the file. */
typedef struct
{
  guint n_parts;
  guint *part_of;   /* of each step */
  guint *local;     /* index of each step in its part */
  GPtrArray *steps; /* GArray of guint per part */
  GPtrArray *links; /* GArray of RunnelArrangeLink per part, in local indices */
} RunnelParts;

/* runnel-arrange-split.c */
void             _runnel_parts_init       (RunnelParts                *self,
                                           guint                       n_steps,
                                           const RunnelArrangeLink    *links,
                                           guint                       n_links);
void             _runnel_parts_clear      (RunnelParts                *self);

/* runnel-arrange-part.c */
RunnelNeighbours _runnel_neighbours_new   (guint                       n_vertices,
                                           const GArray               *links,
                                           gboolean                    forward);
void             _runnel_neighbours_clear (RunnelNeighbours           *self);
void             _runnel_part_prepare     (RunnelPart                 *self,
                                           const RunnelArrangeMetrics *metrics);
void             _runnel_part_clear       (RunnelPart                 *self);

/* The stages, in this order; the part is prepared between layers and order. */
void             _runnel_part_layer       (RunnelPart                 *self);
void             _runnel_part_order       (RunnelPart                 *self);
void             _runnel_part_place       (RunnelPart                 *self);

G_END_DECLS
