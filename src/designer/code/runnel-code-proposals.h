/* runnel-code-proposals.h: words that fit at a place in the text of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/code/runnel-code-context.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  char *label;       /* the word, as a person reads it */
  char *text;        /* what takes the place of the word that is there */
  char *description; /* or NULL */
} RunnelCodeProposal;

GPtrArray *runnel_code_proposals_new (const RunnelCodeContext *context,
                                      RunnelPipeline          *pipeline);

G_END_DECLS
