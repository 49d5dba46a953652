/* runnel-code-reading.h: what a text says as a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* The lines of a step in the text, both included, from 0. */
typedef struct
{
  guint first;
  guint last;
} RunnelCodeBlock;

typedef struct
{
  RunnelPipeline *pipeline;       /* NULL when the text is no pipeline; `diagnostics` says why */
  RunnelDiagnostics *diagnostics; /* as `runnel validate` has them, with lines of the text */
  char *canonical;                /* the pipeline as it would be saved, or NULL */
  GArray *blocks;                 /* of RunnelCodeBlock, in the order of the pipeline's steps */
} RunnelCodeReading;

RunnelCodeReading *runnel_code_reading_new  (const char        *text,
                                             gsize              length,
                                             const char        *file);
void               runnel_code_reading_free (RunnelCodeReading *self);
GArray            *runnel_code_find_blocks  (const char        *text,
                                             gsize              length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCodeReading, runnel_code_reading_free)

G_END_DECLS
