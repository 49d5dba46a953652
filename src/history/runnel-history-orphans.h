/* runnel-history-orphans.h: what no run refers to any more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* A folder of a run that is not in the history. */
typedef struct
{
  char *path;
  gint64 size; /* bytes on disk */
} RunnelOrphan;

void       runnel_orphan_free            (RunnelOrphan   *self);
GPtrArray *runnel_history_find_orphans   (RunnelHistory  *self,
                                          GError        **error);
gboolean   runnel_history_count_unused   (RunnelHistory  *self,
                                          gint64         *ret_n_rows,
                                          GError        **error);
gboolean   runnel_history_drop_unused    (RunnelHistory  *self,
                                          gint64         *ret_n_rows,
                                          GError        **error);

G_END_DECLS
