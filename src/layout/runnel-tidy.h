/* runnel-tidy.h: the steps of a pipeline put in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "layout/runnel-arrange.h"
#include "model/runnel-edit.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_TIDY_QUICK,    /* a good picture at once, also of many thousand steps */
  RUNNEL_TIDY_THOROUGH, /* with fewer crossings, and the same again when it is done again */
  RUNNEL_TIDY_ADVISED,  /* and Graphviz is asked how it would be done, should links cross */
} RunnelTidyEffort;

/* What is to be put in order, copied from a pipeline so that a thread may think about it, and then
 * the answer. */
typedef struct _RunnelTidy RunnelTidy;

RunnelTidy        *runnel_tidy_new         (RunnelPipeline    *pipeline,
                                            GHashTable        *places,
                                            const char *const *ids,
                                            RunnelDirection    direction);
void               runnel_tidy_free        (RunnelTidy        *self);
void               runnel_tidy_run         (RunnelTidy        *self,
                                            RunnelTidyEffort   effort,
                                            GCancellable      *cancellable);
guint              runnel_tidy_get_n_steps (RunnelTidy        *self);
const char        *runnel_tidy_get_id      (RunnelTidy        *self,
                                            guint              index);
RunnelPoint        runnel_tidy_get_point   (RunnelTidy        *self,
                                            guint              index);
RunnelEdit        *runnel_tidy_make_edit   (RunnelTidy        *self,
                                            RunnelPipeline    *pipeline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTidy, runnel_tidy_free)

G_END_DECLS
