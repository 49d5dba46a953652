/* runnel-log-pool.h: the files that processes write their output to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RunnelLogPool RunnelLogPool;
typedef struct _RunnelLog RunnelLog; /* the log of one attempt under way */

RunnelLogPool *runnel_log_pool_new      (void);
void           runnel_log_pool_free     (RunnelLogPool  *self);
RunnelLog     *runnel_log_pool_open     (RunnelLogPool  *self,
                                         const char     *path,
                                         int            *ret_fd,
                                         GError        **error);
void           runnel_log_pool_add      (RunnelLogPool  *self,
                                         RunnelLog      *log,
                                         const char     *line);
gboolean       runnel_log_pool_has_room (RunnelLogPool  *self,
                                         RunnelLog      *log,
                                         GError        **error);
gboolean       runnel_log_pool_close    (RunnelLogPool  *self,
                                         RunnelLog      *log,
                                         GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogPool, runnel_log_pool_free)

G_END_DECLS
