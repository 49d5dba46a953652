/* runnel-merge.h: two people's changes to a pipeline brought together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_MERGE_OURS,
  RUNNEL_MERGE_THEIRS,
} RunnelMergeSide;

/* A value that both sides changed, each in its way. */
typedef struct
{
  char *path;              /* "steps.build.with.argv" */
  char *step;              /* id, or NULL = it is none of a step */
  JsonNode *base;          /* NULL where there is no value */
  JsonNode *ours;
  JsonNode *theirs;
  RunnelMergeSide side;    /* the one that is taken */
} RunnelMergeConflict;

typedef struct _RunnelMerge RunnelMerge;

RunnelMerge    *runnel_merge_new           (RunnelPipeline  *base,
                                            RunnelPipeline  *ours,
                                            RunnelPipeline  *theirs,
                                            RunnelMergeSide  side);
void            runnel_merge_free          (RunnelMerge     *self);
GPtrArray      *runnel_merge_get_conflicts (RunnelMerge     *self); /* RunnelMergeConflict */
void            runnel_merge_choose        (RunnelMerge     *self,
                                            const char      *path,
                                            RunnelMergeSide  side);
RunnelPipeline *runnel_merge_make_result   (RunnelMerge     *self,
                                            GError         **error);
JsonNode       *runnel_merge_to_json       (RunnelMerge     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelMerge, runnel_merge_free)

G_END_DECLS
