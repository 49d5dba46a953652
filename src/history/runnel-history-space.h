/* runnel-history-space.h: what the database takes on disk, and giving it back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

gboolean runnel_history_get_database_size (RunnelHistory  *self,
                                           gint64         *ret_size,
                                           gint64         *ret_free,
                                           GError        **error);
gboolean runnel_history_return_space      (RunnelHistory  *self,
                                           GCancellable   *cancellable,
                                           GError        **error);
gboolean runnel_history_make_shrinkable   (RunnelHistory  *self,
                                           GError        **error);

G_END_DECLS
