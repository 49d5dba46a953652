/* runnel-pool.h: threads that share out a number of jobs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*RunnelPoolFunc) (guint    job,
                                gpointer user_data);

typedef struct _RunnelPool RunnelPool;

/* `n_threads` counts the caller; 0 = one per processor. */
RunnelPool *runnel_pool_new  (guint           n_threads);
void        runnel_pool_free (RunnelPool     *self);
/* Calls `func` once for each job below `n_jobs`, from the caller and the other threads;
 * returns when all are done. One caller at a time. */
void        runnel_pool_run  (RunnelPool     *self,
                              guint           n_jobs,
                              RunnelPoolFunc  func,
                              gpointer        user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPool, runnel_pool_free)

G_END_DECLS
