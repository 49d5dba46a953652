/* runnel-concurrency.h: which runs are not to be under way at the same time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* What happens to a run while others of its group are under way. */
typedef enum
{
  RUNNEL_POLICY_QUEUE,          /* it waits for its turn */
  RUNNEL_POLICY_CANCEL_RUNNING, /* they are cancelled, and it waits until they are over */
  RUNNEL_POLICY_SKIP,           /* it is skipped */
  RUNNEL_POLICY_PARALLEL,       /* it begins; with a limit it waits for a place */
} RunnelPolicy;

/* The part of a pipeline's `concurrency` that is about runs. */
typedef struct
{
  char *group;      /* the text of the file, which may hold expressions; NULL = the runs of `file` */
  char *file;       /* the pipeline's, absolute */
  RunnelPolicy policy;
  guint max;        /* runs of the group at once, 0 = any number */
} RunnelConcurrency;

gboolean runnel_concurrency_read     (RunnelPipeline          *pipeline,
                                      const char              *file,
                                      RunnelConcurrency       *ret_self);
void     runnel_concurrency_clear    (RunnelConcurrency       *self);
char    *runnel_concurrency_get_id   (const RunnelConcurrency *self);
char    *runnel_concurrency_describe (const RunnelConcurrency *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelConcurrency, runnel_concurrency_clear)

G_END_DECLS
