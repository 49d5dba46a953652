/* runnel-explain.h: why a step ran, waited, was skipped or was reused
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* What a fact is about. */
typedef enum
{
  RUNNEL_FACT_ROLE,      /* what an added step is to the run */
  RUNNEL_FACT_NEED,      /* a link into the step */
  RUNNEL_FACT_CAUSE,     /* its condition, and what else made it run */
  RUNNEL_FACT_WAIT,      /* a time in which it waited */
  RUNNEL_FACT_ATTEMPT,
  RUNNEL_FACT_END,       /* how it ended, or stands */
} RunnelFactTopic;

const char *runnel_fact_topic_to_string (RunnelFactTopic self);

typedef struct
{
  RunnelFactTopic topic;
  char *step;            /* the step that a need is about, or NULL */
  char *text;            /* a sentence without its full stop */
} RunnelFact;

GPtrArray *runnel_explain_step (GPtrArray              *steps,
                                RunnelPipeline         *pipeline,
                                const RunnelStepRecord *step);
char      *runnel_explain_text (GPtrArray              *facts);

G_END_DECLS
