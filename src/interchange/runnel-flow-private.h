/* runnel-flow-private.h: what the files that make a flow share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

/* A flow, and what it points into. */
typedef struct
{
  RunnelFlow flow;
  RunnelPipeline *pipeline;
  RunnelStep *defaults;
  GPtrArray *sources;      /* of RunnelStep */
  GStringChunk *strings;
} RunnelFlowReader;

/* runnel-flow-step.c */
RunnelFlowStep *_runnel_flow_step_new         (RunnelFlowReader *self,
                                               RunnelStep       *source);
void            _runnel_flow_step_free        (RunnelFlowStep   *step);

/* runnel-flow-body.c */
void            _runnel_flow_read_body        (RunnelFlowStep   *step,
                                               GStringChunk     *strings);

/* runnel-flow-reads.c */
void            _runnel_flow_read_reads       (RunnelFlowReader *self,
                                               RunnelFlowStep   *step,
                                               JsonNode         *source);
void            _runnel_flow_add_outputs_read (RunnelFlow       *flow);

/* runnel-flow-json.c */
const char     *_runnel_flow_keep             (RunnelFlowReader *self,
                                               const char       *text);
JsonObject     *_runnel_flow_dup_object       (JsonNode         *node);
const char     *_runnel_flow_get_string       (JsonNode         *node);
void            _runnel_flow_add_variables    (RunnelFlowReader *self,
                                               GArray           *variables,
                                               JsonNode         *node);
GPtrArray      *_runnel_flow_read_strings     (RunnelFlowReader *self,
                                               JsonNode         *node);

G_END_DECLS
