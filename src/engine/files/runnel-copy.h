/* runnel-copy.h: a copy of a file that takes its place in one step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_COPY_REFLINK,   /* shares its blocks until one of both is written to */
  RUNNEL_COPY_HARD_LINK, /* is the same file */
  RUNNEL_COPY_BYTES,
} RunnelCopyMethod;

typedef struct _RunnelCopy RunnelCopy;

RunnelCopy      *runnel_copy_new        (int            fd,
                                         const char    *folder,
                                         guint          mode,
                                         gboolean       may_link,
                                         GCancellable  *cancellable,
                                         GError       **error);
void             runnel_copy_free       (RunnelCopy    *self);
RunnelCopyMethod runnel_copy_get_method (RunnelCopy    *self);
gint64           runnel_copy_get_size   (RunnelCopy    *self);
char            *runnel_copy_digest     (RunnelCopy    *self,
                                         GCancellable  *cancellable,
                                         GError       **error);
gboolean         runnel_copy_place      (RunnelCopy    *self,
                                         const char    *path,
                                         GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCopy, runnel_copy_free)

G_END_DECLS
