/* runnel-import.h: runs out of a file that was exported, into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 n_added;
  guint64 n_known;  /* there already, and left as they are */
  guint64 line;     /* that was read last */
  guint64 offset;   /* bytes of the file that are read */
} RunnelImportResult;

typedef void (*RunnelImportProgress) (const RunnelImportResult *result, gpointer user_data);

gboolean runnel_history_import (RunnelHistory         *self,
                                int                    fd,
                                RunnelImportProgress   progress,
                                gpointer               user_data,
                                RunnelImportResult    *ret_result,
                                GCancellable          *cancellable,
                                GError               **error);

G_END_DECLS
