/* runnel-pipeline-diff.h: how two pipelines differ, by step and key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_DIFFERENCE_ADDED,   /* only the second pipeline has it */
  RUNNEL_DIFFERENCE_REMOVED, /* only the first one has it */
  RUNNEL_DIFFERENCE_CHANGED, /* both have it, with different values */
  RUNNEL_DIFFERENCE_MOVED,   /* of a link: it comes from another step now; of a drawing: its place */
} RunnelDifferenceType;

/* One way in which two pipelines differ. */
typedef struct
{
  RunnelDifferenceType type;
  char *step;      /* id, or NULL = the pipeline itself */
  char *key;       /* "with.argv"; "needs" for a link, "" for a whole step */
  JsonNode *from;  /* the value in the first pipeline, of a link as the file has it; NULL when added */
  JsonNode *to;    /* the value in the second one; NULL when removed */
} RunnelDifference;

void       runnel_difference_free      (RunnelDifference       *self);
char      *runnel_difference_to_string (const RunnelDifference *self);

/* Of RunnelDifference. */
GPtrArray *runnel_pipeline_diff        (RunnelPipeline         *from,
                                        RunnelPipeline         *to);
GPtrArray *runnel_pipeline_diff_layout (RunnelPipeline         *from,
                                        RunnelPipeline         *to);

G_END_DECLS
