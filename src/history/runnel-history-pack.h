/* runnel-history-pack.h: the logs of earlier runs, compressed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-retention.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 n_logs;
  gint64 saved; /* bytes */
} RunnelPackResult;

gboolean runnel_history_pack_logs (RunnelHistory          *self,
                                   const RunnelRetention  *policy,
                                   gint64                  now,
                                   RunnelPackResult       *ret_result,
                                   GCancellable           *cancellable,
                                   GError                **error);

G_END_DECLS
