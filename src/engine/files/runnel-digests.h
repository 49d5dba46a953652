/* runnel-digests.h: the digests of files, remembered while the files stay as they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RunnelDigests RunnelDigests;

RunnelDigests *runnel_digests_new        (const char     *path);
void           runnel_digests_free       (RunnelDigests  *self);
char          *runnel_digests_get        (RunnelDigests  *self,
                                          int             fd,
                                          GCancellable   *cancellable,
                                          GError        **error);
gboolean       runnel_digests_save       (RunnelDigests  *self,
                                          GError        **error);
guint          runnel_digests_get_n_read (RunnelDigests  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelDigests, runnel_digests_free)

G_END_DECLS
