/* runnel-log-range.h: the text from one place of a log to another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"

G_BEGIN_DECLS

/* A place between two characters of a line. */
typedef struct
{
  RunnelLogLine line;
  gsize byte;          /* in what a terminal shows of it; behind its end = its end */
} RunnelLogSpot;

void  runnel_log_range_copy_async  (RunnelLogSource      *source,
                                    const RunnelLogSpot  *from,
                                    const RunnelLogSpot  *to,
                                    GPtrArray            *lines,
                                    gboolean              with_colors,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
char *runnel_log_range_copy_finish (GAsyncResult         *result,
                                    GError              **error);

void     runnel_log_save_async     (RunnelLogSource      *source,
                                    GFile                *file,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean runnel_log_save_finish    (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
