/* runnel-local-task.h: an attempt that is carried out inside this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/kinds/runnel-kinds.h"

G_BEGIN_DECLS

/* The first member of the task of a kind that works on the main context. It sees to it that
 * `finished` is told exactly once, and never from inside a call of the run. */
typedef struct
{
  RunnelTask head;
  GDestroyNotify free;   /* of the whole task, after it was told */
  GSource *ending;       /* tells the end, once it is decided */
  RunnelState state;
  JsonObject *outputs;
  char *reason;
} RunnelLocalTask;

void      runnel_local_task_init     (RunnelLocalTask       *self,
                                      const RunnelKindClass *klass,
                                      RunnelExecutor        *executor,
                                      const RunnelAttempt   *attempt,
                                      GDestroyNotify         free);
void      runnel_local_task_clear    (RunnelLocalTask       *self);
void      runnel_local_task_wait     (RunnelLocalTask       *self,
                                      RunnelWaitKind         kind,
                                      const char            *reason);
gboolean  runnel_local_task_is_over  (RunnelLocalTask       *self);
void      runnel_local_task_succeed  (RunnelLocalTask       *self,
                                      JsonObject            *outputs);
void      runnel_local_task_fail     (RunnelLocalTask       *self,
                                      const char            *format,
                                      ...) G_GNUC_PRINTF (2, 3);
void      runnel_local_task_cancel   (RunnelLocalTask       *self);

char     *runnel_attempt_dup_text    (const RunnelAttempt   *attempt,
                                      const char            *field);
gboolean  runnel_attempt_get_duration (const RunnelAttempt  *attempt,
                                      const char            *field,
                                      gint64                *ret_duration,
                                      GError               **error);

G_END_DECLS
