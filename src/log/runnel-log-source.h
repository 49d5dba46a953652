/* runnel-log-source.h: the bytes of a log, wherever they come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* May be shared among threads: each function may be called by any of them at any time. */
typedef struct _RunnelLogSource RunnelLogSource;

typedef struct
{
  void    (*free)    (RunnelLogSource *self);
  guint64 (*get_size) (RunnelLogSource *self);
  gssize  (*read)    (RunnelLogSource *self,
                      guint64          offset,
                      char            *buffer,
                      gsize            length,
                      gboolean         wait);
  guint64 (*refresh) (RunnelLogSource *self);
} RunnelLogSourceClass;

/* First member of what implements a source. */
struct _RunnelLogSource
{
  const RunnelLogSourceClass *klass;
  gatomicrefcount ref_count;
};

void             runnel_log_source_init     (RunnelLogSource            *self,
                                             const RunnelLogSourceClass *klass);
RunnelLogSource *runnel_log_source_ref      (RunnelLogSource            *self);
void             runnel_log_source_unref    (RunnelLogSource            *self);

guint64          runnel_log_source_get_size (RunnelLogSource            *self);
gsize            runnel_log_source_read     (RunnelLogSource            *self,
                                             guint64                     offset,
                                             char                       *buffer,
                                             gsize                       length);
gssize           runnel_log_source_read_now (RunnelLogSource            *self,
                                             guint64                     offset,
                                             char                       *buffer,
                                             gsize                       length);
guint64          runnel_log_source_refresh  (RunnelLogSource            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogSource, runnel_log_source_unref)

G_END_DECLS
