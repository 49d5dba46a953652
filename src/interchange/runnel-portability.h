/* runnel-portability.h: what becomes of a pipeline on other systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

/* Something that a step, a hook, an undo or the pipeline asks for. */
typedef struct
{
  char *step;                 /* id, of an undo that of its step, or NULL = the pipeline itself */
  RunnelFeature feature;
  RunnelCapability *verdicts; /* one for each target */
} RunnelPortabilityRow;

/* Immutable, so that one thread may make it and another show it. */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray *targets;         /* of const RunnelTarget */
  GArray *rows;               /* of RunnelPortabilityRow: the pipeline's first, then those of the steps as they run */
} RunnelPortability;

/* How many of the rows a target does how well. */
typedef struct
{
  guint n[RUNNEL_FIDELITY_LOST + 1]; /* by RunnelFidelity */
} RunnelPortabilityCount;

GPtrArray             *runnel_portability_list_targets (void);
RunnelPortability     *runnel_portability_new          (const RunnelFlow          *flow,
                                                        GPtrArray                 *targets,
                                                        const RunnelExportOptions *options);
RunnelPortability     *runnel_portability_ref          (RunnelPortability         *self);
void                   runnel_portability_unref        (RunnelPortability         *self);
RunnelPortabilityRow  *runnel_portability_get_row      (const RunnelPortability   *self,
                                                        guint                      index);
const RunnelTarget    *runnel_portability_get_target   (const RunnelPortability   *self,
                                                        guint                      index);
RunnelPortabilityCount runnel_portability_count        (const RunnelPortability   *self,
                                                        guint                      target);
JsonNode              *runnel_portability_to_json      (const RunnelPortability   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPortability, runnel_portability_unref)

G_END_DECLS
