/* runnel-arrange-private.h: what the stages of the layered method share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stages know no direction: a layer lies across the direction of the links, and its steps
 * follow each other across it. With links that go right, layers are columns.
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
 * is longer than one layer passes a layer. */
typedef struct
{
  const RunnelArrangeGraph *graph;
  const guint *step_of; /* step of the graph, of each of the part's steps */
  guint n_steps;
  guint n_vertices;
  guint n_layers;
  GArray *links;     /* RunnelArrangeLink, from a lower to a higher layer */
  GArray *layer_of;  /* guint per vertex */
  guint *members;    /* vertices by layer and position */
  guint *layer_start;
  guint *position;   /* of each vertex in its layer */
  double *room;      /* of each vertex across, gap included */
  double *center;    /* of each vertex across */
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

/* runnel-arrange.c: sizes and places by direction */
double           _runnel_graph_get_along  (const RunnelArrangeGraph   *graph,
                                           guint                       step);
double           _runnel_graph_get_across (const RunnelArrangeGraph   *graph,
                                           guint                       step);
double           _runnel_graph_get_gap    (const RunnelArrangeGraph   *graph);
double           _runnel_graph_get_hint   (const RunnelArrangeGraph   *graph,
                                           guint                       step);
guint64          _runnel_arrange_flat     (const RunnelArrangeGraph   *graph,
                                           RunnelPoint                *points);

/* runnel-arrange-groups.c */
guint64          _runnel_arrange_grouped  (const RunnelArrangeGraph   *graph,
                                           RunnelPoint                *points);

/* runnel-arrange-split.c */
void             _runnel_parts_init       (RunnelParts                *self,
                                           const RunnelArrangeGraph   *graph);
void             _runnel_parts_clear      (RunnelParts                *self);

/* runnel-arrange-part.c */
RunnelNeighbours _runnel_neighbours_new   (guint                       n_vertices,
                                           const GArray               *links,
                                           gboolean                    forward);
void             _runnel_neighbours_clear (RunnelNeighbours           *self);
void             _runnel_part_prepare     (RunnelPart                 *self);
void             _runnel_part_clear       (RunnelPart                 *self);

/* runnel-arrange-exchange.c: a part of the order */
void             _runnel_part_exchange    (RunnelPart                 *self);

/* The stages, in this order; the part is prepared between layers and order. The order tells how
 * often links cross. */
void             _runnel_part_layer       (RunnelPart                 *self);
guint64          _runnel_part_order       (RunnelPart                 *self);
void             _runnel_part_place       (RunnelPart                 *self);

/* runnel-arrange-place.c: for sorting */
int              _runnel_compare_double   (gconstpointer               a,
                                           gconstpointer               b);

G_END_DECLS
