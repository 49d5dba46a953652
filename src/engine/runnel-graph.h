/* runnel-graph.h: the steps of a pipeline and the links between them, as compact arrays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* Steps are named by their position in the file. */
typedef struct
{
  guint32 from;
  guint32 to;
  guint8 on;      /* RunnelOn */
  guint8 handles;
} RunnelGraphLink;

typedef struct
{
  guint n_steps;
  RunnelGraphLink *links; /* by `to`, and then as in the file */
  guint32 *first_in;      /* those into step i begin at first_in[i] and end before first_in[i + 1] */
  guint32 *out;           /* indexes of links, by `from` */
  guint32 *first_out;     /* those from step i are in out[] from first_out[i] to first_out[i + 1] */
  guint32 *order;         /* steps so that each comes after what it needs */
} RunnelGraph;

gboolean  runnel_graph_init          (RunnelGraph        *self,
                                      RunnelPipeline     *pipeline,
                                      GError            **error);
void      runnel_graph_clear         (RunnelGraph        *self);
guint32  *runnel_graph_measure_paths (const RunnelGraph  *self);

G_END_DECLS
