/* runnel-extract.h: makes a pipeline of its own of some steps of another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-edit.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelPipeline *inner; /* what goes into the new file */
  RunnelEdit *edit;      /* what puts one step that runs it in the place of the others */
  char *id;              /* of that step */
  GStrv warnings;        /* what is not quite as before, a sentence each */
} RunnelExtraction;

RunnelExtraction *runnel_extraction_new  (RunnelPipeline     *pipeline,
                                          const char *const  *ids,
                                          const char         *name,
                                          const char         *file,
                                          GError            **error);
void              runnel_extraction_free (RunnelExtraction   *self);
char             *runnel_extraction_suggest_file (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExtraction, runnel_extraction_free)

G_END_DECLS
